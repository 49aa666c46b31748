#include "diff/seek.h"

#include <net/if.h>

#include "model/phrase.h"

void
seek_index(struct diff *d)
{
	index_model(&d->routes, d->plan->mem, d->have, ROUTE);
	index_model(&d->wanted, d->plan->mem, d->want, ROUTE);
}

struct phrase *
seek_said(struct diff *d, const struct phrase *want)
{
	struct phrase *p;

	if (!want->ns->have)
		return NULL;
	if (want->topic == ROUTE)
		return index_find(&d->routes, want, want->ns->name);
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
