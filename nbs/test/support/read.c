#include "test/support/read.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "resolve/complete.h"

void
read_text(struct conf *c, const char *text, const char *name)
{
	conf_text(c, text, name);
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
