#include "run/run.h"

#include <stdio.h>

#include "base/mem.h"
#include "diff/ready.h"
#include "print/ip.h"
#include "print/planjson.h"
#include "run/round.h"
#include "run/static_file.h"
#include "state/resolv.h"

/* Rounds, and waiting between them, until all is ready. */
static int
wait_ready(struct run *r, long long deadline)
{
	enum event event;

	for (;;) {
		if (round_settle(r, true) == BROKEN)
			return FAILED;
		if (!ready(r->round, r->plan, false, NULL, NULL))
			return DONE;
		event = round_watch(r, deadline);
		if (event == INTERRUPTED)
			diag_warn(NULL, "interrupted");
		if (event != CHANGED)
			return LATE;
		r->rounds = r->stuck ? PATIENCE : MANY;
	}
}

int
run_make(struct run *r, long long wait, char *const *links)
{
	enum { LONG = 3000 }; /* ms: three times what patience may take */
	long long deadline = loop_now() + wait;
	bool some = links && *links;
	int status, failures, before = diag_count();

	r->leases.mode = some ? ASK_FOR_SOME : ASK;
	r->world.patient = wait >= LONG;
	if (round_aim(r, links) < 0)
		return REFUSED;
	status = wait ? wait_ready(r, deadline) : round_settle(r, true) == SETTLED ? DONE : FAILED;
	if (status != FAILED &&
		r->world.again) { /* what boot does not wait for is raised as it is */
		r->world.patient = false;
		r->rounds = MANY;
		status = round_settle(r, true) == SETTLED ? status : FAILED;
	}
	failures = diag_count() - before;
	if (status == LATE)
		round_tell_missing(r);
	if (!r->keep && r->state.applied)
		static_file_sweep(r->plan->target);
	static_file_write(r->plan->target, loop_now());
	if (r->keep)
		state_write_both(&r->state, r->plan->target);
	else
		round_finish(r);
	return failures ? FAILED : status;
}

int
run_up(struct model *want, long long wait, char *const *links)
{
	struct run r;
	int status = round_begin(&r, want, true, false);

	return status == DONE ? run_make(&r, wait, links) : status;
}

int
run_undo(struct run *r, char *const *links)
{
	bool some = links && *links;
	struct choice *choice = some ? mem_get(r->state.mem, sizeof(*choice)) : NULL;
	int before = diag_count();

	if (!r->state.applied) {
		diag_warn(NULL, "nothing is applied");
		return DONE;
	}
	r->file = some ? r->state.applied : NULL;
	r->choice = choice;
	if (some && target_without(r->state.mem, choice, r->file, links) < 0)
		return REFUSED;
	r->leases.mode = GIVE_BACK;
	r->world.patient = false;
	if (round_settle(r, false) == BROKEN)
		return FAILED;
	if (diag_count() > before)
		return FAILED; /* what is left stays remembered, for another try */
	static_file_sweep(r->plan->target);
	resolv_restore(&r->state, r->plan->target);
	if (some)
		state_write(&r->state, r->plan);
	else
		state_forget();
	return diag_count() > before ? FAILED : DONE;
}

int
run_down(char *const *links)
{
	struct run r;
	int status = round_begin(&r, NULL, true, false);

	return status == DONE ? run_undo(&r, links) : status;
}

void
run_anew(struct run *r, struct model *want)
{
	leases_forget(&r->leases);
	attempts_forget(&r->attempts);
	state_read(&r->state, mem_new());
	r->file = want;
	r->choice = NULL;
	r->rounds = MANY;
	r->stuck = false;
	r->keep = false;
}

/* What is missing, in the order it is told. */
struct list {
	struct mem *mem;
	struct missing *first, **last;
};

static void
note_missing(void *user, const struct origin *at, const char *why)
{
	struct list *l = user;

	*l->last = mem_get(l->mem, sizeof(**l->last));
	(*l->last)->at = *at;
	(*l->last)->why = why;
	l->last = &(*l->last)->next;
}

int
run_plan(struct model *want, char *const *links, bool json)
{
	struct run r;
	struct list missing = { .last = &missing.first };
	int status = round_begin(&r, want, false, false);

	if (status != DONE)
		return status;
	if (round_aim(&r, links) < 0)
		return REFUSED;
	r.ahead = true;
	if (!round_look(&r))
		return FAILED;
	missing.mem = r.round;
	if (!json)
		print_plan(stdout, r.plan);
	(void)ready(r.round, r.plan, true, note_missing, &missing);
	if (json)
		planjson_print(stdout, r.plan, missing.first);
	else
		print_missing(stdout, missing.first);
	return diag_count() ? FAILED : DONE;
}
