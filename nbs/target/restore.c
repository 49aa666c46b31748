/*
 * What the file no longer says goes back.  What others had is saved by
 * identity, with its own link; it comes back only where nothing else is wanted
 * in its place.
 */
#include <string.h>

#include "base/mem.h"
#include "key/type.h"
#include "model/link.h"
#include "model/phrase.h"
#include "target/internal.h"

/* The name that a saved link has by now. */
static const char *
section_now(const struct link *b)
{
	const struct value *now = link_value(b, "match-link");

	return now ? now->text : b->section;
}

static struct link *
same_link(const struct making *k, const struct link *l)
{
	return model_find(model_netns(k->target, l->ns->name), l->name);
}

static bool
is_settable(const struct key *k)
{
	return k->home != IN_NBS && k->home != IN_SYSCTL && k->type != &type_link &&
	       k->type != &type_list;
}

/* The kernel refuses a key of another mode than the link's: what it had there stays. */
static bool
is_free(const struct link *w, const struct key *k)
{
	return !value_of(w->vals, k) && is_settable(k) && (k->home != IN_PORT || w->master) &&
	       (k->modes & VAIN || link_in_mode(w, k));
}

static void
add_value(struct making *k, struct value **vals, struct value v)
{
	struct value *copy = mem_get(k->mem, sizeof(*copy));

	*copy = v;
	copy->next = NULL;
	copy->saved = true;
	value_add(vals, copy);
}

/* What holds when a key of a link that nbs made is not set, where the table tells. */
static bool
read_default(struct making *k, const struct key *key, struct value *v)
{
	*v = (struct value) { .key = key };
	if (key->type == &type_text)
		v->text = "";
	else if (!key->standard)
		return false;
	return key->type == &type_text || key_parse(key, v, key->standard, k->mem) == 0;
}

static void
add_text(struct making *k, struct link *w, const char *key, const char *text)
{
	const struct key *named = link_key(w, key);
	struct value v = { .key = named };

	if (named && key_parse(named, &v, text, k->mem) == 0)
		add_value(k, &w->vals, v);
}

/* Without "vlans" a port has what its bridge gives to new ones: vlan-default-pvid. */
static void
restore_vlans(struct making *k, struct link *w, const struct link *a)
{
	const struct link *bridge = w->kind->has_vlans ? w : w->master;
	uint64_t pvid = bridge ? value_num(bridge->vals, "vlan-default-pvid", 1) : 0;
	const char *text;

	if (!bridge || !link_value(a, "vlans") || link_value(w, "vlans"))
		return;
	text = pvid ? mem_printf(k->mem, "%u", (unsigned)pvid) : "";
	add_text(k, w, "vlans", text);
	if (!pvid)
		return;
	add_text(k, w, "pvid", text);
	add_text(k, w, "untagged", text);
}

/* The values that the file does not set: as others had them, or as the kernel makes them. */
static void
restore_values(struct making *k, struct link *w, const struct link *a, const struct link *b)
{
	struct value v;

	own_values(k->mem, &w->vals);
	for (const struct value *u = b ? b->vals : NULL; u; u = u->next)
		if (is_free(w, u->key))
			add_value(k, &w->vals, *u);
	for (const struct value *u = a && a->made ? a->vals : NULL; u; u = u->next)
		if (is_free(w, u->key) && read_default(k, u->key, &v))
			add_value(k, &w->vals, v);
	if (a)
		restore_vlans(k, w, a);
}

/* A link that a pattern of the file takes, by the name that it has now, once it is there. */
static bool
is_awaited(const struct making *k, const struct link *b)
{
	const char *space, *name = model_split(k->mem, section_now(b), &space);

	for (const struct link *t = k->target->links; t; t = t->next)
		if (t->template && !t->taken && !strcmp(t->ns->name, space) &&
			text_glob(t->name, name))
			return true;
	return false;
}

/* A link that the file does not name is to be as others had it. */
static void
restore_link(struct making *k, const struct link *b, const struct link *have)
{
	struct netns *n = model_space(k->target, b->ns->name, true);
	struct link *w;

	n->have = model_netns(k->from->found, n->name);
	if (model_find(n, b->name))
		return;
	w = model_link(k->target, b->kind, n, b->name);
	w->file = b->file;
	w->line = b->line;
	w->saved = true;
	for (const struct value *v = b->vals; v; v = v->next)
		if (v->key->type != &type_list)
			add_value(k, &w->vals, *v);
	add_value(k, &w->vals, (struct value) { .key = key_find(&common_keys, "required") });
	bind_to(k, w, have);
}

/* The link of the target that a saved one is: by its section, or by its NIC. */
static struct link *
of_saved(const struct making *k, const struct link *b, const struct link *have)
{
	struct link *w = model_named(k->target, section_now(b));

	w = w && !w->saved ? w : same_link(k, b); /* names may have gone round */
	for (struct link *l = w ? NULL : k->target->links; l && !w; l = l->next)
		w = have && k->claimed[have->place] == l ? l : NULL;
	return w;
}

static const struct link *
of_applied(const struct making *k, const struct link *w)
{
	const struct netns *n =
		k->from->applied ? model_netns(k->from->applied, w->ns->name) : NULL;

	return n ? model_find(n, w->name) : NULL;
}

/* True when an address of the target, of whatever link, is the same. */
static bool
has_address(const struct making *k, const struct phrase *p)
{
	const struct ip *local = phrase_ip(p, "local"), *other;

	for (const struct link *l = k->target->links; l; l = l->next)
		for (const struct phrase *q = l->said[ADDRESS]; q; q = q->next)
			if (!strcmp(l->ns->name, p->ns->name) && !l->template &&
				(other = phrase_ip(q, "local")) && local &&
				!memcmp(other->b, local->b, sizeof(local->b)) &&
				other->family == local->family)
				return true;
	return false;
}

