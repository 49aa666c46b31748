/* The values of one link, compared with those the kernel has. */
#ifndef DIFF_VALUES_H
#define DIFF_VALUES_H

#include "diff/parts.h"

/* Plans the changes of a link's values. */
void diff_values(struct diff *, const struct link *);

/* The same for values that name other links, once it is known which of these are made. */
void diff_references(struct diff *, const struct link *);

/* Returns a value that differs and can only be had by making the link anew, or NULL. */
const struct value *values_fixed(struct diff *, const struct link *);

#endif
