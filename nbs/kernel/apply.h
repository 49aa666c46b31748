/* Carries a plan out, and tells of what the kernel refused. */
#ifndef KERNEL_APPLY_H
#define KERNEL_APPLY_H

#include "diff/plan.h"
#include "kernel/world.h"

/*
 * Carries out all steps of a plan, in order, netlink's many to a send.
 * Refusals are reported against the line of the file they came from, and
 * kept in the model, so that they are not sent again for nothing.  explain,
 * unless NULL, is told each step.
 */
void apply(struct world *, struct plan *, void (*explain)(const struct step *, struct mem *));

#endif
