/* Puts the steps of a plan in order, by what they need and what they would hurt. */
#ifndef DIFF_ORDER_H
#define DIFF_ORDER_H

#include "diff/plan.h"

/*
 * Sorts n steps, which come in the order that is preferred: it stays where no
 * rule of diff/rules.c says otherwise.  Without a plan the links of the steps are the
 * kernel's own.
 */
void order_steps(const struct plan *, struct step **, size_t n);

#endif
