#include "diff/before.h"

#include <libmnl/libmnl.h>
#include <linux/if_link.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "key/type.h"
#include "kind/kind.h"
#include "model/index.h"
#include "model/link.h"
#include "model/phrase.h"

/* The note of a wanted link, by the name it will have; what is restored has that of its note. */
static struct link *
noted(const struct model *before, const struct link *l)
{
	const struct value *now = l->restored ? link_value(l, "match-link") : NULL;
	const char *section = now ? now->text : l->section;

	for (struct link *b = before->links; b; b = b->next) {
		now = link_value(b, "match-link");
		if (now ? !strcmp(now->text, section)
			: !strcmp(b->ns->name, l->ns->name) && !strcmp(b->name, l->name))
			return b;
	}
	return NULL;
}

static void
add_value(struct model *before, struct value **vals, const struct value *v)
{
	struct value *copy = mem_get(before->mem, sizeof(*copy));

	*copy = *v;
	copy->next = NULL;
	copy->foreign = false;
	if (v->key->type == &type_text || v->key->type == &type_name)
		copy->text = mem_text(before->mem, v->text, strlen(v->text));
	value_add(vals, copy);
}

/* The name the kernel has for it: the differ has given it the new one by now. */
static const char *
old_name(struct model *before, const struct link *h)
{
	const struct nlattr *a = link_attr(h, IFLA_IFNAME);
	const char *name = a ? mnl_attr_get_str(a) : h->name;

	return mem_text(before->mem, name, strlen(name));
}

/* Of two NICs that appeared under one name, one after the other, the second keeps its new name. */
static const char *
former_name(struct model *before, struct netns *n, const struct link *l)
{
	const char *name = old_name(before, l->have);

	return model_find(n, name) ? mem_text(before->mem, l->name, strlen(l->name)) : name;
}

static struct link *
note_link(struct model *before, const struct link *l)
{
	const struct link *h = l->have;
	struct netns *n = model_space(before, h->ns->name, true);
	struct link *b = model_link(before, l->kind, n, former_name(before, n, l));
	struct value v = { 0 };

	if (l->kind->matched) {
		v.key = link_key(b, "match-link");
		v.text = mem_text(before->mem, l->section, strlen(l->section));
		add_value(before, &b->vals, &v);
	}
	return b;
}

/* Links that values name are not noted: whoever joined it left by itself. */
static void
note_values(struct model *before, struct link *b, const struct link *l)
{
	struct value v;

	for (const struct value *w = l->vals; w; w = w->next) {
		if (value_of(b->vals, w->key) || w->key->type == &type_link ||
			w->key->type == &type_list)
			continue;
		if (w->key->home != IN_PORT && link_read(l->have, w->key, &v, before->mem))
			add_value(before, &b->vals, &v);
	}
}

/* The path of a link's sysctl under the name the link had, which may be two rounds ago. */
static const char *
old_path(const struct model *before, const struct sysctl *c, struct mem *mem)
{
	const struct link *l = c->link, *b = l ? noted(before, l) : NULL;
	const char *at = b ? strstr(c->path, mem_printf(mem, "/%s/", l->name)) : NULL;

	if (!at)
		return c->path;
	return mem_printf(
		mem, "%.*s/%s/%s", (int)(at - c->path), c->path, b->name, at + strlen(l->name) + 2);
}

/* A link that moves to another namespace, or back, gets what holds there by default. */
static bool
was_elsewhere(const struct model *before, const struct link *l)
{
	const struct link *b = noted(before, l);

	return b && strcmp(b->ns->name, l->ns->name) != 0;
}

/* The wanted link whose sysctl it is, also where a section of sysctls names it; or NULL. */
static const struct link *
link_of(const struct netns *want, const struct sysctl *c, struct mem *mem)
{
	static const char *const folders[] = { "net/ipv4/conf/", "net/ipv4/neigh/",
		"net/ipv6/conf/", "net/ipv6/neigh/" };

	for (size_t i = 0; i < LEN(folders) && !c->link; i++) {
		const char *name = c->path + strlen(folders[i]);

		if (!strncmp(c->path, folders[i], strlen(folders[i])))
			return model_find(want, mem_text(mem, name, strcspn(name, "/")));
	}
	return c->link;
}

static void
note_sysctl(struct model *before, const struct netns *want, const struct sysctl *c, struct mem *mem)
{
	const struct sysctl *h = model_sysctl(want->have, c->path);
	const struct link *l = link_of(want, c, mem);
	struct netns *n;
	const char *path;
	struct sysctl *copy;

	/* what is of a link that nbs made goes with it */
	if (!h || !h->text || want->made || (l && (l->made || was_elsewhere(before, l))))
		return;
	n = model_space(before, want->name, true);
	path = old_path(before, c, mem);
	if (model_sysctl(n, path))
		return;
	path = mem_text(before->mem, path, strlen(path));
	copy = mem_get(before->mem, sizeof(*copy));
	*copy = (struct sysctl) {
		.next = n->sysctls, .ns = n, .path = path, .section = "sysctl", .key = path
	};
	copy->text = mem_text(before->mem, h->text, strcspn(h->text, "\n"));
	n->sysctls = copy;
}

