#include "diff/move.h"

#include <linux/if.h>
#include <string.h>

#include "base/mem.h"
#include "diff/lower.h"
#include "kind/kind.h"
#include "model/link.h"

/* A found link that a step moves or renames: where it is then, and what it is called. */
struct moved {
	struct moved *next;
	const struct link *link;
	const struct netns *ns; /* found; NULL: one that is made */
	const char *name;
};

void
move_refuse(struct diff *d, const struct link *l, const char *why)
{
	struct planned *w = planned(d->plan, l);
	const uint32_t index = w->have ? w->have->index : 0;

	plan_refuse(d->plan, attempt_link(l), index, model_at(l, NULL), why);
	w->failed = true;
}

void
move_stranger(struct diff *d, const struct link *l, const char *what)
{
	move_refuse(d, l, mem_printf(d->plan->mem, "%s, and nbs did not make it", what));
}

static struct moved
now(const struct diff *d, const struct link *h)
{
	for (const struct moved *m = d->moved; m; m = m->next)
		if (m->link == h)
			return *m;
	return (struct moved) { NULL, h, h->ns, h->name };
}

static void
note(struct diff *d, const struct link *h, const struct netns *ns, const char *name)
{
	struct moved *m = mem_get(d->plan->mem, sizeof(*m));

	*m = (struct moved) { d->moved, h, ns, name };
	d->moved = m;
}

static const struct link *
owner_of(const struct diff *d, const struct link *h)
{
	for (const struct link *w = d->want->links; w; w = w->next)
		if (w->have == h)
			return w;
	return NULL;
}

bool
move_goes_away(const struct diff *d, const struct link *h)
{
	const struct netns *n =
		d->applied && !d->keep ? model_netns(d->applied, h->ns->name) : NULL;
	const struct link *a = n ? model_find(n, h->name) : NULL;

	return a && a->made && kind_of(h) == a->kind &&
	       !model_find(model_netns(d->want, h->ns->name), h->name);
}

static const struct link *
holder(const struct diff *d, const struct netns *ns, const char *name)
{
	for (const struct link *h = ns ? d->have->links : NULL; h; h = h->next) {
		const struct moved m = now(d, h);

		if (m.ns == ns && !strcmp(m.name, name) && !move_goes_away(d, h))
			return h;
	}
	return NULL;
}

static void
rename_to(struct diff *d, const struct link *l, const struct link *h, const char *name)
{
	struct step *s = plan_add(d->plan, MOVES, RENAME_LINK, h->ns, l);

	s->link = h;
	s->was = now(d, h).name;
	s->text = name;
	if (l)
		s->at = model_at(l, NULL);
	note(d, h, h->ns, name);
}

bool
move_taken(struct diff *d, const struct link *l)
{
	const struct netns *ns = l->ns->have;
	const struct link *h = ns ? d->have->links : NULL;

	while (h && (h->ns != ns || h == l->have || move_goes_away(d, h) ||
			    !link_has_altname(h, l->name)))
		h = h->next;
	if (!h)
		return false;
	/* no index: it is looked at anew each time */
	plan_refuse(d->plan, attempt_link(l), UINT32_MAX, model_at(l, NULL),
		mem_printf(d->plan->mem, "that is another name of %s, by altname", h->section));
	planned(d->plan, l)->failed = true;
	return true;
}

static void
change_altname(struct diff *d, enum verb verb, const struct link *h, const char *name)
{
	struct step *s = plan_add(d->plan, MOVES, verb, h->ns, h);

	s->was = now(d, h).name;
	s->text = name;
}

/* No name is given twice, not even to one link: rtnl_alt_ifname() */
static void
drop_altname(struct diff *d, const struct link *l, const struct link *h)
{
	if (link_has_altname(h, l->name))
		change_altname(d, DROP_ALTNAME, h, l->name);
}

