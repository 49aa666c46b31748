/* What comes of an event of a lessee's states: messages, and a lease that is learnt or dropped. */
#ifndef CLIENT_LESSEE_DO_H
#define CLIENT_LESSEE_DO_H

#include "client/lessee.h"

/* Takes an event, and does what the states say. */
void lessee_on(struct lessee *, enum client_event, long long now);

/* Does one thing that they say. */
void lessee_do(struct lessee *, enum client_do, long long now);

/* Makes what the lease says part of the target, and takes it out. */
void lessee_learn(struct lessee *);
void lessee_unlearn(struct lessee *);

/* Says what became of the lease. */
void lessee_tell(struct lessee *, const char *what);

/* Makes an address of 169.254.0.0/16 part of what is wanted, in the place of a lease. */
void lessee_fall_back(struct lessee *, const uint8_t address[4]);

/* Gives other servers the next few seconds, where the present one has not kept its offer. */
void lessee_shun(struct lessee *, long long now);

/* Drops the lease; what was learnt of it may stay. */
void lessee_drop(struct lessee *, bool stays);

/* Where it was asked for. */
struct origin lessee_at(const struct lessee *);

#endif
