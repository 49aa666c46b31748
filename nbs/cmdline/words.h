/*
 * The words of a command line, cut as the kernel cuts them: at blanks that
 * are not between double quotes.
 */
#ifndef CMDLINE_WORDS_H
#define CMDLINE_WORDS_H

#include <stdbool.h>
#include <stddef.h>

struct mem;

struct token {
	int no;            /* 1 is the first of the line */
	const char *name;  /* what stands before the = */
	const char *value; /* what stands after it; NULL where there is none */
	const char *text;  /* the whole, as written */
};

struct words {
	struct token *all;
	size_t n;
};

struct words words_split(struct mem *, const char *text);

/* True when a word has this name; - and _ are the same, and a star at its end is any rest. */
bool words_called(const struct token *, const char *name);

/* The last word of a name that has a value, or NULL. */
const struct token *words_last(const struct words *, const char *name);

/*
 * Cuts text at each sign that stands outside of brackets, and leaves the
 * brackets out.  Returns how many pieces there are, at most max; -1 when a
 * bracket has no counterpart or there are more.
 */
int words_cut(struct mem *, const char *text, char sign, const char **pieces, int max);

#endif
