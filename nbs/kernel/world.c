#include "kernel/world.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/magic.h>
#include <linux/rtnetlink.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "model/model.h"

/* Where "ip netns" keeps namespaces: NETNS_RUN_DIR of iproute2. */
static const char directory[] = "/run/netns";

/* Opens the sockets of a namespace that are not open yet, from within it. */
static int
open_sockets(const struct world *w, struct space *s)
{
	static const int groups[] = { RTNLGRP_LINK, RTNLGRP_IPV4_IFADDR, RTNLGRP_IPV6_IFADDR,
		RTNLGRP_IPV4_ROUTE, RTNLGRP_IPV6_ROUTE, RTNLGRP_IPV4_RULE, RTNLGRP_IPV6_RULE };

	if (s->talk.fd < 0 && nl_open(&s->talk) < 0)
		return -1;
	if (!w->listens || s->events.fd >= 0)
		return 0;
	return nl_listen(&s->events, groups, sizeof(groups) / sizeof(groups[0]));
}

static struct space *
new_space(const char *name, int fd)
{
	struct space *s = calloc(1, sizeof(*s));

	if (!s)
		return NULL;
	s->fd = fd;
	s->talk.fd = s->events.fd = -1;
	if ((s->name = strdup(name)))
		return s;
	free(s);
	return NULL;
}

bool
world_allowed(void)
{
	struct __user_cap_header_struct head = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = { 0 };

	return syscall(SYS_capget, &head, data) < 0 || data[0].effective & 1U << CAP_NET_ADMIN;
}

int
world_open(struct world *w)
{
	struct space *own = new_space("", file_open("/proc/self/ns/net", O_RDONLY, 0));

	*w = (struct world) { .spaces = own, .most = 128 };
	return own ? open_sockets(w, own) : -1;
}

int
world_enter(const struct world *w, const struct space *s)
{
	if (s == w->spaces)
		return 0;
	if (w->spaces->fd < 0) { /* there would be no way back */
		errno = ENOENT;
		return -1;
	}
	return setns(s->fd, CLONE_NEWNET);
}

int
world_leave(const struct world *w)
{
	return w->spaces->fd < 0 ? 0 : setns(w->spaces->fd, CLONE_NEWNET);
}

/* Enters the namespace for as long as it takes to open its sockets. */
static int
settle(struct world *w, struct space *s)
{
	int bad, e;

	if (world_enter(w, s) < 0)
		return -1;
	bad = open_sockets(w, s);
	e = errno;
	if (world_leave(w) < 0)
		return -1;
	errno = e;
	return bad;
}

static void
forget(struct world *w, struct space *s)
{
	struct space **p = &w->spaces;

	while (*p != s)
		p = &(*p)->next;
	*p = s->next;
	nl_close(&s->talk);
	nl_close(&s->events);
	(void)close(s->fd); /* only held open */
	free(s->name);
	free(s);
}

int
world_listen(struct world *w)
{
	w->listens = true;
	for (struct space *next, *s = w->spaces->next; s; s = next) {
		next = s->next;
		if (settle(w, s) < 0)
			forget(w, s); /* who looks next opens it again, if it is still there */
	}
	return open_sockets(w, w->spaces);
}

void
world_sweep(struct world *w)
{
	for (struct space *next, *s = w->spaces->next; s; s = next) {
		next = s->next;
		if (!s->used)
			forget(w, s);
		else
			s->used = false;
	}
}

/* True when the name still stands for the namespace that was opened. */
static bool
is_current(const struct space *s, const char *path)
{
	struct stat now, then;

	return file_stat(path, &now) == 0 && fstat(s->fd, &then) == 0 &&
	       now.st_ino == then.st_ino && now.st_dev == then.st_dev;
}

