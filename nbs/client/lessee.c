#include "client/lessee.h"

#include <errno.h>
#include <linux/if.h>
#include <linux/if_link.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include <libmnl/libmnl.h>

#include "base/mem.h"
#include "model/link.h"
#include "model/phrase.h"
#include "client/lease_file.h"
#include "client/lessee_do.h"
#include "client/lessee_hear.h"
#include "client/lessee_wire.h"

/* Milliseconds to wait for a server before an address of 169.254.0.0/16 is chosen. */
enum { FALLBACK = 3000 };

/* What is missing, in words; NULL when nothing is. */
static const char *
asking(const struct lessee *e)
{
	const struct link *h = e->link->have;

	if (e->mute || e->fallback || (e->client.leased && e->client.state != REBOOTING))
		return NULL; /* of the first, what is wrong has been said */
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
	e->asking = asking(e);
}

/* An address that stays for ever, though its lease does not, is not given up for one. */
static bool
wants_fallback(const struct lessee *e)
{
	return value_num(e->link->vals, "dhcp-fallback", 0) && !e->no_fallback &&
	       e->client.state == SELECTING && !e->client.leased && !e->learnt && e->arp < 0;
}

void
lessee_hear(struct lessee *e, long long now)
{
	lessee_hear_packets(e, now);
	tell_state(e);
}

void
lessee_tick(struct lessee *e, long long now)
{
	bool asked = e->client.state == REQUESTING;
	enum client_do what;

	mem_reset(e->other); /* see hear_packet */
	while ((what = client_tick(&e->client, now, lessee_noise(e))) != NOTHING)
		lessee_do(e, what, now);
	if (asked && e->client.state == SELECTING)
		lessee_shun(e, now);
	if (wants_fallback(e) && now - e->client.began >= FALLBACK) {
		lessee_claim_local(e, now);
		e->no_fallback = e->arp < 0; /* the link has no ARP */
	}
	if (e->arp >= 0)
		lessee_claim_on(e, claim_tick(&e->claim, now, lessee_noise(e)), now);
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
	lessee_drop(e, false);
	e->client.leased = false;
}

/* Without a packet socket there is nothing to ask with: said once. */
static void
tell_mute(struct lessee *e, int code)
{
	const struct origin o = lessee_at(e);

	if (!e->mute && !e->who.nall)
		diag(&o, "it has no hardware address that DHCP knows");
	else if (!e->mute)
		diag(&o, "no packet socket: %s%s", strerror(code),
			code == EAFNOSUPPORT ? "; is af_packet in this kernel?" : "");
	e->mute = true;
}

static void
start(struct lessee *e, long long now)
{
	uint8_t local[4];
	bool live;

	e->no_fallback = false;
	if (ask_identity(&e->who, e->link) < 0 || lessee_open(e) < 0) {
		tell_mute(e, errno);
		return; /* the next event is another try */
	}
	e->mute = false;
	check_identity(e);
	live = e->lease.vals && e->client.end > now && e->taken_over;
	lessee_on(e, !e->lease.vals ? GOT_CARRIER : live ? TAKEN_OVER : CAME_BACK, now);
	e->owned = e->owned || live;
	if (live)
		lessee_claim(e, e->lease.address.b, !e->hold, now);
	if (live && e->hold)
		lessee_tell(e, "took over");
	if (e->fallback) {
		(void)memcpy(local, e->claim.address, sizeof(local));
		lessee_claim(e, local, true, now);
	}
	e->taken_over = false;
}

/*
 * The address that an earlier nbs has fallen back to is still there: it goes on
 * being used and defended, while a server is asked.
 */
static void
remember_fallback(struct lessee *e)
{
	const struct link *h = e->link->have;
	const struct ip *ip;

	if (!h || e->fallback || e->client.leased || !value_num(e->link->vals, "dhcp-fallback", 0))
		return;
	for (const struct phrase *p = h->said[ADDRESS]; p; p = p->next) {
		ip = phrase_ip(p, "local");
		if (!ip || ip->family != AF_INET || ip->b[0] != 169 || ip->b[1] != 254 ||
			value_num(p->vals, "valid-lft", UINT32_MAX) != UINT32_MAX)
			continue;
		(void)memcpy(e->claim.address, ip->b, sizeof(e->claim.address));
		lessee_fall_back(e, e->claim.address);
		return;
	}
}

/* Another link by now, or another address, or its carrier has been away. */
static bool
has_changed(const struct lessee *e, const struct link *h)
{
	return h->index != e->index || carrier_changes(h) != e->changes || h->mac.n != e->mac.n ||
	       memcmp(h->mac.b, e->mac.b, e->mac.n) != 0;
}

static void
lose_carrier(struct lessee *e, long long now)
{
	const struct origin o = lessee_at(e);

	diag_step(&o, "the carrier is lost, or was away");
	lessee_on(e, LOST_CARRIER, now);
}

