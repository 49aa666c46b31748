/* Routes: those of the kernel, of routers, servers and routing programs are not the file's. */
#include <linux/rtnetlink.h>
#include <libmnl/libmnl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/mem.h"
#include "check/check.h"
#include "dump/parts.h"
#include "dump/said.h"
#include "key/msg.h"
#include "key/type.h"
#include "model/phrase.h"

/* RTPROT_GATED to RTPROT_EIGRP: programs that keep their routes themselves. */
static bool
is_kept(uint64_t protocol)
{
	static const uint8_t programs[] = { 8, 10, 11, 12, 13, 14, 15, 17, 18, 42, 99, 186, 187,
		188, 189, 192 };

	for (size_t i = 0; i < LEN(programs); i++)
		if (protocol == programs[i])
			return true;
	return false;
}

/* A tunnel within a hop, another destination: what a phrase cannot say. */
static bool
is_beyond(const struct phrase *p)
{
	static const int attrs[] = { RTA_ENCAP, RTA_NEWDST, RTA_IIF };
	const size_t skip = NLMSG_HDRLEN + MNL_ALIGN(sizeof(struct rtmsg));
	const char *from = (const char *)p->raw + skip;
	const struct nlattr *multi;
	const struct rtnexthop *nh;
	int left;

	for (size_t i = 0; i < LEN(attrs); i++)
		if (msg_find(from, p->raw->nlmsg_len - skip, attrs[i]))
			return true;
	if (!(multi = msg_find(from, p->raw->nlmsg_len - skip, RTA_MULTIPATH)))
		return false;
	nh = mnl_attr_get_payload(multi);
	left = mnl_attr_get_payload_len(multi);
	for (; RTNH_OK(nh, left); left -= RTNH_ALIGN(nh->rtnh_len), nh = RTNH_NEXT(nh))
		if (msg_find(RTNH_DATA(nh), nh->rtnh_len - sizeof(*nh), RTA_ENCAP))
			return true;
	return false;
}

static bool
has_hops(const struct phrase *p)
{
	switch (value_num(p->vals, "type", RTN_UNICAST)) {
	case RTN_BLACKHOLE:
	case RTN_UNREACHABLE:
	case RTN_PROHIBIT:
	case RTN_THROW:
		return false;
	default: /* the kernel's words, of which there may be more */
		return p->hops;
	}
}

static void
take_hop_values(struct dumping *d, struct nexthop *hop, const struct nexthop *from, bool alone)
{
	const struct value *v;

	for (size_t i = 0; i < hop_keys.n; i++)
		if ((v = value_of(from->vals, &hop_keys.keys[i])) &&
			!(v->key->type->bare && !v->num) &&
			!(alone && !strcmp(v->key->name, "weight")))
			dump_add(d, &hop->vals, v);
}

/* Hops over links of the file; NULL where one is over another. */
static struct nexthop *
copy_hops(struct dumping *d, const struct phrase *from, struct netns *n)
{
	struct nexthop *all = NULL, **last = &all, *hop;

	for (const struct nexthop *h = from->hops; h; h = h->next) {
		hop = mem_get(d->mem, sizeof(*hop));
		hop->link = h->link ? model_indexed(n, h->link->index) : NULL;
		if (!hop->link)
			return NULL;
		take_hop_values(d, hop, h, !from->hops->next);
		*last = hop;
		last = &hop->next;
	}
	return all;
}

/* Why a route is not the file's; "" where that need not be said, NULL where it is. */
static const char *
why_not(const struct dumping *d, const struct link *l, const struct phrase *from, struct phrase *p)
{
	const uint64_t protocol = value_num(from->vals, "protocol", 0);

	if (l && dump_is_applied(d, l, from))
		return l->have->names && protocol == RTPROT_DHCP ? "" : NULL;
	if (protocol == RTPROT_DHCP)
		return l && l->have->names ? "" : "of a DHCP client";
	if (is_beyond(from))
		return "there is more to it than words";
	if (value_named(p->vals, "expires"))
		return "it ends, unless who has set it sets it anew";
	return NULL;
}

