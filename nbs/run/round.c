#include "run/round.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "base/mem.h"
#include "diff/diff.h"
#include "diff/ready.h"
#include "kernel/apply.h"
#include "kernel/facts.h"
#include "kernel/have.h"
#include "kernel/step.h"
#include "print/ip.h"
#include "run/names.h"
#include "run/run.h"
#include "state/resolv.h"

static void
explain(const struct step *s, struct mem *mem)
{
	if (diag_verbose())
		diag_step(&s->at, "%s", print_step(mem, s));
}

/* Each link that asks takes three descriptors: as many as there may be. */
static void
raise_limit(void)
{
	struct rlimit most;

	if (getrlimit(RLIMIT_NOFILE, &most) < 0 || most.rlim_cur == most.rlim_max)
		return;
	most.rlim_cur = most.rlim_max;
	(void)setrlimit(RLIMIT_NOFILE, &most); /* else it is told where one is missing */
}

int
round_begin(struct run *r, const struct model *file, bool lock, bool hold)
{
	*r = (struct run) { .file = file, .round = mem_new(), .rounds = MANY, .paced = hold };
	r->leases.world = &r->world;
	r->leases.hold = hold;
	if (lock && !world_allowed()) {
		diag(NULL,
			"not allowed to change the network; run it as root, or with CAP_NET_ADMIN");
		return REFUSED;
	}
	if (lock && state_lock(&r->state, hold) < 0)
		return REFUSED;
	if (lock) { /* who reads what is told may end before the work does */
		(void)signal(SIGPIPE, SIG_IGN);
		raise_limit();
	}
	if (loop_open(hold) < 0 || world_open(&r->world) < 0) {
		diag(NULL, "netlink: %s", strerror(errno));
		return REFUSED;
	}
	state_read(&r->state, mem_new());
	return DONE;
}

int
round_peek(struct run *r)
{
	int status;

	diag_lenient(true);
	status = round_begin(r, NULL, false, false);
	diag_lenient(false);
	return status;
}

/* The best that the leases have had to tell since the last round counts; true if it is new. */
static bool
take_news(struct run *r)
{
	enum news news = leases_news(&r->leases);

	r->news = news > r->news ? news : r->news;
	return news != NO_NEWS;
}

static const struct model *
make_target(struct run *r)
{
	const struct target_from from = {
		.file = r->file,
		.choice = r->choice,
		.grants = leases_grants(&r->leases, r->found, r->round),
		.applied = r->state.applied,
		.saved = r->state.saved,
		.found = r->found,
		.attempts = &r->attempts,
		.keep = r->keep,
	};

	return target_make(r->round, &from);
}

/* The target of a round; what is found, and what leases say, may change by looking at it. */
static const struct model *
settle_target(struct run *r)
{
	const struct model *target = make_target(r);
	bool waits;

	if (facts_settle(&r->world, r->found, target, &r->attempts))
		target = make_target(r);
	waits = leases_follow(&r->leases, target, r->found);
	if (take_news(r) || waits) {
		target = make_target(r);
		(void)leases_follow(&r->leases, target, r->found); /* it says what they say */
	}
	facts_far_ends(&r->world, r->found, target);
	have_sysctls(&r->world, r->found, target);
	return target;
}

struct plan *
round_look(struct run *r)
{
	enum { SHARE = 8 }; /* as many times as looking took is left for others */
	const struct model *const asks[] = { r->file, r->state.applied, r->state.saved };
	struct compared c = {
		.applied = r->state.applied,
		.attempts = &r->attempts,
		.keep = r->keep,
		.ahead = r->ahead,
	};
	long long began = loop_now();

	mem_reset(r->round);
	r->plan = NULL;
	if (!(r->found = have_read(&r->world, r->round, asks)))
		return NULL;
	r->found->now = began;
	c.target = settle_target(r);
	c.found = r->found;
	if (!r->paced)
		resolv_read(r->found, c.target);
	r->plan = diff(r->round, &c);
	plan_learn(&r->attempts, r->plan);
	names_look(r);
	r->again = r->plan->again ? loop_now() + r->plan->again : 0;
	r->calm = loop_now() + SHARE * (loop_now() - began);
	return r->plan;
}

/* What still differs after many rounds will not come true by another; the rest goes on. */
static void
give_up(struct run *r)
{
	const struct doing d = { r->plan, &r->attempts };

	r->stuck = true;
	r->rounds = PATIENCE;
	for (struct step *s = plan_steps(r->plan); s; s = s->next) {
		const struct phrase *about = s->cause ? s->cause : s->said;
		struct attempt *a =
			about ? attempts_note(&r->attempts, attempt_entry(about)) : NULL;

		if (!a || !a->reported)
			diag(&s->at, "'%s': does not last; given up", print_step(r->round, s));
		if (a)
			a->reported = true;
		step_give_up(&d, s);
	}
}

