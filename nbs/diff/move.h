/* Links that go to another namespace, or get another name. */
#ifndef DIFF_MOVE_H
#define DIFF_MOVE_H

#include "diff/parts.h"

/* Nothing can be done to the link, for a reason that is said once. */
void move_refuse(struct diff *, const struct link *, const char *why);

/* What is there cannot become what is wanted, and is not nbs's to take away. */
void move_stranger(struct diff *, const struct link *, const char *what);

/* True when another link has the name that one shall have beside its own, which is said. */
bool move_taken(struct diff *, const struct link *);

/*
 * True when the link goes, by the name that it shall have: it is a new one there, and the rest is
 * for the next round.  Where the plan is only told, that goes on with the link as it will be.
 */
bool move_link(struct diff *, const struct link *);

/* Gives a link that is in its namespace its name. */
void move_name(struct diff *, const struct link *);

/* True of a found link that nbs made and a step takes away: see diff_undo. */
bool move_goes_away(const struct diff *, const struct link *found);

/* True when links are to leave a namespace that was found first. */
bool move_awaits(const struct diff *, const struct netns *found);

#endif
