#include "print/ipsaid.h"

#include <string.h>
#include <sys/socket.h>

#include "base/mem.h"
#include "key/type.h"
#include "model/link.h"
#include "model/phrase.h"
#include "print/iplink.h"
#include "print/sh.h"

/* The words that open a command, and the keys that tell one phrase from another. */
static const struct form {
	const char *program, *object;
	const char *self[24];
} forms[TOPICS] = {
	[ADDRESS] = { "ip", "address", { "local", "peer" } },
	[ROUTE] = { "ip", "route", { "type", "dst", "from", "tos", "table", "metric" } },
	[RULE] = { "ip", "rule",
		{ "not", "from", "to", "tos", "fwmark", "iif", "oif", "priority", "table", "type",
			"goto", "l3mdev", "uidrange", "ipproto", "sport", "dport",
			"suppress-prefixlength", "suppress-ifgroup", "realms", "tun-id",
			"protocol" } },
	[NEIGHBOR] = { "ip", "neighbour", { "proxy", "address" } },
	[FDB] = { "bridge", "fdb", { "lladdr", "self", "master", "vlan", "dst" } },
};

static bool
tells_apart(const struct form *f, const struct key *k)
{
	for (size_t i = 0; i < LEN(f->self) && f->self[i]; i++)
		if (!strcmp(f->self[i], k->name))
			return true;
	return false;
}

/* What nbs fills in is what ip(8) would, but for who set it. */
static bool
is_taken_for_granted(const struct value *v)
{
	return !v->line && !v->foreign && !v->key->first && !v->key->type->bare &&
	       strncmp(v->key->name, "proto", 5) != 0;
}

static void
network(struct sh *s, const struct value *v)
{
	if (v->ip.family && v->ip.len)
		sh_word(s, value_text(v, s->mem));
	else
		sh_add(s, v->key->need ? "default" : "all");
}

static void
value(struct sh *s, const struct value *v)
{
	const struct key *k = v->key;
	const char *name = k->name;

	if ((k->type->bare || !strcmp(name, "l3mdev")) && !v->num)
		return;
	if (!k->first || k->type->bare)
		sh_add(s, iplink_word(k, s->mem));
	if (k->type->bare || !strcmp(name, "l3mdev"))
		return;
	if (k->home == IN_METRICS && v->to && strcmp(name, "rto-min") != 0)
		sh_add(s, "lock");
	if (!strcmp(name, "ttl-propagate"))
		sh_add(s, v->num ? "enabled" : "disabled");
	else if (!strcmp(name, "uidrange")) /* ip(8) wants both ends */
		sh_words(s, "%u-%u", (unsigned)v->num, (unsigned)v->to);
	else if (k->type == &type_net && strcmp(name, "local") != 0)
		network(s, v);
	else if (k->type == &type_link)
		sh_word(s, v->link ? v->link->name : v->text);
	else if (k->type == &type_text || k->type == &type_name)
		sh_word(s, v->text);
	else
		sh_word(s, value_text(v, s->mem));
}

static uint8_t
family_of(const struct phrase *p)
{
	const struct value *dst = value_named(p->vals, "dst");

	return dst ? dst->ip.family : (uint8_t)value_num(p->vals, "family", AF_INET);
}

static void
hop(struct sh *s, const struct nexthop *h, int family, bool several)
{
	const struct value *via = value_named(h->vals, "via");

	if (several)
		sh_add(s, "nexthop");
	if (via) {
		sh_add(s, via->ip.family == family     ? "via"
			  : via->ip.family == AF_INET6 ? "via inet6"
						       : "via inet");
		sh_word(s, value_text(via, s->mem));
	}
	if (h->link)
		sh_words(s, "dev %s", h->link->name);
	if (several)
		sh_words(s, "weight %u", (unsigned)value_num(h->vals, "weight", 1));
	if (value_num(h->vals, "onlink", 0))
		sh_add(s, "onlink");
}

/* A lookup is what the table says; a family is told before the command. */
static bool
is_silent(const struct phrase *p, const struct value *v)
{
	const char *name = v->key->name;

	if (p->topic == RULE && !strcmp(name, "type"))
		return value_named(p->vals, "table") || value_named(p->vals, "goto") ||
		       value_num(p->vals, "l3mdev", 0);
	if (p->topic == NEIGHBOR && !strcmp(name, "address"))
		return value_num(p->vals, "proxy", 0);
	if (p->topic == NEIGHBOR && !strcmp(name, "proxy"))
		return true;
	return (p->topic == RULE && !strcmp(name, "family")) ||
	       (p->topic == ROUTE && !strcmp(name, "type") && v->num == 1); /* RTN_UNICAST */
}

static void
values(struct sh *s, const struct phrase *p, bool remove)
{
	const struct table *t = phrase_table(p->topic);
	const struct value *v;

	for (size_t i = 0; i < t->n; i++) {
		v = value_of(p->vals, &t->keys[i]);
		if (!v || is_silent(p, v) || (remove && !tells_apart(&forms[p->topic], v->key)))
			continue;
		if (!is_taken_for_granted(v))
			value(s, v);
		if (!v->key->need)
			continue;
		/* after what is asked for, where to */
		for (const struct nexthop *h = p->hops; h && !h->next; h = NULL)
			hop(s, h, family_of(p), false);
	}
	for (const struct nexthop *h = p->hops && p->hops->next ? p->hops : NULL; h; h = h->next)
		hop(s, h, family_of(p), true);
}

void
ipsaid_put(struct sh *s, const struct phrase *p, const char *verb, const struct origin *at)
{
	const struct form *f = &forms[p->topic];
	const struct value *proxy = p->topic == NEIGHBOR ? value_named(p->vals, "proxy") : NULL;

	sh_start(s, f->program, p->ns);
	if ((p->topic == ROUTE || p->topic == RULE) && family_of(p) == AF_INET6)
		sh_add(s, "-6");
	sh_add(s, f->object);
	sh_add(s, verb);
	if (proxy && proxy->num)
		sh_words(s, "proxy %s", value_text(value_named(p->vals, "address"), s->mem));
	values(s, p, !strcmp(verb, "delete"));
	if (p->topic != ROUTE && p->topic != RULE)
		sh_words(s, "dev %s", p->link->name);
	sh_end(s, at);
}
