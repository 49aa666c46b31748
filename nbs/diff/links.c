/* Links: made, named, moved, set, joined to their masters, raised. */
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>

#include "base/mem.h"
#include "diff/lower.h"
#include "diff/mac.h"
#include "diff/move.h"
#include "diff/parts.h"
#include "diff/values.h"
#include "kind/kind.h"
#include "model/link.h"

/* True when nbs made the link, now or at an earlier time. */
static bool
was_made(const struct diff *d, const struct link *l)
{
	const struct netns *n =
		d->applied ? model_space((struct model *)d->applied, l->ns->name, false) : NULL;
	const struct link *a = n ? model_find(n, l->name) : NULL;

	return l->made || (a && a->made);
}

/* What is there cannot become what is wanted, and is not nbs's to take away. */
static void
stranger(struct link *l, const char *what)
{
	const struct origin o = model_at(l, NULL);

	if (!l->told)
		diag(&o, "%s, and nbs did not make it", what);
	l->told = l->failed = true;
}

static const char *
other_kind(struct diff *d, const struct link *l)
{
	const struct link *h = l->have;
	const struct kind *k = h->info ? kind_of(h) : kind_given(h);

	if (l->kind->given || k == l->kind || (k && k->far_end == l->kind))
		return NULL;
	return mem_printf(
		d->plan->mem, "a link of that name is there, of kind %s", k ? k->name : h->info);
}

static const char *
other_parent(const struct link *l)
{
	const struct link *h = l->have, *p = l->parent;

	if (!p || !p->index || !p->have || p->anew || !h->parent_index)
		return NULL;
	if (h->parent_index == p->index && (!h->parent_ns || h->parent_ns == p->have->ns))
		return NULL;
	return "a link of that name is there, on another parent";
}

/* The far end left its place: both are made again. */
static const char *
lost_peer(const struct link *l)
{
	return l->kind->far_end && l->peer && !l->peer->have && !l->peer->failed
	               ? "its peer is not where it should be"
	               : NULL;
}

static const char *
fixed_key(struct diff *d, const struct link *l)
{
	const struct value *v = values_fixed(d, l);

	return v ? mem_printf(d->plan->mem, "%s of the link that is there cannot be changed",
			   v->key->name)
	         : NULL;
}

static void
drop(struct diff *d, struct link *l, const char *why)
{
	struct step *s = plan_add(d->plan, UNDO_LINKS, DROP_LINK, l->ns, l);

	s->link = l->have;
	s->at = model_at(l, NULL);
	s->why = why;
}

/* True when the link has to be made anew: then it is taken away first, if it does not go with another. */
static bool
replaced(struct diff *d, struct link *l, const char **with)
{
	const char *why;

	if (l->parent && l->parent->anew && !l->kind->given && l->kind->parent == NEEDS) {
		*with = mem_printf(d->plan->mem, "it goes with %s", l->parent->section);
		return true;
	}
	why = other_kind(d, l);
	why = why ? why : other_parent(l);
	why = why ? why : lost_peer(l);
	why = why ? why : fixed_key(d, l);
	if (!why)
		return false;
	if (!was_made(d, l)) {
		stranger(l, why);
		return false;
	}
	drop(d, l, why);
	return true;
}

/* The parent's namespace is told to make it, so the index must be free there, too: __rtnl_newlink() */
static uint32_t
free_index(struct link *l)
{
	uint32_t *last = &l->ns->last_index, *other = l->parent ? &l->parent->ns->last_index : last;

	*last = 1 + (*last > *other ? *last : *other);
	*other = *last;
	return *last;
}

/* The index is chosen here, so that what stands on the link can name it in the same batch. */
static void
make(struct diff *d, struct link *l, const char *why)
{
	l->made = true;
	l->index = free_index(l);
	l->anew = true;
	if (l->peer && !l->kind->made_by_peer) {
		l->peer->made = true;
		l->peer->have = NULL; /* one of that name is another's far end, and goes */
		l->peer->index = ++l->peer->ns->last_index;
		l->peer->anew = true;
	}
	plan_add(d->plan, MAKING, MAKE_LINK, l->ns, l)->why = why;
}

static void
make_if_possible(struct diff *d, struct link *l, const char *why)
{
	l->have = NULL;
	l->index = 0;
	if (l->failed || l->ns->failed)
		return;
	if (l->kind->given) {
		if (l->kind->always && !l->ns->have)
			l->index = 1; /* LOOPBACK_IFINDEX: a new namespace has one */
		return;
	}
	if (l->parent && !l->parent->index) {
		l->why = mem_printf(d->plan->mem, "%s is not there", l->parent->section);
		return;
	}
	if (l->kind->made_by_peer)
		return; /* made with its veth */
	make(d, l, why);
}

static struct link *
holder(const struct model *have, const struct netns *ns, const char *name)
{
	struct link *h = have->links;

	while (h && (h->ns != ns || strcmp(h->name, name) != 0))
		h = h->next;
	return h;
}

static void
rename_to(struct diff *d, struct link *l, struct link *h, const char *name)
{
	struct step *s = plan_add(d->plan, MOVES, RENAME_LINK, l ? l->ns : h->ns, l);

	s->link = h;
	s->was = h->name;
	s->text = name;
	if (l)
		s->at = model_at(l, NULL);
	h->name = name;
}

/*
 * A link is renamed while it is down.  Who has the name makes room under a
 * temporary one, if it is to be called otherwise.
 */
