/* Addresses and routes that cannot be what was meant. */
#include <string.h>
#include <sys/socket.h>

#include "check/check.h"
#include "resolve/complete.h"
#include "base/mem.h"
#include "key/type.h"
#include "model/index.h"
#include "model/link.h"
#include "model/phrase.h"

enum { IPV6_MIN_MTU = 1280 }; /* linux/ipv6.h */

/* True when the file makes an address reachable on a link without a router. */
static bool
on_link(const struct link *l, const struct ip *ip)
{
	const struct ip *net;

	for (const struct phrase *p = l->said[ADDRESS]; p; p = p->next) {
		net = phrase_ip(p, "peer") ? phrase_ip(p, "peer") : phrase_ip(p, "local");
		if (net && phrase_covers(net, ip))
			return true;
	}
	for (const struct phrase *p = l->said[ROUTE]; p; p = p->next)
		if (p->hops && !phrase_via(p->hops) && (net = phrase_ip(p, "dst")) &&
			phrase_covers(net, ip))
			return true;
	return false;
}

/*
 * A router can be reached by what the file says of the link, or where no link
 * is named of any of the namespace; a link-local one always, by its link.
 */
bool
check_reachable(const struct model *m, const struct netns *ns, const struct nexthop *hop)
{
	const struct ip *via = phrase_via(hop);

	if (!via || type_is_link_local(via) || value_num(hop->vals, "onlink", 0))
		return true;
	if (hop->link)
		return on_link(hop->link, via);
	for (const struct link *l = m->links; l; l = l->next)
		if (l->ns == ns && on_link(l, via))
			return true;
	return false;
}

static const char *
print_ip(const struct ip *ip, char *buf, size_t size)
{
	FILE *f = fmemopen(buf, size, "w");
	struct value v = { .ip = *ip };
	static const struct key k = { .name = "via" };

	buf[0] = '\0';
	if (f) {
		type_ip.print(&k, &v, f);
		(void)fclose(f); /* nothing is lost that would fit */
	}
	return buf;
}

static bool
is_down(const struct link *l)
{
	const struct value *up = l ? link_value(l, "up") : NULL;

	return up && !up->invalid && !up->num;
}

static void
check_hops(const struct model *m, const struct phrase *p)
{
	const struct origin o = model_said_at(p);
	const struct value *dev;
	const struct ip *via;
	char text[64];

	for (const struct nexthop *h = p->hops; h; h = h->next) {
		dev = value_named(h->vals, "dev");
		via = phrase_via(h);
		if (dev && !h->link)
			diag(&o, "'%s': no section [%s]", dev->text, dev->text);
		else if (h->link && h->link->ns != p->ns)
			diag(&o, "'%s': expected a link of the same namespace", h->link->section);
		else if (is_down(h->link))
			diag(&o,
				"'%s': says up = no; the kernel takes routes over links that are up",
				h->link->section);
		else if (via && !h->link && type_is_link_local(via))
			diag(&o, "'%s': expected together with dev; it may be on any link",
				print_ip(via, text, sizeof(text)));
		else if (via && via->family == AF_INET && phrase_ip(p, "dst")->family != AF_INET)
			diag(&o, "'%s': expected an IPv6 address",
				print_ip(via, text, sizeof(text)));
		else if (via && !check_reachable(m, p->ns, h))
			diag(&o,
				"'%s': expected an address within a network of %s, or the word onlink",
				print_ip(via, text, sizeof(text)),
				h->link ? h->link->section : "some link");
	}
}

/* Named addresses of a phrase are of one family. */
static void
check_same_family(const struct phrase *p, uint64_t family, const char *const *keys)
{
	const struct origin o = model_said_at(p);
	const struct ip *ip;

	for (; *keys; keys++)
		if ((ip = phrase_ip(p, *keys)) && ip->family != family)
			diag(&o, "%s: expected an address of the same family", *keys);
}

static void
check_rules(const struct phrase *p)
{
	static const char *const keys[] = { "from", "to", NULL };

	for (; p; p = p->next)
		check_same_family(p, value_num(p->vals, "family", 0), keys);
}

static void
check_network(const struct phrase *p, const char *key)
{
	const struct origin o = model_said_at(p);
	const struct ip *ip = phrase_ip(p, key);
	struct ip net;
	char text[64];

	if (!ip)
		return;
	net = *ip;
	for (unsigned bit = ip->len; bit < (ip->family == AF_INET ? 32U : 128U); bit++)
		net.b[bit / 8] &= (uint8_t) ~(0x80U >> bit % 8);
	if (memcmp(net.b, ip->b, sizeof(net.b)) != 0)
		diag(&o, "'%s/%u': has host bits; the network is %s/%u",
			print_ip(ip, text, sizeof(text)), ip->len, print_ip(&net, text + 32, 32),
			ip->len);
}

