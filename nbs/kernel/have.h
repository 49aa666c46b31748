/* What the kernel has, as a model. */
#ifndef KERNEL_HAVE_H
#define KERNEL_HAVE_H

#include "kernel/world.h"
#include "model/model.h"

/*
 * Reads all that is needed to compare: the namespaces that up to three models (NULL:
 * fewer) name, their links, addresses and routes; rules, neighbours and VLANs where
 * they are spoken of; not sysctls and resolv.conf.  Returns NULL after reporting what
 * could not be read.
 */
struct model *have_read(struct world *, struct mem *, const struct model *const asks[3]);

/*
 * Reads all there is in the namespaces of a model.  What cannot be read is
 * warned of and left out; NULL after reporting where nothing can.
 */
struct model *have_read_all(struct world *, struct mem *, const struct model *spaces);

/* Adds the sysctls that a model asks for; the text of one that cannot be read is NULL. */
void have_sysctls(struct world *, struct model *have, const struct model *ask);

#endif
