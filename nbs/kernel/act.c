#include "kernel/act.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "base/mem.h"
#include "model/link.h"

char *
act_read_file(const char *path, struct mem *mem)
{
	char buf[4096];
	char *text = mem_text(mem, "", 0);
	int fd = open(path, O_RDONLY | O_CLOEXEC), e;
	ssize_t n;
	size_t len = 0;

	if (fd < 0)
		return NULL;
	while ((n = read(fd, buf, sizeof(buf))) > 0 && len < 1 << 20) {
		char *more = mem_get(mem, len + (size_t)n + 1);

		(void)memcpy(more, text, len);
		(void)memcpy(more + len, buf, (size_t)n);
		text = more;
		len += (size_t)n;
	}
	e = errno;
	(void)close(fd); /* only read from */
	errno = e;
	return n < 0 ? NULL : text;
}

/* Writes all of it, in one go: a sysctl takes a value whole. */
static int
write_all(int fd, const char *text, size_t len)
{
	ssize_t n = write(fd, text, len);

	if (n >= 0 && (size_t)n < len)
		errno = ENOSPC;
	return n < 0 || (size_t)n < len ? -1 : 0;
}

/*
 * The file that a path stands for: who links it elsewhere means the file
 * there, even if that is yet to be made.  -1 when it is too long.
 */
static int
resolve(const char *path, char *to, size_t size)
{
	const char *slash = strrchr(path, '/');
	ssize_t n;

	if (realpath(path, to))
		return 0;
	n = readlink(path, to, size - 1);
	if (n > 0 && to[0] == '/') {
		to[n] = '\0';
		return 0;
	}
	if (n > 0) {
		char link[PATH_MAX];

		(void)snprintf(link, sizeof(link), "%.*s", (int)n, to); /* as long as to */
		n = snprintf(to, size, "%.*s%s", slash ? (int)(slash - path) + 1 : 0, path, link);
	} else {
		n = snprintf(to, size, "%s", path);
	}
	errno = ENAMETOOLONG;
	return n < (ssize_t)size ? 0 : -1;
}

int
act_remove_file(const char *path)
{
	char to[PATH_MAX];

	return resolve(path, to, sizeof(to)) < 0 ? -1 : unlink(to);
}

/* Writes and closes; -1 with errno of what went wrong first. */
static int
fill(int fd, const char *text, mode_t mode)
{
	int bad = fchmod(fd, mode) < 0 || write_all(fd, text, strlen(text)) < 0, e = errno;

	if (close(fd) < 0 && !bad)
		return -1;
	errno = e;
	return bad ? -1 : 0;
}

/* Where another file cannot be put in its place, as with one that is mounted. */
static int
write_in_place(const char *path, const char *text, mode_t mode)
{
	int fd = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC);

	return fd < 0 ? -1 : fill(fd, text, mode);
}

int
act_write_file(const char *path, const char *text, unsigned mode)
{
	char to[PATH_MAX], temp[PATH_MAX + 8];
	struct stat st;
	int fd, e;

	if (resolve(path, to, sizeof(to)) < 0)
		return -1;
	if (stat(to, &st) == 0)
		mode = st.st_mode & 07777;
	(void)snprintf(temp, sizeof(temp), "%s.nbs", to); /* room for it, above */
	(void)unlink(temp);                               /* of a run that was cut short */
	fd = open(temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd >= 0 && fill(fd, text, mode) == 0 && rename(temp, to) == 0)
		return 0;
	e = errno;
	if (fd >= 0)
		(void)unlink(temp); /* what is told is why it could not be written */
	if ((e == EBUSY || e == EXDEV || e == EROFS || e == EACCES) &&
		write_in_place(to, text, mode) == 0)
		return 0;
	errno = e;
	return -1;
}

void
act_make_folders(const char *path)
{
	char to[PATH_MAX];

	if (resolve(path, to, sizeof(to)) < 0)
		return; /* writing the file tells why not */
	for (char *p = strchr(to + 1, '/'); p; p = strchr(p + 1, '/')) {
		*p = '\0';
		(void)mkdir(to, 0755); /* there, or writing the file tells why not */
		*p = '/';
	}
}

/* The name of a sysctl's file; -1 when it is too long. */
static int
sysctl_path(char *to, size_t size, const char *path)
{
	if (snprintf(to, size, "/proc/sys/%s", path) < (int)size)
		return 0;
	errno = ENAMETOOLONG;
	return -1;
}

const char *
act_read_sysctl(const struct world *w, const struct space *s, const char *path, struct mem *mem)
{
	char file[256];
	const char *text;
	int e;

	if (sysctl_path(file, sizeof(file), path) < 0 || world_enter(w, s) < 0)
		return NULL;
	text = act_read_file(file, mem);
	e = errno;
	if (world_leave(w) < 0)
		return NULL;
	errno = e;
	return text;
}

