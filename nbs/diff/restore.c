#include "diff/restore.h"

#include <string.h>

#include "base/mem.h"
#include "diff/before.h"
#include "key/type.h"
#include "model/link.h"
#include "model/phrase.h"

static struct link *
same_link(const struct model *m, const struct link *l)
{
	return m ? model_find(model_space((struct model *)m, l->ns->name, false), l->name) : NULL;
}

/* The note of an applied link, which may have had another name. */
static struct link *
note_of(const struct model *before, const struct link *a)
{
	const struct value *now;

	for (struct link *b = before ? before->links : NULL; b; b = b->next) {
		now = link_value(b, "match-link");
		if (now ? !strcmp(now->text, a->section) : !strcmp(b->section, a->section))
			return b;
	}
	return NULL;
}

static struct link *
named(const struct model *m, const char *section)
{
	struct link *l = m->links;

	while (l && strcmp(l->section, section) != 0)
		l = l->next;
	return l;
}

/* A link that a pattern of the file takes is still wanted, though it is not bound yet. */
static bool
is_taken(const struct model *want, const struct link *a)
{
	for (const struct link *t = want->links; t; t = t->next)
		if (t->template && !t->taken && !strcmp(t->ns->name, a->ns->name) &&
			text_glob(t->name, a->name))
			return true;
	return false;
}

static void
want_value(struct model *want, struct value **vals, struct value v)
{
	struct value *copy = mem_get(want->mem, sizeof(*copy));

	*copy = v;
	copy->next = NULL;
	copy->restored = true;
	value_add(vals, copy);
}

static bool
is_settable(const struct key *k)
{
	return k->home != IN_NBS && k->home != IN_SYSCTL && k->type != &type_link &&
	       k->type != &type_list;
}

/* What holds when a key of a link that nbs made is not set, where the table tells. */
static bool
standard(struct model *want, const struct key *k, struct value *v)
{
	*v = (struct value) { .key = k };
	if (k->type == &type_text)
		v->text = "";
	else if (!k->standard)
		return false;
	return k->type == &type_text || key_parse(k, v, k->standard, want->mem) == 0;
}

static void
want_text(struct model *want, struct link *w, const char *key, const char *text)
{
	const struct key *k = link_key(w, key);
	struct value v = { .key = k };

	if (k && key_parse(k, &v, text, want->mem) == 0)
		want_value(want, &w->vals, v);
}

/* Without "vlans" a port has what its bridge gives to new ones: vlan-default-pvid. */
static void
restore_vlans(struct model *want, struct link *w, const struct link *a)
{
	const struct link *bridge = w->kind->has_vlans ? w : w->master;
	uint64_t pvid = bridge ? value_num(bridge->vals, "vlan-default-pvid", 1) : 0;
	const char *text;

	if (!bridge || !link_value(a, "vlans") || link_value(w, "vlans"))
		return;
	text = pvid ? mem_printf(want->mem, "%u", (unsigned)pvid) : "";
	want_text(want, w, "vlans", text);
	if (!pvid)
		return;
	want_text(want, w, "pvid", text);
	want_text(want, w, "untagged", text);
}

static bool
is_gone(const struct link *w, const struct key *k)
{
	return !value_of(w->vals, k) && is_settable(k) && (k->home != IN_PORT || w->master);
}

/* What is noted was changed by nbs, a port without a section of its own included. */
static void
restore_link(struct model *want, struct link *w, const struct link *a, const struct link *b)
{
	struct value v;

	for (const struct value *u = b ? b->vals : NULL; u; u = u->next)
		if (is_gone(w, u->key))
			want_value(want, &w->vals, *u);
	for (const struct value *u = a->vals; u && a->made; u = u->next)
		if (is_gone(w, u->key) && standard(want, u->key, &v))
			want_value(want, &w->vals, v);
	restore_vlans(want, w, a);
}

