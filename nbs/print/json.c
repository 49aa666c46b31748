#include "print/json.h"

#include <inttypes.h>

#include "base/text.h"

static void
quote(FILE *f, const char *text)
{
	(void)fputc('"', f);
	while (*text) {
		unsigned n = text_character(text);

		if (*text == '"' || *text == '\\')
			(void)fprintf(f, "\\%c", *text);
		else if (!text_visible(text)) /* a control's last byte is its number */
			(void)fprintf(f, "\\u%04x", (unsigned char)text[n ? n - 1 : 0]);
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
		(void)fputs(j->depth <= 1 + j->fold ? ",\n" : ",", j->f);
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
json_signed(struct json *j, const char *name, int64_t number)
{
	begin(j, name);
	(void)fprintf(j->f, "%" PRId64, number);
}

void
json_bool(struct json *j, const char *name, bool is)
{
	begin(j, name);
	(void)fputs(is ? "true" : "false", j->f);
}
