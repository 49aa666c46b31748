/* Messages, as the made-up kernel takes them. */
#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/if.h>
#include <linux/if_bridge.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "base/mem.h"
#include "key/msg.h"
#include "model/phrase.h"
#include "test/support/kernel_parts.h"

enum { SIZE = 16384 };

static uint8_t
default_vlan(const struct device *bridge)
{
	const struct attribute *a = bridge->attrs;

	while (a && (a->home != IN_DATA || a->attr != IFLA_BR_VLAN_DEFAULT_PVID))
		a = a->next;
	return a ? a->data[0] : 1;
}

static int
set_master(struct kernel *k, struct device *d, uint32_t index)
{
	struct device *m = index ? kernel_indexed(k, d->at, index) : NULL;

	if (index && !m)
		return ENODEV;
	if (m && !strcmp(m->info, "bond") && d->flags & IFF_UP)
		return EPERM;
	kernel_leave(d);
	d->master = index;
	if (m && !strcmp(m->info, "bridge") && default_vlan(m))
		d->vlans[default_vlan(m)] = VLAN_MEMBER | VLAN_PVID | VLAN_UNTAGGED;
	if (m && !strcmp(m->info, "bond"))
		kernel_raise(k, d, true);
	return 0;
}

/* Where the name is taken another may be given: dev_change_net_namespace() */
static int
move(struct kernel *k, struct device *d, struct place *to, const struct nlattr *other)
{
	const char *name = other ? mnl_attr_get_str(other) : d->name;

	if (!to)
		return EINVAL;
	if (kernel_is_altname(k, to, name))
		return EEXIST;
	if (kernel_find(k, to->name, d->name)) {
		if (kernel_find(k, to->name, name))
			return EEXIST;
		(void)snprintf(d->name, sizeof(d->name), "%s", name);
	}
	kernel_raise(k, d, false);
	kernel_forget(k, d->at, kernel_is_on, d);
	kernel_leave(d);
	if (d->parent && !d->parent_at)
		d->parent_at = d->at;
	for (d->at = NULL; kernel_indexed(k, to, d->index); d->index++)
		;
	d->at = to;
	return 0;
}

static int
set_name(struct kernel *k, struct device *d, const char *name)
{
	struct device *other = kernel_find(k, d->at->name, name);

	if ((other && other != d) || kernel_is_altname(k, d->at, name))
		return EEXIST;
	if (other != d && d->flags & IFF_UP)
		return EBUSY;
	(void)snprintf(d->name, sizeof(d->name), "%s", name);
	return 0;
}

static int set_link(struct kernel *, struct device *, const void *attrs, size_t len);

/* The message within the message that makes a veth. */
static int
make_peer(struct kernel *k, struct device *d, const struct nlattr *nest)
{
	const struct ifinfomsg *i = mnl_attr_get_payload(nest);
	const char *attrs = (const char *)(i + 1);
	size_t len = mnl_attr_get_payload_len(nest) - sizeof(*i);
	const struct nlattr *fd = msg_find(attrs, len, IFLA_NET_NS_FD),
			    *name = msg_find(attrs, len, IFLA_IFNAME);
	struct place *at = fd ? kernel_place(k, NULL, (int)mnl_attr_get_u32(fd)) : d->at;

	if (!at || kernel_find(k, at->name, mnl_attr_get_str(name)) ||
		kernel_indexed(k, at, (uint32_t)i->ifi_index))
		return EEXIST;
	d->peer = kernel_make(k, at, (uint32_t)i->ifi_index, mnl_attr_get_str(name));
	d->peer->peer = d;
	(void)strcpy(d->peer->info, "veth");
	return set_link(k, d->peer, attrs, len);
}

