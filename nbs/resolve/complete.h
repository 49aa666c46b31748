/*
 * Fills in what the file leaves to nbs: its documented defaults, what
 * follows from a key, and the links that phrases lean on.  What it sets
 * has line 0, so that it is seen for a default wherever it is printed.
 */
#ifndef RESOLVE_COMPLETE_H
#define RESOLVE_COMPLETE_H

#include "model/model.h"

void complete_model(struct model *);

/* The same without the defaults: what is stored has them, or is not to have them. */
void complete_stored(struct model *);

/* The same for one link that was added later: a NIC that a template stands for. */
void complete_link(struct model *, struct link *);

/* The same for one phrase that was added later, with what it needs in an arena of its own. */
void complete_phrase(struct model *, struct phrase *, struct mem *);

/* nbs's own defaults for a link, whether or not the file says otherwise. */
struct value *complete_presets(struct model *, const struct link *);

/* The words of "ipv6". */
enum { AUTO, LINK_LOCAL, NO_IPV6 };

/* What holds for a link: its own, its namespace's, or that of [global]; NULL where none says. */
const struct value *complete_ipv6(const struct model *, const struct link *);

#endif
