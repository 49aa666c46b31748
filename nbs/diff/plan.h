/*
 * A plan is the list of steps to take, in the order to take them.
 * Making one touches nothing: no socket, no clock, no file.
 */
#ifndef DIFF_PLAN_H
#define DIFF_PLAN_H

#include "model/model.h"

enum verb {
	MAKE_SPACE,
	DROP_SPACE,
	MAKE_LINK,
	DROP_LINK,
	MOVE_LINK,
	RENAME_LINK,
	SET_LINK, /* some of its values */
	RAISE,
	LOWER,
	JOIN_GROUP,
	DROP_GROUP, /* many links taken away at once */
	JOIN,
	LEAVE, /* become a port of its master, or of none */
	ADD_VLANS,
	DROP_VLANS, /* a run of VLANs of a port or bridge */
	ADD_SAID,
	SET_SAID,  /* the life of an address */
	DROP_SAID, /* an address, route, rule, neighbour, entry */
	PUT_BACK,  /* send what the kernel had once more */
	SET_SYSCTL,
	SET_HOSTNAME,
	WRITE_RESOLV,
	LAST_VERB = WRITE_RESOLV
};

/* The order of a round that is preferred: quick for the kernel, and easy to read. */
enum phase {
	UNDO_SAID,
	UNDO_LINKS,
	SPACES,
	FORWARDING,
	MOVES,
	LOWERING,
	MAKING,
	SETTING,
	SETTINGS_IPV6,
	JOINING,
	PORTS,
	ADDRESSES,
	RAISING,
	PUTTING_BACK,
	NEAR_ROUTES,
	GATEWAYS,
	FAR_ROUTES,
	RULES,
	SYSCTLS,
	NAMES,
	PHASES
};

struct step {
	struct step *next;
	enum verb verb;
	enum phase phase;
	struct netns *ns; /* where it is done */
	struct link *link;
	struct phrase *said;
	struct phrase *cause; /* of DROP_SAID: what was applied or is wanted instead */
	struct sysctl *sysctl;
	struct value **vals; /* of SET_LINK */
	size_t n;
	const char *text;           /* a name, the content of a file */
	const char *was;            /* the name before it is renamed, or moved */
	struct netns *from_ns;      /* and where that was */
	const char *path;           /* of that file */
	const char *why;            /* a link is made anew; NULL */
	const struct nlmsghdr *raw; /* of PUT_BACK */
	uint16_t from, to;          /* VLANs */
	uint8_t flags;              /* VLAN_… */
	uint32_t group;             /* of links */
	struct origin at;
	bool failed;
};

struct plan {
	struct mem *mem;
	struct step *first[PHASES], **last[PHASES];
	size_t n;
	struct step *all; /* in order, once sorted */
	bool sorted;
};

/* Returns an empty plan. */
struct plan *plan_new(struct mem *);

/* Appends a step to a phase; what else it needs is for the caller to fill in. */
struct step *plan_add(struct plan *, enum phase, enum verb, struct netns *, struct link *);

/* Puts a step before the others of its phase: for what is undone in reverse. */
struct step *plan_push(struct plan *, enum phase, enum verb, struct netns *, struct link *);

/* All steps as one list, in order: see diff/order.h. */
struct step *plan_steps(struct plan *);

#endif
