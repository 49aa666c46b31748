/* Steps, as the made-up kernel carries them out. */
#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/if.h>
#include <linux/if_arp.h>
#include <linux/if_link.h>
#include <linux/if_tun.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "base/mem.h"
#include "key/msg.h"
#include "kernel/step.h"
#include "model/link.h"
#include "test/support/kernel_parts.h"

enum { SIZE = 16384 };

/* A TUN device is made by ioctls. */
static int
make_tun(struct kernel *k, struct place *at, const struct link *l, uint32_t index)
{
	static _Alignas(16) char buf[SIZE];
	const uint8_t type = !strcmp(l->kind->name, "tap") ? IFF_TAP : IFF_TUN;
	struct device *d;
	struct msg m = { 0 };

	if (!(d = kernel_find(k, at->name, l->name)))
		d = kernel_make(k, at, index, l->name);
	if (type == IFF_TUN) { /* tun_net_initialize() */
		d->flags = (d->flags & IFF_UP) | IFF_POINTOPOINT | IFF_NOARP | IFF_MULTICAST;
		d->type = ARPHRD_NONE;
	}
	(void)strcpy(d->info, "tun");
	(void)msg_start(&m, buf, sizeof(buf), 0, 0, 0);
	msg_nest(&m, 1);
	for (const struct value *v = l->vals; v; v = v->next)
		if (link_via(l, v->key) == TUN_IOCTL)
			key_put(v, &m);
	msg_put_u8(&m, IFLA_TUN_TYPE, type);
	msg_end(&m);
	kernel_set_nest(k, d, IN_DATA, mnl_nlmsg_get_payload(m.h));
	return 0;
}

/* No name of a namespace is given twice: rtnl_alt_ifname() */
bool
kernel_is_altname(const struct kernel *k, const struct place *at, const char *name)
{
	const struct device *d = k->devices;

	while (d && (d->at != at || strcmp(d->altname, name) != 0))
		d = d->next;
	return d != NULL;
}

int
kernel_take_altname(struct kernel *k, struct place *at, const struct nlmsghdr *h)
{
	const struct ifinfomsg *i = mnl_nlmsg_get_payload(h);
	const struct nlattr *list =
		msg_find(i + 1, h->nlmsg_len - NLMSG_HDRLEN - sizeof(*i), IFLA_PROP_LIST);
	const char *name = mnl_attr_get_str(mnl_attr_get_payload(list));
	struct device *d = kernel_indexed(k, at, (uint32_t)i->ifi_index);

	if (h->nlmsg_type == RTM_NEWLINKPROP && kernel_find(k, at->name, name))
		return EEXIST;
	if (h->nlmsg_type == RTM_DELLINKPROP && strcmp(d->altname, name) != 0)
		return ENOENT;
	(void)snprintf(
		d->altname, sizeof(d->altname), "%s", h->nlmsg_type == RTM_NEWLINKPROP ? name : "");
	return 0;
}

static int
set_sysctl(struct kernel *k, struct place *at, const struct sysctl *c)
{
	struct sysctl **s = &at->sysctls;

	if (k->lacks && !strncmp(c->path, k->lacks, strlen(k->lacks)))
		return ENOENT;

	while (*s && strcmp((*s)->path, c->path) != 0)
		s = &(*s)->next;
	if (!*s)
		*s = mem_get(k->mem, sizeof(**s));
	(*s)->path = mem_text(k->mem, c->path, strlen(c->path));
	(*s)->text = mem_printf(k->mem, "%s\n", c->text);
	return 0;
}

/* What is not netlink's: see kernel/act.c. */
static int
act(struct kernel *k, const struct plan *p_, const struct step *s)
{
	struct place *at = kernel_place(k, s->ns->name, 0);

	if (s->verb == MAKE_SPACE) {
		at = kernel_add_place(k, s->ns->name);
		kernel_add_loopback(k, at);
	} else if (s->verb == DROP_SPACE) {
		kernel_delete(k, s->ns->name);
	} else if (s->verb == SET_SYSCTL) {
		return set_sysctl(k, at, s->sysctl);
	} else if (s->verb == SET_HOSTNAME) {
		k->hostname = mem_text(k->mem, s->text, strlen(s->text));
	} else if (s->verb == WRITE_RESOLV) {
		at->resolv = mem_text(k->mem, s->text, strlen(s->text));
	} else if (s->verb != KEEP_MAC) { /* its bridges always do */
		return make_tun(k, at, s->link, planned(p_, s->link)->index);
	}
	return 0;
}

/* What links and namespaces are for the made-up kernel. */
struct made_up {
	struct names names; /* first */
	struct kernel *kernel;
};

static int
space_of(const struct names *names, const struct netns *n)
{
	const struct made_up *m = (const struct made_up *)(const void *)names;
	const struct place *p = kernel_place(m->kernel, n->name, 0);

	return p ? p->fd : -1;
}

static int
carry_out(struct kernel *k, const struct plan *p, const struct step *s)
{
	static _Alignas(16) char buf[SIZE];
	const struct made_up names = { { p->now, space_of }, k };
	struct msg m = { .names = &names.names };
	int e = k->judge ? k->judge(s) : 0;

	if (e)
		return e;
	if (!step_is_message(s))
		return act(k, p, s);
	step_encode(&m, buf, sizeof(buf), s);
	return m.full ? EMSGSIZE : kernel_take(k, kernel_place(k, step_space(s, p), 0), m.h);
}

void
kernel_carry_out(struct kernel *k, struct plan *p, struct attempts *a)
{
	const struct doing d = { p, a };

	for (struct step *s = plan_steps(p); s; s = s->next) {
		struct nl_error e = { 0 };

		if (step_blocked(&d, s))
			continue;
		e.code = carry_out(k, p, s);
		if (e.code > 0)
			step_refused(&d, s, &e);
		else
			step_accepted(&d, s);
	}
}
