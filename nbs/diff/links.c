/* Links: made, named, moved, set, joined to their masters, raised. */
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>

#include "base/mem.h"
#include "diff/lower.h"
#include "diff/move.h"
#include "diff/parts.h"
#include "diff/values.h"
#include "kind/kind.h"
#include "model/link.h"

/* True when nbs made the link, now or at an earlier time. */
static bool
was_made(const struct diff *d, const struct link *l)
{
	const struct netns *n = d->applied ? model_netns(d->applied, l->ns->name) : NULL;
	const struct link *a = n ? model_find(n, l->name) : NULL;

	return l->made || (a && a->made);
}

static const char *
other_kind(struct diff *d, const struct link *l)
{
	const struct link *h = planned(d->plan, l)->have;
	const struct kind *k = h->info ? kind_of(h) : kind_given(h);

	if (l->kind->given || k == l->kind || (k && k->far_end == l->kind))
		return NULL;
	return mem_printf(
		d->plan->mem, "a link of that name is there, of kind %s", k ? k->name : h->info);
}

static const char *
other_parent(const struct diff *d, const struct link *l)
{
	const struct link *h = planned(d->plan, l)->have;
	const struct planned *p = l->parent ? planned(d->plan, l->parent) : NULL;

	if (!p || !p->have || !h->parent_index)
		return NULL;
	if (h->parent_index == p->index && (!h->parent_ns || h->parent_ns == p->have->ns))
		return NULL;
	return "a link of that name is there, on another parent";
}

/*
 * True of an end of a veth that others have put into a namespace that nobody names here, such as
 * a container's: its other end tells as long as it lives.  One whose namespace was deleted is lost.
 */
static bool
is_away(const struct diff *d, const struct link *l)
{
	const struct link *far = l->peer ? planned(d->plan, l->peer)->have : NULL;

	return far && l->ns->have && !planned(d->plan, l)->have && !planned(d->plan, l)->failed &&
	       kind_of(far) && kind_of(far)->far_end && far->parent_ns && !far->parent_ns->there;
}

