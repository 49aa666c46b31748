#include "test/support/dumped.h"

#include <string.h>

#include "test/support/say.h"

/* Takes empty lines out. */
static const char *
squeeze(char *text)
{
	char *to = text;

	for (const char *from = text; *from; from++)
		if (*from != '\n' || (to != text && to[-1] != '\n'))
			*to++ = *from;
	*to = '\0';
	return text;
}

void
dumped_say(const struct dumped *c, size_t n)
{
	for (; n; n--, c++) {
		struct bed *b = c->ours ? bed_made(c->ours) : bed_new();

		if (c->theirs)
			bed_others(b, c->theirs);
		if (c->kernel)
			c->kernel(b);
		say_same(c->name,
			c->dump     ? c->dump
			: c->theirs ? c->theirs
				    : c->ours,
			squeeze(bed_dump(b, c->have)));
		bed_free(b);
	}
}
