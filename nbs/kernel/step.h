/*
 * What the kernel does with each verb of a plan: how a step is sent or carried
 * out, what it means when it was accepted, which refusals are as good, and what
 * is remembered of the others.  A verb is one row here, and one in print/.
 */
#ifndef KERNEL_STEP_H
#define KERNEL_STEP_H

#include "diff/plan.h"
#include "kernel/nl.h"
#include "kernel/world.h"

/* What the steps of a plan are carried out with. */
struct doing {
	struct plan *plan;
	struct attempts *attempts;
};

/* True of a step that is sent by netlink: step_encode builds it. */
bool step_is_message(const struct step *);

/* Builds its message; m->names says what links and namespaces are for the kernel. */
void step_encode(struct msg *m, void *buf, size_t size, const struct step *);

/* The namespace that gets the message. */
const char *step_space(const struct step *, const struct plan *);

/* Carries out another step.  0, or -1 with errno; *what is a word to it, or NULL. */
int step_execute(struct world *, const struct plan *, const struct step *, const char **what);

/* True when what the step leans on has failed: then it is not tried. */
bool step_blocked(const struct doing *, const struct step *);

/* Remembers that a step was accepted. */
void step_accepted(const struct doing *, const struct step *);

/* Reports that it was refused, unless that is as good or there is another way, and remembers it. */
void step_refused(const struct doing *, struct step *, const struct nl_error *);

/* Remembers that a step is not to be tried again. */
void step_give_up(const struct doing *, const struct step *);

#endif