/* A link that the file no longer names and that nbs did not make is wanted as it was. */
static void
restore_whole(struct model *want, const struct link *b)
{
	struct netns *n = model_space(want, b->ns->name, false);
	struct link *w;

	if (!n || model_find(n, b->name))
		return;
	w = model_link(want, b->kind, n, b->name);
	w->file = b->file;
	w->line = b->line;
	w->restored = true;
	for (const struct value *v = b->vals; v; v = v->next)
		if (v->key->type != &type_list)
			want_value(want, &w->vals, *v);
	want_value(want, &w->vals, (struct value) { .key = key_find(&common_keys, "required") });
}

/* A model to be compared does not write into what is noted. */
static struct phrase *
copy_hops(struct model *want, const struct phrase *hops, struct link *l)
{
	struct phrase *all = NULL, **last = &all;

	for (; hops; hops = hops->next) {
		*last = mem_get(want->mem, sizeof(**last));
		**last = *hops;
		(*last)->link = l;
		last = &(*last)->next;
	}
	return all;
}

/* What was there without nbs stays, or comes back, when the file no longer speaks of it. */
static void
restore_said(struct model *want, struct phrase **said, struct phrase *const *noted,
	struct netns *ns, struct link *l)
{
	for (enum topic t = ADDRESS; t < TOPICS; t++)
		for (const struct phrase *p = noted[t]; p; p = p->next) {
			struct phrase *copy, **last = &said[t];

			if (phrase_stands(said[t], p))
				continue;
			copy = mem_get(want->mem, sizeof(*copy));
			*copy = *p;
			copy->next = NULL;
			copy->ns = ns;
			copy->link = l;
			copy->restored = true;
			copy->hops = copy_hops(want, p->hops, l);
			while (*last)
				last = &(*last)->next;
			*last = copy;
		}
}

/* Ports that a master had without nbs are its ports again. */
static void
restore_ports(struct model *want, const struct link *b)
{
	const struct value *ports = link_value(b, "ports");
	struct link *w = same_link(want, b), *x;
	const char *space;

	for (struct value *v = w && ports ? ports->items : NULL; v; v = v->next) {
		const char *name = model_split(want->mem, v->text, &space);

		x = model_find(model_space(want, space, false), name);
		if (!x || x->master)
			continue;
		x->master = w;
		x->master_at = v;
	}
}

/* Where a path has a name for one of its folders; NULL. */
static const char *
find_folder(const char *path, const char *name)
{
	size_t n = strlen(name);

	for (path = strchr(path, '/'); path; path = strchr(path + 1, '/'))
		if (!strncmp(path + 1, name, n) && path[1 + n] == '/')
			return path;
	return NULL;
}

/* The path of a noted sysctl by the name its link has now; NULL where a pattern speaks of it. */
static const char *
path_now(const struct model *want, const struct model *before, const struct sysctl *c,
	struct mem *mem)
{
	for (const struct link *b = before->links; b; b = b->next) {
		const char *at = b->ns != c->ns ? NULL : find_folder(c->path, b->name);
		const struct value *now = link_value(b, "match-link");
		const struct link *w = now ? named(want, now->text) : same_link(want, b);

		if (at && !w && is_taken(want, b))
			return NULL;
		if (at && w)
			return mem_printf(mem, "%.*s/%s/%s", (int)(at - c->path), c->path, w->name,
				at + strlen(b->name) + 2);
	}
	return c->path;
}

static void
restore_sysctls(
	struct model *want, const struct model *before, struct netns *w, const struct netns *b)
{
	struct mem *mem = mem_new(); /* want's would grow each time that a lease is renewed */

	for (const struct sysctl *c = b->sysctls; c; c = c->next) {
		struct sysctl *copy, **last = &w->sysctls;
		const char *path = path_now(want, before, c, mem);

		if (!path || model_sysctl(w, path))
			continue;
		copy = mem_get(want->mem, sizeof(*copy));
		*copy = *c;
		copy->path = mem_text(want->mem, path, strlen(path));
		copy->next = NULL;
		copy->ns = w;
		copy->restored = true;
		while (*last)
			last = &(*last)->next;
		*last = copy;
	}
	mem_free(mem);
}

