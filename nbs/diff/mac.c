#include "diff/mac.h"

#include "model/link.h"

/* The NIC that a link stands on by itself, by its parents or its first port; NULL if none is there. */
static const struct link *
nic_under(const struct link *l, unsigned depth)
{
	const struct value *ports = l ? link_value(l, "ports") : NULL;
	const struct link *found = NULL;

	if (!l || !depth)
		return NULL;
	if (l->kind->matched)
		return l->have;
	if (l->kind->raised)
		return nic_under(l->parent, depth - 1);
	for (const struct value *v = ports ? ports->items : NULL; v && !found; v = v->next)
		found = nic_under(v->link, depth - 1);
	return found;
}

const struct bytes *
mac_of_bridge(const struct link *l)
{
	const struct value *ports = link_value(l, "ports");

	for (const struct value *i = ports ? ports->items : NULL; i; i = i->next) {
		const struct link *h = nic_under(i->link, 16);

		if (h && h->permanent.n)
			return &h->permanent;
		if (h && h->mac.n)
			return &h->mac;
	}
	return NULL;
}
