/* Addresses, routes, rules, neighbours and forwarding entries. */
#include <linux/if_addr.h>
#include <linux/if.h>
#include <linux/if_link.h>
#include <string.h>
#include <sys/socket.h>

#include "base/mem.h"
#include "diff/network.h"
#include "diff/parts.h"
#include "diff/seek.h"
#include "model/link.h"
#include "key/type.h"
#include "model/phrase.h"

static enum phase
phase_of(const struct phrase *p)
{
	const struct ip *ip;

	switch (p->topic) {
	case ADDRESS:
		/* the kernel makes the network's route for lasting IPv6 addresses only when raised */
		ip = phrase_ip(p, "local");
		return ip->family == AF_INET6 &&
		                       value_num(p->vals, "valid-lft", UINT32_MAX) != UINT32_MAX
		               ? PUTTING_BACK
		               : ADDRESSES;
	case ROUTE:
		if (!p->hops || !phrase_via(p->hops))
			return NEAR_ROUTES;
		return value_named(p->vals, "dst")->ip.len ? FAR_ROUTES : GATEWAYS;
	case FDB:
		return ADDRESSES;
	case RULE:
	case NEIGHBOR:
	case TOPICS:
		break;
	}
	return RULES;
}

static struct step *
said(struct diff *d, enum phase phase, enum verb verb, const struct phrase *p,
	const struct phrase *blame)
{
	struct step *s = plan_add(d->plan, phase, verb, p->ns, p->link);

	s->said = p;
	s->at = model_said_at(blame);
	if (verb == DROP_SAID)
		plan_mark(d->plan, p, GONE);
	if (verb == ADD_SAID)
		plan_mark(d->plan, p, COMING);
	return s;
}

static bool
is_tentative(const struct phrase *p)
{
	return (phrase_address_flags(p) & (IFA_F_TENTATIVE | IFA_F_OPTIMISTIC)) == IFA_F_TENTATIVE;
}

/* The kernel refuses an IPv6 source address until it is known to be nobody else's. */
static bool
has_source(const struct diff *d, const struct phrase *p)
{
	const struct ip *src = phrase_ip(p, "src"), *local;

	if (!src || src->family != AF_INET6)
		return true;
	for (const struct link *l = d->have->links; l; l = l->next)
		for (const struct phrase *a = !strcmp(l->ns->name, p->ns->name) ? l->said[ADDRESS]
		                                                                : NULL;
			a; a = a->next)
			if ((local = phrase_ip(a, "local")) &&
				!memcmp(local->b, src->b, sizeof(src->b)))
				return !is_tentative(a);
	return false;
}

/* True when all that the entry leans on is there. */
static bool
can(const struct diff *d, const struct phrase *p)
{
	const struct planned *w = p->link ? planned(d->plan, p->link) : NULL;

	if (plan_space_failed(d->plan, p->ns) || (w && (!w->index || w->failed)))
		return false;
	if (p->topic != ROUTE)
		return true;
	for (const struct nexthop *h = p->hops; h; h = h->next)
		if (h->link && !seek_up(d, h->link))
			return false;
	return has_source(d, p);
}

/* Nothing more is done about it until what it leans on changes: said once. */
static void
refuse(struct diff *d, const struct phrase *p, const char *why)
{
	plan_refuse(d->plan, attempt_entry(p), plan_stamp(d->plan, p), model_said_at(p),
		mem_printf(d->plan->mem, "'%s': %s", phrase_text(p, d->plan->mem), why));
}

/*
 * Accepted, and not there.  Who clears a link of its addresses does it until none comes
 * back: twice is no reason to give up.  True when it is given up.
 */
static bool
is_lost(struct diff *d, const struct phrase *p, const struct attempt *a)
{
	enum { MANY = 2 };

	if (!a->accepted || a->stamp != plan_stamp(d->plan, p))
		return false;
	if (a->lost < MANY)
		plan_find(d->plan, a->id, a->stamp, true);
	else
		refuse(d, p, "the kernel took it, and it is not there; left so");
	return a->lost >= MANY;
}

/* Another address of its network came first, and has the route for both. */
static bool
is_secondary(const struct phrase *h)
{
	const struct ip *local = phrase_ip(h, "local");

	return local && local->family == AF_INET && phrase_address_flags(h) & IFA_F_SECONDARY;
}

/* An address that lost the route to its network gets it back by being added anew: tried once. */
static bool
renew(const struct diff *d, const struct phrase *p, const struct phrase *h, const struct attempt *a)
{
	return p->topic == ADDRESS && !a->renewed && !phrase_stays(h) && !is_tentative(h) &&
	       !is_secondary(h) && network_lost(d, p);
}

/*
 * What the kernel changes in place, so that no connection is lost: the metric of an
 * address of a lease, and its life, which is to end when the lease does.
 */
static bool
changes_in_place(const struct phrase *p, const struct phrase *h)
{
	/* seconds: both sides round up; on 32 bits the kernel counts to LONG_MAX / HZ */
	enum { SLACK = 1, LONGEST = 2000000 };
	uint64_t want = value_num(p->vals, "valid-lft", UINT32_MAX),
		 have = value_num(h->vals, "valid-lft", UINT32_MAX);

	if (!p->leased || p->topic != ADDRESS)
		return false;
	if ((want == UINT32_MAX) == (have == UINT32_MAX)) {
		want = want < LONGEST ? want : LONGEST;
		have = have < LONGEST ? have : LONGEST;
	}
	return value_num(p->vals, "metric", 0) != value_num(h->vals, "metric", 0) ||
	       (want > have ? want - have : have - want) > SLACK;
}

