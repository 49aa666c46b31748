#include "diff/select.h"

#include <string.h>

#include "base/mem.h"
#include "diff/join.h"
#include "model/link.h"

static struct link *
named(const struct model *m, const char *name)
{
	struct link *l = m->links;

	while (l && strcmp(l->section, name) != 0)
		l = l->next;
	return l;
}

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
}

int
select_links(struct model *m, char *const *names)
{
	if (!*names)
		return 0;
	for (struct link *l = m->links; l; l = l->next)
		l->mark = 0;
	for (; *names; names++) {
		struct link *l = named(m, *names);

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

static bool
leans_on(const struct link *l, unsigned depth)
{
	if (!l || !depth)
		return false;
	return l->mark || leans_on(l->parent, depth - 1) || (l->peer && l->peer->mark);
}

/* Only what a model says of marked links. */
static void
keep_marked(struct model *m, const struct model *like)
{
	for (struct link *l = m->links; l; l = l->next) {
		const struct value *now = link_value(l, "match-link");
		const struct link *a = named(like, now ? now->text : l->section);

		l->mark = a && a->mark;
	}
	cut(m);
	m->vals = NULL;
	for (struct netns *n = m->spaces; n; n = n->next)
		n->sysctls = NULL;
}

static struct model *
without(struct mem *mem, struct model *applied, struct model *before)
{
	if (before)
		keep_marked(before, applied);
	for (struct link *l = applied->links; l; l = l->next)
		l->anew = leans_on(l, 16);
	for (struct link *l = applied->links; l; l = l->next)
		l->mark = !l->anew;
	return join_models(mem, before ? before : model_new(mem), applied);
}

struct model *
select_without(struct mem *mem, const struct model *applied, struct model *before, char *const *names)
{
	struct model *rest;

	if (!*names)
		return before ? before : model_new(mem);
	for (struct link *l = applied->links; l; l = l->next)
		l->mark = 0;
	for (; *names; names++) {
		struct link *l = named(applied, *names);

		if (!l) {
			(void)unknown(*names, "is applied");
			return NULL;
		}
		l->mark = 1;
	}
	/* applied stays whole for the differ; the rest is cut from a copy */
	rest = without(mem, join_models(mem, applied, model_new(mem)), before);
	return rest;
}
