/*
 * The kernel command line as sections and lines of a file: ip= and its
 * relatives in all their dialects.  A word that is wrong is left out, and
 * nothing else; nothing here touches the world.
 */
#ifndef CMDLINE_CMDLINE_H
#define CMDLINE_CMDLINE_H

#include <stdio.h>

#include "conf/read.h"

struct cmdline;

/* Reads a line; file is what complaints name. */
struct cmdline *cmdline_read(struct mem *, const char *text, const char *file);

/* The same from a file, or "-" for standard input; NULL after reporting. */
struct cmdline *cmdline_open(struct mem *, const char *path);

/* The value of nbs.conf=, or NULL. */
const char *cmdline_file(const struct cmdline *);

/*
 * Adds what the line says to what files say.  alone: there are none, and
 * where the line has no ip= that counts either, DHCP is asked as if it had.
 */
void cmdline_add(struct cmdline *, struct conf *, bool alone);

/* Prints the lines that it has added, and from which words they are. */
void cmdline_print(FILE *, const struct cmdline *, const struct conf *);

#endif
