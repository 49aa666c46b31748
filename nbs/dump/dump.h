/*
 * What the kernel has, as a file would say it: what holds without being
 * said is left out, and so is what the kernel, routers and servers have
 * brought.  What no file can say is a remark in its place.  Pure: the
 * sysctls that it needs are asked of whoever reads them.
 */
#ifndef DUMP_DUMP_H
#define DUMP_DUMP_H

#include <stdio.h>

#include "model/model.h"

/* The sysctls to read, as a model that wants them; applied, which may be NULL, names some. */
struct model *dump_ask(struct mem *, const struct model *have, const struct model *applied);

/*
 * Makes the model that a file would be.  What only nbs knows, such as what it
 * asks servers for, is that of applied.  A link of have whose names hold the
 * values of a lease has got these from it.
 */
struct model *dump_make(struct mem *, struct model *have, const struct model *applied);

/* Prints it; a line that check would refuse is a comment that says why. */
void dump_print(FILE *, const struct model *);

#endif
