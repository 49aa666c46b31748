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
	case IN_TUN:
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
waits(const struct value *v)
{
	return names_link(v) && v->link && !v->link->index;
}

/*
 * A port has a state only once it is up and has a carrier: it is given one, then.
 * A carrier or protodown that most kinds refuse is looked at before it is sent:
 * it may be so already.
 */
static bool
comes_too_soon(const struct link *l, const struct value *v)
{
	bool there = l->have && !l->anew;

	if (!v->key->late)
		return false;
	if (v->key->home == IN_LINK)
		return v->key->type == &type_yes8 && !there;
	return v->key->home == IN_PORT &&
	       (!there || l->lowering || !(l->have->flags & IFF_RUNNING));
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
	struct value have;

	if (l->have->moved && (v->key->home == IN_INET || v->key->home == IN_INET6))
		return DIFFERS; /* what an address family had is lost */
	if (!link_read(l->have, v->key, &have, d->plan->mem))
		return is_empty(v) || v->key->unread ? SAME : UNTOLD;
	return key_same(v, &have) ? SAME : DIFFERS;
}

/* The kernel took it and did not do it: said once. */
static void
did_not_take(struct diff *d, const struct link *l, struct value *v)
{
	const struct origin o = model_at(l, v);
	const char *text = value_text(v, d->plan->mem);
	struct value have;

	if (link_read(l->have, v->key, &have, d->plan->mem))
		diag(&o, "'%s': the kernel took it and still has '%s'; left so", text,
			value_text(&have, d->plan->mem));
	else if (*v->key->since)
		diag(&o, "'%s': this kernel does not know it; it came with Linux %s", text,
			v->key->since);
	else
		diag(&o, "'%s': the kernel took it and does not have it; left so", text);
	v->failed = true;
}

/* True when a value has to be sent to a link that is there. */
static bool
wants_sending(struct diff *d, struct link *l, struct value *v)
{
	enum verdict r;

	if (!is_sent(v) || v->failed || waits(v) || is_moot(d, v))
		return false;
	if (v->key->home == IN_PORT && (!l->master || l->have->master_index != l->master->index))
		return false; /* judged once it is a port */
	r = compare(d, l, v);
	if (r == SAME)
		v->sent = false;
	if (r == SAME || (r == UNTOLD && !v->line))
		return false;
	if (v->sent) {
		did_not_take(d, l, v);
		return false;
	}
	return true;
}

const struct value *
values_fixed(struct diff *d, const struct link *l)
{
	for (const struct value *v = l->vals; v; v = v->next)
		if (v->key->change == ANEW && is_sent(v) && !v->failed && !v->sent &&
			compare(d, l, v) == DIFFERS)
			return v;
	return NULL;
}

static void
set(struct diff *d, enum phase phase, struct link *l, struct value **vals, size_t n)
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
set_each(struct diff *d, enum phase phase, struct link *l, struct value **vals, size_t n)
{
	if (!l->singly) {
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
empty(struct diff *d, struct link *l)
{
	for (struct link *h = d->have->links; h; h = h->next) {
		struct step *s;

		if (h->ns != l->have->ns || h->master_index != l->index)
			continue;
		s = plan_add(d->plan, LOWERING, LEAVE, l->ns, l);
		s->link = h;
		for (struct link *w = d->want->links; w; w = w->next)
			if (w->have == h && w->master == l)
				h->master_index = 0; /* joins again in its turn */
	}
}

/* What a link that is just being made has not been given with its birth. */
static void
values_of_new(struct diff *d, struct link *l)
{
	struct value *now[MOST], *later[MOST];
	size_t n = 0, m = 0;
	bool born = l->kind->tun || !l->kind->given;

	for (struct value *v = l->vals; v; v = v->next) {
		if (!is_sent(v) || names_link(v) || v->failed || is_moot(d, v) ||
			comes_too_soon(l, v) || n == MOST || m == MOST)
			continue;
		if (born && link_at_birth(v) && !(l->kind->tun && v->key->home == IN_LINK))
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
is_joining(const struct link *l, const struct value *v)
{
	return v->key->home == IN_PORT && l->master && l->have->master_index != l->master->index;
}

/* The kernel would judge a value by another that it is given with it, but later. */
static bool
waits_for_other(struct diff *d, const struct link *l, const struct value *v)
{
	const struct value *other = v->key->after ? link_value(l, v->key->after) : NULL;

	return other && !other->failed && compare(d, l, other) == DIFFERS;
}

void
diff_values(struct diff *d, struct link *l)
{
	struct value *now[MOST], *later[MOST];
	size_t n = 0, m = 0;

	if (!l->have || l->anew) {
		values_of_new(d, l);
		return;
	}
	for (struct value *v = l->vals; v && n < MOST && m < MOST; v = v->next) {
		if (names_link(v) || comes_too_soon(l, v))
			continue;
		if (is_joining(l, v)) {
			if (!v->failed)
				later[m++] = v;
			continue;
		}
		if (waits_for_other(d, l, v) || !wants_sending(d, l, v))
			continue;
		if (v->key->change == IN_DOWN || v->lower)
			lower_link(d, l, LOWERING);
		if (v->key->change == NO_PORTS) {
			empty(d, l);
			lower_link(d, l, LOWERING); /* a bond's mode wants both */
		}
		if (v->key->home == IN_TUN) /* not netlink's */
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
diff_references(struct diff *d, struct link *l)
{
	bool there = l->have && !l->anew;

	for (struct value *v = l->vals; v; v = v->next) {
		if (!names_link(v) || !is_sent(v) || v->failed || waits(v))
			continue;
		if (!there || is_joining(l, v) || wants_sending(d, l, v))
			set(d, PORTS, l, &v, 1);
	}
}
