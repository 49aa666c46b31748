/* A plan as JSON, for programs; the members are told of in nbs(8). */
#ifndef PRINT_PLANJSON_H
#define PRINT_PLANJSON_H

#include <stdio.h>

#include "diff/plan.h"

/* What a plan leaves out, and why. */
struct missing {
	struct missing *next;
	struct origin at;
	const char *why;
};

void planjson_print(FILE *, struct plan *, const struct missing *);

#endif
