#include "kernel/have.h"

#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/if_bridge.h>
#include <linux/if_link.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/utsname.h>

#include "base/file.h"
#include "base/mem.h"
#include "kernel/facts.h"
#include "kernel/rest.h"
#include "key/msg.h"
#include "model/link.h"
#include "model/phrase.h"

static const struct nlmsghdr *
keep(struct reading *r, const struct nlmsghdr *h)
{
	return memcpy(mem_get(r->have->mem, h->nlmsg_len), h, h->nlmsg_len);
}

static void
take_link(void *user, const struct nlmsghdr *h)
{
	struct reading *r = user;
	struct link *l;
	struct value mode;

	/* one that makes no sense is not there */
	if (h->nlmsg_type != RTM_NEWLINK || !(l = link_get(r->have, r->ns, keep(r, h))))
		return;
	if (link_has_family(l, AF_INET6) &&
		!link_read(l, key_find(&common_keys, "addr-gen-mode"), &mode, NULL))
		r->world->stats = true;
}

/* The routes to the host's own addresses, which are the kernel's and go with them. */
static bool
is_own(const struct nlmsghdr *h)
{
	const struct rtmsg *r = mnl_nlmsg_get_payload(h);

	return h->nlmsg_type == RTM_NEWROUTE && h->nlmsg_len >= NLMSG_HDRLEN + sizeof(*r) &&
	       r->rtm_table == RT_TABLE_LOCAL && r->rtm_protocol == RTPROT_KERNEL;
}

static void
take_said(void *user, const struct nlmsghdr *h)
{
	struct reading *r = user;
	struct phrase *p, **list;

	if (is_own(h) || !(p = phrase_get(r->have, r->ns, keep(r, h))))
		return;
	list = p->topic == ROUTE || p->topic == RULE
	               ? &r->ns->said[p->topic]
	               : &model_indexed(r->ns, p->link->index)->said[p->topic];
	p->next = *list;
	*list = p;
}

static void
mark_vlan(uint8_t *vlans, const struct bridge_vlan_info *from, const struct bridge_vlan_info *to)
{
	for (unsigned n = from->vid; n <= to->vid && n < VLANS; n++)
		vlans[n] = (uint8_t)(VLAN_MEMBER |
				     (to->flags & BRIDGE_VLAN_INFO_PVID ? VLAN_PVID : 0) |
				     (to->flags & BRIDGE_VLAN_INFO_UNTAGGED ? VLAN_UNTAGGED : 0));
}

/* The VLANs of one link: runs have a first and a last entry. */
static void
take_vlans(void *user, const struct nlmsghdr *h)
{
	struct reading *r = user;
	const struct ifinfomsg *i = mnl_nlmsg_get_payload(h);
	size_t skip = NLMSG_HDRLEN + MNL_ALIGN(sizeof(*i));
	struct bridge_vlan_info info, from = { 0 };
	const struct nlattr *spec, *attr;
	struct link *l;

	if (h->nlmsg_type != RTM_NEWLINK || h->nlmsg_len < skip ||
		!(l = model_indexed(r->ns, (uint32_t)i->ifi_index)) ||
		!(spec = msg_find((const char *)h + skip, h->nlmsg_len - skip, IFLA_AF_SPEC)))
		return;
	l->vlans = mem_get(r->have->mem, VLANS);
	mnl_attr_for_each_payload(mnl_attr_get_payload(spec), mnl_attr_get_payload_len(spec))
	{
		if ((attr->nla_type & NLA_TYPE_MASK) != IFLA_BRIDGE_VLAN_INFO ||
			mnl_attr_get_payload_len(attr) < sizeof(info))
			continue;
		(void)memcpy(&info, mnl_attr_get_payload(attr), sizeof(info));
		if (info.flags & BRIDGE_VLAN_INFO_RANGE_BEGIN)
			from = info;
		else
			mark_vlan(l->vlans, info.flags & BRIDGE_VLAN_INFO_RANGE_END ? &from : &info,
				&info);
	}
}

/* Asks for a dump; type and the fixed header are the request. */
static int
dump(struct reading *r, uint16_t type, const void *head, size_t size, uint32_t mask,
	void (*each)(void *, const struct nlmsghdr *))
{
	_Alignas(NLMSG_ALIGNTO) char buf[256];
	struct msg m = { 0 };

	(void)memcpy(msg_start(&m, buf, sizeof(buf), type, NLM_F_DUMP, size), head, size);
	if (mask)
		msg_put_u32(&m, IFLA_EXT_MASK, mask);
	return nl_dump(&r->space->talk, m.h, each, r);
}

