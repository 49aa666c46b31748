#include "model/link.h"

#include <net/if.h>
#include <libmnl/libmnl.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "base/mem.h"
#include "key/msg.h"
#include "key/type.h"

void
link_tables(const struct link *l, const struct table *tables[3])
{
	const struct link *m = l->master;

	tables[0] = l->kind ? l->kind->keys : NULL;
	tables[1] = &common_keys;
	tables[2] = m && m->kind ? m->kind->ports : NULL;
}

const struct key *
link_key(const struct link *l, const char *name)
{
	const struct table *tables[3];
	const struct key *k = NULL;

	link_tables(l, tables);
	for (int i = 0; !k && i < 3; i++)
		k = key_find(tables[i], name);
	if (!k && !strncmp(name, "link-", 5))
		k = key_find(tables[1], name + 5);
	if (!k && !strncmp(name, "port-", 5))
		k = key_find(tables[2], name + 5);
	return k;
}

const char *
link_key_name(const struct link *l, const struct key *k, struct mem *mem)
{
	const struct table *tables[3];

	if (link_key(l, k->name) == k)
		return k->name;
	link_tables(l, tables);
	return mem_printf(
		mem, "%s-%s", key_find(tables[1], k->name) == k ? "link" : "port", k->name);
}

bool
link_in_mode(const struct link *l, const struct key *k)
{
	const struct link *of = k->home == IN_PORT ? l->master : l;
	const struct key *mode = k->modes && of ? link_key(of, "mode") : NULL;
	const struct value *v = mode ? value_of(of->vals, mode) : NULL;

	for (unsigned i = 0; mode && mode->words[i].name; i++)
		if (v ? v->num == mode->words[i].num : !strcmp(mode->words[i].name, mode->standard))
			return k->modes & 1U << i;
	return true;
}

struct value *
link_value(const struct link *l, const char *key)
{
	return value_named(l->vals, key);
}

uint32_t
link_index(const struct msg *m, const struct link *l)
{
	const struct link *now = m->names && l && !l->raw ? m->names->links[l->place] : l;

	return now ? now->index : 0;
}

uint32_t
link_space(const struct msg *m, const struct netns *n)
{
	return m->names ? (uint32_t)m->names->space(m->names, n) : UINT32_MAX;
}

/* Starts a message about a link of an index; 0 is for the kernel to choose. */
static struct ifinfomsg *
start(struct msg *m, void *buf, size_t size, uint16_t flags, uint32_t index)
{
	struct ifinfomsg *h = msg_start(m, buf, size, RTM_NEWLINK, flags, sizeof(*h));

	h->ifi_family = AF_UNSPEC;
	h->ifi_index = (int)index;
	return h;
}

/* Sends those of some values that travel in one place. */
static void
put_home(struct msg *m, const struct value *const *vals, size_t n, enum home home)
{
	for (size_t i = 0; i < n; i++)
		if (vals[i]->key->home == home)
			key_put(vals[i], m);
}

static void
put_flags(struct ifinfomsg *h, const struct value *const *vals, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct key *k = vals[i]->key;

		if (k->home != IN_FLAGS)
			continue;
		h->ifi_change |= k->bit;
		if (k->invert ? !vals[i]->num : !!vals[i]->num)
			h->ifi_flags |= k->bit;
		else
			h->ifi_flags &= ~k->bit;
	}
}

enum channel
link_made_via(const struct kind *k)
{
	return k->keys ? k->keys->via : RTNETLINK;
}

enum channel
link_via(const struct link *l, const struct key *k)
{
	const struct table *own = l->kind->keys;

	return own && k >= own->keys && k < own->keys + own->n ? own->via : RTNETLINK;
}

bool
link_at_birth(const struct value *v)
{
	enum home home = v->key->home;

	return !v->key->late && (home == IN_DATA || home == IN_LINK);
}

/* The values of a link that the message that makes it carries. */
static size_t
birth_values(const struct link *l, const struct value **out, size_t max)
{
	size_t n = 0;

	for (const struct value *v = l->vals; v && n < max; v = v->next)
		if (link_at_birth(v) && !v->saved) /* it is born with what is the default */
			out[n++] = v;
	return n;
}

enum { MOST = 128 }; /* more than any kind has keys: tested */