struct space *
world_space(struct world *w, const char *name)
{
	char path[256];
	struct space *s, **last = &w->spaces;
	int fd;

	(void)snprintf(
		path, sizeof(path), "%s/%s", directory, name); /* names are short: type_is_name */
	for (; (s = *last); last = &s->next)
		if (!strcmp(s->name, name))
			break;
	if (s && (s == w->spaces || is_current(s, path))) {
		s->used = true;
		return s;
	}
	if (s)
		forget(w, s);
	if ((fd = file_open(path, O_RDONLY, 0)) < 0)
		return NULL;
	if (!(s = new_space(name, fd))) {
		(void)close(fd); /* only held open */
		return NULL;
	}
	s->used = true;
	for (last = &w->spaces; *last; last = &(*last)->next)
		;
	*last = s;
	if (settle(w, s) == 0)
		return s;
	forget(w, s);
	return NULL;
}

/* As ip(8): the directory is a mount of its own that all mount namespaces share. */
static int
make_directory(void)
{
	if (mkdir(directory, 0755) < 0 && errno != EEXIST)
		return -1;
	if (mount("", directory, "none", MS_SHARED | MS_REC, NULL) == 0)
		return 0;
	if (errno != EINVAL || mount(directory, directory, "none", MS_BIND | MS_REC, NULL) < 0)
		return -1;
	return mount("", directory, "none", MS_SHARED | MS_REC, NULL);
}

struct obstacle *
world_obstacle(const char *name, struct mem *mem)
{
	const char *path = mem_printf(mem, "%s/%s", directory, name), *what = NULL;
	struct obstacle *o = mem_get(mem, sizeof(*o));
	struct statfs fs;
	struct stat st;

	if (lstat(path, &st) < 0)
		return NULL;
	if (stat(path, &st) < 0)
		what = "a symbolic link that leads nowhere";
	else if (statfs(path, &fs) == 0 && fs.f_type == NSFS_MAGIC)
		what = "a namespace that cannot be entered";
	else if (S_ISDIR(st.st_mode))
		what = "a directory";
	else if (!S_ISREG(st.st_mode))
		what = "not a file";
	else if (st.st_size)
		what = "a file that is not empty";
	*o = (struct obstacle) { path, what };
	return o;
}

/* The empty file to mount on; one that a cut-off try has left is as good. */
static int
make_file(const char *path)
{
	struct statfs fs;
	struct stat st;
	int fd = open(path, O_RDONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0);

	if (fd >= 0) {
		(void)close(fd); /* nothing was written */
		return 0;
	}
	if (errno != EEXIST || statfs(path, &fs) < 0 || stat(path, &st) < 0)
		return -1;
	if (fs.f_type != NSFS_MAGIC && S_ISREG(st.st_mode) && !st.st_size)
		return 0;
	errno = EEXIST;
	return -1;
}

int
world_make(struct world *w, const char *name)
{
	char path[256];
	int e;

	if (w->spaces->fd < 0) {
		errno = ENOENT;
		return -1;
	}
	if (make_directory() < 0)
		return -1;
	(void)snprintf(
		path, sizeof(path), "%s/%s", directory, name); /* names are short: type_is_name */
	if (make_file(path) < 0)
		return -1;
	if (unshare(CLONE_NEWNET) < 0)
		goto fail;
	if (mount("/proc/self/ns/net", path, "none", MS_BIND, NULL) < 0) {
		e = errno;
		(void)world_leave(w); /* the mount's failure is what is told */
		errno = e;
		goto fail;
	}
	return world_leave(w);

fail:
	e = errno;
	(void)unlink(path); /* it is empty, and ours */
	errno = e;
	return -1;
}

int
world_drop(struct world *w, const char *name)
{
	char path[256];

	(void)snprintf(
		path, sizeof(path), "%s/%s", directory, name); /* names are short: type_is_name */
	for (struct space *s = w->spaces->next; s; s = s->next)
		if (!strcmp(s->name, name)) {
			forget(w, s);
			break;
		}
	if (umount2(path, MNT_DETACH) < 0 && errno != EINVAL)
		return -1;
	return unlink(path);
}
