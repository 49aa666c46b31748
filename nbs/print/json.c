#include "print/json.h"

#include <inttypes.h>

/* How many bytes the character has that begins here; 0 when it is none of UTF-8 (RFC 3629, 4). */
static unsigned
character(const char *text)
{
	const unsigned char *c = (const unsigned char *)text;
	unsigned n = *c < 0x80   ? 1
	             : *c < 0xc2 ? 0
	             : *c < 0xe0 ? 2
	             : *c < 0xf0 ? 3
	             : *c < 0xf5 ? 4
	                         : 0;

	for (unsigned i = 1; i < n; i++)
		if ((c[i] & 0xc0) != 0x80)
			return 0;
	if ((*c == 0xe0 && c[1] < 0xa0) || (*c == 0xf0 && c[1] < 0x90))
		return 0; /* longer than it need be */
	if ((*c == 0xed && c[1] > 0x9f) || (*c == 0xf4 && c[1] > 0x8f))
		return 0; /* half of a pair of UTF-16; beyond the last character */
	return n;
}

static void
quote(FILE *f, const char *text)
{
	(void)fputc('"', f);
	while (*text) {
		unsigned n = character(text);

		if (*text == '"' || *text == '\\')
			(void)fprintf(f, "\\%c", *text);
		else if (!n || (unsigned char)*text < ' ' || *text == 0x7f)
			(void)fprintf(f, "\\u%04x", (unsigned char)*text);
		else
			(void)fwrite(text, 1, n, f);
		text += n ? n : 1;
	}
	(void)fputc('"', f);
}

static void
begin(struct json *j, const char *name)
{
	if (j->more)
		(void)fputs(j->depth == 1 ? ",\n" : ",", j->f);
	j->more = true;
	if (!name)
		return;
	quote(j->f, name);
	(void)fputc(':', j->f);
}

void
json_open(struct json *j, const char *name, char bracket)
{
	begin(j, name);
	(void)fputc(bracket, j->f);
	j->depth++;
	j->more = false;
}

void
json_close(struct json *j, char bracket)
{
	j->depth--;
	j->more = true;
	(void)fprintf(j->f, "%c%s", bracket, j->depth ? "" : "\n");
}

void
json_text(struct json *j, const char *name, const char *text)
{
	if (!text)
		return;
	begin(j, name);
	quote(j->f, text);
}

void
json_number(struct json *j, const char *name, uint64_t number)
{
	begin(j, name);
	(void)fprintf(j->f, "%" PRIu64, number);
}

void
json_bool(struct json *j, const char *name, bool is)
{
	begin(j, name);
	(void)fputs(is ? "true" : "false", j->f);
}
