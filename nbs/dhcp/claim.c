#include "dhcp/claim.h"

#include <arpa/inet.h>
#include <linux/if_arp.h>
#include <linux/if_ether.h>
#include <stdbool.h>
#include <string.h>

#include "base/text.h"

/* RFC 5227, 1.1, in milliseconds. */
enum {
	PROBE_WAIT = 1000,
	PROBE_NUM = 3,
	PROBE_MIN = 1000,
	PROBE_MAX = 2000,
	ANNOUNCE_WAIT = 2000,
	ANNOUNCE_NUM = 2,
	ANNOUNCE_INTERVAL = 2000,
	MAX_CONFLICTS = 10,
	RATE_LIMIT_INTERVAL = 60000,
	DEFEND_INTERVAL = 10000,
};

/* RFC 826, for IPv4 over Ethernet. */
struct arp {
	uint16_t hardware, protocol;
	uint8_t hardware_size, protocol_size;
	uint16_t operation;
	uint8_t sender_mac[ETH_ALEN], sender[4], target_mac[ETH_ALEN], target[4];
} __attribute__((packed));

_Static_assert(sizeof(struct arp) == ARP_SIZE, "no padding");

static const uint8_t nobody[4];

static long long
between(unsigned least, unsigned most, uint32_t noise)
{
	return least + (long long)((uint64_t)noise * (most - least + 1) >> 32);
}

void
claim_begin(struct claim *c, const uint8_t address[4], const uint8_t mac[6], int patient,
	long long now, uint32_t noise)
{
	memcpy(c->address, address, sizeof(c->address));
	memcpy(c->mac, mac, sizeof(c->mac));
	c->state = PROBING;
	c->sent = 0;
	c->defended = now - DEFEND_INTERVAL; /* long enough ago */
	c->timer = now + (patient ? between(0, PROBE_WAIT, noise) : 0);
	/* A server that gives away what is in use is no less a storm than bad luck. */
	if (c->conflicts >= MAX_CONFLICTS)
		c->timer += RATE_LIMIT_INTERVAL;
}

long long
claim_next(const struct claim *c)
{
	return c->state == PROBING || c->state == ANNOUNCING ? c->timer : INT64_MAX;
}

static enum claim_do
probe(struct claim *c, long long now, uint32_t noise)
{
	if (c->sent == PROBE_NUM) {
		c->state = ANNOUNCING;
		c->sent = 0;
		c->timer = now;
		return CLAIM_WON;
	}
	c->sent++;
	c->timer =
		now + (c->sent < PROBE_NUM ? between(PROBE_MIN, PROBE_MAX, noise) : ANNOUNCE_WAIT);
	return SEND_PROBE;
}

static enum claim_do
announce(struct claim *c, long long now)
{
	c->sent++;
	c->timer = now + ANNOUNCE_INTERVAL;
	if (c->sent == ANNOUNCE_NUM) {
		c->state = CLAIMED;
		c->conflicts = 0; /* those of this network are over */
	}
	return SEND_ANNOUNCE;
}

enum claim_do
claim_tick(struct claim *c, long long now, uint32_t noise)
{
	if (claim_next(c) > now)
		return CLAIM_NOTHING;
	return c->state == PROBING ? probe(c, now, noise) : announce(c, now);
}

/* False for what is no ARP of IPv4 over Ethernet, a request or a reply. */
static bool
read_arp(struct arp *a, const uint8_t *bytes, size_t len)
{
	if (len < sizeof(*a)) /* more is padding: Ethernet has no frames as short */
		return false;
	memcpy(a, bytes, sizeof(*a));
	return a->hardware == htons(ARPHRD_ETHER) && a->protocol == htons(ETH_P_IP) &&
	       a->hardware_size == sizeof(a->sender_mac) && a->protocol_size == sizeof(a->sender) &&
	       (a->operation == htons(ARPOP_REQUEST) || a->operation == htons(ARPOP_REPLY));
}

/* Somebody uses the address. */
static bool
is_use(const struct claim *c, const struct arp *a)
{
	return !memcmp(a->sender, c->address, sizeof(a->sender));
}

/*
 * Somebody wants it at the same time, RFC 5227, 2.1.1: then neither gets it.  Probes go
 * to all (1.1): what has the same form and goes to us alone is a switch that looks who is there.
 */
static bool
is_probe(const struct claim *c, const struct arp *a)
{
	return a->operation == htons(ARPOP_REQUEST) &&
	       !memcmp(a->sender, nobody, sizeof(a->sender)) &&
	       !memcmp(a->target, c->address, sizeof(a->target));
}

static enum claim_do
lose(struct claim *c)
{
	c->state = UNCLAIMED;
	c->conflicts++;
	return CLAIM_LOST;
}

/* RFC 5227, 2.4 (b): once may be a mistake of theirs, twice is not. */
static enum claim_do
defend(struct claim *c, long long now)
{
	if (now - c->defended < DEFEND_INTERVAL)
		return lose(c);
	c->defended = now;
	return SEND_ANNOUNCE;
}

enum claim_do
claim_heard(struct claim *c, const uint8_t *arp, size_t len, bool to_all, long long now)
{
	struct arp a;

	if (c->state == UNCLAIMED || !read_arp(&a, arp, len) ||
		!memcmp(a.sender_mac, c->mac, sizeof(a.sender_mac)))
		return CLAIM_NOTHING;
	if (c->state == PROBING)
		return is_use(c, &a) || (to_all && is_probe(c, &a)) ? lose(c) : CLAIM_NOTHING;
	return is_use(c, &a) ? defend(c, now) : CLAIM_NOTHING;
}

void
claim_write(const struct claim *c, enum claim_do what, uint8_t arp[ARP_SIZE])
{
	struct arp a = {
		.hardware = htons(ARPHRD_ETHER),
		.protocol = htons(ETH_P_IP),
		.hardware_size = sizeof(a.sender_mac),
		.protocol_size = sizeof(a.sender),
		.operation = htons(ARPOP_REQUEST),
	};

	memcpy(a.sender_mac, c->mac, sizeof(a.sender_mac));
	if (what == SEND_ANNOUNCE)
		memcpy(a.sender, c->address, sizeof(a.sender));
	memcpy(a.target, c->address, sizeof(a.target));
	memcpy(arp, &a, sizeof(a));
}

/*
 * RFC 3927, 2.1: not the first and the last 256 of 169.254/16.  The step has no
 * factor of their number, 2^9 * 127, so that each comes before any comes again.
 */
void
claim_choose(const uint8_t mac[6], unsigned conflicts, uint8_t address[4])
{
	const uint32_t first = 0xa9fe0100, count = 254 * 256, hash = text_hash(mac, 6);
	uint64_t step = hash / count * 2 + 1;
	uint32_t chosen;

	if (step % 127 == 0)
		step += 2;
	chosen = htonl(first + (uint32_t)((hash + conflicts * step) % count));
	memcpy(address, &chosen, sizeof(chosen));
}
