#include "diff/seek.h"

#include <net/if.h>

#include "model/phrase.h"

const struct phrase *
seek_entry(const struct diff *d, const struct phrase *p, const struct netns *ns,
	const struct link *link)
{
	const struct phrase *h = link ? link->said[p->topic] : NULL;

	if (!ns)
		return NULL;
	if (p->topic == ROUTE)
		return index_find(&d->routes, p, ns->name);
	if (p->topic == RULE)
		h = ns->said[RULE];
	while (h && !phrase_same(p, h))
		h = h->next;
	return h;
}

bool
seek_up(const struct diff *d, const struct link *l)
{
	const struct planned *w = planned(d->plan, l);

	return w->index &&
	       (w->raising || (w->have && w->have->flags & IFF_UP && !w->lowering && !w->let_go));
}
