/* A step as the netlink message that carries it out. */
#ifndef KERNEL_ENCODE_H
#define KERNEL_ENCODE_H

#include <stdbool.h>

#include "diff/plan.h"
#include "key/msg.h"

/* Builds the message.  The indexes of links must be known by now. */
void encode(struct msg *, void *buf, size_t size, const struct step *);

/* The name of the namespace whose socket it has to be sent on. */
const char *encode_space(const struct step *);

/* False for steps that are not netlink's. */
bool encode_possible(const struct step *);

#endif
