/* The tables of keys, for people to read: at most 80 columns wide. */
#ifndef PRINT_KEYS_H
#define PRINT_KEYS_H

#include <stdio.h>

/*
 * The keys of a kind, of its ports, or of another table: "link" has those
 * of every link.  With NULL, all kinds and the keys that are not of one
 * kind only.  Returns 0, or -1 when there is nothing of that name.
 */
int print_keys(FILE *, const char *kind);

#endif
