#include "target/target.h"

#include <string.h>

#include "base/mem.h"
#include "kind/kind.h"
#include "model/link.h"
#include "model/phrase.h"
#include "target/internal.h"
#include "target/mac.h"

void
own_values(struct mem *mem, struct value **list)
{
	for (; *list; list = &(*list)->next) {
		struct value *copy = mem_get(mem, sizeof(*copy));

		*copy = **list;
		*list = copy;
	}
}

void
own_entries(struct mem *mem, struct phrase **list)
{
	for (; *list; list = &(*list)->next) {
		struct phrase *copy = mem_get(mem, sizeof(*copy));

		*copy = **list;
		*list = copy;
	}
}

void
own_hops(struct mem *mem, struct nexthop **list, const struct link *l)
{
	for (; *list; list = &(*list)->next) {
		struct nexthop *copy = mem_get(mem, sizeof(*copy));

		*copy = **list;
		copy->link = l;
		*list = copy;
	}
}

void
own_sysctls(struct mem *mem, struct sysctl **list)
{
	for (; *list; list = &(*list)->next) {
		struct sysctl *copy = mem_get(mem, sizeof(*copy));

		*copy = **list;
		*list = copy;
	}
}

static bool
is_chosen(const struct making *k, const struct link *l)
{
	return !k->from->choice || k->from->choice->chosen[l->place];
}

static bool
is_only(const struct making *k)
{
	return k->from->choice && k->from->choice->only;
}

/* Of links that are left out, and for "up LINK" of the host, nothing is said. */
static bool
is_about_chosen(const struct making *k, const struct netns *n, const struct link *l)
{
	return l ? is_chosen(k, l) : !is_only(k) || *n->name;
}

static bool
leads_by_chosen(const struct making *k, const struct phrase *p)
{
	for (const struct nexthop *h = p->hops; h; h = h->next)
		if (!is_about_chosen(k, p->ns, h->link))
			return false;
	return p->hops || is_about_chosen(k, p->ns, NULL);
}

static void
choose_entries(const struct making *k, struct phrase **list)
{
	own_entries(k->mem, list);
	while (*list)
		if (leads_by_chosen(k, *list))
			list = &(*list)->next;
		else
			*list = (*list)->next;
}

static void
choose_sysctls(const struct making *k, struct sysctl **list)
{
	while (*list)
		if (is_about_chosen(k, (*list)->ns, (*list)->link))
			list = &(*list)->next;
		else
			*list = (*list)->next;
}

/* Links that come later take "ipv6" from there; all else is the host's. */
static void
choose_globals(struct value **v)
{
	while (*v)
		if (!strcmp((*v)->key->name, "ipv6"))
			v = &(*v)->next;
		else
			*v = (*v)->next;
}

/* For "up LINK", only namespaces that hold a chosen link. */
static bool
is_used(const struct making *k, const struct netns *n)
{
	for (const struct link *l = k->from->file->links; l; l = l->next)
		if (l->ns == n && is_chosen(k, l))
			return true;
	return !is_only(k) || !*n->name;
}

static bool
is_nbs_space(const struct target_from *f, const struct netns *n)
{
	const struct netns *a = f->applied ? model_netns(f->applied, n->name) : NULL;
	const struct attempt *t = attempts_of(f->attempts, attempt_space(n));

	return (a && a->made) || t->ours || (!n->have && !t->refused);
}

static void
copy_space(struct making *k, const struct netns *from)
{
	struct netns *n = model_space(k->target, from->name, true), *next = n->next;

	*n = *from;
	n->next = next;
	n->names = n->indexes = (struct map) { 0 };
	n->have = model_netns(k->from->found, n->name);
	n->made = is_nbs_space(k->from, n);
	own_sysctls(k->mem, &n->sysctls);
	k->spaces[from->place] = n;
	if (!k->from->choice)
		return;
	choose_sysctls(k, &n->sysctls);
	choose_entries(k, &n->said[ROUTE]);
	if (is_only(k))
		choose_entries(k, &n->said[RULE]);
}

/* nbs made the link that is there, now or at an earlier time; or is to make it. */
static bool
is_nbs(const struct target_from *f, const struct link *l)
{
	const struct netns *n = f->applied ? model_netns(f->applied, l->ns->name) : NULL;
	const struct link *a = n ? model_find(n, l->name) : NULL;
	const struct attempt *t = attempts_of(f->attempts, attempt_link(l));

	if (l->template || l->saved)
		return false;
	return (a && a->made && a->kind == l->kind) || t->ours ||
	       (!l->have && !l->kind->given && !t->refused);
}

