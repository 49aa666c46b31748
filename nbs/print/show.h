/*
 * What is, link by link: as a table that a person reads at once, and as JSON.
 */
#ifndef PRINT_SHOW_H
#define PRINT_SHOW_H

#include <stdbool.h>
#include <stdio.h>

#include "diff/plan.h"

/* One link of the machine, or one that is wanted and not there. */
struct shown {
	struct shown *next;
	const struct link *have; /* NULL: it is not there */
	const struct link *want; /* NULL: nobody wants anything of it */
	const char *why;         /* it is not ready; NULL: it is */
	const char *leased;      /* the address of its lease; NULL: it has none */
	const char *server;      /* that gave it */
	long long end;           /* when it does, as have->now; SHOW_FOREVER */
};

#define SHOW_FOREVER (-1)

/* Of all links, those of a namespace one after the other; what they have is have's. */
struct show {
	const struct model *have;
	struct shown *links;
	bool colour;
};

/* The links of each namespace that is there, and what the target misses of them. */
struct shown *show_links(struct mem *, const struct plan *);

void print_show(FILE *, const struct show *);
void print_show_json(FILE *, const struct show *);

#endif
