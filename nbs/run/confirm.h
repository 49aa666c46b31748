/*
 * An up that goes back to what was applied before unless somebody says in time
 * that it may stay: for those whose own way to the machine it may cut off.
 */
#ifndef RUN_CONFIRM_H
#define RUN_CONFIRM_H

#include "model/model.h"

/*
 * As run_up, by a process of its own, which outlives the caller's terminal.  Returns
 * when run_up would; that process waits for grace milliseconds more.
 */
int run_trial(struct model *want, long long wait, char *const *links, long long grace);

/* What an up waits with may stay. */
int run_confirm(void);

#endif
