/*
 * Claiming an IPv4 address on a link: probing whether somebody else has it,
 * announcing it, defending it (RFC 5227), and choosing one of 169.254/16
 * (RFC 3927).  No socket, no clock, no random number of its own; times are
 * milliseconds of CLOCK_BOOTTIME.
 */
#ifndef DHCP_CLAIM_H
#define DHCP_CLAIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An ARP packet for IPv4 over Ethernet: RFC 826. */
enum { ARP_SIZE = 28 };

enum claim_state { UNCLAIMED, PROBING, ANNOUNCING, CLAIMED };

enum claim_do {
	CLAIM_NOTHING,
	SEND_PROBE,    /* a request for it, from 0.0.0.0 */
	SEND_ANNOUNCE, /* a request for it, from itself */
	CLAIM_WON,     /* nobody objected to the probes: it may be used; tick again */
	CLAIM_LOST,    /* somebody else has it; the claim is over */
};

/* All zeros is how one begins; conflicts is kept from claim to claim. */
struct claim {
	enum claim_state state;
	uint8_t address[4], mac[6];
	unsigned sent;      /* probes or announcements */
	unsigned conflicts; /* so far, over all addresses: RFC 3927 slows down after ten */
	long long timer, defended;
};

/*
 * Begins.  An address that a server gave is probed at once, since it is in use
 * meanwhile; one that was chosen waits up to PROBE_WAIT first (patient).
 */
void claim_begin(struct claim *, const uint8_t address[4], const uint8_t mac[6], int patient,
	long long now, uint32_t noise);

/* The time at which claim_tick is due; INT64_MAX when there is none. */
long long claim_next(const struct claim *);
enum claim_do claim_tick(struct claim *, long long now, uint32_t noise);

/*
 * Takes an ARP packet of the link, whatever is in it, sent to all or to us alone:
 * CLAIM_LOST, SEND_ANNOUNCE to defend it, or CLAIM_NOTHING.
 */
enum claim_do claim_heard(
	struct claim *, const uint8_t *arp, size_t len, bool to_all, long long now);

/* Writes the packet of SEND_PROBE or SEND_ANNOUNCE: ARP_SIZE bytes. */
void claim_write(const struct claim *, enum claim_do, uint8_t arp[ARP_SIZE]);

/* The next address of 169.254.1.0 to 169.254.254.255 to try: the same ones for a MAC, in the same order. */
void claim_choose(const uint8_t mac[6], unsigned conflicts, uint8_t address[4]);

#endif
