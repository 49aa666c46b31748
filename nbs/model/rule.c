/* Policy rules, as ip-rule(8) has them. */
#include <libmnl/libmnl.h>
#include <linux/fib_rules.h>
#include <linux/rtnetlink.h>
#include <netinet/in.h>
#include <stddef.h>
#include <string.h>

#include "base/mem.h"
#include "key/msg.h"
#include "key/type.h"
#include "model/topic.h"

static const struct word families[] = { { "inet", AF_INET }, { "inet6", AF_INET6 }, { 0 } };
static const struct word everywhere[] = { { "all", 0 }, { "any", 0 }, { "default", 0 }, { 0 } };
static const struct word actions[] = {
	{ "lookup", FR_ACT_TO_TBL },
	{ "nop", FR_ACT_NOP },
	{ "blackhole", FR_ACT_BLACKHOLE },
	{ "unreachable", FR_ACT_UNREACHABLE },
	{ "prohibit", FR_ACT_PROHIBIT },
	{ 0 },
};
static const struct word protocols[] = {
	{ "tcp", IPPROTO_TCP },
	{ "udp", IPPROTO_UDP },
	{ "icmp", IPPROTO_ICMP },
	{ "ipv6-icmp", IPPROTO_ICMPV6 },
	{ "sctp", IPPROTO_SCTP },
	{ 0 },
};

/* clang-format off */
static const struct key keys[] = {
	/* name                   type          attribute         from  to          meaning */
	{ "family",              &type_u8,     offsetof(struct fib_rule_hdr, family), 0, 0, "inet or inet6, where no address tells it", .home = IN_HEAD, .words = families, .first = true },
	{ "not",                 &type_bit,    0,                   0, 0,          "for packets that do not fit", .home = IN_NBS, .bit = FIB_RULE_INVERT },
	{ "from",                &type_net,    FRA_SRC,             0, 0,          "source of the packets", .home = IN_NBS, .words = everywhere, .standard = "all" },
	{ "to",                  &type_net,    FRA_DST,             0, 0,          "destination of the packets", .home = IN_NBS, .words = everywhere, .standard = "all" },
	{ "tos",                 &type_hex8,   offsetof(struct fib_rule_hdr, tos), 0, 255, "type of service", .home = IN_HEAD, .ip = "dsfield" },
	{ "fwmark",              &type_masked, FRA_FWMARK,          0, UINT32_MAX, "mark of the firewall, and a mask", .home = IN_ATTR, .item = FRA_FWMASK },
	{ "iif",                 &type_name,   FRA_IIFNAME,         0, 0,          "link they came in by", .home = IN_ATTR, .also = "dev" },
	{ "oif",                 &type_name,   FRA_OIFNAME,         0, 0,          "link they are bound to", .home = IN_ATTR },
	{ "priority",            &type_u32,    FRA_PRIORITY,        0, UINT32_MAX, "rules of a low number come first", .home = IN_ATTR, .ip = "pref", .also = "preference order" },
	{ "table",               &type_u32,    FRA_TABLE,           1, UINT32_MAX, "table to look up", .home = IN_NBS, .words = topic_tables, .ip = "lookup" },
	{ "type",                &type_u8,     offsetof(struct fib_rule_hdr, action), 0, 0, "what is done instead of a lookup", .home = IN_HEAD, .words = actions, .standard = "lookup" },
	{ "goto",                &type_u32,    FRA_GOTO,            1, UINT32_MAX, "priority of the rule to go on with", .home = IN_ATTR },
	{ "l3mdev",              &type_yes8,   FRA_L3MDEV,          0, 1,          "look up the table of the packet's VRF", .home = IN_ATTR },
	{ "uidrange",            &type_range,  FRA_UID_RANGE,       0, UINT32_MAX, "users the packets belong to", .home = IN_ATTR },
	{ "ipproto",             &type_u8,     FRA_IP_PROTO,        0, 255,        "protocol", .home = IN_ATTR, .words = protocols },
	{ "sport",               &type_range16,  FRA_SPORT_RANGE,     1, 65535,      "source ports", .home = IN_ATTR },
	{ "dport",               &type_range16,  FRA_DPORT_RANGE,     1, 65535,      "destination ports", .home = IN_ATTR },
	{ "suppress-prefixlength", &type_u32,  FRA_SUPPRESS_PREFIXLEN, 0, 128,     "pass over routes of at most this prefix length", .home = IN_ATTR, .ip = "suppress_prefixlength" },
	{ "suppress-ifgroup",    &type_u32,    FRA_SUPPRESS_IFGROUP, 0, INT32_MAX, "pass over routes by links of this group", .home = IN_ATTR, .ip = "suppress_ifgroup" },
	{ "realms",              &type_u32,    FRA_FLOW,            0, UINT32_MAX, "realm", .home = IN_ATTR },
	{ "tun-id",              &type_u64,    0,                   1, INT64_MAX,  "tunnel they came by", .home = IN_NBS, .ip = "tun_id" },
	{ "protocol",            &type_u8,     FRA_PROTOCOL,        0, 255,        "who set it", .home = IN_ATTR, .words = topic_setters, .standard = "static" },
};
/* clang-format on */

