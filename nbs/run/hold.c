/* nbs hold: makes it so, and stays. */
#include <sys/mman.h>

#include "base/file.h"
#include "base/mem.h"
#include "diff/ready.h"
#include "run/notify.h"
#include "run/round.h"
#include "run/run.h"
#include "run/static_file.h"
#include "state/merge.h"

/* What a hold has told since its files were read last. */
struct told {
	bool ready; /* all is */
	bool late;  /* the deadline has passed before */
	int notify;
};

/* The file has been done: what it took back is no longer remembered. */
static void
take_stock(struct run *r)
{
	if (r->steady)
		return;
	if (r->state.applied)
		static_file_sweep(r->plan->target);
	static_file_write(r->plan->target, loop_now());
	round_finish(r);
	state_adopt(&r->state, r->plan->target);
	r->steady = true;
}

/* Tells who waits for it, once each, that all is ready and what is not in time. */
static void
tell(struct run *r, struct told *t, bool late)
{
	if (!t->ready && !ready(r->round, r->plan, false, NULL, NULL)) {
		notify_ready(t->notify);
		t->notify = -1; /* told and closed */
		t->ready = true;
		take_stock(r);
	}
	if (late && !t->ready && !t->late) {
		round_tell_missing(r);
		t->late = true;
		take_stock(r);
	}
}

/* The file gives way before it has been done: what there is of it is nbs's all the same. */
static void
cut_short(struct run *r)
{
	struct mem *mem = mem_new();

	if (!r->steady && r->state.applied)
		state_adopt(&r->state, merge_models(mem, r->plan->target, r->state.applied));
	else if (!r->steady)
		state_adopt(&r->state, r->plan->target);
	mem_free(mem);
}

/* Another file takes the place of the present one, if there is no mistake in it. */
static void
reload(struct run *r, struct model **file, struct model *(*read)(void *), void *user)
{
	struct model *want = read(user);

	if (!want)
		return; /* said, and the present one goes on */
	cut_short(r);
	leases_forget(&r->leases);
	attempts_forget(&r->attempts);
	mem_free((*file)->mem);
	r->file = *file = want;
	(void)round_aim(r, NULL); /* cannot fail without links that are named */
	r->stuck = r->steady = r->named = r->lost = false;
}

static long long
deadline_of(const struct model *want)
{
	return loop_now() + (long long)value_num(want->vals, "timeout", TIMEOUT);
}

/*
 * The program and the root may be on the very network that is to be mended: all that is needed
 * stays in memory, what comes later from when it is used, and paths begin at mounts.
 */
static void
need_no_root(void)
{
	file_keep_mounts();
	if (mlockall(MCL_CURRENT) == 0)
		(void)mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT); /* since 4.4 */
}

int
run_hold(struct model *(*read)(void *), void *user, int notify)
{
	struct told told = { .notify = notify };
	struct run r;
	struct model *want = read(user);
	int status = want ? round_begin(&r, want, true, true) : REFUSED;
	long long deadline;
	enum event event = CHANGED;

	if (status != DONE)
		return status;
	need_no_root();
	r.leases.mode = ASK;
	r.world.patient = true;
	(void)round_aim(&r, NULL); /* cannot fail without links that are named */
	deadline = deadline_of(want);
	while (event != INTERRUPTED) {
		if (round_settle(&r, true) == BROKEN)
			return FAILED;
		tell(&r, &told, event == TIMED_OUT);
		event = round_wait(&r, told.ready || told.late ? INT64_MAX : deadline);
		r.rounds = r.stuck ? PATIENCE : MANY;
		if (event == RELOAD) {
			notify_reload();
			reload(&r, &want, read, user);
			told = (struct told) { .notify = told.notify };
			deadline = deadline_of(r.file);
		}
	}
	notify_stop();
	round_finish(&r); /* what could not be written before may be by now */
	return DONE;
}
