#include "diff/ready.h"

#include <linux/if.h>
#include <linux/if_addr.h>
#include <string.h>
#include <sys/socket.h>

#include "base/mem.h"
#include "model/link.h"
#include "model/phrase.h"

static bool
is_physical(const struct link *l)
{
	return l->have && l->have->device;
}

/* True when there is a physical NIC under the link, at whatever depth. */
static bool
on_nic(const struct model *m, const struct link *l, unsigned depth)
{
	const struct value *ports = link_value(l, "ports");

	if (!depth)
		return false;
	if (is_physical(l) || (l->parent && on_nic(m, l->parent, depth - 1)))
		return true;
	for (const struct value *v = ports ? ports->items : NULL; v; v = v->next)
		if (v->link && on_nic(m, v->link, depth - 1))
			return true;
	return false;
}

static bool
has_carrier(const struct link *l)
{
	return l->have && l->have->flags & IFF_LOWER_UP;
}

/* What "wait" names, or what holds without it. */
struct terms {
	bool carrier, addresses, routes, lease;
	bool made; /* only that it is made counts, not that it works */
};

/* The words of "wait": see common_keys. */
static struct terms
terms_of(const struct model *m, const struct link *l)
{
	const struct value *wait = link_value(l, "wait");
	struct terms t = { 0 };

	if (!wait) {
		t.carrier = l->said[ADDRESS] && on_nic(m, l, 16);
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

static const struct phrase *
there(const struct link *l, const struct phrase *p)
{
	const struct phrase *h = l->have ? l->have->said[ADDRESS] : NULL;

	while (h && !phrase_same(p, h))
		h = h->next;
	return h;
}

/* Why an address is not ready, or NULL. */
static const char *
address_missing(
	struct mem *mem, const struct link *l, const struct phrase *p, const struct terms *t)
{
	const struct phrase *h = there(l, p);
	uint32_t flags = h ? phrase_address_flags(h) : 0;

	if (p->failed)
		return NULL; /* said already, and nothing will change it */
	if (!h && p->there)
		return NULL; /* promised */
	if (!h)
		return mem_printf(mem, "address %s is not there", phrase_text(p, mem));
	if (t->made)
		return NULL;
	if (flags & IFA_F_DADFAILED)
		return mem_printf(mem, "address %s is somebody else's, too", phrase_text(p, mem));
	/* without carrier detection never ends, on a bond without ports for one */
	if (flags & IFA_F_TENTATIVE && !(flags & IFA_F_OPTIMISTIC) && has_carrier(l))
		return mem_printf(mem, "address %s is still being checked for duplicates",
			phrase_text(p, mem));
	return NULL;
}

/* It failed, or what it stands on: there is nothing to wait for. */
static bool
is_hopeless(const struct link *l, unsigned depth)
{
	if (!l || !depth)
		return false;
	return l->failed || l->ns->failed || (l->peer && l->peer->failed) ||
	       is_hopeless(l->parent, depth - 1);
}

/* True of a route by a link that failed. */
static bool
leads_nowhere(const struct phrase *route)
{
	for (const struct phrase *h = route->hops; h; h = h->next)
		if (is_hopeless(h->link, 16))
			return true;
	return false;
}

/* Why a route or rule is not ready, or NULL. */
static const char *
phrase_missing(struct mem *mem, const struct phrase *p)
{
	if (p->there || p->failed || p->ns->failed || leads_nowhere(p))
		return NULL;
	return mem_printf(mem, "%s %s is not there", phrase_topic(p->topic), phrase_text(p, mem));
}

static const char *
said_missing(struct mem *mem, const struct link *l, const struct terms *t)
{
	const char *why = NULL;

	for (const struct phrase *p = l->said[ADDRESS]; t->addresses && p && !why; p = p->next)
		why = address_missing(mem, l, p, t);
	for (const struct phrase *p = l->said[ROUTE]; t->routes && p && !why; p = p->next)
		why = phrase_missing(mem, p);
	return why;
}

static const char *
not_ready(struct mem *mem, const struct model *m, const struct link *l, bool made)
{
	struct terms t = terms_of(m, l);

	t.made = made;

	if (is_hopeless(l, 16))
		return NULL;                               /* said already */
	if (!l->have && !l->anew && !(made && l->raising)) /* a new namespace has a loopback */
		return l->why ? l->why : l->template ? "no NIC that fits is free" : "not there";
	if (!value_num(l->vals, "up", 1))
		return NULL;
	if (!l->raising && !(l->have && l->have->flags & IFF_UP))
		return value_named(l->vals, "up") && value_named(l->vals, "up")->failed ? NULL
		                                                                        : "not up";
	if (l->master && !l->anew && l->have->master_index != l->master->index &&
		!l->master->failed && !l->master_at->failed)
		return mem_printf(mem, "not yet a port of %s", l->master->section);
	if (t.carrier && !made && !has_carrier(l))
		return "no carrier";
	if (t.lease && l->asking)
		return l->asking;
	return said_missing(mem, l, &t);
}

const char *
ready_link(struct mem *mem, const struct model *want, const struct link *l)
{
	bool up = l->have && l->have->flags & IFF_UP;

	if (waits_for_nothing(l))
		return NULL;
	if (l->anew || (!l->have && l->made))
		return "not there"; /* whatever is planned */
	if (l->have && !up && value_num(l->vals, "up", 1))
		return "not up";
	return not_ready(mem, want, l, false);
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

	return l->instead || (l->template && !is_awaited(l)) ||
	       !value_num(l->vals, "required", !radio);
}

static bool
leads_by_optional(const struct phrase *p)
{
	for (const struct phrase *h = p->hops; h; h = h->next)
		if (h->link && is_optional(h->link))
			return true;
	return false;
}

/* True of a link with a lease, or what takes its place, that is all there. */
static bool
got_there(struct mem *mem, const struct model *m, const struct link *l)
{
	return link_asks(l) && !l->template && !l->asking && l->have &&
	       !not_ready(mem, m, l, false);
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
any_got_there(struct mem *mem, const struct model *m)
{
	if (!value_num(m->vals, "ready", 0))
		return false;
	for (const struct link *l = m->links; l; l = l->next)
		if (got_there(mem, m, l))
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

/* What the steps of a plan make is as good as there. */
static void
promise(struct plan *p)
{
	for (struct step *s = plan_steps(p); s; s = s->next) {
		if (s->verb == ADD_SAID)
			s->said->there = true;
		if (s->verb == JOIN && s->link->have)
			s->link->have->master_index = s->link->master->index;
	}
}

unsigned
ready(struct mem *mem, const struct model *want, struct plan *promised,
	void (*miss)(void *, const struct origin *, const char *why), void *user)
{
	struct report r = { mem, miss, user, 0 };
	bool any = any_got_there(mem, want);

	if (promised)
		promise(promised);
	for (const struct link *l = want->links; l; l = l->next)
		if (!is_optional(l) && !waits_for_nothing(l) && !(any && link_asks(l)))
			report(&r, model_at(l, NULL), not_ready(mem, want, l, promised));
	if (nobody_asks_yet(want))
		report(&r, (struct origin) { want->file, want->line, NULL, NULL },
			"no NIC that could ask is there");
	for (const struct netns *n = want->spaces; n; n = n->next)
		for (enum topic t = ROUTE; t <= RULE; t++)
			for (const struct phrase *p = n->said[t]; p; p = p->next)
				if (!leads_by_optional(p))
					report(&r, model_said_at(p), phrase_missing(mem, p));
	return r.n;
}
