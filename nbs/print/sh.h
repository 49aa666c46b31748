/*
 * Commands of the shell, one a line, each followed by where it comes
 * from.  Whatever stands in a word, the shell takes it as that word.
 */
#ifndef PRINT_SH_H
#define PRINT_SH_H

#include <stdbool.h>
#include <stdio.h>

struct mem;
struct netns;
struct origin;

struct sh {
	FILE *f;
	struct mem *mem;
	bool brief; /* no comments; what is not the first follows a semicolon */
	bool begun;
};

/* Opens a command in a namespace; ip and bridge go there by themselves. */
void sh_start(struct sh *, const char *program, const struct netns *);

/* Adds words as they are. */
void sh_add(struct sh *, const char *words);

/* Adds one word, quoted where it must be. */
void sh_word(struct sh *, const char *word);

/* Adds a namespace by its name; nbs's own is that of the shell. */
void sh_netns(struct sh *, const struct netns *);

/* Ends the command. */
void sh_end(struct sh *, const struct origin *);

/* Says that there is no command for something. */
void sh_cannot(struct sh *, const char *what, const char *of, const struct origin *);

#endif
