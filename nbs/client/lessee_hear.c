#include "client/lessee_hear.h"

#include <string.h>
#include <sys/socket.h>

#include "base/mem.h"
#include "dhcp/udp.h"
#include "key/type.h"
#include "model/link.h"
#include "client/lessee_do.h"
#include "client/lessee_wire.h"

enum {
	PREFERENCE = 3000, /* ms to wait for a server that is preferred */
	MOST = 64,         /* packets to take at a time, so that a flood does not stop the rest */
};

static void
drop_packet(struct lessee *e, const char *why)
{
	struct origin o = lessee_at(e);

	e->dropped++;
	diag_step(&o, "dropped: %s", why);
}

static void
told_option(void *user, const char *what)
{
	const struct lessee *e = user;
	struct origin o = lessee_at(e);

	diag_step(&o, "left out: %s", what);
}

/* Reads the lease that an OFFER or ACK holds into the other arena; false when it is of no use. */
static bool
read_lease(struct lessee *e, const struct message *m)
{
	const char *why;

	mem_reset(e->other);
	e->offer = (struct lease) { 0 };
	why = lease_read(&e->offer, m, e->other, told_option, e);
	if (why)
		drop_packet(e, why);
	else if (ask_refuses(e->link, &e->offer.server))
		drop_packet(e, "a server that dhcp-server refuses");
	else
		return true;
	e->offer.vals = NULL;
	return false;
}

/* A server that offers and does not keep it is not to be the first each time. */
static bool
is_shunned(const struct lessee *e, long long now)
{
	return now < e->shunned_until && !memcmp(e->shunned, e->offer.server.b, sizeof(e->shunned));
}

static void
hear_offer(struct lessee *e, const struct message *m, long long now)
{
	struct blob may = message_option(m, OPTION_AUTO_CONFIGURE, e->other);

	if (e->client.state != SELECTING)
		return;
	if (may.n == 1)
		e->no_fallback = !may.b[0];
	if (!read_lease(e, m))
		return;
	if (ask_prefers_others(e->link, &e->offer.server) && now - e->client.began < PREFERENCE)
		drop_packet(e, "another server is preferred");
	else if (is_shunned(e, now))
		drop_packet(e, "an offer of a server that has not kept its last one");
	else
		lessee_on(e, GOT_OFFER, now);
}

/* True when an acknowledgement is the answer to what was asked. */
static bool
answers(const struct lessee *e, const struct message *m, const struct ip *asked, long long now)
{
	struct blob rapid;

	switch (e->client.state) {
	case SELECTING:
		rapid = message_option(m, OPTION_RAPID_COMMIT, e->other);
		if (m->no_type) /* BOOTP: where nobody speaks DHCP */
			return now - e->client.began >= PREFERENCE;
		return rapid.b && value_num(e->link->vals, "dhcp-rapid-commit", 1);
	case REQUESTING:
		return !memcmp(m->yiaddr, asked->b, sizeof(m->yiaddr));
	case REBOOTING:
	case RENEWING:
	case REBINDING:
		return true;
	case HALTED:
	case INIT:
	case BOUND:
	case CLIENT_STATES:
		break;
	}
	return false;
}

static void
hear_ack(struct lessee *e, const struct message *m, const struct wire_frame *f, long long now)
{
	const struct lease was = e->offer;

	if (!answers(e, m, &was.address, now))
		return;
	if (!read_lease(e, m)) {
		e->offer = was; /* what is asked for again; its values are not looked at */
		e->offer.vals = NULL;
		return;
	}
	e->nhop = f->nfrom;
	(void)memcpy(e->hop, f->from, sizeof(e->hop));
	client_lease(&e->client, e->client.sent, e->offer.renew, e->offer.rebind, e->offer.seconds);
	lessee_on(e, GOT_ACK, now);
}

static void
hear_nak(struct lessee *e, const struct message *m, long long now)
{
	struct blob server = message_option(m, OPTION_SERVER, e->other);
	struct ip ip = { .family = AF_INET, .len = 32 };

	if (server.n != 4)
		return;
	(void)memcpy(ip.b, server.b, 4);
	if (ask_refuses(e->link, &ip)) {
		drop_packet(e, "a NAK of a server that dhcp-server refuses");
	} else if (e->client.state == REQUESTING && memcmp(ip.b, e->offer.server.b, 4) != 0) {
		drop_packet(e, "a NAK of another server");
	} else {
		if (e->client.state == REQUESTING)
			lessee_shun(e, now);
		lessee_on(e, GOT_NAK, now);
	}
}

