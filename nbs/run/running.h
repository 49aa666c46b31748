/* The running network: what the kernel has, as a model to look at and not to compare. */
#ifndef RUN_RUNNING_H
#define RUN_RUNNING_H

#include "model/model.h"

struct world;

/* Adds the namespaces that have a name; those that cannot be entered are told of and left out. */
void running_spaces(struct world *, struct model *);

/*
 * Reads nbs's own namespace and those that are named, as far as they may be entered;
 * links know their kind, master, parent and peer, and the values the kernel tells.
 * NULL after reporting what could not be read.
 */
struct model *running_read(struct mem *);

#endif
