/*
 * Links with an address of the files, for who comes after: /run/net-NAME.conf
 * as a lease has it, and /run/net6-NAME.conf, where the kernel command line is
 * read.
 */
#ifndef RUN_STATIC_FILE_H
#define RUN_STATIC_FILE_H

#include <stdbool.h>

struct model;

/*
 * Writes them for each link that has its address and no lease of IPv4, unless
 * the command line is not read; those that nbs wrote for others go, unless only some
 * links are wanted.
 */
void static_file_write(const struct model *want, long long now, bool some);

/* Takes those away whose link is no longer wanted. */
void static_file_sweep(const struct model *want);

#endif
