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
#include "run/loop.h"

/* What the rounds of one command share. */
struct run {
	struct world world;
	struct state state;
	struct model *want;
	struct mem *round; /* what lasts for one round only */
	bool keep;         /* nothing is taken back */
	unsigned rounds;   /* that are left before what still differs is given up */
	bool stuck;        /* something has been */
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
begin(struct run *r, struct model *want, bool lock)
{
	*r = (struct run) { .want = want, .round = mem_new(), .rounds = MANY };
	if (lock && !world_allowed()) {
		diag(NULL,
			"not allowed to change the network; run it as root, or with CAP_NET_ADMIN");
		return REFUSED;
	}
	if (lock && state_lock(&r->state) < 0)
		return REFUSED;
	if (loop_open() < 0 || world_open(&r->world) < 0) {
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
	mem_reset(r->round);
	*have = have_read(&r->world, r->round, r->want, r->state.applied);
	return *have ? diff(r->round, r->want, *have, r->state.applied, r->keep) : NULL;
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
	return p ? SETTLED : BROKEN;
}

static void
miss(void *user, const struct origin *at, const char *why)
{
	(void)user;
	diag(at, "not ready: %s", why);
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
		event = loop_wait(&r->world, deadline);
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

/* Cuts what is wanted down to some links, or adds to it what is to go back; -1 after reporting. */
static int
aim(struct run *r, char *const *links)
{
	r->keep = *links != NULL;
	if (select_links(r->want, links) < 0)
		return -1;
	select_inherit(r->want, r->state.applied);
	if (!r->keep)
		restore_want(r->want, r->state.applied, r->state.before);
	return 0;
}

int
run_up(struct model *want, long long wait, char *const *links)
{
	long long deadline = loop_now() + wait;
	struct run r;
	int status = begin(&r, want, true), failures;

	if (status != DONE)
		return status;
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
	int status = begin(&r, model_new(mem_new()), true);

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
	int status = begin(&r, want, false);

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
