#include "test/support/kernel.h"

#include <libmnl/libmnl.h>
#include <linux/if.h>
#include <linux/if_arp.h>
#include <linux/if_bridge.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "key/msg.h"
#include "model/phrase.h"
#include "test/support/kernel_parts.h"

enum { FDS = 100 };

struct place *
kernel_add_place(struct kernel *k, const char *name)
{
	struct place **last = &k->places;
	struct place *p = mem_get(k->mem, sizeof(*p));

	p->name = mem_text(k->mem, name, strlen(name));
	p->fd = FDS;
	for (; *last; last = &(*last)->next)
		p->fd = (*last)->fd + 1;
	*last = p;
	return p;
}

struct place *
kernel_place(struct kernel *k, const char *name, int fd)
{
	struct place *p = k->places;

	while (p && (name ? strcmp(p->name, name) != 0 : p->fd != fd))
		p = p->next;
	return p;
}

struct device *
kernel_indexed(struct kernel *k, const struct place *at, uint32_t index)
{
	struct device *d = k->devices;

	while (d && (d->at != at || d->index != index))
		d = d->next;
	return d;
}

struct device *
kernel_find(struct kernel *k, const char *place, const char *name)
{
	struct device *d = k->devices;

	while (d && (strcmp(d->at->name, place) != 0 || strcmp(d->name, name) != 0))
		d = d->next;
	return d;
}

struct device *
kernel_add(struct kernel *k, struct place *at, uint32_t index, const char *name)
{
	struct device *d = mem_get(k->mem, sizeof(*d)), **last = &k->devices;

	d->at = at;
	(void)snprintf(d->name, sizeof(d->name), "%s", name);
	d->flags = strcmp(name, "lo") != 0 ? IFF_BROADCAST | IFF_MULTICAST : IFF_LOOPBACK;
	for (d->index = index ? index : 1; !index && kernel_indexed(k, at, d->index); d->index++)
		;
	while (*last)
		last = &(*last)->next;
	*last = d;
	return d;
}

struct device *
kernel_make(struct kernel *k, struct place *at, uint32_t index, const char *name)
{
	const uint8_t mode = IN6_ADDR_GEN_MODE_EUI64;
	struct device *d = kernel_add(k, at, index, name);

	d->type = ARPHRD_ETHER;
	kernel_set(k, d, IN_INET6, IFLA_INET6_ADDR_GEN_MODE, &mode, sizeof(mode));
	return d;
}

void
kernel_add_loopback(struct kernel *k, struct place *at)
{
	struct device *d = kernel_add(k, at, 0, "lo");

	d->type = ARPHRD_LOOPBACK;
}

/* The flags that a kind's setup function gives it. */
void
kernel_born(struct kernel *k, struct device *d)
{
	const struct device *below =
		kernel_indexed(k, d->parent_at ? d->parent_at : d->at, d->parent);

	if (!strcmp(d->info, "dummy"))
		d->flags = IFF_BROADCAST | IFF_NOARP;
	if (!strcmp(d->info, "vlan") && below)
		d->flags = below->flags & (IFF_BROADCAST | IFF_MULTICAST | IFF_NOARP);
}

struct kernel *
kernel_new(struct mem *mem)
{
	struct kernel *k = mem_get(mem, sizeof(*k));

	k->mem = mem;
	k->hostname = "none";
	k->release = RELEASE(6, 1);
	kernel_add_loopback(k, kernel_add_place(k, ""));
	return k;
}

struct device *
kernel_nic(struct kernel *k, const char *name)
{
	struct device *d = kernel_add(k, k->places, 0, name);
	const uint8_t mac[6] = { 0x52, 0x54, 0, 0, 0, (uint8_t)d->index },
		      all[6] = { 255, 255, 255, 255, 255, 255 };
	const uint32_t mtu = 1500;

	d->nic = true;
	d->type = ARPHRD_ETHER;
	kernel_set(k, d, IN_LINK, IFLA_MTU, &mtu, sizeof(mtu));
	kernel_set(k, d, IN_LINK, IFLA_ADDRESS, mac, sizeof(mac));
	kernel_set(k, d, IN_LINK, IFLA_PERM_ADDRESS, mac, sizeof(mac));
	kernel_set(k, d, IN_LINK, IFLA_BROADCAST, all, sizeof(all));
	return d;
}

void
kernel_delete(struct kernel *k, const char *name)
{
	struct place *at = kernel_place(k, name, 0), **p = &k->places;
	struct device *next;

	for (struct device *d = k->devices; d; d = d->at == at ? k->devices : next) {
		next = d->next;
		if (d->at == at && !d->nic)
			kernel_drop(k, d);
		if (d->at != at || !d->nic)
			continue;
		kernel_raise(k, d, false);
		kernel_leave(d);
		if (kernel_find(k, "", d->name))
			(void)snprintf(d->name, sizeof(d->name), "dev%u", d->index);
		for (d->at = NULL; kernel_indexed(k, k->places, d->index); d->index++)
			;
		d->at = k->places;
	}
	while (*p != at)
		p = &(*p)->next;
	*p = at->next;
}

void
kernel_hide(struct kernel *k, struct device *d)
{
	kernel_raise(k, d, false);
	kernel_leave(d);
	d->at = kernel_add_place(k, "?");
	d->at->hidden = true;
}

/* Flags with a mask change only what the mask names. */
static bool
has_mask(const struct device *d, enum home home, int attr)
{
	return home == IN_DATA &&
	       ((!strcmp(d->info, "vlan") && attr == IFLA_VLAN_FLAGS) ||
		       (!strcmp(d->info, "bridge") && attr == IFLA_BR_MULTI_BOOLOPT));
}

