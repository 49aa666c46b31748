/* Addresses, routes, rules, neighbours and forwarding entries that somebody has set. */
#include <linux/if_addr.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <libmnl/libmnl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/mem.h"
#include "check/check.h"
#include "dump/parts.h"
#include "dump/said.h"
#include "key/msg.h"
#include "key/type.h"
#include "model/link.h"
#include "model/phrase.h"

/* Where the kernel tells it although nobody has set it. */
static bool
says_nothing(const struct value *v)
{
	static const char *const always[] = { "pref", "proto", "protocol", "metric" };

	if (v->key->home == IN_HEAD || v->key->type->bare)
		return !v->num;
	for (size_t i = 0; i < LEN(always); i++)
		if (!strcmp(v->key->name, always[i]))
			return !v->num;
	return false;
}

static struct value *
all_but(const struct value *vals, const struct value *out, struct mem *mem)
{
	struct value *all = values_copy(mem, vals), **v = &all;

	while (*v && (*v)->key != out->key)
		v = &(*v)->next;
	if (*v)
		*v = (*v)->next;
	return all;
}

/* True when completing the phrase would add the value again. */
static bool
is_added(const struct phrase *p, const struct value *v, struct mem *mem)
{
	struct phrase without = *p;
	const struct value *w;

	if (v->key->need)
		return false;
	without.vals = all_but(p->vals, v, mem);
	phrase_complete(&without, NULL, mem);
	w = value_of(without.vals, v->key);
	return w ? v->key->type->same(v->key, w, v) : says_nothing(v);
}

static bool
goes_without(const struct phrase *p, const struct value *v, struct mem *mem)
{
	if (v->key->unread)
		return true; /* of the moment */
	if (p->topic == RULE && !strcmp(v->key->name, "protocol") && !v->num)
		return true; /* nobody has said who set it */
	if (p->topic == ADDRESS && !strcmp(v->key->name, "label"))
		return p->link && !strcmp(v->text, p->link->name);
	if (p->topic == ADDRESS && strstr(v->key->name, "-lft"))
		return v->num == UINT32_MAX;
	return is_added(p, v, mem);
}

static void
trim(struct dumping *d, struct phrase *p)
{
	const struct table *t = phrase_table(p->topic);
	const struct value *v;
	struct value *kept = NULL;

	for (size_t i = 0; i < t->n; i++)
		if ((v = value_of(p->vals, &t->keys[i])) && !goes_without(p, v, d->mem))
			dump_add(d, &kept, v);
	p->vals = kept;
}

/* The words of a phrase of the kernel's. */
struct phrase *
dump_phrase(struct dumping *d, const struct phrase *from, struct netns *ns, struct link *l)
{
	struct phrase *p = mem_get(d->mem, sizeof(*p));

	*p = *from;
	p->next = NULL;
	p->ns = ns;
	p->link = l;
	p->line = 1;
	trim(d, p);
	return p;
}

/* What runs down is never the same twice. */
static bool
runs_down(const struct key *k)
{
	return strstr(k->name, "-lft") || !strcmp(k->name, "expires");
}

/* A remark in the place of a phrase. */
void
dump_instead(struct dumping *d, const struct phrase *p, const char *why)
{
	struct phrase lasting = *p;
	const char *text;

	lasting.vals = NULL;
	for (const struct value *v = p->vals; v; v = v->next)
		if (!runs_down(v->key))
			dump_add(d, &lasting.vals, v);
	text = mem_printf(
		d->mem, "%s = %s: %s", phrase_topic(p->topic), phrase_text(&lasting, d->mem), why);
	if (p->link)
		dump_remark(d, model_named(d->out, p->link->section), text);
	else
		dump_remark_space(d, model_space(d->out, p->ns->name, true), text);
}

void
dump_append(struct phrase **list, struct phrase *p)
{
	while (*list)
		list = &(*list)->next;
	*list = p;
}