static int
set_info(struct kernel *k, struct device *d, const struct nlattr *nest)
{
	const struct nlattr *attr;

	mnl_attr_for_each_nested(attr, nest)
	{
		switch (attr->nla_type & NLA_TYPE_MASK) {
		case IFLA_INFO_KIND:
			if (*d->info && strcmp(d->info, mnl_attr_get_str(attr)) != 0)
				return EOPNOTSUPP;
			(void)snprintf(d->info, sizeof(d->info), "%s", mnl_attr_get_str(attr));
			break;
		case IFLA_INFO_DATA:
			if (!strcmp(d->info, "veth"))
				return make_peer(k, d, mnl_attr_get_payload(attr));
			kernel_set_nest(k, d, IN_DATA, attr);
			break;
		case IFLA_INFO_SLAVE_DATA:
			kernel_set_nest(k, d, IN_PORT, attr);
			break;
		}
	}
	return 0;
}

static void
set_families(struct kernel *k, struct device *d, const struct nlattr *spec)
{
	const struct nlattr *attr, *conf;

	mnl_attr_for_each_nested(attr, spec)
	{
		if ((attr->nla_type & NLA_TYPE_MASK) == AF_INET6)
			kernel_set_nest(k, d, IN_INET6, attr);
		else if ((conf = msg_find(mnl_attr_get_payload(attr),
				  mnl_attr_get_payload_len(attr), IFLA_INET_CONF)))
			kernel_set_nest(k, d, IN_INET, conf);
	}
}

static int
set_link(struct kernel *k, struct device *d, const void *attrs, size_t len)
{
	const struct nlattr *attr;
	int e = 0;

	mnl_attr_for_each_payload(attrs, len)
	{
		switch (attr->nla_type & NLA_TYPE_MASK) {
		case IFLA_IFNAME:
			e = set_name(k, d, mnl_attr_get_str(attr));
			break;
		case IFLA_LINK:
			d->parent = mnl_attr_get_u32(attr);
			break;
		case IFLA_MASTER:
			e = set_master(k, d, mnl_attr_get_u32(attr));
			break;
		case IFLA_NET_NS_FD:
			if (d->at != kernel_place(k, NULL, (int)mnl_attr_get_u32(attr)))
				e = move(k, d, kernel_place(k, NULL, (int)mnl_attr_get_u32(attr)),
					msg_find(attrs, len, IFLA_IFNAME));
			break;
		case IFLA_LINKINFO:
			e = set_info(k, d, attr);
			break;
		case IFLA_AF_SPEC:
			set_families(k, d, attr);
			break;
		default:
			kernel_set(k, d, IN_LINK, attr->nla_type & NLA_TYPE_MASK,
				mnl_attr_get_payload(attr), mnl_attr_get_payload_len(attr));
		}
		if (e)
			return e;
	}
	return 0;
}

static int
take_link(struct kernel *k, struct place *at, const struct nlmsghdr *h)
{
	const struct ifinfomsg *i = mnl_nlmsg_get_payload(h);
	const char *attrs = (const char *)(i + 1);
	size_t len = h->nlmsg_len - NLMSG_HDRLEN - sizeof(*i);
	const struct nlattr *fd = msg_find(attrs, len, IFLA_NET_NS_FD),
			    *name = msg_find(attrs, len, IFLA_IFNAME);
	struct place *born = fd ? kernel_place(k, NULL, (int)mnl_attr_get_u32(fd)) : at;
	struct device *d = kernel_indexed(k, at, (uint32_t)i->ifi_index);
	int e;

	if (h->nlmsg_flags & NLM_F_CREATE) {
		if (d || kernel_indexed(k, born, (uint32_t)i->ifi_index) ||
			kernel_find(k, born->name, mnl_attr_get_str(name)) ||
			kernel_is_altname(k, born, mnl_attr_get_str(name)))
			return EEXIST;
		d = kernel_make(k, born, (uint32_t)i->ifi_index, mnl_attr_get_str(name));
		d->parent_at = born != at ? at : NULL;
	}
	if (!d)
		return ENODEV;
	if ((e = set_link(k, d, attrs, len)))
		return e;
	if (h->nlmsg_flags & NLM_F_CREATE)
		kernel_born(k, d);
	if (h->nlmsg_flags & NLM_F_CREATE && !strcmp(d->info, "bridge")) {
		const uint16_t vlan = default_vlan(d);

		kernel_set(k, d, IN_DATA, IFLA_BR_VLAN_DEFAULT_PVID, &vlan, sizeof(vlan));
		d->vlans[vlan] = VLAN_MEMBER | VLAN_PVID | VLAN_UNTAGGED;
	}
	if (i->ifi_change & IFF_UP)
		kernel_raise(k, d, i->ifi_flags & IFF_UP);
	d->flags = (d->flags & ~(i->ifi_change & ~(uint32_t)IFF_UP)) |
	           (i->ifi_flags & i->ifi_change & ~(uint32_t)IFF_UP);
	return 0;
}

