/* Routes, as ip-route(8) has them. */
#include <libmnl/libmnl.h>
#include <linux/rtnetlink.h>
#include <stddef.h>
#include <string.h>

#include "base/mem.h"
#include "key/msg.h"
#include "key/type.h"
#include "model/hop.h"
#include "model/link.h"
#include "model/topic.h"

static const struct word types[] = {
	{ "unicast", RTN_UNICAST },
	{ "local", RTN_LOCAL },
	{ "broadcast", RTN_BROADCAST },
	{ "anycast", RTN_ANYCAST },
	{ "multicast", RTN_MULTICAST },
	{ "blackhole", RTN_BLACKHOLE },
	{ "unreachable", RTN_UNREACHABLE },
	{ "prohibit", RTN_PROHIBIT },
	{ "throw", RTN_THROW },
	{ 0 },
};

/* ICMPV6_ROUTER_PREF_*, linux/icmpv6.h */
static const struct word prefs[] = { { "low", 3 }, { "medium", 0 }, { "high", 1 }, { 0 } };
static const struct word anywhere[] = { { "default", 0 }, { "any", 0 }, { "all", 0 }, { 0 } };
static const struct word features[] = { { "ecn", RTAX_FEATURE_ECN }, { 0 } };

static const struct word propagation[] = { { "enabled", 1 }, { "disabled", 0 }, { 0 } };

enum { MAX_MTU = 65535 - 15 }; /* fib_metrics.c cuts what is more */

/* Running down: only that there is an end can be compared. */
static bool
same_life(const struct value *want, const struct value *have)
{
	return !want->num == !have->num;
}

/* clang-format off */
static const struct key keys[] = {
	/* name           type        attribute         from  to          meaning */
	{ "type",        &type_u8,  offsetof(struct rtmsg, rtm_type), 0, 0, "what is done with the packets", .home = IN_HEAD, .words = types, .first = true, .standard = "unicast" },
	{ "dst",         &type_net, RTA_DST,              0, 0,          "the destination", .home = IN_NBS, .words = anywhere, .first = true, .need = true },
	{ "from",        &type_net, RTA_SRC,              0, 0,          "source the packets must have (IPv6)", .home = IN_NBS, .words = anywhere },
	{ "tos",         &type_hex8, offsetof(struct rtmsg, rtm_tos), 0, 255, "type of service the packets must have", .home = IN_HEAD, .ip = "dsfield" },
	{ "table",       &type_u32, RTA_TABLE,            1, UINT32_MAX, "the table it stands in", .home = IN_NBS, .words = topic_tables, .standard = "main; local for its types" },
	{ "metric",      &type_u32, RTA_PRIORITY,         0, UINT32_MAX, "the lower, the better", .home = IN_ATTR, .also = "preference priority", .standard = "0; 1024 for IPv6" },
	{ "scope",       &type_u8,  offsetof(struct rtmsg, rtm_scope), 0, 255, "how far the destination is", .home = IN_HEAD, .words = topic_scopes },
	{ "protocol",    &type_u8,  offsetof(struct rtmsg, rtm_protocol), 0, 255, "who set it", .home = IN_HEAD, .words = topic_setters, .standard = "static", .ip = "proto" },
	{ "src",         &type_ip,  RTA_PREFSRC,          0, 0,          "source address to prefer", .home = IN_ATTR },
	{ "realm",       &type_u32, RTA_FLOW,             0, UINT32_MAX, "realm it leads to", .home = IN_ATTR, .ip = "realms" },
	{ "pref",        &type_u8,  RTA_PREF,             0, 0,          "preference among IPv6 routers", .home = IN_ATTR, .words = prefs, .standard = "medium" },
	{ "expires",     &type_u32, RTA_EXPIRES,          1, UINT32_MAX - 1, "life time (IPv6)", .home = IN_ATTR, .ms = 1000, .same = same_life },
	{ "nhid",        &type_u32, RTA_NH_ID,            1, UINT32_MAX, "next hop object to use", .home = IN_ATTR },
	{ "ttl-propagate", &type_yes8, RTA_TTL_PROPAGATE, 0, 1,          "carry the TTL into MPLS", .home = IN_ATTR, .words = propagation, .ip = "ttl-propagate" },
	{ "mtu",         &type_u32, RTAX_MTU,             68, MAX_MTU,     "MTU along the path", .home = IN_METRICS },
	{ "window",      &type_u32, RTAX_WINDOW,          0, UINT32_MAX, "largest TCP window to announce, in bytes", .home = IN_METRICS },
	{ "rtt",         &type_u32, RTAX_RTT,             0, UINT32_MAX, "first round trip estimate, in 1/8 ms where no unit is named", .home = IN_METRICS, .parts = 8 },
	{ "rttvar",      &type_u32, RTAX_RTTVAR,          0, UINT32_MAX, "its variance, in 1/4 ms where no unit is named", .home = IN_METRICS, .parts = 4 },
	{ "ssthresh",    &type_u32, RTAX_SSTHRESH,        0, UINT32_MAX, "first slow start threshold", .home = IN_METRICS },
	{ "cwnd",        &type_u32, RTAX_CWND,            0, UINT32_MAX, "congestion window", .home = IN_METRICS },
	{ "advmss",      &type_u32, RTAX_ADVMSS,          0, 65495,      "MSS to announce", .home = IN_METRICS },
	{ "reordering",  &type_u32, RTAX_REORDERING,      0, UINT32_MAX, "packets out of order to bear", .home = IN_METRICS },
	{ "hoplimit",    &type_u32, RTAX_HOPLIMIT,        0, 255,        "hop limit", .home = IN_METRICS },
	{ "initcwnd",    &type_u32, RTAX_INITCWND,        0, UINT32_MAX, "first congestion window, in MSS", .home = IN_METRICS },
	{ "features",    &type_u32, RTAX_FEATURES,        0, 0,          "TCP features to use", .home = IN_METRICS, .words = features },
	{ "rto-min",     &type_u32, RTAX_RTO_MIN,         0, UINT32_MAX, "least retransmission time-out, in ms", .home = IN_METRICS, .ms = 1, .ip = "rto_min" },
	{ "initrwnd",    &type_u32, RTAX_INITRWND,        0, UINT32_MAX, "first receive window, in MSS", .home = IN_METRICS },
	{ "quickack",    &type_u32, RTAX_QUICKACK,        0, 1,          "acknowledge at once", .home = IN_METRICS },
	{ "congctl",     &type_text, RTAX_CC_ALGO,        0, 15,         "congestion control algorithm", .home = IN_METRICS },
	{ "fastopen-no-cookie", &type_u32, RTAX_FASTOPEN_NO_COOKIE, 0, 1, "TCP fast open without cookie", .home = IN_METRICS, .ip = "fastopen_no_cookie" },
};

