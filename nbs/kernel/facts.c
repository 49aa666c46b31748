#include "kernel/facts.h"

#include <errno.h>
#include <fcntl.h>
#include <libmnl/libmnl.h>
#include <linux/ethtool.h>
#include <linux/if_link.h>
#include <linux/mount.h>
#include <linux/net_namespace.h>
#include <linux/rtnetlink.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "kernel/act.h"
#include "kernel/phy.h"
#include "key/msg.h"
#include "kind/kind.h"
#include "model/link.h"

static const char udev_control[] = "/run/udev/control"; /* of systemd's udev and eudev */

/* The driver's name: ETHTOOL_GDRVINFO, linux/ethtool.h. */
static void
read_driver(struct reading *r, struct link *l)
{
	struct ethtool_drvinfo info = { .cmd = ETHTOOL_GDRVINFO };
	struct ifreq q = { .ifr_data = (void *)&info };
	int fd;

	if (!l->device || strlen(l->name) >= sizeof(q.ifr_name) ||
		world_enter(r->world, r->space) < 0)
		return;
	(void)memcpy(q.ifr_name, l->name, strlen(l->name));
	fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd >= 0 && ioctl(fd, SIOCETHTOOL, &q) == 0)
		l->driver = mem_text(
			r->have->mem, info.driver, strnlen(info.driver, sizeof(info.driver)));
	if (fd >= 0)
		(void)close(fd);     /* nothing was written */
	(void)world_leave(r->world); /* fails only where entering would have */
}

int
facts_sysfs(struct reading *r)
{
	int fs = -1, fd = -1;

	if (world_enter(r->world, r->space) == 0) {
		fs = (int)syscall(SYS_fsopen, "sysfs", FSOPEN_CLOEXEC);
		if (fs >= 0 && syscall(SYS_fsconfig, fs, FSCONFIG_CMD_CREATE, NULL, NULL, 0) == 0)
			fd = (int)syscall(SYS_fsmount, fs, FSMOUNT_CLOEXEC, MOUNT_ATTR_RDONLY);
		if (fs >= 0)
			(void)close(fs);     /* nothing was written */
		(void)world_leave(r->world); /* fails only where entering would have */
	}
	if (fd < 0 && r->space == r->world->spaces)
		fd = open("/sys", O_PATH | O_DIRECTORY | O_CLOEXEC);
	return fd;
}

static void
read_device(struct reading *r, int sysfs, struct link *l)
{
	char to[512];
	const char *name;
	ssize_t n = readlinkat(sysfs, mem_printf(r->have->mem, "class/net/%s/device", l->name), to,
		sizeof(to) - 1);

	if (n < 0)
		return;
	to[n] = '\0';
	name = strrchr(to, '/') ? strrchr(to, '/') + 1 : to;
	l->device = mem_text(r->have->mem, name, strlen(name));
}

/* Before 5.14 only sysfs tells that there is a device behind a link. */
static void
read_devices(struct reading *r)
{
	for (const struct netns *ns = r->have->spaces; ns; ns = ns->next) {
		int sysfs = (r->space = world_space(r->world, ns->name)) ? facts_sysfs(r) : -1;

		for (struct link *l = r->have->links; l && sysfs >= 0; l = l->next)
			if (l->ns == ns && !l->info)
				read_device(r, sysfs, l);
		if (sysfs >= 0)
			(void)close(sysfs); /* only read from */
	}
}

/* A property of a device in udev's database: "E:NAME=1". */
static bool
is_marked(const char *text, const char *name)
{
	const char *at = strstr(text, name);

	return at && !strncmp(at + strlen(name), "=1\n", 3);
}

/*
 * Whether somebody listens at udev's socket: what an initramfs's udev had open is still there
 * when it has ended.  Lines of /proc/net/unix: number, references, protocol, flags, type,
 * state, inode, path.
 */
static bool
udev_runs(struct mem *mem)
{
	enum { ACCEPTS = 0x10000 }; /* __SO_ACCEPTCON of linux/net.h */
	const char *text = file_read("/proc/net/unix", mem), *line = text;
	const char *path = mem_printf(mem, " %s\n", udev_control);
	unsigned flags;

	/* those who talk to it have its path, too */
	while (line && (line = strstr(line, path))) {
		const char *begin = line++;

		while (begin > text && begin[-1] != '\n')
			begin--;
		if (sscanf(begin, "%*s %*s %*s %x", &flags) == 1 && flags & ACCEPTS)
			return true;
	}
	return !text || strlen(text) >= FILE_MOST;
}

