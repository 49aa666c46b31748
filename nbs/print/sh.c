#include "print/sh.h"

#include <string.h>

#include "key/type.h"
#include "model/model.h"

static bool
is_plain(const char *word)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
				    "_./:,@%+=-";

	return *word && strspn(word, plain) == strlen(word);
}

static void
quote(struct sh *s, const char *word)
{
	(void)fputc('\'', s->f);
	for (; *word; word++)
		if (*word == '\'')
			(void)fputs("'\\''", s->f);
		else
			(void)fputc(*word, s->f);
	(void)fputc('\'', s->f);
}

static void
follow(struct sh *s)
{
	if (s->brief && s->begun)
		(void)fputs("; ", s->f);
	s->begun = true;
}

void
sh_start(struct sh *s, const char *program, const struct netns *ns)
{
	bool goes = !strcmp(program, "ip") || !strcmp(program, "bridge");

	follow(s);
	(void)fputs(*ns->name && !goes ? "ip netns exec" : program, s->f);
	if (!*ns->name)
		return;
	if (goes)
		sh_add(s, "-n");
	sh_word(s, ns->name);
	if (!goes)
		sh_add(s, program);
}

void
sh_add(struct sh *s, const char *words)
{
	(void)fprintf(s->f, " %s", words);
}

void
sh_word(struct sh *s, const char *word)
{
	(void)fputc(' ', s->f);
	if (is_plain(word))
		(void)fputs(word, s->f);
	else
		quote(s, word);
}

void
sh_netns(struct sh *s, const struct netns *ns)
{
	if (*ns->name)
		sh_word(s, ns->name);
	else
		sh_add(s, "$$"); /* the shell's own process is in it */
}

static void
origin(struct sh *s, const struct origin *at)
{
	if (s->brief)
		return;
	(void)fputs("  # ", s->f);
	if (at->line && at->file) {
		type_print_text(at->file, s->f);
		(void)fprintf(s->f, ":%d\n", at->line);
	} else {
		(void)fputs("nbs's default\n", s->f);
	}
}

void
sh_end(struct sh *s, const struct origin *at)
{
	origin(s, at);
}

void
sh_cannot(struct sh *s, const char *what, const char *of, const struct origin *at)
{
	follow(s);
	(void)fputs("# ip(8) cannot say: ", s->f);
	type_print_text(what, s->f);
	if (of)
		(void)fprintf(s->f, " of %s", of);
	origin(s, at);
}