/* clang-format on */

const struct table route_keys = { "route", keys, LEN(keys) };
static void
put(struct msg *m, void *head, const struct phrase *p)
{
	struct rtmsg *h = head;
	const struct ip *dst = topic_ip(p, "dst"), *from = topic_ip(p, "from");
	uint32_t table = (uint32_t)topic_num(p, "table", RT_TABLE_MAIN);

	h->rtm_family = dst->family;
	h->rtm_dst_len = dst->len;
	h->rtm_src_len = from->len;
	h->rtm_table = table < 256 ? (uint8_t)table : RT_TABLE_UNSPEC;
	m->now = value_named(p->vals, "table");
	msg_put_u32(m, RTA_TABLE, table);
	m->now = value_named(p->vals, "dst");
	if (dst->len)
		msg_put(m, RTA_DST, dst->b, topic_ip_size(dst->family));
	if (from->len)
		msg_put(m, RTA_SRC, from->b, topic_ip_size(dst->family));
	m->now = NULL;
	if (!p->hops || topic_num(p, "nhid", 0))
		return;
	if (p->hops->next) {
		hop_put_all(m, p, dst->family);
		return;
	}
	if (value_num(p->hops->vals, "onlink", 0))
		h->rtm_flags |= RTNH_F_ONLINK;
	hop_put_gateway(m, p->hops, dst->family);
	if (p->hops->link)
		msg_put_u32(m, RTA_OIF, link_index(m, p->hops->link));
}

static struct value
network(int family, uint8_t len, const struct nlattr *a)
{
	struct value v = { .ip = { .family = (uint8_t)family, .len = len, .with_len = true } };

	if (a && mnl_attr_get_payload_len(a) == topic_ip_size(family))
		(void)memcpy(v.ip.b, mnl_attr_get_payload(a), topic_ip_size(family));
	return v;
}

/* The kernel takes a life time as one attribute and tells what is left of it in another. */
static void
get_life(struct phrase *p, const struct nlattr *a, struct mem *mem)
{
	struct rta_cacheinfo c;

	if (!a || mnl_attr_get_payload_len(a) < sizeof(c))
		return;
	(void)memcpy(&c, mnl_attr_get_payload(a), sizeof(c));
	if (c.rta_expires)
		topic_set(&p->vals, &route_keys, "expires", (struct value) { .num = 1 }, mem);
}

