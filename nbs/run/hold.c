/* nbs hold: makes it so, and stays. */
#include "base/mem.h"
#include "diff/ready.h"
#include "run/notify.h"
#include "run/round.h"
#include "run/run.h"

/* Tells who waits for it that all is ready, or that it is not to be. */
static void
tell(struct run *r, int notify, bool late)
{
	if (late)
		round_tell_missing(r);
	else
		notify_ready(notify);
	round_finish(r);
	state_adopt(&r->state, r->want);
	r->steady = true;
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
	(void)round_aim(r, NULL); /* cannot fail without links that are named */
	r->stuck = r->steady = false;
}

int
run_hold(struct model *(*read)(void *), void *user, int notify)
{
	const long long never = INT64_MAX;
	struct run r;
	struct model *want = read(user);
	int status = want ? round_begin(&r, want, true, true) : REFUSED;
	long long deadline;
	enum event event = RELOAD;

	if (status != DONE)
		return status;
	r.leases.mode = ASK;
	(void)round_aim(&r, NULL); /* cannot fail without links that are named */
	deadline = loop_now() + (long long)value_num(want->vals, "timeout", TIMEOUT);
	while (event != INTERRUPTED) {
		bool late = event == TIMED_OUT;

		if (round_settle(&r, true) == BROKEN)
			return FAILED;
		if (deadline != never && (late || !ready(r.round, r.want, NULL, NULL, NULL))) {
			tell(&r, notify, late);
			deadline = never;
		}
		event = round_wait(&r, deadline);
		r.rounds = r.stuck ? PATIENCE : MANY;
		if (event == RELOAD) {
			notify_reload();
			reload(&r, read, user);
			deadline =
				loop_now() + (long long)value_num(r.want->vals, "timeout", TIMEOUT);
		}
	}
	notify_stop();
	round_finish(&r); /* what could not be written before may be by now */
	return DONE;
}