static void
take_route(struct dumping *d, struct netns *n, const struct phrase *from)
{
	struct phrase draft = *from, *p;
	struct link *l = NULL;
	const char *why;

	draft.hops = has_hops(from) ? copy_hops(d, from, n) : NULL;
	if (draft.hops)
		l = draft.hops->link ? model_named(d->out, draft.hops->link->section) : NULL;
	p = dump_phrase(d, &draft, n, l);
	if (has_hops(from) && !draft.hops) {
		dump_instead(d, p, "over a link that no section can be called as");
		return;
	}
	if (is_kept(value_num(from->vals, "protocol", 0)) && !(l && dump_is_applied(d, l, from))) {
		d->kept++; /* there may be any number of them */
		return;
	}
	if ((why = why_not(d, l, from, p))) {
		if (*why)
			dump_instead(d, p, why);
		return;
	}
	if (value_named(p->vals, "nhid"))
		dump_instead(d, p, "nbs does not make the next hop that it names");
	p->gateway = true; /* printed so where it is one */
	p->next = l ? l->said[ROUTE] : n->said[ROUTE];
	*(l ? &l->said[ROUTE] : &n->said[ROUTE]) = p;
}

static int
compare_nets(const struct phrase *a, const struct phrase *b)
{
	const struct ip *x = &value_named(a->vals, "dst")->ip,
			*y = &value_named(b->vals, "dst")->ip;
	int n = memcmp(x->b, y->b, sizeof(x->b));

	if (x->family != y->family)
		return x->family - y->family;
	return n ? n : x->len - y->len;
}

/* Those of IPv6 may differ in nothing else. */
static int
compare_hops(const struct nexthop *a, const struct nexthop *b)
{
	const struct ip *x = a ? phrase_via(a) : NULL, *y = b ? phrase_via(b) : NULL;

	return x && y ? memcmp(x->b, y->b, sizeof(x->b)) : !x - !y;
}

static int
compare(const void *a, const void *b)
{
	static const char *const keys[] = { "table", "metric", "tos" };
	const struct phrase *x = *(const struct phrase *const *)a,
			    *y = *(const struct phrase *const *)b;
	int n = compare_nets(x, y);
	uint64_t v, w;

	for (size_t i = 0; !n && i < LEN(keys); i++) {
		v = value_num(x->vals, keys[i], 0);
		w = value_num(y->vals, keys[i], 0);
		n = v < w ? -1 : v > w;
	}
	return n ? n : compare_hops(x->hops, y->hops);
}

void
dump_routes(struct dumping *d, struct netns *n, const struct netns *have)
{
	size_t count;
	struct phrase **all = dump_array(have->said[ROUTE], d->mem, &count);

	/* by destination, as the kernel has them: IPv6 in a tree of its own */
	qsort(all, count, sizeof(struct phrase *), compare);
	d->kept = 0;
	while (count)
		if (!all[--count]->foreign)
			take_route(d, n, all[count]);
	if (d->kept)
		dump_remark_space(d, n,
			mem_printf(d->mem, "%u %s of programs that keep them themselves", d->kept,
				d->kept == 1 ? "route" : "routes"));
}

static void
reach(struct dumping *d, const struct netns *n, struct nexthop *hop)
{
	struct value yes = { .key = key_find(&hop_keys, "onlink"), .num = 1 };

	if (!check_reachable(d->out, n, hop))
		dump_add(d, &hop->vals, &yes);
}

/* What made a router reachable may be gone, or brought by a server: the kernel asked only once. */
void
dump_reach(struct dumping *d)
{
	for (struct link *l = d->out->links; l; l = l->next)
		for (struct phrase *p = l->said[ROUTE]; p; p = p->next)
			for (struct nexthop *h = p->hops; h; h = h->next)
				reach(d, p->ns, h);
}
