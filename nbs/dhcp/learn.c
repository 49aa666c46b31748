#include "dhcp/learn.h"

#include <linux/if_link.h>
#include <string.h>

#include <libmnl/libmnl.h>

#include "base/mem.h"
#include "resolve/complete.h"
#include "key/type.h"
#include "model/link.h"
#include "model/phrase.h"

/* What is being learnt, and by whom. */
struct lesson {
	struct model *want;
	struct link *link;
	const struct lease *lease;
	const struct learning *with;
	struct mem *mem;
};

bool
learn_uses(const struct link *l, unsigned use)
{
	const struct value *uses = link_value(l, "dhcp-use");

	if (!uses)
		return true;
	for (const struct value *v = uses->items; v; v = v->next)
		if (v->num == use)
			return true;
	return false;
}

/* True when a route of the namespace has its destination and metric, whoever says so. */
static bool
is_taken(const struct model *want, const struct phrase *p)
{
	if (phrase_stands(p->ns->said[ROUTE], p))
		return true;
	for (const struct link *l = want->links; l; l = l->next)
		if (l->ns == p->ns && !l->template && phrase_stands(l->said[ROUTE], p))
			return true;
	return false;
}

/*
 * The kernel has one route of a destination and metric, so that two links would take it from
 * each other for ever: the second gets the next metric that is free.  False when none is.
 */
static bool
find_room(const struct model *want, struct phrase *p)
{
	struct value *metric = value_named(p->vals, "metric");

	while (is_taken(want, p))
		if (metric->num++ == UINT32_MAX)
			return false;
	return true;
}

/* Appends an address or route, given in ip(8)'s words; the file's own goes before it. */
static void
say(const struct lesson *s, enum topic t, const char *text)
{
	struct phrase **last = &s->link->said[t], *p;
	struct fault f;

	p = phrase_parse(s->mem, t, text, s->with->file, 1, &f);
	if (!p)
		return; /* a lease that was checked has none of which that is true */
	p->place = s->want->nentries++;
	p->ns = s->link->ns;
	p->link = s->link;
	p->leased = true;
	p->until = t == ADDRESS ? s->with->until : 0;
	complete_phrase(s->want, p, s->mem);
	if (phrase_stands(*last, p) || (t == ROUTE && !find_room(s->want, p)))
		return;
	while (*last)
		last = &(*last)->next;
	*last = p;
}

/* The file's, or what complete_presets gives by the link's place: the first cable's routes win. */
static unsigned
metric(const struct link *l)
{
	return (unsigned)value_num(l->vals, "dhcp-metric", 1000);
}

/* What is left of the lease, in seconds; the kernel must not be the first to end it. */
static const char *
life_left(const struct lesson *s)
{
	long long left = (s->with->until - s->with->now + 999) / 1000;

	if (!s->with->until || left >= UINT32_MAX)
		return "forever";
	return mem_printf(s->mem, "%lld", left < 1 ? 1 : left);
}

static void
learn_address(const struct lesson *s)
{
	const struct value *b = value_named(s->lease->vals, "broadcast");
	const struct ip *a = &s->lease->address;
	const char *text = type_ip_text(a, true, s->mem), *life;

	if (a->len < 31)
		text = mem_printf(s->mem, "%s broadcast %s", text,
			b ? type_ip_text(&b->ip, false, s->mem) : "+");
	life = life_left(s);
	say(s, ADDRESS,
		mem_printf(s->mem, "%s metric %u valid-lft %s preferred-lft %s", text,
			metric(s->link), life, life));
}

/* The routers that a lease names are on the link, whatever its network is. */
static bool
is_near(const struct lease *l, const struct ip *router)
{
	const struct value *routes = value_named(l->vals, "routes");

	if (l->address.len < 32 && phrase_covers(&l->address, router))
		return true;
	for (const struct value *v = routes ? routes->items : NULL; v; v = v->next)
		if (!v->to && v->ip.len && phrase_covers(&v->ip, router))
			return true;
	return false;
}

static void
learn_route(const struct lesson *s, const char *to, const struct ip *router)
{
	const char *via = "";

	if (router)
		via = mem_printf(s->mem, " via %s%s", type_ip_text(router, false, s->mem),
			is_near(s->lease, router) ? "" : " onlink");
	say(s, ROUTE, mem_printf(s->mem, "%s%s metric %u protocol dhcp", to, via, metric(s->link)));
}

static struct ip
router_of(const struct value *route)
{
	struct ip ip = { .family = AF_INET, .len = 32 };

	for (int i = 0; i < 4; i++)
		ip.b[i] = (uint8_t)(route->to >> (24 - 8 * i));
	return ip;
}

