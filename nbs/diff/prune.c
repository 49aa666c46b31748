/* What was applied and is no longer wanted is taken back, last things first. */
#include <string.h>

#include "base/mem.h"
#include "diff/move.h"
#include "diff/seek.h"
#include "key/type.h"
#include "kind/kind.h"
#include "model/link.h"
#include "model/phrase.h"

/* The link of the target that stands for an applied one. */
static const struct link *
wanted(const struct diff *d, const struct link *a)
{
	return model_find(model_netns(d->want, a->ns->name), a->name);
}

static const struct link *
there(const struct diff *d, const struct link *a)
{
	return a ? model_find(model_netns(d->have, a->ns->name), a->name) : NULL;
}

static void
drop_link(struct diff *d, const struct link *a, const struct link *h)
{
	const struct kind *k = kind_of(h);

	if (a->kind->made_by_peer && there(d, a->peer))
		return; /* goes with its veth */
	if (k != a->kind && !(a->kind->made_by_peer && k && k->far_end == a->kind))
		return; /* somebody else's by now */
	plan_push(d->plan, UNDO_LINKS, DROP_LINK, h->ns, h)->at = model_at(a, NULL);
}

/* A port that the file no longer names leaves its master. */
static void
leave(struct diff *d, const struct link *a, const struct link *h)
{
	const struct link *w = wanted(d, a), *m = there(d, a->master);

	if (!m || h->master_index != m->index || (w && w->master))
		return;
	plan_add(d->plan, UNDO_SAID, LEAVE, h->ns, h)->at = model_at(a, NULL);
}

static bool
leads_ports(const struct link *h)
{
	const struct kind *k = h ? kind_of(h) : NULL;

	return k && k->leads_ports;
}

/* A bond lowers those it lets go, and all when it goes itself: they are raised again. */
void
diff_let_go(struct diff *d)
{
	for (const struct link *a = d->applied->links; a; a = a->next) {
		const struct link *w = wanted(d, a), *m = there(d, a->master), *h = there(d, a);

		if (!h || !leads_ports(m) || h->master_index != m->index ||
			(w && w->master && w->master->have == m))
			continue;
		for (const struct link *l = d->want->links; l; l = l->next)
			if (l->have == h)
				planned(d->plan, l)->let_go = true;
	}
}

/*
 * An applied entry as the kernel sees it: see plan_entry.  A rule like it that somebody
 * else set is not nbs's to take: who set it counts here.
 */
static struct phrase
entry_of(const struct diff *d, const struct phrase *p)
{
	struct phrase now = *p;
	struct nexthop **hop = &now.hops;
	struct value **v = &now.vals;

	for (const struct nexthop *h = p->hops; h; h = h->next, hop = &(*hop)->next) {
		*hop = mem_get(d->mem, sizeof(**hop));
		**hop = *h;
		(*hop)->link = there(d, h->link);
	}
	for (const struct value *from = p->topic == RULE || p->topic == FDB ? p->vals : NULL; from;
		from = from->next) {
		*v = mem_get(d->mem, sizeof(**v));
		**v = *from;
		if (from->key->type == &type_link)
			(*v)->link = there(d, from->link);
		if (p->topic == RULE && !strcmp(from->key->name, "protocol"))
			(*v)->line = 1;
		v = &(*v)->next;
	}
	return now;
}

static void
undo_said(struct diff *d, struct phrase *const *list, bool keep)
{
	for (enum topic t = ADDRESS; t < TOPICS; t++)
		for (const struct phrase *p = list[t]; p; p = p->next) {
			const struct phrase now = entry_of(d, p);
			const struct phrase *h = seek_entry(
				d, &now, model_netns(d->have, p->ns->name), there(d, p->link));
			struct step *s;

			mem_reset(d->mem);
			if (h)
				plan_mark(d->plan, h, APPLIED);
			if (keep || !h || h->foreign || plan_marked(d->plan, h, KEPT) ||
				plan_marked(d->plan, h, GONE) ||
				attempts_of(d->plan->attempts, attempt_entry(p))->refused)
				continue;
			s = plan_push(d->plan, UNDO_SAID, DROP_SAID, h->ns, h->link);
			s->said = h;
			s->cause = p;
			plan_mark(d->plan, h, GONE);
			s->at = model_said_at(p);
		}
}

static void
undo_link(struct diff *d, const struct link *a)
{
	const struct link *h = there(d, a);
	const bool goes = a->made && !wanted(d, a) && !d->keep;

	if (!h || a->template)
		return;
	if (goes)
		drop_link(d, a, h);
	else if (!d->keep)
		leave(d, a, h);
	undo_said(d, a->said, d->keep || goes); /* all that is on it goes with it */
}

/* What is in the way of deleting a namespace has been taken out by now. */
static void
undo_spaces(struct diff *d)
{
	for (const struct netns *a = d->applied->spaces; a; a = a->next) {
		const struct netns *h = model_netns(d->have, a->name);

		/* what cannot leave it would be put where the kernel likes, and be called dev7 */
		if (!a->made || !h || model_netns(d->want, a->name) || move_awaits(d, h))
			continue;
		plan_add(d->plan, NAMES, DROP_SPACE, h, NULL)->at =
			(struct origin) { a->file, a->line, a->name, NULL };
	}
}

void
diff_undo(struct diff *d)
{
	for (const struct netns *n = d->applied->spaces; n; n = n->next)
		undo_said(d, n->said, d->keep);
	for (const struct link *a = d->applied->links; a; a = a->next)
		undo_link(d, a);
	if (!d->keep)
		undo_spaces(d);
}
