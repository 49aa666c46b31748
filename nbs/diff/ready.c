#include "diff/ready.h"

#include <linux/if.h>
#include <linux/if_addr.h>
#include <string.h>
#include <sys/socket.h>

#include "base/mem.h"
#include "model/link.h"
#include "model/phrase.h"

static const struct link *
have(const struct plan *p, const struct link *l)
{
	return planned(p, l)->have;
}

/* True when there is a physical NIC under the link, at whatever depth. */
static bool
on_nic(const struct plan *p, const struct link *l, unsigned depth)
{
	const struct value *ports = link_value(l, "ports");

	if (!depth)
		return false;
	if ((have(p, l) && have(p, l)->device) || (l->parent && on_nic(p, l->parent, depth - 1)))
		return true;
	for (const struct value *v = ports ? ports->items : NULL; v; v = v->next)
		if (v->link && on_nic(p, v->link, depth - 1))
			return true;
	return false;
}

static bool
has_carrier(const struct plan *p, const struct link *l)
{
	return have(p, l) && have(p, l)->flags & IFF_LOWER_UP;
}

/* What "wait" names, or what holds without it. */
struct terms {
	bool carrier, addresses, routes, lease;
	bool made; /* only that it is made counts, not that it works */
};

/* The words of "wait": see common_keys. */
static struct terms
terms_of(const struct plan *p, const struct link *l)
{
	const struct value *wait = link_value(l, "wait");
	struct terms t = { 0 };

	if (!wait) {
		t.carrier = l->said[ADDRESS] && on_nic(p, l, 16);
		t.addresses = t.routes = t.lease = true;
		return t;
	}
	for (const struct value *v = wait->items; v; v = v->next)
		for (const struct word *w = v->key->words; w && w->name; w++) {
			if (w->num != v->num)
				continue;
			t.carrier = t.carrier || !strcmp(w->name, "carrier");
			t.addresses = t.addresses || !strcmp(w->name, "address");
			t.routes = t.routes || !strcmp(w->name, "route");
			t.lease = t.lease || !strcmp(w->name, "lease");
		}
	return t;
}

static bool
waits_for_nothing(const struct link *l)
{
	const struct value *wait = link_value(l, "wait");

	for (const struct value *v = wait ? wait->items : NULL; v; v = v->next)
		for (const struct word *w = v->key->words; w && w->name; w++)
			if (w->num == v->num && !strcmp(w->name, "none"))
				return true;
	return false;
}

/* What the kernel has of an address. */
static const struct phrase *
there(const struct plan *p, const struct link *l, const struct phrase *a)
{
	const struct phrase *h = have(p, l) ? have(p, l)->said[ADDRESS] : NULL;

	while (h && !phrase_same(a, h))
		h = h->next;
	return h;
}

/* It was refused, which was said, and nothing that it leans on has changed. */
static bool
is_refused(const struct plan *p, const struct phrase *e)
{
	const struct attempt *a = attempts_of(p->attempts, attempt_entry(e));

	return a->refused && a->stamp == plan_stamp(p, e);
}

/* Not there; with promised, what a step adds is as good as there. */
static bool
is_missing(const struct plan *p, const struct phrase *e, bool promised)
{
	return plan_marked(p, e, MISSING) && !(promised && plan_marked(p, e, COMING));
}

/* Why an address is not ready, or NULL. */
static const char *
address_missing(struct mem *mem, const struct plan *p, const struct link *l, const struct phrase *a,
	const struct terms *t)
{
	const struct phrase *h = there(p, l, a);
	uint32_t flags = h ? phrase_address_flags(h) : 0;

	if (is_refused(p, a) || (!h && !is_missing(p, a, t->made)))
		return NULL;
	if (!h)
		return mem_printf(mem, "address %s is not there", phrase_text(a, mem));
	if (t->made)
		return NULL;
	if (flags & IFA_F_DADFAILED)
		return mem_printf(mem, "address %s is somebody else's, too", phrase_text(a, mem));
	/* without carrier detection never ends, on a bond without ports for one */
	if (flags & IFA_F_TENTATIVE && !(flags & IFA_F_OPTIMISTIC) && has_carrier(p, l))
		return mem_printf(mem, "address %s is still being checked for duplicates",
			phrase_text(a, mem));
	return NULL;
}

