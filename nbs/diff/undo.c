/* What was applied and is no longer wanted is taken back, last things first. */
#include <net/if.h>

#include "diff/parts.h"
#include "diff/seek.h"
#include "kind/kind.h"
#include "model/link.h"
#include "model/phrase.h"

/* The wanted link that stands for an applied one. */
static const struct link *
wanted(const struct diff *d, const struct link *a)
{
	const struct netns *n = model_space(d->want, a->ns->name, false);

	return n ? model_find(n, a->name) : NULL;
}

static struct link *
there(const struct diff *d, const struct link *a)
{
	return model_find(model_space(d->have, a->ns->name, false), a->name);
}

static void
drop_link(struct diff *d, struct link *a, struct link *h)
{
	struct step *s;

	if (a->kind->made_by_peer)
		return; /* goes with its veth */
	if (kind_of(h) != a->kind)
		return; /* somebody else's by now */
	s = plan_push(d->plan, UNDO_LINKS, DROP_LINK, h->ns, h);
	s->at = model_at(a, NULL);
}

/* A port that the file no longer names leaves its master. */
static void
leave(struct diff *d, const struct link *a, struct link *h)
{
	const struct link *w = wanted(d, a), *m = a->master ? there(d, a->master) : NULL;

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
	for (struct link *a = d->applied->links; a; a = a->next) {
		const struct link *w = wanted(d, a), *m = a->master ? there(d, a->master) : NULL;
		struct link *h = there(d, a);

		if (h && leads_ports(m) && h->master_index == m->index &&
			(!w || !w->master || w->master->have != m))
			h->flags &= ~(uint32_t)IFF_UP;
	}
}

static bool
still_wanted(const struct diff *d, const struct phrase *p)
{
	const struct netns *n = model_space(d->want, p->ns->name, false);
	const struct link *w = p->link ? wanted(d, p->link) : NULL;

	if (p->topic == ROUTE) /* may have moved to another section */
		return index_find(&d->wanted, p, p->ns->name) != NULL;
	if (p->topic == RULE)
		return n && phrase_stands(n->said[RULE], p);
	return w && phrase_stands(w->said[p->topic], p);
}

/* The link has another name by now, under which the file still wants it. */
static bool
is_claimed(const struct diff *d, const struct phrase *h)
{
	for (const struct link *w = d->want->links; w && h->link; w = w->next)
		if (w->have == h->link && phrase_stands(w->said[h->topic], h))
			return true;
	return false;
}

/* A rule like it that somebody else set is not nbs's to take: here it counts who did. */
static void
insist(const struct phrase *p)
{
	struct value *v = p->topic == RULE ? value_named(p->vals, "protocol") : NULL;

	if (v)
		v->line = p->line;
}

static void
undo_said(struct diff *d, struct phrase *const *list)
{
	for (enum topic t = ADDRESS; t < TOPICS; t++)
		for (struct phrase *p = list[t]; p; p = p->next) {
			struct phrase *h;
			struct step *s;

			insist(p);
			h = p->failed || still_wanted(d, p) ? NULL : seek_said(d, p);
			if (!h || h->foreign || is_claimed(d, h))
				continue;
			s = plan_push(d->plan, UNDO_SAID, DROP_SAID, h->ns, h->link);
			s->said = h;
			s->cause = p;
			h->gone = true;
			s->at = model_said_at(p);
		}
}

static void
undo_link(struct diff *d, struct link *a)
{
	struct link *h = there(d, a);

	if (!h || a->template)
		return;
	if (a->made && !wanted(d, a)) {
		drop_link(d, a, h);
		return; /* all that is on it goes with it */
	}
	leave(d, a, h);
	undo_said(d, a->said);
}

/* What is in the way of deleting a namespace has been taken out by now. */
static void
undo_spaces(struct diff *d)
{
	for (struct netns *a = d->applied->spaces; a; a = a->next) {
		struct netns *h = model_space(d->have, a->name, false);

		if (!a->made || !h || model_space(d->want, a->name, false))
			continue;
		plan_add(d->plan, NAMES, DROP_SPACE, h, NULL)->at =
			(struct origin) { a->file, a->line, a->name, NULL };
	}
}

/* Applied phrases lean on links of their own model: these are tied to what is there. */
static void
tie(struct diff *d)
{
	for (struct netns *n = d->applied->spaces; n; n = n->next)
		n->have = model_space(d->have, n->name, false);
	for (struct link *l = d->applied->links; l; l = l->next) {
		l->have = there(d, l);
		l->index = l->have ? l->have->index : 0;
	}
}

void
diff_undo(struct diff *d)
{
	tie(d);
	for (struct netns *n = d->applied->spaces; n; n = n->next)
		undo_said(d, n->said);
	for (struct link *a = d->applied->links; a; a = a->next)
		undo_link(d, a);
	undo_spaces(d);
}
