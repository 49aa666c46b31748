/* Parts of a model: some links with what they stand on. */
#ifndef DIFF_SELECT_H
#define DIFF_SELECT_H

#include "model/model.h"

/*
 * Cuts want down to the named links and what they stand on, their
 * namespaces too: what [global] says of the host is cut, and routes over
 * other links.  No names leave it whole.  Returns 0, or -1 after reporting a name that is not there.
 */
int select_links(struct model *want, char *const *names);

/* Marks in want what applied says nbs made; applied may be NULL. */
void select_inherit(struct model *want, const struct model *applied);

#endif
