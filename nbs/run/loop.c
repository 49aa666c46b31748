#include "run/loop.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"

static int signals = -1, folders = -1, files = -1, timer = -1;
static bool touched;

int
loop_open(bool reload)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	if (reload)
		sigaddset(&set, SIGHUP);
	if (sigprocmask(SIG_BLOCK, &set, NULL) < 0 ||
		(signals = signalfd(-1, &set, SFD_CLOEXEC)) < 0)
		return -1;
	return 0;
}

/*
 * udev tells that it is done with a NIC by a file in a folder that it makes when it needs it;
 * where udev does not run there is neither.  A namespace that is deleted loses its name at once,
 * and all that is in it once nobody has it open.
 */
static void
watch_folders(const struct world *w)
{
	(void)file_watch(folders, "/run/udev", IN_CREATE);
	(void)file_watch(folders, "/run/udev/data", IN_CREATE | IN_MOVED_TO);
	if (w && w->spaces && w->spaces->next)
		(void)file_watch(folders, "/run/netns", IN_DELETE | IN_MOVED_FROM);
}

void
loop_watch_file(const char *path)
{
	/* with IN_ATTRIB it is told that the last name of a file is gone */
	const uint32_t events = IN_CLOSE_WRITE | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF;

	if (files < 0)
		files = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	(void)file_watch(files, path, events);
	(void)file_watch(files, path, events | IN_DONT_FOLLOW);
}

bool
loop_file_touched(void)
{
	bool was = touched;

	touched = false;
	return was;
}

long long
loop_now(void)
{
	struct timespec t = { 0 };

	(void)clock_gettime(CLOCK_BOOTTIME, &t); /* since 2.6.39 it is always there */
	return (long long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/*
 * The time that poll(2) counts stands still while the machine sleeps; this
 * timer's does not.  Returns what is left for poll to count, -1 for nothing.
 */
static int
set_timer(long long deadline)
{
	struct itimerspec t = { .it_value = { deadline / 1000, deadline % 1000 * 1000000 } };
	long long left = deadline - loop_now();

	if (left <= 0)
		return 0;
	if (deadline == LLONG_MAX)
		t = (struct itimerspec) { 0 }; /* disarmed */
	if (timer >= 0 && timerfd_settime(timer, TFD_TIMER_ABSTIME, &t, NULL) == 0)
		return -1;
	return left > INT_MAX ? INT_MAX : (int)left;
}

/* Empties a watch: that it had something is all that counts. */
static void
read_notes(int watch)
{
	char buf[4096];

	while (read(watch, buf, sizeof(buf)) > 0)
		;
}

/* Which signal came; 0 when there is none after all. */
static uint32_t
read_signal(void)
{
	struct signalfd_siginfo info;

	return read(signals, &info, sizeof(info)) == sizeof(info) ? info.ssi_signo : 0;
}

/* The array that is polled grows with the namespaces and links there are. */
static struct pollfd *
room(size_t n)
{
	static struct pollfd *p;
	static size_t size;

	if (n > size) {
		free(p);
		p = calloc(n, sizeof(*p));
		if (!p)
			abort(); /* as running out of memory anywhere: see mem_new */
		size = n;
	}
	return p;
}

/* Opens what tells of changes, which who never waits has no use for. */
static void
listen_to(struct world *w)
{
	if (world_listen(w) < 0)
		diag(NULL, "netlink: %s", strerror(errno));
	folders = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	watch_folders(w);
	timer = timerfd_create(CLOCK_BOOTTIME, TFD_CLOEXEC | TFD_NONBLOCK);
}

enum event
loop_wait(struct world *w, const struct leases *leases, long long deadline)
{
	size_t most = 4 + leases_sockets(leases, NULL, 0), n = 0, events;
	struct pollfd *p;
	int r;

	if (w && !w->listens) {
		listen_to(w);
		return CHANGED;
	}
	for (const struct space *s = w ? w->spaces : NULL; s; s = s->next)
		most++;
	p = room(most);
	watch_folders(w);
	p[n++] = (struct pollfd) { .fd = signals, .events = POLLIN };
	p[n++] = (struct pollfd) { .fd = timer, .events = POLLIN };
	p[n++] = (struct pollfd) { .fd = folders, .events = POLLIN };
	p[n++] = (struct pollfd) { .fd = files, .events = POLLIN };
	for (const struct space *s = w ? w->spaces : NULL; s; s = s->next)
		p[n++] = (struct pollfd) { .fd = s->events.fd, .events = POLLIN };
	events = n;
	n += leases_sockets(leases, p + n, most - n);
	do
		r = poll(p, n, set_timer(deadline));
	while (r < 0 && errno == EINTR);
	if (p[0].revents)
		return read_signal() == SIGHUP ? RELOAD : INTERRUPTED;
	if (p[2].revents)
		read_notes(folders);
	if (p[3].revents) {
		read_notes(files);
		touched = true;
	}
	for (size_t i = 2; i < events; i++)
		if (p[i].revents)
			return CHANGED;
	for (size_t i = events; i < n; i++)
		if (p[i].revents)
			return HEARD;
	return TIMED_OUT;
}
