/*
 * What others had before nbs changed it: values, entries, ports, sysctls, by
 * identity, each with its own link.  A link that was renamed or moved is found
 * by its present name.  Whoever keeps the saved model calls these.
 */
#ifndef DIFF_SAVED_H
#define DIFF_SAVED_H

#include "diff/plan.h"

/* Adds what a plan is about to change and is not saved yet. */
void saved_note(struct model *saved, const struct plan *, const struct model *applied);

/* Takes out what has come back, once the plans that brought it have been carried out. */
void saved_prune(struct model *saved, const struct plan *);

#endif
