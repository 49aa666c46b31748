/* What a lessee's sockets bring: answers of servers, and others' ARP. */
#ifndef CLIENT_LESSEE_HEAR_H
#define CLIENT_LESSEE_HEAR_H

#include "client/lessee.h"

/* Takes what has arrived. */
void lessee_hear_packets(struct lessee *, long long now);

/* Does what the claim of an address says. */
void lessee_claim_on(struct lessee *, enum claim_do, long long now);

#endif