/* It failed, or what it stands on: there is nothing to wait for. */
static bool
is_hopeless(const struct plan *p, const struct link *l, unsigned depth)
{
	if (!l || !depth)
		return false;
	return planned(p, l)->failed || p->failed_spaces[l->ns->place] ||
	       (l->peer && planned(p, l->peer)->failed) || is_hopeless(p, l->parent, depth - 1);
}

/* True of a route by a link that failed. */
static bool
leads_nowhere(const struct plan *p, const struct phrase *route)
{
	for (const struct nexthop *h = route->hops; h; h = h->next)
		if (is_hopeless(p, h->link, 16))
			return true;
	return false;
}

/* Why a route or rule is not ready, or NULL. */
static const char *
entry_missing(struct mem *mem, const struct plan *p, const struct phrase *e, bool promised)
{
	if (!is_missing(p, e, promised) || is_refused(p, e) || plan_space_failed(p, e->ns) ||
		leads_nowhere(p, e))
		return NULL;
	return mem_printf(mem, "%s %s is not there", phrase_topic(e->topic), phrase_text(e, mem));
}

static const char *
said_missing(struct mem *mem, const struct plan *p, const struct link *l, const struct terms *t)
{
	const char *why = NULL;

	for (const struct phrase *a = l->said[ADDRESS]; t->addresses && a && !why; a = a->next)
		why = address_missing(mem, p, l, a, t);
	for (const struct phrase *r = l->said[ROUTE]; t->routes && r && !why; r = r->next)
		why = entry_missing(mem, p, r, t->made);
	return why;
}

/* Raising it was refused, which was said. */
static bool
stays_down(const struct plan *p, const struct link *l)
{
	const struct value *up = value_named(l->vals, "up");
	const struct attempt *a = up ? attempts_of(p->attempts, attempt_value(l, up->key)) : NULL;

	return a && a->refused && a->stamp == planned(p, l)->index;
}

static bool
may_not_join(const struct plan *p, const struct link *l)
{
	const struct attempt *a = attempts_of(p->attempts, attempt_master(l));

	return planned(p, l->master)->failed || (a->refused && a->stamp == planned(p, l)->index);
}

static const char *
not_ready(struct mem *mem, const struct plan *p, const struct link *l, bool made)
{
	const struct planned *w = planned(p, l);
	struct terms t = terms_of(p, l);

	t.made = made;

	if (is_hopeless(p, l, 16) || w->away)
		return NULL;                               /* said already */
	if (!w->have && !w->anew && !(made && w->raising)) /* a new namespace has a loopback */
		return w->why ? w->why : l->template ? "no NIC that fits is free" : "not there";
	if (!value_num(l->vals, "up", 1))
		return NULL;
	if (!w->raising && !(w->have && w->have->flags & IFF_UP))
		return stays_down(p, l) ? NULL : "not up";
	if (l->master && !w->anew && w->have &&
		w->have->master_index != planned(p, l->master)->index && !(made && w->joining) &&
		!may_not_join(p, l))
		return mem_printf(mem, "not yet a port of %s", l->master->section);
	if (t.carrier && !made && !has_carrier(p, l))
		return "no carrier";
	if (t.lease && l->asking)
		return l->asking;
	return said_missing(mem, p, l, &t);
}

const char *
ready_link(struct mem *mem, const struct plan *p, const struct link *l)
{
	const struct planned *w = planned(p, l);
	bool up = w->have && w->have->flags & IFF_UP;

	if (waits_for_nothing(l))
		return NULL;
	if (w->anew || (!w->have && l->made))
		return "not there"; /* whatever is planned */
	if (w->have && !up && value_num(l->vals, "up", 1))
		return "not up";
	return not_ready(mem, p, l, false);
}

