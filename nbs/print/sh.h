/*
 * Commands of the shell, one after another, each with where it comes from.
 * Whatever stands in a word, the shell takes it as that word.
 */
#ifndef PRINT_SH_H
#define PRINT_SH_H

#include "base/diag.h"
#include "base/mem.h"

struct netns;

/* A command; or what there is no command for. */
struct command {
	struct command *next;
	const char *text;
	struct origin at;
	bool missing;
};

struct sh {
	struct mem *mem;
	struct command *all, *last;
	struct mem_stream now; /* the command that is open */
};

/* Opens a command in a namespace; ip and bridge go there by themselves. */
void sh_start(struct sh *, const char *program, const struct netns *);

/* Adds words as they are. */
void sh_add(struct sh *, const char *words);

/* Adds words as they are, but for numbers (%u) and words that are quoted where they must be (%s). */
void sh_words(struct sh *, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Adds one word, quoted where it must be. */
void sh_word(struct sh *, const char *word);

/* Adds a namespace by its name; nbs's own is that of the shell. */
void sh_netns(struct sh *, const struct netns *);

/* A command of its own: writes a file under /proc/sys, by its path with slashes. */
void sh_sysctl(struct sh *, const struct netns *, const char *path, const char *text,
	const struct origin *);

/* Ends the command. */
void sh_end(struct sh *, const struct origin *);

/* A command as a whole: sh_start, sh_words and sh_end. */
void sh_command(struct sh *, const char *program, const struct netns *, const struct origin *,
	const char *format, ...) __attribute__((format(printf, 5, 6)));

/* Says that there is no command for something; both are one line. */
void sh_cannot(struct sh *, const char *what, const char *of, const struct origin *);

#endif
