#include "kernel/outcome.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "key/msg.h"
#include "model/link.h"
#include "model/phrase.h"

/* An attempt of before that depended on something else counts no more. */
static struct attempt *
note(const struct doing *d, uint64_t id, uint32_t stamp)
{
	struct attempt *a = attempts_note(d->attempts, id);

	if (a->stamp != stamp)
		*a = (struct attempt) { .id = id,
			.stamp = stamp,
			.ours = a->ours,
			.renewed = a->renewed,
			.reported = a->reported };
	return a;
}

static uint32_t
index_of(const struct doing *d, const struct link *l)
{
	return planned(d->plan, l)->index;
}

static struct attempt *
note_value(const struct doing *d, const struct link *l, const struct key *k)
{
	return note(d, attempt_value(l, k), index_of(d, l));
}

static struct attempt *
note_entry(const struct doing *d, const struct phrase *p)
{
	return note(d, attempt_entry(p), plan_stamp(d->plan, p));
}

/* A link is not made again for what it had to be made with and has not. */
static void
keep_made(const struct doing *d, const struct link *l)
{
	for (const struct value *v = l->vals; v; v = v->next)
		if (v->key->change == ANEW)
			note_value(d, l, v->key)->accepted = true;
}

void
outcome_made(const struct doing *d, const struct step *s)
{
	keep_made(d, s->link);
	attempts_note(d->attempts, attempt_link(s->link))->ours = true;
	if (!s->link->peer)
		return;
	keep_made(d, s->link->peer);
	attempts_note(d->attempts, attempt_link(s->link->peer))->ours = true;
}

void
outcome_made_space(const struct doing *d, const struct step *s)
{
	attempts_note(d->attempts, attempt_space(s->ns))->ours = true;
}

void
outcome_set(const struct doing *d, const struct step *s)
{
	for (size_t i = 0; i < s->n; i++)
		note_value(d, s->link, s->vals[i]->key)->accepted = true;
}

void
outcome_raised(const struct doing *d, const struct step *s)
{
	const struct value *up = value_named(s->link->vals, "up");

	if (up)
		note_value(d, s->link, up->key)->accepted = true;
}

void
outcome_joined(const struct doing *d, const struct step *s)
{
	note(d, attempt_master(s->link), index_of(d, s->link))->accepted = true;
}

void
outcome_added(const struct doing *d, const struct step *s)
{
	struct attempt *a = note_entry(d, s->said);

	a->accepted = a->ours = true;
	a->refused = false;
	a->renewed = a->renewed || s->renews;
}

void
outcome_sysctl(const struct doing *d, const struct step *s)
{
	note(d, attempt_sysctl(s->sysctl), 0)->accepted = true;
}

void
outcome_no_space(const struct doing *d, const struct step *s)
{
	struct attempt *a = note(d, attempt_space(s->ns), 0);

	a->refused = true;
	a->ours = false;
	d->plan->failed_spaces[s->ns->place] = true;
}

/* What could not be made is nobody's: one of that name that comes later is not nbs's to delete. */
void
outcome_not_made(const struct doing *d, const struct step *s)
{
	struct attempt *a = note(d, attempt_link(s->link), 0);

	a->refused = true;
	a->ours = false;
	if (s->link->peer)
		note(d, attempt_link(s->link->peer), 0)->ours = false;
	planned(d->plan, s->link)->failed = true;
}

/* The link of the target that a step is about. */
static const struct link *
target_of(const struct doing *d, const struct step *s)
{
	for (const struct link *l = d->plan->target->links; l; l = l->next)
		if (l == s->link || planned(d->plan, l)->have == s->link)
			return l;
	return NULL;
}

void
outcome_no_link(const struct doing *d, const struct step *s)
{
	const struct link *l = target_of(d, s);

	if (!l)
		return;
	note(d, attempt_link(l), planned(d->plan, l)->have->index)->refused = true;
	planned(d->plan, l)->failed = true;
}

void
outcome_not_set(const struct doing *d, const struct step *s)
{
	for (size_t i = 0; i < s->n; i++)
		note_value(d, s->link, s->vals[i]->key)->refused = true;
}

void
outcome_not_up(const struct doing *d, const struct step *s)
{
	const struct value *up = value_named(s->link->vals, "up");

	if (up)
		note_value(d, s->link, up->key)->refused = true;
}

void
outcome_no_port(const struct doing *d, const struct step *s)
{
	note(d, attempt_master(s->link), index_of(d, s->link))->refused = true;
}

void
outcome_no_vlans(const struct doing *d, const struct step *s)
{
	note_value(d, s->link, link_value(s->link, "vlans")->key)->refused = true;
}

void
outcome_no_entry(const struct doing *d, const struct step *s)
{
	note_entry(d, s->said)->refused = true;
}

/* What was applied, or is wanted in its place, stays as it is. */
void
outcome_no_drop(const struct doing *d, const struct step *s)
{
	if (s->cause)
		attempts_note(d->attempts, attempt_entry(s->cause))->refused = true;
}

void
outcome_no_sysctl(const struct doing *d, const struct step *s)
{
	note(d, attempt_sysctl(s->sysctl), plan_stamp_sysctl(s->ns, s->sysctl))->refused = true;
}

void
outcome_no_name(const struct doing *d, const struct step *s)
{
	note(d, attempt_value(NULL, s->vals[0]->key), 0)->refused = true;
}

void
outcome_no_resolv(const struct doing *d, const struct step *s)
{
	note(d, attempt_names(s->ns), 0)->refused = true;
}

