/*
 * What was there before nbs changed it: the model that "down" wants.  A
 * link that was renamed or moved is found by its present name.
 */
#ifndef DIFF_BEFORE_H
#define DIFF_BEFORE_H

#include "model/model.h"

/*
 * Notes what is about to change and is not noted yet: values, and the
 * addresses, routes, … and ports that were there without nbs.  applied
 * (or NULL) tells what is there by nbs.
 */
void before_note(struct model *before, const struct model *want, const struct model *have,
	const struct model *applied);

/* The notes of links whose NIC the file has given to another section are of that one now. */
void before_hand_over(struct model *before, const struct model *want);

#endif
