/*
 * What nbs remembers in /run/nbs: what it applied, and what was there
 * before it changed what it did not make.  Both are INI files.
 */
#ifndef STATE_STATE_H
#define STATE_STATE_H

#include "model/model.h"

struct plan;

struct state {
	struct mem *mem;
	struct model *applied; /* NULL: nothing is */
	struct model *saved;   /* what others had: what "down" goes back to */
	struct mem *adopted;   /* where applied is since it was adopted */
	int lock;              /* the open file; see lock_mark */
	const char *here;      /* boot and namespace, as state files have them */
	bool told;             /* that they cannot be written */
	bool kept;             /* what others had in a resolv.conf may be kept */
	bool forgetful;        /* /run cannot be written: nothing is remembered */
};

/*
 * Takes the lock.  Returns 0, or -1 after reporting that another nbs is
 * at work.  A read-only /run is one warning, and nothing is remembered.
 */
int state_lock(struct state *, bool hold);

/* Reads both; what is of another boot or namespace does not count. */
void state_read(struct state *, struct mem *);

/* Remembers what was applied and a target together: before the first step. */
void state_write_both(struct state *, const struct model *target);

/* Remembers the target of a plan that was carried out, and what others had less what is back. */
void state_write(struct state *, const struct plan *);

/*
 * Takes a target for what is applied, within a run too long to wait for its end: what is
 * no longer wanted later is taken back.
 */
void state_adopt(struct state *, const struct model *target);

/* Saves what the kernel has of that which a plan is going to change and that nbs did not make. */
void state_note(struct state *, const struct plan *);

/* What is applied, read once more as a file to go back to; NULL when nothing is. */
struct model *state_again(struct state *);

/* Nothing is applied any more. */
void state_forget(void);

#endif