static bool
is_ours(const struct lessee *e, const struct message *m)
{
	struct blob id;

	if (m->xid != e->client.xid || m->hlen < e->who.hlen ||
		memcmp(m->chaddr, e->who.chaddr, e->who.hlen) != 0)
		return false;
	/* RFC 6842: a server that repeats the client's id repeats the client's */
	id = message_option(m, OPTION_CLIENT_ID, e->other);
	return !id.b || (id.n == e->who.nid && !memcmp(id.b, e->who.id, id.n));
}

static void
hear_packet(struct lessee *e, const uint8_t *packet, size_t n, const struct wire_frame *f,
	long long now)
{
	const uint8_t *payload;
	struct udp_ends ends;
	struct message m;
	const char *why = udp_unwrap(packet, n, f->offloaded, &ends, &payload, &n);

	mem_reset(e->other); /* of an offer, only the addresses are still needed */
	if (!why)
		why = message_read(&m, payload, n);
	if (why) {
		drop_packet(e, why);
		return;
	}
	if (!is_ours(e, &m))
		return; /* other clients' answers come by, too */
	if (m.no_type || m.type == ACK)
		hear_ack(e, &m, f, now);
	else if (m.type == OFFER)
		hear_offer(e, &m, now);
	else if (m.type == NAK)
		hear_nak(e, &m, now);
}

static void
fall_back(struct lessee *e)
{
	const struct origin o = lessee_at(e);
	const uint8_t *a = e->claim.address;

	diag_step(&o, "no answer of a DHCP server; %u.%u.%u.%u until there is one", a[0], a[1],
		a[2], a[3]);
	lessee_fall_back(e, a);
}

/*
 * Who is on the network of a root cannot give its address up, whoever asks for
 * it: RFC 5227, 2.4 (c).
 */
static void
lose(struct lessee *e, long long now)
{
	const struct origin o = lessee_at(e);
	bool stays = e->owned && e->forever;

	if (!stays || !e->disputed)
		diag_warn(&o, "%s is somebody else's, too%s",
			type_ip_text(&e->lease.address, false, e->other),
			stays ? "; it stays, as dhcp-lifetime says" : "");
	e->disputed = stays;
	if (stays)
		lessee_claim(e, e->lease.address.b, true, now);
	else
		lessee_on(e, GOT_CONFLICT, now);
}

static void
claimed(struct lessee *e, enum claim_do what, long long now)
{
	if (what == CLAIM_LOST && e->client.leased) {
		lose(e, now);
	} else if (what == CLAIM_LOST) {
		if (e->fallback)
			lessee_unlearn(e);
		e->fallback = false;
		lessee_claim_local(e, now);
	} else if (what == CLAIM_WON && e->client.leased) {
		e->owned = true;
	} else if (what == CLAIM_WON) {
		fall_back(e);
	}
}

void
lessee_claim_on(struct lessee *e, enum claim_do what, long long now)
{
	if (what == SEND_PROBE || what == SEND_ANNOUNCE)
		lessee_send_arp(e, what);
	else
		claimed(e, what, now);
}

/*
 * The kernel answers for each of its addresses on every link: of two that are in
 * one network, the other one has been asked by us, and that is no conflict.
 */
static bool
is_own(const struct lessee *e, const struct wire_frame *f)
{
	const struct netns *n = e->link->have ? e->link->have->ns : NULL;

	for (const struct link *l = n ? e->have->links : NULL; l; l = l->next)
		if (l->ns == n && l->mac.n == f->nfrom && !memcmp(l->mac.b, f->from, l->mac.n))
			return true;
	return false;
}

void
lessee_hear_packets(struct lessee *e, long long now)
{
	uint8_t buf[MESSAGE_MAX + UDP_HEAD];
	struct wire_frame f;
	ssize_t n;

	for (int i = 0; i < MOST && e->wire >= 0; i++) {
		if ((n = wire_receive(e->wire, buf, sizeof(buf), &f)) < 0)
			break;
		if (n > 0)
			hear_packet(e, buf, (size_t)n, &f, now);
	}
	for (int i = 0; i < MOST && e->arp >= 0; i++) {
		if ((n = wire_receive(e->arp, buf, sizeof(buf), &f)) < 0)
			break;
		if (n > 0 && !is_own(e, &f))
			lessee_claim_on(
				e, claim_heard(&e->claim, buf, (size_t)n, !f.direct, now), now);
	}
}
