#include "run/confirm.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/mem.h"
#include "state/lock.h"
#include "run/round.h"
#include "run/run.h"

/* True when SIGUSR1 comes in time; SIGINT and SIGTERM end the wait. */
static bool
is_confirmed(long long grace)
{
	const struct timespec t = { grace / 1000, grace % 1000 * 1000000 };
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	return sigtimedwait(&set, NULL, &t) == SIGUSR1; /* all are blocked: EINTR does not come */
}

/* The terminal may be gone, and who waits for the end of what is written there shall not. */
static void
leave_terminal(void)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	for (int fd = STDIN_FILENO; null >= 0 && fd <= STDERR_FILENO; fd++)
		(void)dup2(null, fd); /* cannot fail: both are open */
	diag_setup(diag_verbose() ? VERBOSE : NORMAL, true);
}

/* What was applied, or if nothing was, what was before that. */
static int
go_back(struct run *r, struct model *old)
{
	diag_warn(NULL, "not confirmed in time; going back to what was applied before");
	run_anew(r, old ? old : model_new(mem_new()));
	if (!old)
		return run_undo(r, NULL);
	return run_make(r, (long long)value_num(old->vals, "timeout", TIMEOUT), NULL);
}

/* The caller goes on; who is gone does not need it. */
static void
tell(int *pipe, int status)
{
	unsigned char byte = (unsigned char)status;

	if (*pipe < 0)
		return;
	(void)!write(*pipe, &byte, 1);
	(void)close(*pipe); /* of a pipe */
	*pipe = -1;
}

/* The process that does it; told is where its status goes once it is known. */
static int
try_it(struct model *want, long long wait, char *const *links, long long grace, int *told)
{
	struct run r;
	struct model *old;
	sigset_t set;
	int status = round_begin(&r, want, true, false);

	if (status != DONE)
		return status;
	if (r.state.forgetful) {
		diag(NULL, "without /run/nbs nobody knows what to go back to; nothing was changed");
		return REFUSED;
	}
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	(void)sigprocmask(SIG_BLOCK, &set, NULL); /* cannot fail */
	old = state_again(&r.state);
	if ((status = run_make(&r, wait, links)) == REFUSED)
		return status;
	diag_warn(NULL, "goes back in %lld s, unless 'nbs confirm' says that it may stay",
		(grace + 999) / 1000);
	lock_mark(r.state.lock, lock_waits);
	tell(told, status);
	leave_terminal();
	if (is_confirmed(grace)) {
		lock_mark(r.state.lock, lock_confirmed);
		return DONE;
	}
	lock_mark(r.state.lock, lock_returns);
	return go_back(&r, old);
}

static pid_t trying;

static void
pass_on(int signal)
{
	(void)kill(trying, signal); /* it may have ended */
}

int
run_trial(struct model *want, long long wait, char *const *links, long long grace)
{
	unsigned char byte = FAILED;
	int told[2];
	ssize_t n;

	if (pipe2(told, O_CLOEXEC) < 0 || (trying = fork()) < 0) {
		diag(NULL, "no process of its own: %s", strerror(errno));
		return REFUSED;
	}
	if (!trying) {
		(void)setsid(); /* a new process leads no group */
		(void)signal(SIGHUP, SIG_IGN);
		(void)close(told[0]); /* of a pipe */
		byte = (unsigned char)try_it(want, wait, links, grace, &told[1]);
		tell(&told[1], byte);
		_exit(byte);
	}
	(void)close(told[1]); /* of a pipe */
	(void)signal(SIGINT, pass_on);
	(void)signal(SIGTERM, pass_on);
	do
		n = read(told[0], &byte, 1);
	while (n < 0 && errno == EINTR);
	if (n != 1)
		diag(NULL, "process %d, which did it, is gone", trying);
	return byte;
}

int
run_confirm(void)
{
	return lock_confirm() < 0 ? REFUSED : DONE;
}
