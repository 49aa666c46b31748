/* When a hold may read and write resolv.conf, which may stand on the network that it mends. */
#ifndef RUN_NAMES_H
#define RUN_NAMES_H

#include "run/round.h"

/*
 * Adds to a plan of a hold, when all else is done, what resolv.conf lacks: once, and after
 * news of a lease or a change by others.  The file is watched from then on.
 */
void names_look(struct run *);

/* Puts back what others had where the target says no names, if that file can be reached. */
void names_restore(struct run *);

#endif
