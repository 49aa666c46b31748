/*
 * What no single key can say: that what is needed is there, that nothing
 * stands on itself, that gateways can be reached, that routes are not
 * said twice.  Every mistake is reported.
 */
#ifndef CHECK_CHECK_H
#define CHECK_CHECK_H

#include "model/model.h"

/* Judges a completed model; mistakes are counted by diag. */
void check(const struct model *);

/* True when the file says how to get to a router: its network, onlink, or neither is needed. */
bool check_reachable(const struct model *, const struct netns *, const struct nexthop *);

/* The parts of it that are about routes and addresses. */
void check_said(const struct model *);

#endif
