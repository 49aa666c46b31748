/* Many links taken away at once: the kernel waits only once for them to be unused. */
#ifndef DIFF_GROUP_H
#define DIFF_GROUP_H

#include "diff/parts.h"

/* Turns the removals of a plan, where they are many, into those of a group. */
void group_drops(struct diff *);

#endif
