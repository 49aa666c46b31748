/*
 * Compares what is wanted with what the kernel has and what was applied
 * before, and gives the steps from the one to the other.
 */
#ifndef DIFF_DIFF_H
#define DIFF_DIFF_H

#include "diff/plan.h"

/*
 * Returns the plan of one round.  What could not be compared because it
 * is not there yet is left for a later round.  Links in want learn their
 * counterparts and indexes.  With keep, what is no longer wanted is left
 * alone; applied may be NULL.  The plan lives in mem.
 */
struct plan *diff(struct mem *, struct model *want, struct model *have, const struct model *applied,
	bool keep);

/* Adds to a plan without steps what resolv.conf lacks, when that was not read before. */
void diff_late(struct plan *, struct model *want, struct model *have);

#endif
