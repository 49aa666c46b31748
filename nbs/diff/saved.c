#include "diff/saved.h"

#include <libmnl/libmnl.h>
#include <linux/if_link.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "key/type.h"
#include "kind/kind.h"
#include "model/link.h"
#include "model/phrase.h"

/* What is being noted, and where to. */
struct note {
	struct model *saved;
	const struct plan *plan;
	const struct model *applied; /* or NULL */
};

static const char *
copy_text(const struct note *n, const char *text)
{
	return mem_text(n->saved->mem, text, strlen(text));
}

/* The link of the target that a found one is; NULL: none. */
static const struct link *
target_of(const struct note *n, const struct link *h)
{
	for (const struct link *l = n->plan->target->links; l; l = l->next)
		if (planned(n->plan, l)->have == h)
			return l;
	return NULL;
}

/* The note of a link by the section, or else the name, that it has or will have. */
static struct link *
noted(const struct model *saved, const char *section, const char *space, const char *name)
{
	for (struct link *b = saved->links; b; b = b->next) {
		const struct value *now = link_value(b, "match-link");

		if (now ? !strcmp(now->text, section)
			: !strcmp(b->ns->name, space) && !strcmp(b->name, name))
			return b;
	}
	return NULL;
}

static void
add_value(const struct note *n, struct value **vals, const struct value *v)
{
	struct value *copy = mem_get(n->saved->mem, sizeof(*copy));

	*copy = *v;
	copy->next = NULL;
	copy->foreign = false;
	if (v->key->type == &type_text || v->key->type == &type_name || v->key->type == &type_link)
		copy->text = copy_text(n, v->text);
	value_add(vals, copy);
}

/* Of two NICs that came under one name the second keeps its new one; one that moves is known by its MAC. */
static struct link *
add_link(const struct note *n, const struct kind *kind, const struct link *h, const char *section,
	const char *name)
{
	struct netns *ns = model_space(n->saved, h->ns->name, true);
	struct link *b = model_link(
		n->saved, kind, ns, copy_text(n, model_find(ns, h->name) ? name : h->name));
	const struct value v = { .key = link_key(b, "match-link"), .text = section },
			   mac = { .key = link_key(b, "match-mac"), .bytes = h->permanent };

	if (kind->matched)
		add_value(n, &b->vals, &v);
	if (kind->matched && h->device && h->permanent.n && strchr(section, '/'))
		add_value(n, &b->vals, &mac);
	return b;
}

/* The note of a link of the target. */
static struct link *
note_target(const struct note *n, const struct link *l)
{
	const struct netns *ns = l->saved ? model_netns(n->saved, l->ns->name) : NULL;
	struct link *b =
		ns ? model_find(ns, l->name) : noted(n->saved, l->section, l->ns->name, l->name);

	return b ? b : add_link(n, l->kind, planned(n->plan, l)->have, l->section, l->name);
}

/*
 * What is there without nbs: what it made, and what is in a namespace that it made, goes
 * with it; what is restored is of a note.
 */
static bool
is_others(const struct note *n, const struct link *l)
{
	const struct planned *w = planned(n->plan, l);

	return w->have && !l->made && !l->template && !w->anew && !w->failed && !l->saved &&
	       !(l->ns->made && w->have->ns == l->ns->have);
}

/* The note of a link that was found; NULL where there shall be none. */
static struct link *
note_found(const struct note *n, const struct link *h)
{
	const struct link *l = target_of(n, h);
	const struct kind *k = kind_of(h);
	struct link *b = l ? NULL : noted(n->saved, h->section, h->ns->name, h->name);

	if (l)
		return is_others(n, l) || l->saved ? note_target(n, l) : NULL;
	return b ? b : add_link(n, k ? k : kind_default(h->name), h, h->section, h->name);
}

/* Links that values name are not noted: whoever joined it left by itself. */
static void
note_values(const struct note *n, struct link *b, const struct link *l)
{
	struct value v;

	for (const struct value *w = l->vals; w; w = w->next) {
		if (value_of(b->vals, w->key) || w->key->type == &type_link ||
			w->key->type == &type_list)
			continue;
		if (w->key->home != IN_PORT &&
			link_read(planned(n->plan, l)->have, w->key, &v, n->saved->mem))
			add_value(n, &b->vals, &v);
	}
}

/* The path of a link's sysctl under the name the link had, which may be two rounds ago. */
static const char *
old_path(const struct note *n, const struct sysctl *c)
{
	const struct link *l = c->link;
	const struct link *b = l ? noted(n->saved, l->section, l->ns->name, l->name) : NULL;
	const char *at = b ? strstr(c->path, mem_printf(n->plan->mem, "/%s/", l->name)) : NULL;

	if (!at)
		return c->path;
	return mem_printf(n->plan->mem, "%.*s/%s/%s", (int)(at - c->path), c->path, b->name,
		at + strlen(l->name) + 2);
}