static void
merge(struct attribute *a, const void *data)
{
	uint32_t old[2], new[2];

	(void)memcpy(old, a->data, sizeof(old));
	(void)memcpy(new, data, sizeof(new));
	old[0] = (old[0] & ~new[1]) | (new[0] & new[1]);
	old[1] |= new[1];
	(void)memcpy(a->data, old, sizeof(old));
}

void
kernel_set(
	struct kernel *k, struct device *d, enum home home, int attr, const void *data, size_t len)
{
	struct attribute **a = &d->attrs;

	while (*a && ((*a)->home != home || (*a)->attr != attr))
		a = &(*a)->next;
	if (!*a)
		*a = mem_get(k->mem, sizeof(**a));
	if (len > sizeof((*a)->data))
		abort();
	(*a)->home = home;
	(*a)->attr = attr;
	(*a)->len = len;
	if (has_mask(d, home, attr))
		merge(*a, data);
	else
		(void)memcpy((*a)->data, data, len);
}

/* Sets all attributes of a nest. */
void
kernel_set_nest(struct kernel *k, struct device *d, enum home home, const struct nlattr *nest)
{
	const struct nlattr *attr;

	mnl_attr_for_each_nested(attr, nest)
	{
		kernel_set(k, d, home, attr->nla_type & NLA_TYPE_MASK, mnl_attr_get_payload(attr),
			mnl_attr_get_payload_len(attr));
	}
}

/* Takes away what a test decides on. */
void
kernel_forget(struct kernel *k, struct place *at,
	bool (*gone)(const struct phrase *, const struct device *), const struct device *d)
{
	struct mem *mem = mem_new();
	struct model *m = kernel_have(k, mem);
	struct told **t = &at->said;
	const struct phrase *p;

	while (*t) {
		p = phrase_get(m, model_space(m, at->name, false), (*t)->h);
		if (p && gone(p, d))
			*t = (*t)->next;
		else
			t = &(*t)->next;
	}
	mem_free(mem);
}

bool
kernel_is_on(const struct phrase *p, const struct device *d)
{
	if (p->link && p->link->index == d->index)
		return true;
	for (const struct nexthop *h = p->hops; h; h = h->next)
		if (h->link && h->link->index == d->index)
			return true;
	return false;
}

/* What going down takes away: routes, and IPv6 addresses. */
static bool
is_lost(const struct phrase *p, const struct device *d)
{
	return kernel_is_on(p, d) &&
	       (p->topic == ROUTE || (p->topic == ADDRESS &&
					     value_named(p->vals, "local")->ip.family != AF_INET));
}

void
kernel_raise(struct kernel *k, struct device *d, bool up)
{
	if (up == !!(d->flags & IFF_UP))
		return;
	d->flags = up ? d->flags | IFF_UP | IFF_LOWER_UP | IFF_RUNNING
	              : d->flags & ~(uint32_t)(IFF_UP | IFF_LOWER_UP | IFF_RUNNING);
	if (!up)
		kernel_forget(k, d->at, is_lost, d);
	for (struct device *v = k->devices; v; v = v->next)
		if (!strcmp(v->info, "vlan") && v->parent == d->index &&
			(v->parent_at ? v->parent_at : v->at) == d->at)
			kernel_raise(k, v, up);
}

void
kernel_leave(struct device *d)
{
	struct attribute **a = &d->attrs;

	d->master = 0;
	(void)memset(d->vlans, 0, sizeof(d->vlans));
	while (*a)
		if ((*a)->home == IN_PORT)
			*a = (*a)->next;
		else
			a = &(*a)->next;
}

void
kernel_drop(struct kernel *k, struct device *d)
{
	struct device **p = &k->devices;

	kernel_forget(k, d->at, kernel_is_on, d);
	while (*p != d)
		p = &(*p)->next;
	*p = d->next;
	for (struct device *o = k->devices; o; o = o->next)
		if (o->at == d->at && o->master == d->index)
			kernel_leave(o);
	for (bool again = true; again;) {
		again = false;
		for (struct device *o = k->devices; o && !again; o = o->next)
			if (o->peer == d ||
				(o->parent == d->index &&
					(o->parent_at ? o->parent_at : o->at) == d->at)) {
				kernel_drop(k, o);
				again = true;
			}
	}
}

/* Takes what has passed off the life of an address; false when nothing is left of it. */
static bool
live(struct told *t, long long now)
{
	const size_t head = NLMSG_HDRLEN + sizeof(struct ifaddrmsg);
	const struct nlattr *a =
		t->h->nlmsg_type == RTM_NEWADDR
			? msg_find((const char *)t->h + head, t->h->nlmsg_len - head, IFA_CACHEINFO)
			: NULL;
	struct ifa_cacheinfo *life = a ? mnl_attr_get_payload(a) : NULL;
	uint32_t gone = (uint32_t)((now - t->at) / 1000);

	if (!life || life->ifa_valid == UINT32_MAX)
		return true;
	if (life->ifa_valid <= gone)
		return false;
	life->ifa_valid -= gone;
	life->ifa_prefered -= life->ifa_prefered > gone ? gone : life->ifa_prefered;
	t->at += gone * 1000LL;
	return true;
}

void
kernel_pass(struct kernel *k, long long ms)
{
	k->now += ms;
	for (struct place *p = k->places; p; p = p->next)
		for (struct told **t = &p->said; *t;)
			if (live(*t, k->now))
				t = &(*t)->next;
			else
				*t = (*t)->next;
}
