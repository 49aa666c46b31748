/*
 * The commands that touch the machine: rounds of looking, comparing and
 * sending until all is ready or the deadline has passed.
 */
#ifndef RUN_RUN_H
#define RUN_RUN_H

#include "model/model.h"

/* The one deadline where the file has none, in milliseconds: see global_keys. */
enum { TIMEOUT = 45000 };

/* Exit status; see nbs(8). */
enum { DONE = 0, FAILED = 1, REFUSED = 2, LATE = 3 };

/* Makes it so.  wait is in milliseconds; links, ended by NULL, may name some only. */
int run_up(struct model *want, long long wait, char *const *links);

/* Undoes what is applied, or some links of it. */
int run_down(char *const *links);

/*
 * Makes it so and stays: leases are renewed, what changes is put right, until
 * SIGTERM or SIGINT, which leave the network as it is.  read gives what is
 * wanted, at first and at each SIGHUP; NULL after reporting.  notify is a
 * descriptor to write a newline to when all is ready, or -1.
 */
int run_hold(struct model *(*read)(void *user), void *user, int notify);

/*
 * What run_up and run_down do, once all is open; links may be NULL.  With run_anew
 * another want can follow, as if by another process.
 */
struct run;
int run_make(struct run *, long long wait, char *const *links);
int run_undo(struct run *, char *const *links);
void run_anew(struct run *, struct model *want);

/* Prints what there is, and whether it is what was applied. */
int run_show(bool json);

/* Prints what run_up would do now, as commands or as JSON. */
int run_plan(struct model *want, char *const *links, bool json);

/* Prints the running network as a file. */
int run_dump(void);

#endif