/* A link that moves to another namespace, or back, gets what holds there by default. */
static bool
was_elsewhere(const struct note *n, const struct link *l)
{
	const struct link *b = noted(n->saved, l->section, l->ns->name, l->name);

	return b && strcmp(b->ns->name, l->ns->name) != 0;
}

static void
add_sysctl(const struct note *n, struct netns *to, const char *path, const char *text)
{
	struct sysctl *copy = mem_get(n->saved->mem, sizeof(*copy));

	*copy = (struct sysctl) { .next = to->sysctls, .ns = to, .section = "sysctl" };
	copy->path = copy->key = copy_text(n, path);
	copy->text = mem_text(n->saved->mem, text, strcspn(text, "\n"));
	to->sysctls = copy;
}

/* What each link has of a setting that is about to be set for all. */
static void
note_each(const struct note *n, const struct netns *ns, struct netns *to, const struct sysctl *all)
{
	const char *owner, *setting = model_setting(all->path, &owner), *name;

	for (const struct sysctl *h = ns->have->sysctls; h; h = h->next) {
		if (!(name = model_setting(h->path, &owner)) || strcmp(name, setting) != 0 ||
			!strncmp(owner, "all/", 4) || h->path[7] != all->path[7] || !h->text ||
			!strcmp(h->text, all->text))
			continue;
		if (!model_sysctl(ns, h->path) && !model_sysctl(to, h->path))
			add_sysctl(n, to, h->path, h->text);
	}
}

static void
note_sysctl(const struct note *n, const struct netns *ns, const struct sysctl *c)
{
	const struct sysctl *h = model_sysctl(ns->have, c->path);
	const char *name = c->link ? NULL : model_setting_link(c->path, n->plan->mem);
	const struct link *l = c->link ? n->plan->by_place[c->link->place]
	                       : name  ? model_find(ns, name)
	                               : NULL;
	struct netns *to;
	const char *path;

	/* what is of a link that nbs made goes with it */
	if (!h || !h->text || ns->made ||
		(l && (l->made || planned(n->plan, l)->anew || was_elsewhere(n, l))))
		return;
	to = model_space(n->saved, ns->name, true);
	path = old_path(n, c);
	if (model_sysctl(to, path))
		return;
	add_sysctl(n, to, path, h->text);
	if (model_sets_all(path))
		note_each(n, ns, to, h);
}

/* An entry that is there and not by nbs is noted as the kernel has it, with its own link. */
static void
note_entry(const struct note *n, const struct phrase *h)
{
	struct link *b = h->link ? note_found(n, h->link) : NULL;
	struct netns *ns = b ? NULL : model_space(n->saved, h->ns->name, true);
	struct phrase **list = b ? &b->said[h->topic] : &ns->said[h->topic], *copy;
	struct fault f;

	if ((h->link && !b) || (h->hops && h->hops->next) || phrase_stands(*list, h))
		return;
	copy = phrase_parse(n->saved->mem, h->topic, phrase_text(h, n->saved->mem), "saved", 1, &f);
	if (!copy)
		return; /* holds what nbs has no word for */
	copy->ns = b ? b->ns : ns;
	copy->link = b;
	if (copy->hops)
		copy->hops->link = NULL; /* that of the section */
	while (*list)
		list = &(*list)->next;
	*list = copy;
}

static void
note_entries(const struct note *n, struct phrase *const *said, const struct netns *ns)
{
	const struct netns *t = model_netns(n->plan->target, ns->name);

	for (enum topic k = t && t->made ? TOPICS : ADDRESS; k < TOPICS; k++)
		for (const struct phrase *h = said[k]; h; h = h->next)
			if (plan_marked(n->plan, h, OTHERS) && !plan_marked(n->plan, h, APPLIED))
				note_entry(n, h);
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
	const struct link *h = planned(n->plan, l)->have,
			  *m = model_indexed(h->ns, h->master_index);
	const struct netns *at = n->applied ? model_netns(n->applied, l->ns->name) : NULL;
	const struct link *a = model_find(at, l->name);
	struct netns *ns = model_space(n->saved, h->ns->name, true);
	struct value *ports, *item;
	struct link *master;

	if (!m || !kind_of(m) || !kind_of(m)->ports || !l->master_at || (a && a->master) ||
		attempts_of(n->plan->attempts, attempt_master(l))->accepted)
		return; /* it is one by nbs */
	master = noted(n->saved, m->section, ns->name, m->name);
	if (!master)
		master = model_link(n->saved, kind_of(m), ns, m->name);
	ports = link_value(master, "ports");
	if (!ports) {
		add_value(n, &master->vals, &(struct value) { .key = link_key(master, "ports") });
		ports = link_value(master, "ports");
	}
	if (has_item(ports, b->section))
		return;
	item = mem_get(n->saved->mem, sizeof(*item));
	item->key = key_find(&common_keys, "parent"); /* a link's name, as an item is */
	item->text = copy_text(n, b->section);
	value_add(&ports->items, item);
}