void
link_put_base(struct msg *m, const struct link *l)
{
	const struct value *vals[MOST];
	size_t n = birth_values(l, vals, MOST);

	msg_put_text(m, IFLA_IFNAME, l->name);
	put_home(m, vals, n, IN_LINK);
}

/* The parent's namespace gets the message; the link is born in its own. */
static void
put_parent(struct msg *m, const struct link *l)
{
	if (!l->parent)
		return;
	m->now = link_value(l, "parent");
	msg_put_u32(m, IFLA_LINK, link_index(m, l->parent));
	m->now = NULL;
	if (l->parent->ns != l->ns)
		msg_put_u32(m, IFLA_NET_NS_FD, link_space(m, l->ns));
}

void
link_put_new(struct msg *m, void *buf, size_t size, const struct link *l)
{
	const struct value *vals[MOST];
	size_t n = birth_values(l, vals, MOST);

	(void)start(m, buf, size, NLM_F_CREATE | NLM_F_EXCL, link_index(m, l));
	link_put_base(m, l);
	put_parent(m, l);
	msg_nest(m, IFLA_LINKINFO);
	msg_put_text(m, IFLA_INFO_KIND, l->kind->info);
	msg_nest(m, IFLA_INFO_DATA);
	put_home(m, vals, n, IN_DATA);
	if (l->kind->put)
		l->kind->put(m, l);
	msg_end(m);
	msg_end(m);
}

/* The kind's own data and a port's; both name the kind they are of. */
static void
put_info(struct msg *m, const struct link *l, const struct value *const *vals, size_t n)
{
	bool data = false, port = false;

	for (size_t i = 0; i < n; i++) {
		data = data || vals[i]->key->home == IN_DATA;
		port = port || vals[i]->key->home == IN_PORT;
	}
	if (!data && !port)
		return;
	msg_nest(m, IFLA_LINKINFO);
	if (data) {
		msg_put_text(m, IFLA_INFO_KIND, l->kind->info);
		msg_nest(m, IFLA_INFO_DATA);
		put_home(m, vals, n, IN_DATA);
		if (l->kind->put && !l->kind->far_end)
			l->kind->put(m, l);
		msg_end(m);
	}
	if (port) {
		msg_put_text(m, IFLA_INFO_SLAVE_KIND, l->master->kind->info);
		msg_nest(m, IFLA_INFO_SLAVE_DATA);
		put_home(m, vals, n, IN_PORT);
		msg_end(m);
	}
	msg_end(m);
}

static void
put_families(struct msg *m, const struct value *const *vals, size_t n)
{
	msg_nest(m, IFLA_AF_SPEC);
	msg_nest(m, AF_INET);
	msg_nest(m, IFLA_INET_CONF);
	put_home(m, vals, n, IN_INET);
	msg_end(m);
	msg_end(m);
	msg_nest(m, AF_INET6);
	put_home(m, vals, n, IN_INET6);
	msg_end(m);
	msg_end(m);
}

void
link_put_set(struct msg *m, void *buf, size_t size, const struct link *l,
	const struct value *const *vals, size_t n)
{
	struct ifinfomsg *h = start(m, buf, size, 0, link_index(m, l));

	put_flags(h, vals, n);
	put_home(m, vals, n, IN_LINK);
	put_info(m, l, vals, n);
	put_families(m, vals, n);
}

static const struct nlattr *
find(const struct nlattr *nest, int attr)
{
	return nest ? msg_find(mnl_attr_get_payload(nest), mnl_attr_get_payload_len(nest), attr)
	            : NULL;
}

const struct nlattr *
link_attr(const struct link *l, int attr)
{
	size_t skip = NLMSG_HDRLEN + MNL_ALIGN(sizeof(struct ifinfomsg));

	return l->raw ? msg_find((const char *)l->raw + skip, l->raw->nlmsg_len - skip, attr)
	              : NULL;
}

const struct nlattr *
link_data(const struct link *l)
{
	return find(link_attr(l, IFLA_LINKINFO), IFLA_INFO_DATA);
}

static uint32_t
number(const struct nlattr *a)
{
	return a && mnl_attr_get_payload_len(a) >= sizeof(uint32_t) ? mnl_attr_get_u32(a) : 0;
}

