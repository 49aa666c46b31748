/*
 * Compares what is to be with what the kernel has and what was applied
 * before, and gives the steps from the one to the other.
 */
#ifndef DIFF_DIFF_H
#define DIFF_DIFF_H

#include "diff/plan.h"

/* What is compared. */
struct compared {
	const struct model *target, *found;
	const struct model *applied;     /* NULL: nothing is */
	bool keep;                       /* what of it is no longer wanted is left alone */
	const struct attempts *attempts; /* or NULL */
	bool ahead;                      /* planned beyond what one round can do: nothing is sent */
};

/*
 * Returns the plan of one round.  What could not be compared because it is not there
 * yet is left for a later round.  The plan lives in mem.
 */
struct plan *diff(struct mem *, const struct compared *);

/* Adds to a plan without steps what resolv.conf lacks, when that was not read before. */
void diff_late(struct plan *);

/*
 * The first value by which a target says names of a namespace, of the file or of a lease, and
 * (or NULL) the section it is of; NULL: it says none, and resolv.conf there is not nbs's.
 */
const struct value *diff_names_of(
	const struct model *target, const struct netns *, const char **section);

#endif