static void
name(struct diff *d, struct link *l)
{
	struct link *h = l->have, *other;

	if (!strcmp(h->name, l->name))
		return;
	other = holder(d->have, h->ns, l->name);
	if (other) {
		struct link *owner = NULL;

		for (struct link *w = d->want->links; w && !owner; w = w->next)
			owner = w->have == other ? w : NULL;
		if (!owner && other->unsettled) { /* it may be called otherwise soon */
			l->why = other->unsettled;
			l->have = NULL;
			l->index = 0;
			return;
		}
		if (!owner || !strcmp(owner->name, other->name)) {
			stranger(l, "a link of that name is there");
			return;
		}
		lower_link(d, owner, MOVES);
		rename_to(d, NULL, other, mem_printf(d->have->mem, "nbs%u", other->index));
	}
	lower_link(d, l, MOVES);
	rename_to(d, l, h, l->name);
}

/* True when raising the parent raises the link, too. */
static bool
raised_with_parent(const struct link *l)
{
	return l->kind->raised && l->parent && l->parent->raising &&
	       !value_num(l->vals, "loose-binding", 0);
}

static void
join(struct diff *d, struct link *l)
{
	struct link *m = l->master;

	if (!m || !m->index || m->failed || l->master_at->failed ||
		(l->have && l->have->master_index == m->index && !m->anew))
		return;
	if (m->kind->leads_ports) {
		lower_link(d, l, LOWERING);
		if (raised_with_parent(l))
			(void)plan_add(d->plan, JOINING, LOWER, l->ns, l);
		l->raising = true;
	}
	plan_add(d->plan, JOINING, JOIN, l->ns, l)->at = model_at(m, l->master_at);
}

/* 127.0.0.1 comes with raising the loopback, but would not go with lowering it: inetdev_event() */
static void
drop_own(struct diff *d, struct link *l)
{
	const bool loopback = l->have->flags & IFF_LOOPBACK;

	for (struct phrase *p = loopback ? l->have->said[ADDRESS] : NULL; p; p = p->next) {
		const struct ip *ip = &value_named(p->vals, "local")->ip;

		if (ip->family == AF_INET && ip->b[0] == 127)
			plan_add(d->plan, LOWERING, DROP_SAID, l->ns, l)->said = p;
	}
}

static void
raise_or_lower(struct diff *d, struct link *l)
{
	const struct value *v = value_named(l->vals, "up");
	bool was_up = l->have && l->have->flags & IFF_UP, is_up = was_up && !l->lowering,
	     up = v ? v->num : was_up; /* nobody asked: as it was */

	if (!up && is_up) {
		(void)plan_add(d->plan, LOWERING, LOWER, l->ns, l);
		drop_own(d, l);
	}
	l->lowering = l->lowering || (!up && is_up);
	if (!up || is_up || (v && v->failed))
		return;
	if (l->early && !l->raising)
		(void)plan_add(d->plan, JOINING, RAISE, l->ns, l);
	else if (!l->raising && !raised_with_parent(l))
		(void)plan_push(d->plan, RAISING, RAISE, l->ns, l);
	l->raising = true;
}

/* A bridge's own address, else that of its first NIC: it would follow its ports otherwise. */
static void
bridge_mac(struct model *want, struct link *l)
{
	const struct key *k = link_key(l, "mac");
	const struct bytes *mac =
		l->kind->follows_ports && !value_of(l->vals, k) ? mac_of_bridge(l) : NULL;
	struct value *v;

	if (!mac)
		return;
	v = mem_get(want->mem, sizeof(*v));
	v->key = k;
	v->bytes = *mac;
	value_add(&l->vals, v);
}

static void
one_link(struct diff *d, struct link *l)
{
	const char *with = NULL;

	bridge_mac(d->want, l);
	if (l->have && (move_link(d, l) || l->failed))
		return;
	if (!l->anew && (!l->have || replaced(d, l, &with)))
		make_if_possible(d, l, with);
	if (!l->index || l->failed)
		return;
	if (l->have)
		name(d, l);
	if (l->failed || !l->index)
		return;
	diff_values(d, l);
	join(d, l);
	raise_or_lower(d, l);
	diff_vlans(d, l);
}

/* What a link stands on comes before it. */
static void
visit(struct diff *d, struct link *l, unsigned depth)
{
	const struct value *ports = l ? link_value(l, "ports") : NULL;

	if (!l || l->mark || !depth || l->template)
		return;
	l->mark = 1;
	visit(d, l->parent, depth - 1);
	visit(d, l->master, depth - 1);
	if (l->kind->made_by_peer)
		visit(d, l->peer, depth - 1);
	one_link(d, l);
	/* in the order of the list: a bond has the MAC address of the first */
	for (const struct value *v = ports ? ports->items : NULL; v; v = v->next)
		visit(d, v->link, depth - 1);
}

/* A bond raises whom it takes in, which a VLAN refuses while its parent is down. */
static void
mark_early(struct link *l)
{
	if (l->master && l->master->kind->leads_ports)
		for (l = l->parent; l && !l->early; l = l->parent)
			l->early = true;
}

void
diff_links(struct diff *d)
{
	for (struct link *l = d->want->links; l; l = l->next) {
		mark_early(l);
		l->mark = 0;
		l->anew = l->again = l->raising = l->lowering = false;
	}
	for (struct link *l = d->want->links; l; l = l->next)
		visit(d, l, 32); /* check refuses circles */
	for (struct link *l = d->want->links; l; l = l->next)
		if (l->index && !l->failed)
			diff_references(d, l);
}
