/* All links that have or ask for a DHCPv4 lease, in all namespaces. */
#ifndef CLIENT_LEASES_H
#define CLIENT_LEASES_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>

#include "kernel/world.h"
#include "model/model.h"
#include "client/lessee.h"

/* What is done about leases: looked at, given back where no longer wanted, asked for. */
enum leases_mode { LOOK, GIVE_BACK, ASK, ASK_FOR_SOME };

struct leases {
	struct world *world;
	enum leases_mode mode;
	struct lessee *all;
	const char *hostname; /* that an earlier nbs has applied, or NULL */
	bool hold;            /* nbs stays: addresses that are taken over are probed to the end */
	struct mem *mem;      /* of what could not be written, between two models */
	struct kept *kept;
	bool swept; /* what is no longer wanted has been given back */
};

/*
 * Looks at the links of a target: those that ask and have carrier begin to.  What
 * their leases say is for the next target: see leases_grants and leases_news.  True
 * when what they wait for is another thing than the target says.
 */
bool leases_follow(struct leases *, const struct model *target, const struct model *found);

/* What the clients have for a target, in the arena. */
const struct grant *leases_grants(const struct leases *, const struct model *found, struct mem *);

/* Does what time it is for. */
void leases_tick(struct leases *, long long now);

/* Takes what the sockets have. */
void leases_hear(struct leases *, long long now);

/* When there is something to be done; INT64_MAX when there is nothing. */
long long leases_next(const struct leases *);

/* The sockets to listen to: fills at most n, returns how many there are. */
size_t leases_sockets(const struct leases *, struct pollfd *, size_t n);

/* Tells once that what is wanted has changed, and the best that is behind it. */
enum news leases_news(struct leases *);

/* Forgets all that want was told: for another one, which reads it from the files again. */
void leases_forget(struct leases *);

#endif