static int
drop_link(struct kernel *k, struct place *at, const struct nlmsghdr *h)
{
	const struct ifinfomsg *i = mnl_nlmsg_get_payload(h);
	const struct nlattr *group =
		msg_find(i + 1, h->nlmsg_len - NLMSG_HDRLEN - sizeof(*i), IFLA_GROUP);
	struct device *d = kernel_indexed(k, at, (uint32_t)i->ifi_index);
	const struct attribute *a;

	if (!group && !d)
		return ENODEV;
	if (!group)
		kernel_drop(k, d);
	for (d = group ? k->devices : NULL; d;) {
		for (a = d->attrs; a && (a->home != IN_LINK || a->attr != IFLA_GROUP); a = a->next)
			;
		if (d->at == at && a &&
			!memcmp(a->data, mnl_attr_get_payload(group), sizeof(uint32_t))) {
			kernel_drop(k, d);
			d = k->devices;
		} else {
			d = d->next;
		}
	}
	return 0;
}

static void
mark_vlans(struct device *d, unsigned from, unsigned to, unsigned flags, bool add)
{
	for (unsigned n = 1; n < VLANS && flags & BRIDGE_VLAN_INFO_PVID && add; n++)
		d->vlans[n] &= (uint8_t)~VLAN_PVID;
	for (unsigned n = from; n <= to; n++)
		d->vlans[n] =
			!add ? 0
			     : (uint8_t)(VLAN_MEMBER |
					 (flags & BRIDGE_VLAN_INFO_PVID ? VLAN_PVID : 0) |
					 (flags & BRIDGE_VLAN_INFO_UNTAGGED ? VLAN_UNTAGGED : 0));
}

static int
take_vlans(struct kernel *k, struct place *at, const struct nlmsghdr *h)
{
	const struct ifinfomsg *i = mnl_nlmsg_get_payload(h);
	const struct nlattr *attr,
		*spec = msg_find(i + 1, h->nlmsg_len - NLMSG_HDRLEN - sizeof(*i), IFLA_AF_SPEC);
	struct device *d = kernel_indexed(k, at, (uint32_t)i->ifi_index);
	struct bridge_vlan_info info;
	unsigned from = 0;

	if (!d || !spec)
		return EINVAL;
	mnl_attr_for_each_nested(attr, spec)
	{
		if (attr->nla_type != IFLA_BRIDGE_VLAN_INFO)
			continue;
		(void)memcpy(&info, mnl_attr_get_payload(attr), sizeof(info));
		if (info.flags & BRIDGE_VLAN_INFO_RANGE_BEGIN)
			from = info.vid;
		else
			mark_vlans(d, info.flags & BRIDGE_VLAN_INFO_RANGE_END ? from : info.vid,
				info.vid, info.flags, h->nlmsg_type == RTM_SETLINK);
	}
	return 0;
}

/* A route needs its links up: fib_check_nh() */
static int
is_possible(struct kernel *k, const struct place *at, const struct phrase *p)
{
	const struct device *d;

	for (const struct nexthop *h = p->topic == ROUTE ? p->hops : NULL; h; h = h->next) {
		d = h->link ? kernel_indexed(k, at, h->link->index) : NULL;
		if (d && !(d->flags & IFF_UP))
			return ENETDOWN;
	}
	return 0;
}

enum { LIFE = NLA_HDRLEN + sizeof(struct ifa_cacheinfo) };

