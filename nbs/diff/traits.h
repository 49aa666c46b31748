/* What a step does, and what it is tied to: what rules speak of. */
#ifndef DIFF_TRAITS_H
#define DIFF_TRAITS_H

#include "diff/plan.h"
#include "diff/rules.h"

/* The traits of a step of a plan (NULL: its links are the kernel's), as bits. */
uint64_t traits_of(const struct plan *, const struct step *);

/* The same bits for a list of a rule. */
uint64_t traits_mask(const uint8_t *traits);

/* Whom to tell of a tie: a number that stands for a link or whatever it is, and the link. */
struct teller {
	void (*each)(void *, uint64_t key, const struct link *);
	void *user;
	const struct plan *plan; /* or NULL */
};

/* Tells all that a step is tied to. */
void traits_ties(const struct step *, enum tie, const struct teller *);

/* Tells of a link; NULL and one that is not there are nothing. */
void traits_tie_link(const struct teller *, const struct link *);

#endif