static void
note_hostname(struct model *before, const struct model *want, const struct model *have)
{
	struct value v = { .key = key_find(&global_keys, "hostname"), .text = have->hostname };

	if (value_of(want->vals, v.key) && v.text && !value_of(before->vals, v.key))
		add_value(before, &before->vals, &v);
}

/* What is being noted, and where to. */
struct note {
	struct model *before;
	const struct model *applied; /* or NULL */
	struct index routes;         /* of applied */
};

static bool
is_applied(const struct note *n, const struct phrase *p)
{
	const struct model *a = n->applied;
	const struct netns *s = a ? model_space((struct model *)a, p->ns->name, false) : NULL;
	const struct link *l = s && p->link ? model_find(s, p->link->name) : NULL;

	if (s && p->topic == ROUTE)
		return index_find(&n->routes, p, p->ns->name) != NULL;
	return s &&
	       (phrase_stands(s->said[p->topic], p) || (l && phrase_stands(l->said[p->topic], p)));
}

/* A phrase that is there and not by nbs is noted as the kernel has it. */
static void
note_phrase(const struct note *n, const struct phrase *p, struct netns *ns, struct link *b)
{
	struct phrase **list = b ? &b->said[p->topic] : &ns->said[p->topic], *copy;
	const struct phrase *h = p->found;
	struct fault f;

	if (p->ours || !h || h->foreign || (h->hops && h->hops->next) || phrase_stands(*list, p) ||
		is_applied(n, p))
		return;
	copy = phrase_parse(
		n->before->mem, p->topic, phrase_text(h, n->before->mem), "before", 1, &f);
	if (!copy)
		return; /* holds what nbs has no word for */
	copy->ns = ns;
	copy->link = b;
	if (copy->hops)
		copy->hops->link = NULL; /* that of the section */
	while (*list)
		list = &(*list)->next;
	*list = copy;
}

static void
note_said(const struct note *n, struct phrase *const *said, struct netns *ns, struct link *b)
{
	for (enum topic t = ADDRESS; t < TOPICS; t++)
		for (const struct phrase *p = said[t]; p; p = p->next)
			note_phrase(n, p, ns, b);
}

static bool
has_item(const struct value *list, const char *text)
{
	for (const struct value *v = list ? list->items : NULL; v; v = v->next)
		if (!strcmp(v->text, text))
			return true;
	return false;
}

/* A link that was a port without nbs: its master is noted to have it. */
static void
note_port(const struct note *n, const struct link *l, const struct link *b)
{
	const struct link *h = l->have, *m = model_indexed(h->ns, h->master_index), *a;
	struct netns *ns = model_space(n->before, h->ns->name, true);
	const struct netns *s =
		n->applied ? model_space((struct model *)n->applied, l->ns->name, false) : NULL;
	struct value *ports, *item;
	struct link *master;

	if (!m || !kind_of(m) || !kind_of(m)->ports || !l->master_at || l->master_at->sent)
		return;
	if (s && (a = model_find(s, l->name)) && a->master)
		return; /* by nbs */
	master = model_find(ns, m->name);
	if (!master)
		master = model_link(n->before, kind_of(m), ns, m->name);
	ports = link_value(master, "ports");
	if (!ports) {
		struct value v = { .key = link_key(master, "ports") };

		add_value(n->before, &master->vals, &v);
		ports = link_value(master, "ports");
	}
	if (has_item(ports, b->section))
		return;
	item = mem_get(n->before->mem, sizeof(*item));
	item->key = key_find(&common_keys, "parent"); /* a link's name, as an item is */
	item->text = mem_text(n->before->mem, b->section, strlen(b->section));
	value_add(&ports->items, item);
}

void
before_hand_over(struct model *before, const struct model *want)
{
	for (const struct link *l = want->links; l; l = l->next) {
		struct link *b = l->instead ? noted(before, l) : NULL;
		struct value *now = b ? link_value(b, "match-link") : NULL;

		if (now)
			now->text = mem_text(
				before->mem, l->instead->section, strlen(l->instead->section));
	}
}

void
before_note(struct model *before, const struct model *want, const struct model *have,
	const struct model *applied)
{
	struct note note = { .before = before, .applied = applied };

	before_hand_over(before, want);
	if (applied)
		index_model(&note.routes, have->mem, applied, ROUTE);
	for (const struct link *l = want->links; l; l = l->next) {
		struct link *b;

		/* what is in a namespace that nbs made goes with it; what is restored is of a note */
		if (!l->have || l->made || l->template || l->anew || l->failed || l->restored ||
			(l->ns->made && l->have->ns == l->ns->have))
			continue;
		b = noted(before, l);
		b = b ? b : note_link(before, l);
		note_values(before, b, l);
		note_said(&note, l->said, b->ns, b);
		note_port(&note, l, b);
	}
	for (const struct netns *n = want->spaces; n; n = n->next)
		if (n->have && !n->made)
			note_said(&note, n->said, model_space(before, n->name, true), NULL);
	for (const struct netns *n = want->spaces; n; n = n->next)
		for (const struct sysctl *c = n->sysctls; c; c = c->next)
			note_sysctl(before, n, c, have->mem); /* of the round */
	note_hostname(before, want, have);
}
