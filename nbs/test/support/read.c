#include "test/support/read.h"

#include <stdlib.h>
#include <string.h>

#include "resolve/complete.h"

void
read_text(struct conf *c, const char *text, const char *name)
{
	/* a stream in memory must not be empty */
	FILE *f = *text ? fmemopen((void *)text, strlen(text), "r") : fopen("/dev/null", "r");

	if (!f)
		abort();
	conf_stream(c, f, name);
	(void)fclose(f); /* only read from */
}

struct model *
read_model(struct mem *mem, const char *text, const char *name)
{
	struct conf c = { .mem = mem };
	struct model *m;

	read_text(&c, text, name);
	m = conf_build(&c);
	complete_model(m);
	return m;
}