const struct table rule_keys = { "rule", keys, LEN(keys) };

static void
put(struct msg *m, void *head, const struct phrase *p)
{
	struct fib_rule_hdr *h = head;
	const struct ip *from = topic_ip(p, "from"), *to = topic_ip(p, "to");
	uint32_t table = (uint32_t)topic_num(p, "table", 0);
	const uint64_t id = topic_num(p, "tun-id", 0);
	uint64_t wire = 0;

	h->src_len = from->len;
	h->dst_len = to->len;
	h->table = table < 256 ? (uint8_t)table : RT_TABLE_UNSPEC;
	if (topic_num(p, "not", 0))
		h->flags |= FIB_RULE_INVERT;
	if (topic_num(p, "goto", 0))
		h->action = FR_ACT_GOTO;
	if (table)
		msg_put_u32(m, FRA_TABLE, table);
	if (from->len)
		msg_put(m, FRA_SRC, from->b, topic_ip_size(h->family));
	if (to->len)
		msg_put(m, FRA_DST, to->b, topic_ip_size(h->family));
	for (unsigned i = 0; i < 8; i++) /* big endian: fib_nl2rule() */
		((uint8_t *)&wire)[i] = (uint8_t)(id >> (56 - 8 * i));
	if (id)
		msg_put(m, FRA_TUN_ID, &wire, sizeof(wire));
}

static void
set_net(struct phrase *p, const char *key, const struct nlattr *a, const struct fib_rule_hdr *h,
	uint8_t len, struct mem *mem)
{
	struct value v = { .ip = { .family = h->family, .len = len, .with_len = true } };

	if (!a || mnl_attr_get_payload_len(a) != topic_ip_size(h->family))
		return;
	(void)memcpy(v.ip.b, mnl_attr_get_payload(a), topic_ip_size(h->family));
	topic_set(&p->vals, &rule_keys, key, v, mem);
}

static void
drop(struct phrase *p, const char *key)
{
	for (struct value **v = &p->vals; *v; v = &(*v)->next)
		if (!strcmp((*v)->key->name, key)) {
			*v = (*v)->next;
			return;
		}
}

static bool
get(struct phrase *p, const struct nlmsghdr *n, struct model *model)
{
	const struct fib_rule_hdr *h = mnl_nlmsg_get_payload(n);
	size_t skip = NLMSG_HDRLEN + MNL_ALIGN(sizeof(*h)), len = n->nlmsg_len - skip;
	const char *attrs = (const char *)n + skip;
	const struct nlattr *table = msg_find(attrs, len, FRA_TABLE),
			    *mask = msg_find(attrs, len, FRA_FWMASK),
			    *id = msg_find(attrs, len, FRA_TUN_ID);
	struct value *mark = value_named(p->vals, "fwmark"), v = { .num = h->table };
	const uint8_t *b;

	p->foreign = topic_num(p, "protocol", RTPROT_UNSPEC) == RTPROT_KERNEL;

	if (h->family != AF_INET && h->family != AF_INET6)
		return false;
	if (table && mnl_attr_get_payload_len(table) >= sizeof(uint32_t))
		v.num = mnl_attr_get_u32(table);
	if (v.num)
		topic_set(&p->vals, &rule_keys, "table", v, model->mem);
	if (mask && mnl_attr_get_payload_len(mask) >= sizeof(uint32_t)) {
		if (mark)
			mark->to = mnl_attr_get_u32(mask);
		else /* a mark of 0 is left out */
			topic_set(&p->vals, &rule_keys, "fwmark",
				(struct value) { .to = mnl_attr_get_u32(mask) }, model->mem);
	}
	if (h->action == FR_ACT_GOTO)
		drop(p, "type");
	if (topic_num(p, "suppress-prefixlength", 0) == UINT32_MAX)
		drop(p, "suppress-prefixlength"); /* passes over none: -1 */
	if (h->flags & FIB_RULE_INVERT)
		topic_set(&p->vals, &rule_keys, "not", (struct value) { .num = 1 }, model->mem);
	set_net(p, "from", msg_find(attrs, len, FRA_SRC), h, h->src_len, model->mem);
	set_net(p, "to", msg_find(attrs, len, FRA_DST), h, h->dst_len, model->mem);
	if (id && mnl_attr_get_payload_len(id) == sizeof(uint64_t)) {
		b = mnl_attr_get_payload(id);
		v.num = 0;
		for (unsigned i = 0; i < 8; i++)
			v.num = v.num << 8 | b[i];
		topic_set(&p->vals, &rule_keys, "tun-id", v, model->mem);
	}
	return true;
}

