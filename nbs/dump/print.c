/* The text of the file, judged before anybody reads it. */
#include <string.h>

#include "base/mem.h"
#include "check/check.h"
#include "resolve/complete.h"
#include "conf/build.h"
#include "dump/dump.h"
#include "print/ini.h"

/* Reads the text as check does.  Returns the line of the first mistake, or 0. */
static int
first_mistake(const char *text, struct diag_trial *trial)
{
	struct conf c = { .mem = mem_new() };
	struct model *m;

	*trial = (struct diag_trial) { 0 };
	diag_trial(trial);
	conf_text(&c, text, strlen(text), "dump");
	m = conf_build(&c);
	complete_model(m);
	check(m);
	diag_trial(NULL);
	mem_free(c.mem);
	return trial->errors ? trial->line : 0;
}

/* Appends lines as comments: one, or where that opens a section all of it. */
static const char *
leave_out(FILE *f, const char *at, const char *why)
{
	const bool whole = *at == '[';
	size_t n = strcspn(at, "\n");

	(void)fprintf(f, "# %.*s: %s\n", (int)n, at, why);
	for (at += n + (at[n] == '\n'); whole && *at && *at != '['; at += n + (at[n] == '\n')) {
		n = strcspn(at, "\n");
		(void)fprintf(f, "%s%.*s\n", n && *at != '#' ? "# " : "", (int)n, at);
	}
	return at;
}

static const char *
line_of(const char *text, int line)
{
	for (; line > 1 && *text; line--)
		text += strcspn(text, "\n") + 1;
	return text;
}

static const char *
without(const char *text, const char *at, const char *why, struct mem *mem)
{
	struct mem_stream s;
	FILE *f = mem_open(&s);

	(void)fwrite(text, 1, (size_t)(at - text), f); /* the stream keeps its own error */
	(void)fputs(leave_out(f, at, why), f);
	return mem_close(&s, mem);
}

static unsigned
count_remarks(const char *text)
{
	unsigned n = *text == '#';

	while ((text = strstr(text, "\n#"))) {
		n++;
		text++;
	}
	return n;
}

void
dump_print(FILE *f, const struct model *m)
{
	struct mem *mem = mem_new();
	struct diag_trial trial;
	struct mem_stream s;
	const char *text, *at;
	unsigned n;
	int line;

	print_ini(mem_open(&s), m);
	text = mem_close(&s, mem);
	while ((line = first_mistake(text, &trial)) && *(at = line_of(text, line)) != '#')
		text = without(text, at, trial.first, mem);
	(void)fputs(text, f);
	if ((n = count_remarks(text)))
		(void)fprintf(f, "\n# %u %s what this file cannot say\n", n,
			n == 1 ? "line with a # tells" : "lines with a # tell");
	mem_free(mem);
}
