/* What the kernel has of a link where nobody says anything. */
#include <linux/if.h>
#include <linux/if_arp.h>
#include <linux/if_ether.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <libmnl/libmnl.h>
#include <string.h>

#include "base/mem.h"
#include "target/mac.h"
#include "dump/parts.h"
#include "key/type.h"
#include "model/link.h"
#include "model/phrase.h"

/* The number that a new link of this kind has; of those without one of their own, another. */
static uint64_t
initial(const struct link *l, const struct value *v, uint64_t other)
{
	for (const struct initial *i = l->kind->initials; i && i->key; i++)
		if (!strcmp(i->key, v->key->name))
			return i->num;
	return other;
}

static uint64_t
number(const struct link *l, const char *key, uint64_t other)
{
	struct value v;

	return l && link_read(l->have, key_find(&common_keys, key), &v, NULL) ? v.num : other;
}

static bool
is_mac(const struct bytes *a, const struct bytes *b)
{
	return a->n == b->n && !memcmp(a->b, b->b, a->n);
}

/* A bond gives its address to its ports, a parent to its VLANs. */
static bool
usual_mac(const struct dumping *d, const struct link *l, const struct value *v)
{
	const struct link *h = l->have;

	(void)d;
	if (l->master && l->master->kind->leads_ports && is_mac(&v->bytes, &l->master->have->mac))
		return true;
	if (l->kind->raised && is_mac(&v->bytes, &l->parent->have->mac))
		return true;
	if (l->failed)
		return true;
	if (l->kind->follows_ports && mac_of_ports(l, NULL, NULL))
		return is_mac(&v->bytes, mac_of_ports(l, NULL, NULL));
	return h->permanent.n ? is_mac(&v->bytes, &h->permanent) : !h->mac_set;
}

static bool
usual_broadcast(const struct dumping *d, const struct link *l, const struct value *v)
{
	static const uint8_t all[6] = { 255, 255, 255, 255, 255, 255 };
	struct value below;

	(void)d;
	if (l->failed || dump_type(l) != ARPHRD_ETHER)
		return true;
	if (l->parent && link_read(l->parent->have, v->key, &below, NULL))
		return is_mac(&v->bytes, &below.bytes);
	return v->bytes.n == sizeof(all) && !memcmp(v->bytes.b, all, sizeof(all));
}

/* The smallest of a number that a link's ports have: a bridge follows them. */
static uint64_t
least_of_ports(const struct dumping *d, const struct link *l, const char *key, uint64_t least)
{
	for (const struct link *p = d->out->links; p; p = p->next)
		if (p->master == l && number(p, key, least) < least)
			least = number(p, key, least);
	return least;
}

static bool
usual_mtu(const struct dumping *d, const struct link *l, const struct value *v)
{
	uint64_t least;

	if (l->failed || v->num == value_num(l->have->names, "mtu", 0))
		return true;
	if (l->parent)
		return v->num == number(l->parent, "mtu", v->num);
	if (l->master && l->master->kind->leads_ports)
		return v->num == number(l->master, "mtu", v->num);
	least = l->kind->follows_ports ? least_of_ports(d, l, "mtu", UINT32_MAX) : UINT32_MAX;
	return v->num == (least < UINT32_MAX ? least : initial(l, v, ETH_DATA_LEN));
}

static bool
usual_queue(const struct dumping *d, const struct link *l, const struct value *v)
{
	(void)d;
	return l->failed || v->num == initial(l, v, 1000); /* DEFAULT_TX_QUEUE_LEN */
}

/* What is below, or a device's own limits, decides. */
static bool
usual_offload(const struct dumping *d, const struct link *l, const struct value *v)
{
	const char *key = v->key->name;
	const uint64_t most = !strcmp(key, "gso-max-segs") ? 65535 : 65536;

	if (l->failed || v->num == most || (l->kind->matched && v->num < most))
		return true;
	return (l->parent && v->num == number(l->parent, key, 0)) ||
	       v->num == least_of_ports(d, l, key, most);
}

