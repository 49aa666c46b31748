/*
 * Whether what is wanted is there and works.  Pure: looks at a want that
 * has just been compared (see diff), and tells what is still missing.
 */
#ifndef DIFF_READY_H
#define DIFF_READY_H

#include "model/model.h"

/*
 * Calls miss for each required link, and each route or rule that stands in
 * no link's section, that is not ready: where it was written, and why.
 * Returns how many there are.
 */
unsigned ready(struct mem *, const struct model *want,
	void (*miss)(void *, const struct origin *, const char *why), void *user);

#endif
