#include "run/lessee.h"

#include <linux/if.h>
#include <linux/if_arp.h>
#include <linux/if_link.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <libmnl/libmnl.h>

#include "base/mem.h"
#include "dhcp/learn.h"
#include "dhcp/udp.h"
#include "model/link.h"
#include "run/lease_file.h"
#include "run/lessee_wire.h"

enum {
	PREFERENCE = 3000, /* ms to wait for a server that is preferred */
	FALLBACK = 3000,   /* ms to wait for any before an address of 169.254.0.0/16 is chosen */
	MOST = 64,         /* packets to take at a time, so that a flood does not stop the rest */
};

static struct origin
at(const struct lessee *e)
{
	return model_at(e->link, link_value(e->link, "dhcp"));
}

static const char *
address_text(const struct ip *ip, struct mem *mem)
{
	return mem_printf(mem, "%u.%u.%u.%u", ip->b[0], ip->b[1], ip->b[2], ip->b[3]);
}

/* What is missing, in words; NULL when nothing is. */
static const char *
asking(const struct lessee *e)
{
	const struct link *h = e->link->have;

	if (e->client.leased || e->fallback)
		return NULL;
	if (!h)
		return "not there";
	if (!(h->flags & IFF_UP))
		return "not up";
	if (!(h->flags & IFF_LOWER_UP))
		return "no carrier";
	switch (e->client.state) {
	case SELECTING:
		return e->dropped ? "no DHCP server with a usable answer"
		                  : "no answer of a DHCP server";
	case REQUESTING:
	case REBOOTING:
		return "no acknowledgement of the DHCP server";
	case INIT:
		return "the DHCP server takes back what it gives";
	case HALTED:
	case BOUND:
	case RENEWING:
	case REBINDING:
	case CLIENT_STATES:
		break;
	}
	return "no lease yet";
}

static void
tell_state(struct lessee *e)
{
	e->link->asking = asking(e);
}

static void
drop_packet(struct lessee *e, const char *why)
{
	struct origin o = at(e);

	e->dropped++;
	diag_step(&o, "dropped: %s", why);
}

static void
told_option(void *user, const char *what)
{
	const struct lessee *e = user;
	struct origin o = at(e);

	diag_step(&o, "left out: %s", what);
}

/* True of an address that stays when the lease does not. */
static bool
is_forever(const struct lessee *e)
{
	return value_num(e->link->vals, "dhcp-lifetime", 0);
}

static struct learning
learning(struct lessee *e)
{
	bool forever = e->client.end == CLIENT_NEVER || is_forever(e);

	return (struct learning) {
		.file = lease_file_path(e->link->ns->name, e->link->name, e->mem),
		.until = forever ? 0 : e->client.end,
		.hostname = lessee_hostname(e->mem),
		.applied = *e->named ? e->named : e->applied_name,
	};
}

static void
learn(struct lessee *e)
{
	const struct learning with = learning(e);

	const struct value *name;

	learn_lease(e->want, e->link, &e->lease, &with, e->mem);
	name = value_named(e->want->vals, "hostname");
	if (name && name->link == e->link)
		(void)snprintf(e->named, sizeof(e->named), "%s", name->text); /* fits */
	e->fallback = false;
	e->news = true;
}

static void
forget(struct lessee *e)
{
	learn_nothing(e->want, e->link);
	e->news = true;
}

/* A renewal: the same for longer.  What was learnt stays, and lives on. */
static void
prolong(struct lessee *e)
{
	const long long until = learning(e).until;

	for (struct phrase *p = e->link->said[ADDRESS]; p; p = p->next)
		if (p->learnt)
			p->until = until;
	e->news = true;
}

/* What nbs adds to what the server said. */
static void
note(struct lessee *e)
{
	struct lease *l = &e->lease;
	const char *mac = "";

	for (size_t i = 0; i < e->nhop; i++)
		mac = mem_printf(e->other, "%s%s%02x", mac, i ? ":" : "", e->hop[i]);
	if (e->nhop == 6)
		lease_file_set(l, "server-mac", mac, e->mem);
	lease_file_set(l, "client-id", ask_id_text(&e->who, e->mem), e->mem);
	lease_file_set(l, "boot", lease_file_boot(e->mem), e->mem);
}

