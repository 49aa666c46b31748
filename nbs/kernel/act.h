/* The steps that are not netlink's: namespaces, TUN devices, sysctls, files. */
#ifndef KERNEL_ACT_H
#define KERNEL_ACT_H

#include "diff/plan.h"
#include "kernel/world.h"

/*
 * Carries one step out.  Returns 0, or -1 with errno; what, unless NULL
 * afterwards, tells in words what was missing.
 */
int act(struct world *, const struct step *, const char **what);

/* Reads /proc/sys/PATH of a namespace into the arena; NULL with errno. */
const char *act_read_sysctl(
	const struct world *, const struct space *, const char *path, struct mem *);

#endif
