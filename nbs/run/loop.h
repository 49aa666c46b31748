/* The one place where nbs waits: for what the kernel tells, a signal, the deadline. */
#ifndef RUN_LOOP_H
#define RUN_LOOP_H

#include "kernel/world.h"

enum event { CHANGED, TIMED_OUT, INTERRUPTED };

/* Takes SIGINT, SIGTERM, and udev's notes.  0, or -1 with errno. */
int loop_open(void);

/* Milliseconds since boot, suspended time included: CLOCK_BOOTTIME. */
long long loop_now(void);

/* Waits until something changed or the deadline, in the same milliseconds. */
enum event loop_wait(const struct world *, long long deadline);

#endif
