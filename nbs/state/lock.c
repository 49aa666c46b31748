#include "state/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/diag.h"

const char lock_path[] = "/run/nbs/lock", lock_waits[] = "confirm", lock_confirmed[] = "confirmed",
	   lock_returns[] = "returns";

/* What stands in it: the process, 0 for none, and what it does; "" for nothing to be known. */
struct holder {
	pid_t pid;
	bool hold;
	char what[32];
};

static struct holder
read_holder(int fd)
{
	struct holder h = { 0 };
	char text[64] = "", *end;
	ssize_t n = pread(fd, text, sizeof(text) - 1, 0);
	long pid;

	text[n > 0 ? n : 0] = '\0';
	pid = strtol(text, &end, 10);
	h.pid = pid > 1 && *end == '\n' ? (pid_t)pid : 0;
	if (*end++ != '\n')
		return h;
	h.hold = *end == '\n';
	(void)snprintf(h.what, sizeof(h.what), "%.*s", (int)strcspn(end, "\n"), end);
	return h;
}

static void
tell_busy(int fd)
{
	const struct origin o = { lock_path, 0, NULL, NULL };
	struct holder h = read_holder(fd);

	if (h.hold)
		diag(&o, "nbs hold is at work; 'kill -HUP %d' has it read its files again", h.pid);
	else if (!strcmp(h.what, lock_waits))
		diag(&o, "process %d waits for 'nbs confirm', and goes back without it", h.pid);
	else if (!strcmp(h.what, lock_returns))
		diag(&o, "process %d goes back to what was applied before", h.pid);
	else
		diag(&o, "another nbs is at work, process %d", h.pid);
}

void
lock_mark(int lock, const char *what)
{
	char text[64];
	int n = snprintf(
		text, sizeof(text), "%d\n%s%s", (int)getpid(), what ? what : "", what ? "\n" : "");

	/* a courtesy; the lock is held by the open file, to the end */
	if (ftruncate(lock, 0) < 0 || pwrite(lock, text, (size_t)n, 0) < 0)
		return;
}

int
lock_take(const char *what)
{
	int fd = open(lock_path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	if (fd < 0)
		return -1;
	if (flock(fd, LOCK_EX | LOCK_NB) == 0) {
		lock_mark(fd, what);
		return fd;
	}
	tell_busy(fd);
	(void)close(fd); /* only read from */
	errno = EWOULDBLOCK;
	return -1;
}

/* True when somebody has it and is in the state to be told, or past it. */
static bool
can_be_told(int fd, const struct holder *h)
{
	return h->pid && (!strcmp(h->what, lock_waits) || !strcmp(h->what, lock_returns)) &&
	       flock(fd, LOCK_EX | LOCK_NB) < 0;
}

int
lock_confirm(void)
{
	const struct origin o = { lock_path, 0, NULL, NULL };
	int fd = open(lock_path, O_RDWR | O_CLOEXEC);
	struct holder h = { 0 };

	if (fd < 0 && errno != ENOENT) {
		diag(&o, "%s", strerror(errno));
		return -1;
	}
	if (fd >= 0)
		h = read_holder(fd);
	if (!can_be_told(fd, &h)) {
		diag(&o, "nothing waits to be confirmed");
		return -1;
	}
	if (!strcmp(h.what, lock_waits) && kill(h.pid, SIGUSR1) < 0) {
		diag(&o, "process %d: %s", h.pid, strerror(errno));
		return -1;
	}
	/* it ends at once, or, if this came too late, when it has gone back */
	while (flock(fd, LOCK_EX) < 0 && errno == EINTR)
		;
	if (!strcmp(read_holder(fd).what, lock_confirmed))
		return 0;
	diag(&o, "too late: process %d has gone back", h.pid);
	return -1;
}
