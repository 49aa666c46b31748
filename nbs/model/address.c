/* Addresses, as ip-address(8) has them. */
#include <arpa/inet.h>
#include <libmnl/libmnl.h>
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <stddef.h>
#include <string.h>

#include "base/mem.h"
#include "key/msg.h"
#include "key/type.h"
#include "model/link.h"
#include "model/topic.h"

enum { IFA_PROTO_ = 11 }; /* IFA_PROTO, linux/if_addr.h of 5.18 */

static const struct word forever[] = { { "forever", UINT32_MAX }, { 0 } };

/* Lifetimes run down: only whether they end at all can be compared, if that is told (to). */
static bool
same_life(const struct value *want, const struct value *have)
{
	return have->to || (want->num == UINT32_MAX) == (have->num == UINT32_MAX);
}

/* ip(8) lets "+" stand for the network's own broadcast address. */
static int
parse_broadcast(const struct key *k, struct value *v, const char *text, struct mem *mem)
{
	if (!strcmp(text, "+")) {
		v->ip = (struct ip) { .family = 0 };
		v->to = 1;
		return 0;
	}
	return type_ip4.parse(k, v, text, mem);
}

static void
print_broadcast(const struct key *k, const struct value *v, FILE *f)
{
	if (v->ip.family)
		type_ip4.print(k, v, f);
	else
		(void)fputc('+', f);
}

static void
describe_broadcast(const struct key *k, FILE *f)
{
	type_ip4.describe(k, f);
	(void)fputs(", or + for the network's own", f);
}

static bool
same_broadcast(const struct key *k, const struct value *want, const struct value *have)
{
	return type_ip4.same(k, want, have);
}

static void
put_broadcast(const struct key *k, const struct value *v, struct msg *m)
{
	type_ip4.put(k, v, m);
}

static int
get_broadcast(const struct key *k, struct value *v, const void *data, size_t len, struct mem *mem)
{
	return type_ip4.get(k, v, data, len, mem);
}

static const struct type type_broadcast = { parse_broadcast, print_broadcast, describe_broadcast,
	same_broadcast, put_broadcast, get_broadcast };

/* clang-format off */
static const struct key keys[] = {
	/* name             type             attribute          from  to          meaning */
	{ "local",         &type_net,       IFA_LOCAL,            0, 0,          "the address and the length of its prefix", .home = IN_NBS, .first = true, .need = true },
	{ "peer",          &type_net,       IFA_ADDRESS,          0, 0,          "the address of the other end", .home = IN_NBS },
	{ "broadcast",     &type_broadcast, IFA_BROADCAST,        0, 0,          "the broadcast address; + for the network's own", .home = IN_ATTR, .ip = "brd" },
	{ "label",         &type_text,      IFA_LABEL,            0, 15,         "an IPv4 alias: LINK:WORD", .home = IN_ATTR },
	{ "scope",         &type_u8,        offsetof(struct ifaddrmsg, ifa_scope), 0, 255, "how far the address is valid", .home = IN_HEAD, .words = topic_scopes, .standard = "global; host on 127.0.0.0/8" },
	{ "metric",        &type_u32,       IFA_RT_PRIORITY,      0, UINT32_MAX, "metric of the route to its network", .home = IN_ATTR, .also = "preference priority" },
	{ "valid-lft",     &type_u32,       0,                    1, UINT32_MAX, "how long it is valid", .home = IN_NBS, .words = forever, .ms = 1000, .standard = "forever", .same = same_life, .ip = "valid_lft" },
	{ "preferred-lft", &type_u32,       0,                    0, UINT32_MAX, "how long it is preferred", .home = IN_NBS, .words = forever, .ms = 1000, .standard = "forever", .same = same_life, .ip = "preferred_lft" },
	{ "nodad",         &type_bit,       IFA_FLAGS,            0, 0,          "no duplicate address detection (IPv6)", .home = IN_ATTR, .bit = IFA_F_NODAD },
	{ "optimistic",    &type_bit,       IFA_FLAGS,            0, 0,          "usable while detection runs (IPv6)", .home = IN_ATTR, .bit = IFA_F_OPTIMISTIC, .unread = true },
	{ "home",          &type_bit,       IFA_FLAGS,            0, 0,          "a home address (IPv6)", .home = IN_ATTR, .bit = IFA_F_HOMEADDRESS },
	{ "mngtmpaddr",    &type_bit,       IFA_FLAGS,            0, 0,          "make temporary addresses of it (IPv6)", .home = IN_ATTR, .bit = IFA_F_MANAGETEMPADDR },
	{ "noprefixroute", &type_bit,       IFA_FLAGS,            0, 0,          "no route to its network", .home = IN_ATTR, .bit = IFA_F_NOPREFIXROUTE },
	{ "autojoin",      &type_bit,       IFA_FLAGS,            0, 0,          "join the multicast group (IPv6)", .home = IN_ATTR, .bit = IFA_F_MCAUTOJOIN },
	{ "proto",         &type_u8,        IFA_PROTO_,           0, 255,        "who set it", .home = IN_ATTR, .since = "5.18" },
};
/* clang-format on */

