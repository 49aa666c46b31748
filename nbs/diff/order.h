/* Puts the steps of a plan in order, by what they need and what they would hurt. */
#ifndef DIFF_ORDER_H
#define DIFF_ORDER_H

#include "diff/plan.h"

/*
 * Sorts n steps, which come in the order that is preferred: it stays where no
 * rule of diff/rules.c says otherwise.
 */
void order_steps(struct step **, size_t n);

#endif