/* The times of a renewal take the place of the old ones. */
static void
note_times(struct lessee *e, const struct lease *from)
{
	struct lease *l = &e->lease;

	l->seconds = from->seconds;
	l->renew = from->renew;
	l->rebind = from->rebind;
	lease_file_set(l, "taken", mem_printf(e->other, "%lld", e->client.start), e->mem);
	lease_file_set(l, "lifetime", mem_printf(e->other, "%u", l->seconds), e->mem);
	lease_file_set(l, "renew-after", mem_printf(e->other, "%u", l->renew), e->mem);
	lease_file_set(l, "rebind-after", mem_printf(e->other, "%u", l->rebind), e->mem);
}

static void
write_file(struct lessee *e)
{
	const struct origin o = at(e);

	if (lease_file_write(e->link, &e->lease, e->other) == 0 || e->unwritten)
		return;
	diag_warn(&o, "the lease cannot be written to %s; it is not remembered", lease_folder);
	e->unwritten = true;
}

static void
tell_lease(struct lessee *e, const char *what)
{
	const struct origin o = at(e);
	const struct lease *l = &e->lease;

	if (diag_verbose())
		diag_step(&o, "%s %s/%u of %s for %u s", what, address_text(&l->address, e->other),
			l->address.len, address_text(&l->server, e->other), l->seconds);
}

/* e->offer is what the server acknowledged; it is in the other arena. */
static void
take(struct lessee *e, long long now)
{
	struct mem *mem = e->mem;
	bool same = e->lease.vals && e->learnt && lease_same(&e->lease, &e->offer);

	if (same) {
		note_times(e, &e->offer);
		prolong(e);
	} else {
		/* what was learnt stands in the old arena */
		learn_nothing(e->want, e->link);
		e->mem = e->other;
		e->other = mem;
		mem_reset(mem);
		e->lease = e->offer;
		note(e);
		note_times(e, &e->lease);
		learn(e);
		lessee_claim(e, e->lease.address.b, false, now);
	}
	e->learnt = true;
	tell_lease(e, same ? "kept" : "got");
	write_file(e);
	mem_reset(e->other);
	e->offer.vals = NULL;
}

/* The lease no longer holds; an address for a network root stays until another comes. */
static void
drop(struct lessee *e, bool stays)
{
	const struct origin o = at(e);

	if (e->lease.vals)
		diag_warn(&o, "%s no longer holds%s", address_text(&e->lease.address, e->other),
			stays ? "; it stays, as dhcp-lifetime says" : "");
	lessee_unclaim(e);
	e->lease.vals = NULL;
	if (stays)
		return;
	lease_file_remove(e->link->ns->name, e->link->name, e->other);
	forget(e);
	e->learnt = false;
}

static void
carry_out(struct lessee *e, enum client_do what, long long now)
{
	switch (what) {
	case NOTHING:
		return;
	case TAKE_LEASE:
		take(e, now);
		return;
	case DROP_LEASE:
		drop(e, is_forever(e));
		return;
	case DROP_AND_DISCOVER:
		drop(e, is_forever(e));
		break;
	case DROP_AND_DECLINE:
		lessee_send(e, what, now);
		drop(e, false);
		return;
	case DROP_AND_RELEASE:
		lessee_send(e, what, now);
		tell_lease(e, "gave back");
		e->lease.vals = NULL;
		drop(e, false);
		return;
	case SEND_DISCOVER:
	case SEND_REQUEST:
	case SEND_REBOOT:
	case SEND_RENEW:
	case SEND_REBIND:
		break;
	}
	lessee_send(e, what, now);
}

static void
event(struct lessee *e, enum client_event what, long long now)
{
	carry_out(e, client_on(&e->client, what, now, lessee_noise(e)), now);
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
	else
		event(e, GOT_OFFER, now);
}

