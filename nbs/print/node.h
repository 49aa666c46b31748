/*
 * One link of a drawing: the node that stands for it.  It tells what one asks of a
 * link at a glance, its addresses before all, and not every key.
 */
#ifndef PRINT_NODE_H
#define PRINT_NODE_H

#include <stdio.h>

#include "model/model.h"

/* A way out of a namespace: a hop of a default route, and its link. */
struct way {
	struct way *next;
	const struct link *link;
	const struct value *via; /* NULL: without a router */
};

/* All ways of a model, in their order there. */
struct way *node_ways(const struct model *, struct mem *);

/* True for a device, which is drawn below all else. */
bool node_is_nic(const struct link *);

/* True but for a loopback that has only what each has. */
bool node_is_drawn(const struct link *);

/* Writes the node. */
void node_print(FILE *, const struct link *, const struct way *, struct mem *);

/* The VLANs of a bridge that a port is in, on a line or two; "" where there is nothing to say. */
const char *node_vlans(const struct link *port, struct mem *);

#endif