static void
check_routes(const struct model *m, const struct phrase *p)
{
	static const char *const keys[] = { "src", "from", NULL };

	for (; p; p = p->next) {
		check_same_family(p, value_named(p->vals, "dst")->ip.family, keys);
		check_network(p, "dst");
		check_network(p, "from");
		check_hops(m, p);
	}
}

/* With IPv6 off, the kernel would refuse it. */
static void
check_family(const struct model *m, const struct link *l, const struct phrase *p, const char *key)
{
	const struct value *mode = complete_ipv6(m, l), *mtu = link_value(l, "mtu");
	const struct origin o = model_said_at(p);
	const struct ip *ip = phrase_ip(p, key);

	if (!ip || ip->family != AF_INET6)
		return;
	if (mtu && !mtu->invalid && mtu->num < IPV6_MIN_MTU)
		diag(&o, "IPv6, where the link says mtu = %u; it needs %d", (unsigned)mtu->num,
			IPV6_MIN_MTU);
	if (mode && mode->num == NO_IPV6)
		diag(&o, "IPv6, where %s says ipv6 = no",
			link_value(l, "ipv6") ? "the link" : "the file");
}

static void
check_address(const struct phrase *p)
{
	const struct origin o = model_said_at(p);
	const struct ip *local = phrase_ip(p, "local");
	static const char *const keys[] = { "peer", NULL };

	check_same_family(p, local->family, keys);
	if (value_named(p->vals, "broadcast") && local->family != AF_INET)
		diag(&o, "broadcast: expected with IPv4 only");
	if (value_num(p->vals, "preferred-lft", 0) > value_num(p->vals, "valid-lft", UINT32_MAX))
		diag(&o, "preferred-lft: expected at most valid-lft");
}

/* What makes two lines the same thing, for those that differ in something else. */
static const char *const sameness[TOPICS] = {
	[ADDRESS] = "the same address stands",
	[ROUTE] = "the same destination, table and metric stand",
	[RULE] = "the same rule stands",
	[NEIGHBOR] = "the same address stands",
	[FDB] = "the same MAC address stands",
};

static bool
agree(const struct phrase *a, const struct phrase *b, const char *key)
{
	const struct value *v = value_named(a->vals, key), *w = value_named(b->vals, key);

	return v && w ? key_same(v, w) : !v && !w;
}

/* The kernel would take one of them only. */
static bool
clash(const struct phrase *a, const struct phrase *b)
{
	bool whole = a->topic == ROUTE || a->topic == RULE; /* is the namespace's, not the link's */

	return a->ns == b->ns && (whole || a->link == b->link) && phrase_same(a, b) &&
	       phrase_same(b, a) && (a->topic != ROUTE || agree(a, b, "from"));
}

static bool
equal(const struct phrase *a, const struct phrase *b, struct mem *mem)
{
	return !strcmp(phrase_text(a, mem), phrase_text(b, mem));
}

/* Names the other line: of those of one hash, the earlier ones. */
static void
check_once(const struct model *m, const struct index *x, const struct phrase *p)
{
	const struct origin o = model_said_at(p);
	const struct phrase *other = NULL;
	const char *place;

	for (const struct phrase *q = index_before(x, p); q && !(other && equal(p, other, m->mem));
		q = index_before(x, q))
		if (clash(p, q) && (!other || equal(p, q, m->mem)))
			other = q;
	if (!other)
		return;
	place = model_place(m->mem, other->file, other->line, p->file);
	if (equal(p, other, m->mem))
		diag(&o, "already stands on %s", place);
	else
		diag(&o, "%s on %s", sameness[p->topic], place);
}

static void
check_twice(const struct model *m, enum topic t)
{
	struct index x;

	index_model(&x, m->mem, m, t);
	for (const struct netns *n = m->spaces; n; n = n->next)
		for (const struct phrase *p = n->said[t]; p; p = p->next)
			check_once(m, &x, p);
	for (const struct link *l = m->links; l; l = l->next)
		for (const struct phrase *p = l->said[t]; p; p = p->next)
			check_once(m, &x, p);
}

void
check_said(const struct model *m)
{
	for (const struct netns *n = m->spaces; n; n = n->next) {
		check_routes(m, n->said[ROUTE]);
		check_rules(n->said[RULE]);
	}
	for (const struct link *l = m->links; l; l = l->next) {
		for (const struct phrase *p = l->said[ADDRESS]; p; p = p->next) {
			check_address(p);
			check_family(m, l, p, "local");
		}
		for (const struct phrase *p = l->said[ROUTE]; p; p = p->next)
			check_family(m, l, p, "dst");
		check_routes(m, l->said[ROUTE]);
	}
	for (enum topic t = ADDRESS; t < TOPICS; t++)
		check_twice(m, t);
}
