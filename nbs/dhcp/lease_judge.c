/* What of a lease makes sense, whoever said it: a server, or the file that it was kept in. */
#include <arpa/inet.h>

#include "base/mem.h"
#include "dhcp/lease.h"
#include "dhcp/lease_parts.h"

void
doubt(struct doubts *d, const struct key *k, const struct value *v, const char *why)
{
	d->n++;
	if (!d->told)
		return;
	if (!why)
		why = mem_printf(d->mem, "expected %s", key_expects(k, d->mem));
	d->told(d->user, mem_printf(d->mem, "%s%s%s: %s", k->name, v ? " " : "",
				 v ? value_plain(v, d->mem) : "", why));
}

uint32_t
judge_number(const struct ip *ip)
{
	return (uint32_t)type_decode(&type_be32, ip->b);
}

/* The bits behind a prefix. */
static uint32_t
host_bits(uint8_t len)
{
	return len < 32 ? UINT32_MAX >> len : 0;
}

/* True when a network lies in another, or is it. */
static bool
lies_in(uint32_t net, uint8_t len, uint32_t other, uint8_t other_len)
{
	return len >= other_len && !((net ^ other) & ~host_bits(other_len));
}

uint8_t
judge_class(uint32_t a)
{
	return !(a & 0x80000000)                ? 8
	       : (a & 0xc0000000) == 0x80000000 ? 16
	       : (a & 0xe0000000) == 0xc0000000 ? 24
	                                        : 0;
}

const char *
judge_host(const struct ip *own, uint32_t a)
{
	uint32_t bits;

	/* "this network", loopback, multicast and class E: RFC 6890, 2.2.2; RFC 5771 */
	if (a >> 24 == 0 || a >> 24 == 127 || !judge_class(a))
		return "not an address of a host";
	/* a network of two has neither address: RFC 3021 */
	if (!own || own->len > 30 || !lies_in(a, 32, judge_number(own), own->len))
		return NULL;
	bits = host_bits(own->len);
	if (!(a & bits) || (a & bits) == bits)
		return "the network's own address, or its broadcast address";
	return NULL;
}

static const char *
judge_ip(const struct ip *own, struct value *v)
{
	return judge_host(own, judge_number(&v->ip));
}

static const char *
judge_router(const struct ip *own, struct value *v)
{
	return judge_number(&v->ip) == judge_number(own) ? "our own address" : judge_ip(own, v);
}

/* Anything but the highest address would only be a way to send elsewhere. */
static const char *
judge_broadcast(const struct ip *own, struct value *v)
{
	uint32_t highest = judge_number(own) | host_bits(own->len);

	return own->len > 30 || judge_number(&v->ip) != highest
	               ? "not the highest address of the network"
	               : NULL;
}

/* Where nobody is to be led: loopback, "this network", multicast and class E. */
static bool
is_nowhere(uint32_t net, uint8_t len)
{
	return lies_in(net, len, 0x7f000000, 8) || lies_in(net, len, 0, 8) ||
	       lies_in(net, len, 0xe0000000, 3);
}

/* Windows servers send host bits, which no route has. */
static void
cut_host_bits(struct ip *ip)
{
	(void)type_encode(&type_be32, judge_number(ip) & ~host_bits(ip->len), ip->b);
}

/* A route must not cut us off from our own link. */
static const char *
judge_route(const struct ip *own, struct value *v)
{
	cut_host_bits(&v->ip);
	if (is_nowhere(judge_number(&v->ip), v->ip.len))
		return "no destination";
	if (!v->to)
		return NULL;
	if (v->to == judge_number(own))
		return "its router is our own address";
	if (judge_host(own, v->to))
		return "its router is none";
	if (lies_in(judge_number(&v->ip), v->ip.len, judge_number(own), own->len))
		return "it leads into our own network";
	return NULL;
}

/* What has no test is good as it is: its type has seen to that. */
static const char *(*const tests[LEASE_ROWS])(const struct ip *own, struct value *) = {
	[BROADCAST] = judge_broadcast,
	[ROUTER] = judge_router,
	[ROUTES] = judge_route,
	[DNS] = judge_ip,
	[NTP] = judge_ip,
	[NEXT_SERVER] = judge_ip,
};

/* A copy; NULL after saying why it is left out. */
static struct value *
judge_one(enum lease_row row, const struct ip *own, const struct value *v, struct doubts *d)
{
	struct value *copy = mem_get(d->mem, sizeof(*copy));
	const char *why;

	*copy = *v;
	copy->next = NULL;
	if (!tests[row] || !(why = tests[row](own, copy)))
		return copy;
	doubt(d, v->key, v, why);
	return NULL;
}

static struct value *
judge_list(enum lease_row row, const struct ip *own, const struct value *v, struct doubts *d)
{
	struct value *list = mem_get(d->mem, sizeof(*list)), **last = &list->items, *item;
	size_t n = 0;

	*list = *v;
	list->next = list->items = NULL;
	for (v = v->items; v && n < LEASE_MOST; v = v->next, n++)
		if ((item = judge_one(row, own, v, d))) {
			*last = item;
			last = &item->next;
		}
	if (v)
		doubt(d, list->key, NULL, "a list of more than 64");
	return list->items ? list : NULL;
}

struct value *
judge_value(enum lease_row row, const struct ip *own, const struct value *v, struct doubts *d)
{
	return v->key->type == &type_list ? judge_list(row, own, v, d) : judge_one(row, own, v, d);
}
