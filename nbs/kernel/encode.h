/* The messages of steps; see kernel/step.c for the table of which is whose. */
#ifndef KERNEL_ENCODE_H
#define KERNEL_ENCODE_H

#include "diff/plan.h"
#include "key/msg.h"

typedef void encode_step(struct msg *, void *buf, size_t size, const struct step *);

encode_step encode_make, encode_set, encode_drop, encode_join_group, encode_drop_group,
	encode_rename, encode_altname, encode_move, encode_up_or_down, encode_join, encode_leave,
	encode_vlans, encode_entry, encode_back;

#endif
