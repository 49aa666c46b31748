/* What a refusal means: whose line it was, what it takes down with it. */
#ifndef KERNEL_BLAME_H
#define KERNEL_BLAME_H

#include <stdbool.h>

#include "diff/plan.h"
#include "kernel/nl.h"

/* Reports a step's refusal, unless it is no failure, and keeps it in the model. */
void blame(struct step *, const struct nl_error *, struct mem *);

/* Keeps a failure where the next round looks for it: what failed is not tried again. */
void blame_keep(struct step *);

/* True when what the step leans on has failed: then it is not tried. */
bool blame_blocked(const struct step *);

#endif
