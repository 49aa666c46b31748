#include "run/run.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "diff/diff.h"
#include "diff/ready.h"
#include "diff/restore.h"
#include "diff/select.h"
#include "kernel/apply.h"
#include "kernel/blame.h"
#include "kernel/have.h"
#include "kernel/state.h"
#include "print/ip.h"
#include "run/leases.h"
#include "run/loop.h"
#include "run/notify.h"

/* What the rounds of one command share. */
struct run {
	struct world world;
	struct state state;
	struct leases leases;
	struct model *want;
	struct mem *round; /* what lasts for one round only */
	bool keep;         /* nothing is taken back */
	unsigned rounds;   /* that are left before what still differs is given up */
	bool stuck;        /* something has been */
	bool news;         /* leases have changed what is wanted */
	bool paced;        /* looking leaves time for other work */
	long long calm;    /* not to be looked again before this time */
};

/*
 * More rounds than any honest configuration takes; and how many there are at
 * a time once something has been given up, which may go on changing.
 */
enum { MANY = 24, PATIENCE = 4 };

static void
explain(const struct step *s, struct mem *mem)
{
	if (diag_verbose())
		diag_step(&s->at, "%s", print_step(mem, s));
}

static int
begin(struct run *r, struct model *want, bool lock, bool hold)
{
	*r = (struct run) { .want = want, .round = mem_new(), .rounds = MANY, .paced = hold };
	r->leases.world = &r->world;
	if (lock && !world_allowed()) {
		diag(NULL,
			"not allowed to change the network; run it as root, or with CAP_NET_ADMIN");
		return REFUSED;
	}
	if (lock && state_lock(&r->state) < 0)
		return REFUSED;
	if (loop_open(hold) < 0 || world_open(&r->world) < 0) {
		diag(NULL, "netlink: %s", strerror(errno));
		return REFUSED;
	}
	state_read(&r->state, mem_new());
	return DONE;
}

/* Looks and compares; NULL when the kernel could not be read. */
static struct plan *
look(struct run *r, struct model **have)
{
	enum { SHARE = 8 }; /* as many times as looking took is left for others */
	long long began = loop_now();
	struct plan *p = NULL;

	mem_reset(r->round);
	*have = have_read(&r->world, r->round, r->want, r->state.applied);
	if (*have) {
		(*have)->now = began;
		leases_follow(&r->leases, r->want, *have);
		r->news = leases_news(&r->leases) || r->news;
		p = diff(r->round, r->want, *have, r->state.applied, r->keep);
	}
	r->calm = loop_now() + SHARE * (loop_now() - began);
	return p;
}

/* What still differs after many rounds will not come true by another; the rest goes on. */
static void
give_up(struct run *r, struct plan *p)
{
	struct phrase *told;

	r->stuck = true;
	r->rounds = PATIENCE;
	for (struct step *s = plan_steps(p); s; s = s->next) {
		told = s->cause ? s->cause : s->said;
		if (!told || !told->told)
			diag(&s->at, "'%s': does not last; given up", print_step(p->mem, s));
		if (told)
			told->told = true;
		blame_keep(s);
	}
}

enum outcome { SETTLED, BROKEN };

/* Rounds until nothing is left to be sent, or what is left has been given up. */
static enum outcome
settle(struct run *r, bool note)
{
	struct model *have;
	struct plan *p;

	while ((p = look(r, &have)) && p->n) {
		if (r->rounds-- == 0) {
			give_up(r, p);
			return SETTLED;
		}
		if (note)
			state_note(&r->state, r->want, have);
		if (note)
			state_write_both(&r->state, r->want);
		apply(&r->world, p, explain); /* refusals are reported, and kept in want */
	}
	if (p && note && r->news && !r->keep)
		state_adopt(&r->state, r->want); /* what a lease takes back is known for nbs's */
	r->news = false;
	return p ? SETTLED : BROKEN;
}

