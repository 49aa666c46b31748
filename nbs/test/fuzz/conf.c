/*
 * Whatever a file holds, reading it ends, and a file without mistakes is
 * printed as one that reads back as the same, and planned on an empty machine.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "check/check.h"
#include "resolve/complete.h"
#include "conf/build.h"
#include "diff/diff.h"
#include "print/ini.h"
#include "print/ip.h"
#include "print/planjson.h"
#include "target/target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Plans it where there is nothing yet, and prints that. */
static void
plan(struct mem *mem, struct model *m)
{
	static FILE *nowhere;
	struct model *found = model_new(mem);
	struct compared c = { .ahead = true };
	struct plan *p;

	if (!nowhere && !(nowhere = fopen("/dev/null", "w")))
		abort();
	found->spaces->there = found->spaces->ipv6 = true;
	found->hostname = "none";
	c.target = target_make(mem, &(const struct target_from) { .file = m, .found = found });
	c.found = found;
	p = diff(mem, &c);
	print_plan(nowhere, p);
	planjson_print(nowhere, p, NULL);
}

/* Reads, judges and prints; NULL when there was a mistake. */
static char *
pass(const void *data, size_t size)
{
	struct mem *mem = mem_new();
	struct conf c = { .mem = mem };
	FILE *f;
	struct model *m;
	char *text = NULL;
	size_t len;
	int before = diag_count();

	conf_text(&c, data, size, "fuzz.conf");
	m = conf_build(&c);
	complete_model(m);
	check(m);
	if (diag_count() == before && (f = open_memstream(&text, &len))) {
		print_ini(f, m);
		(void)fclose(f);
		plan(mem, m);
	}
	mem_free(mem);
	return text;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *first = size ? pass(data, size) : NULL, *second = NULL;

	/* what grew too long for a line by its escapes is left out, and said */
	if (first && *first && !strstr(first, ": too long for a line\n")) {
		second = pass(first, strlen(first));
		if (!second || strcmp(first, second) != 0) {
			(void)printf("---\n%s---\n%s", first, second ? second : "refused\n");
			abort();
		}
	}
	free(first);
	free(second);
	return 0;
}