/*
 * udev renames a link soon after it appears, and before Linux 6.2 only one that is down: until
 * that is over it is left alone, which is later than when udev first notes it down.  One that
 * is up may be in use by others; its name counts unless it is just being changed.
 */
static void
read_udev(struct reading *r, struct link *l)
{
	const char *path = mem_printf(r->have->mem, "/run/udev/data/n%u", l->index), *text;

	if (r->udev == ABSENT || !l->device || r->space != r->world->spaces)
		return;
	text = file_read(path, r->have->mem);
	if (text ? !is_marked(text, "E:ID_RENAMING") &&
				(l->flags & IFF_UP || !is_marked(text, "E:ID_PROCESSING"))
		 : (l->flags & IFF_UP) != 0)
		return;
	if (r->udev == PERHAPS)
		r->udev = udev_runs(r->have->mem) ? RUNS : ABSENT;
	if (r->udev == RUNS)
		l->unsettled = "udev has not handled it yet";
}

/* Only sysfs tells that a link is cfg80211's; a modem's has a kind. */
static void
read_radio(struct reading *r, struct link *l)
{
	const char *path = mem_printf(r->have->mem, "/sys/class/net/%s/phy80211", l->name);

	l->radio = (l->info && !strcmp(l->info, "wwan")) ||
	           (l->device && r->space == r->world->spaces && file_is(path));
}

static void
take_id(void *user, const struct nlmsghdr *h)
{
	size_t skip = NLMSG_HDRLEN + MNL_ALIGN(sizeof(struct rtgenmsg));
	const struct nlattr *a;

	if (h->nlmsg_type != RTM_NEWNSID || h->nlmsg_len < skip ||
		!(a = msg_find((const char *)h + skip, h->nlmsg_len - skip, NETNSA_NSID)) ||
		mnl_attr_get_payload_len(a) < sizeof(uint32_t))
		return;
	*(uint32_t *)user = mnl_attr_get_u32(a);
}

uint32_t
facts_id(struct reading *r, const struct space *other)
{
	_Alignas(NLMSG_ALIGNTO) char buf[128];
	struct msg m = { 0 };
	uint32_t id = (uint32_t)NETNSA_NSID_NOT_ASSIGNED;

	(void)msg_start(&m, buf, sizeof(buf), RTM_GETNSID, 0, sizeof(struct rtgenmsg));
	msg_put_u32(&m, NETNSA_FD, (uint32_t)other->fd);
	if (other->fd < 0 || nl_dump(&r->space->talk, m.h, take_id, &id) < 0)
		return (uint32_t)NETNSA_NSID_NOT_ASSIGNED;
	return id;
}

/* The namespace that a link's parent, or far end, is in: IFLA_LINK_NETNSID. */
static void
read_parent(struct reading *r, struct link *l)
{
	static struct netns elsewhere = { .name = "?" };
	const struct nlattr *a = link_attr(l, IFLA_LINK_NETNSID);

	if (!a || mnl_attr_get_payload_len(a) < sizeof(uint32_t))
		return;
	l->parent_ns = &elsewhere;
	for (struct space *s = r->world->spaces; s; s = s->next)
		if (facts_id(r, s) == mnl_attr_get_u32(a) && model_space(r->have, s->name, false)) {
			l->parent_ns = model_space(r->have, s->name, false);
			return;
		}
}

/* The path of a sysctl as long as its link has another name. */
static const char *
path_now(struct reading *r, const struct model *target, const struct sysctl *c)
{
	const struct link *l = c->link ? model_named(target, c->link->section) : NULL;
	const struct link *h = l ? l->have : NULL;
	const char *at = h && h->ns == r->ns && strcmp(h->name, l->name) != 0
	                         ? strstr(c->path, mem_printf(r->have->mem, "/%s/", l->name))
	                         : NULL;

	if (!at)
		return c->path;
	return mem_printf(r->have->mem, "%.*s/%s/%s", (int)(at - c->path), c->path, h->name,
		at + strlen(l->name) + 2);
}