/* Text that ends within its attribute, or NULL. */
static const char *
text(const struct nlattr *a)
{
	const char *s = a ? mnl_attr_get_payload(a) : NULL;

	return s && memchr(s, '\0', mnl_attr_get_payload_len(a)) ? s : NULL;
}

bool
link_has_altname(const struct link *l, const char *pattern)
{
	const struct nlattr *list = link_attr(l, IFLA_PROP_LIST), *attr;

	if (!list)
		return false;
	mnl_attr_for_each_nested(attr, list)
	{
		if (text(attr) && text_glob(pattern, text(attr)))
			return true;
	}
	return false;
}

static void
bytes(const struct nlattr *a, struct bytes *b)
{
	if (!a || mnl_attr_get_payload_len(a) > sizeof(b->b))
		return;
	b->n = (uint8_t)mnl_attr_get_payload_len(a);
	(void)memcpy(b->b, mnl_attr_get_payload(a), b->n);
}

struct link *
link_get(struct model *model, struct netns *ns, const struct nlmsghdr *h)
{
	const struct ifinfomsg *i = mnl_nlmsg_get_payload(h);
	struct link *l, probe = { .raw = h };
	const char *name;

	if (h->nlmsg_len < NLMSG_HDRLEN + MNL_ALIGN(sizeof(*i)) || i->ifi_family != AF_UNSPEC ||
		i->ifi_index <= 0 || !(name = text(link_attr(&probe, IFLA_IFNAME))))
		return NULL;
	l = model_link(model, NULL, ns, name);
	l->raw = h;
	l->flags = i->ifi_flags;
	model_index(model, l, (uint32_t)i->ifi_index);
	l->parent_index = number(link_attr(l, IFLA_LINK));
	l->master_index = number(link_attr(l, IFLA_MASTER));
	l->info = text(find(link_attr(l, IFLA_LINKINFO), IFLA_INFO_KIND));
	l->device = text(link_attr(l, IFLA_PARENT_DEV_NAME));
	bytes(link_attr(l, IFLA_PERM_ADDRESS), &l->permanent);
	bytes(link_attr(l, IFLA_ADDRESS), &l->mac);
	return l;
}

bool
link_has_family(const struct link *l, int family)
{
	return find(link_attr(l, IFLA_AF_SPEC), family) != NULL;
}

/* The kernel tells all IPv4 settings as one array of 32-bit numbers, the first is number 1. */
static bool
read_inet(const struct link *have, const struct key *k, struct value *v, struct mem *mem)
{
	const struct nlattr *a = find(find(link_attr(have, IFLA_AF_SPEC), AF_INET), IFLA_INET_CONF);
	size_t at = ((size_t)k->attr - 1) * sizeof(uint32_t);

	return a && at + sizeof(uint32_t) <= mnl_attr_get_payload_len(a) &&
	       k->type->get(k, v, (const char *)mnl_attr_get_payload(a) + at, sizeof(uint32_t),
		       mem) == 0;
}

static const struct nlattr *
home_attr(const struct link *have, const struct key *k)
{
	switch (k->home) {
	case IN_LINK:
		return link_attr(have, k->attr);
	case IN_DATA:
		return find(link_data(have), k->attr);
	case IN_PORT:
		return find(find(link_attr(have, IFLA_LINKINFO), IFLA_INFO_SLAVE_DATA), k->attr);
	case IN_INET6:
		return find(find(link_attr(have, IFLA_AF_SPEC), AF_INET6), k->attr);
	case IN_FLAGS:
	case IN_INET:
	case IN_ATTR:
	case IN_HEAD:
	case IN_METRICS:
	case IN_SYSCTL:
	case IN_NBS:
		break;
	}
	return NULL;
}

bool
link_read(const struct link *have, const struct key *k, struct value *v, struct mem *mem)
{
	const struct nlattr *a;

	*v = (struct value) { .key = k, .foreign = true };
	if (k->home == IN_FLAGS) {
		v->num = !(have->flags & k->bit) == k->invert;
		return true;
	}
	if (k->home == IN_INET)
		return read_inet(have, k, v, mem);
	a = home_attr(have, k);
	if (!a && k->attr == IFLA_IFALIAS && k->home == IN_LINK) {
		v->text = ""; /* told by leaving it out */
		return true;
	}
	return a &&
	       k->type->get(k, v, mnl_attr_get_payload(a), mnl_attr_get_payload_len(a), mem) == 0;
}
