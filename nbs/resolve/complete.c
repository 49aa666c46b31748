#include "resolve/complete.h"

#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#include "base/mem.h"
#include "key/type.h"
#include "model/link.h"
#include "model/phrase.h"

static void
preset(struct model *m, const struct link *l, struct value **all, const char *key, const char *text)
{
	const struct key *k = link_key(l, key);
	struct value *v;

	if (!k)
		return;
	v = mem_get(m->mem, sizeof(*v));
	if (key_parse(k, v, text, m->mem) == 0)
		value_add(all, v);
}

static bool
has_ipv6(const struct link *l)
{
	for (const struct phrase *p = l->said[ADDRESS]; p; p = p->next)
		if (value_named(p->vals, "local")->ip.family == AF_INET6)
			return true;
	return link_value(l, "ipv6") || link_value(l, "token");
}

/* Those that differ from the kernel's, each for a known pain. */
struct value *
complete_presets(struct model *m, const struct link *l)
{
	struct value *all = NULL;

	preset(m, l, &all, "up", "yes");
	for (const struct preset *p = l->kind->presets; p && p->key; p++)
		if (!value_num(l->vals, p->unless, 0))
			preset(m, l, &all, p->key, p->text);
	/* it goes by the place in the file, which nobody knows later; that of a pattern says nothing */
	if (link_asks(l) && !l->template)
		preset(m, l, &all, "dhcp-metric", mem_printf(m->mem, "%u", 1000 + 10 * l->place));
	/* a port speaks through its master */
	if (l->master && l->master->kind->ports && !has_ipv6(l))
		preset(m, l, &all, "addr-gen-mode", "none");
	return all;
}

/* Sets what the file does not set. */
static void
preset_link(struct model *m, struct link *l)
{
	for (struct value *next, *v = complete_presets(m, l); v; v = next) {
		next = v->next;
		v->next = NULL;
		if (!value_of(l->vals, v->key))
			value_add(&l->vals, v);
	}
}

static void
add_sysctl(struct model *m, struct netns *n, const struct sysctl *from)
{
	struct sysctl *c = mem_get(m->mem, sizeof(*c)), **last = &n->sysctls;

	*c = *from;
	c->next = NULL;
	while (*last)
		last = &(*last)->next;
	*last = c;
}

/* A link's path holds '%' where its name goes. */
static const char *
path_of(struct model *m, const char *path, const struct link *l)
{
	const char *mark = strchr(path, '%');

	if (!mark || !l)
		return path;
	return mem_printf(m->mem, "%.*s%s%s", (int)(mark - path), path, l->name, mark + 1);
}

/* An address as /proc prints it: %pI6 of the kernel's printk-formats. */
static const char *
text_of_address(struct model *m, const struct ip *ip)
{
	const char *text = "";

	for (size_t i = 0; i < sizeof(ip->b); i += 2)
		text = mem_printf(
			m->mem, "%s%s%02x%02x", text, i ? ":" : "", ip->b[i], ip->b[i + 1]);
	return text;
}

/* The sysctls that keys stand for. */
static void
keys_to_sysctls(
	struct model *m, struct netns *ns, struct link *l, struct value *vals, const char *section)
{
	for (const struct value *v = vals; v; v = v->next) {
		struct sysctl c = { .ns = ns,
			.link = l,
			.file = v->file,
			.line = v->line,
			.section = section,
			.key = v->key->name,
			.early = l && !v->key->late };

		if (v->key->home != IN_SYSCTL)
			continue;
		c.slack = v->key->slack;
		c.path = path_of(m, v->key->path, l);
		if (v->key->type == &type_ip6)
			c.text = text_of_address(m, &v->ip);
		else
			c.text = mem_printf(m->mem, v->key->type->is_signed ? "%lld" : "%llu",
				(long long)v->num);
		add_sysctl(m, ns, &c);
	}
}

static void
ipv6_sysctl(struct model *m, struct link *l, const struct value *mode, const char *path,
	const char *text)
{
	const struct sysctl c = {
		.ns = l->ns,
		.link = l,
		.path = path_of(m, path, l),
		.text = text,
		.early = true,
		.file = mode->file,
		.line = mode->line,
		.section = l->section,
		.key = "ipv6",
	};

	add_sysctl(m, l->ns, &c);
}

const struct value *
complete_ipv6(const struct model *m, const struct link *l)
{
	const struct value *v = link_value(l, "ipv6");

	if (v || l->kind->always)
		return v;
	v = value_named(l->ns->vals, "ipv6");
	return v ? v : value_named(m->vals, "ipv6");
}

static void
ipv6_of(struct model *m, struct link *l)
{
	const struct value *mode = complete_ipv6(m, l);

	if (!mode)
		return;
	ipv6_sysctl(m, l, mode, "net/ipv6/conf/%/disable_ipv6", mode->num == NO_IPV6 ? "1" : "0");
	if (mode->num != LINK_LOCAL)
		return;
	ipv6_sysctl(m, l, mode, "net/ipv6/conf/%/accept_ra", "0");
	ipv6_sysctl(m, l, mode, "net/ipv6/conf/%/autoconf", "0");
}

