/*
 * A plan is the list of steps to take, in the order to take them.
 * Making one touches nothing: no socket, no clock, no file.
 */
#ifndef DIFF_PLAN_H
#define DIFF_PLAN_H

#include "model/index.h"
#include "target/attempts.h"

enum verb {
	MAKE_SPACE,
	DROP_SPACE,
	MAKE_LINK,
	DROP_LINK,
	MOVE_LINK,
	RENAME_LINK,
	DROP_ALTNAME,
	ADD_ALTNAME,
	KEEP_MAC, /* a bridge goes on with the address of its birth */
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
	const struct netns *ns;  /* where it is done */
	const struct link *link; /* of the target, or one that was found */
	const struct phrase *said;
	const struct phrase *cause; /* of DROP_SAID: what was applied or is wanted instead */
	const struct sysctl *sysctl;
	const struct value **vals; /* of SET_LINK */
	size_t n;
	const char *text;            /* a name, the content of a file */
	const char *was;             /* the name before it is renamed, or moved */
	const struct netns *from_ns; /* and where that was */
	const char *path;            /* of that file; of an empty one in the place of a namespace */
	const char *why;             /* a link is made anew; NULL */
	const struct nlmsghdr *raw;  /* of PUT_BACK */
	uint16_t from, to;           /* VLANs */
	uint8_t flags;               /* VLAN_… */
	bool renews;                 /* an address that is added again for its network's route */
	bool failed;                 /* the kernel refused it */
	uint32_t group;              /* of links */
	struct origin at;
};

/* What a round knows of a link of the target, and plans for it. */
struct planned {
	const struct link *have; /* what the kernel has of it; NULL: not there, or made anew */
	uint32_t index;          /* its own, or that which it will be made with; 0: not there */
	const char *why;         /* not there: what is known about it */
	bool failed;             /* nothing can be done to it: its dependents wait */
	bool anew;               /* a step makes it */
	bool again;              /* that has to be tried again in the next round */
	bool raising, lowering;  /* a step does it */
	bool early;              /* raised before ports join: a bond's stands on it */
	bool leaving;            /* leaves its master for a while */
	bool joining;            /* a step has it join its master */
	bool let_go;             /* its bond lets it go, and lowers it */
	bool away; /* the end of a veth that others have put out of reach: left there */
	bool visited;
};

/* What is learnt by looking, for the table of attempts. */
struct finding {
	struct finding *next;
	uint64_t id; /* see target/attempts.h */
	uint32_t stamp;
	bool lost;                     /* again; else it was seen */
	const struct refusal *refusal; /* neither, but this; NULL */
	bool warning;                  /* what is said refuses nothing */
};

/* Why it is not tried again, to be said once. */
struct refusal {
	struct origin at;
	const char *text;
};

/* What is learnt of an entry by looking, and planned for it. */
enum mark {
	MISSING = 1, /* of the target: it is not there */
	COMING = 2,  /* a step adds it */
	KEPT = 4,    /* found: the target has it, too */
	GONE = 8,    /* a step deletes it */
	OTHERS = 16, /* the target has it, and nbs has not added it */
	APPLIED = 32 /* nbs applied it at an earlier time */
};

struct plan {
	struct mem *mem;
	struct step *first[PHASES], **last[PHASES];
	size_t n;
	struct step *all; /* in order, once sorted */
	bool sorted;

	/* Of what it is made. */
	const struct model *target, *found;
	const struct attempts *attempts; /* or NULL */

	const struct link **by_place; /* links of the target; of a file's it is the same */
	struct planned *links;        /* by place in the target */
	const struct link **now; /* likewise: what the kernel has, or will have: see struct names */
	const struct netns **spaces;         /* namespaces: what the kernel has */
	bool *failed_spaces;                 /* by place: it could not be made */
	uint8_t *wanted_marks, *found_marks; /* of entries, by place: see enum mark */
	struct finding *findings, **last_finding;
	long long
		again; /* ms after which a hold looks again, for what no message tells of; 0: not */
};

/* Returns an empty plan from what was found to a target; of steps made by hand both are NULL. */
struct plan *plan_new(struct mem *, const struct model *target, const struct model *found,
	const struct attempts *);

/* Appends a step to a phase; what else it needs is for the caller to fill in. */
struct step *plan_add(
	struct plan *, enum phase, enum verb, const struct netns *, const struct link *);

/* Puts a step before the others of its phase: for what is undone in reverse. */
struct step *plan_push(
	struct plan *, enum phase, enum verb, const struct netns *, const struct link *);

/* What a link of the target, or of the file that it is made of, is in this round. */
struct planned *planned(const struct plan *, const struct link *);

/* Gives it what the kernel has of it, NULL for nothing; or the index that it is made with. */
void plan_bind(struct plan *, const struct link *, const struct link *have);
void plan_promise(struct plan *, const struct link *, uint32_t index);

/* What the kernel has, or will have, for a link of the target or its file; NULL: nothing. */
const struct link *plan_link(const struct plan *, const struct link *);

/* Marks an entry, of the target or found; and whether it has a mark. */
void plan_mark(struct plan *, const struct phrase *, enum mark);
bool plan_marked(const struct plan *, const struct phrase *, enum mark);

/* Whether a namespace could not be made. */
bool plan_space_failed(const struct plan *, const struct netns *);

/*
 * The same entry as it can be compared with what was found: the links that it names
 * are the kernel's.  They are copied to the arena.
 */
struct phrase plan_entry(const struct plan *, const struct phrase *, struct mem *);

/* What a refusal of an entry, or of a sysctl of the target, may have been due to: when it changes, another try is worth it. */
uint32_t plan_stamp(const struct plan *, const struct phrase *);
uint32_t plan_stamp_sysctl(const struct netns *, const struct sysctl *);

/*
 * Takes what was learnt by looking into the table of attempts: says it, and remembers
 * what the links of the target were found to be.
 */
void plan_learn(struct attempts *, const struct plan *);

/* Something was learnt by looking: it was seen, or lost again; is refused; or is warned of once. */
void plan_find(struct plan *, uint64_t id, uint32_t stamp, bool lost);
void plan_refuse(struct plan *, uint64_t id, uint32_t stamp, struct origin at, const char *text);
void plan_warn(struct plan *, uint64_t id, struct origin at, const char *text);

/* All steps as one list, in order: see diff/order.h. */
struct step *plan_steps(struct plan *);

#endif