/* What nbs has applied counts for set, whoever else might have done it. */
bool
dump_is_applied(const struct dumping *d, const struct link *l, const struct phrase *p)
{
	const struct link *a = dump_applied(d, l);
	struct phrase any = *p;
	struct nexthop hop;

	if (p->hops) { /* by whatever index its link was known */
		hop = *p->hops;
		hop.link = NULL;
		any.hops = &hop;
	}
	return a && phrase_stands(a->said[p->topic], &any);
}

static bool
is_leased(const struct link *h, const struct phrase *p)
{
	const struct value *v = value_named(h->names, "address");
	const struct ip *local = phrase_ip(p, "local");

	return v && local->family == AF_INET && !memcmp(v->ip.b, local->b, 4);
}

/* IPv4LL is taken while no server answers, where the file says so. */
static bool
is_fallback(const struct dumping *d, const struct link *l, const struct phrase *p)
{
	const struct link *a = dump_applied(d, l);
	const struct ip *local = phrase_ip(p, "local");

	return a && value_num(a->vals, "dhcp-fallback", 0) && local->family == AF_INET &&
	       local->b[0] == 169 && local->b[1] == 254;
}

/* It comes with raising the loopback, which no kernel says: inetdev_event() */
static bool
is_loopback(const struct link *l, const struct phrase *p)
{
	static const uint8_t own[] = { 127, 0, 0, 1 };
	const struct ip *local = phrase_ip(p, "local");

	return l->kind->always && local->family == AF_INET && local->len == 8 &&
	       !memcmp(local->b, own, sizeof(own));
}

static bool
is_brought(const struct dumping *d, const struct link *l, const struct phrase *p)
{
	return p->foreign || is_loopback(l, p) || is_leased(l->have, p) || is_fallback(d, l, p) ||
	       (phrase_ip(p, "local")->family == AF_INET6 &&
		       phrase_address_flags(p) & IFA_F_TEMPORARY);
}

static void
take_address(struct dumping *d, struct link *l, const struct phrase *from)
{
	const uint64_t life = value_num(from->vals, "valid-lft", UINT32_MAX);
	struct phrase *p = dump_phrase(d, from, l->ns, l);

	if (life == UINT32_MAX || dump_is_applied(d, l, from))
		dump_append(&l->said[ADDRESS], p);
	else
		dump_instead(d, p, "it ends, unless who has set it sets it anew");
}

/*
 * In the order in which they were set: what the model has is the kernel's order
 * turned round, and the kernel has the newest IPv6 address first.
 */
static void
take_addresses(struct dumping *d, struct link *l)
{
	const struct phrase *all = l->have->said[ADDRESS], *last = NULL;

	while (last != all) {
		const struct phrase *p = all;

		while (p->next != last)
			p = p->next;
		last = p;
		if (phrase_ip(p, "local")->family == AF_INET && !is_brought(d, l, p))
			take_address(d, l, p);
	}
	for (const struct phrase *p = all; p; p = p->next)
		if (phrase_ip(p, "local")->family == AF_INET6 && !is_brought(d, l, p))
			take_address(d, l, p);
}

/* The kernel adds rules of its own to each namespace. */
static void
take_rules(struct dumping *d, struct netns *n, const struct netns *have)
{
	struct phrase *p;

	for (const struct phrase *from = have->said[RULE]; from; from = from->next) {
		if (from->foreign)
			continue;
		p = dump_phrase(d, from, n, NULL);
		p->next = n->said[RULE];
		n->said[RULE] = p;
	}
}

struct printed {
	const char *text;
	struct phrase *p;
};

static int
by_text(const void *a, const void *b)
{
	const struct printed *x = a, *y = b;

	return strcmp(x->text, y->text);
}

struct phrase **
dump_array(struct phrase *list, struct mem *mem, size_t *n)
{
	struct phrase **all;

	*n = 0;
	for (const struct phrase *p = list; p; p = p->next)
		++*n;
	all = mem_get(mem, *n * sizeof(struct phrase *));
	*n = 0;
	for (; list; list = list->next)
		all[(*n)++] = list;
	return all;
}

