/* What is printed of each verb: a row in one table. */
#ifndef PRINT_VERB_H
#define PRINT_VERB_H

#include "diff/plan.h"

struct json;
struct sh;

struct verb_row {
	const char *verb, *object; /* in JSON; the object NULL: the topic of what is said */
	/* The commands of ip(8) and the like that do it. */
	void (*commands)(struct sh *, const struct step *);
	/* Keys as the file has them, and their values, for JSON; NULL if there are none. */
	void (*fields)(struct json *, const struct step *);
	bool may_fail; /* what went with something else is gone already, for nbs, too */
};

const struct verb_row *verb_row(const struct step *);

#endif
