#include "target/mac.h"

#include <string.h>

#include "model/link.h"

/* The NIC that a link stands on by itself, by its parents or its first port; NULL if none is there. */
static const struct link *
nic_under(const struct link *l, struct link *const *links, unsigned depth)
{
	const struct value *ports;
	const struct link *found = NULL;

	if (l && links)
		l = links[l->place];
	if (!l || !depth)
		return NULL;
	if (l->kind->matched)
		return l->have;
	if (l->kind->raised)
		return nic_under(l->parent, links, depth - 1);
	ports = link_value(l, "ports");
	for (const struct value *v = ports ? ports->items : NULL; v && !found; v = v->next)
		found = nic_under(v->link, links, depth - 1);
	return found;
}

const struct bytes *
mac_of_ports(const struct link *l, struct link *const *links, const struct bytes *now)
{
	const struct value *ports = link_value(l, "ports");
	const struct bytes *first = NULL, *mac;

	for (const struct value *i = ports ? ports->items : NULL; i; i = i->next) {
		const struct link *h = nic_under(i->link, links, 16);

		mac = !h ? NULL : h->permanent.n ? &h->permanent : h->mac.n ? &h->mac : NULL;
		if (mac && now && mac->n == now->n && !memcmp(mac->b, now->b, now->n))
			return mac;
		first = first ? first : mac;
	}
	return first;
}
