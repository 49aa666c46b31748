#include "conf/build.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "conf/assign.h"
#include "conf/unknown.h"
#include "key/type.h"
#include "kind/kind.h"
#include "model/link.h"

static struct origin
at(const struct section *s)
{
	return (struct origin) { s->file, s->line, s->title, NULL };
}

static void
add_space(struct model *m, const struct section *s)
{
	const struct origin o = at(s);
	struct netns *n;

	if (!*s->name || !type_is_name(s->name)) {
		diag(&o, "'%s': expected a name of at most 15 bytes, without '/', ':' or blanks",
			s->name);
		return;
	}
	n = model_space(m, s->name, true);
	n->file = s->file;
	n->line = s->line;
}

/* Splits a link's name and finds its namespace; NULL after complaining. */
static struct netns *
space_of(struct model *m, const struct section *s, const char **name)
{
	const struct origin o = at(s);
	const char *space;
	struct netns *n;

	*name = model_split(m->mem, s->name, &space);
	n = model_space(m, space, false);
	if (!n)
		diag(&o, "no section [netns %s]", space);
	return n;
}

static bool
is_link_name(const struct kind *k, const char *name)
{
	/* a template's name is a pattern */
	if (k->matched && text_is_glob(name))
		return strlen(name) < 64 && !strpbrk(name, "/ \t");
	return type_is_name(name);
}

static void
add_link(struct model *m, const struct kind *k, const struct section *s)
{
	const struct origin o = at(s);
	const char *name;
	struct netns *ns = space_of(m, s, &name);
	struct link *l;

	if (!ns)
		return;
	if (text_is_glob(name) && !k->matched) {
		diag(&o, "'%s': expected a name; only a [nic] takes a pattern", s->name);
		return;
	}
	if (!*name) {
		diag(&o, "expected [%s NAME]", k->name);
		return;
	}
	if (*s->name == '/' || !is_link_name(k, name)) {
		diag(&o, "'%s': expected a name of at most 15 bytes, without '/', ':' or blanks",
			s->name);
		return;
	}
	if ((l = model_find(ns, name))) {
		diag(&o, "[%s %s] already stands on %s", l->kind->name, l->section,
			model_place(m->mem, l->file, l->line, s->file));
		return;
	}
	l = model_link(m, k ? k : kind_default(name), ns, name);
	l->section = s->name;
	l->file = s->file;
	l->line = s->line;
	l->template = text_is_glob(name);
}

static void
add_section(struct model *m, const struct section *s)
{
	const struct kind *k = kind_named(s->word);
	const struct origin o = at(s);

	if (k)
		add_link(m, k, s);
	else if (!strcmp(s->word, "global")) {
		m->file = s->file;
		m->line = s->line;
		if (*s->name)
			diag(&o, "'%s': expected [global] without a name", s->name);
	} else if (!strcmp(s->word, "sysctl")) {
		if (!model_space(m, s->name, false))
			diag(&o, "no section [netns %s]", s->name);
	} else if (strcmp(s->word, "netns") != 0)
		unknown_section(&o, s->word);
}

/* What the section's lines belong to: a link, or NULL. */
static struct link *
link_of(struct model *m, const struct section *s)
{
	const char *space, *name = model_split(m->mem, s->name, &space);

	return kind_named(s->word) ? model_find(model_space(m, space, false), name) : NULL;
}

/* A link that is named but has no section is a NIC, or the far end of a veth. */
static struct link *
imply(struct model *m, const struct kind *k, const char *text, const struct value *at)
{
	const char *space, *name = model_split(m->mem, text, &space);
	struct netns *ns = model_space(m, space, false);
	struct link *l;

	if (!ns)
		return NULL;
	if ((l = model_find(ns, name)))
		return l;
	l = model_link(m, k ? k : kind_default(name), ns, name);
	l->file = at->file;
	l->line = at->line;
	l->implied = true;
	return l;
}

