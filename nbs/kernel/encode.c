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
about(struct msg *m, void *buf, size_t size, uint16_t type, const struct link *l)
{
	struct ifinfomsg *h = msg_start(m, buf, size, type, 0, sizeof(*h));

	h->ifi_index = (int)link_index(m, l);
	return h;
}

void
encode_up_or_down(struct msg *m, void *buf, size_t size, const struct step *s)
{
	struct ifinfomsg *h = about(m, buf, size, RTM_NEWLINK, s->link);

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

void
encode_vlans(struct msg *m, void *buf, size_t size, const struct step *s)
{
	struct ifinfomsg *h =
		about(m, buf, size, s->verb == ADD_VLANS ? RTM_SETLINK : RTM_DELLINK, s->link);
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
void
encode_back(struct msg *m, void *buf, size_t size, const struct step *s)
{
	uint32_t len = s->raw->nlmsg_len;

	*m = (struct msg) { .h = buf, .size = size, .seek = m->seek, .names = m->names };
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

void
encode_make(struct msg *m, void *buf, size_t size, const struct step *s)
{
	link_put_new(m, buf, size, s->link);
}

void
encode_set(struct msg *m, void *buf, size_t size, const struct step *s)
{
	link_put_set(m, buf, size, s->link, s->vals, s->n);
}

void
encode_drop(struct msg *m, void *buf, size_t size, const struct step *s)
{
	(void)about(m, buf, size, RTM_DELLINK, s->link);
}

void
encode_join_group(struct msg *m, void *buf, size_t size, const struct step *s)
{
	(void)about(m, buf, size, RTM_NEWLINK, s->link);
	msg_put_u32(m, IFLA_GROUP, s->group);
}

void
encode_drop_group(struct msg *m, void *buf, size_t size, const struct step *s)
{
	(void)about(m, buf, size, RTM_DELLINK, NULL);
	msg_put_u32(m, IFLA_GROUP, s->group);
}

void
encode_rename(struct msg *m, void *buf, size_t size, const struct step *s)
{
	(void)about(m, buf, size, RTM_NEWLINK, s->link);
	msg_put_text(m, IFLA_IFNAME, s->text);
}

void
encode_altname(struct msg *m, void *buf, size_t size, const struct step *s)
{
	(void)about(
		m, buf, size, s->verb == ADD_ALTNAME ? RTM_NEWLINKPROP : RTM_DELLINKPROP, s->link);
	msg_nest(m, IFLA_PROP_LIST);
	msg_put_text(m, IFLA_ALT_IFNAME, s->text);
	msg_end(m);
}

void
encode_move(struct msg *m, void *buf, size_t size, const struct step *s)
{
	(void)about(m, buf, size, RTM_NEWLINK, s->link);
	msg_put_u32(m, IFLA_NET_NS_FD, link_space(m, s->link->ns));
	msg_put_text(m, IFLA_IFNAME, s->text);
}

void
encode_join(struct msg *m, void *buf, size_t size, const struct step *s)
{
	(void)about(m, buf, size, RTM_NEWLINK, s->link);
	m->now = s->link->master_at;
	msg_put_u32(m, IFLA_MASTER, link_index(m, s->link->master));
}

void
encode_leave(struct msg *m, void *buf, size_t size, const struct step *s)
{
	(void)about(m, buf, size, RTM_NEWLINK, s->link);
	msg_put_u32(m, IFLA_MASTER, 0);
}

void
encode_entry(struct msg *m, void *buf, size_t size, const struct step *s)
{
	phrase_put(m, buf, size, s->said, s->verb == DROP_SAID);
	if (s->verb == SET_SAID)
		m->h->nlmsg_flags = NLM_F_REQUEST | NLM_F_REPLACE;
}