static void
copy_link(struct making *k, const struct link *from)
{
	struct link *l = mem_get(k->mem, sizeof(*l));

	*l = *from;
	l->next = NULL;
	l->ns = k->spaces[from->ns->place];
	l->have = NULL;
	l->asking = link_asks(l) && !l->template ? "no lease yet" : NULL;
	*k->target->last = l;
	k->target->last = &l->next;
	map_put(&l->ns->names, k->mem, l->name, l);
	k->links[from->place] = l;
}

static struct link *
in_target(const struct making *k, const struct link *l)
{
	return l ? k->links[l->place] : NULL;
}

/* Ports that are left out are not named, either. */
static void
choose_ports(const struct making *k, struct link *l)
{
	const struct value *ports = link_value(l, "ports");
	struct value *list, **v;

	if (!k->from->choice || !ports)
		return;
	own_values(k->mem, &l->vals);
	list = value_of(l->vals, ports->key);
	own_values(k->mem, &list->items);
	for (v = &list->items; *v;)
		if (!(*v)->link || in_target(k, (*v)->link))
			v = &(*v)->next;
		else
			*v = (*v)->next;
}

static void
copy_file(struct making *k, const struct model *file)
{
	struct model *t = k->target;

	t->vals = file->vals;
	t->file = file->file;
	t->line = file->line;
	t->booting = file->booting;
	t->count = file->count;
	t->nentries = file->nentries;
	own_values(k->mem, &t->vals);
	if (is_only(k))
		choose_globals(&t->vals);
	for (const struct netns *n = file->spaces; n; n = n->next)
		if (is_used(k, n))
			copy_space(k, n);
	for (const struct link *l = file->links; l; l = l->next)
		if (is_chosen(k, l))
			copy_link(k, l);
	for (struct link *l = t->links; l; l = l->next) {
		l->parent = in_target(k, l->parent);
		l->master = in_target(k, l->master);
		l->peer = in_target(k, l->peer);
		choose_ports(k, l);
	}
}

static const struct grant *
grant_of(const struct making *k, const struct link *l)
{
	const struct grant *g = link_asks(l) && !l->template ? k->from->grants : NULL;

	while (g && strcmp(g->section, l->section) != 0)
		g = g->next;
	return g;
}

static void
take_grant(struct making *k, struct link *l, const struct grant *g)
{
	l->asking = g->asking;
	if (!g->lease && !g->local)
		return;
	own_values(k->mem, &l->vals);
	own_entries(k->mem, &l->said[ADDRESS]);
	own_entries(k->mem, &l->said[ROUTE]);
	if (g->lease)
		learn_lease(k->target, l, g->lease, &g->with, k->mem);
	else
		learn_fallback(k->target, l, g->local, &g->with, k->mem);
}

/*
 * A bridge would follow its ports.  It has the address of its first NIC, or of any that it
 * took in before; without one, it keeps that of its birth: see KEEP_MAC.
 */
static void
give_mac(struct making *k, struct link *l)
{
	const struct key *key = link_key(l, "mac");
	const struct bytes *now = l->have ? &l->have->mac : NULL, *mac;
	struct value *v;

	if (!l->kind->follows_ports || value_of(l->vals, key))
		return;
	mac = mac_of_ports(l, k->links, now);
	if (!mac || !mac->n)
		return;
	v = mem_get(k->mem, sizeof(*v));
	v->key = key;
	v->bytes = *mac;
	own_values(k->mem, &l->vals);
	value_add(&l->vals, v);
}

struct model *
target_make(struct mem *mem, const struct target_from *from)
{
	struct model *t = model_new(mem);
	const struct model *file = from->file;
	const unsigned links = file ? file->count : 0, spaces = file ? file->nspaces : 1;
	struct making k = { mem, from, t, .links = mem_get(mem, (links + 1) * sizeof(*k.links)),
		.spaces = mem_get(mem, spaces * sizeof(*k.spaces)),
		.claimed = mem_get(mem, (from->found->count + 1) * sizeof(*k.claimed)) };

	if (file)
		copy_file(&k, file);
	t->spaces->have = from->found->spaces;
	bind_all(&k);
	bind_templates(&k);
	for (struct link *l = t->links; l; l = l->next)
		give_mac(&k, l);
	for (struct link *l = t->links; l; l = l->next)
		if (grant_of(&k, l))
			take_grant(&k, l, grant_of(&k, l));
	if (!from->keep)
		restore_all(&k);
	for (struct link *l = t->links; l; l = l->next)
		l->made = is_nbs(from, l);
	return t;
}
