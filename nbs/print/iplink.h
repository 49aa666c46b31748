/* Links and their values as ip(8) has them. */
#ifndef PRINT_IPLINK_H
#define PRINT_IPLINK_H

#include "model/model.h"

struct sh;

/* The name and all that the command that makes the link can say. */
void iplink_make(struct sh *, const struct link *, const struct origin *);

/* Changes n of its values: a command for each place where they go. */
void iplink_set(struct sh *, const struct link *, const struct value *const *vals, size_t n);

/* The word of ip(8) for a key: its own name with underscores, if it has no other. */
const char *iplink_word(const struct key *, struct mem *);

#endif