static int
write_sysctl(const struct sysctl *c, const char **what)
{
	char file[256];
	int fd, bad, e;

	if (sysctl_path(file, sizeof(file), c->path) < 0)
		return -1;
	if ((fd = open(file, O_WRONLY | O_CLOEXEC)) < 0) {
		if (errno == ENOENT)
			*what = access("/proc/sys/kernel", F_OK) ? "is /proc mounted?"
			                                         : "this kernel has no such sysctl";
		return -1;
	}
	bad = write_all(fd, c->text, strlen(c->text));
	e = errno;
	(void)close(fd); /* what counts is whether the value was taken */
	errno = e;
	return bad;
}

/* devtmpfs has the node only once the module is there; opening it brings the module. */
static int
open_tun(void)
{
	enum { MISC_MAJOR_ = 10, TUN_MINOR_ = 200 }; /* linux/major.h, linux/miscdevice.h */
	int fd = open("/dev/net/tun", O_RDWR | O_CLOEXEC);

	if (fd >= 0 || errno != ENOENT)
		return fd;
	(void)mkdir("/dev/net", 0755); /* may be there */
	if (mknod("/dev/net/tun", S_IFCHR | 0666, makedev(MISC_MAJOR_, TUN_MINOR_)) < 0)
		return -1;
	return open("/dev/net/tun", O_RDWR | O_CLOEXEC);
}

/* IFF_… of linux/if_tun.h that the keys of a TUN or TAP device ask for. */
static short
tun_flags(const struct link *l)
{
	unsigned f = !strcmp(l->kind->name, "tap") ? IFF_TAP : IFF_TUN;

	if (value_num(l->vals, "no-pi", 1))
		f |= IFF_NO_PI;
	if (value_num(l->vals, "vnet-hdr", 0))
		f |= IFF_VNET_HDR;
	if (value_num(l->vals, "multi-queue", 0))
		f |= IFF_MULTI_QUEUE;
	return (short)f;
}

/* Makes the device, or attaches to the one that is there. */
static int
set_tun(int fd, const struct link *l)
{
	struct ifreq r = { .ifr_flags = tun_flags(l) };
	const struct value *owner = link_value(l, "owner"), *group = link_value(l, "group");
	const int index = (int)l->index;

	(void)memcpy(r.ifr_name, l->name, strlen(l->name) + 1); /* at most 15 bytes: type_is_name */
	if (ioctl(fd, TUNSETIFINDEX, &index) < 0 || ioctl(fd, TUNSETIFF, &r) < 0)
		return -1;
	if ((owner && ioctl(fd, TUNSETOWNER, (unsigned long)owner->num) < 0) ||
		(group && ioctl(fd, TUNSETGROUP, (unsigned long)group->num) < 0))
		return -1;
	return ioctl(fd, TUNSETPERSIST, 1UL);
}

static int
make_tun(const struct link *l, const char **what)
{
	int fd = open_tun(), bad, e;

	if (fd < 0) {
		*what = "no /dev/net/tun; is tun in this kernel?";
		return -1;
	}
	bad = set_tun(fd, l);
	e = errno;
	(void)close(fd); /* it persists, or is gone with the descriptor */
	errno = e;
	return bad;
}

static int
inside(struct world *w, const struct step *s, const char **what)
{
	const struct space *space = world_space(w, s->ns->name);
	int bad, e;

	if (!space || world_enter(w, space) < 0)
		return -1;
	bad = s->verb == SET_SYSCTL ? write_sysctl(s->sysctl, what) : make_tun(s->link, what);
	e = errno;
	if (world_leave(w) < 0)
		return -1;
	errno = e;
	return bad;
}

static int
make_space(struct world *w, const struct step *s, const char **what)
{
	const struct space *space;

	if (w->spaces->fd < 0)
		*what = "is /proc mounted, and are namespaces in this kernel?";
	if (world_make(w, s->ns->name) < 0 || !(space = world_space(w, s->ns->name)))
		return -1;
	s->ns->fd = space->fd;
	return 0;
}

int
act(struct world *w, const struct step *s, const char **what)
{
	*what = NULL;
	if (s->verb == MAKE_SPACE)
		return make_space(w, s, what);
	if (s->verb == DROP_SPACE)
		return world_drop(w, s->ns->name);
	if (s->verb == SET_HOSTNAME)
		return sethostname(s->text, strlen(s->text));
	if (s->verb == WRITE_RESOLV) {
		*what = s->path;
		act_make_folders(s->path);
		return act_write_file(s->path, s->text, 0644);
	}
	return inside(w, s, what);
}
