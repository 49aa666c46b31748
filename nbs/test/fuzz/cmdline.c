/*
 * Whatever a command line holds, beside whatever file, reading it ends, a
 * file without mistakes stays one, and what is printed of it is one, too,
 * and means the same.  What stands before the first NUL is the line, the
 * rest is the file.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "check/check.h"
#include "resolve/complete.h"
#include "cmdline/cmdline.h"
#include "conf/build.h"
#include "print/ini.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int
mistakes(struct conf *c, struct model **made)
{
	int before = diag_count();
	struct model *m = conf_build(c);

	complete_model(m);
	check(m);
	*made = m;
	return diag_count() - before;
}

static int
mistakes_of(const char *text, size_t size, struct conf *c, struct model **m)
{
	int before = diag_count();

	conf_text(c, text, size, "fuzz.conf");
	(void)mistakes(c, m);
	return diag_count() - before;
}

static char *
ini(const struct model *m)
{
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	print_ini(f, m);
	(void)fclose(f);
	return text;
}

/* What the line alone is printed as; *same is the file that it makes. */
static char *
print(const char *line, char **same)
{
	struct conf c = { .mem = mem_new() };
	struct cmdline *k = cmdline_read(c.mem, line, "line");
	char *text = NULL;
	struct model *m;
	size_t size;
	FILE *f;

	cmdline_add(k, &c, false);
	f = open_memstream(&text, &size);
	cmdline_print(f, k, &c);
	(void)fclose(f);
	(void)mistakes(&c, &m);
	*same = ini(m);
	mem_free(c.mem);
	return text;
}

static void
beside(const char *line, const char *file, size_t size)
{
	struct conf c = { .mem = mem_new() }, again = { .mem = mem_new() };
	struct model *m;

	if (!mistakes_of(file, size, &c, &m)) {
		cmdline_add(cmdline_read(c.mem, line, "line"), &c, false);
		again = conf_copy(&c, again.mem);
		if (mistakes(&again, &m))
			abort();
	}
	mem_free(again.mem);
	mem_free(c.mem);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t len = strnlen((const char *)data, size);
	struct conf c = { .mem = mem_new() };
	char *line = mem_text(c.mem, (const char *)data, len), *same;
	char *text = print(line, &same), *again;
	struct model *m;
	int bad = mistakes_of(text, strlen(text), &c, &m);

	again = ini(m);
	if (bad || strcmp(same, again) != 0) {
		(void)printf("---\n%s---\n%s---\n%s", text, same, again);
		abort();
	}
	if (size > len + 1)
		beside(line, (const char *)data + len + 1, size - len - 1);
	free(text);
	free(same);
	free(again);
	mem_free(c.mem);
	return 0;
}
