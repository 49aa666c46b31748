#include "diff/lower.h"

#include <linux/neighbour.h>
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>

#include "model/phrase.h"

static void
put_back(struct diff *d, struct link *l, struct phrase *p)
{
	struct step *s = plan_add(d->plan, PUTTING_BACK, PUT_BACK, l->ns, l);

	s->said = p;
	s->raw = p->raw;
}

void
lower_settle(struct diff *d)
{
	struct step **s = &d->plan->first[PUTTING_BACK];

	while (*s)
		if ((*s)->verb == PUT_BACK && (*s)->said->gone) {
			*s = (*s)->next;
			d->plan->n--;
		} else {
			s = &(*s)->next;
		}
	d->plan->last[PUTTING_BACK] = s;
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
	       c->flags & IFF_UP && c->info && !strcmp(c->info, "vlan");
}

/* Puts back what a link loses by going down, and what stands on it. */
static void
put_back_all(struct diff *d, struct link *l, struct link *h)
{
	for (struct phrase *p = h->said[ADDRESS]; p; p = p->next)
		if (!p->foreign && value_named(p->vals, "local")->ip.family != AF_INET)
			put_back(d, l, p);
	for (struct phrase *p = h->ns->said[ROUTE]; p; p = p->next)
		if (!p->foreign && p->link == h)
			put_back(d, l, p);
	for (struct phrase *p = h->said[NEIGHBOR]; p; p = p->next)
		if (is_lasting(p))
			put_back(d, l, p);
	for (struct link *c = d->have->links; c; c = c->next)
		if (goes_along(c, h))
			put_back_all(d, l, c);
}

void
lower_link(struct diff *d, struct link *l, enum phase phase)
{
	struct link *h = l->have;

	if (!h || l->lowering || !(h->flags & IFF_UP))
		return;
	l->lowering = true;
	plan_add(d->plan, phase, LOWER, l->ns, l)->was = h->name;
	put_back_all(d, l, h);
}