/* The far end left its place: both are made again. */
static const char *
lost_peer(const struct diff *d, const struct link *l)
{
	const struct planned *p = l->kind->far_end && l->peer ? planned(d->plan, l->peer) : NULL;

	return p && !p->have && !p->failed && !is_away(d, l->peer)
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
drop(struct diff *d, const struct link *l, const char *why)
{
	struct step *s = plan_add(d->plan, UNDO_LINKS, DROP_LINK, l->ns, l);

	s->link = planned(d->plan, l)->have;
	s->at = model_at(l, NULL);
	s->why = why;
}

/* True when the link has to be made anew: then it is taken away first, if it does not go with another. */
static bool
replaced(struct diff *d, const struct link *l, const char **with)
{
	const char *why;

	if (l->parent && planned(d->plan, l->parent)->anew && !l->kind->given &&
		l->kind->parent == NEEDS) {
		*with = mem_printf(d->plan->mem, "it goes with %s", l->parent->section);
		return true;
	}
	why = other_kind(d, l);
	why = why ? why : other_parent(d, l);
	why = why ? why : lost_peer(d, l);
	why = why ? why : fixed_key(d, l);
	if (!why)
		return false;
	if (!was_made(d, l)) {
		move_stranger(d, l, why);
		return false;
	}
	drop(d, l, why);
	return true;
}

/* The parent's namespace is told to make it, so the index must be free there, too: __rtnl_newlink() */
static uint32_t
free_index(struct diff *d, const struct link *l)
{
	uint32_t *last = &d->last_index[l->ns->place],
		 *other = l->parent ? &d->last_index[l->parent->ns->place] : last;

	*last = 1 + (*last > *other ? *last : *other);
	*other = *last;
	return *last;
}

/* The index is chosen here, so that what stands on the link can name it in the same batch. */
static void
make(struct diff *d, const struct link *l, const char *why)
{
	plan_promise(d->plan, l, free_index(d, l));
	planned(d->plan, l)->anew = true;
	if (l->peer && !l->kind->made_by_peer) {
		/* one of that name is another's far end, and goes */
		plan_promise(d->plan, l->peer, ++d->last_index[l->peer->ns->place]);
		planned(d->plan, l->peer)->anew = true;
	}
	plan_add(d->plan, MAKING, MAKE_LINK, l->ns, l)->why = why;
	if (l->kind->follows_ports && !link_value(l, "mac"))
		plan_add(d->plan, MAKING, KEEP_MAC, l->ns, l);
}

/*
 * The name of a far end is free if the link that has it goes with its own other end, or is
 * nbs's to take away.  had: the near end, as it was until now.
 */
static bool
is_far_name_free(struct diff *d, const struct link *l, const struct link *had)
{
	struct planned *far = l->peer ? planned(d->plan, l->peer) : NULL;
	const struct link *h = far ? far->have : NULL, *other;

	if (!h || (had && h->parent_index == had->index))
		return true;
	other = model_indexed(h->parent_ns ? h->parent_ns : h->ns, h->parent_index);
	if (other && other != h && move_goes_away(d, other))
		return true;
	if (!far->failed && was_made(d, l->peer)) {
		drop(d, l->peer, "its other end is not where it should be");
		return true;
	}
	if (!far->failed)
		move_stranger(d, l->peer, "a link of that name is there");
	planned(d->plan, l)->failed = true;
	return false;
}

static void
make_if_possible(struct diff *d, const struct link *l, const char *why)
{
	struct planned *w = planned(d->plan, l);
	const struct link *had = w->have;

	plan_bind(d->plan, l, NULL);
	if (w->failed || plan_space_failed(d->plan, l->ns))
		return;
	if (l->kind->given) {
		if (l->kind->always && !l->ns->have)
			plan_promise(d->plan, l, 1); /* LOOPBACK_IFINDEX: a new namespace has one */
		return;
	}
	if (l->parent && !planned(d->plan, l->parent)->index) {
		w->why = mem_printf(d->plan->mem, "%s is not there", l->parent->section);
		return;
	}
	if (l->kind->made_by_peer || move_taken(d, l) || (l->peer && move_taken(d, l->peer)))
		return;
	if (is_far_name_free(d, l, had))
		make(d, l, why);
}

/* True when raising the parent raises the link, too. */
static bool
raised_with_parent(const struct diff *d, const struct link *l)
{
	return l->kind->raised && l->parent && planned(d->plan, l->parent)->raising &&
	       !value_num(l->vals, "loose-binding", 0);
}

static bool
is_port(const struct diff *d, const struct link *l)
{
	const struct planned *w = planned(d->plan, l), *m = planned(d->plan, l->master);

	return w->have && w->have->master_index == m->index && !m->anew && !w->leaving;
}

static void
join(struct diff *d, const struct link *l)
{
	const struct link *m = l->master;
	const struct attempt *a = attempts_of(d->plan->attempts, attempt_master(l));
	struct planned *w = planned(d->plan, l);

	if (!m || !planned(d->plan, m)->index || planned(d->plan, m)->failed || is_port(d, l) ||
		(a->refused && a->stamp == w->index))
		return;
	if (m->kind->leads_ports) {
		lower_link(d, l, LOWERING);
		if (raised_with_parent(d, l))
			(void)plan_add(d->plan, JOINING, LOWER, l->ns, l);
		w->raising = true;
	}
	w->joining = true;
	plan_add(d->plan, JOINING, JOIN, l->ns, l)->at = model_at(m, l->master_at);
}

/* 127.0.0.1 comes with raising the loopback, but would not go with lowering it: inetdev_event() */
static void
drop_own(struct diff *d, const struct link *l)
{
	const struct link *h = planned(d->plan, l)->have;
	const bool loopback = h->flags & IFF_LOOPBACK;

	for (const struct phrase *p = loopback ? h->said[ADDRESS] : NULL; p; p = p->next) {
		const struct ip *ip = &value_named(p->vals, "local")->ip;

		if (ip->family == AF_INET && ip->b[0] == 127)
			plan_add(d->plan, LOWERING, DROP_SAID, l->ns, l)->said = p;
	}
}

static void
raise_or_lower(struct diff *d, const struct link *l)
{
	const struct value *v = value_named(l->vals, "up");
	const struct attempt *a =
		v ? attempts_of(d->plan->attempts, attempt_value(l, v->key)) : NULL;
	struct planned *w = planned(d->plan, l);
	bool was_up = w->have && w->have->flags & IFF_UP && !w->let_go,
	     is_up = was_up && !w->lowering, up = v ? v->num : was_up; /* nobody asked: as it was */

	if (!up && is_up) {
		(void)plan_add(d->plan, LOWERING, LOWER, l->ns, l);
		drop_own(d, l);
	}
	w->lowering = w->lowering || (!up && is_up);
	if (!up || is_up || (a && a->refused && a->stamp == w->index))
		return;
	if (w->early && !w->raising)
		(void)plan_add(d->plan, JOINING, RAISE, l->ns, l);
	else if (!w->raising && !raised_with_parent(d, l))
		(void)plan_push(d->plan, RAISING, RAISE, l->ns, l);
	w->raising = true;
}

static void
one_link(struct diff *d, const struct link *l)
{
	struct planned *w = planned(d->plan, l);
	const char *with = NULL;

	if (l->refused)
		move_refuse(d, l, l->why);
	if (w->have && (move_link(d, l) || w->failed))
		return;
	if (is_away(d, l)) {
		w->away = true;
		plan_warn(d->plan, attempt_bound(l->section), model_at(l, NULL),
			"others have moved it to a namespace without a name here; left there");
		return;
	}
	if (!w->anew && (!w->have || replaced(d, l, &with)))
		make_if_possible(d, l, with);
	if (!w->index || w->failed)
		return;
	if (w->have)
		move_name(d, l);
	if (w->failed || !w->index)
		return;
	diff_values(d, l);
	join(d, l);
	raise_or_lower(d, l);
	diff_vlans(d, l);
}

/* What a link stands on comes before it. */
static void
visit(struct diff *d, const struct link *l, unsigned depth)
{
	const struct value *ports = l ? link_value(l, "ports") : NULL;

	if (!l || planned(d->plan, l)->visited || !depth || l->template)
		return;
	planned(d->plan, l)->visited = true;
	visit(d, l->parent, depth - 1);
	visit(d, l->master, depth - 1);
	if (l->kind->made_by_peer)
		visit(d, l->peer, depth - 1);
	one_link(d, l);
	/* in the order of the list: a bond has the MAC address of the first */
	for (const struct value *v = ports ? ports->items : NULL; v; v = v->next)
		if (v->link)
			visit(d, d->plan->by_place[v->link->place], depth - 1);
}

/* A bond raises whom it takes in, which a VLAN refuses while its parent is down. */
static void
mark_early(struct diff *d, const struct link *l)
{
	if (l->master && l->master->kind->leads_ports)
		for (l = l->parent; l && !planned(d->plan, l)->early; l = l->parent)
			planned(d->plan, l)->early = true;
}

void
diff_links(struct diff *d)
{
	for (const struct link *l = d->want->links; l; l = l->next)
		mark_early(d, l);
	for (const struct link *l = d->want->links; l; l = l->next)
		visit(d, l, 32); /* check refuses circles */
	for (const struct link *l = d->want->links; l; l = l->next)
		if (planned(d->plan, l)->index && !planned(d->plan, l)->failed)
			diff_references(d, l);
}
