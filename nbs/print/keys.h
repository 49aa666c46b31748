/* The tables of keys, for people to read: at most 80 columns wide. */
#ifndef PRINT_KEYS_H
#define PRINT_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct table;

/* Keys that are not of one kind only. */
struct keys_other {
	const struct table *table;
	const char *head;
	const char *in; /* where they stand: see keysjson.h */
};
extern const struct keys_other keys_others[];
extern const size_t keys_others_len;

/* True of a kind, of the name of another table, and of NULL, which is all of them. */
bool keys_known(const char *name);

/*
 * The keys of a kind, of its ports, or of another table: "link" has those
 * of every link.  With NULL, all kinds and the keys that are not of one
 * kind only.  Returns 0, or -1 when there is nothing of that name.
 */
int print_keys(FILE *, const char *kind);

#endif
