/* Takes a link down for a while; what that loses is put back afterwards. */
#ifndef DIFF_LOWER_H
#define DIFF_LOWER_H

#include "diff/parts.h"

void lower_link(struct diff *, const struct link *, enum phase);

/* Does not put back what another step takes away. */
void lower_settle(struct diff *);

/* Puts back what a link loses with addresses that this round takes away. */
void lower_keep(struct diff *);

#endif