static const struct sysctl *
read_sysctl(struct reading *r, const char *path, const char *now)
{
	struct sysctl *h = mem_get(r->have->mem, sizeof(*h));

	*h = (struct sysctl) { .next = r->ns->sysctls, .ns = r->ns, .path = path };
	h->text = act_read_sysctl(r->world, r->space, now, r->have->mem);
	return r->ns->sysctls = h;
}

/* What each link has of a setting that is about to be set for all, and what new ones get. */
static void
read_each(struct reading *r, const char *all)
{
	const char *owner, *setting = model_setting(all, &owner), *path;

	path = mem_printf(r->have->mem, "net/ipv%c/conf/default/%s", all[7], setting);
	(void)read_sysctl(r, path, path);
	for (const struct link *l = r->have->links; l; l = l->next)
		if (l->ns == r->ns) {
			path = mem_printf(
				r->have->mem, "net/ipv%c/conf/%s/%s", all[7], l->name, setting);
			(void)read_sysctl(r, path, path);
		}
}

static void
read_sysctls(struct reading *r, const struct model *target, const struct netns *want)
{
	for (const struct sysctl *c = want->sysctls; c; c = c->next) {
		const struct sysctl *h = read_sysctl(r, c->path, path_now(r, target, c));

		if (model_sets_all(c->path) && h->text && c->text && atoi(h->text) != atoi(c->text))
			read_each(r, c->path);
	}
}

static bool
speaks_of_drivers(const struct model *m)
{
	for (const struct link *l = m->links; l; l = l->next)
		if (link_value(l, "match-driver"))
			return true;
	return false;
}

void
facts_sysctls(struct reading *r, const struct model *want)
{
	for (const struct netns *n = want->spaces; n; n = n->next) {
		r->ns = model_space(r->have, n->name, false);
		r->space = r->ns ? world_space(r->world, n->name) : NULL;
		if (r->space)
			read_sysctls(r, want, n);
	}
}

void
facts_read(struct reading *r)
{
	bool drivers = false;

	for (size_t i = 0; i < LEN(r->asks); i++)
		drivers = drivers || (r->asks[i] && speaks_of_drivers(r->asks[i]));
	r->udev = file_is(udev_control) ? PERHAPS : ABSENT;
	if (r->have->release < RELEASE(5, 14))
		read_devices(r);
	for (struct link *l = r->have->links; l; l = l->next) {
		r->ns = l->ns;
		l->ns->ipv6 = l->ns->ipv6 || link_has_family(l, AF_INET6);
		if (!(r->space = world_space(r->world, l->ns->name)))
			continue;
		read_radio(r, l);
		if (!kind_of(l) || !kind_of(l)->far_end) /* veths are many */
			read_parent(r, l);
		if (drivers)
			read_driver(r, l);
		read_udev(r, l);
	}
}

void
facts_far_ends(struct world *w, struct model *found, const struct model *target)
{
	struct reading r = { .world = w, .have = found };

	for (const struct link *l = target->links; l; l = l->next) {
		if (!l->have || !l->peer || l->peer->have)
			continue;
		r.ns = model_space(found, l->have->ns->name, false);
		r.space = world_space(w, r.ns->name);
		if (r.space)
			read_parent(&r, model_indexed(r.ns, l->have->index));
	}
}

/* A NIC that is down, and not because one that was bound before was lowered. */
static bool
is_fresh(const struct attempts *a, const struct link *l)
{
	return l->have && l->have->device && !(l->have->flags & IFF_UP) && !*l->ns->name &&
	       !*l->have->ns->name &&
	       attempts_of(a, attempt_bound(l->section))->stamp != l->have->index;
}

bool
facts_settle(
	struct world *w, struct model *found, const struct model *target, const struct attempts *a)
{
	bool changed = false;

	w->again = 0;
	for (const struct link *l = target->links; l; l = l->next) {
		const struct value *up = value_named(l->vals, "up");
		struct link *h;

		/* of ports that are there the first gives its master an address */
		if (!is_fresh(a, l) || l->master || !up || !up->num)
			continue;
		h = model_indexed(found->spaces, l->have->index);
		h->unsettled = phy_negotiates(w, h);
		changed = changed || h->unsettled;
	}
	return changed;
}
