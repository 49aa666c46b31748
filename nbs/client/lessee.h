/*
 * One link that has, or asks for, a DHCPv4 lease: its states, its sockets,
 * what it learnt.  It hears what its sockets bring and does what the states
 * say.
 */
#ifndef CLIENT_LESSEE_H
#define CLIENT_LESSEE_H

#include <poll.h>

#include "dhcp/ask.h"
#include "dhcp/claim.h"
#include "kernel/wire.h"
#include "target/target.h"

/* What has become of a lease, the better the more: none is new, none is there, it runs. */
enum news { NO_NEWS, LOST, GIVEN };

struct lessee {
	struct lessee *next;
	const char *section; /* the link's, with its namespace and name apart: its own copies */
	const char *space, *name;
	const struct link *link; /* of the target at hand; a stub when it is not there */
	struct netns nowhere;    /* of the stub */
	struct link stub;
	struct world *world;
	const struct model *have; /* as of the last look */
	struct identity who;
	struct client client;
	struct claim claim;      /* of the lease's address, or of one of 169.254.0.0/16 */
	struct mem *names;       /* of its own copies */
	struct mem *mem, *other; /* of the lease; of what is being read */
	struct lease lease;      /* held or remembered; .vals NULL: none */
	struct lease granted;    /* what the target is to have of it, which may outlive it */
	const char *asking;      /* why there is no lease yet; NULL: there is, or none is needed */
	struct lease offer;      /* in other */
	uint8_t shunned[4];      /* a server that has not kept its offer */
	long long shunned_until; /* in milliseconds since boot */
	uint8_t hop[WIRE_ADDRESS]; /* hardware address that the lease came from */
	size_t nhop;
	struct bytes mac;
	uint32_t index, changes;  /* of the link, when it was last looked at */
	int wire, port, arp;      /* -1: not open */
	const char *applied_name; /* of the host, that an earlier nbs has applied; or NULL */
	char named[65];           /* what the lease has named the host: __NEW_UTS_LEN */
	bool taken_over;          /* the lease is of an earlier nbs, and runs */
	bool owned;               /* nobody has objected to its address */
	bool disputed;            /* somebody has after that: said once */
	bool learnt;              /* the lease is part of the target */
	bool forever;             /* its address stays when the lease does not */
	bool hold;                /* nbs stays */
	bool watching;            /* nothing is sent: a plan, or an undoing */
	bool fallback;            /* has an address of 169.254.0.0/16 */
	bool no_fallback;         /* a server says not to: RFC 2563 */
	enum news news;           /* what is wanted has changed */
	bool mute;                /* has no socket: said once */
	bool unwritten;           /* the file could not be: said once */
	unsigned dropped;         /* messages that were of no use */
};

/* How a link is to ask. */
struct lessee_terms {
	bool watching, hold;  /* see struct lessee */
	const char *hostname; /* what an earlier nbs has called the host, or NULL */
	const char *text;     /* of the lease's file, where that could not be written; or NULL */
};

/* Returns a new one for a link that asks, with what is remembered of it; NULL without memory. */
struct lessee *lessee_new(
	struct world *, const struct link *, const struct lessee_terms *, long long now);

/* Closes all; the lease's file stays. */
void lessee_free(struct lessee *);

/*
 * Takes what a target and the kernel have of the link by now: carrier, address, index.
 * True when it waits for another thing than the target says.
 */
bool lessee_follow(struct lessee *, const struct model *target, const struct model *found);

/* What it has for the target. */
struct grant lessee_grant(const struct lessee *, const struct model *found, struct mem *);

/* Takes what its sockets have, and what time it is. */
void lessee_hear(struct lessee *, long long now);
void lessee_tick(struct lessee *, long long now);

/* When lessee_tick is due; CLIENT_NEVER. */
long long lessee_next(const struct lessee *);

/* Gives the lease back to the server and forgets it, file and all. */
void lessee_release(struct lessee *, long long now);

#endif