/* Tables that the kernel hashes, put into an order that lasts. */
static void
sort(struct phrase **list, struct mem *mem)
{
	size_t n;
	struct phrase **phrases = dump_array(*list, mem, &n);
	struct printed *all = mem_get(mem, n * sizeof(*all));

	for (size_t i = 0; i < n; i++)
		all[i] = (struct printed) { phrase_text(phrases[i], mem), phrases[i] };
	qsort(all, n, sizeof(*all), by_text);
	for (size_t i = 0; i < n; i++) {
		*list = all[i].p;
		list = &all[i].p->next;
	}
	*list = NULL;
}

static bool
is_set_neighbor(const struct phrase *p)
{
	return value_num(p->vals, "nud", 0) & NUD_PERMANENT || value_num(p->vals, "proxy", 0) ||
	       value_num(p->vals, "managed", 0);
}

static uint8_t
flags_of(const struct phrase *p)
{
	return ((const struct ndmsg *)mnl_nlmsg_get_payload(p->raw))->ndm_flags;
}

/* A bridge knows its own address and those of its ports, in each VLAN. */
static bool
is_mac_of_bridge(const struct link *bridge, const struct dumping *d, const struct value *mac)
{
	for (const struct link *l = d->out->links; l; l = l->next)
		if ((l == bridge || l->master == bridge) && l->have->mac.n == mac->bytes.n &&
			!memcmp(l->have->mac.b, mac->bytes.b, mac->bytes.n))
			return true;
	return false;
}

/* An entry without a VLAN is one in every VLAN as well: br_fdb_add() */
static bool
is_copy(const struct phrase *p, const struct phrase *all)
{
	if (!value_num(p->vals, "vlan", 0))
		return false;
	for (; all; all = all->next)
		if (!value_num(all->vals, "vlan", 0) && flags_of(all) == flags_of(p) &&
			value_num(all->vals, "state", 0) == value_num(p->vals, "state", 0) &&
			key_same(value_named(all->vals, "lladdr"), value_named(p->vals, "lladdr")))
			return true;
	return false;
}

/* A link's own table holds what it receives, which the kernel finds out. */
static bool
is_set_entry(const struct dumping *d, const struct link *l, const struct phrase *p)
{
	const struct link *bridge = l->kind->has_vlans ? l : l->master;

	return !p->foreign && bridge && !(flags_of(p) & (NTF_SELF | NTF_EXT_LEARNED)) &&
	       value_num(p->vals, "state", 0) & (NUD_PERMANENT | NUD_NOARP) &&
	       !is_mac_of_bridge(bridge, d, value_named(p->vals, "lladdr")) &&
	       !is_copy(p, l->have->said[FDB]);
}

static void
take_entries(struct dumping *d, struct link *l)
{
	for (const struct phrase *p = l->have->said[NEIGHBOR]; p; p = p->next)
		if (is_set_neighbor(p) || dump_is_applied(d, l, p))
			dump_append(&l->said[NEIGHBOR], dump_phrase(d, p, l->ns, l));
	for (const struct phrase *p = l->have->said[FDB]; p; p = p->next)
		if (is_set_entry(d, l, p) || dump_is_applied(d, l, p))
			dump_append(&l->said[FDB], dump_phrase(d, p, l->ns, l));
	sort(&l->said[NEIGHBOR], d->mem);
	sort(&l->said[FDB], d->mem);
}

void
dump_said(struct dumping *d)
{
	for (struct netns *n = d->out->spaces; n; n = n->next) {
		const struct netns *have = model_space(d->have, n->name, false);

		take_rules(d, n, have);
		dump_routes(d, n, have);
	}
	for (struct link *l = d->out->links; l; l = l->next) {
		take_addresses(d, l);
		take_entries(d, l);
	}
	dump_reach(d);
}