static void
restore_hostname(struct model *want, const struct model *before)
{
	const struct value *old = value_named(before->vals, "hostname");

	if (old && !value_of(want->vals, old->key))
		want_value(want, &want->vals, *old);
}

void
restore_want(struct model *want, const struct model *applied, const struct model *before)
{
	if (!applied)
		return;
	for (const struct link *a = applied->links; a; a = a->next) {
		struct link *w = same_link(want, a), *b = note_of(before, a);

		if (w && w->kind == a->kind)
			restore_link(want, w, a, b);
		else if (!w && b && !a->made && !is_taken(want, a))
			restore_whole(want, b);
	}
	if (!before)
		return;
	for (const struct link *b = before->links; b; b = b->next) {
		const struct value *now = link_value(b, "match-link");
		struct link *w = now ? named(want, now->text) : same_link(want, b);

		w = w ? w : same_link(want, b);
		if (w)
			restore_said(want, w->said, b->said, w->ns, w);
		restore_ports(want, b);
	}
	for (const struct netns *b = before->spaces; b; b = b->next) {
		struct netns *w = model_space(want, b->name, false);

		if (!w)
			continue;
		restore_sysctls(want, before, w, b);
		restore_said(want, w->said, b->said, w, NULL);
	}
	restore_hostname(want, before);
}

/* Takes what was restored out of a list of values; in before, what want restored. */
static void
drop_values(struct value **vals, struct value **noted)
{
	struct value **n;

	while (*vals) {
		if (!(*vals)->restored || (*vals)->failed) {
			vals = &(*vals)->next;
			continue;
		}
		for (n = noted; n && *n; n = &(*n)->next)
			if ((*n)->key == (*vals)->key) {
				*n = (*n)->next;
				break;
			}
		*vals = (*vals)->next;
	}
}

static void
drop_sysctls(struct netns *w, struct netns *b)
{
	struct sysctl **c = &w->sysctls, **n;

	while (*c) {
		if (!(*c)->restored || (*c)->failed) {
			c = &(*c)->next;
			continue;
		}
		for (n = b ? &b->sysctls : NULL; n && *n; n = &(*n)->next)
			if (!strcmp((*n)->path, (*c)->path)) {
				*n = (*n)->next;
				break;
			}
		*c = (*c)->next;
	}
}

/* What came back is not nbs's; it stays noted, for an address that nbs once replaced. */
static void
drop_said(struct phrase **said)
{
	for (enum topic t = ADDRESS; t < TOPICS; t++)
		for (struct phrase **p = &said[t]; *p;)
			if ((*p)->restored)
				*p = (*p)->next;
			else
				p = &(*p)->next;
}

static void
forget_link(struct model *before, const struct link *w)
{
	struct link **b = &before->links;

	while (*b && (strcmp((*b)->name, w->name) != 0 || strcmp((*b)->ns->name, w->ns->name) != 0))
		b = &(*b)->next;
	if (*b)
		*b = (*b)->next;
	while (*b)
		b = &(*b)->next;
	before->last = b;
}

void
restore_done(struct model *want, struct model *before)
{
	struct link **l = &want->links, *b;

	if (before)
		before_hand_over(before, want);
	while (*l) {
		if ((*l)->restored && !(*l)->failed) {
			if (before && !(*l)->instead)
				forget_link(before, *l);
			*l = (*l)->next;
			continue;
		}
		b = note_of(before, *l);
		drop_values(&(*l)->vals, b ? &b->vals : NULL);
		drop_said((*l)->said);
		l = &(*l)->next;
	}
	want->last = l;
	for (struct netns *n = want->spaces; n; n = n->next) {
		drop_sysctls(n, before ? model_space(before, n->name, false) : NULL);
		drop_said(n->said);
	}
	drop_values(&want->vals, before ? &before->vals : NULL);
}
