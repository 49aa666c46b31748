/* What the kernel took is remembered: if it does not show, it is not sent again. */
#ifndef KERNEL_TOOK_H
#define KERNEL_TOOK_H

#include "diff/plan.h"

/* Notes in the model that a step has been taken. */
void took(struct step *);

#endif
