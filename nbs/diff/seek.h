/*
 * Finding the counterparts of addresses, routes, … among what the kernel
 * has.  Routes are many and are found by hash; the rest by looking
 * through the link's own.
 */
#ifndef DIFF_SEEK_H
#define DIFF_SEEK_H

#include "diff/parts.h"

/* Makes the routes of have and of want findable. */
void seek_index(struct diff *);

/* Returns the counterpart, or NULL. */
struct phrase *seek_said(struct diff *, const struct phrase *);

/* True when a link will be there and up once the plan is carried out. */
bool seek_up(const struct link *);

#endif