/* True when both say the same, or neither says a word: 0 is something else than nothing. */
static bool
alike(const struct phrase *a, const struct phrase *b, const char *key)
{
	const struct value *v = value_named(a->vals, key), *w = value_named(b->vals, key);

	return v && w ? key_same(v, w) : !v && !w;
}

/* Who set it counts where both were told: nbs's own default is not insisted on. */
static bool
same_setter(const struct phrase *a, const struct phrase *b)
{
	const struct value *v = value_named(a->vals, "protocol"),
			   *w = value_named(b->vals, "protocol");

	return !v || !w || !(v->line || v->foreign) || !(w->line || w->foreign) || key_same(v, w);
}

/*
 * A rule is all that it says, as rule_exists() of the kernel has it; where
 * the first names no priority, the kernel chose one.
 */
static bool
same(const struct phrase *a, const struct phrase *b)
{
	static const char *const names[] = { "from", "to", "iif", "oif", "table", "fwmark",
		"ipproto", "sport", "dport", "uidrange", "goto", "not", "tun-id", "l3mdev",
		"realms" };

	if (topic_num(a, "family", 0) != topic_num(b, "family", 0) ||
		topic_num(a, "tos", 0) != topic_num(b, "tos", 0) ||
		topic_num(a, "type", FR_ACT_TO_TBL) != topic_num(b, "type", FR_ACT_TO_TBL))
		return false;
	for (size_t i = 0; i < LEN(names); i++)
		if (!topic_agree(a, b, names[i]))
			return false;
	return alike(a, b, "suppress-prefixlength") && alike(a, b, "suppress-ifgroup") &&
	       same_setter(a, b) &&
	       (!value_named(a->vals, "priority") || topic_agree(a, b, "priority"));
}

static uint32_t
hash(const struct phrase *p)
{
	return (uint32_t)topic_num(p, "family", 0) + (uint32_t)topic_num(p, "table", 0) * 31;
}

static void
complete(struct phrase *p, const struct phrase *like, struct mem *mem)
{
	const struct ip *from = topic_ip(p, "from"), *to = topic_ip(p, "to");
	bool six = from->family == AF_INET6 || to->family == AF_INET6;
	const struct number all[] = {
		{ "family", six ? AF_INET6 : AF_INET },
		{ "protocol", RTPROT_STATIC },
		{ "type", FR_ACT_TO_TBL },
		{ "table", RT_TABLE_MAIN },
	};
	size_t n = 2;

	if (!from->len)
		drop(p, "from"); /* "all" is what holds when nothing is said */
	if (!to->len)
		drop(p, "to");
	if (value_named(p->vals, "goto"))
		drop(p, "type"); /* an action by itself */
	else if (topic_num(p, "type", FR_ACT_TO_TBL) == FR_ACT_TO_TBL && !topic_num(p, "l3mdev", 0))
		n = LEN(all);
	else
		n = LEN(all) - 1;
	topic_fill(&p->vals, &rule_keys, all, n, like ? like->vals : NULL, false, mem);
}

const struct topic_def topic_rule = {
	.word = "rule",
	.keys = &rule_keys,
	.add = RTM_NEWRULE,
	.del = RTM_DELRULE,
	.head = sizeof(struct fib_rule_hdr),
	.put = put,
	.get = get,
	.same = same,
	.hash = hash,
	.complete = complete,
};
