#include "dump/dump.h"

#include <libmnl/libmnl.h>
#include <linux/if.h>
#include <linux/if_link.h>
#include <string.h>

#include "base/mem.h"
#include "dump/parts.h"
#include "key/msg.h"
#include "key/type.h"
#include "kind/kind.h"
#include "model/link.h"

struct link *
dump_applied(const struct dumping *d, const struct link *l)
{
	const struct model *a = d->applied;

	return a ? model_find(model_netns(a, l->ns->name), l->name) : NULL;
}

void
dump_remark(struct dumping *d, struct link *l, const char *text)
{
	model_remark(&l->remarks, d->mem, text);
}

void
dump_remark_space(struct dumping *d, struct netns *n, const char *text)
{
	model_remark(&n->remarks, d->mem, text);
}

void
dump_add(struct dumping *d, struct value **vals, const struct value *v)
{
	struct value one = *v, *copy;

	one.next = NULL;
	copy = values_copy(d->mem, &one);
	copy->line = 1; /* as if it had been written */
	copy->foreign = false;
	value_add(vals, copy);
}

void
dump_set(struct dumping *d, struct link *l, const char *key, const char *text)
{
	const struct key *k = link_key(l, key);
	struct value v = { 0 };

	if (k && key_parse(k, &v, text, d->mem) == 0)
		dump_add(d, &l->vals, &v);
}

static bool
is_sayable(const char *name)
{
	return type_is_name(name) && !text_is_glob(name) && strcmp(name, "all") != 0 &&
	       strcmp(name, "default") != 0;
}

/* The counterpart in the file of a link that the kernel names by its index; NULL if there is none. */
static struct link *
indexed(const struct dumping *d, const struct netns *ns, uint32_t index)
{
	struct netns *n = ns ? model_space(d->out, ns->name, false) : NULL;

	return n ? model_indexed(n, index) : NULL;
}

static const struct kind *
first_kind(const struct link *h)
{
	const struct kind *k = kind_given(h);

	return k && (!k->always || !strcmp(h->name, k->always)) ? k : kind_default(NULL);
}

static void
add_link(struct dumping *d, struct netns *n, struct link *h)
{
	struct link *l;

	if (!is_sayable(h->name)) {
		dump_remark_space(d, n,
			mem_printf(
				d->mem, "a link is called '%s', which no section can be", h->name));
		return;
	}
	l = model_link(d->out, first_kind(h), n, h->name);
	l->have = h;
	l->flags = h->flags;
	l->info = h->info;
	model_index(d->out, l, h->index);
}

static void
add_links(struct dumping *d, const struct netns *from)
{
	struct netns *n = model_space(d->out, from->name, true);

	for (struct link *h = d->have->links; h; h = h->next)
		if (h->ns == from)
			add_link(d, n, h);
}

/* What nbs cannot make can still be taken as it is, by whoever has made it. */
static void
take_as_given(struct dumping *d, struct link *l, const char *why)
{
	l->kind = kind_default(NULL);
	l->failed = true;
	dump_remark(d, l, why);
}

/* The near end is nbs's own, or the first by name. */
static bool
is_far(const struct dumping *d, const struct link *l, const struct link *other)
{
	const struct link *a = dump_applied(d, l);

	if (a && a->kind->far_end)
		return false;
	if (a && a->kind->made_by_peer)
		return true;
	if (l->ns != other->ns)
		return *l->ns->name &&
		       (!*other->ns->name || strcmp(l->section, other->section) > 0);
	return strcmp(l->name, other->name) > 0;
}

/* Two ends are a veth and its peer. */
static void
tie_ends(struct dumping *d, struct link *l)
{
	const struct link *h = l->have;
	struct link *far = indexed(d, h->parent_ns ? h->parent_ns : h->ns, h->parent_index);

	if (l->peer)
		return;
	if (!far || far->kind != l->kind) {
		take_as_given(d, l, "a veth whose far end is in a namespace without a name");
		return;
	}
	l->peer = far;
	far->peer = l;
	(is_far(d, l, far) ? l : far)->kind = l->kind->far_end;
}

static void
tie_parent(struct dumping *d, struct link *l)
{
	const struct link *h = l->have;

	l->parent = indexed(d, h->parent_ns ? h->parent_ns : h->ns, h->parent_index);
	if (!l->parent)
		take_as_given(d, l,
			mem_printf(
				d->mem, "a %s on a link in a namespace without a name", h->info));
}

static void
tie_master(struct dumping *d, struct link *l)
{
	struct link *m = indexed(d, l->have->ns, l->have->master_index);

	if (!l->have->master_index)
		return;
	if (m && m->kind->ports)
		l->master = m;
	else
		dump_remark(d, l,
			m ? mem_printf(
				    d->mem, "a port of %s, for whose kind there are none", m->name)
			  : "a port of a link that no section can be called as");
}

