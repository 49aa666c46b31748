#include "diff/bind.h"

#include <string.h>

#include "base/mem.h"
#include "resolve/complete.h"
#include "kind/kind.h"
#include "model/link.h"

/* A link with a device behind it, which udev, if it runs, is done with. */
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
	return is_such(l, h) && text_fits(link_value(l, "match-name"), h->name);
}

/* Reports all NICs that fit one section; it is done to none. */
static void
too_many(struct link *l, const struct model *have, const struct netns *ns)
{
	const struct origin o = model_at(l, NULL);
	const char *names = "";

	for (struct link *h = have->links; h; h = h->next)
		if (h->ns == ns && fits(l, h))
			names = mem_printf(have->mem, "%s%s%s", names, *names ? ", " : "", h->name);
	if (!l->told)
		diag(&o, "several NICs fit: %s; done to none of them", names);
	l->told = true;
	l->failed = true;
	l->why = "several NICs fit";
}

static struct link *
find_fitting(struct link *l, const struct model *have, const struct netns *ns)
{
	struct link *found = ns && link_value(l, "match-name") ? model_find(ns, l->name) : NULL;

	if (found && is_such(l, found))
		return found; /* renamed already */
	found = NULL;
	for (struct link *h = have->links; ns && h; h = h->next) {
		if (h->ns != ns || !fits(l, h))
			continue;
		if (found) {
			too_many(l, have, ns);
			return NULL;
		}
		found = h;
	}
	return found;
}

static struct link *
find_in(struct link *l, const struct model *have, const struct netns *ns)
{
	return has_match(l) ? find_fitting(l, have, ns) : model_find(ns, l->name);
}

/*
 * A link by the name it has.  Once found it is known by its index, since names
 * may go round; one that was moved has kept its name at first.
 */
static struct link *
find_noted(const struct link *l, const struct value *was, const struct model *have)
{
	const char *space, *name = model_split(have->mem, was->text, &space);
	const struct netns *n = model_space((struct model *)have, space, false);
	struct link *h = l->index ? model_indexed(l->ns->have, l->index)
	                 : n      ? model_find(n, name)
	                          : NULL;

	return h || l->index ? h : model_find(l->ns->have, name);
}

/* A link given by the machine is looked for in its namespace, then in nbs's own, to be moved. */
static struct link *
find_given(struct link *l, const struct model *have)
{
	struct link *h = find_in(l, have, l->ns->have);
	const struct value *was = link_value(l, "match-link");

	if (was)
		return find_noted(l, was, have);
	if (!h && !l->failed && l->ns->have != have->spaces)
		h = find_in(l, have, have->spaces);
	return h;
}

/* Whose NIC it is already, by the file. */
static struct link *
claimant(const struct model *want, const struct link *h)
{
	for (struct link *w = want->links; h && h->mark && w; w = w->next)
		if (w->have == h && !w->restored)
			return w;
	return NULL;
}

/*
 * A NIC that the file knows by another section now is to be as it was before the old one
 * in what the new one does not say.
 */
static void
give_way(struct link *l, struct link *w)
{
	struct value **from = &l->vals, *v;

	l->instead = w;
	while ((v = *from)) {
		if (!v->restored || v->key->home == IN_NBS || value_of(w->vals, v->key)) {
			from = &v->next;
			continue;
		}
		*from = v->next;
		v->next = NULL;
		value_add(&w->vals, v);
	}
	for (enum topic t = ADDRESS; t < TOPICS; t++) {
		struct phrase **last = &w->said[t];

		while (*last)
			last = &(*last)->next;
		*last = l->said[t];
		for (struct phrase *p = l->said[t]; p; p = p->next) {
			p->link = w;
			for (struct phrase *h = p->hops; h; h = h->next)
				h->link = h->link == l ? w : h->link;
		}
		l->said[t] = NULL;
	}
	l->have = NULL;
	l->index = 0;
}

