#include "client/lessee_wire.h"

#include <linux/if.h>
#include <linux/if_arp.h>
#include <linux/if_ether.h>
#include <string.h>
#include <sys/random.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"
#include "dhcp/learn.h"
#include "dhcp/udp.h"

uint32_t
lessee_noise(const struct lessee *e)
{
	static uint32_t calls;
	uint32_t n;
	struct {
		struct timespec t;
		uint8_t mac[16];
		uint32_t call;
	} seed = { .call = ++calls };

	if (getrandom(&n, sizeof(n), GRND_NONBLOCK) == sizeof(n))
		return n;
	/* machines that are started together differ in their addresses */
	(void)clock_gettime(CLOCK_MONOTONIC, &seed.t);
	(void)memcpy(seed.mac, e->who.chaddr, sizeof(seed.mac));
	return text_hash(&seed, sizeof(seed));
}

const char *
lessee_hostname(struct mem *mem)
{
	struct utsname u;

	if (uname(&u) < 0 || learn_is_nameless(u.nodename))
		return NULL;
	return mem_text(mem, u.nodename, strlen(u.nodename));
}

static void
close_one(int *fd)
{
	if (*fd >= 0)
		(void)close(*fd); /* nothing is left to be written */
	*fd = -1;
}

int
lessee_open(struct lessee *e)
{
	struct space *s = world_space(e->world, e->link->ns->name);
	const struct link *h = e->link->have;

	if (!s || (e->wire = wire_open_dhcp(e->world, s, h->index)) < 0)
		return -1;
	/* without it the server gets a needless complaint, and renewals go by the packet socket */
	e->port = wire_open_port(e->world, s, h->name);
	return 0;
}

void
lessee_unclaim(struct lessee *e)
{
	close_one(&e->arp);
	e->claim.state = UNCLAIMED;
}

void
lessee_close(struct lessee *e)
{
	close_one(&e->wire);
	close_one(&e->port);
	lessee_unclaim(e);
}

/* As a packet: to the hardware address that the lease came from, or to everybody. */
static int
send_packet(const struct lessee *e, uint8_t *packet, size_t n, bool direct, bool held)
{
	struct udp_ends ends = {
		.to = { 255, 255, 255, 255 }, .from_port = CLIENT_PORT, .to_port = SERVER_PORT
	};
	bool known = direct && e->nhop;

	if (held) /* RFC 2131, 4.1: 0.0.0.0 is for who has no address yet */
		(void)memcpy(ends.from, e->lease.address.b, sizeof(ends.from));
	if (direct)
		(void)memcpy(ends.to, e->lease.server.b, sizeof(ends.to));
	n = udp_wrap(packet, &ends, n);
	return wire_send(e->wire, e->index, ETH_P_IP, known ? e->hop : e->who.all,
		known ? e->nhop : e->who.nall, packet, n);
}

void
lessee_send(struct lessee *e, enum client_do what, long long now)
{
	uint8_t packet[UDP_HEAD + MESSAGE_MAX];
	/* an address that outlived its lease is asked for by name: a root may be on it */
	const struct lease *about = what == SEND_REQUEST         ? &e->offer
	                            : e->lease.vals || e->learnt ? &e->lease
	                                                         : NULL;
	struct question q = { .link = e->link,
		.who = &e->who,
		.client = &e->client,
		.lease = about,
		.hostname = lessee_hostname(e->other),
		.now = now };
	bool direct, held;
	size_t n = ask_write(packet + UDP_HEAD, MESSAGE_MAX, &q, what, &direct);

	if (!n || e->wire < 0)
		return;
	/* a release must not wait for ARP: the address goes away */
	if (what == SEND_RENEW && e->port >= 0 &&
		wire_send_port(e->port, e->index, e->lease.address.b, e->lease.server.b,
			SERVER_PORT, packet + UDP_HEAD, n) == 0)
		return;
	held = direct || what == SEND_REBIND;
	(void)send_packet(
		e, packet, n, direct, held); /* what does not get out is sent again in time */
}

static bool
can_arp(const struct lessee *e)
{
	return e->who.htype == ARPHRD_ETHER && e->who.hlen == 6 &&
	       !(e->link->have->flags & IFF_NOARP);
}

static int
open_arp(struct lessee *e, const uint8_t address[4])
{
	struct space *s = world_space(e->world, e->link->ns->name);

	close_one(&e->arp);
	if (s && e->link->have && can_arp(e))
		e->arp = wire_open_arp(e->world, s, e->index, address);
	return e->arp;
}

void
lessee_claim(struct lessee *e, const uint8_t address[4], bool held, long long now)
{
	if (open_arp(e, address) < 0)
		return;
	claim_begin(&e->claim, address, e->who.chaddr, 0, now, lessee_noise(e));
	if (held) {
		e->claim.state = CLAIMED;
		e->claim.timer = INT64_MAX;
	}
}

void
lessee_claim_local(struct lessee *e, long long now)
{
	uint8_t address[4];

	claim_choose(e->who.chaddr, e->claim.conflicts, address);
	if (open_arp(e, address) >= 0)
		claim_begin(&e->claim, address, e->who.chaddr, 1, now, lessee_noise(e));
}

void
lessee_send_arp(struct lessee *e, enum claim_do what)
{
	static const uint8_t all[6] = { 255, 255, 255, 255, 255, 255 };
	uint8_t arp[ARP_SIZE];

	claim_write(&e->claim, what, arp);
	/* one that does not get out is followed by others */
	(void)wire_send(e->arp, e->index, ETH_P_ARP, all, sizeof(all), arp, sizeof(arp));
}
