#include "state/merge.h"

#include <string.h>

#include "base/mem.h"
#include "key/type.h"
#include "model/link.h"
#include "model/index.h"
#include "model/phrase.h"

static void
add_said(struct mem *mem, struct phrase **list, const struct phrase *from)
{
	struct phrase *p, **last = list;
	struct index there;

	index_list(&there, mem, *list);
	while (*last)
		last = &(*last)->next;
	for (; from; from = from->next) {
		if (from->saved || index_find(&there, from, from->ns->name))
			continue;
		p = mem_get(mem, sizeof(*p));
		*p = *from;
		p->next = NULL;
		*last = p;
		last = &p->next;
	}
}

static void
add_all_said(struct mem *mem, struct phrase **to, struct phrase *const *from)
{
	for (enum topic t = ADDRESS; t < TOPICS; t++)
		add_said(mem, &to[t], from[t]);
}

static bool
has_item(const struct value *list, const struct value *item)
{
	for (const struct value *v = list->items; v; v = v->next)
		if (v->text && item->text && !strcmp(v->text, item->text))
			return true;
	return false;
}

/* Ports that were taken in stay remembered until they have been let go. */
static void
add_ports(struct mem *mem, struct link *to, const struct link *from)
{
	struct value *mine = link_value(to, "ports");
	const struct value *others = link_value(from, "ports");
	struct value *copy;

	for (const struct value *v = mine && others ? others->items : NULL; v; v = v->next) {
		if (has_item(mine, v))
			continue;
		copy = mem_get(mem, sizeof(*copy));
		*copy = *v;
		copy->next = NULL;
		value_add(&mine->items, copy);
	}
}

/* Those that are not there; a copy, since either model keeps its own. */
static void
add_values(struct mem *mem, struct value **to, const struct value *from)
{
	for (; from; from = from->next) {
		struct value one = *from;

		if (from->saved || value_of(*to, from->key))
			continue;
		one.next = NULL;
		value_add(to, values_copy(mem, &one)); /* a list with items of its own */
	}
}

static void
add_link(struct model *m, const struct link *from)
{
	struct netns *n = model_space(m, from->ns->name, true);
	struct link *l = model_find(n, from->name);

	if (l) {
		l->made = l->made || from->made;
		l->implied = l->implied && from->implied;
		add_ports(m->mem, l, from);
	} else {
		l = model_link(m, from->kind, n, from->name);
		l->section = from->section;
		l->file = from->file;
		l->line = from->line;
		l->made = from->made;
		l->implied = from->implied;
		l->template = from->template;
		l->master = from->master;
		add_values(m->mem, &l->vals, from->vals);
	}
	add_all_said(m->mem, l->said, from->said);
}

/* Those of a link follow from its keys. */
static void
add_sysctls(struct mem *mem, struct sysctl **to, const struct sysctl *from)
{
	struct sysctl **c;

	for (; from; from = from->next) {
		for (c = to; *c && strcmp((*c)->path, from->path) != 0;)
			c = &(*c)->next;
		if (*c || from->link || from->saved)
			continue;
		*c = mem_get(mem, sizeof(**c));
		**c = *from;
		(*c)->next = NULL;
	}
}

static void
add_space(struct model *m, const struct netns *from)
{
	struct netns *n = model_space(m, from->name, true);

	n->made = n->made || from->made;
	add_values(m->mem, &n->vals, from->vals);
	add_all_said(m->mem, n->said, from->said);
	add_sysctls(m->mem, &n->sysctls, from->sysctls);
}

static void
add_model(struct model *m, const struct model *from)
{
	add_values(m->mem, &m->vals, from->vals);
	for (const struct netns *n = from->spaces; n; n = n->next)
		add_space(m, n);
	for (const struct link *l = from->links; l; l = l->next)
		if (!l->saved)
			add_link(m, l);
}

struct model *
merge_models(struct mem *mem, const struct model *a, const struct model *b)
{
	struct model *m = model_new(mem);

	add_model(m, a);
	add_model(m, b);
	return m;
}
