#include "check/check.h"

#include <string.h>

#include "model/link.h"

static void
missing(const struct link *l, const char *key)
{
	const struct origin o = { l->file, l->line, l->section, key };

	diag(&o, "missing; a %s needs one", l->kind->name);
}

/* A required key that nobody set is the section's fault, so blame its line. */
static void
check_needed(const struct link *l)
{
	const struct table *t = l->kind->keys;

	for (size_t i = 0; t && i < t->n; i++)
		if (t->keys[i].need && !value_of(l->vals, &t->keys[i]))
			missing(l, t->keys[i].name);
	if (l->kind->parent == NEEDS && !l->parent)
		missing(l, "parent");
	if (l->kind->far_end && !l->peer)
		missing(l, "peer");
}

/* Keys of every link that only some kinds have a use for. */
static void
check_unused(const struct link *l)
{
	const struct value *v;
	struct origin o;

	if (l->kind->parent == NONE && (v = link_value(l, "parent"))) {
		o = model_at(l, v);
		diag(&o, "a %s has no parent", l->kind->name);
	}
	if (!l->kind->ports && (v = link_value(l, "ports"))) {
		o = model_at(l, v);
		diag(&o, "a %s has no ports", l->kind->name);
	}
	if (!l->kind->far_end && (v = link_value(l, "peer"))) {
		o = model_at(l, v);
		diag(&o, "a %s has no peer", l->kind->name);
	}
}

static bool
stands_on(const struct link *l, const struct link *what, unsigned depth)
{
	if (!l || !depth)
		return false;
	return l == what || stands_on(l->parent, what, depth - 1) || stands_on(l->master, what, depth - 1);
}

/* Deep enough for any real nesting; the kernel stops at MAX_NEST_DEV, 8. */
enum { DEPTH = 16 };

static void
check_circle(const struct link *l)
{
	const struct origin p = model_at(l, link_value(l, "parent")), o = model_at(l, NULL);

	if (stands_on(l->parent, l, DEPTH))
		diag(&p, "'%s': stands on %s itself", l->parent->section, l->section);
	else if (stands_on(l->master, l, DEPTH))
		diag(&o, "is a port of %s, which stands on it", l->master->section);
}

static void
check_master(const struct link *l)
{
	const struct link *m = l->master;
	struct origin o;

	if (!m || m->ns == l->ns)
		return;
	o = model_at(m, link_value(m, "ports"));
	diag(&o, "'%s': expected a link of the same namespace", l->section);
}

static bool
is(const struct link *l, const char *kind)
{
	return !strcmp(l->kind->name, kind);
}

static void
check_peer(const struct link *l)
{
	struct origin o = model_at(l, NULL);

	if (is(l, "peer") && !l->peer)
		diag(&o, "no [veth] names it as its peer");
	if (!is(l, "veth") || !l->peer)
		return;
	o = model_at(l, link_value(l, "peer"));
	if (!is(l->peer, "peer"))
		diag(&o, "'%s': expected a name without a section, or that of a [peer]", l->peer->section);
	else if (l->peer->peer != l)
		diag(&o, "'%s': already the peer of %s", l->peer->section, l->peer->peer->section);
}

/* The kernel would lower it in silence, or refuse it. */
static void
check_mtu(const struct link *l)
{
	const struct value *mine = link_value(l, "mtu");
	const struct value *below = l->parent ? link_value(l->parent, "mtu") : NULL;
	struct origin o;

	if (!mine || !below || mine->num <= below->num || !l->kind->raised)
		return;
	o = model_at(l, mine);
	diag(&o, "'%u': expected at most the %u of %s", (unsigned)mine->num, (unsigned)below->num,
	     l->parent->section);
}

static void
check_tag(const struct link *l)
{
	const struct value *id = link_value(l, "id");
	struct origin o;

	if (!is(l, "vlan") || !id)
		return;
	for (const struct link *m = l->next; m; m = m->next) {
		const struct value *other = is(m, "vlan") && m->parent == l->parent ? link_value(m, "id") : NULL;

		if (!other || other->num != id->num ||
		    value_num(m->vals, "protocol", 0x8100) != value_num(l->vals, "protocol", 0x8100))
			continue;
		o = model_at(m, other);
		diag(&o, "'%u': already the id of %s on %s", (unsigned)id->num, l->section, l->parent->section);
	}
}

static bool
in_list(const struct value *list, uint64_t n)
{
	for (const struct value *v = list ? list->items : NULL; v; v = v->next)
		if (v->num <= n && n <= v->to)
			return true;
	return false;
}

/* pvid and untagged speak of VLANs that vlans must have. */
static void
check_vlans(const struct link *l)
{
	const struct value *vlans = link_value(l, "vlans"), *pvid = link_value(l, "pvid"),
	                   *untagged = link_value(l, "untagged");
	struct origin o;

	if (pvid && !in_list(vlans, pvid->num)) {
		o = model_at(l, pvid);
		diag(&o, "'%u': expected one of vlans", (unsigned)pvid->num);
	}
	for (const struct value *v = untagged ? untagged->items : NULL; v; v = v->next)
		for (uint64_t n = v->num; n <= v->to; n++)
			if (!in_list(vlans, n)) {
				o = model_at(l, untagged);
				diag(&o, "'%u': expected one of vlans", (unsigned)n);
				break;
			}
}

static void
check_template(const struct link *l)
{
	struct origin o;

	if (!l->template)
		return;
	o = model_at(l, link_value(l, "match-mac"));
	if (link_value(l, "match-mac"))
		diag(&o, "a pattern that stands for several NICs has no MAC address to match");
}

void
check(const struct model *m)
{
	for (const struct link *l = m->links; l; l = l->next) {
		check_needed(l);
		check_unused(l);
		check_circle(l);
		check_master(l);
		check_peer(l);
		check_mtu(l);
		check_tag(l);
		check_vlans(l);
		check_template(l);
	}
	check_said(m);
}
