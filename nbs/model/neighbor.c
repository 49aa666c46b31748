/* Neighbours, as ip-neighbour(8) has them, and bridge(8)'s forwarding entries. */
#include <libmnl/libmnl.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <stddef.h>
#include <string.h>

#include "key/msg.h"
#include "key/type.h"
#include "model/link.h"
#include "model/topic.h"

static const struct word states[] = {
	{ "permanent", NUD_PERMANENT },
	{ "noarp", NUD_NOARP },
	{ "reachable", NUD_REACHABLE },
	{ "stale", NUD_STALE },
	{ "none", NUD_NONE },
	{ "incomplete", NUD_INCOMPLETE },
	{ "delay", NUD_DELAY },
	{ "probe", NUD_PROBE },
	{ "failed", NUD_FAILED },
	{ 0 },
};

/* What bridge(8) calls an entry of a state. */
static const struct word fdb_states[] = {
	{ "permanent", NUD_PERMANENT },
	{ "local", NUD_PERMANENT },
	{ "static", NUD_NOARP },
	{ "dynamic", NUD_REACHABLE },
	{ 0 },
};

/* clang-format off */
static const struct key keys[] = {
	/* name             type       attribute      from  to   meaning */
	{ "address",       &type_ip,  NDA_DST,          0, 0,   "the neighbour's address", .home = IN_ATTR, .first = true, .need = true },
	{ "lladdr",        &type_mac, NDA_LLADDR,       0, 0,   "its link layer address", .home = IN_ATTR },
	{ "nud",           &type_u16, offsetof(struct ndmsg, ndm_state), 0, 0, "its state", .home = IN_HEAD, .words = states, .standard = "permanent", .also = "state" },
	{ "proxy",         &type_bit, 0,                0, 0,   "answer for it on this link", .home = IN_NBS, .bit = NTF_PROXY },
	{ "router",        &type_bit, 0,                0, 0,   "it is a router", .home = IN_NBS, .bit = NTF_ROUTER },
	{ "extern-learn",  &type_bit, 0,                0, 0,   "learnt by somebody else", .home = IN_NBS, .bit = NTF_EXT_LEARNED, .ip = "extern_learn" },
	{ "managed",       &type_bit, NDA_FLAGS_EXT,    0, 0,   "found and kept reachable by the kernel", .home = IN_ATTR, .bit = NTF_EXT_MANAGED, .since = "5.16" },
	{ "protocol",      &type_u8,  NDA_PROTOCOL,     0, 255, "who set it", .home = IN_ATTR },
};

static const struct key fdb[] = {
	/* name             type       attribute      from  to   meaning */
	{ "lladdr",        &type_mac, NDA_LLADDR,       0, 0,   "the MAC address to forward for", .home = IN_ATTR, .first = true, .need = true },
	{ "state",         &type_u16, offsetof(struct ndmsg, ndm_state), 0, 0, "permanent: to this host; static: to this port", .home = IN_HEAD, .words = fdb_states, .standard = "permanent", .first = true },
	{ "self",          &type_bit, 0,                0, 0,   "in the table of the link itself", .home = IN_NBS, .bit = NTF_SELF },
	{ "master",        &type_bit, 0,                0, 0,   "in the table of the bridge it is a port of", .home = IN_NBS, .bit = NTF_MASTER, .standard = "of a port" },
	{ "vlan",          &type_u16, NDA_VLAN,         1, 4094, "only in this VLAN", .home = IN_ATTR },
	{ "dst",           &type_ip,  NDA_DST,          0, 0,   "the tunnel's far end", .home = IN_ATTR },
	{ "port",          &type_be16, NDA_PORT,        1, 65535, "its UDP port", .home = IN_ATTR },
	{ "vni",           &type_u32, NDA_VNI,          0, 16777215, "its VXLAN", .home = IN_ATTR },
	{ "src-vni",       &type_u32, NDA_SRC_VNI,      0, 16777215, "VXLAN the frames came by", .home = IN_ATTR, .ip = "src_vni" },
	{ "via",           &type_link, NDA_IFINDEX,     0, 0,   "the link to send by", .home = IN_ATTR },
	{ "extern-learn",  &type_bit, 0,                0, 0,   "learnt by somebody else", .home = IN_NBS, .bit = NTF_EXT_LEARNED, .ip = "extern_learn" },
	{ "sticky",        &type_bit, 0,                0, 0,   "does not move to another port", .home = IN_NBS, .bit = NTF_STICKY },
};
/* clang-format on */

const struct table neighbor_keys = { "neighbor", keys, LEN(keys) };
const struct table fdb_keys = { "fdb", fdb, LEN(fdb) };

/* The bits of ndm_flags that are set by the bare words of a phrase. */
static uint8_t
flags_of(const struct phrase *p)
{
	uint32_t flags = 0;

	for (const struct value *v = p->vals; v; v = v->next)
		if (v->key->home == IN_NBS && v->num)
			flags |= v->key->bit;
	return (uint8_t)flags;
}

static void
flags_to(struct phrase *p, const struct table *t, uint8_t flags, struct mem *mem)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->keys[i].home == IN_NBS && t->keys[i].bit & flags)
			topic_set(&p->vals, t, t->keys[i].name, (struct value) { .num = 1 }, mem);
}

