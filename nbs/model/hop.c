#include "model/hop.h"

#include <libmnl/libmnl.h>
#include <linux/rtnetlink.h>
#include <stddef.h>
#include <string.h>

#include "base/mem.h"
#include "key/msg.h"
#include "key/type.h"
#include "model/link.h"
#include "model/topic.h"

/* clang-format off */
static const struct key hops[] = {
	{ "via",    &type_ip,   0,            0, 0,   "the next router", .home = IN_NBS },
	{ "dev",    &type_link, 0,            0, 0,   "the link to it", .home = IN_NBS },
	{ "weight", &type_u32,  0,            1, 256, "share of the packets", .home = IN_NBS, .standard = "1" },
	{ "onlink", &type_bit,  0,            0, 0,   "the router is on the link, whatever its address", .home = IN_NBS, .bit = RTNH_F_ONLINK },
};
/* clang-format on */

const struct table hop_keys = { "nexthop", hops, LEN(hops) };

void
hop_put_gateway(struct msg *m, const struct nexthop *hop, int family)
{
	const struct value *v = value_named(hop->vals, "via");
	/* struct rtvia, linux/rtnetlink.h: the family, then the address */
	struct {
		uint16_t family;
		uint8_t b[16];
	} other;

	m->now = v;
	if (v && v->ip.family == family) {
		msg_put(m, RTA_GATEWAY, v->ip.b, topic_ip_size(family));
	} else if (v) {
		other.family = v->ip.family;
		(void)memcpy(other.b, v->ip.b, topic_ip_size(v->ip.family));
		msg_put(m, RTA_VIA, &other,
			offsetof(struct rtvia, rtvia_addr) + topic_ip_size(v->ip.family));
	}
	m->now = NULL;
}

void
hop_put_all(struct msg *m, const struct phrase *p, int family)
{
	char *from;
	struct rtnexthop nh = { 0 };

	msg_nest(m, RTA_MULTIPATH);
	for (const struct nexthop *h = p->hops; h && !m->full; h = h->next) {
		from = mnl_nlmsg_get_payload_tail(m->h);
		nh.rtnh_hops = (uint8_t)(value_num(h->vals, "weight", 1) - 1);
		nh.rtnh_ifindex = (int)link_index(m, h->link);
		nh.rtnh_flags = value_num(h->vals, "onlink", 0) ? RTNH_F_ONLINK : 0;
		if (m->h->nlmsg_len + sizeof(nh) > m->size) {
			m->full = true;
			return;
		}
		m->h->nlmsg_len += (uint32_t)sizeof(nh);
		hop_put_gateway(m, h, family);
		nh.rtnh_len = (uint16_t)((char *)mnl_nlmsg_get_payload_tail(m->h) - from);
		(void)memcpy(from, &nh, sizeof(nh));
	}
	msg_end(m);
}

/* Appends a hop as the attributes of the route, or of one of its hops, tell it. */
static void
get_hop(struct phrase *p, const struct rtnexthop *nh, const void *attrs, size_t len,
	struct model *model)
{
	struct nexthop *hop = mem_get(model->mem, sizeof(*hop)), **last = &p->hops;
	const struct nexthop *like = p->ns->said[ROUTE] ? p->ns->said[ROUTE]->hops : NULL;
	const struct nlattr *a;
	struct value v = { 0 };
	const struct rtvia *via;
	size_t n;

	while (*last)
		last = &(*last)->next;
	*last = hop;
	hop->link = model_indexed(p->ns, (uint32_t)nh->rtnh_ifindex);
	if ((a = msg_find(attrs, len, RTA_GATEWAY)) &&
		type_ip.get(NULL, &v, mnl_attr_get_payload(a), mnl_attr_get_payload_len(a),
			model->mem) == 0)
		topic_set(&hop->vals, &hop_keys, "via", v, model->mem);
	if ((a = msg_find(attrs, len, RTA_VIA)) &&
		mnl_attr_get_payload_len(a) > offsetof(struct rtvia, rtvia_addr)) {
		via = mnl_attr_get_payload(a);
		n = mnl_attr_get_payload_len(a) - offsetof(struct rtvia, rtvia_addr);
		if (type_ip.get(NULL, &v, via->rtvia_addr, n, model->mem) == 0)
			topic_set(&hop->vals, &hop_keys, "via", v, model->mem);
	}
	topic_fill(&hop->vals, &hop_keys,
		(const struct number[]) {
			{ "weight", nh->rtnh_hops + 1U },
			{ "onlink", !!(nh->rtnh_flags & RTNH_F_ONLINK) },
		},
		2, like ? like->vals : NULL, true, model->mem);
}

void
hop_get_all(struct phrase *p, const struct nlattr *multi, struct model *model)
{
	const char *at = mnl_attr_get_payload(multi);
	size_t left = mnl_attr_get_payload_len(multi), step;
	struct rtnexthop nh;

	while (left >= sizeof(nh)) {
		(void)memcpy(&nh, at, sizeof(nh));
		if (nh.rtnh_len < sizeof(nh) || nh.rtnh_len > left)
			return;
		get_hop(p, &nh, at + sizeof(nh), nh.rtnh_len - sizeof(nh), model);
		step = RTNH_ALIGN(nh.rtnh_len);
		if (step >= left)
			return;
		at += step;
		left -= step;
	}
}

void
hop_get_one(
	struct phrase *p, const struct rtmsg *r, const void *attrs, size_t len, struct model *model)
{
	const struct nlattr *oif = msg_find(attrs, len, RTA_OIF);
	struct rtnexthop nh = { .rtnh_flags = (uint8_t)r->rtm_flags };

	if (oif && mnl_attr_get_payload_len(oif) >= sizeof(uint32_t))
		nh.rtnh_ifindex = (int)mnl_attr_get_u32(oif);
	get_hop(p, &nh, attrs, len, model);
}

bool
hop_same(const struct nexthop *a, const struct nexthop *b)
{
	const struct value *v = value_named(a->vals, "via"), *w = value_named(b->vals, "via");

	return (v && w ? key_same(v, w) : !v && !w) &&
	       (!a->link || !b->link || a->link->index == b->link->index);
}

bool
hop_within(const struct nexthop *a, const struct nexthop *b)
{
	const struct nexthop *h;

	for (; a; a = a->next) {
		for (h = b; h; h = h->next)
			if (hop_same(a, h) &&
				value_num(a->vals, "weight", 1) == value_num(h->vals, "weight", 1))
				break;
		if (!h)
			return false;
	}
	return true;
}
