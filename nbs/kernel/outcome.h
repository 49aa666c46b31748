/* What is remembered of a step's outcome, in the table of attempts; and what is said of it. */
#ifndef KERNEL_OUTCOME_H
#define KERNEL_OUTCOME_H

#include "kernel/step.h"

typedef void outcome_keep(const struct doing *, const struct step *);

/* Of steps that were accepted: if it does not show, it is not sent again. */
outcome_keep outcome_made_space, outcome_made, outcome_set, outcome_raised, outcome_joined,
	outcome_added, outcome_sysctl;

/* Of steps that were refused: they are not sent again until what they lean on changes. */
outcome_keep outcome_no_space, outcome_not_made, outcome_no_link, outcome_not_set, outcome_not_up,
	outcome_no_port, outcome_no_vlans, outcome_no_entry, outcome_no_drop, outcome_no_sysctl,
	outcome_no_name, outcome_no_resolv;

/* True when another way is open after a refusal: the next round takes it. */
bool outcome_other_way(const struct doing *, const struct step *, int code);

/* Says what the kernel said, once, with the line of the file that it is about. */
void outcome_report(const struct doing *, const struct step *, const struct nl_error *);

#endif
