/*
 * What an earlier file said and this one does not goes back to what it
 * was: for what nbs did not make, to what was noted; for what it made, to
 * the key's standard.
 */
#ifndef DIFF_RESTORE_H
#define DIFF_RESTORE_H

#include "model/model.h"

/* Adds to want what has to go back; applied and before may be NULL. */
void restore_want(struct model *want, const struct model *applied, const struct model *before);

/* Takes it out of want again once it is done, and out of what is noted. */
void restore_done(struct model *want, struct model *before);

#endif
