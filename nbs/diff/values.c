#include "diff/values.h"

#include <net/if.h>
#include <string.h>

#include "base/mem.h"
#include "diff/lower.h"
#include "key/type.h"
#include "model/link.h"

/* True for values that netlink carries in a message about the link. */
static bool
is_sent(const struct value *v)
{
	switch (v->key->home) {
	case IN_DATA:
	case IN_LINK:
	case IN_INET:
	case IN_INET6:
	case IN_PORT:
		return true;
	case IN_FLAGS:
		return v->key->bit != IFF_UP; /* raising has its own step */
	case IN_ATTR:
	case IN_HEAD:
	case IN_METRICS:
	case IN_SYSCTL:
	case IN_NBS:
		break;
	}
	return false;
}

static bool
names_link(const struct value *v)
{
	return v->key->type == &type_link;
}

/* A link that a value names has yet to appear. */
static bool
waits(const struct diff *d, const struct value *v)
{
	return names_link(v) && v->link && !planned(d->plan, v->link)->index;
}

/* What came of earlier tries to set a value of the link that is there. */
static const struct attempt *
attempt(const struct diff *d, const struct link *l, const struct value *v)
{
	const struct attempt *a = attempts_of(d->plan->attempts, attempt_value(l, v->key));

	return a->stamp == planned(d->plan, l)->index ? a : attempts_of(NULL, 0);
}

/*
 * A port has a state only once it is up and has a carrier: it is given one, then.
 * A carrier or protodown that most kinds refuse is looked at before it is sent:
 * it may be so already.
 */
static bool
comes_too_soon(const struct diff *d, const struct link *l, const struct value *v)
{
	const struct planned *w = planned(d->plan, l);
	bool there = w->have && !w->anew;

	if (!v->key->late)
		return false;
	if (v->key->home == IN_LINK)
		return v->key->type == &type_yes8 && !there;
	return v->key->home == IN_PORT &&
	       (!there || w->lowering || !(w->have->flags & IFF_RUNNING));
}

/* The secret, a sysctl, changes the mode by itself: the mode is set after it. */
static bool
comes_last(const struct link *l, const struct value *v)
{
	return v->key->home == IN_PORT ||
	       (v->key->home == IN_INET6 && link_value(l, "stable-secret"));
}

enum verdict { SAME, DIFFERS, UNTOLD };

/* True of an empty list, and of a map of everything to 0. */
static bool
no_items(const struct value *list)
{
	for (const struct value *i = list->items; i; i = i->next)
		if (list->key->of != &type_pair || i->to)
			return false;
	return true;
}

/* Nothing, none and 0 are told by leaving them out. */
static bool
is_empty(const struct value *v)
{
	if (v->key->type == &type_list)
		return no_items(v);
	if (v->key->type == &type_text)
		return !*v->text;
	if (v->key->type == &type_link)
		return !v->link;
	return !v->num;
}

/* A default of nbs's own that this kernel has no use for. */
static bool
is_moot(const struct diff *d, const struct value *v)
{
	return !v->line && v->key->home == IN_INET6 && !d->have->spaces->ipv6;
}

static enum verdict
compare(struct diff *d, const struct link *l, const struct value *v)
{
	const struct link *h = planned(d->plan, l)->have;
	struct value have, want = *v;

	if (h->moved && (v->key->home == IN_INET || v->key->home == IN_INET6))
		return DIFFERS; /* what an address family had is lost */
	if (!link_read(h, v->key, &have, d->plan->mem))
		return is_empty(v) || v->key->unread ? SAME : UNTOLD;
	if (names_link(v))
		want.link = plan_link(d->plan, v->link);
	return key_same(&want, &have) ? SAME : DIFFERS;
}

/* The kernel accepted it and did not do it: said once. */
static void
did_not_take(struct diff *d, const struct link *l, const struct value *v)
{
	struct mem *mem = d->plan->mem;
	const char *text = value_text(v, mem), *why;
	struct value have;

	if (link_read(planned(d->plan, l)->have, v->key, &have, mem))
		why = mem_printf(mem, "'%s': the kernel took it and still has '%s'; left so", text,
			value_text(&have, mem));
	else if (*v->key->since)
		why = mem_printf(mem, "'%s': this kernel does not know it; it came with Linux %s",
			text, v->key->since);
	else
		why = mem_printf(
			mem, "'%s': the kernel took it and does not have it; left so", text);
	plan_refuse(
		d->plan, attempt_value(l, v->key), planned(d->plan, l)->index, model_at(l, v), why);
}

/* True of a port of its master, as it should be. */
static bool
is_port(const struct diff *d, const struct link *l)
{
	return l->master &&
	       planned(d->plan, l)->have->master_index == planned(d->plan, l->master)->index;
}

/* True when a value has to be sent to a link that is there. */
static bool
wants_sending(struct diff *d, const struct link *l, const struct value *v)
{
	const struct attempt *a = attempt(d, l, v);
	enum verdict r;

	if (!is_sent(v) || a->refused || waits(d, v) || is_moot(d, v))
		return false;
	if (v->key->home == IN_PORT && !is_port(d, l))
		return false; /* judged once it is a port */
	r = compare(d, l, v);
	if (r == SAME && a->accepted)
		plan_find(d->plan, a->id, a->stamp, false);
	if (r == SAME || (r == UNTOLD && !v->line))
		return false;
	if (a->accepted) {
		did_not_take(d, l, v);
		return false;
	}
	return true;
}

