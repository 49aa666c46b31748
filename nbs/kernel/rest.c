#include "kernel/rest.h"

#include <fcntl.h>
#include <libmnl/libmnl.h>
#include <linux/if_link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "kind/kind.h"
#include "model/link.h"

/* NET_ADDR_SET, linux/netdevice.h */
enum { ADDRESS_SET = 3 };

/* What the namespace being read calls the others; facts_id asks for each, and veths are many. */
struct ids {
	struct ids *next;
	uint32_t id;
	struct netns *ns;
};

static struct ids *
read_ids(struct reading *r)
{
	struct ids *all = NULL, *one;

	for (struct space *s = r->world->spaces; s; s = s->next) {
		one = mem_get(r->have->mem, sizeof(*one));
		one->id = facts_id(r, s);
		one->ns = model_space(r->have, s->name, false);
		one->next = all;
		all = one;
	}
	return all;
}

/* A veth's "parent" is its far end. */
static void
read_far_end(struct link *l, const struct ids *ids)
{
	static struct netns elsewhere = { .name = "?" };
	const struct nlattr *a = link_attr(l, IFLA_LINK_NETNSID);

	if (!kind_of(l) || !kind_of(l)->far_end || !a ||
		mnl_attr_get_payload_len(a) < sizeof(uint32_t))
		return;
	l->parent_ns = &elsewhere;
	for (; ids; ids = ids->next)
		if (ids->ns && ids->id == mnl_attr_get_u32(a))
			l->parent_ns = ids->ns;
}

static void
read_setter(struct reading *r, int sysfs, struct link *l)
{
	const char *path = mem_printf(r->have->mem, "class/net/%s/addr_assign_type", l->name);
	int fd = openat(sysfs, path, O_RDONLY | O_CLOEXEC);
	char digit = '\0';

	l->mac_set = fd >= 0 && read(fd, &digit, 1) == 1 && digit - '0' == ADDRESS_SET;
	if (fd >= 0)
		(void)close(fd); /* only read from */
}

/* "0-3": the last number is that of the last one. */
static unsigned
count_cpus(struct mem *mem)
{
	const char *text = file_read("/sys/devices/system/cpu/possible", mem);

	if (!text)
		return 0;
	if (strrchr(text, '-'))
		text = strrchr(text, '-') + 1;
	return (unsigned)strtoul(text, NULL, 10) + 1;
}

void
rest_read(struct reading *r)
{
	const struct ids *ids;
	int sysfs;

	r->have->cpus = count_cpus(r->have->mem);
	for (struct netns *n = r->have->spaces; n; n = n->next) {
		r->ns = n;
		if (!(r->space = world_space(r->world, n->name)))
			continue;
		ids = read_ids(r);
		sysfs = facts_sysfs(r);
		for (struct link *l = r->have->links; l; l = l->next) {
			if (l->ns != n)
				continue;
			read_far_end(l, ids);
			if (sysfs >= 0)
				read_setter(r, sysfs, l);
		}
		if (sysfs >= 0)
			(void)close(sysfs); /* only read from */
	}
}
