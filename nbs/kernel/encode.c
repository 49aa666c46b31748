#include "kernel/encode.h"

#include <libmnl/libmnl.h>
#include <linux/if_bridge.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>

#include "model/link.h"
#include "model/phrase.h"

static struct ifinfomsg *
about(struct msg *m, void *buf, size_t size, uint16_t type, uint32_t index)
{
	struct ifinfomsg *h = msg_start(m, buf, size, type, 0, sizeof(*h));

	h->ifi_index = (int)index;
	return h;
}

static void
raise_or_lower(struct msg *m, void *buf, size_t size, const struct step *s)
{
	struct ifinfomsg *h = about(m, buf, size, RTM_NEWLINK, s->link->index);

	h->ifi_change = IFF_UP;
	h->ifi_flags = s->verb == RAISE ? IFF_UP : 0;
}

/* br_vlan_info.flags, linux/if_bridge.h */
static uint16_t
vlan_flags(const struct step *s)
{
	uint16_t f = 0;

	if (s->flags & VLAN_PVID)
		f |= BRIDGE_VLAN_INFO_PVID;
	if (s->flags & VLAN_UNTAGGED)
		f |= BRIDGE_VLAN_INFO_UNTAGGED;
	return f;
}

static void
vlans(struct msg *m, void *buf, size_t size, const struct step *s)
{
	struct ifinfomsg *h = about(
		m, buf, size, s->verb == ADD_VLANS ? RTM_SETLINK : RTM_DELLINK, s->link->index);
	struct bridge_vlan_info info = { vlan_flags(s), s->from };

	h->ifi_family = AF_BRIDGE;
	msg_nest(m, IFLA_AF_SPEC);
	if (!s->link->master)
		msg_put_u16(m, IFLA_BRIDGE_FLAGS, BRIDGE_FLAGS_SELF);
	if (s->from != s->to) {
		info.flags |= BRIDGE_VLAN_INFO_RANGE_BEGIN;
		msg_put(m, IFLA_BRIDGE_VLAN_INFO, &info, sizeof(info));
		info.flags = (uint16_t)(vlan_flags(s) | BRIDGE_VLAN_INFO_RANGE_END);
		info.vid = s->to;
	}
	msg_put(m, IFLA_BRIDGE_VLAN_INFO, &info, sizeof(info));
	msg_end(m);
}

/* The kernel's own message, sent back to it. */
static void
again(struct msg *m, void *buf, size_t size, const struct step *s)
{
	uint32_t len = s->raw->nlmsg_len;

	*m = (struct msg) { .h = buf, .size = size, .seek = m->seek };
	if (len > size) {
		m->full = true;
		(void)mnl_nlmsg_put_header(buf);
		return;
	}
	(void)memcpy(buf, s->raw, len);
	m->h->nlmsg_flags = NLM_F_REQUEST | NLM_F_CREATE | NLM_F_REPLACE;
	if (m->h->nlmsg_type == RTM_NEWROUTE) {
		/* what the kernel tells of the hop's state is not for it to be told */
		struct rtmsg *r = mnl_nlmsg_get_payload(m->h);

		m->h->nlmsg_flags = NLM_F_REQUEST | NLM_F_CREATE;
		r->rtm_flags &= RTNH_F_ONLINK;
	}
}

static void
make_link(struct msg *m, void *buf, size_t size, const struct step *s)
{
	link_put_new(m, buf, size, s->link);
}

static void
set_link(struct msg *m, void *buf, size_t size, const struct step *s)
{
	link_put_set(m, buf, size, s->link, s->vals, s->n);
}

static void
drop_link(struct msg *m, void *buf, size_t size, const struct step *s)
{
	(void)about(m, buf, size, RTM_DELLINK, s->link->index);
}

static void
join_group(struct msg *m, void *buf, size_t size, const struct step *s)
{
	(void)about(m, buf, size, RTM_NEWLINK, s->link->index);
	msg_put_u32(m, IFLA_GROUP, s->group);
}

static void
drop_group(struct msg *m, void *buf, size_t size, const struct step *s)
{
	(void)about(m, buf, size, RTM_DELLINK, 0);
	msg_put_u32(m, IFLA_GROUP, s->group);
}

static void
rename_link(struct msg *m, void *buf, size_t size, const struct step *s)
{
	(void)about(m, buf, size, RTM_NEWLINK, s->link->index);
	msg_put_text(m, IFLA_IFNAME, s->text);
}

static void
move_link(struct msg *m, void *buf, size_t size, const struct step *s)
{
	(void)about(m, buf, size, RTM_NEWLINK, s->link->have->index);
	msg_put_u32(m, IFLA_NET_NS_FD, (uint32_t)s->link->ns->fd);
}

static void
join(struct msg *m, void *buf, size_t size, const struct step *s)
{
	(void)about(m, buf, size, RTM_NEWLINK, s->link->index);
	m->now = s->link->master_at;
	msg_put_u32(m, IFLA_MASTER, s->link->master->index);
}

static void
leave(struct msg *m, void *buf, size_t size, const struct step *s)
{
	(void)about(m, buf, size, RTM_NEWLINK, s->link->index);
	msg_put_u32(m, IFLA_MASTER, 0);
}

static void
phrase(struct msg *m, void *buf, size_t size, const struct step *s)
{
	phrase_put(m, buf, size, s->said, s->verb == DROP_SAID);
	if (s->verb == SET_SAID)
		m->h->nlmsg_flags = NLM_F_REQUEST | NLM_F_REPLACE;
}

/* What is not here is not netlink's. */
static void (*const verbs[])(struct msg *, void *, size_t, const struct step *) = {
	[MAKE_LINK] = make_link,
	[DROP_LINK] = drop_link,
	[JOIN_GROUP] = join_group,
	[DROP_GROUP] = drop_group,
	[MOVE_LINK] = move_link,
	[RENAME_LINK] = rename_link,
	[SET_LINK] = set_link,
	[RAISE] = raise_or_lower,
	[LOWER] = raise_or_lower,
	[JOIN] = join,
	[LEAVE] = leave,
	[ADD_VLANS] = vlans,
	[DROP_VLANS] = vlans,
	[ADD_SAID] = phrase,
	[SET_SAID] = phrase,
	[DROP_SAID] = phrase,
	[PUT_BACK] = again,
};

void
encode(struct msg *m, void *buf, size_t size, const struct step *s)
{
	if (encode_possible(s))
		verbs[s->verb](m, buf, size, s);
}

const char *
encode_space(const struct step *s)
{
	const struct link *l = s->link;

	if (s->verb == MAKE_LINK && l->parent)
		return l->parent->ns->name;
	if (s->verb == MOVE_LINK)
		return l->have->ns->name;
	return s->ns->name;
}

bool
encode_possible(const struct step *s)
{
	if (s->verb >= LEN(verbs) || !verbs[s->verb])
		return false;
	if (s->verb == MAKE_LINK)
		return !s->link->kind->tun;
	return s->verb != SET_LINK || s->vals[0]->key->home != IN_TUN;
}
