#include "diff/network.h"

#include <net/if.h>
#include <sys/socket.h>

#include "model/phrase.h"

enum { ADDRCONF_METRIC = 256 }; /* IP6_RT_PRIO_ADDRCONF, linux/ipv6_route.h */

/* The network that the route leads to: in IPv4 that of the other end, where there is one. */
static struct ip
network_of(const struct phrase *p)
{
	const struct value *peer = value_named(p->vals, "peer");
	struct ip net = value_named(p->vals, "local")->ip;

	if (peer && net.family == AF_INET)
		net = peer->ip;
	else if (peer)
		net.len = peer->ip.len; /* inet6_addr_add() */
	for (unsigned bit = net.len; bit < sizeof(net.b) * 8; bit++)
		net.b[bit / 8] &= (uint8_t) ~(0x80U >> bit % 8);
	return net;
}

/* Where the kernel makes one: not on lo, nor where a VRF has it in its own table. */
static bool
is_due(const struct diff *d, const struct phrase *p, const struct ip *net)
{
	const struct planned *w = planned(d->plan, p->link);
	const struct link *h = w->have;

	if (!h || !(h->flags & IFF_UP) || w->lowering || h->flags & IFF_LOOPBACK || h->master_index)
		return false;
	return net->len && net->len < (net->family == AF_INET ? 32 : 128) &&
	       !value_num(p->vals, "noprefixroute", 0);
}

bool
network_lost(const struct diff *d, const struct phrase *p)
{
	const struct ip net = network_of(p);
	uint64_t metric = value_num(p->vals, "metric", 0);
	struct value vals[] = {
		{ .key = key_find(&route_keys, "dst"), .ip = net, .next = &vals[1] },
		{ .key = key_find(&route_keys, "metric"), .num = metric },
	};
	const struct phrase route = { .topic = ROUTE, .ns = p->ns, .vals = vals };

	if (!metric && net.family == AF_INET6)
		vals[1].num = ADDRCONF_METRIC;
	return is_due(d, p, &net) && !index_find(&d->routes, &route, p->ns->name);
}
