/* Carries a plan out, and tells of what the kernel refused. */
#ifndef KERNEL_APPLY_H
#define KERNEL_APPLY_H

#include "diff/plan.h"
#include "kernel/world.h"

/*
 * Carries out all steps of a plan, in order, netlink's many to a send.
 * Refusals are reported against the line of the file they came from.  What
 * became of each step is noted in the table of attempts, so that nothing is
 * sent again in vain.  explain, unless NULL, is told each step.
 */
void apply(struct world *, struct plan *, struct attempts *,
	void (*explain)(const struct step *, struct mem *));

#endif
