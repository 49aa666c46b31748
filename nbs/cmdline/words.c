#include "cmdline/words.h"

#include <ctype.h>
#include <string.h>

#include "base/mem.h"

/* The end of a word: as next_arg() of the kernel's lib/cmdline.c finds it. */
static size_t
length(const char *s)
{
	bool quoted = false;
	size_t i = 0;

	for (; s[i] && (quoted || !isspace((unsigned char)s[i])); i++)
		if (s[i] == '"')
			quoted = !quoted;
	return i;
}

/* Quotes around all of a word, or around its value, are no part of it. */
static struct token
parse(struct mem *mem, const char *s, size_t n, int no)
{
	struct token w = { .no = no, .text = mem_text(mem, s, n) };
	bool quoted = *s == '"';
	char *name, *value;

	name = mem_text(mem, s + quoted, n - quoted);
	value = *name ? strchr(name + 1, '=') : NULL;
	n = strlen(name);
	if (value)
		*value++ = '\0';
	if (n && name[n - 1] == '"' && (quoted || (value && *value == '"')))
		name[n - 1] = '\0';
	if (value && *value == '"')
		value++;
	w.name = name;
	w.value = value;
	return w;
}

struct words
words_split(struct mem *mem, const char *s)
{
	struct words w = { .all = mem_get(mem, (strlen(s) / 2 + 1) * sizeof(struct token)) };
	size_t n;

	for (;; s += n) {
		while (isspace((unsigned char)*s))
			s++;
		if (!*s)
			return w;
		n = length(s);
		w.all[w.n] = parse(mem, s, n, (int)w.n + 1);
		w.n++;
	}
}

static char
plain(char c)
{
	return c == '_' ? '-' : c;
}

bool
words_called(const struct token *w, const char *name)
{
	const char *s = w->name;

	while (*s && plain(*s) == plain(*name)) {
		s++;
		name++;
	}
	return *name == '*' || (!*s && !*name);
}

const struct token *
words_last(const struct words *w, const char *name)
{
	for (size_t i = w->n; i; i--)
		if (w->all[i - 1].value && words_called(&w->all[i - 1], name))
			return &w->all[i - 1];
	return NULL;
}

int
words_cut(struct mem *mem, const char *text, char sign, const char **pieces, int max)
{
	char *to = mem_text(mem, text, strlen(text));
	int n = 0, depth = 0;

	pieces[n++] = to;
	for (; *text; text++) {
		depth += (*text == '[') - (*text == ']');
		if (depth < 0 || depth > 1)
			return -1;
		if (*text == sign && !depth) {
			*to++ = '\0';
			if (n == max)
				return -1;
			pieces[n++] = to;
		} else if (*text != '[' && *text != ']') {
			*to++ = *text;
		}
	}
	*to = '\0';
	return depth ? -1 : n;
}
