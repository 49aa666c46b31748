/* The lines of a command line, as a file that reads back as the same. */
#include <string.h>

#include "cmdline/cmdline.h"
#include "cmdline/parts.h"
#include "key/type.h"

static void
put_tame(FILE *f, const char *text)
{
	for (; *text; text++)
		(void)fputc((unsigned char)*text < 0x20 || *text == 0x7f ? '?' : *text, f);
}

static const struct token *
word_at(const struct cmdline *c, int no)
{
	return (size_t)no <= c->words.n ? &c->words.all[no - 1] : &c->implied;
}

static void
comment(FILE *f, const struct cmdline *c, const struct section *s, int no)
{
	const struct token *w = word_at(c, no);

	if ((size_t)no <= c->words.n)
		(void)fprintf(f, "# word %d: ", no);
	else
		(void)fputs("# ", f);
	put_tame(f, w->text);
	(void)fputc('\n', f);
	for (const struct note *n = *s->name ? c->notes : NULL; n; n = n->next)
		if (n->of == w && n->remark) {
			(void)fputs("#   ", f);
			put_tame(f, n->text);
			(void)fputc('\n', f);
		}
}

static bool
has_word(const struct section *s, const struct entry *before, const char *file, int no)
{
	for (const struct entry *e = s->entries; e != before; e = e->next)
		if (e->file == file && e->line == no)
			return true;
	return false;
}

/* Each word that a line of the section is from; of one without lines, the one that names it. */
static void
comments(FILE *f, const struct cmdline *c, const struct section *s)
{
	bool none = true;

	for (const struct entry *e = s->entries; e; e = e->next) {
		if (e->file != c->file)
			continue;
		none = false;
		if (!has_word(s, e, c->file, e->line))
			comment(f, c, s, e->line);
	}
	if (none)
		comment(f, c, s, s->line);
}

static void
head(FILE *f, const struct section *s)
{
	(void)fprintf(f, "[%s%s", s->word, *s->name ? " " : "");
	type_print_name(s->name, f);
	(void)fputs("]\n", f);
}

void
cmdline_print(FILE *f, const struct cmdline *c, const struct conf *conf)
{
	bool begun = false;

	for (const struct section *s = conf->sections; s; s = s->next) {
		if (s->file != c->file)
			continue;
		if (begun)
			(void)fputc('\n', f);
		begun = true;
		comments(f, c, s);
		head(f, s);
		for (const struct entry *e = s->entries; e; e = e->next)
			if (e->file == c->file)
				(void)fprintf(
					f, "%s =%s%s\n", e->key, *e->value ? " " : "", e->value);
	}
	if (c->saying != SAID)
		(void)fprintf(f,
			"%s# no ip=%s: where there is no file, DHCP is asked on all NICs\n",
			begun ? "\n" : "", c->saying == MISSAID ? " that counts" : "");
	else if (!begun)
		(void)fputs("# nothing is to be configured\n", f);
}
