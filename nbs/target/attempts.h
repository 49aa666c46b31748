/*
 * What came of earlier rounds: what the kernel refused, what it accepted and
 * nobody has seen since, what has been said.  One table, by identity: the
 * namespace, the link, and the key or entry.  The reconciler owns it; those
 * who make a target and compare it with what is found only ask.
 *
 * An attempt counts as long as what it depended on is the same: its stamp.
 */
#ifndef TARGET_ATTEMPTS_H
#define TARGET_ATTEMPTS_H

#include "model/model.h"

struct attempt {
	uint64_t id;     /* see attempt_link and the like; 0: an empty slot */
	uint32_t stamp;  /* of a link and its values: its index; of an entry: see plan_stamp */
	uint16_t tries;  /* at making it */
	uint16_t lost;   /* times that it was not there after the kernel accepted it */
	bool refused;    /* it is not sent again */
	bool accepted;   /* the kernel accepted it, and it has not been seen since */
	bool ours;       /* nbs has made or added it */
	bool reported;   /* what is wrong with it has been said */
	bool retried;    /* refused once: there was another try */
	bool one_by_one; /* a link: its values are sent one by one */
	bool down;       /* a value: the kernel takes it only while the link is down */
	bool renewed;    /* an address: added again for the route to its network */
};

struct attempts {
	struct mem *mem; /* of the slots */
	struct attempt *slots;
	size_t size, used;     /* a power of two; one slot in four is empty */
	struct mem *names;     /* of what follows */
	const char **expanded; /* NICs that templates stand for, in the order they were seen */
	unsigned nexpanded;
};

/* Who it is about. */
uint64_t attempt_space(const struct netns *);
uint64_t attempt_link(const struct link *);
uint64_t attempt_value(
	const struct link *, const struct key *); /* of [global] where link is NULL */
uint64_t attempt_master(const struct link *);     /* joining it */
uint64_t attempt_bound(const char *section);      /* which link it was found to be */
uint64_t attempt_saved(const char *section);      /* the same of a saved link */
uint64_t attempt_names(const struct netns *);     /* writing its resolv.conf */
uint64_t attempt_sysctl(const struct sysctl *);
uint64_t attempt_entry(const struct phrase *);

/* What came of it; a blank one where nothing is known, or where there is no table. */
const struct attempt *attempts_of(const struct attempts *, uint64_t id);

/* The same to be written to; a new one is blank. */
struct attempt *attempts_note(struct attempts *, uint64_t id);

/* Forgets all: another file is to be carried out, or none. */
void attempts_forget(struct attempts *);

/* Remembers that a template stands for a NIC, where that is not known. */
void attempts_expand(struct attempts *, const char *section);

#endif
