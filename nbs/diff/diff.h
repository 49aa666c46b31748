/*
 * Compares what is wanted with what the kernel has and what was applied
 * before, and gives the steps from the one to the other.
 */
#ifndef DIFF_DIFF_H
#define DIFF_DIFF_H

#include "diff/plan.h"

/* What a difference is made of. */
struct diff {
	struct plan *plan;
	struct model *want, *have;
	const struct model *applied; /* or NULL */
	bool keep;                   /* what is no longer wanted is left alone */
	struct phrase **routes;      /* of have, by hash */
	size_t buckets;
};

/*
 * Returns the plan of one round.  What could not be compared because it
 * is not there yet is left for a later round.  Links in want learn their
 * counterparts and indexes.  The plan lives in mem.
 */
struct plan *diff(struct mem *, struct model *want, struct model *have, const struct model *applied, bool keep);

/* The parts, one file each; all append to the plan. */
void diff_spaces(struct diff *);
void diff_links(struct diff *);
void diff_vlans(struct diff *, struct link *);
void diff_said(struct diff *);
void diff_sysctls(struct diff *);
void diff_names(struct diff *);
void diff_undo(struct diff *);

/* True when a link will be there and up once the plan is carried out. */
bool diff_up(const struct link *);

/* Takes a link down for a while: what that loses is put back afterwards. */
void diff_lower(struct diff *, struct link *);

/* Finds the counterpart of an address, route, … among what the kernel has. */
struct phrase *diff_find(struct diff *, const struct phrase *);

#endif
