/* The one place where nbs waits: for what the kernel tells, a signal, the deadline. */
#ifndef RUN_LOOP_H
#define RUN_LOOP_H

#include "kernel/world.h"
#include "client/leases.h"

enum event { CHANGED, HEARD, TIMED_OUT, INTERRUPTED, RELOAD };

/* Takes SIGINT, SIGTERM, and SIGHUP if told.  0, or -1 with errno. */
int loop_open(bool reload);

/* Milliseconds since boot, suspended time included: CLOCK_BOOTTIME. */
long long loop_now(void);

/*
 * Has loop_wait return when a file is changed or another put in its place; that of a link is
 * two.  What is not there is not watched.
 */
void loop_watch_file(const char *path);

/* True once after one was. */
bool loop_file_touched(void);

/*
 * Waits until something changed, one of the leases' sockets has something, or
 * the deadline, in the same milliseconds; without a world only the latter two.
 * The first call begins to listen, and does not wait: nobody knows what has
 * changed before.
 */
enum event loop_wait(struct world *, const struct leases *, long long deadline);

#endif
