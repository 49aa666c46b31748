/* Parts of a model: some links with what they stand on, or all but some. */
#ifndef DIFF_SELECT_H
#define DIFF_SELECT_H

#include "model/model.h"

/*
 * Cuts want down to the named links and what they stand on; no names
 * leave it whole.  Returns 0, or -1 after reporting a name that is not there.
 */
int select_links(struct model *want, char *const *names);

/* Marks in want what applied says nbs made; applied may be NULL. */
void select_inherit(struct model *want, const struct model *applied);

/*
 * What is to be after the named links (all, if none) are undone: what was
 * before, and what is applied and does not stand on them.  Returns NULL
 * after reporting a name that is not applied.
 */
struct model *select_without(struct mem *, const struct model *applied, struct model *before, char *const *names);

#endif
