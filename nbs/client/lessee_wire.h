/* What a lessee sends: DHCP messages, and ARP for the address it claims. */
#ifndef CLIENT_LESSEE_WIRE_H
#define CLIENT_LESSEE_WIRE_H

#include "client/lessee.h"

/* Opens the sockets of a link that is up; 0, or -1 with errno. */
int lessee_open(struct lessee *);
void lessee_close(struct lessee *);

/* Sends the message of a step. */
void lessee_send(struct lessee *, enum client_do, long long now);

/* A random number; it need not be a good one, and does not wait for entropy. */
uint32_t lessee_noise(const struct lessee *);

/* The host's name where somebody has given it one, in the arena; or NULL. */
const char *lessee_hostname(struct mem *);

/* Claims an address on the link, where it can do ARP; one that is held already is only defended. */
void lessee_claim(struct lessee *, const uint8_t address[4], bool held, long long now);
void lessee_unclaim(struct lessee *);

/* Claims the next address of 169.254.0.0/16. */
void lessee_claim_local(struct lessee *, long long now);

/* Sends the probe or announcement of a claim. */
void lessee_send_arp(struct lessee *, enum claim_do);

#endif
