/* Steps, as the made-up kernel carries them out. */
#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/if.h>
#include <linux/if_link.h>
#include <linux/if_tun.h>
#include <string.h>

#include "base/mem.h"
#include "key/msg.h"
#include "kernel/blame.h"
#include "kernel/encode.h"
#include "kernel/took.h"
#include "model/link.h"
#include "test/support/kernel_parts.h"

enum { SIZE = 16384 };

/* A TUN device is made by ioctls. */
static int
make_tun(struct kernel *k, struct place *at, const struct link *l)
{
	static _Alignas(16) char buf[SIZE];
	const uint8_t type = !strcmp(l->kind->name, "tap") ? IFF_TAP : IFF_TUN;
	struct device *d;
	struct msg m = { 0 };

	if (!(d = kernel_find(k, at->name, l->name)))
		d = kernel_make(k, at, l->index, l->name);
	if (type == IFF_TUN) /* tun_net_initialize() */
		d->flags = (d->flags & IFF_UP) | IFF_POINTOPOINT | IFF_NOARP | IFF_MULTICAST;
	(void)strcpy(d->info, "tun");
	(void)msg_start(&m, buf, sizeof(buf), 0, 0, 0);
	msg_nest(&m, 1);
	for (const struct value *v = l->vals; v; v = v->next)
		if (v->key->home == IN_TUN)
			key_put(v, &m);
	msg_put_u8(&m, IFLA_TUN_TYPE, type);
	msg_end(&m);
	kernel_set_nest(k, d, IN_DATA, mnl_nlmsg_get_payload(m.h));
	return 0;
}

static void
set_sysctl(struct kernel *k, struct place *at, const struct sysctl *c)
{
	struct sysctl **s = &at->sysctls;

	while (*s && strcmp((*s)->path, c->path) != 0)
		s = &(*s)->next;
	if (!*s)
		*s = mem_get(k->mem, sizeof(**s));
	(*s)->path = mem_text(k->mem, c->path, strlen(c->path));
	(*s)->text = mem_printf(k->mem, "%s\n", c->text);
}

/* What is not netlink's: see kernel/act.c. */
static int
act(struct kernel *k, const struct step *s)
{
	struct place *at = kernel_place(k, s->ns->name, 0), **p = &k->places;

	if (s->verb == MAKE_SPACE) {
		at = kernel_add_place(k, s->ns->name);
		kernel_add_loopback(k, at);
		s->ns->fd = at->fd;
	} else if (s->verb == DROP_SPACE) {
		while (*p != at)
			p = &(*p)->next;
		*p = at->next;
		for (struct device **d = &k->devices; *d;)
			if ((*d)->at == at)
				*d = (*d)->next;
			else
				d = &(*d)->next;
	} else if (s->verb == SET_SYSCTL) {
		set_sysctl(k, at, s->sysctl);
	} else if (s->verb == SET_HOSTNAME) {
		k->hostname = mem_text(k->mem, s->text, strlen(s->text));
	} else if (s->verb == WRITE_RESOLV) {
		at->resolv = mem_text(k->mem, s->text, strlen(s->text));
	} else {
		return make_tun(k, at, s->link);
	}
	return 0;
}

static int
carry_out(struct kernel *k, struct step *s)
{
	static _Alignas(16) char buf[SIZE];
	struct msg m = { 0 };
	int e = k->judge ? k->judge(s) : 0;

	if (e)
		return e;
	if (!encode_possible(s))
		return act(k, s);
	encode(&m, buf, sizeof(buf), s);
	return m.full ? EMSGSIZE : kernel_take(k, kernel_place(k, encode_space(s), 0), m.h);
}

void
kernel_carry_out(struct kernel *k, struct plan *p)
{
	for (struct step *s = plan_steps(p); s; s = s->next) {
		struct nl_error e = { 0 };

		if (blame_blocked(s))
			continue;
		e.code = carry_out(k, s);
		if (e.code > 0) {
			s->failed = true;
			blame(s, &e, p->mem);
		} else {
			took(s);
		}
	}
}
