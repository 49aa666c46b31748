/* Which link of those that were found is which of the target. */
#include <string.h>

#include "base/mem.h"
#include "kind/kind.h"
#include "model/link.h"
#include "resolve/complete.h"
#include "target/internal.h"

/* A link with a device behind it. */
static bool
is_nic(const struct link *h)
{
	return h->device != NULL;
}

/* The permanent address counts, where there is one: ports of a bond show the bond's. */
static bool
has_mac(const struct link *h, const struct bytes *mac)
{
	const struct bytes *b = h->permanent.n ? &h->permanent : &h->mac;

	return b->n == mac->n && !memcmp(b->b, mac->b, mac->n);
}

static bool
text_fits(const struct value *v, const char *text)
{
	return !v || (text && text_glob(v->text, text));
}

static bool
has_match(const struct link *l)
{
	return link_value(l, "match-mac") || link_value(l, "match-driver") ||
	       link_value(l, "match-path") || link_value(l, "match-name");
}

/* Whatever it is called. */
static bool
is_such(const struct link *l, const struct link *h)
{
	const struct value *mac = link_value(l, "match-mac");

	return is_nic(h) && (!mac || has_mac(h, &mac->bytes)) &&
	       text_fits(link_value(l, "match-driver"), h->driver) &&
	       text_fits(link_value(l, "match-path"), h->device);
}

static bool
fits(const struct link *l, const struct link *h)
{
	const struct value *name = link_value(l, "match-name");

	return is_such(l, h) && (text_fits(name, h->name) || link_has_altname(h, name->text));
}

/* Of several NICs that fit one section, none is it. */
static void
refuse(struct making *k, struct link *l, const struct netns *ns)
{
	const char *names = "";

	for (const struct link *h = k->from->found->links; h; h = h->next)
		if (h->ns == ns && fits(l, h))
			names = mem_printf(k->mem, "%s%s%s", names, *names ? ", " : "", h->name);
	l->refused = true;
	l->why = mem_printf(k->mem, "several NICs fit: %s; done to none of them", names);
}

static const struct link *
find_fitting(struct making *k, struct link *l, const struct netns *ns)
{
	const struct link *found =
		ns && link_value(l, "match-name") ? model_find(ns, l->name) : NULL;

	if (found && is_such(l, found))
		return found; /* renamed already */
	found = NULL;
	for (const struct link *h = ns ? k->from->found->links : NULL; h; h = h->next) {
		if (h->ns != ns || !fits(l, h))
			continue;
		if (found) {
			refuse(k, l, ns);
			return NULL;
		}
		found = h;
	}
	return found;
}

/* By its name, or by another name that a NIC has, unless the file has that by its own. */
static const struct link *
find_named(struct making *k, struct link *l, const struct netns *ns)
{
	const struct link *h = model_find(ns, l->name);

	if (h)
		return h;
	for (h = k->from->found->links; h; h = h->next)
		if (h->ns == ns && is_nic(h) && link_has_altname(h, l->name))
			break;
	if (!h || !model_find(model_netns(k->target, ns->name), h->name))
		return h;
	l->why = mem_printf(
		k->mem, "it is another name of %s, which the file names, too", h->section);
	return NULL;
}

static const struct link *
find_in(struct making *k, struct link *l, const struct netns *ns)
{
	return has_match(l) ? find_fitting(k, l, ns) : ns ? find_named(k, l, ns) : NULL;
}

/* A NIC by its MAC address; of several, the one of that name. */
static const struct link *
find_mac(const struct making *k, const struct netns *n, const char *name, const struct bytes *mac)
{
	const struct link *found = n ? model_find(n, name) : NULL;

	if (found && is_nic(found) && has_mac(found, mac))
		return found;
	found = n ? k->from->found->links : NULL;
	while (found && (found->ns != n || !is_nic(found) || !has_mac(found, mac)))
		found = found->next;
	return found;
}

const struct link *
bind_saved(const struct making *k, const struct link *b, const char *section)
{
	const struct model *found = k->from->found;
	const char *space, *name = model_split(k->mem, section, &space);
	/* once found it is known by its index, since names may go round */
	uint32_t index = attempts_of(k->from->attempts, attempt_saved(b->section))->stamp;
	const struct netns *home = model_netns(found, b->ns->name), *n = model_netns(found, space);
	const struct value *mac = link_value(b, "match-mac");
	const struct link *h = index ? home ? model_indexed(home, index) : NULL
	                       : n   ? model_find(n, name)
	                             : NULL;

	if (mac) { /* it has gone to another namespace */
		h = find_mac(k, n, name, &mac->bytes);
		return h ? h : find_mac(k, home, b->name, &mac->bytes);
	}
	/* one that was moved has kept its name at first */
	return h || index || !home ? h : model_find(home, name);
}

/* A NIC that nbs has moved to a namespace, where the file now wants it elsewhere. */
static const struct link *
find_moved(struct making *k, const struct link *l)
{
	const struct target_from *f = k->from;

	for (const struct link *a = has_match(l) && f->applied ? f->applied->links : NULL; a;
		a = a->next) {
		const struct netns *n =
			a->kind->matched ? model_netns(f->found, a->ns->name) : NULL;
		const struct link *h = n && *n->name ? model_find(n, a->name) : NULL;

		if (h && fits(l, h))
			return h;
	}
	for (const struct link *b = !has_match(l) && f->saved ? f->saved->links : NULL; b;
		b = b->next) {
		const struct value *now =
			link_value(b, "match-mac") ? link_value(b, "match-link") : NULL;

		if (now && !strcmp(b->section, l->section) && !model_named(k->target, now->text))
			return bind_saved(k, b, now->text);
	}
	return NULL;
}

