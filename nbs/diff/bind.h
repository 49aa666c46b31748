/*
 * Finds for each wanted link the one that the kernel has: by name, or as
 * a [nic] section describes it; and makes wanted links of those NICs
 * that a template stands for.
 */
#ifndef DIFF_BIND_H
#define DIFF_BIND_H

#include "model/model.h"

/* Ties want to have; reports, once each, sections that several NICs fit. */
void bind_links(struct model *want, struct model *have);

#endif
