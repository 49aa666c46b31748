#include "kernel/act.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "model/link.h"

/* Writes all of it, in one go: a sysctl takes a value whole. */
static int
write_all(int fd, const char *text, size_t len)
{
	ssize_t n = write(fd, text, len);

	if (n >= 0 && (size_t)n < len)
		errno = ENOSPC;
	return n < 0 || (size_t)n < len ? -1 : 0;
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
	text = file_read(file, mem);
	e = errno;
	if (world_leave(w) < 0)
		return NULL;
	errno = e;
	return text;
}

/* What is likely missing where there is no such path. */
static const char *
no_such_sysctl(const char *path)
{
	static const struct {
		const char *folder, *why;
	} rows[] = {
		{ "net/bridge/bridge-nf-", "no such sysctl; is the module br_netfilter loaded?" },
		{ "net/netfilter/nf_conntrack",
			"no such sysctl; is the module nf_conntrack loaded?" },
		{ "net/mpls/", "no such sysctl; is the module mpls_router loaded?" },
		{ "net/ipv6/", "no such sysctl; is IPv6 in this kernel?" },
		{ "", "this kernel has no such sysctl" },
	};
	size_t i = 0;

	if (!file_is("/proc/sys/kernel"))
		return "is /proc mounted?";
	while (strncmp(path, rows[i].folder, strlen(rows[i].folder)) != 0)
		i++;
	return rows[i].why;
}

static int
write_sysctl(const struct plan *p, const struct step *s, const char **what)
{
	const struct sysctl *c = s->sysctl;
	char file[256];
	int fd, bad, e;

	(void)p;
	if (sysctl_path(file, sizeof(file), c->path) < 0)
		return -1;
	if ((fd = file_open(file, O_WRONLY, 0)) < 0) {
		if (errno == ENOENT)
			*what = no_such_sysctl(c->path);
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
	int fd = file_open("/dev/net/tun", O_RDWR, 0);

	if (fd >= 0 || errno != ENOENT)
		return fd;
	(void)file_make_folder("/dev/net", 0755); /* may be there */
	if (mknod("/dev/net/tun", S_IFCHR | 0666, makedev(MISC_MAJOR_, TUN_MINOR_)) < 0)
		return -1;
	return file_open("/dev/net/tun", O_RDWR, 0);
}

/* IFF_… of linux/if_tun.h that the keys of a TUN or TAP device ask for. */
static short
tun_flags(const struct link *l)
{
	unsigned f = l->kind->tun;

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
set_tun(int fd, const struct link *l, uint32_t number)
{
	struct ifreq r = { .ifr_flags = tun_flags(l) };
	const struct value *owner = link_value(l, "owner"), *group = link_value(l, "group");
	const int index = (int)number;

	(void)memcpy(r.ifr_name, l->name, strlen(l->name) + 1); /* at most 15 bytes: type_is_name */
	if (ioctl(fd, TUNSETIFINDEX, &index) < 0 || ioctl(fd, TUNSETIFF, &r) < 0)
		return -1;
	if ((owner && ioctl(fd, TUNSETOWNER, (unsigned long)owner->num) < 0) ||
		(group && ioctl(fd, TUNSETGROUP, (unsigned long)group->num) < 0))
		return -1;
	return ioctl(fd, TUNSETPERSIST, 1UL);
}

static int
make_tun(const struct plan *p, const struct step *s, const char **what)
{
	int fd = open_tun(), bad, e;

	if (fd < 0) {
		*what = "no /dev/net/tun; is tun in this kernel?";
		return -1;
	}
	bad = set_tun(fd, s->link, planned(p, s->link)->index);
	e = errno;
	(void)close(fd); /* it persists, or is gone with the descriptor */
	errno = e;
	return bad;
}

/*
 * A bridge that is told an address of another, even at its birth, has no carrier until
 * a port comes: br_stp_change_bridge_id().  One that is told its own only keeps it.
 */
static int
keep_mac(const struct plan *p, const struct step *s, const char **what)
{
	struct ifreq r = { 0 };
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), bad, e;

	(void)p;
	(void)what;
	if (fd < 0)
		return -1;
	(void)memcpy(r.ifr_name, s->link->name, strlen(s->link->name) + 1);
	bad = ioctl(fd, SIOCGIFHWADDR, &r) < 0 || ioctl(fd, SIOCSIFHWADDR, &r) < 0 ? -1 : 0;
	e = errno;
	(void)close(fd); /* only asked with */
	errno = e;
	return bad;
}

/* Does something in the namespace of a step. */
static int
inside(struct world *w, const struct plan *p, const struct step *s, const char **what,
	int (*what_to_do)(const struct plan *, const struct step *, const char **))
{
	const struct space *space = world_space(w, s->ns->name);
	int bad, e;

	if (!space || world_enter(w, space) < 0)
		return -1;
	bad = what_to_do(p, s, what);
	e = errno;
	if (world_leave(w) < 0)
		return -1;
	errno = e;
	return bad;
}

int
act_set_sysctl(struct world *w, const struct plan *p, const struct step *s, const char **what)
{
	return inside(w, p, s, what, write_sysctl);
}

int
act_make_tun(struct world *w, const struct plan *p, const struct step *s, const char **what)
{
	return inside(w, p, s, what, make_tun);
}

int
act_keep_mac(struct world *w, const struct plan *p, const struct step *s, const char **what)
{
	return inside(w, p, s, what, keep_mac);
}

int
act_make_space(struct world *w, const struct plan *p, const struct step *s, const char **what)
{
	(void)p;
	if (w->spaces->fd < 0)
		*what = "is /proc mounted, and are namespaces in this kernel?";
	return world_make(w, s->ns->name) < 0 || !world_space(w, s->ns->name) ? -1 : 0;
}

int
act_drop_space(struct world *w, const struct plan *p, const struct step *s, const char **what)
{
	(void)p;
	(void)what;
	return world_drop(w, s->ns->name);
}

int
act_set_hostname(struct world *w, const struct plan *p, const struct step *s, const char **what)
{
	(void)p;
	(void)w;
	(void)what;
	return sethostname(s->text, strlen(s->text));
}

int
act_write_resolv(struct world *w, const struct plan *p, const struct step *s, const char **what)
{
	(void)p;
	(void)w;
	*what = s->path;
	file_make_folders(s->path);
	return file_write(s->path, s->text, 0644);
}
