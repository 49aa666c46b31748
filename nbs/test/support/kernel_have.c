#include <libmnl/libmnl.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <stdint.h>
#include <string.h>

#include "base/mem.h"
#include "key/msg.h"
#include "model/link.h"
#include "model/phrase.h"
#include "test/support/kernel.h"

enum { SIZE = 16384, SETTINGS = 33 }; /* IPV4_DEVCONF_MAX */

static void
put_home(struct msg *m, const struct device *d, enum home home)
{
	for (const struct attribute *a = d->attrs; a; a = a->next)
		if (a->home == home)
			msg_put(m, a->attr, a->data, a->len);
}

/* All IPv4 settings are told as one array: see read_inet() of model/link.c. */
static void
put_settings(struct msg *m, const struct device *d)
{
	uint32_t all[SETTINGS] = { 0 };

	for (const struct attribute *a = d->attrs; a; a = a->next)
		if (a->home == IN_INET && a->attr <= SETTINGS)
			(void)memcpy(&all[a->attr - 1], a->data, sizeof(all[0]));
	msg_nest(m, AF_INET);
	msg_put(m, IFLA_INET_CONF, all, sizeof(all));
	msg_end(m);
}

static const char *
info_of(const struct kernel *k, const struct place *at, uint32_t index)
{
	for (const struct device *d = k->devices; d; d = d->next)
		if (d->at == at && d->index == index)
			return d->info;
	return "";
}

static void
put_info(struct msg *m, const struct kernel *k, const struct device *d)
{
	msg_nest(m, IFLA_LINKINFO);
	if (*d->info)
		msg_put_text(m, IFLA_INFO_KIND, d->info);
	msg_nest(m, IFLA_INFO_DATA);
	put_home(m, d, IN_DATA);
	msg_end(m);
	if (d->master) {
		msg_put_text(m, IFLA_INFO_SLAVE_KIND, info_of(k, d->at, d->master));
		msg_nest(m, IFLA_INFO_SLAVE_DATA);
		put_home(m, d, IN_PORT);
		msg_end(m);
	}
	msg_end(m);
}

/* The message that tells of a link; it lives in the arena. */
static const struct nlmsghdr *
tell(const struct kernel *k, const struct device *d, struct mem *mem)
{
	struct msg m = { 0 };
	struct ifinfomsg *i = msg_start(&m, mem_get(mem, SIZE), SIZE, RTM_NEWLINK, 0, sizeof(*i));

	i->ifi_type = d->type;
	i->ifi_index = (int)d->index;
	i->ifi_flags = d->flags;
	msg_put_text(&m, IFLA_IFNAME, d->name);
	if (*d->altname) {
		msg_nest(&m, IFLA_PROP_LIST);
		msg_put_text(&m, IFLA_ALT_IFNAME, d->altname);
		msg_end(&m);
	}
	put_home(&m, d, IN_LINK);
	if (d->parent || d->peer)
		msg_put_u32(&m, IFLA_LINK, d->peer ? d->peer->index : d->parent);
	if (d->master)
		msg_put_u32(&m, IFLA_MASTER, d->master);
	if (d->nic)
		msg_put_text(&m, IFLA_PARENT_DEV_NAME, "0000:00:01.0");
	put_info(&m, k, d);
	msg_nest(&m, IFLA_AF_SPEC);
	put_settings(&m, d);
	msg_nest(&m, AF_INET6);
	put_home(&m, d, IN_INET6);
	msg_end(&m);
	msg_end(&m);
	return m.h;
}

static void
have_link(const struct kernel *k, struct model *m, const struct device *d)
{
	static struct netns hidden = { .name = "?" };
	struct link *l = link_get(m, model_space(m, d->at->name, false), tell(k, d, m->mem));

	l->parent_ns = d->parent_at ? model_space(m, d->parent_at->name, false) : NULL;
	if (d->peer && d->peer->at != d->at)
		l->parent_ns =
			d->peer->at->hidden ? &hidden : model_space(m, d->peer->at->name, true);
	l->mac_set = !d->nic && l->mac.n;
	l->unsettled = d->unsettled ? "udev has not handled it yet" : NULL;
	l->vlans = memcpy(mem_get(m->mem, VLANS), d->vlans, VLANS);
}