/* The first link that an address of the file connects to a router; NULL if none does. */
static struct link *
link_to(const struct model *m, const struct netns *ns, const struct value *via)
{
	const struct value *net;

	for (struct link *l = via ? m->links : NULL; l; l = l->next)
		for (const struct phrase *p = l->ns == ns && !l->template ? l->said[ADDRESS] : NULL;
			p; p = p->next) {
			net = value_named(p->vals, "peer");
			net = net ? net : value_named(p->vals, "local");
			if (phrase_covers(&net->ip, &via->ip))
				return l;
		}
	return NULL;
}

/*
 * The link of a next hop: the one it names, else that of the section, else
 * the one that reaches it, for that may come late.
 */
static void
link_hops(struct model *m, struct phrase *p, struct mem *mem)
{
	const char *space, *name;
	struct value *dev;

	for (struct nexthop *h = p->hops; h; h = h->next) {
		h->link = p->link ? p->link : link_to(m, p->ns, value_named(h->vals, "via"));
		if (!(dev = value_named(h->vals, "dev")))
			continue;
		name = model_split(mem, dev->text, &space);
		h->link = model_find(*space ? model_space(m, space, false) : p->ns, name);
		dev->link = h->link;
	}
}

static bool
needs_link(const struct phrase *p)
{
	const struct value *t = value_named(p->vals, "type");
	uint64_t type = t ? t->num : RTN_UNICAST;

	return type != RTN_BLACKHOLE && type != RTN_UNREACHABLE && type != RTN_PROHIBIT &&
	       type != RTN_THROW;
}

/* A route of a link's section leads over that link, though it names no hop. */
static void
give_hop(struct phrase *p, struct mem *mem)
{
	if (p->hops || !p->link || !needs_link(p) || value_named(p->vals, "nhid"))
		return;
	p->hops = mem_get(mem, sizeof(*p->hops));
}

static bool
is_weighted(const struct phrase *p)
{
	return p->hops && !p->hops->next && value_named(p->hops->vals, "weight");
}

/* The hops of one route have all else in common. */
static void
compare_words(const struct model *m, const struct phrase *a, struct phrase b)
{
	const struct origin o = model_said_at(&b);

	b.hops = NULL;
	if (!phrase_equal(a, &b) || !phrase_equal(&b, a))
		diag(&o,
			"one route with %s: expected the same words, but for via, dev, onlink and weight",
			model_place(m->mem, a->file, a->line, b.file));
}

/* Lines of one destination that each have a weight are one route of several hops. */
static void
join_weighted(const struct model *m, struct phrase *first, struct phrase **rest)
{
	struct nexthop **last = &first->hops;
	struct phrase any = *first;

	any.hops = NULL; /* IPv6 routes of other hops would be others */
	while (*rest)
		if (is_weighted(*rest) && phrase_same(&any, *rest)) {
			compare_words(m, &any, **rest);
			while (*last)
				last = &(*last)->next;
			*last = (*rest)->hops;
			*rest = (*rest)->next;
		} else {
			rest = &(*rest)->next;
		}
}

static void
join_routes(struct model *m, struct phrase *first)
{
	join_weighted(m, first, &first->next);
	for (struct link *l = first->link ? first->link->next : m->links; l; l = l->next)
		if (l->ns == first->ns)
			join_weighted(m, first, &l->said[ROUTE]);
}

static void
complete_like(struct model *m, struct phrase *p, const struct phrase *like, struct mem *mem)
{
	if (p->topic == ROUTE) {
		give_hop(p, mem);
		link_hops(m, p, mem);
	}
	phrase_complete(p, like, mem);
}

void
complete_phrase(struct model *m, struct phrase *p, struct mem *mem)
{
	complete_like(m, p, NULL, mem);
}

static void
complete_said(struct model *m, struct phrase *said[TOPICS])
{
	for (enum topic t = ADDRESS; t < TOPICS; t++) {
		const struct phrase *like = NULL;

		for (struct phrase *p = said[t]; p; like = p, p = p->next)
			complete_like(m, p, like, m->mem);
	}
}

static void
join_said(struct model *m, struct phrase *routes)
{
	for (struct phrase *p = routes; p; p = p->next)
		if (is_weighted(p))
			join_routes(m, p);
}

static void
finish_link(struct model *m, struct link *l)
{
	complete_said(m, l->said);
	if (l->template)
		return;
	keys_to_sysctls(m, l->ns, l, l->vals, l->section);
	ipv6_of(m, l);
	l->asking = link_asks(l) ? "no lease yet" : NULL;
}

void
complete_link(struct model *m, struct link *l)
{
	preset_link(m, l);
	finish_link(m, l);
}

void
complete_model(struct model *m)
{
	for (struct link *l = m->links; l; l = l->next)
		preset_link(m, l);
	complete_stored(m);
}

void
complete_stored(struct model *m)
{
	keys_to_sysctls(m, m->spaces, NULL, m->vals, "global");
	for (struct netns *n = m->spaces; n; n = n->next) {
		keys_to_sysctls(m, n, NULL, n->vals, n->name);
		complete_said(m, n->said);
	}
	for (struct link *l = m->links; l; l = l->next)
		finish_link(m, l);
	for (struct netns *n = m->spaces; n; n = n->next)
		join_said(m, n->said[ROUTE]);
	for (struct link *l = m->links; l; l = l->next)
		join_said(m, l->said[ROUTE]);
}
