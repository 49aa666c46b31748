#include "diff/seek.h"

#include <net/if.h>
#include <string.h>

#include "base/mem.h"
#include "model/phrase.h"

/* Room for twice the routes there are, a power of two. */
static size_t
buckets_for(const struct model *have)
{
	size_t n = 0, size = 16;

	for (const struct netns *s = have->spaces; s; s = s->next)
		for (const struct phrase *p = s->said[ROUTE]; p; p = p->next)
			n++;
	while (size < 2 * n)
		size *= 2;
	return size;
}

void
seek_index(struct diff *d)
{
	size_t i;

	d->buckets = buckets_for(d->have);
	d->routes = mem_get(d->plan->mem, d->buckets * sizeof(*d->routes));
	for (struct netns *s = d->have->spaces; s; s = s->next)
		for (struct phrase *p = s->said[ROUTE]; p; p = p->next) {
			i = phrase_hash(p) & (d->buckets - 1);
			p->chain = d->routes[i];
			d->routes[i] = p;
		}
}

static struct phrase *
find_route(struct diff *d, const struct phrase *want)
{
	struct phrase *p = d->routes[phrase_hash(want) & (d->buckets - 1)];

	while (p && (p->ns != want->ns->have || !phrase_same(want, p)))
		p = p->chain;
	return p;
}

struct phrase *
seek_said(struct diff *d, const struct phrase *want)
{
	struct phrase *p;

	if (!want->ns->have)
		return NULL;
	if (want->topic == ROUTE)
		return find_route(d, want);
	if (want->topic == RULE)
		p = want->ns->have->said[RULE];
	else
		p = want->link->have ? want->link->have->said[want->topic] : NULL;
	while (p && !phrase_same(want, p))
		p = p->next;
	return p;
}

bool
seek_up(const struct link *l)
{
	return l->index && (l->raising || (l->have && l->have->flags & IFF_UP && !l->lowering));
}