enum { TRIES = 4 };

/* A link that was looked at and is gone: the next round finds it so, and what leans on it waits. */
static bool
went_away(const struct doing *d, const struct step *s, int code)
{
	const struct link *l = s->link;

	if (code != ENODEV || s->verb == MAKE_LINK || !l || (!l->raw && !planned(d->plan, l)->have))
		return false;
	return l->raw || note(d, attempt_link(l), index_of(d, l))->tries++ < TRIES;
}

/*
 * An address that was taken away may have taken others with it, which are back
 * in the next round: so the network of a gateway, or the source of a route.
 */
static bool
lost_meanwhile(const struct doing *d, const struct step *s, int code)
{
	struct attempt *a;

	if (s->verb != ADD_SAID || s->said->topic != ROUTE ||
		(code != ENETUNREACH && code != EHOSTUNREACH &&
			!(code == EINVAL && value_named(s->said->vals, "src"))))
		return false;
	a = attempts_note(d->attempts, attempt_entry(s->said));
	if (a->retried)
		return false;
	return a->retried = true;
}

/* There already: the next round tells whether it is ours. */
static bool
is_there(const struct doing *d, const struct step *s, int code)
{
	struct attempt *a;

	if (s->verb != ADD_SAID || code != EEXIST)
		return false;
	a = note_entry(d, s->said);
	if (a->accepted)
		return false;
	return a->accepted = true;
}

/* Values that were refused together are sent one by one, and one that is busy when the link is down. */
static bool
set_otherwise(const struct doing *d, const struct step *s, int code)
{
	if (s->verb != SET_LINK || !step_is_message(s))
		return false;
	if (code == EBUSY && s->n == 1 && !note_value(d, s->link, s->vals[0]->key)->down)
		return note_value(d, s->link, s->vals[0]->key)->down = true;
	if (s->n > 1)
		note(d, attempt_link(s->link), index_of(d, s->link))->one_by_one = true;
	return s->n > 1;
}

bool
outcome_other_way(const struct doing *d, const struct step *s, int code)
{
	/* the index was taken meanwhile, or the module brought a link of that name with it */
	if (s->verb == MAKE_LINK && code == EEXIST) {
		attempts_note(d->attempts, attempt_link(s->link))->ours = true;
		return planned(d->plan, s->link)->again = true;
	}
	/* it may have gone under the name that it had: the next round looks where it is */
	if (s->verb == MOVE_LINK && code == EEXIST)
		return note(d, attempt_link(s->link), planned(d->plan, s->link)->have->index)
		               ->tries++ < TRIES;
	return went_away(d, s, code) || is_there(d, s, code) || lost_meanwhile(d, s, code) ||
	       set_otherwise(d, s, code);
}

/* Finds the value whose bytes the offset points into, by building the message once more. */
static const struct value *
value_at(const struct doing *d, const struct step *s, uint32_t offset)
{
	static _Alignas(16) char buf[16384];
	const struct names names = { d->plan->now, NULL };
	struct msg m = { .seek = offset, .names = &names };

	if (!offset || !step_is_message(s))
		return NULL;
	step_encode(&m, buf, sizeof(buf), s);
	return m.blame;
}

static const char *
module_of(const struct kind *k)
{
	return k->module ? k->module : k->info ? k->info : k->name;
}

/* What a bare error code means for a step, where that is known. */
static const char *
hint(const struct step *s, int code, struct mem *mem)
{
	if (code == EOPNOTSUPP && s->verb == MAKE_LINK)
		return mem_printf(mem,
			"is the module %s, with all that is asked for, in this kernel?",
			module_of(s->link->kind));
	if (code == EPERM && geteuid() != 0)
		return "not allowed; is nbs run by root?";
	if (code == ENETUNREACH && s->verb == ADD_SAID)
		return "the gateway is not within a network of the link";
	return NULL;
}

/* The kernel's words, and what we know beyond them. */
static const char *
words(const struct step *s, const struct nl_error *e, struct mem *mem)
{
	if (s->verb == MAKE_LINK && !strcmp(e->text, "Unknown device type"))
		return mem_printf(mem, "%s; is the module %s in this kernel?", e->text,
			module_of(s->link->kind));
	return e->text[0] ? e->text : hint(s, e->code, mem);
}

/* True when it has been said of an entry; from now on it has. */
static bool
was_said(const struct doing *d, const struct phrase *p)
{
	struct attempt *a = p ? attempts_note(d->attempts, attempt_entry(p)) : NULL;
	bool was = a && a->reported;

	if (a)
		a->reported = true;
	return was;
}

void
outcome_report(const struct doing *d, const struct step *s, const struct nl_error *e)
{
	struct mem *mem = d->plan->mem;
	const struct value *v = value_at(d, s, e->offset);
	const char *text = words(s, e, mem);
	struct origin o = s->at;

	/* a gateway whose network nbs has taken away needs no route */
	if (s->verb == PUT_BACK && (e->code == ENETUNREACH || e->code == EHOSTUNREACH))
		return;
	if (s->verb == PUT_BACK) {
		diag_warn(&s->at, "'%s' cannot be put back: %s", phrase_text(s->said, mem),
			strerror(e->code));
		return;
	}
	if (was_said(d, s->cause ? s->cause : s->said))
		return;
	if (v && s->link && !s->said && s->verb != JOIN)
		o = model_at(s->link, v);
	if (text)
		diag(&o, "kernel: %s (%s)", text, strerror(e->code));
	else
		diag(&o, "kernel: %s", strerror(e->code));
}
