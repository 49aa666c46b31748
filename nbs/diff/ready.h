/*
 * Whether what is to be is there and works.  Pure: looks at what was just
 * compared (see diff), and tells what is still missing.
 */
#ifndef DIFF_READY_H
#define DIFF_READY_H

#include "diff/plan.h"

/*
 * Calls miss for each required link, and each route or rule that stands in
 * no link's section, that is not ready: where it was written, and why.
 * Returns how many there are.  With promised, the plan's steps are taken for done,
 * and only what they leave out is told.
 */
unsigned ready(struct mem *, const struct plan *, bool promised,
	void (*miss)(void *, const struct origin *, const char *why), void *user);

/*
 * Why a link is not ready as it is now, required or not; NULL when it is, or when
 * nothing is waited for.
 */
const char *ready_link(struct mem *, const struct plan *, const struct link *);

#endif