/* True when an acknowledgement is the answer to what was asked. */
static bool
answers(const struct lessee *e, const struct message *m, const struct ip *asked)
{
	struct blob rapid;

	switch (e->client.state) {
	case SELECTING:
		rapid = message_option(m, OPTION_RAPID_COMMIT, e->other);
		return m->no_type || (rapid.b && value_num(e->link->vals, "dhcp-rapid-commit", 1));
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

	if (!answers(e, m, &was.address))
		return;
	if (!read_lease(e, m)) {
		e->offer = was; /* what is asked for again; its values are not looked at */
		e->offer.vals = NULL;
		return;
	}
	e->nhop = f->nfrom;
	(void)memcpy(e->hop, f->from, sizeof(e->hop));
	client_lease(&e->client, e->client.sent, e->offer.renew, e->offer.rebind, e->offer.seconds);
	event(e, GOT_ACK, now);
}

static void
hear_nak(struct lessee *e, const struct message *m, long long now)
{
	struct blob server = message_option(m, OPTION_SERVER, e->other);
	struct ip ip = { .family = AF_INET, .len = 32 };

	if (server.n != 4)
		return;
	(void)memcpy(ip.b, server.b, 4);
	if (ask_refuses(e->link, &ip))
		drop_packet(e, "a NAK of a server that dhcp-server refuses");
	else if (e->client.state == REQUESTING && memcmp(ip.b, e->offer.server.b, 4) != 0)
		drop_packet(e, "a NAK of another server");
	else
		event(e, GOT_NAK, now);
}

static bool
is_ours(const struct lessee *e, const struct message *m)
{
	struct blob id = message_option(m, OPTION_CLIENT_ID, e->other);

	return m->xid == e->client.xid && m->hlen >= e->who.hlen &&
	       !memcmp(m->chaddr, e->who.chaddr, e->who.hlen) &&
	       /* RFC 6842: a server that repeats the client's id repeats the client's */
	       (!id.b || (id.n == e->who.nid && !memcmp(id.b, e->who.id, id.n)));
}

static void
hear_packet(struct lessee *e, const uint8_t *packet, size_t n, const struct wire_frame *f,
	long long now)
{
	const uint8_t *payload;
	struct udp_ends ends;
	struct message m;
	const char *why = udp_unwrap(packet, n, f->offloaded, &ends, &payload, &n);

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

void
lessee_claimed(struct lessee *e, enum claim_do what, long long now)
{
	if (what == CLAIM_LOST && e->client.leased) {
		const struct origin o = at(e);

		diag_warn(&o, "%s is somebody else's, too",
			address_text(&e->lease.address, e->other));
		event(e, GOT_CONFLICT, now);
	} else if (what == CLAIM_LOST) {
		if (e->fallback)
			forget(e);
		e->fallback = false;
		lessee_claim_local(e, now);
	} else if (what == CLAIM_WON && !e->client.leased) {
		const struct learning with = learning(e);

		mem_reset(e->mem);
		learn_fallback(e->want, e->link, e->claim.address, &with, e->mem);
		e->fallback = e->news = true;
	}
}

void
lessee_hear(struct lessee *e, long long now)
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
		if (n > 0)
			lessee_claim_step(e, claim_heard(&e->claim, buf, (size_t)n, now), now);
	}
	tell_state(e);
}

static bool
wants_fallback(const struct lessee *e)
{
	return value_num(e->link->vals, "dhcp-fallback", 0) && !e->no_fallback &&
	       e->client.state == SELECTING && !e->client.leased && e->arp < 0;
}

void
lessee_tick(struct lessee *e, long long now)
{
	enum client_do what;

	while ((what = client_tick(&e->client, now, lessee_noise(e))) != NOTHING)
		carry_out(e, what, now);
	if (wants_fallback(e) && now - e->client.began >= FALLBACK)
		lessee_claim_local(e, now);
	if (e->arp >= 0)
		lessee_claim_step(e, claim_tick(&e->claim, now, lessee_noise(e)), now);
	tell_state(e);
}

long long
lessee_next(const struct lessee *e)
{
	long long next = client_next(&e->client), other = CLIENT_NEVER;

	if (e->arp >= 0)
		other = claim_next(&e->claim);
	else if (wants_fallback(e))
		other = e->client.began + FALLBACK;
	return other < next ? other : next;
}

