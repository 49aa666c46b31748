/*
 * The resolv.conf of each namespace: what it holds, and what it held before nbs wrote it,
 * which is kept in /run/nbs.  It may stand on the network: then reading waits for it, and
 * who is to mend the network must not.
 */
#ifndef STATE_RESOLV_H
#define STATE_RESOLV_H

#include "state/state.h"

/* Reads it for what was found, where a target says names. */
void resolv_read(struct model *found, const struct model *target);

/* Keeps what others had where the target of a plan says names for the first time. */
void resolv_note(struct state *, const struct plan *);

/* Puts back what others had where a target says no names any more. */
void resolv_restore(struct state *, const struct model *target);

#endif
