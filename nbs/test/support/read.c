#include "test/support/read.h"

#include "diff/diff.h"
#include "target/target.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "resolve/complete.h"

void
read_text(struct conf *c, const char *text, const char *name)
{
	conf_text(c, text, strlen(text), name);
}

struct model *
read_model(struct mem *mem, const char *text, const char *name)
{
	struct conf c = { .mem = mem, .entries = mem_new() };
	struct model *m;

	read_text(&c, text, name);
	m = conf_build(&c);
	mem_free(c.entries);
	complete_model(m);
	return m;
}

struct plan *
read_plan(struct mem *mem, const struct model *file, const struct model *found)
{
	const struct target_from from = { .file = file, .found = found };
	const struct compared c = {
		.target = target_make(mem, &from), .found = found, .ahead = true
	};

	return diff(mem, &c);
}