/* The notes of links whose NIC the file has given to another section are of that one now. */
static void
hand_over(const struct note *n)
{
	for (struct link *b = n->saved->links; b; b = b->next) {
		struct value *now = link_value(b, "match-link");
		const char *space,
			*name = now ? model_split(n->plan->mem, now->text, &space) : NULL;
		const struct netns *f = now ? model_netns(n->plan->found, space) : NULL;
		const struct link *h = f ? model_find(f, name) : NULL, *l;

		if (!now)
			continue;
		l = model_named(n->plan->target, now->text);
		if (l && !l->saved)
			continue;
		/* where it has its old name again, who is called so has it */
		l = h ? target_of(n, h)
		      : model_find(model_netns(n->plan->target, b->ns->name), b->name);
		if (l && !l->saved && planned(n->plan, l)->have)
			now->text = copy_text(n, l->section);
	}
}

void
saved_note(struct model *saved, const struct plan *p, const struct model *applied)
{
	const struct note n = { saved, p, applied };
	const struct value name = { .key = key_find(&global_keys, "hostname"),
		.text = p->found->hostname };

	hand_over(&n);
	for (const struct link *l = p->target->links; l; l = l->next) {
		struct link *b = is_others(&n, l) ? note_target(&n, l) : NULL;

		if (!b)
			continue;
		note_values(&n, b, l);
		note_port(&n, l, b);
	}
	for (const struct link *h = p->found->links; h; h = h->next)
		note_entries(&n, h->said, h->ns);
	for (const struct netns *s = p->found->spaces; s; s = s->next)
		note_entries(&n, s->said, s);
	for (const struct netns *s = p->target->spaces; s; s = s->next)
		for (const struct sysctl *c = s->sysctls; c; c = c->next)
			note_sysctl(&n, s, c);
	if (value_of(p->target->vals, name.key) && name.text && !value_of(saved->vals, name.key))
		add_value(&n, &saved->vals, &name);
}

/* Takes the values out that came back: all of the saved ones that a target has, but for refusals. */
static void
prune_values(
	const struct plan *p, struct value **saved, const struct value *vals, const struct link *l)
{
	while (*saved) {
		const struct value *v = vals;

		while (v && !(v->saved && v->key == (*saved)->key))
			v = v->next;
		if (v && !attempts_of(p->attempts, attempt_value(l, v->key))->refused)
			*saved = (*saved)->next;
		else
			saved = &(*saved)->next;
	}
}

static void
prune_sysctls(const struct plan *p, struct sysctl **saved, const struct netns *n)
{
	while (*saved) {
		const struct sysctl *c = model_sysctl(n, (*saved)->path);

		if (c && c->saved && !attempts_of(p->attempts, attempt_sysctl(c))->refused)
			*saved = (*saved)->next;
		else
			saved = &(*saved)->next;
	}
}

/* The link is as others had it, and nothing else is wanted in the place of what was on it. */
static bool
is_back(const struct link *b, const struct link *w)
{
	for (enum topic k = ADDRESS; k < TOPICS; k++)
		for (const struct phrase *e = b->said[k]; e; e = e->next)
			if (!phrase_stands(w->said[k], e))
				return false;
	return true;
}

void
saved_prune(struct model *saved, const struct plan *p)
{
	struct link **b = &saved->links;

	hand_over(&(const struct note) { saved, p, NULL });
	while (*b) {
		const struct value *now = link_value(*b, "match-link");
		const struct link *w = model_named(p->target, now ? now->text : (*b)->section);

		if (!w || w->saved)
			w = model_find(model_netns(p->target, (*b)->ns->name), (*b)->name);
		if (w && w->saved && !planned(p, w)->failed && is_back(*b, w)) {
			*b = (*b)->next;
			continue;
		}
		if (w)
			prune_values(p, &(*b)->vals, w->vals, w);
		b = &(*b)->next;
	}
	saved->last = b;
	for (struct netns *n = saved->spaces; n; n = n->next)
		prune_sysctls(p, &n->sysctls, model_netns(p->target, n->name));
	prune_values(p, &saved->vals, p->target->vals, NULL);
}
