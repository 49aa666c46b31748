/*
 * Finding the counterparts of addresses, routes, … among what the kernel
 * has.  Routes are many and are found by hash; the rest by looking
 * through the link's own.
 */
#ifndef DIFF_SEEK_H
#define DIFF_SEEK_H

#include "diff/parts.h"

/*
 * Returns the counterpart, or NULL.  The entry names links of the kernel's, as plan_entry
 * makes it; ns and link are where the kernel would have it, NULL where that is not there.
 */
const struct phrase *seek_entry(
	const struct diff *, const struct phrase *, const struct netns *ns, const struct link *);

/* True when a link will be there and up once the plan is carried out. */
bool seek_up(const struct diff *, const struct link *);

#endif
