/*
 * A model as a drawing for Graphviz: NICs at the bottom, above each link what stands
 * on it, and each namespace in a box.  What is drawn is what one asks of a network at
 * a glance, not every key.
 */
#ifndef PRINT_GRAPH_H
#define PRINT_GRAPH_H

#include <stdio.h>

#include "model/model.h"

/* Wanted or found: links have to know their kind, master, parent and peer. */
void print_graph(FILE *, const struct model *);

#endif
