#include "diff/lower.h"

#include <linux/if_addr.h>
#include <linux/neighbour.h>
#include <net/if.h>
#include <sys/socket.h>

#include "base/mem.h"
#include "kind/kind.h"
#include "model/phrase.h"

static void
put_back(struct diff *d, const struct link *l, const struct phrase *p)
{
	struct step *s = plan_add(d->plan, PUTTING_BACK, PUT_BACK, l->ns, l);

	s->said = p;
	s->raw = p->raw;
}

/* A found link by the name that it has at the end of the plan. */
static const struct link *
renamed(const struct diff *d, const struct link *h)
{
	const char *name = NULL;
	struct link *l;

	for (const struct step *s = h ? d->plan->first[MOVES] : NULL; s; s = s->next)
		if (s->verb == RENAME_LINK && s->link == h)
			name = s->text;
	if (!name)
		return h;
	l = mem_get(d->plan->mem, sizeof(*l));
	*l = *h;
	l->name = name;
	return l;
}

/* The message has the index of a link, but a command its name. */
static const struct phrase *
with_new_names(const struct diff *d, const struct phrase *p)
{
	struct phrase *copy = mem_get(d->plan->mem, sizeof(*copy));
	struct nexthop **hop = &copy->hops;

	*copy = *p;
	copy->link = renamed(d, p->link);
	for (const struct nexthop *h = p->hops; h; h = h->next, hop = &(*hop)->next) {
		*hop = mem_get(d->plan->mem, sizeof(**hop));
		**hop = *h;
		(*hop)->link = renamed(d, h->link);
	}
	return copy;
}

void
lower_settle(struct diff *d)
{
	struct step **s = &d->plan->first[PUTTING_BACK];

	while (*s) {
		if ((*s)->verb == PUT_BACK && plan_marked(d->plan, (*s)->said, GONE)) {
			*s = (*s)->next;
			d->plan->n--;
			continue;
		}
		if ((*s)->verb == PUT_BACK && d->plan->first[MOVES])
			(*s)->said = with_new_names(d, (*s)->said);
		s = &(*s)->next;
	}
	d->plan->last[PUTTING_BACK] = s;
}

static const struct ip *
ip4_of(const struct phrase *address)
{
	const struct ip *ip = phrase_ip(address, "local");

	return ip && ip->family == AF_INET ? ip : NULL;
}

/* An address goes with the first one of its network: __inet_del_ifa(), promote_secondaries. */
static bool
goes_with_first(const struct diff *d, const struct link *h, const struct phrase *p)
{
	if (!(phrase_address_flags(p) & IFA_F_SECONDARY))
		return false;
	for (const struct phrase *a = h->said[ADDRESS]; a; a = a->next)
		if (plan_marked(d->plan, a, GONE) && ip4_of(a) &&
			!(phrase_address_flags(a) & IFA_F_SECONDARY) &&
			ip4_of(a)->len == ip4_of(p)->len && phrase_covers(ip4_of(a), ip4_of(p)))
			return true;
	return false;
}

/* With its last IPv4 address a link loses all its routes of IPv4: fib_inetaddr_event(). */
static void
put_back_routes(struct diff *d, const struct link *l, const struct link *h)
{
	for (const struct phrase *p = h->ns->said[ROUTE]; p; p = p->next) {
		const struct ip *to = phrase_ip(p, "dst");

		if (!p->foreign && !plan_marked(d->plan, p, GONE) && p->link == h && to &&
			to->family == AF_INET)
			put_back(d, l, p);
	}
}

static void
keep_link(struct diff *d, const struct link *l)
{
	const struct link *h = planned(d->plan, l)->have;
	bool loses = false, keeps = false;

	for (const struct phrase *p = h->said[ADDRESS]; p; p = p->next) {
		const bool gone = plan_marked(d->plan, p, GONE);

		if (!ip4_of(p))
			continue;
		if (!gone && goes_with_first(d, h, p))
			put_back(d, l, p);
		else
			keeps = keeps || !gone;
		loses = loses || gone;
	}
	if (loses && !keeps)
		put_back_routes(d, l, h);
}

void
lower_keep(struct diff *d)
{
	for (const struct link *l = d->want->links; l; l = l->next) {
		const struct planned *w = planned(d->plan, l);

		if (w->have && !w->lowering && !w->anew)
			keep_link(d, l);
	}
}

/* Somebody set it, other than the kernel, which forgets it when the link goes down. */
static bool
is_lasting(const struct phrase *neighbor)
{
	return value_num(neighbor->vals, "nud", 0) == NUD_PERMANENT ||
	       value_num(neighbor->vals, "proxy", 0);
}

/* The kernel lowers the VLANs of a link with it, and raises them again, bare. */
static bool
goes_along(const struct link *c, const struct link *h)
{
	return c->ns == h->ns && c->parent_index == h->index && !c->parent_ns &&
	       c->flags & IFF_UP && kind_of(c) && kind_of(c)->raised;
}

/* Puts back what a link loses by going down, and what stands on it. */
static void
put_back_all(struct diff *d, const struct link *l, const struct link *h)
{
	for (const struct phrase *p = h->said[ADDRESS]; p; p = p->next)
		if (!p->foreign && value_named(p->vals, "local")->ip.family != AF_INET)
			put_back(d, l, p);
	for (const struct phrase *p = h->ns->said[ROUTE]; p; p = p->next)
		if (!p->foreign && p->link == h)
			put_back(d, l, p);
	for (const struct phrase *p = h->said[NEIGHBOR]; p; p = p->next)
		if (is_lasting(p))
			put_back(d, l, p);
	for (const struct link *c = d->have->links; c; c = c->next)
		if (goes_along(c, h))
			put_back_all(d, l, c);
}

void
lower_link(struct diff *d, const struct link *l, enum phase phase)
{
	struct planned *w = planned(d->plan, l);
	const struct link *h = w->have;

	if (!h || w->lowering || !(h->flags & IFF_UP) || w->let_go)
		return;
	w->lowering = true;
	plan_add(d->plan, phase, LOWER, l->ns, l)->was = h->name;
	put_back_all(d, l, h);
}