/* The life of an address is always told: inet_fill_ifaddr() */
static void
tell_life(struct nlmsghdr *h)
{
	const size_t head = NLMSG_HDRLEN + sizeof(struct ifaddrmsg);
	const struct ifa_cacheinfo ever = { .ifa_prefered = UINT32_MAX, .ifa_valid = UINT32_MAX };

	if (h->nlmsg_type == RTM_NEWADDR &&
		!msg_find((const char *)h + head, h->nlmsg_len - head, IFA_CACHEINFO))
		mnl_attr_put(h, IFA_CACHEINFO, sizeof(ever), &ever);
}

static bool
is_ipv6_address(const struct nlmsghdr *h)
{
	return h->nlmsg_type == RTM_NEWADDR &&
	       ((const struct ifaddrmsg *)mnl_nlmsg_get_payload(h))->ifa_family == AF_INET6;
}

/* The newest comes last, but of IPv6 addresses first: ipv6_link_dev_addr() */
static struct told **
place_for(struct place *at, const struct nlmsghdr *h)
{
	struct told **t = &at->said;

	while (*t && !(is_ipv6_address(h) && is_ipv6_address((*t)->h)))
		t = &(*t)->next;
	return t;
}

static int
keep_said(struct kernel *k, struct place *at, struct told **t, const struct nlmsghdr *h)
{
	if (!*t) {
		struct told *fresh = mem_get(k->mem, sizeof(*fresh));

		t = place_for(at, h);
		fresh->next = *t;
		*t = fresh;
	} else if (!(h->nlmsg_flags & NLM_F_REPLACE))
		return EEXIST;
	(*t)->h = memcpy(mem_get(k->mem, h->nlmsg_len + LIFE), h, h->nlmsg_len);
	(*t)->at = k->now;
	tell_life((*t)->h);
	return 0;
}

/* Routes and rules are the namespace's, all else is a link's. */
static bool
is_same(const struct phrase *p, const struct phrase *q)
{
	return phrase_same(p, q) && (p->topic == ROUTE || p->topic == RULE || p->link == q->link);
}

/* Addresses, routes, …: the same thing again is refused, and one that is not there cannot go. */
static int
take_said(struct kernel *k, struct place *at, struct nlmsghdr *h, bool add)
{
	struct mem *mem = mem_new();
	struct model *m = kernel_have(k, mem);
	struct netns *ns = model_space(m, at->name, false);
	struct phrase *p = phrase_get(m, ns, h);
	struct told **t = &at->said;
	int e = p ? is_possible(k, at, p) : EINVAL;

	while (p && *t && !is_same(p, phrase_get(m, ns, (*t)->h)))
		t = &(*t)->next;
	if (!e && !add && !*t)
		e = ESRCH;
	else if (!e && !add)
		*t = (*t)->next;
	else if (!e)
		e = keep_said(k, at, t, h);
	mem_free(mem);
	return e;
}

int
kernel_take(struct kernel *k, struct place *at, const struct nlmsghdr *h)
{
	static _Alignas(16) char buf[SIZE];
	struct nlmsghdr *copy = memcpy(buf, h, h->nlmsg_len);

	switch (h->nlmsg_type) {
	case RTM_NEWLINK:
		return take_link(k, at, h);
	case RTM_NEWLINKPROP:
	case RTM_DELLINKPROP:
		return kernel_take_altname(k, at, h);
	case RTM_SETLINK:
		return take_vlans(k, at, h);
	case RTM_DELLINK:
		return ((const struct ifinfomsg *)mnl_nlmsg_get_payload(h))->ifi_family == AF_BRIDGE
		               ? take_vlans(k, at, h)
		               : drop_link(k, at, h);
	case RTM_DELADDR:
	case RTM_DELROUTE:
	case RTM_DELRULE:
	case RTM_DELNEIGH:
		copy->nlmsg_type--; /* RTM_NEW… stands before RTM_DEL… */
		return take_said(k, at, copy, false);
	default:
		return take_said(k, at, copy, true);
	}
}