/* A NIC that was found by its altname, and renamed to it, has it again as such. */
static void
restore_altname(struct diff *d, const struct link *l, const struct link *h)
{
	const struct netns *n =
		d->applied && l->saved ? model_netns(d->applied, h->ns->name) : NULL;
	const struct link *a = n ? model_find(n, h->name) : NULL;

	if (!a || !a->kind->matched || !strcmp(h->name, l->name) || link_value(a, "match-mac") ||
		link_value(a, "match-driver") || link_value(a, "match-path") ||
		link_value(a, "match-name"))
		return;
	change_altname(d, ADD_ALTNAME, h, h->name);
}

/* A link is renamed while it is down; what one that leaves has lost by that is not put back. */
static void
lower_owner(struct diff *d, const struct link *owner, const struct link *h)
{
	if (h->ns == owner->ns->have)
		lower_link(d, owner, MOVES);
	else if (h->flags & IFF_UP)
		plan_add(d->plan, MOVES, LOWER, h->ns, h)->was = h->name;
}

/*
 * Who has the name that a link shall have makes room under a temporary one, if it is to be called
 * otherwise or to go elsewhere.  False when it does not.
 */
static bool
is_free(struct diff *d, const struct link *l, const struct link *h)
{
	const struct link *other = holder(d, l->ns->have, l->name), *owner;
	struct moved m;

	if (move_taken(d, l))
		return false;
	if (!other || other == h)
		return true;
	m = now(d, other);
	owner = owner_of(d, other);
	if (!owner && other->unsettled) { /* it may be called otherwise soon */
		plan_bind(d->plan, l, NULL);
		planned(d->plan, l)->why = other->unsettled;
		return false;
	}
	if (!owner || (owner->ns->have == m.ns && !strcmp(owner->name, m.name))) {
		move_stranger(d, l, "a link of that name is there");
		return false;
	}
	lower_owner(d, owner, other);
	rename_to(d, NULL, other, mem_printf(d->plan->mem, "nbs%u", other->index));
	return true;
}

/* As it will be once it has moved: down, bare, and nobody's port. */
static const struct link *
newcomer(const struct diff *d, const struct link *l)
{
	struct link *h = mem_get(d->plan->mem, sizeof(*h));

	*h = *planned(d->plan, l)->have;
	h->name = l->name;
	h->flags &= ~(uint32_t)(IFF_UP | IFF_RUNNING | IFF_LOWER_UP);
	h->master_index = 0;
	h->vlans = NULL;
	h->moved = true;
	(void)memset(h->said, 0, sizeof(h->said));
	return h;
}

bool
move_link(struct diff *d, const struct link *l)
{
	const struct link *h = planned(d->plan, l)->have;
	struct step *s;

	if (h->moved || h->ns == l->ns->have)
		return false;
	if (!is_free(d, l, h))
		return true;
	drop_altname(d, l, h);
	s = plan_add(d->plan, MOVES, MOVE_LINK, l->ns, l);
	s->raw = h->raw;
	s->was = now(d, h).name;
	s->text = l->name;
	s->from_ns = h->ns;
	note(d, h, l->ns->have, l->name);
	if (d->ahead) {
		plan_bind(d->plan, l, newcomer(d, l));
		return false;
	}
	planned(d->plan, l)->index = 0;
	planned(d->plan, l)->why = "moving";
	return true;
}

void
move_name(struct diff *d, const struct link *l)
{
	const struct link *h = planned(d->plan, l)->have;

	if (h->moved || !strcmp(h->name, l->name) || !is_free(d, l, h))
		return;
	drop_altname(d, l, h);
	lower_link(d, l, MOVES);
	rename_to(d, l, h, l->name);
	restore_altname(d, l, h);
}

bool
move_awaits(const struct diff *d, const struct netns *found)
{
	for (const struct link *l = d->want->links; l; l = l->next) {
		const struct link *h = planned(d->plan, l)->have;

		if (h && !h->moved && h->ns == found && l->ns->have != found)
			return true;
	}
	return false;
}
