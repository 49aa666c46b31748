#include "print/dot.h"

#include <string.h>

#include "base/text.h"

struct escape {
	char from;
	const char *to;
};

static const char *
escaped(const struct escape *e, char c)
{
	while (e->from && e->from != c)
		e++;
	return e->to;
}

/* Beside control characters, XML has no U+FFFE and U+FFFF. */
static bool
is_fit(const char *text, unsigned n)
{
	return n && *text != '\\' && strncmp(text, "\xef\xbf\xbe", 3) != 0 &&
	       strncmp(text, "\xef\xbf\xbf", 3) != 0;
}

static void
put(FILE *f, const char *text, const struct escape *escapes)
{
	while (*text) {
		unsigned n = text_visible(text);
		const char *to = escaped(escapes, *text);

		if (!is_fit(text, n)) {
			(void)fprintf(f, "\\\\x%02x", (unsigned char)*text);
			n = 1;
		} else if (to) {
			(void)fputs(to, f);
		} else {
			(void)fwrite(text, 1, n, f);
		}
		text += n;
	}
}

void
dot_name(FILE *f, const char *one, const char *two)
{
	static const struct escape escapes[] = { { '"', "\\\"" }, { 0 } };

	(void)fputc('"', f);
	put(f, one, escapes);
	put(f, two, escapes);
	(void)fputc('"', f);
}

void
dot_text(FILE *f, const char *text)
{
	static const struct escape escapes[] = { { '&', "&amp;" }, { '<', "&lt;" }, { '>', "&gt;" },
		{ '"', "&quot;" }, { 0 } };

	put(f, text, escapes);
}