/* Of a pattern, too, one NIC is expected where it stands for one only. */
static bool
is_awaited(const struct link *l)
{
	return value_num(l->vals, "single", 0) && !l->taken;
}

/* True of a link that boot does not wait for. */
static bool
is_optional(const struct link *l)
{
	bool radio = l->have && l->have->radio;

	return (l->template && !is_awaited(l)) || !value_num(l->vals, "required", !radio);
}

static bool
leads_by_optional(const struct plan *p, const struct phrase *e)
{
	for (const struct nexthop *h = e->hops; h; h = h->next)
		if (h->link && p->by_place[h->link->place] &&
			is_optional(p->by_place[h->link->place]))
			return true;
	return false;
}

/* True of a link with a lease, or what takes its place, that is all there. */
static bool
got_there(struct mem *mem, const struct plan *p, const struct link *l)
{
	return link_asks(l) && !l->template && !l->asking && have(p, l) &&
	       !not_ready(mem, p, l, false);
}

/* Where one is enough, there has to be one: NICs that a pattern stands for come late. */
static bool
nobody_asks_yet(const struct model *m)
{
	bool asks = false;

	if (!value_num(m->vals, "ready", 0))
		return false;
	for (const struct link *l = m->links; l; l = l->next) {
		if (link_asks(l) && !l->template)
			return false;
		asks = asks || (link_asks(l) && value_num(l->vals, "required", 1));
	}
	return asks;
}

/* Of several links that ask, the first that gets there is enough for the others, too. */
static bool
any_got_there(struct mem *mem, const struct plan *p)
{
	if (!value_num(p->target->vals, "ready", 0))
		return false;
	for (const struct link *l = p->target->links; l; l = l->next)
		if (got_there(mem, p, l))
			return true;
	return false;
}

/* Whom to tell of what is missing, and how much that was. */
struct report {
	struct mem *mem;
	void (*miss)(void *, const struct origin *, const char *why);
	void *user;
	unsigned n;
};

static void
report(struct report *r, struct origin at, const char *why)
{
	if (!why)
		return;
	r->n++;
	if (r->miss)
		r->miss(r->user, &at, why);
}

/* A setting of a link that the file has no section for waits for the link. */
static const char *
sysctl_missing(struct mem *mem, const struct netns *n, const struct sysctl *c)
{
	const char *name = c->link || c->saved ? NULL : model_setting_link(c->path, mem);

	return name && !model_find(n, name) && !model_find(n->have, name)
	               ? mem_printf(mem, "%s is not there", name)
	               : NULL;
}

unsigned
ready(struct mem *mem, const struct plan *p, bool promised,
	void (*miss)(void *, const struct origin *, const char *why), void *user)
{
	const struct model *t = p->target;
	struct report r = { mem, miss, user, 0 };
	bool any = any_got_there(mem, p);

	for (const struct link *l = t->links; l; l = l->next)
		if (!is_optional(l) && !waits_for_nothing(l) && !(any && link_asks(l)))
			report(&r, model_at(l, NULL), not_ready(mem, p, l, promised));
	if (nobody_asks_yet(t))
		report(&r, (struct origin) { t->file, t->line, NULL, NULL },
			"no NIC that could ask is there");
	for (const struct netns *n = t->spaces; n; n = n->next)
		for (const struct sysctl *c = n->sysctls; c; c = c->next)
			report(&r, (struct origin) { c->file, c->line, c->section, c->key },
				sysctl_missing(mem, n, c));
	for (const struct netns *n = t->spaces; n; n = n->next)
		for (enum topic k = ROUTE; k <= RULE; k++)
			for (const struct phrase *e = n->said[k]; e; e = e->next)
				if (!leads_by_optional(p, e))
					report(&r, model_said_at(e),
						entry_missing(mem, p, e, promised));
	return r.n;
}