/* The kernel makes the route to the address's own network by itself. */
static bool
is_own_network(const struct lease *l, const struct value *route)
{
	return !route->to && route->ip.len == l->address.len &&
	       phrase_covers(&route->ip, &l->address);
}

/* Routes on the link come first: routers of others may stand behind them. */
static void
learn_routes(const struct lesson *s)
{
	const struct value *routes = value_named(s->lease->vals, "routes"),
			   *router = value_named(s->lease->vals, "router");
	struct ip via;

	for (int far = 0; far < 2; far++)
		for (const struct value *v = routes ? routes->items : NULL; v; v = v->next) {
			if ((v->to != 0) != far || is_own_network(s->lease, v))
				continue;
			via = router_of(v);
			learn_route(s, v->ip.len ? type_ip_text(&v->ip, true, s->mem) : "default",
				far ? &via : NULL);
		}
	if (router && router->items)
		learn_route(s, "default", &router->items->ip);
}

static uint32_t
attr_num(const struct link *l, int attr, uint32_t other)
{
	const struct nlattr *a = l->have ? link_attr(l->have, attr) : NULL;

	return a && mnl_attr_get_payload_len(a) >= sizeof(uint32_t) ? mnl_attr_get_u32(a) : other;
}

/* A larger one than the link or what is under it can do would be refused. */
static bool
fits(const struct link *l, uint64_t mtu)
{
	uint32_t most = attr_num(l, IFLA_MAX_MTU, 0);

	if (l->parent && mtu > attr_num(l->parent, IFLA_MTU, UINT32_MAX))
		return false;
	return !most || mtu <= most;
}

/* Sets a key that the file does not set. */
static void
set(const struct lesson *s, struct value **vals, const struct key *k, const struct value *from)
{
	struct value *v;

	if (value_of(*vals, k))
		return;
	v = mem_get(s->mem, sizeof(*v));
	*v = (struct value) {
		.key = k, .file = s->with->file, .line = 1, .link = s->link, .leased = true
	};
	if (k->type == &type_text)
		v->text = from->text;
	else
		v->num = from->num;
	value_add(vals, v);
}

static void
learn_mtu(const struct lesson *s)
{
	const struct value *mtu = value_named(s->lease->vals, "mtu");

	if (mtu && fits(s->link, mtu->num))
		set(s, &s->link->vals, link_key(s->link, "mtu"), mtu);
}

bool
learn_is_nameless(const char *name)
{
	return !name || !*name || !strcmp(name, "(none)") || !strcmp(name, "localhost") ||
	       !strncmp(name, "localhost.", 10);
}

static void
learn_hostname(const struct lesson *s)
{
	const struct value *name = value_named(s->lease->vals, "hostname");
	const char *applied = s->with->applied, *now = s->with->hostname;
	bool asked = link_value(s->link, "dhcp-use") != NULL;

	if (!name || strlen(name->text) > 64) /* __NEW_UTS_LEN, linux/utsname.h */
		return;
	if (asked || learn_is_nameless(now) || (applied && !strcmp(applied, now)))
		set(s, &s->want->vals, key_find(&global_keys, "hostname"), name);
}

/* Names are looked for in the link itself: see diff/names.c. */
static void
learn_names(const struct lesson *s)
{
	static const struct {
		const char *key;
		unsigned use;
	} names[] = { { "dns", USE_DNS }, { "search", USE_SEARCH }, { "domain", USE_SEARCH } };

	for (size_t i = 0; i < LEN(names); i++) {
		const struct value *v = value_named(s->lease->vals, names[i].key);
		struct value *copy;

		if (!v || !learn_uses(s->link, names[i].use))
			continue;
		copy = mem_get(s->mem, sizeof(*copy));
		*copy = *v;
		copy->next = NULL;
		copy->file = s->with->file;
		copy->line = 1;
		value_add(&s->link->names, copy);
	}
}

void
learn_lease(struct model *want, struct link *l, const struct lease *lease,
	const struct learning *with, struct mem *mem)
{
	const struct lesson s = { want, l, lease, with, mem };

	learn_address(&s);
	if (learn_uses(l, USE_ROUTES))
		learn_routes(&s);
	if (learn_uses(l, USE_MTU))
		learn_mtu(&s);
	if (learn_uses(l, USE_HOSTNAME))
		learn_hostname(&s);
	learn_names(&s);
}

void
learn_fallback(struct model *want, struct link *l, const uint8_t address[4],
	const struct learning *with, struct mem *mem)
{
	const struct learning ever = { .file = with->file };
	const struct lesson s = { want, l, NULL, &ever, mem };

	say(&s, ADDRESS,
		mem_printf(mem, "%u.%u.%u.%u/16 broadcast 169.254.255.255 scope link metric %u",
			address[0], address[1], address[2], address[3], metric(l)));
}