/* The route to an address's network, which comes with it where the link is up. */
static const struct nlmsghdr *
network(const struct phrase *p, struct mem *mem)
{
	enum { METRIC = 256 }; /* IP6_RT_PRIO_ADDRCONF, linux/ipv6_route.h */
	const struct value *peer = value_named(p->vals, "peer");
	struct ip net = peer ? peer->ip : value_named(p->vals, "local")->ip;
	const bool six = net.family == AF_INET6;
	const uint64_t metric = value_num(p->vals, "metric", six ? METRIC : 0);
	struct msg m = { 0 };
	struct rtmsg *r;

	for (unsigned bit = net.len; bit < sizeof(net.b) * 8; bit++)
		net.b[bit / 8] &= (uint8_t) ~(0x80U >> bit % 8);
	r = msg_start(&m, mem_get(mem, SIZE), SIZE, RTM_NEWROUTE, 0, sizeof(*r));
	*r = (struct rtmsg) { .rtm_family = net.family,
		.rtm_dst_len = net.len,
		.rtm_table = RT_TABLE_MAIN,
		.rtm_protocol = RTPROT_KERNEL,
		.rtm_scope = six ? RT_SCOPE_UNIVERSE : RT_SCOPE_LINK,
		.rtm_type = RTN_UNICAST };
	msg_put_u32(&m, RTA_TABLE, RT_TABLE_MAIN);
	msg_put(&m, RTA_DST, net.b, six ? 16 : 4);
	msg_put_u32(&m, RTA_OIF, p->link->index);
	if (metric)
		msg_put_u32(&m, RTA_PRIORITY, (uint32_t)metric);
	return m.h;
}

static bool
has_network(const struct phrase *p)
{
	const struct value *peer = value_named(p->vals, "peer");
	const struct ip *net = peer ? &peer->ip : &value_named(p->vals, "local")->ip;

	return p->link->flags & IFF_UP && p->link->index != 1 && net->len &&
	       net->len < (net->family == AF_INET ? 32 : 128) &&
	       !value_num(p->vals, "noprefixroute", 0);
}

/* As take_said() of kernel/have.c. */
static struct phrase *
have_said(struct model *m, struct netns *ns, const struct nlmsghdr *h)
{
	struct phrase *p = phrase_get(
			      m, ns, memcpy(mem_get(m->mem, h->nlmsg_len), h, h->nlmsg_len)),
		      **list;

	if (!p)
		return NULL;
	list = p->topic == ROUTE || p->topic == RULE
	               ? &ns->said[p->topic]
	               : &model_indexed(ns, p->link->index)->said[p->topic];
	p->next = *list;
	*list = p;
	return p;
}

static void
have_one(struct model *m, struct netns *ns, const struct told *t)
{
	const struct phrase *p = have_said(m, ns, t->h);

	if (p && p->topic == ADDRESS && !t->alone && has_network(p))
		(void)have_said(m, ns, network(p, m->mem));
}

static const struct sysctl *
find_sysctl(const struct place *at, const char *path)
{
	const struct sysctl *s = at->sysctls;

	while (s && strcmp(s->path, path) != 0)
		s = s->next;
	return s;
}

/* What was never set: a link's setting of IPv6 is that of conf/default, all else is 0. */
static const char *
unset_sysctl(const struct place *at, const char *path, struct mem *mem)
{
	static const char links[] = "net/ipv6/conf/";
	const char *setting = strncmp(path, links, strlen(links)) ? NULL : strrchr(path, '/');
	const struct sysctl *s =
		setting ? find_sysctl(at, mem_printf(mem, "%sdefault%s", links, setting)) : NULL;

	return s ? s->text : "0\n";
}

static void
have_sysctls(const struct kernel *k, const struct place *at, struct netns *ns,
	const struct netns *want, struct mem *mem)
{
	for (const struct sysctl *c = want ? want->sysctls : NULL; c; c = c->next) {
		struct sysctl *h = mem_get(mem, sizeof(*h));
		const struct sysctl *s = find_sysctl(at, c->path);

		*h = (struct sysctl) { .next = ns->sysctls,
			.ns = ns,
			.path = c->path,
			.text = s ? s->text : unset_sysctl(at, c->path, mem) };
		if (k->lacks && !strncmp(c->path, k->lacks, strlen(k->lacks)))
			h->text = NULL;
		ns->sysctls = h;
	}
}

void
kernel_sysctls(const struct kernel *k, struct model *found, const struct model *ask)
{
	for (const struct place *p = k->places; p; p = p->next)
		if (!p->hidden)
			have_sysctls(k, p, model_space(found, p->name, true),
				model_netns(ask, p->name), found->mem);
}

struct model *
kernel_have(struct kernel *k, struct mem *mem)
{
	struct model *m = model_new(mem);

	m->now = k->now;
	m->release = k->release;
	m->obstacles = k->obstacles;
	for (const struct place *p = k->places; p; p = p->next) {
		struct netns *ns = p->hidden ? NULL : model_space(m, p->name, true);

		if (!ns)
			continue;
		ns->there = ns->ipv6 = true;
		ns->resolv = p->resolv;
	}
	for (const struct device *d = k->devices; d; d = d->next)
		if (!d->at->hidden)
			have_link(k, m, d);
	for (const struct place *p = k->places; p; p = p->next)
		for (const struct told *t = p->said; t; t = t->next)
			have_one(m, model_space(m, p->name, false), t);
	m->hostname = k->hostname;
	return m;
}
