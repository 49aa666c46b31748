/*
 * Rounds: looking at what is there, comparing, sending what is missing,
 * and waiting for what comes next.  What the commands are made of.
 */
#ifndef RUN_ROUND_H
#define RUN_ROUND_H

#include "diff/plan.h"
#include "state/state.h"
#include "run/loop.h"

/* What the rounds of one command share. */
struct run {
	struct world world;
	struct state state;
	struct leases leases;
	const struct model *file;    /* what is wanted; NULL: nothing */
	const struct choice *choice; /* which links of it; NULL: all */
	struct attempts attempts;
	struct mem *round;   /* what lasts for one round only */
	struct model *found; /* of this round */
	struct plan *plan;
	bool keep;        /* nothing is taken back */
	bool ahead;       /* nothing is sent: planned beyond what one round can do */
	unsigned rounds;  /* that are left before what still differs is given up */
	bool stuck;       /* something has been */
	enum news news;   /* leases have changed what is wanted */
	bool named;       /* hold: names are as they shall be, or that was refused */
	bool lost;        /* hold: the last that was heard of a server is that it is silent */
	bool touched;     /* hold: somebody has changed a file of names */
	unsigned mends;   /* hold: how many times lately that was put right */
	long long mended; /* and when last */
	bool steady;      /* hold: what is taken back is remembered no longer than it takes */
	bool paced;       /* looking leaves time for other work */
	long long calm;   /* not to be looked again before this time */
	long long again;  /* to be looked again at this time; 0: only when something changes */
};

/*
 * More rounds than any honest configuration takes; and how many there are at
 * a time once something has been given up, which may go on changing.
 */
enum { MANY = 24, PATIENCE = 4 };

enum outcome { SETTLED, BROKEN };

/*
 * Opens all that rounds need.  lock: the machine is going to be changed; hold:
 * nbs stays, and SIGHUP is for it.  DONE, or REFUSED after reporting.
 */
int round_begin(struct run *, const struct model *file, bool lock, bool hold);

/* The same for who only looks, and wants nothing; what was applied may be root's to read. */
int round_peek(struct run *);

/* Chooses some links of the file (NULL: none are named).  0, or -1 after reporting. */
int round_aim(struct run *, char *const *links);

/* Looks, makes the target and compares; NULL when the kernel could not be read. */
struct plan *round_look(struct run *);

/*
 * Rounds until nothing is left to be sent, or what is left has been given up.
 * note: what is applied is remembered.
 */
enum outcome round_settle(struct run *, bool note);

/* Waits until there is something to look at; leases go on meanwhile. */
enum event round_wait(struct run *, long long deadline);

/* The same, and tells on the terminal meanwhile what is waited for, and how long it may take. */
enum event round_watch(struct run *, long long deadline);

/* Reports what is not ready. */
void round_tell_missing(struct run *);

/* What was taken back is no longer remembered; what is wanted is. */
void round_finish(struct run *);

#endif
