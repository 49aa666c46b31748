/*
 * What a lease says of its link, for a target that is being made: address,
 * routes, MTU, names, each marked as leased.  From there on it is like what
 * the file says, and the file's own goes before it.
 */
#ifndef DHCP_LEARN_H
#define DHCP_LEARN_H

#include "dhcp/lease.h"
#include "model/model.h"

/* What goes with it. */
struct learning {
	const char *file;     /* that the lease is kept in: where complaints point to */
	long long until;      /* milliseconds since boot; 0: for ever */
	long long now;        /* likewise */
	const char *applied;  /* the host name that an earlier nbs has applied, or NULL */
	const char *hostname; /* what the host is called now, or NULL */
};

/* Adds what a lease says; the arena lasts as long as the target. */
void learn_lease(struct model *target, struct link *, const struct lease *, const struct learning *,
	struct mem *);

/* The same with an address of 169.254.0.0/16, RFC 3927; it has no end. */
void learn_fallback(struct model *target, struct link *, const uint8_t address[4],
	const struct learning *, struct mem *);

/* True of what stands for no name: the kernel's own "(none)", localhost, NULL. */
bool learn_is_nameless(const char *hostname);

/* True when the link's dhcp-use has it: USE_…, model/link.h. */
bool learn_uses(const struct link *, unsigned use);

#endif
