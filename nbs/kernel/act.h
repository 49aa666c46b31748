/* The steps that are not netlink's: namespaces, TUN devices, sysctls, files. */
#ifndef KERNEL_ACT_H
#define KERNEL_ACT_H

#include "diff/plan.h"
#include "kernel/world.h"

/*
 * Carries one step out.  Returns 0, or -1 with errno; *what, unless left alone,
 * tells in words what was missing.
 */
typedef int act_step(struct world *, const struct plan *, const struct step *, const char **what);

act_step act_make_space, act_drop_space, act_make_tun, act_keep_mac, act_set_sysctl,
	act_set_hostname, act_write_resolv;

/* Reads /proc/sys/PATH of a namespace into the arena; NULL with errno. */
const char *act_read_sysctl(
	const struct world *, const struct space *, const char *path, struct mem *);

#endif