/* What the kernel tells of a link and no key is for. */
static void
tell_rest(struct dumping *d, struct link *l)
{
	const struct nlattr *names = link_attr(l->have, IFLA_PROP_LIST | NLA_F_NESTED),
			    *xdp = link_attr(l->have, IFLA_XDP), *a;

	if (!names)
		names = link_attr(l->have, IFLA_PROP_LIST);
	if (names)
		mnl_attr_for_each_nested(a, names)
		{
			dump_remark(d, l,
				mem_printf(d->mem, "also called %.*s, by which no section knows it",
					(int)mnl_attr_get_payload_len(a),
					(const char *)mnl_attr_get_payload(a)));
		}
	a = xdp ? msg_find(mnl_attr_get_payload(xdp), mnl_attr_get_payload_len(xdp),
			  IFLA_XDP_ATTACHED)
	        : NULL;
	if (a && mnl_attr_get_payload_len(a) && mnl_attr_get_u8(a) != XDP_ATTACHED_NONE)
		dump_remark(d, l, "an XDP program is attached");
}

static void
tie(struct dumping *d, struct link *l)
{
	const char *info = l->have->info;

	if (l->kind->far_end || l->kind->made_by_peer)
		tie_ends(d, l);
	else if (l->kind->parent == NEEDS)
		tie_parent(d, l);
	else if (info && !kind_of(l->have) && !l->have->device)
		take_as_given(
			d, l, mem_printf(d->mem, "of kind %s, which nbs does not make", info));
	tie_master(d, l);
	tell_rest(d, l);
}

static void
name_link(struct dumping *d, struct link *l, const char *key, struct link *other)
{
	const struct value v = { .key = link_key(l, key), .link = other, .text = other->section };

	dump_add(d, &l->vals, &v);
}

static void
name_port(struct dumping *d, struct link *l)
{
	static const struct key port = { .name = "ports", .type = &type_link };
	const struct key *k = link_key(l->master, "ports");
	struct value *list = value_of(l->master->vals, k);
	const struct value none = { .key = k },
			   item = { .key = &port, .link = l, .text = l->section };

	if (!list) {
		dump_add(d, &l->master->vals, &none);
		list = value_of(l->master->vals, k);
	}
	dump_add(d, &list->items, &item);
}

/* Names of other links come first in a section. */
static void
name_links(struct dumping *d)
{
	for (struct link *l = d->out->links; l; l = l->next) {
		if (l->parent)
			name_link(d, l, "parent", l->parent);
		if (l->peer && l->kind->far_end)
			name_link(d, l, "peer", l->peer);
		if (l->master)
			name_port(d, l);
		if (l->failed)
			dump_set(d, l, "required", "no");
	}
}

static bool
is_named(const struct dumping *d, const struct link *l)
{
	if (l->master)
		return true;
	for (const struct link *o = d->out->links; o; o = o->next)
		if (o->parent == l)
			return true;
	return false;
}

static bool
says_more(const struct link *l)
{
	for (const struct value *v = l->vals; v; v = v->next)
		if (strcmp(v->key->name, "up") != 0 && strcmp(v->key->name, "required") != 0)
			return true;
	for (enum topic t = ADDRESS; t < TOPICS; t++)
		if (l->said[t])
			return true;
	return false;
}

/* Devices that nobody uses, and a loopback as it always is, go without saying. */
static bool
goes_without(const struct dumping *d, const struct link *l)
{
	if (says_more(l) || is_named(d, l))
		return false;
	if (l->kind->always)
		return !l->vals;
	return l->kind->matched && !(l->flags & IFF_UP);
}

static void
leave_out(struct dumping *d, struct link *l)
{
	if (!goes_without(d, l))
		return;
	l->implied = true; /* then it is not printed, but for the remarks */
	for (struct remark *r = l->remarks; r; r = r->next)
		r->text = mem_printf(d->mem, "%s: %s", l->section, r->text);
}

/* A bond keeps what was set in another mode, where the kernel would refuse it. */
static void
leave_out_modes(struct link *l)
{
	for (struct value **v = &l->vals; *v;)
		if (link_in_mode(l, (*v)->key))
			v = &(*v)->next;
		else
			*v = (*v)->next;
}

static void
index_sysctls(struct dumping *d)
{
	for (const struct netns *n = d->have->spaces; n; n = n->next)
		for (struct sysctl *c = n->sysctls; c; c = c->next)
			map_put(&d->sysctls, d->mem, mem_printf(d->mem, "%s %s", n->name, c->path),
				c);
}

struct model *
dump_make(struct mem *mem, struct model *have, const struct model *applied)
{
	struct dumping d = { .mem = mem, .have = have, .out = model_new(mem), .applied = applied };

	index_sysctls(&d);
	for (const struct netns *n = have->spaces; n; n = n->next)
		add_links(&d, n);
	for (struct link *l = d.out->links; l; l = l->next)
		tie(&d, l);
	dump_order(d.out);
	name_links(&d);
	dump_said(&d);
	for (struct netns *n = d.out->spaces; n; n = n->next)
		dump_space(&d, n);
	for (struct link *l = d.out->links; l; l = l->next)
		dump_values(&d, l);
	for (struct link *l = d.out->links; l; l = l->next) {
		leave_out_modes(l);
		leave_out(&d, l);
	}
	return d.out;
}
