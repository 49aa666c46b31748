/*
 * What netlink's dumps do not tell: drivers, devices, whether udev is
 * done, the namespaces of parents, sysctls.
 */
#ifndef KERNEL_FACTS_H
#define KERNEL_FACTS_H

#include "kernel/world.h"
#include "target/attempts.h"

/* What is being read, and where to. */
struct reading {
	struct world *world;
	struct space *space; /* the namespace that is being read */
	struct netns *ns;    /* its counterpart in the model */
	struct model *have;
	const struct model *asks[3]; /* what of the kernel's concerns somebody; NULL: nothing */
	bool all;                    /* not only what is spoken of */
	enum { ABSENT, PERHAPS, RUNS } udev; /* asked only where that matters */
};

/* Adds the facts that are asked for. */
void facts_read(struct reading *);

/*
 * Marks NICs of the target whose PHY is still negotiating as not settled: what is found has
 * changed where this returns true.
 */
bool facts_settle(
	struct world *, struct model *found, const struct model *target, const struct attempts *);

/* Where the other end of a veth is, where the target's is not in its place. */
void facts_far_ends(struct world *, struct model *found, const struct model *target);

/* The sysctls that a model has, of all its namespaces. */
void facts_sysctls(struct reading *, const struct model *target);

/*
 * Sysfs shows the namespace of who mounts it: one of our own, of the namespace that is
 * entered, which nobody else sees; else what is at /sys, of nbs's own.  -1 if there is none.
 */
int facts_sysfs(struct reading *);

/* The number by which the namespace being read knows another; NETNSA_NSID_NOT_ASSIGNED if it does not. */
uint32_t facts_id(struct reading *, const struct space *other);

#endif
