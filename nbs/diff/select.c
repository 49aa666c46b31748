#include "diff/select.h"

#include <string.h>

#include "model/link.h"

/* Marks a link and all that it needs. */
static void
mark_needed(struct model *m, struct link *l)
{
	const struct value *ports;

	if (!l || l->mark)
		return;
	l->mark = 1;
	mark_needed(m, l->parent);
	mark_needed(m, l->peer);
	if ((ports = link_value(l, "ports")))
		for (const struct value *v = ports->items; v; v = v->next)
			mark_needed(m, v->link);
	for (struct phrase *p = l->said[ROUTE]; p; p = p->next)
		for (struct phrase *h = p->hops; h; h = h->next)
			mark_needed(m, h->link);
}

static int
unknown(const char *name, const char *where)
{
	diag(NULL, "'%s': no such link %s", name, where);
	return -1;
}

static bool
in_used_space(const struct model *m, const struct netns *n)
{
	for (const struct link *l = m->links; l; l = l->next)
		if (l->ns == n && l->mark)
			return true;
	return false;
}

/* What is said of links that stay, stays: of no link only where the namespace is nbs's to fill. */
static bool
is_about_kept(const struct phrase *p)
{
	for (const struct phrase *h = p->hops; h; h = h->next)
		if (h->link ? !h->link->mark : !*p->ns->name)
			return false;
	return p->hops || *p->ns->name;
}

static void
cut_said(struct phrase **p)
{
	while (*p)
		if (is_about_kept(*p))
			p = &(*p)->next;
		else
			*p = (*p)->next;
}

static void
cut_sysctls(struct netns *n)
{
	struct sysctl **c = &n->sysctls;

	while (*c)
		if ((*c)->link ? (*c)->link->mark != 0 : *n->name != 0)
			c = &(*c)->next;
		else
			*c = (*c)->next;
}

/* Links that come later take "ipv6" from there; all else is the host's. */
static void
cut_global(struct model *m)
{
	struct value **v = &m->vals;

	while (*v)
		if (!strcmp((*v)->key->name, "ipv6"))
			v = &(*v)->next;
		else
			*v = (*v)->next;
}

static void
cut(struct model *m)
{
	struct link **l = &m->links;
	struct netns **n;

	while (*l)
		if ((*l)->mark)
			l = &(*l)->next;
		else
			*l = (*l)->next;
	m->last = l;
	for (n = &m->spaces->next; *n;)
		if (in_used_space(m, *n))
			n = &(*n)->next;
		else
			*n = (*n)->next;
	cut_global(m);
	for (struct netns *s = m->spaces; s; s = s->next) {
		cut_said(&s->said[ROUTE]);
		cut_said(&s->said[RULE]);
		cut_sysctls(s);
	}
}

int
select_links(struct model *m, char *const *names)
{
	if (!*names)
		return 0;
	for (struct link *l = m->links; l; l = l->next)
		l->mark = 0;
	for (; *names; names++) {
		struct link *l = model_named(m, *names);

		if (!l)
			return unknown(*names, "in the file");
		mark_needed(m, l);
	}
	cut(m);
	return 0;
}

void
select_inherit(struct model *want, const struct model *applied)
{
	if (!applied)
		return;
	for (struct link *l = want->links; l; l = l->next) {
		const struct netns *n = model_space((struct model *)applied, l->ns->name, false);
		const struct link *a = n ? model_find(n, l->name) : NULL;

		l->made = l->made || (a && a->made && a->kind == l->kind);
	}
	for (struct netns *n = want->spaces; n; n = n->next) {
		const struct netns *a = model_space((struct model *)applied, n->name, false);

		n->made = n->made || (a && a->made);
	}
}
