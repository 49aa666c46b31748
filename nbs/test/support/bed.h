/*
 * A test bed: a made-up kernel with eth0 to eth3, and nbs's rounds on it.
 * What is done is told in a line for each step, rounds apart.
 */
#ifndef TEST_SUPPORT_BED_H
#define TEST_SUPPORT_BED_H

#include "target/target.h"
#include "test/support/kernel.h"

struct bed {
	struct mem *mem;
	struct kernel *kernel;
	struct model *file; /* what is wanted; NULL: nothing */
	const struct choice *choice;
	struct grant *grants;
	struct model *applied, *saved;
	struct attempts attempts;
	struct mem *round; /* of the last one */
	struct plan *plan; /* likewise */
	char *steps;       /* of the last up, down or round */
	char *heard;       /* what was complained of meanwhile */
	unsigned rounds;
};

struct bed *bed_new(void);
void bed_free(struct bed *);

/* Reads what is wanted from now on; complaints end the program. */
void bed_want(struct bed *, const char *text);

/* Rounds until nothing is left to be done, ten at most; "" if there was nothing. */
const char *bed_up(struct bed *);

/* The next round only. */
const char *bed_round(struct bed *);

/*
 * Rounds as bed_up's, by an nbs that is gone after so many steps: what it has
 * written down by then is what is applied.  False when it got through.
 */
bool bed_crash(struct bed *, size_t steps);

/* Looks, and does nothing: the plan of the next round, in an arena. */
struct plan *bed_look(struct bed *, struct mem *);

/* Gives a link a lease that is still good for so many milliseconds, 0 for ever; NULL: none. */
struct grant *bed_lend(struct bed *, const char *section, const struct lease *, long long until);

/* A link of the last round's target, or of the file. */
const struct link *bed_target(struct bed *, const char *section);

/* What was wanted is what is applied: as an nbs that ends writes it, and the next reads it. */
void bed_end(struct bed *);

/* One of nearly everything. */
extern const char bed_all[];

/* A bed on which a text has been brought up, and is wanted again. */
struct bed *bed_made(const char *text);

/* A link of nbs's own namespace; what raises, lowers or deletes it by other hands. */
struct device *bed_link(struct bed *, const char *name);
void bed_raise(struct bed *, const char *name, bool up);
void bed_take_away(struct bed *, const char *name);

/* The name of a part of a test. */
const char *bed_part(struct bed *, const char *name, const char *part);

/* Undoes what is applied. */
const char *bed_down(struct bed *);

/* Others than nbs set what a file says: it is there, and was never applied. */
void bed_others(struct bed *, const char *text);

/* What there is, as a file; a test may change what is read of the kernel before that. */
char *bed_dump(struct bed *, void (*change)(struct model *have));

#endif