/* The link of the target, or a stub where that has none by now. */
static void
point_to(struct lessee *e, const struct model *target)
{
	const struct link *l = model_named(target, e->section);
	const struct value *name = value_named(target->vals, "hostname");

	e->link = l && link_asks(l) ? l : &e->stub;
	if (e->link == l)
		e->forever = value_num(l->vals, "dhcp-lifetime", 0);
	if (name && name->leased && name->link == e->link)
		(void)snprintf(e->named, sizeof(e->named), "%s", name->text); /* fits */
}

bool
lessee_follow(struct lessee *e, const struct model *target, const struct model *have)
{
	const struct link *h;
	const long long now = have->now;
	bool carries, changed;

	point_to(e, target);
	h = e->link->have;
	carries = h && h->flags & IFF_UP && h->flags & IFF_LOWER_UP;
	changed = h && has_changed(e, h);
	if (!e->have)
		remember_fallback(e);
	e->have = have;
	if (e->watching || (carries && !changed && e->client.state != HALTED)) {
		tell_state(e);
		return e->link != &e->stub && e->asking != e->link->asking;
	}
	if (e->client.state != HALTED)
		lose_carrier(e, now);
	lessee_close(e);
	e->index = h ? h->index : 0;
	e->changes = h ? carrier_changes(h) : 0;
	e->mac = h ? h->mac : (struct bytes) { 0 };
	if (carries)
		start(e, now);
	else
		e->taken_over = false; /* whose network it will be on is to be asked */
	tell_state(e);
	return e->link != &e->stub && e->asking != e->link->asking;
}

/* What an earlier nbs has left: a lease that still runs, or one to ask for again. */
static void
remember(struct lessee *e, const char *text, long long now)
{
	const char *path = lease_file_path(e->space, e->name, e->other);
	const struct value *boot, *mac;
	long long taken;

	if (lease_file_read(path, text, &e->lease, e->mem) < 0)
		return;
	if (ask_refuses(e->link, &e->lease.server)) {
		e->lease.vals = NULL;
		return;
	}
	taken = (long long)value_num(e->lease.vals, "taken", 0);
	boot = value_named(e->lease.vals, "boot");
	if (!boot || strcmp(boot->text, lease_file_boot(e->other)) != 0 || taken > now)
		return; /* its times are of another clock */
	client_lease(&e->client, taken, e->lease.renew, e->lease.rebind, e->lease.seconds);
	if (e->client.end <= now && !e->forever)
		return;
	if ((mac = value_named(e->lease.vals, "server-mac"))) {
		e->nhop = mac->bytes.n < WIRE_ADDRESS ? mac->bytes.n : WIRE_ADDRESS;
		(void)memcpy(e->hop, mac->bytes.b, e->nhop);
	}
	e->client.leased = e->taken_over = e->learnt = true;
	lessee_learn(e);
}

struct lessee *
lessee_new(struct world *w, const struct link *l, const struct lessee_terms *t, long long now)
{
	struct lessee *e = calloc(1, sizeof(*e));

	if (!e)
		return NULL;
	*e = (struct lessee) { .link = l,
		.world = w,
		.watching = t->watching,
		.hold = t->hold,
		.unwritten = t->text != NULL,
		.applied_name = t->hostname,
		.forever = value_num(l->vals, "dhcp-lifetime", 0),
		.names = mem_new(),
		.mem = mem_new(),
		.other = mem_new(),
		.wire = -1,
		.port = -1,
		.arp = -1 };
	e->section = mem_text(e->names, l->section, strlen(l->section));
	e->space = mem_text(e->names, l->ns->name, strlen(l->ns->name));
	e->name = mem_text(e->names, l->name, strlen(l->name));
	e->nowhere.name = e->space;
	e->stub = (struct link) {
		.kind = l->kind, .ns = &e->nowhere, .name = e->name, .section = e->section
	};
	e->client.timer = CLIENT_NEVER;
	remember(e, t->text, now);
	tell_state(e);
	return e;
}

void
lessee_free(struct lessee *e)
{
	lessee_close(e);
	mem_free(e->names);
	mem_free(e->mem);
	mem_free(e->other);
	free(e);
}

void
lessee_release(struct lessee *e, long long now)
{
	const struct link *h = e->link->have;
	const struct value *id = value_named(e->lease.vals, "client-id");

	e->index = h ? h->index : 0;
	if (h && e->client.leased && id && ask_identity(&e->who, e->link) == 0 &&
		(e->wire >= 0 || lessee_open(e) == 0)) {
		ask_identity_as(&e->who, id->text); /* that it was given to */
		lessee_on(e, STOPPED, now);
	} else {
		lessee_drop(e, false);
	}
	lessee_close(e);
}

struct grant
lessee_grant(const struct lessee *e, const struct model *found, struct mem *mem)
{
	return (struct grant) {
		.section = e->section,
		.lease = e->granted.vals && !e->fallback ? &e->granted : NULL,
		.local = e->fallback ? e->claim.address : NULL,
		.asking = e->asking,
		.with = { .file = lease_file_path(e->space, e->name, mem),
			.until = e->forever || e->client.end == CLIENT_NEVER ? 0 : e->client.end,
			.now = found->now,
			.hostname = found->hostname,
			.applied = *e->named ? e->named : e->applied_name },
	};
}