static uint32_t
carrier_changes(const struct link *h)
{
	const struct nlattr *a = link_attr(h, IFLA_CARRIER_CHANGES);

	return a && mnl_attr_get_payload_len(a) >= sizeof(uint32_t) ? mnl_attr_get_u32(a) : 0;
}

/* A lease of another identity is no longer ours. */
static void
check_identity(struct lessee *e)
{
	const struct value *id = value_named(e->lease.vals, "client-id");

	if (!id || !strcmp(id->text, ask_id_text(&e->who, e->other)))
		return;
	drop(e, false);
	e->client.leased = false;
}

static void
start(struct lessee *e, long long now)
{
	bool live = e->lease.vals && e->client.end > now && e->taken_over;

	e->no_fallback = false;
	if (ask_identity(&e->who, e->link) < 0 || lessee_open(e) < 0)
		return; /* the next event is another try */
	check_identity(e);
	event(e, !e->lease.vals ? GOT_CARRIER : live ? TAKEN_OVER : CAME_BACK, now);
	if (live)
		lessee_claim(e, e->lease.address.b, true, now);
	e->taken_over = false;
}

void
lessee_follow(struct lessee *e, long long now)
{
	const struct link *h = e->link->have;
	bool carries = h && h->flags & IFF_UP && h->flags & IFF_LOWER_UP;
	bool changed = h && (h->index != e->index || carrier_changes(h) != e->changes);

	if (e->watching || (carries && !changed && e->client.state != HALTED)) {
		tell_state(e);
		return;
	}
	if (e->client.state != HALTED)
		event(e, LOST_CARRIER, now);
	lessee_close(e);
	e->index = h ? h->index : 0;
	e->changes = h ? carrier_changes(h) : 0;
	if (carries)
		start(e, now);
	tell_state(e);
}

/* What an earlier nbs has left: a lease that still runs, or one to ask for again. */
static void
remember(struct lessee *e, long long now)
{
	const char *path = lease_file_path(e->link->ns->name, e->link->name, e->other);
	const struct value *boot, *mac;
	long long taken;

	if (lease_file_read(path, &e->lease, e->mem) < 0)
		return;
	taken = (long long)value_num(e->lease.vals, "taken", 0);
	boot = value_named(e->lease.vals, "boot");
	if (!boot || strcmp(boot->text, lease_file_boot(e->other)) != 0 || taken > now)
		return; /* its times are of another clock */
	client_lease(&e->client, taken, e->lease.renew, e->lease.rebind, e->lease.seconds);
	if (e->client.end <= now && !is_forever(e))
		return;
	if ((mac = value_named(e->lease.vals, "server-mac"))) {
		e->nhop = mac->bytes.n < WIRE_ADDRESS ? mac->bytes.n : WIRE_ADDRESS;
		(void)memcpy(e->hop, mac->bytes.b, e->nhop);
	}
	e->client.leased = e->taken_over = e->learnt = true;
	learn(e);
}

struct lessee *
lessee_new(struct world *w, struct model *want, struct link *l, bool watching, const char *hostname,
	long long now)
{
	struct lessee *e = calloc(1, sizeof(*e));

	if (!e)
		return NULL;
	*e = (struct lessee) { .want = want,
		.link = l,
		.world = w,
		.watching = watching,
		.applied_name = hostname,
		.mem = mem_new(),
		.other = mem_new(),
		.wire = -1,
		.port = -1,
		.arp = -1 };
	e->client.timer = CLIENT_NEVER;
	remember(e, now);
	tell_state(e);
	return e;
}

void
lessee_free(struct lessee *e)
{
	learn_nothing(e->want, e->link);
	lessee_close(e);
	mem_free(e->mem);
	mem_free(e->other);
	free(e);
}

void
lessee_release(struct lessee *e, long long now)
{
	const struct link *h = e->link->have;

	e->index = h ? h->index : 0;
	if (h && e->client.leased && ask_identity(&e->who, e->link) == 0 &&
		(e->wire >= 0 || lessee_open(e) == 0))
		event(e, STOPPED, now);
	else
		drop(e, false);
	lessee_close(e);
}