static bool
has_route(const struct making *k, const struct phrase *p)
{
	struct phrase any = *p;

	any.hops = NULL; /* of whatever hop: it would stand in its place */
	for (const struct netns *n = k->target->spaces; n; n = n->next)
		if (!strcmp(n->name, p->ns->name) && phrase_stands(n->said[ROUTE], &any))
			return true;
	for (const struct link *l = k->target->links; l; l = l->next)
		if (!strcmp(l->ns->name, p->ns->name) && !l->template &&
			phrase_stands(l->said[ROUTE], &any))
			return true;
	return false;
}

static bool
is_superseded(const struct making *k, const struct phrase *p, const struct phrase *list)
{
	if (p->topic == ADDRESS)
		return has_address(k, p);
	return p->topic == ROUTE ? has_route(k, p) : phrase_stands(list, p);
}

/* What others had stays, or comes back, where the file does not speak of the like. */
static void
restore_entries(struct making *k, struct phrase **said, struct phrase *const *saved,
	struct netns *ns, struct link *l)
{
	for (enum topic t = ADDRESS; t < TOPICS; t++)
		for (const struct phrase *p = saved[t]; p; p = p->next) {
			struct phrase *copy, **last = &said[t];

			if (is_superseded(k, p, said[t]))
				continue;
			own_entries(k->mem, last);
			copy = mem_get(k->mem, sizeof(*copy));
			*copy = *p;
			copy->next = NULL;
			copy->place = k->target->nentries++;
			copy->ns = ns;
			copy->link = l;
			copy->saved = true;
			own_hops(k->mem, &copy->hops, l);
			while (*last)
				last = &(*last)->next;
			*last = copy;
		}
}

/* Ports that a master had without nbs are its ports again. */
static void
restore_ports(struct making *k, const struct link *b)
{
	const struct value *ports = link_value(b, "ports");
	struct link *w = same_link(k, b), *x;
	const char *space;

	for (struct value *v = w && ports ? ports->items : NULL; v; v = v->next) {
		const char *name = model_split(k->mem, v->text, &space);

		x = model_find(model_netns(k->target, space), name);
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

/* The path of a saved sysctl by the name its link has now; NULL where a pattern speaks of it. */
static const char *
path_now(const struct making *k, const struct sysctl *c)
{
	for (const struct link *b = k->from->saved->links; b; b = b->next) {
		const char *at = b->ns != c->ns ? NULL : find_folder(c->path, b->name);
		const struct link *w = at ? of_saved(k, b, bind_saved(k, b, section_now(b))) : NULL;

		if (at && !w && is_awaited(k, b))
			return NULL;
		if (w)
			return mem_printf(k->mem, "%.*s/%s/%s", (int)(at - c->path), c->path,
				w->name, at + strlen(b->name) + 2);
	}
	return c->path;
}

/* The file sets it for all links at once: what each had comes back when it no longer does. */
static bool
is_set_for_all(const struct netns *w, const char *path)
{
	const char *owner, *name = model_setting(path, &owner);

	for (const struct sysctl *c = w->sysctls; c && name; c = c->next)
		if (!c->saved && model_sets_all(c->path) && c->path[7] == path[7] &&
			!strcmp(model_setting(c->path, &owner), name))
			return true;
	return false;
}

static void
restore_sysctls(struct making *k, struct netns *w, const struct netns *b)
{
	for (const struct sysctl *c = b->sysctls; c; c = c->next) {
		struct sysctl *copy, **last = &w->sysctls;
		const char *path = path_now(k, c);

		if (!path || model_sysctl(w, path) || is_set_for_all(w, path))
			continue;
		copy = mem_get(k->mem, sizeof(*copy));
		*copy = *c;
		copy->path = path;
		copy->next = NULL;
		copy->saved = true;
		copy->ns = w;
		while (*last)
			last = &(*last)->next;
		*last = copy;
	}
}

static void
restore_saved(struct making *k, const struct model *saved)
{
	const struct value *name = value_named(saved->vals, "hostname");

	for (const struct link *b = saved->links; b; b = b->next) {
		const struct link *have = bind_saved(k, b, section_now(b));

		if (!of_saved(k, b, have) && !is_awaited(k, b))
			restore_link(k, b, have);
	}
	for (const struct link *b = saved->links; b; b = b->next) {
		struct link *w = of_saved(k, b, bind_saved(k, b, section_now(b)));

		if (w && !w->saved)
			restore_values(k, w, of_applied(k, w), b);
		if (w)
			restore_entries(k, w->said, b->said, w->ns, w);
		restore_ports(k, b);
	}
	for (const struct netns *b = saved->spaces; b; b = b->next) {
		const struct netns *have = model_netns(k->from->found, b->name);
		struct netns *w = model_space(k->target, b->name, have != NULL);

		if (!w)
			continue;
		w->have = have;
		restore_sysctls(k, w, b);
		restore_entries(k, w->said, b->said, w, NULL);
	}
	if (name && !value_of(k->target->vals, name->key))
		add_value(k, &k->target->vals, *name);
}

void
restore_all(struct making *k)
{
	if (k->from->saved && k->from->applied)
		restore_saved(k, k->from->saved);
	for (struct link *w = k->target->links; w; w = w->next) {
		const struct link *a = w->saved || w->template ? NULL : of_applied(k, w);

		if (a && a->kind == w->kind)
			restore_values(k, w, a, NULL);
	}
}