static void
miss(void *user, const struct origin *at, const char *why)
{
	(void)user;
	diag(at, "not ready: %s", why);
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

/* Waits until there is something to look at; leases go on meanwhile. */
static enum event
wait_for(struct run *r, long long deadline)
{
	for (;;) {
		long long next = leases_next(&r->leases), now;
		enum event event =
			loop_wait(&r->world, &r->leases, next < deadline ? next : deadline);

		now = loop_now();
		if (event == HEARD)
			leases_hear(&r->leases, now);
		leases_tick(&r->leases, now);
		if (leases_news(&r->leases)) {
			r->news = true;
			return CHANGED;
		}
		if (event == CHANGED)
			return calm_down(r);
		if (event == INTERRUPTED || event == RELOAD ||
			(event == TIMED_OUT && now >= deadline))
			return event;
	}
}

/* Rounds, and waiting between them, until all is ready. */
static int
wait_ready(struct run *r, long long deadline)
{
	enum event event;

	for (;;) {
		if (settle(r, true) == BROKEN)
			return FAILED;
		if (!ready(r->round, r->want, NULL, NULL, NULL))
			return DONE;
		event = wait_for(r, deadline);
		if (event == INTERRUPTED)
			diag_warn(NULL, "interrupted");
		if (event != CHANGED)
			return LATE;
		r->rounds = r->stuck ? PATIENCE : MANY;
	}
}

/* What was taken back is no longer remembered; what is wanted is. */
static void
finish(struct run *r)
{
	state_restore_names(&r->state, r->want);
	restore_done(r->want, r->state.before);
	state_write(&r->state, r->want);
}

/* The name that an earlier nbs gave the host, by what a lease or the file said. */
static void
applied_name(struct run *r)
{
	const struct value *v =
		r->state.applied ? value_named(r->state.applied->vals, "hostname") : NULL;

	r->leases.hostname = v ? mem_text(r->state.mem, v->text, strlen(v->text)) : NULL;
}

/* Cuts what is wanted down to some links, or adds to it what is to go back; -1 after reporting. */
static int
aim(struct run *r, char *const *links)
{
	r->keep = links && *links;
	if (links && select_links(r->want, links) < 0)
		return -1;
	select_inherit(r->want, r->state.applied);
	applied_name(r);
	if (!r->keep)
		restore_want(r->want, r->state.applied, r->state.before);
	return 0;
}

int
run_up(struct model *want, long long wait, char *const *links)
{
	long long deadline = loop_now() + wait;
	struct run r;
	int status = begin(&r, want, true, false), failures;

	if (status != DONE)
		return status;
	r.leases.mode = *links ? ASK_FOR_SOME : ASK;
	if (aim(&r, links) < 0)
		return REFUSED;
	status = wait ? wait_ready(&r, deadline) : settle(&r, true) == SETTLED ? DONE : FAILED;
	failures = diag_count();
	if (status == LATE)
		(void)ready(r.round, want, NULL, miss, NULL);
	if (r.keep)
		state_write_both(&r.state, want);
	else
		finish(&r);
	return failures ? FAILED : status;
}

int
run_down(char *const *links)
{
	struct run r;
	int status = begin(&r, model_new(mem_new()), true, false);

	if (status != DONE)
		return status;
	if (!r.state.applied) {
		diag_warn(NULL, "nothing is applied");
		return DONE;
	}
	if (*links)
		r.want = state_without(&r.state, links);
	else if (r.state.before)
		r.want = r.state.before;
	if (!r.want)
		return REFUSED;
	r.leases.mode = GIVE_BACK;
	if (settle(&r, false) == BROKEN)
		return FAILED;
	if (diag_count())
		return FAILED; /* what is left stays remembered, for another try */
	if (*links) {
		state_write(&r.state, r.want);
	} else {
		state_restore_names(&r.state, r.want);
		state_forget();
	}
	return diag_count() ? FAILED : DONE;
}

/* Tells who waits for it that all is ready, or that it is not to be. */
static void
tell(struct run *r, int notify, bool late)
{
	if (late)
		(void)ready(r->round, r->want, NULL, miss, NULL);
	else
		notify_ready(notify);
	finish(r);
	state_adopt(&r->state, r->want);
}

/* Another file takes the place of the present one, if there is no mistake in it. */
static void
reload(struct run *r, struct model *(*read)(void *), void *user)
{
	struct model *want = read(user);

	if (!want)
		return; /* said, and the present one goes on */
	leases_forget(&r->leases);
	mem_free(r->want->mem);
	r->want = want;
	(void)aim(r, NULL); /* cannot fail without links that are named */
	r->stuck = false;
}

int
run_hold(struct model *(*read)(void *), void *user, int notify)
{
	const long long never = INT64_MAX;
	struct run r;
	struct model *want = read(user);
	int status = want ? begin(&r, want, true, true) : REFUSED;
	long long deadline;
	enum event event = RELOAD;

	if (status != DONE)
		return status;
	r.leases.mode = ASK;
	(void)aim(&r, NULL); /* cannot fail without links that are named */
	deadline = loop_now() + (long long)value_num(want->vals, "timeout", TIMEOUT);
	while (event != INTERRUPTED) {
		bool late = event == TIMED_OUT;

		if (settle(&r, true) == BROKEN)
			return FAILED;
		if (deadline != never && (late || !ready(r.round, r.want, NULL, NULL, NULL))) {
			tell(&r, notify, late);
			deadline = never;
		}
		event = wait_for(&r, deadline);
		r.rounds = r.stuck ? PATIENCE : MANY;
		if (event == RELOAD) {
			notify_reload();
			reload(&r, read, user);
			deadline =
				loop_now() + (long long)value_num(r.want->vals, "timeout", TIMEOUT);
		}
	}
	notify_stop();
	finish(&r); /* what could not be written before may be by now */
	return DONE;
}

static void
say_missing(void *user, const struct origin *at, const char *why)
{
	(void)user;
	(void)printf("# waits for %s: %s\n", at->section, why);
}

int
run_plan(struct model *want, char *const *links)
{
	struct run r;
	struct model *have;
	struct plan *p;
	int status = begin(&r, want, false, false);

	if (status != DONE)
		return status;
	if (aim(&r, links) < 0)
		return REFUSED;
	if (!(p = look(&r, &have)))
		return FAILED;
	print_plan(stdout, p);
	(void)ready(r.round, want, p, say_missing, NULL);
	return diag_count() ? FAILED : DONE;
}
