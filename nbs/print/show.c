#include "print/show.h"

#include <stdarg.h>
#include <string.h>

#include "base/mem.h"
#include "key/type.h"
#include "model/phrase.h"
#include "print/show_fact.h"

/* The first columns; what else there is to say of a link stands below them. */
enum { LINK, KIND, STATE, PARENT, MASTER, READY, COLUMNS, WIDTH = 80, INDENT = 4 };

static const char *const heads[COLUMNS] = { "LINK", "KIND", "STATE", "ON", "PORT OF", "READY" };

enum colour { PLAIN, BOLD, GREEN, YELLOW, RED };

/* SGR of ECMA-48, 8.3.117 */
static const char *const colours[] = { "", "\033[1m", "\033[32m", "\033[33m", "\033[31m" };

struct table_of {
	FILE *f;
	struct mem *mem;
	const struct show *show;
	int width[COLUMNS]; /* 0: nothing stands in it */
	int at;             /* column of the line that is being written */
};

/* A terminal takes some bytes of names for commands. */
static const char *
harmless(const char *text, struct mem *mem)
{
	struct mem_stream s;

	type_print_text(text, mem_open(&s));
	return mem_close(&s, mem);
}

/* The name of another link; with its namespace, before a slash, if that is another one. */
static const char *
name_of(const struct link *l, const struct shown *from, struct mem *mem)
{
	if (!l || l->ns == from->have->ns)
		return l ? l->name : NULL;
	return mem_printf(mem, "%s/%s", l->ns->name, l->name);
}

static const char *
cell(const struct table_of *t, const struct shown *s, int column)
{
	const char *text = NULL;

	switch (column) {
	case LINK:
		text = fact_name(s);
		break;
	case KIND:
		text = fact_kind(s);
		break;
	case STATE:
		return fact_state(s);
	case PARENT:
		text = name_of(fact_parent(s), s, t->mem);
		break;
	case MASTER:
		text = name_of(fact_master(s), s, t->mem);
		break;
	case READY:
		return s->want ? s->why ? "no" : "yes" : "";
	}
	return text ? harmless(text, t->mem) : "";
}

static enum colour
colour_of(int column, const char *text)
{
	if (column == LINK)
		return BOLD;
	if (column != STATE && column != READY)
		return PLAIN;
	if (!strcmp(text, "up") || !strcmp(text, "yes"))
		return GREEN;
	return !strcmp(text, "no") || !strcmp(text, "missing") ? RED : YELLOW;
}

/* How many columns of a terminal a text takes: bytes that begin a character of UTF-8. */
static int
columns(const char *text)
{
	int n = 0;

	for (; *text; text++)
		n += (*text & 0xc0) != 0x80;
	return n;
}

static void
measure(struct table_of *t)
{
	for (int c = 0; c < COLUMNS; c++) {
		for (const struct shown *s = t->show->links; s; s = s->next) {
			int n = columns(cell(t, s, c));

			t->width[c] = n > t->width[c] ? n : t->width[c];
		}
		if (t->width[c] && t->width[c] < (int)strlen(heads[c]))
			t->width[c] = (int)strlen(heads[c]);
	}
}

static void
paint(const struct table_of *t, enum colour c, const char *text)
{
	bool painted = t->show->colour && c != PLAIN && *text;

	(void)fprintf(t->f, "%s%s%s", painted ? colours[c] : "", text, painted ? "\033[0m" : "");
}

/* Writes a cell, with the blanks that were left out before it. */
static void
put(struct table_of *t, int *blanks, int column, enum colour colour, const char *text)
{
	if (!t->width[column])
		return;
	if (*text) {
		(void)fprintf(t->f, "%*s", *blanks, "");
		paint(t, colour, text);
		*blanks = 0;
	}
	*blanks += t->width[column] - columns(text) + 2;
}

static void
put_row(struct table_of *t, const struct shown *s)
{
	int blanks = 0;

	for (int c = 0; c < COLUMNS; c++) {
		const char *text = s ? cell(t, s, c) : heads[c];

		put(t, &blanks, c, s ? colour_of(c, text) : BOLD, text);
	}
	(void)fputc('\n', t->f);
}

/* Adds words to the lines below a link, which wrap between them and not within. */
static void __attribute__((format(printf, 2, 3))) add(struct table_of *t, const char *format, ...)
{
	char text[256];
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	if (t->at && t->at + 2 + n > WIDTH) {
		(void)fputc('\n', t->f);
		t->at = 0;
	}
	(void)fprintf(t->f, "%*s%s", t->at ? 2 : INDENT, "", text);
	t->at += (t->at ? 2 : INDENT) + n;
}

static void
end_line(struct table_of *t)
{
	if (t->at)
		(void)fputc('\n', t->f);
	t->at = 0;
}

/* The two largest units of a time. */
static const char *
time_text(long long seconds, struct mem *mem)
{
	if (seconds == SHOW_FOREVER)
		return "for ever";
	if (seconds >= 86400)
		return mem_printf(mem, "%lld d %lld h left", seconds / 86400, seconds / 3600 % 24);
	if (seconds >= 3600)
		return mem_printf(mem, "%lld h %lld min left", seconds / 3600, seconds / 60 % 60);
	if (seconds >= 60)
		return mem_printf(mem, "%lld min %lld s left", seconds / 60, seconds % 60);
	return mem_printf(mem, "%lld s left", seconds);
}

static void
put_said(struct table_of *t, const struct shown *s)
{
	const struct phrase **p = fact_said(s->have ? s->have->said[ADDRESS] : NULL, t->mem);
	const char *via;

	for (; *p; p++)
		if (!fact_is_own(*p))
			add(t, "%s", fact_address(*p, t->mem));
	for (p = fact_said(s->have ? s->have->ns->said[ROUTE] : NULL, t->mem); *p; p++)
		if ((via = fact_gateway(*p, s->have, t->mem)))
			add(t, "default via %s", via);
	if (s->leased)
		add(t, "lease of %s, %s", s->server, time_text(fact_left(t->show, s), t->mem));
	end_line(t);
}

static void
put_why(struct table_of *t, const struct shown *s)
{
	const char *words = s->why ? harmless(s->why, t->mem) : NULL;
	int at = INDENT, n;

	if (!words)
		return;
	(void)fprintf(t->f, "%*s", INDENT, "");
	paint(t, RED, "not ready:");
	at += (int)strlen("not ready:");
	for (; *words; words += n + (words[n] == ' ')) {
		n = (int)strcspn(words, " ");
		if (at + 1 + n > WIDTH) {
			(void)fprintf(t->f, "\n%*s", 2 * INDENT - 1, "");
			at = 2 * INDENT - 1;
		}
		at += fprintf(t->f, " %.*s", n, words);
	}
	(void)fputc('\n', t->f);
}

void
print_show(FILE *f, const struct show *show)
{
	struct table_of t = { .f = f, .mem = mem_new(), .show = show };
	const char *space = "";

	measure(&t);
	put_row(&t, NULL);
	for (const struct shown *s = show->links; s; s = s->next) {
		if (strcmp(fact_space(s), space) != 0) {
			space = fact_space(s);
			(void)fprintf(f, "\nnetns %s\n", harmless(space, t.mem));
		}
		put_row(&t, s);
		put_why(&t, s);
		put_said(&t, s);
	}
	mem_free(t.mem);
}
