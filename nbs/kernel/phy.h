/* NICs that are raised best when their PHY has a link. */
#ifndef KERNEL_PHY_H
#define KERNEL_PHY_H

#include "kernel/world.h"
#include "model/model.h"

/*
 * Why a link of nbs's own namespace is better raised a little later, if the world is patient;
 * NULL when it is not.  The world is then to be looked at again soon.
 */
const char *phy_negotiates(struct world *, const struct link *);

#endif
