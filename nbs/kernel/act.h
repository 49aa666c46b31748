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

/* Reads a whole file into the arena; NULL with errno. */
char *act_read_file(const char *path, struct mem *);

/* Takes away the file that a path stands for; 0, or -1 with errno. */
int act_remove_file(const char *path);

/* Makes the folders on the way to a file, as far as they are missing. */
void act_make_folders(const char *path);

/* Writes a file whole and renames it into place; 0, or -1 with errno. */
int act_write_file(const char *path, const char *text, unsigned mode);

#endif