static bool
get(struct phrase *p, const struct nlmsghdr *h, struct model *model)
{
	const struct rtmsg *r = mnl_nlmsg_get_payload(h);
	size_t skip = NLMSG_HDRLEN + MNL_ALIGN(sizeof(*r)), len = h->nlmsg_len - skip;
	const char *attrs = (const char *)h + skip;
	const struct nlattr *table = msg_find(attrs, len, RTA_TABLE),
			    *multi = msg_find(attrs, len, RTA_MULTIPATH);
	struct number all[] = {
		{ "protocol", r->rtm_protocol },
		{ "scope", r->rtm_scope },
		{ "tos", r->rtm_tos },
		{ "type", r->rtm_type },
		{ "table", r->rtm_table },
	};

	if ((r->rtm_family != AF_INET && r->rtm_family != AF_INET6) || r->rtm_flags & RTM_F_CLONED)
		return false;
	if (table && mnl_attr_get_payload_len(table) >= sizeof(uint32_t))
		all[4].num = mnl_attr_get_u32(table);
	topic_set(&p->vals, &route_keys, "dst",
		network(r->rtm_family, r->rtm_dst_len, msg_find(attrs, len, RTA_DST)), model->mem);
	if (r->rtm_src_len)
		topic_set(&p->vals, &route_keys, "from",
			network(r->rtm_family, r->rtm_src_len, msg_find(attrs, len, RTA_SRC)),
			model->mem);
	/* beside a next hop object, the kernel tells what it holds, and takes nothing */
	if (topic_num(p, "nhid", 0))
		p->hops = NULL;
	else if (multi)
		hop_get_all(p, multi, model);
	else
		hop_get_one(p, r, attrs, len, model);
	get_life(p, msg_find(attrs, len, RTA_CACHEINFO), model->mem);
	topic_fill(&p->vals, &route_keys, all, LEN(all),
		p->ns->said[ROUTE] ? p->ns->said[ROUTE]->vals : NULL, true, model->mem);
	p->link = p->hops ? p->hops->link : NULL;
	p->foreign = r->rtm_protocol == RTPROT_KERNEL || r->rtm_protocol == RTPROT_RA ||
	             r->rtm_protocol == RTPROT_REDIRECT;
	return true;
}

static uint64_t
metric(const struct phrase *p)
{
	uint64_t n = topic_num(p, "metric", 0);

	/* IP6_RT_PRIO_USER, net/ipv6.h */
	return !n && topic_ip(p, "dst")->family == AF_INET6 ? 1024 : n;
}

static bool
same(const struct phrase *a, const struct phrase *b)
{
	const struct ip *x = topic_ip(a, "dst"), *y = topic_ip(b, "dst");

	if (x->family != y->family || x->len != y->len || memcmp(x->b, y->b, sizeof(x->b)) != 0 ||
		!topic_agree(a, b, "from"))
		return false;
	if (topic_num(a, "table", RT_TABLE_MAIN) != topic_num(b, "table", RT_TABLE_MAIN) ||
		topic_num(a, "tos", 0) != topic_num(b, "tos", 0) || metric(a) != metric(b))
		return false;
	return x->family == AF_INET || !a->hops || !b->hops || a->hops->next || b->hops->next ||
	       hop_same(a->hops, b->hops);
}

static uint32_t
hash(const struct phrase *p)
{
	const struct ip *dst = topic_ip(p, "dst"), *from = topic_ip(p, "from");

	return text_hash(dst->b, topic_ip_size(dst->family)) +
	       (from->len ? text_hash(from->b, topic_ip_size(from->family)) * 17 : 0) +
	       (uint32_t)topic_num(p, "table", RT_TABLE_MAIN) * 31 + (uint32_t)metric(p);
}

static bool
equal(const struct phrase *want, const struct phrase *have)
{
	return !want->hops ||
	       (hop_within(want->hops, have->hops) && hop_within(have->hops, want->hops));
}

/* The scope that ip(8) gives: the further, the more routers are between. */
static uint64_t
scope_of(const struct phrase *p, uint64_t type)
{
	if (type == RTN_LOCAL)
		return RT_SCOPE_HOST;
	if (type == RTN_BROADCAST || type == RTN_MULTICAST || type == RTN_ANYCAST)
		return RT_SCOPE_LINK;
	if (type == RTN_UNICAST && p->hops && !phrase_via(p->hops) && !topic_num(p, "nhid", 0))
		return RT_SCOPE_LINK;
	return RT_SCOPE_UNIVERSE;
}

static void
complete(struct phrase *p, const struct phrase *like, struct mem *mem)
{
	struct value *dst = value_named(p->vals, "dst"), *metric = value_named(p->vals, "metric");
	uint64_t type = topic_num(p, "type", RTN_UNICAST);
	const struct ip *via = p->hops ? phrase_via(p->hops) : NULL;
	bool local = type == RTN_LOCAL || type == RTN_BROADCAST || type == RTN_ANYCAST;

	if (!dst->ip.family)
		dst->ip.family = via ? via->family : AF_INET;
	if (dst->ip.family == AF_INET6 && metric && !metric->num)
		metric->num = 1024; /* IP6_RT_PRIO_USER */
	topic_fill(&p->vals, &route_keys,
		(const struct number[]) {
			{ "type", RTN_UNICAST },
			{ "table", local ? RT_TABLE_LOCAL : RT_TABLE_MAIN },
			{ "protocol", RTPROT_STATIC },
			dst->ip.family == AF_INET ? (struct number) { "scope", scope_of(p, type) }
						  : (struct number) { "metric", 1024 },
		},
		4, like ? like->vals : NULL, false, mem);
}

const struct topic_def topic_route = {
	.word = "route",
	.keys = &route_keys,
	.add = RTM_NEWROUTE,
	.del = RTM_DELROUTE,
	.head = sizeof(struct rtmsg),
	.alike = true,
	.put = put,
	.get = get,
	.same = same,
	.hash = hash,
	.complete = complete,
	.equal = equal,
};