/* And all of it is there: what a lease takes back later is known for nbs's. */
static void
take_over(struct run *r)
{
	if (r->keep)
		return;
	if (r->steady)
		round_finish(r);
	state_adopt(&r->state, r->plan->target);
}

enum outcome
round_settle(struct run *r, bool note)
{
	while (round_look(r) && r->plan->n) {
		if (r->rounds-- == 0) {
			give_up(r);
			break;
		}
		if (note) {
			state_note(&r->state, r->plan);
			state_write_both(&r->state, r->plan->target);
		}
		apply(&r->world, r->plan, &r->attempts, explain);
	}
	if (r->plan && note && r->news)
		take_over(r);
	r->news = NO_NEWS;
	return r->plan ? SETTLED : BROKEN;
}

/* Waits as long as looking again would leave too little time for others. */
static enum event
calm_down(struct run *r)
{
	enum event event = CHANGED;

	while (r->paced && loop_now() < r->calm) {
		long long next = leases_next(&r->leases);

		event = loop_wait(NULL, &r->leases, next < r->calm ? next : r->calm);
		leases_hear(&r->leases, loop_now());
		leases_tick(&r->leases, loop_now());
		if (event == INTERRUPTED || event == RELOAD)
			return event;
	}
	return CHANGED;
}

enum event
round_wait(struct run *r, long long deadline)
{
	for (;;) {
		long long next = leases_next(&r->leases), now;
		enum event event;

		if (r->world.again && r->world.again < next)
			next = r->world.again;
		if (r->again && r->again < next)
			next = r->again;
		event = loop_wait(&r->world, &r->leases, next < deadline ? next : deadline);
		if (event == INTERRUPTED || event == RELOAD)
			return event;
		now = loop_now();
		leases_hear(&r->leases, now); /* an answer may be there when its time is over */
		leases_tick(&r->leases, now);
		if (take_news(r))
			return CHANGED;
		if (event == CHANGED)
			return calm_down(r);
		if (event == TIMED_OUT && ((r->world.again && now >= r->world.again) ||
						  (r->again && now >= r->again)))
			return calm_down(r);
		if (event == TIMED_OUT && now >= deadline)
			return event;
	}
}

/* What is waited for, in words: as much as a line may hold. */
struct waiting {
	char text[512];
	size_t n;
};

static void __attribute__((format(printf, 2, 3)))
add_waiting(struct waiting *w, const char *format, ...)
{
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(w->text + w->n, sizeof(w->text) - w->n, format, args);
	va_end(args);
	w->n += n < 0 ? 0 : (size_t)n;
	if (w->n >= sizeof(w->text))
		w->n = sizeof(w->text) - 1;
}

static void
name_missing(void *user, const struct origin *at, const char *why)
{
	add_waiting(user, "; %s: %s", at->section ? at->section : "a NIC", why);
}

static void
tell_waiting(struct run *r, long long left)
{
	struct waiting w = { 0 };

	add_waiting(&w, "waiting, %lld s left", (left + 999) / 1000);
	(void)ready(r->round, r->plan, false, name_missing, &w);
	diag_status(w.text);
}

enum event
round_watch(struct run *r, long long deadline)
{
	enum { SOON = 300, AGAIN = 1000 }; /* ms; what is over sooner needs no words */
	long long now = loop_now(), look = now + SOON;
	enum event event;

	if (!diag_has_status())
		return round_wait(r, deadline);
	for (;;) {
		event = round_wait(r, look < deadline ? look : deadline);
		now = loop_now();
		if (event != TIMED_OUT || now >= deadline)
			break;
		tell_waiting(r, deadline - now);
		look = now + AGAIN;
	}
	diag_status(NULL);
	return event;
}

void
round_finish(struct run *r)
{
	names_restore(r);
	state_write(&r->state, r->plan);
}

/* The name that an earlier nbs gave the host, by what a lease or the file said. */
static void
applied_name(struct run *r)
{
	const struct value *v =
		r->state.applied ? value_named(r->state.applied->vals, "hostname") : NULL;

	r->leases.hostname = v ? mem_text(r->state.mem, v->text, strlen(v->text)) : NULL;
}

int
round_aim(struct run *r, char *const *links)
{
	static struct choice choice;

	r->keep = links && *links;
	r->choice = r->keep ? &choice : NULL;
	applied_name(r);
	return r->keep ? target_only(r->file->mem, &choice, r->file, links) : 0;
}

static void
miss(void *user, const struct origin *at, const char *why)
{
	(void)user;
	diag(at, "not ready: %s", why);
}

void
round_tell_missing(struct run *r)
{
	(void)ready(r->round, r->plan, false, miss, NULL); /* what it counts has been said */
}