static void
put(struct msg *m, void *head, const struct phrase *p)
{
	struct ndmsg *h = head;

	(void)m;
	h->ndm_family = topic_ip(p, "address")->family;
	h->ndm_ifindex = (int)link_index(m, p->link);
	h->ndm_flags = flags_of(p);
}

static bool
get(struct phrase *p, const struct nlmsghdr *n, struct model *model)
{
	const struct ndmsg *h = mnl_nlmsg_get_payload(n);

	if (h->ndm_family != AF_INET && h->ndm_family != AF_INET6)
		return false;
	flags_to(p, &neighbor_keys, h->ndm_flags, model->mem);
	p->link = model_indexed(p->ns, (uint32_t)h->ndm_ifindex);
	p->foreign = !(h->ndm_state & (NUD_PERMANENT | NUD_NOARP)) && !(h->ndm_flags & NTF_PROXY) &&
	             !topic_num(p, "managed", 0);
	return p->link && value_named(p->vals, "address");
}

static bool
same(const struct phrase *a, const struct phrase *b)
{
	return topic_agree(a, b, "address") && topic_num(a, "proxy", 0) == topic_num(b, "proxy", 0);
}

static uint32_t
hash(const struct phrase *p)
{
	return text_hash(topic_ip(p, "address")->b, 16);
}

static void
complete(struct phrase *p, const struct phrase *like, struct mem *mem)
{
	if (!topic_num(p, "proxy", 0) && !topic_num(p, "managed", 0))
		topic_fill(&p->vals, &neighbor_keys, &(struct number) { "nud", NUD_PERMANENT }, 1,
			like ? like->vals : NULL, false, mem);
}

static void
put_fdb(struct msg *m, void *head, const struct phrase *p)
{
	struct ndmsg *h = head;

	(void)m;
	h->ndm_family = AF_BRIDGE;
	h->ndm_ifindex = (int)link_index(m, p->link);
	h->ndm_flags = flags_of(p);
}

/* The entries of a bridge name it; those on the bridge itself are in its own table. */
static uint8_t
table_of(const struct nlmsghdr *n, const struct ndmsg *h)
{
	size_t skip = NLMSG_HDRLEN + MNL_ALIGN(sizeof(*h));
	const struct nlattr *a = msg_find((const char *)n + skip, n->nlmsg_len - skip, NDA_MASTER);

	if (!a || mnl_attr_get_payload_len(a) < sizeof(uint32_t) || h->ndm_flags & NTF_SELF)
		return 0;
	return mnl_attr_get_u32(a) == (uint32_t)h->ndm_ifindex ? NTF_SELF : NTF_MASTER;
}

static bool
get_fdb(struct phrase *p, const struct nlmsghdr *n, struct model *model)
{
	const struct ndmsg *h = mnl_nlmsg_get_payload(n);

	if (h->ndm_family != AF_BRIDGE)
		return false;
	flags_to(p, &fdb_keys, (uint8_t)(h->ndm_flags | table_of(n, h)), model->mem);
	p->link = model_indexed(p->ns, (uint32_t)h->ndm_ifindex);
	p->foreign = h->ndm_state == NUD_REACHABLE || h->ndm_state == NUD_STALE;
	return p->link && value_named(p->vals, "lladdr");
}

static bool
same_fdb(const struct phrase *a, const struct phrase *b)
{
	return topic_agree(a, b, "lladdr") && topic_num(a, "vlan", 0) == topic_num(b, "vlan", 0) &&
	       (!value_named(a->vals, "dst") || topic_agree(a, b, "dst")) &&
	       topic_num(a, "self", 0) == topic_num(b, "self", 0);
}

static uint32_t
hash_fdb(const struct phrase *p)
{
	const struct value *v = value_named(p->vals, "lladdr");

	return v ? text_hash(v->bytes.b, v->bytes.n) : 0;
}

/* bridge(8) takes the link's own table unless told otherwise; on a port the bridge's is meant. */
static void
complete_fdb(struct phrase *p, const struct phrase *like, struct mem *mem)
{
	bool master = topic_num(p, "master", 0), self = topic_num(p, "self", 0);

	const struct number all[] = {
		{ "state", NUD_PERMANENT },
		{ p->link && p->link->master ? "master" : "self", 1 },
	};

	topic_fill(&p->vals, &fdb_keys, all, master || self ? 1 : 2, like ? like->vals : NULL,
		false, mem);
}

const struct topic_def topic_neighbor = {
	.word = "neighbor",
	.keys = &neighbor_keys,
	.add = RTM_NEWNEIGH,
	.del = RTM_DELNEIGH,
	.head = sizeof(struct ndmsg),
	.put = put,
	.get = get,
	.same = same,
	.hash = hash,
	.complete = complete,
};

const struct topic_def topic_fdb = {
	.word = "fdb",
	.keys = &fdb_keys,
	.add = RTM_NEWNEIGH,
	.del = RTM_DELNEIGH,
	.head = sizeof(struct ndmsg),
	.put = put_fdb,
	.get = get_fdb,
	.same = same_fdb,
	.hash = hash_fdb,
	.complete = complete_fdb,
};