const struct value *
values_fixed(struct diff *d, const struct link *l)
{
	for (const struct value *v = l->vals; v; v = v->next)
		if (v->key->change == ANEW && is_sent(v) && !attempt(d, l, v)->refused &&
			!attempt(d, l, v)->accepted && compare(d, l, v) == DIFFERS)
			return v;
	return NULL;
}

static void
set(struct diff *d, enum phase phase, const struct link *l, const struct value **vals, size_t n)
{
	struct step *s;

	if (!n)
		return;
	s = plan_add(d->plan, phase, SET_LINK, l->ns, l);
	s->vals = mem_get(d->plan->mem, n * sizeof(*vals));
	(void)memcpy(s->vals, vals, n * sizeof(*vals));
	s->n = n;
	s->at = model_at(l, vals[0]);
}

enum { MOST = 192 };

/*
 * After a refusal, values go one by one, so that each is judged by itself; flags
 * first, as the kernel has them in one message: a token needs ARP.
 */
static void
set_each(
	struct diff *d, enum phase phase, const struct link *l, const struct value **vals, size_t n)
{
	const struct attempt *a = attempts_of(d->plan->attempts, attempt_link(l));

	if (!a->one_by_one || a->stamp != planned(d->plan, l)->index) {
		set(d, phase, l, vals, n);
		return;
	}
	for (size_t i = 0; i < n; i++)
		if (vals[i]->key->home == IN_FLAGS)
			set(d, phase, l, &vals[i], 1);
	for (size_t i = 0; i < n; i++)
		if (vals[i]->key->home != IN_FLAGS)
			set(d, phase, l, &vals[i], 1);
}

/* Ports leave while what cannot be changed with ports is changed; they join again. */
static void
empty(struct diff *d, const struct link *l)
{
	const struct planned *w = planned(d->plan, l);

	for (const struct link *h = d->have->links; h; h = h->next) {
		if (h->ns != w->have->ns || h->master_index != w->index)
			continue;
		plan_add(d->plan, LOWERING, LEAVE, l->ns, l)->link = h;
		for (const struct link *p = d->want->links; p; p = p->next)
			if (p->master == l && planned(d->plan, p)->have == h)
				planned(d->plan, p)->leaving = true; /* joins again in its turn */
	}
}

/* What a link that is just being made has not been given with its birth. */
static void
values_of_new(struct diff *d, const struct link *l)
{
	const struct value *now[MOST], *later[MOST];
	size_t n = 0, m = 0;
	const bool born = !l->kind->given;

	for (const struct value *v = l->vals; v; v = v->next) {
		if (!is_sent(v) || v->saved || names_link(v) || attempt(d, l, v)->refused ||
			is_moot(d, v) || comes_too_soon(d, l, v) || n == MOST || m == MOST)
			continue;
		if (born && link_at_birth(v) && link_via(l, v->key) == link_made_via(l->kind))
			continue;
		if (comes_last(l, v))
			later[m++] = v;
		else
			now[n++] = v;
	}
	set_each(d, SETTING, l, now, n);
	set_each(d, PORTS, l, later, m);
}

/* A port's value, of a link that joins its master in this round. */
static bool
is_joining(const struct diff *d, const struct link *l, const struct value *v)
{
	return v->key->home == IN_PORT && l->master && !is_port(d, l);
}

/* The kernel would judge a value by another that it is given with it, but later. */
static bool
waits_for_other(struct diff *d, const struct link *l, const struct value *v)
{
	const struct value *other = v->key->after ? link_value(l, v->key->after) : NULL;

	return other && !attempt(d, l, other)->refused && compare(d, l, other) == DIFFERS;
}

void
diff_values(struct diff *d, const struct link *l)
{
	const struct value *now[MOST], *later[MOST];
	const struct planned *w = planned(d->plan, l);
	size_t n = 0, m = 0;

	if (!w->have || w->anew) {
		values_of_new(d, l);
		return;
	}
	for (const struct value *v = l->vals; v && n < MOST && m < MOST; v = v->next) {
		if (names_link(v) || comes_too_soon(d, l, v))
			continue;
		if (is_joining(d, l, v)) {
			if (!attempt(d, l, v)->refused)
				later[m++] = v;
			continue;
		}
		if (waits_for_other(d, l, v) || !wants_sending(d, l, v))
			continue;
		if (v->key->change == IN_DOWN || attempt(d, l, v)->down)
			lower_link(d, l, LOWERING);
		if (v->key->change == NO_PORTS) {
			empty(d, l);
			lower_link(d, l, LOWERING); /* a bond's mode wants both */
		}
		if (link_via(l, v->key) != RTNETLINK)
			set(d, SETTING, l, &v, 1);
		else if (comes_last(l, v))
			later[m++] = v;
		else
			now[n++] = v;
	}
	set_each(d, SETTING, l, now, n);
	set_each(d, PORTS, l, later, m);
}

void
diff_references(struct diff *d, const struct link *l)
{
	const struct planned *w = planned(d->plan, l);
	bool there = w->have && !w->anew;

	for (const struct value *v = l->vals; v; v = v->next) {
		if (!names_link(v) || !is_sent(v) || attempt(d, l, v)->refused || waits(d, v))
			continue;
		if (!there || is_joining(d, l, v) || wants_sending(d, l, v))
			set(d, PORTS, l, &v, 1);
	}
}