const struct table address_keys = { "address", keys, LEN(keys) };

static void
put(struct msg *m, void *head, const struct phrase *p)
{
	struct ifaddrmsg *h = head;
	const struct ip *local = topic_ip(p, "local"), *peer = topic_ip(p, "peer");
	size_t n = local->family == AF_INET ? 4 : 16;
	struct ifa_cacheinfo life = {
		.ifa_valid = (uint32_t)topic_num(p, "valid-lft", UINT32_MAX),
		.ifa_prefered = (uint32_t)topic_num(p, "preferred-lft", UINT32_MAX),
	};

	h->ifa_family = local->family;
	h->ifa_prefixlen = peer->family ? peer->len : local->len;
	h->ifa_index = link_index(m, p->link);
	m->now = value_named(p->vals, "local");
	msg_put(m, IFA_LOCAL, local->b, n);
	if (peer->family)
		m->now = value_named(p->vals, "peer");
	msg_put(m, IFA_ADDRESS, peer->family ? peer->b : local->b, n);
	m->now = NULL;
	if (life.ifa_valid != UINT32_MAX || life.ifa_prefered != UINT32_MAX)
		msg_put(m, IFA_CACHEINFO, &life, sizeof(life));
}

/* fe80::/64, and what is made of a router's prefix. */
static bool
is_made_by_kernel(const struct ip *ip, const struct link *l, bool permanent)
{
	const bool near = ip->b[0] == 0xfe && ip->b[1] == 0x80;
	const struct bytes *macs[] = { &l->mac, &l->permanent };
	struct value token;

	if (ip->family != AF_INET6 || ip->len != 64 || (permanent && !near))
		return false;
	for (size_t i = 0; i < LEN(macs); i++) {
		const uint8_t *mac = macs[i]->b, eui64[8] = { mac[0] ^ 2, mac[1], mac[2], 0xff,
			0xfe, mac[3], mac[4], mac[5] };

		if (macs[i]->n == 6 && !memcmp(ip->b + 8, eui64, sizeof(eui64)))
			return true;
	}
	return !near && link_read(l, key_find(&common_keys, "token"), &token, NULL) &&
	       !memcmp(ip->b + 8, token.ip.b + 8, 8);
}

/* 127.0.0.1/8 and ::1/128 */
static bool
is_loopback(const struct ip *ip)
{
	static const uint8_t ip4[4] = { 127, 0, 0, 1 }, ip6[16] = { [15] = 1 };

	return ip->family == AF_INET ? ip->len == 8 && !memcmp(ip->b, ip4, sizeof(ip4))
	                             : ip->len == 128 && !memcmp(ip->b, ip6, sizeof(ip6));
}

/* Who set it is told since 5.18: IFAPROT_KERNEL_LO, _RA, _LL are 1 to 3, linux/if_addr.h. */
static bool
is_kernels(const struct phrase *p, unsigned release)
{
	const uint64_t proto = topic_num(p, "proto", 0);
	const uint32_t flags = phrase_address_flags(p);
	const struct ip *ip = topic_ip(p, "local");

	if (proto || (release ? release : UINT32_MAX) >= RELEASE(5, 18))
		return proto && proto <= 3;
	if (flags & IFA_F_STABLE_PRIVACY)
		return true; /* nobody else can set it */
	return p->link->flags & IFF_LOOPBACK
	               ? is_loopback(ip)
	               : is_made_by_kernel(ip, p->link, flags & IFA_F_PERMANENT);
}

static bool
get(struct phrase *p, const struct nlmsghdr *h, struct model *model)
{
	const struct ifaddrmsg *a = mnl_nlmsg_get_payload(h);
	size_t skip = NLMSG_HDRLEN + MNL_ALIGN(sizeof(*a)), n = a->ifa_family == AF_INET ? 4 : 16;
	const char *attrs = (const char *)h + skip;
	const struct nlattr *local = msg_find(attrs, h->nlmsg_len - skip, IFA_LOCAL),
			    *peer = msg_find(attrs, h->nlmsg_len - skip, IFA_ADDRESS),
			    *life = msg_find(attrs, h->nlmsg_len - skip, IFA_CACHEINFO);
	struct value v = {
		.ip = { .family = a->ifa_family, .len = a->ifa_prefixlen, .with_len = true }
	};
	struct ifa_cacheinfo c;

	if ((a->ifa_family != AF_INET && a->ifa_family != AF_INET6) || !peer ||
		mnl_attr_get_payload_len(peer) != n ||
		(local && mnl_attr_get_payload_len(local) != n))
		return false;
	(void)memcpy(v.ip.b, mnl_attr_get_payload(peer), n);
	if (local && memcmp(mnl_attr_get_payload(local), v.ip.b, n) != 0) {
		topic_set(&p->vals, &address_keys, "peer", v, model->mem);
		v.ip.len = (uint8_t)(n * 8);
		(void)memcpy(v.ip.b, mnl_attr_get_payload(local), n);
	}
	topic_set(&p->vals, &address_keys, "local", v, model->mem);
	if (life && mnl_attr_get_payload_len(life) >= sizeof(c)) {
		(void)memcpy(&c, mnl_attr_get_payload(life), sizeof(c));
		topic_set(&p->vals, &address_keys, "valid-lft",
			(struct value) { .num = c.ifa_valid }, model->mem);
		/* of an IPv4 address that is valid forever, "forever" is told whatever it is */
		v = (struct value) { .num = c.ifa_prefered,
			.to = a->ifa_family == AF_INET && c.ifa_valid == UINT32_MAX };
		topic_set(&p->vals, &address_keys, "preferred-lft", v, model->mem);
	}
	p->link = model_indexed(p->ns, a->ifa_index);
	p->foreign = p->link && is_kernels(p, model->release);
	return p->link != NULL;
}