static void
bind_link(const struct model *want, struct link *l, const struct model *have)
{
	struct link *h = NULL;

	l->why = NULL;
	if (l->kind->matched)
		h = find_given(l, have);
	else
		h = model_find(l->ns->have, l->name);
	if (l->restored && claimant(want, h))
		give_way(l, claimant(want, h));
	if (l->instead)
		h = NULL;
	l->why = h ? NULL : l->why ? l->why : "not there";
	if (h && h->unsettled) {
		l->why = h->unsettled;
		h = NULL;
	}
	/* what was found out about a link that went away says nothing of the next one */
	if (!h || h->index != l->index) {
		l->tries = 0;
		for (struct value *v = l->vals; v; v = v->next)
			v->failed = v->sent = false;
	}
	l->have = h;
	l->index = h ? h->index : 0;
	if (h && !h->mark)
		h->mark = l->place + 1; /* claimed */
}

static struct phrase *copy_said(struct model *, const struct phrase *, struct link *);

static struct phrase *
copy_phrase(struct model *m, const struct phrase *from, struct link *l)
{
	struct phrase *p = mem_get(m->mem, sizeof(*p));

	*p = *from;
	p->next = NULL;
	p->link = l;
	p->vals = values_copy(m->mem, from->vals);
	p->hops = copy_said(m, from->hops, l);
	return p;
}

static struct phrase *
copy_said(struct model *m, const struct phrase *from, struct link *l)
{
	struct phrase *all = NULL, **last = &all;

	for (; from; from = from->next) {
		*last = copy_phrase(m, from, l);
		last = &(*last)->next;
	}
	return all;
}

/* A NIC that a template stands for becomes a wanted link of its own. */
static void
expand(struct model *want, const struct link *t, struct link *h)
{
	struct link *l = model_link(want, t->kind, t->ns, h->name);

	l->file = t->file;
	l->line = t->line;
	l->vals = values_copy(want->mem, t->vals);
	for (enum topic i = ADDRESS; i < TOPICS; i++)
		l->said[i] = copy_said(want, t->said[i], l);
	complete_link(want, l);
	l->have = h;
	l->index = h->index;
	h->mark = l->place + 1;
}

static struct link *
template_of(struct model *want, const struct link *h, bool single)
{
	for (struct link *t = want->links; t; t = t->next)
		if (t->template && !t->taken && t->ns->have == h->ns &&
			!!value_num(t->vals, "single", 0) == single &&
			text_glob(t->name, h->name) && (!has_match(t) || fits(t, h)))
			return t;
	return NULL;
}

/* What has it only because an earlier file spoke of it. */
static struct link *
restored_of(const struct model *want, const struct link *h)
{
	for (struct link *r = want->links; h->mark && r; r = r->next)
		if (r->have == h)
			return r->restored ? r : NULL;
	return NULL;
}

/* Templates take what no section names and nobody has for a port. */
static void
expand_templates(struct model *want, struct model *have, bool single)
{
	struct link *t, *l, *r;

	for (struct link *h = have->links; h; h = h->next) {
		r = restored_of(want, h);
		if ((h->mark && !r) || !is_nic(h) || h->unsettled || h->master_index)
			continue;
		t = template_of(want, h, single);
		l = t ? model_find(t->ns, h->name) : NULL;
		if (!t || (l && l != r))
			continue;
		expand(want, t, h);
		if (r)
			give_way(r, model_find(t->ns, h->name));
		t->taken = single;
	}
}

void
bind_links(struct model *want, struct model *have)
{
	bool templates = false;

	if (have->bound)
		return;
	have->bound = true;
	for (struct netns *n = want->spaces; n; n = n->next) {
		n->have = model_space(have, n->name, false);
		n->fd = n->have ? n->have->fd : -1;
	}
	for (struct link *h = have->links; h; h = h->next)
		h->mark = 0;
	for (struct link *l = want->links; l; l = l->next) {
		templates = templates || l->template;
		if (!l->template)
			bind_link(want, l, have);
	}
	if (!templates)
		return;
	expand_templates(want, have, true);
	expand_templates(want, have, false);
}