/*
 * The address of a lease is good as another program has left it, but for what
 * changes in place: without its broadcast address, a root on it still has a network.
 */
static bool
is_good(const struct phrase *p, const struct phrase *h)
{
	if (p->saved && p->topic == ROUTE && !phrase_equal(h, p))
		return false; /* it has a metric that only nbs gave it */
	return phrase_equal(p, h) || (p->leased && p->topic == ADDRESS);
}

static void
one(struct diff *d, const struct phrase *p)
{
	const struct planned *w = p->link ? planned(d->plan, p->link) : NULL;
	const struct attempt *a = attempts_of(d->plan->attempts, attempt_entry(p));
	const struct phrase now = plan_entry(d->plan, p, d->mem);
	const struct phrase *h = seek_entry(d, &now, d->plan->spaces[p->ns->place],
		w ? d->plan->by_place[p->link->place]->have : NULL);
	bool same = a->stamp == plan_stamp(d->plan, p), renews;

	if (h)
		plan_mark(d->plan, h, KEPT);
	if (h && !a->ours && !h->foreign)
		plan_mark(d->plan, h, OTHERS);
	if (w && w->anew && h && h->link == d->plan->by_place[p->link->place]->have)
		h = NULL; /* goes with the link */
	if (!can(d, p)) {
		plan_mark(d->plan, p, MISSING);
		return;
	}
	if (h && changes_in_place(p, h) && !(same && (a->accepted || a->refused))) {
		(void)said(d, ADDRESSES, SET_SAID, p, p);
		return;
	}
	renews = h && renew(d, p, h, a);
	if (h && is_good(&now, h) && !renews) {
		if (a->accepted || a->refused || a->lost)
			plan_find(d->plan, a->id, a->stamp, false);
		return;
	}
	plan_mark(d->plan, p, MISSING);
	if (a->refused && same)
		return;
	if (h && phrase_stays(h)) {
		refuse(d, p,
			mem_printf(d->plan->mem, "in its place is the kernel's own '%s', left so",
				phrase_text(h, d->plan->mem)));
		return;
	}
	if (is_lost(d, p, a))
		return;
	if (h)
		said(d, UNDO_SAID, DROP_SAID, h, p)->cause = p;
	said(d, phase_of(p), ADD_SAID, p, p)->renews = renews;
}

static void
all(struct diff *d, struct phrase *const *list)
{
	for (enum topic t = ADDRESS; t < TOPICS; t++)
		for (const struct phrase *p = list[t]; p; p = p->next) {
			one(d, p);
			mem_reset(d->mem);
		}
}

/* The address of a master of a port, at whatever height, that is the same; NULL. */
static const struct phrase *
of_master(const struct link *l, const struct phrase *h)
{
	enum { HIGH = 16 };
	const struct ip *ip = phrase_ip(h, "local"), *other;

	for (int i = 0; i < HIGH && (l = l->master); i++)
		for (const struct phrase *p = l->said[ADDRESS]; p; p = p->next)
			if ((other = phrase_ip(p, "local")) && ip && ip->family == other->family &&
				!memcmp(ip->b, other->b, sizeof(ip->b)))
				return p;
	return NULL;
}

/* What a port is sent its master receives: an address there is for its master to have. */
static void
move_to_master(struct diff *d, const struct link *l)
{
	const struct link *h = planned(d->plan, l)->have;

	for (const struct phrase *a = h ? h->said[ADDRESS] : NULL; a; a = a->next) {
		const struct phrase *p =
			a->foreign || plan_marked(d->plan, a, KEPT) ? NULL : of_master(l, a);

		if (!p)
			continue;
		plan_mark(d->plan, a, OTHERS);
		said(d, UNDO_SAID, DROP_SAID, a, p)->cause = p;
	}
}

void
diff_said(struct diff *d)
{
	for (const struct netns *n = d->want->spaces; n; n = n->next)
		all(d, n->said);
	for (const struct link *l = d->want->links; l; l = l->next)
		if (!l->template)
			all(d, l->said);
	for (const struct link *l = d->want->links; l; l = l->next)
		if (l->master && !l->template)
			move_to_master(d, l);
}

void
diff_port_addresses(struct diff *d)
{
	for (const struct link *l = d->want->links; l; l = l->next) {
		const struct link *h = l->master ? planned(d->plan, l)->have : NULL;
		struct origin at = model_at(l, NULL);

		for (const struct phrase *a = h ? h->said[ADDRESS] : NULL; a; a = a->next) {
			const struct ip *ip = phrase_ip(a, "local");

			if (a->foreign || !ip || type_is_link_local(ip) ||
				plan_marked(d->plan, a, GONE) || plan_marked(d->plan, a, KEPT))
				continue;
			plan_warn(d->plan, attempt_entry(a), at,
				mem_printf(d->plan->mem,
					"has %s, but as a port of %s it receives nothing: give the address to %s",
					value_text(value_named(a->vals, "local"), d->plan->mem),
					l->master->section, l->master->section));
		}
	}
}
