/*
 * What a lease says becomes part of what is wanted of its link: address,
 * routes, MTU, names, each marked as learnt.  From there on it is like what
 * the file says.
 */
#ifndef DHCP_LEARN_H
#define DHCP_LEARN_H

#include "dhcp/lease.h"
#include "model/model.h"

/* What goes with it. */
struct learning {
	const char *file;     /* that the lease is kept in: where complaints point to */
	long long until;      /* milliseconds since boot; 0: for ever */
	const char *applied;  /* the host name that an earlier nbs has applied, or NULL */
	const char *hostname; /* what the host is called now, or NULL */
};

/* Puts a lease in the place of what was learnt before; the arena lasts as long as it does. */
void learn_lease(struct model *want, struct link *, const struct lease *, const struct learning *,
	struct mem *);

/* The same with an address of 169.254.0.0/16, RFC 3927; it has no end. */
void learn_fallback(struct model *want, struct link *, const uint8_t address[4],
	const struct learning *, struct mem *);

/* Forgets what was learnt. */
void learn_nothing(struct model *want, struct link *);

/* True of what stands for no name: the kernel's own "(none)", localhost, NULL. */
bool learn_is_nameless(const char *hostname);

/* True when the link's dhcp-use has it: USE_…, model/link.h. */
bool learn_uses(const struct link *, unsigned use);

#endif