static int
read_links(struct reading *r)
{
	const struct ifinfomsg all = { .ifi_family = AF_UNSPEC };
	const uint32_t mask = r->world->stats ? 0 : RTEXT_FILTER_SKIP_STATS;
	const int e = dump(r, RTM_GETLINK, &all, sizeof(all), mask, take_link);

	/* before 6.15, but for stable kernels: 7ac6ea4a3e08 */
	if (e == 0 && mask && r->world->stats) {
		errno = EAGAIN;
		return -1;
	}
	return e;
}

static int
read_vlans(struct reading *r)
{
	const struct ifinfomsg all = { .ifi_family = AF_BRIDGE };

	return dump(r, RTM_GETLINK, &all, sizeof(all), RTEXT_FILTER_BRVLAN_COMPRESSED, take_vlans);
}

static int
read_family(struct reading *r, uint16_t type, uint8_t family)
{
	const struct ifaddrmsg addresses = { .ifa_family = family };
	const struct rtmsg routes = { .rtm_family = family }; /* struct fib_rule_hdr is as long */
	const struct ndmsg neighbors = { .ndm_family = family };

	if (type == RTM_GETADDR)
		return dump(r, type, &addresses, sizeof(addresses), 0, take_said);
	if (type == RTM_GETNEIGH)
		return dump(r, type, &neighbors, sizeof(neighbors), 0, take_said);
	return dump(r, type, &routes, sizeof(routes), 0, take_said);
}

static int
read_proxies(struct reading *r)
{
	const struct ndmsg proxies = { .ndm_flags = NTF_PROXY };

	return dump(r, RTM_GETNEIGH, &proxies, sizeof(proxies), 0, take_said);
}

/* True when a model that is asked for speaks of a type of entries anywhere. */
static bool
speaks(const struct reading *r, enum topic t)
{
	for (size_t i = 0; i < LEN(r->asks) && r->asks[i]; i++) {
		for (const struct netns *n = r->asks[i]->spaces; n; n = n->next)
			if (n->said[t])
				return true;
		for (const struct link *l = r->asks[i]->links; l; l = l->next)
			if (l->said[t])
				return true;
	}
	return r->all;
}

static bool
speaks_of_key(const struct reading *r, const char *key)
{
	for (size_t i = 0; i < LEN(r->asks) && r->asks[i]; i++)
		for (const struct link *l = r->asks[i]->links; l; l = l->next)
			if (link_value(l, key))
				return true;
	return false;
}

/* Renaming takes a link down, which loses what is put back. */
static bool
may_rename(const struct reading *r)
{
	return speaks_of_key(r, "match-mac") || speaks_of_key(r, "match-driver") ||
	       speaks_of_key(r, "match-path") || speaks_of_key(r, "match-name") ||
	       speaks_of_key(r, "match-link");
}

/* What this kernel has no such thing of, or does not tell us: where all is asked for, the rest counts. */
static int
read_part(struct reading *r, const char *what, int result)
{
	const struct origin o = { NULL, 0, *r->ns->name ? r->ns->name : NULL, NULL };

	if (result == 0 || !r->all || errno == EAGAIN || errno == ENOBUFS || errno == EINTR)
		return result;
	if (errno != EAFNOSUPPORT && errno != EOPNOTSUPP)
		diag_warn(&o, "%s cannot be read: %s", what, strerror(errno));
	return 0;
}

/* Dumps that a change overtook, or that lost a part, are asked for again. */
static int
read_once(struct reading *r)
{
	static const uint8_t families[] = { AF_INET, AF_INET6 };
	bool rules = speaks(r, RULE);

	if (read_links(r) < 0)
		return -1;
	for (size_t i = 0; i < LEN(families); i++) {
		if (read_family(r, RTM_GETADDR, families[i]) < 0 ||
			read_family(r, RTM_GETROUTE, families[i]) < 0)
			return -1;
		if (rules && read_part(r, "rules", read_family(r, RTM_GETRULE, families[i])) < 0)
			return -1;
	}
	if (speaks(r, NEIGHBOR) || may_rename(r))
		if (read_part(r, "neighbours", read_family(r, RTM_GETNEIGH, AF_UNSPEC)) < 0 ||
			read_part(r, "proxies", read_proxies(r)) < 0)
			return -1;
	if (speaks(r, FDB) &&
		read_part(r, "forwarding entries", read_family(r, RTM_GETNEIGH, AF_BRIDGE)) < 0)
		return -1;
	if (!r->all && !speaks_of_key(r, "vlans"))
		return 0;
	return read_part(r, "VLANs", read_vlans(r));
}

