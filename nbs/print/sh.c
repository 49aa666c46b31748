#include "print/sh.h"

#include <stdarg.h>
#include <string.h>

#include "model/model.h"

static bool
is_plain(const char *word)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
				    "_./:,@%+=-";

	return *word && strspn(word, plain) == strlen(word);
}

static void
put_word(FILE *f, const char *word)
{
	if (is_plain(word)) {
		(void)fputs(word, f);
		return;
	}
	(void)fputc('\'', f);
	for (; *word; word++)
		if (*word == '\'')
			(void)fputs("'\\''", f);
		else
			(void)fputc(*word, f);
	(void)fputc('\'', f);
}

static void
put_words(FILE *f, const char *format, va_list args)
{
	(void)fputc(' ', f);
	for (const char *p = format; *p; p++)
		if (*p != '%')
			(void)fputc(*p, f);
		else if (*++p == 's')
			put_word(f, va_arg(args, const char *));
		else
			(void)fprintf(f, "%u", va_arg(args, unsigned));
}

void
sh_start(struct sh *s, const char *program, const struct netns *ns)
{
	bool goes = !strcmp(program, "ip") || !strcmp(program, "bridge");
	FILE *f = mem_open(&s->now);

	(void)fputs(*ns->name && !goes ? "ip netns exec" : program, f);
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
	(void)fprintf(s->now.f, " %s", words);
}

void
sh_words(struct sh *s, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	put_words(s->now.f, format, args);
	va_end(args);
}

void
sh_word(struct sh *s, const char *word)
{
	sh_words(s, "%s", word);
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
append(struct sh *s, const char *text, const struct origin *at, bool missing)
{
	struct command *c = mem_get(s->mem, sizeof(*c));

	*c = (struct command) { .text = text, .at = *at, .missing = missing };
	if (s->last)
		s->last->next = c;
	else
		s->all = c;
	s->last = c;
}

void
sh_end(struct sh *s, const struct origin *at)
{
	append(s, mem_close(&s->now, s->mem), at, false);
}

void
sh_command(struct sh *s, const char *program, const struct netns *ns, const struct origin *at,
	const char *format, ...)
{
	va_list args;

	sh_start(s, program, ns);
	va_start(args, format);
	put_words(s->now.f, format, args);
	va_end(args);
	sh_end(s, at);
}

/* sysctl(8) ends the path at the first =, and takes no empty text. */
void
sh_sysctl(struct sh *s, const struct netns *ns, const char *path, const char *text,
	const struct origin *at)
{
	bool odd = !*text || strchr(path, '=');

	sh_start(s, odd ? "sh -c 'printf \"%s\\n\" \"$1\" >\"$2\"' sh" : "sysctl -w", ns);
	if (odd) {
		sh_word(s, text);
		sh_word(s, mem_printf(s->mem, "/proc/sys/%s", path));
	} else {
		sh_word(s, mem_printf(s->mem, "%s=%s", path, text));
	}
	sh_end(s, at);
}

void
sh_cannot(struct sh *s, const char *what, const char *of, const struct origin *at)
{
	append(s, of ? mem_printf(s->mem, "%s of %s", what, of) : what, at, true);
}