uint32_t
phrase_address_flags(const struct phrase *p)
{
	size_t skip = NLMSG_HDRLEN + MNL_ALIGN(sizeof(struct ifaddrmsg));
	const struct nlattr *a = p->raw && !p->leased ? msg_find((const char *)p->raw + skip,
								p->raw->nlmsg_len - skip, IFA_FLAGS)
	                                              : NULL;

	return a && mnl_attr_get_payload_len(a) >= sizeof(uint32_t) ? mnl_attr_get_u32(a) : 0;
}

/* IPv4 takes an address several times with other networks, IPv6 once. */
static bool
same(const struct phrase *a, const struct phrase *b)
{
	const struct ip *x = topic_ip(a, "local"), *y = topic_ip(b, "local");

	return x->family == y->family && !memcmp(x->b, y->b, sizeof(x->b)) &&
	       (x->family != AF_INET || (x->len == y->len && topic_agree(a, b, "peer")));
}

static uint32_t
hash(const struct phrase *p)
{
	return text_hash(topic_ip(p, "local")->b, 16);
}

static void
broadcast_of(const struct ip *net, struct value *v)
{
	uint32_t a, host = net->len >= 32 ? 0 : UINT32_MAX >> net->len;

	(void)memcpy(&a, net->b, sizeof(a));
	a = htonl(ntohl(a) | host);
	v->ip = (struct ip) { .family = AF_INET, .len = 32 };
	(void)memcpy(v->ip.b, &a, sizeof(a));
}

static void
drop(struct phrase *p, const struct value *v)
{
	struct value **at = &p->vals;

	while (*at != v)
		at = &(*at)->next;
	*at = v->next;
}

/* With a peer, the network is the peer's, and the address a whole one. */
static const struct ip *
network_of(struct phrase *p)
{
	struct value *local = value_named(p->vals, "local"), *peer = value_named(p->vals, "peer");

	if (!peer || peer->ip.family != local->ip.family)
		return &local->ip;
	if (memcmp(peer->ip.b, local->ip.b, sizeof(peer->ip.b)) != 0) {
		local->ip.len = local->ip.family == AF_INET ? 32 : 128;
		return &peer->ip;
	}
	local->ip = peer->ip; /* its own peer, which is not told */
	drop(p, peer);
	return &local->ip;
}

static void
complete(struct phrase *p, const struct phrase *like, struct mem *mem)
{
	const struct ip *net = network_of(p), *local = topic_ip(p, "local");
	struct value *b = value_named(p->vals, "broadcast");
	static const uint8_t none[sizeof(b->ip.b)];
	struct number scope = { .key = "scope" };

	if (b && !b->ip.family && local->family == AF_INET)
		broadcast_of(net, b);
	if (b && b->ip.family && !memcmp(b->ip.b, none, sizeof(none)))
		drop(p, b); /* 0.0.0.0 is none, and none is not told */
	scope.num = local->b[0] == 127 ? RT_SCOPE_HOST : RT_SCOPE_UNIVERSE;
	/* IPv6 tells the scope by the address itself */
	if (local->family == AF_INET)
		topic_fill(
			&p->vals, &address_keys, &scope, 1, like ? like->vals : NULL, false, mem);
}

/* IPv6 has an address once, whatever its peer is. */
static bool
equal(const struct phrase *want, const struct phrase *have)
{
	return topic_agree(want, have, "peer");
}

const struct topic_def topic_address = {
	.word = "address",
	.keys = &address_keys,
	.add = RTM_NEWADDR,
	.del = RTM_DELADDR,
	.head = sizeof(struct ifaddrmsg),
	.put = put,
	.get = get,
	.same = same,
	.hash = hash,
	.complete = complete,
	.equal = equal,
};