/* A NIC that came back because its namespace was deleted may have a name that the kernel gave it. */
static const struct link *
find_returned(const struct making *k, const struct link *l)
{
	const struct model *saved = k->from->saved;

	for (const struct link *b = saved ? saved->links : NULL; b; b = b->next) {
		const struct value *now = link_value(b, "match-link"),
				   *mac = link_value(b, "match-mac");

		if (now && mac && !strcmp(now->text, l->section))
			return find_mac(k, k->from->found->spaces, b->name, &mac->bytes);
	}
	return NULL;
}

/* A NIC is looked for in its namespace, then in nbs's own, to be moved, and where nbs moved it. */
static const struct link *
find_nic(struct making *k, struct link *l)
{
	const struct netns *own = k->from->found->spaces;
	const struct link *h = find_in(k, l, l->ns->have);

	if (!h && !l->refused && l->ns->have != own) {
		h = find_returned(k, l);
		h = h ? h : find_in(k, l, own);
	}
	return h || l->refused ? h : find_moved(k, l);
}

void
bind_to(struct making *k, struct link *l, const struct link *h)
{
	if (!h && !l->why)
		l->why = "not there";
	if (h && h->unsettled)
		l->why = h->unsettled;
	l->have = h && !h->unsettled ? h : NULL;
	if (l->have && !k->claimed[h->place])
		k->claimed[h->place] = l;
}

void
bind_all(struct making *k)
{
	for (struct link *l = k->target->links; l; l = l->next) {
		const struct netns *n = l->ns->have;

		if (l->template)
			continue;
		if (l->kind->matched)
			bind_to(k, l, find_nic(k, l));
		else
			bind_to(k, l, n ? model_find(n, l->name) : NULL);
	}
}

static void
copy_entries(struct making *k, struct phrase **list, const struct link *l)
{
	struct mem *mem = k->mem;

	own_entries(mem, list);
	for (struct phrase *p = *list; p; p = p->next) {
		p->place = k->target->nentries++;
		p->link = l;
		p->vals = values_copy(mem, p->vals);
		own_hops(mem, &p->hops, l);
		for (struct nexthop *h = p->hops; h; h = h->next)
			h->vals = values_copy(mem, h->vals);
	}
}

/* A NIC that was seen before keeps its place among those that templates stand for. */
static void
place(struct making *k, struct link *l)
{
	const struct attempts *a = k->from->attempts;
	const unsigned first = k->from->file->count;

	for (unsigned i = 0; a && i < a->nexpanded; i++)
		if (!strcmp(a->expanded[i], l->section)) {
			k->target->count--;
			l->place = first + i;
		}
}

/* A NIC that a template stands for becomes a link of its own; have is NULL when it went away. */
static void
expand(struct making *k, struct link *t, const char *name, const struct link *have)
{
	struct link *l = model_link(k->target, t->kind, t->ns, name);

	place(k, l);
	l->file = t->file;
	l->line = t->line;
	l->expanded = true;
	l->vals = values_copy(k->mem, t->vals);
	for (enum topic i = ADDRESS; i < TOPICS; i++) {
		l->said[i] = t->said[i];
		copy_entries(k, &l->said[i], l);
	}
	complete_link(k->target, l);
	bind_to(k, l, have);
	t->taken = value_num(t->vals, "single", 0);
}

static struct link *
template_of(const struct making *k, const struct link *h, bool single)
{
	for (struct link *t = k->target->links; t; t = t->next)
		if (t->template && !t->taken && t->ns->have == h->ns &&
			!!value_num(t->vals, "single", 0) == single &&
			text_glob(t->name, h->name) && (!has_match(t) || fits(t, h)))
			return t;
	return NULL;
}

/* Templates take what no section names and nobody has for a port. */
static void
expand_all(struct making *k, bool single)
{
	struct link *t;

	for (const struct link *h = k->from->found->links; h; h = h->next) {
		if (k->claimed[h->place] || !is_nic(h) || h->unsettled || h->master_index)
			continue;
		t = template_of(k, h, single);
		if (!t || model_find(t->ns, h->name))
			continue;
		expand(k, t, h->name, h);
	}
}

/* One that was there in an earlier round, and went away, is still wanted. */
static void
expand_gone(struct making *k, const char *section)
{
	const char *space, *name = model_split(k->mem, section, &space);

	for (struct link *t = k->target->links; t; t = t->next)
		if (t->template && !t->taken && !strcmp(t->ns->name, space) &&
			text_glob(t->name, name)) {
			expand(k, t, name, NULL);
			return;
		}
}

void
bind_templates(struct making *k)
{
	const struct attempts *a = k->from->attempts;
	bool templates = false;

	for (const struct link *l = k->target->links; l; l = l->next)
		templates = templates || l->template;
	if (!templates)
		return;
	k->target->count += a ? a->nexpanded : 0;
	expand_all(k, true);
	expand_all(k, false);
	for (unsigned i = 0; a && i < a->nexpanded; i++)
		if (!model_named(k->target, a->expanded[i]))
			expand_gone(k, a->expanded[i]);
}