/* veth_get_num_queues(): one for each processor */
static bool
usual_queues(const struct dumping *d, const struct link *l, const struct value *v)
{
	if (l->peer)
		return v->num == 1 || !d->have->cpus || v->num == d->have->cpus;
	return v->num == initial(l, v, 1) || link_made_via(l->kind) != RTNETLINK || l->parent;
}

/* A VLAN begins with what its parent has then. */
static bool
usual_flag(const struct dumping *d, const struct link *l, const struct value *v)
{
	(void)d;
	if (l->kind->raised)
		return v->num == number(l->parent, v->key->name, v->num);
	return l->failed || v->num == initial(l, v, 1);
}

/* Found out by all that do not begin with one. */
static bool
usual_carrier(const struct dumping *d, const struct link *l, const struct value *v)
{
	(void)d;
	return v->num == initial(l, v, v->num);
}

static bool
usual_mode(const struct dumping *d, const struct link *l, const struct value *v)
{
	(void)d;
	return !v->num || l->have->radio;
}

/* br_set_state(): with a carrier a port forwards, and with STP it does as the others say. */
static bool
usual_state(const struct dumping *d, const struct link *l, const struct value *v)
{
	struct value stp;

	if (link_read(l->master->have, link_key(l->master, "stp"), &stp, d->mem) && stp.num)
		return true;
	return v->num == 3 || !(l->have->flags & IFF_RUNNING);
}

/* port_cost() of net/bridge/br_if.c, by the speed of the port. */
static bool
usual_cost(const struct dumping *d, const struct link *l, const struct value *v)
{
	static const uint16_t costs[] = { 1, 2, 3, 4, 5, 19, 100 };

	(void)d;
	(void)l;
	for (size_t i = 0; i < LEN(costs); i++)
		if (v->num == costs[i])
			return true;
	return false;
}

/* br_recalculate_group_addr(): that of providers' bridges ends in 8. */
static bool
usual_group(const struct dumping *d, const struct link *l, const struct value *v)
{
	struct value protocol;

	if (!link_read(l->have, link_key(l, "vlan-protocol"), &protocol, d->mem) ||
		protocol.num != ETH_P_8021AD)
		return v->bytes.b[5] == 0;
	return v->bytes.b[5] == 0 || v->bytes.b[5] == 8;
}

static bool
always(const struct dumping *d, const struct link *l, const struct value *v)
{
	(void)d;
	(void)l;
	(void)v;
	return true;
}

static const struct {
	const char *key;
	bool (*usual)(const struct dumping *, const struct link *, const struct value *);
} rules[] = {
	{ "mac", usual_mac }, { "broadcast-mac", usual_broadcast }, { "mtu", usual_mtu },
	{ "txqueuelen", usual_queue }, { "gso-max-size", usual_offload },
	{ "gso-max-segs", usual_offload }, { "gro-max-size", usual_offload },
	{ "num-tx-queues", usual_queues }, { "num-rx-queues", usual_queues }, { "arp", usual_flag },
	{ "multicast", usual_flag }, { "carrier", usual_carrier }, { "link-mode", usual_mode },
	{ "state", usual_state }, { "cost", usual_cost }, { "group-address", usual_group },
	{ "active-slave", always }, /* the bond's own choice */
};

static bool
is_text(const struct value *v, const char *text, size_t len, struct mem *mem)
{
	struct value w = { 0 };

	return key_parse(v->key, &w, mem_text(mem, text, len), mem) == 0 &&
	       v->key->type->same(v->key, &w, v);
}

/* Some standards are "1500, or 0 when stp is off": where nbs sets none of them, either is. */
static bool
is_standard(const struct value *v, struct mem *mem)
{
	static const char mark[] = ", or ";
	const char *text = v->key->standard, *other = text ? strstr(text, mark) : NULL;

	if (!other)
		return text && is_text(v, text, strlen(text), mem);
	if (is_text(v, text, (size_t)(other - text), mem))
		return true;
	other += strlen(mark);
	return is_text(v, other, strcspn(other, " "), mem);
}

bool
dump_is_usual(const struct dumping *d, const struct link *l, const struct value *v)
{
	for (size_t i = 0; i < LEN(rules); i++)
		if (!strcmp(v->key->name, rules[i].key))
			return rules[i].usual(d, l, v);
	return is_standard(v, d->mem);
}
