/* The prefix of a client's address: behind its own slash, the netmask, or guessed. */
#ifndef CMDLINE_MASK_H
#define CMDLINE_MASK_H

#include "cmdline/reader.h"

/* Gives the address its prefix; text is the field.  0, or -1 after saying why not. */
int mask_take(struct reader *, struct ip *client, const char *text);

#endif
