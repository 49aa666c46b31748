/* Links that go to another namespace. */
#ifndef DIFF_MOVE_H
#define DIFF_MOVE_H

#include "diff/parts.h"

/*
 * True when the link goes: it is a new one there, and the rest is for the next round.
 * Where the plan is only told, that goes on with the link as it will be.
 */
bool move_link(struct diff *, const struct link *);

#endif
