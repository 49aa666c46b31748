/* The parts of the differ, one file each; all append to one plan. */
#ifndef DIFF_PARTS_H
#define DIFF_PARTS_H

#include "diff/plan.h"
#include "model/index.h"

/* What a difference is made of. */
struct diff {
	struct plan *plan;
	const struct model *want, *have;
	const struct model *applied; /* or NULL */
	bool keep;                   /* what was applied and is no longer wanted is left alone */
	bool ahead;                  /* planned beyond what one round can do */
	struct mem *mem;             /* of the entry at hand */
	struct index routes;         /* of have */
	struct moved *moved;         /* links of have that a step moves or renames */
	uint32_t *last_index;        /* the highest in use, by the place of the namespace */
};

/* Links: made, named, moved, joined to their masters, raised. */
void diff_links(struct diff *);

/* The VLANs of a bridge port, or of the bridge itself. */
void diff_vlans(struct diff *, const struct link *);

/* Addresses, routes, rules, neighbours, forwarding entries. */
void diff_said(struct diff *);

/* Sysctls. */
void diff_settings(struct diff *);

/* Warns of addresses of others on ports, once it is known what goes. */
void diff_port_addresses(struct diff *);

/* The host's name, and resolv.conf of each namespace. */
void diff_names(struct diff *);

/* What was applied and is no longer wanted. */
void diff_undo(struct diff *);

/* What becomes of ports that this will take from their bond; before the rest. */
void diff_let_go(struct diff *);

#endif