/* Forgets what a dump that has to be asked for again has brought. */
static void
forget(struct reading *r)
{
	struct netns *n = r->ns;
	struct link **l = &r->have->links;

	while (*l)
		if ((*l)->ns == n)
			*l = (*l)->next;
		else
			l = &(*l)->next;
	r->have->last = l;
	n->names = n->indexes = (struct map) { 0 };
	for (enum topic t = ADDRESS; t < TOPICS; t++)
		n->said[t] = NULL;
}

static int
read_space(struct reading *r)
{
	enum { TRIES = 16 };

	for (int i = 0; i < TRIES; i++) {
		if (read_once(r) == 0)
			return 0;
		if (errno != EAGAIN && errno != ENOBUFS && errno != EINTR)
			return -1;
		forget(r);
	}
	return -1;
}

static int
add_space(struct reading *r, const char *name)
{
	const struct origin o = { NULL, 0, *name ? name : NULL, NULL };

	r->ns = model_space(r->have, name, true);
	if (r->ns->there)
		return 0;
	if (!(r->space = world_space(r->world, name))) { /* the differ will have it made */
		struct obstacle *other = world_obstacle(name, r->have->mem);

		if (other && world_allowed()) /* who may not enter any cannot tell */
			map_put(&r->have->obstacles, r->have->mem, r->ns->name, other);
		return 0;
	}
	r->ns->there = r->ns->unread = true;
	if (read_space(r) == 0)
		return 0;
	if (r->all && *name) {
		diag_warn(&o, "cannot be read: %s", strerror(errno));
		r->ns->there = false;
		forget(r);
		return 0;
	}
	diag(&o, "cannot read what the kernel has: %s", strerror(errno));
	return -1;
}

/* Namespaces that are only spoken of are not there. */
static void
drop_absent(struct model *have)
{
	struct netns **n = &have->spaces;

	while (*n)
		if ((*n)->there)
			n = &(*n)->next;
		else
			*n = (*n)->next;
}

static struct model *
read_model(struct reading *r)
{
	struct utsname u;
	unsigned major, minor;

	if (uname(&u) == 0 && sscanf(u.release, "%u.%u", &major, &minor) == 2)
		r->have->release = RELEASE(major, minor);
	if (!r->all)
		world_sweep(r->world);
	for (struct space *s = r->world->spaces; s; s = s->next)
		(void)nl_drain(&s->events); /* what comes from here on is news */
	if (add_space(r, "") < 0)
		return NULL;
	for (size_t i = 0; i < LEN(r->asks) && r->asks[i]; i++)
		for (const struct netns *n = r->asks[i]->spaces; n; n = n->next)
			if (add_space(r, n->name) < 0)
				return NULL;
	drop_absent(r->have);
	facts_read(r);
	if (uname(&u) == 0)
		r->have->hostname = mem_text(r->have->mem, u.nodename, strlen(u.nodename));
	return r->have;
}

struct model *
have_read(struct world *w, struct mem *mem, const struct model *const asks[3])
{
	struct reading r = { .world = w, .have = model_new(mem) };
	size_t n = 0;

	for (size_t i = 0; i < LEN(r.asks); i++)
		if (asks[i])
			r.asks[n++] = asks[i];
	return read_model(&r);
}

struct model *
have_read_all(struct world *w, struct mem *mem, const struct model *spaces)
{
	struct reading r = { .world = w, .have = model_new(mem), .all = true, .asks = { spaces } };

	if (!read_model(&r))
		return NULL;
	rest_read(&r);
	return r.have;
}

void
have_sysctls(struct world *w, struct model *have, const struct model *ask)
{
	struct reading r = { .world = w, .have = have };

	facts_sysctls(&r, ask);
}
