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
#include "model/phrase.h"

/* What a refusal may have been due to: when it changes, another try is worth it. */
static uint32_t
stamp_link(const struct link *l)
{
	uint32_t n = 0;

	if (!l || !l->have)
		return 0;
	for (const struct phrase *p = l->have->said[ADDRESS]; p; p = p->next)
		n++;
	return l->index * 31 + n * 7 + (l->have->flags & (IFF_UP | IFF_RUNNING | IFF_LOWER_UP));
}

static uint32_t
stamp(const struct phrase *p)
{
	uint32_t n = stamp_link(p->link) + 1;

	for (const struct phrase *h = p->hops; h; h = h->next)
		n = n * 31 + stamp_link(h->link);
	return n;
}

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
		if (!p->hops || !phrase_ip(p->hops, "via"))
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

static void
said(struct diff *d, enum phase phase, enum verb verb, struct phrase *p, const struct phrase *blame)
{
	struct step *s = plan_add(d->plan, phase, verb, p->ns, p->link);

	s->said = p;
	p->gone = verb == DROP_SAID;
	s->at = model_said_at(blame);
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
		for (const struct phrase *a = l->ns == p->ns->have ? l->said[ADDRESS] : NULL; a;
			a = a->next)
			if ((local = phrase_ip(a, "local")) &&
				!memcmp(local->b, src->b, sizeof(src->b)))
				return !is_tentative(a);
	return false;
}

/* True when all that the phrase leans on is there. */
static bool
can(const struct diff *d, const struct phrase *p)
{
	if (p->ns->failed || (p->link && (!p->link->index || p->link->failed)))
		return false;
	if (p->topic != ROUTE)
		return true;
	for (const struct phrase *h = p->hops; h; h = h->next)
		if (h->link && !seek_up(h->link))
			return false;
	return has_source(d, p);
}

/* Who clears a link of its addresses does it until none comes back: twice is no reason to give up. */
static bool
is_lost(struct phrase *p)
{
	enum { MANY = 2 };

	return p->sent && p->stamp == stamp(p) && p->lost++ == MANY;
}

/* The kernel took it, and it is not there: said once. */
static void
did_not_take(struct diff *d, struct phrase *p)
{
	const struct origin o = model_said_at(p);

	if (!p->told)
		diag(&o, "'%s': the kernel took it, and it is not there; left so",
			phrase_text(p, d->plan->mem));
	p->told = p->failed = true;
	p->stamp = stamp(p);
}

/* What the kernel made for itself is in the way of it: said once. */
static void
cannot(struct diff *d, struct phrase *p, const struct phrase *h)
{
	const struct origin o = model_said_at(p);

	if (!p->told)
		diag(&o, "'%s': in its place is the kernel's own '%s', left so",
			phrase_text(p, d->plan->mem), phrase_text(h, d->plan->mem));
	p->told = p->failed = true;
	p->stamp = stamp(p);
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
renew(const struct diff *d, struct phrase *p, const struct phrase *h)
{
	if (p->topic != ADDRESS || p->renewed || phrase_stays(h) || is_tentative(h) ||
		is_secondary(h) || !network_lost(d, p))
		return false;
	p->renewed = true;
	return true;
}

static void
set_life(struct phrase *p, const char *key, uint64_t seconds)
{
	struct value *v = value_named(p->vals, key);

	if (v)
		v->num = seconds;
}

/* What is left of the life that a lease gives; the kernel must not be the first to end it. */
static void
age(const struct diff *d, struct phrase *p)
{
	int64_t left = (p->until - d->have->now + 999) / 1000;

	if (!p->learnt)
		return;
	left = !p->until ? UINT32_MAX : left < 1 ? 1 : left < UINT32_MAX ? left : UINT32_MAX - 1;
	set_life(p, "valid-lft", (uint64_t)left);
	set_life(p, "preferred-lft", (uint64_t)left);
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

	if (!p->learnt || p->topic != ADDRESS)
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
	if (p->restored && p->topic == ROUTE && !phrase_equal(h, p))
		return false; /* it has a metric that only nbs gave it */
	return phrase_equal(p, h) || (p->learnt && p->topic == ADDRESS);
}

static void
one(struct diff *d, struct phrase *p)
{
	bool anew = p->link && p->link->anew;
	struct phrase *h;

	p->there = false;
	p->found = NULL;
	if (!can(d, p))
		return;
	h = anew ? NULL : seek_said(d, p);
	p->found = h;
	age(d, p);
	if (h && changes_in_place(p, h) && !p->sent && !p->failed) {
		said(d, ADDRESSES, SET_SAID, p, p);
		p->stamp = stamp(p);
		return;
	}
	if (h && is_good(p, h) && !renew(d, p, h)) {
		p->there = true;
		p->sent = p->failed = false;
		p->lost = 0;
		return;
	}
	if (p->failed && p->stamp == stamp(p))
		return;
	if (h && phrase_stays(h)) {
		cannot(d, p, h);
		return;
	}
	if (is_lost(p)) {
		did_not_take(d, p);
		return;
	}
	p->failed = false;
	if (h)
		said(d, UNDO_SAID, DROP_SAID, h, p);
	said(d, phase_of(p), ADD_SAID, p, p);
	p->stamp = stamp(p);
}

static void
all(struct diff *d, struct phrase *const *list)
{
	for (enum topic t = ADDRESS; t < TOPICS; t++)
		for (struct phrase *p = list[t]; p; p = p->next)
			one(d, p);
}

void
diff_said(struct diff *d)
{
	for (struct netns *n = d->want->spaces; n; n = n->next)
		all(d, n->said);
	for (struct link *l = d->want->links; l; l = l->next)
		if (!l->template)
			all(d, l->said);
}