/* Turns the name that a value holds into the link. */
static struct link *
resolve(struct model *m, struct link *l, struct value *v, const struct kind *k)
{
	const struct origin o = model_at(l, v);
	const char *space;

	(void)model_split(m->mem, v->text, &space);
	l = imply(m, k, v->text, v);
	if (!l)
		diag(&o, "'%s': no section [netns %s]", v->text, space);
	v->link = l;
	return l;
}

static void
take_ports(struct model *m, struct link *l, struct value *ports)
{
	for (struct value *v = ports->items; v; v = v->next) {
		const struct origin o = model_at(l, v);
		struct link *port = resolve(m, l, v, NULL);

		if (!port || port->master == l)
			continue;
		if (port->master) {
			diag(&o, "'%s': already a port of %s", v->text, port->master->section);
		} else {
			port->master = l;
			port->master_at = v;
		}
	}
}

/* Far ends come first: a port without a section may be one. */
static void
resolve_peers(struct model *m)
{
	struct value *v;

	for (struct link *l = m->links; l; l = l->next) {
		if (!(v = link_value(l, "peer")) || !v->text || !l->kind->far_end)
			continue;
		l->peer = resolve(m, l, v, l->kind->far_end);
		if (l->peer && !l->peer->peer)
			l->peer->peer = l;
	}
}

/* Links that other links are named by, once all sections are known. */
static void
resolve_names(struct model *m)
{
	struct value *v;

	resolve_peers(m);
	for (struct link *l = m->links; l; l = l->next) {
		if ((v = link_value(l, "ports")))
			take_ports(m, l, v);
		if ((v = link_value(l, "parent")) && v->text && l->kind->parent != NONE) {
			l->parent = resolve(m, l, v, NULL);
		}
	}
}

static struct value *
plain_reference(struct value *v)
{
	return v->key->type == &type_link && v->key->home != IN_NBS && !v->link && v->text &&
	                       strcmp(v->text, "none") != 0
	               ? v
	               : NULL;
}

/* Links that any other key or phrase names. */
static void
resolve_rest(struct model *m)
{
	for (struct link *l = m->links; l; l = l->next) {
		for (struct value *v = l->vals; v; v = v->next)
			if (plain_reference(v))
				resolve(m, l, v, NULL);
		for (struct phrase *p = l->said[FDB]; p; p = p->next)
			for (struct value *v = p->vals; v; v = v->next)
				if (plain_reference(v))
					resolve(m, l, v, NULL);
	}
}

/* The lines of a section that decide who is whose port come before the others. */
static void
assign_all(struct model *m, struct conf *c, bool names)
{
	for (struct section *s = c->sections; s; s = s->next) {
		struct link *l = link_of(m, s);
		bool is_link = kind_named(s->word) != NULL;

		for (struct entry *e = s->entries; e; e = e->next) {
			bool name =
				is_link && (!strcmp(e->key, "ports") || !strcmp(e->key, "parent") ||
						   !strcmp(e->key, "peer"));

			if (name != names || (is_link && !l))
				continue;
			if (l)
				assign_link(m, l, e);
			else if (names)
				continue;
			else
				assign_other(m, s, e);
		}
	}
}

/* The links that every namespace has are raised, named or not. */
static void
add_always(struct model *m, const struct kind *k)
{
	for (struct netns *n = k->always ? m->spaces : NULL; n; n = n->next)
		if (!model_find(n, k->always)) {
			struct link *l = model_link(m, k, n, k->always);

			l->file = n->file;
			l->line = n->line;
			l->implied = true;
		}
}

struct model *
conf_build(struct conf *c)
{
	struct model *m = model_new(c->mem);

	for (struct section *s = c->sections; s; s = s->next)
		if (!strcmp(s->word, "netns"))
			add_space(m, s);
	for (struct section *s = c->sections; s; s = s->next)
		add_section(m, s);
	assign_all(m, c, true);
	resolve_names(m);
	assign_all(m, c, false);
	resolve_rest(m);
	for (size_t i = 0; i < kinds_len; i++)
		add_always(m, kinds[i]);
	return m;
}
