/*
 * What is asked of a machine only when all of it is to be told: where the
 * far ends of veths are, who set MAC addresses, how many processors there are.
 */
#ifndef KERNEL_REST_H
#define KERNEL_REST_H

#include "kernel/facts.h"

void rest_read(struct reading *);

#endif
