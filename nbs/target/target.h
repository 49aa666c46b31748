/*
 * What is to be: a model made anew in each round, from what the file says,
 * what leases say, what nbs has applied, what others had before, and what is
 * found.  The inputs stay as they are; the target shares their values and
 * entries where it does not change them, and nobody writes to it later.
 *
 * "up", "down", "down LINK", a reload, "hold" and a trial that nobody
 * confirmed are this function with other arguments.
 */
#ifndef TARGET_TARGET_H
#define TARGET_TARGET_H

#include "dhcp/learn.h"
#include "target/attempts.h"

/* What a DHCP client has for its link. */
struct grant {
	struct grant *next;
	const char *section;       /* the link's */
	const struct lease *lease; /* NULL: none */
	const uint8_t *local;      /* an address of 169.254.0.0/16 in its place; NULL: none */
	struct learning with;
	const char *asking; /* why there is no lease yet; NULL: there is, or none is needed */
};

/* Some links of a file, by their place. */
struct choice {
	const bool *chosen;
	bool only; /* what is of no link is left out, too: for "up LINK" */
};

struct target_from {
	const struct model *file;    /* NULL: nothing */
	const struct choice *choice; /* NULL: all of it */
	const struct grant *grants;
	const struct model *applied; /* NULL: nothing is */
	const struct model *saved;   /* what others had comes back; NULL: it does not */
	const struct model *found;
	const struct attempts *attempts; /* NULL: there have been none */
	bool keep;                       /* what the file no longer says is left as it is */
};

/* Makes it, in an arena; its links are bound to those that were found. */
struct model *target_make(struct mem *, const struct target_from *);

/*
 * Chooses the named links of a file and what they stand on, for "up LINK"; or
 * all but the named links and what stands on them, for "down LINK", after
 * warning of those that nobody named.  Returns 0, or -1 after reporting a name
 * that is not there.
 */
int target_only(struct mem *, struct choice *, const struct model *file, char *const *names);
int target_without(struct mem *, struct choice *, const struct model *applied, char *const *names);

#endif
