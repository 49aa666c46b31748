/* A macvlan: a link with a MAC address of its own on top of another. */
#include <libmnl/libmnl.h>
#include <linux/if_arp.h>
#include <linux/if_link.h>
#include <stdint.h>

#include "key/msg.h"
#include "key/type.h"
#include "model/model.h"

/* linux/if_link.h of 6.4: newer than the headers nbs builds with. */
enum { BC_CUTOFF = 9 };

static const struct word modes[] = {
	{ "private", MACVLAN_MODE_PRIVATE },
	{ "vepa", MACVLAN_MODE_VEPA },
	{ "bridge", MACVLAN_MODE_BRIDGE },
	{ "passthru", MACVLAN_MODE_PASSTHRU },
	{ "source", MACVLAN_MODE_SOURCE },
	{ 0 },
};

/* The mode could change live, but not from or to passthru. */
/* clang-format off */
static const struct key keys[] = {
	/* name         type          attribute                  from        to          meaning */
	{ "mode",       &type_u32,    IFLA_MACVLAN_MODE,         0,          0,          "whom it talks to beside the parent's network", .words = modes, .standard = "vepa", .change = ANEW },
	{ "nopromisc",  &type_flag16, IFLA_MACVLAN_FLAGS,        0,          0,          "leave the parent out of promiscuous mode; for passthru", .bit = MACVLAN_FLAG_NOPROMISC, .standard = "no" },
	{ "nodst",      &type_flag16, IFLA_MACVLAN_FLAGS,        0,          0,          "do not look for the destination among the siblings; for source", .bit = MACVLAN_FLAG_NODST, .standard = "no", .since = "5.13" },
	{ "macaddr",    &type_list,   IFLA_MACVLAN_MACADDR_DATA, 0,          0,          "MAC addresses frames are taken from; for source", .of = &type_mac, .item = IFLA_MACVLAN_MACADDR, .many = true, .ip = "macaddr set" },
	{ "bcqueuelen", &type_u32,    IFLA_MACVLAN_BC_QUEUE_LEN, 0,          UINT32_MAX, "most broadcasts and multicasts that wait; the parent takes the highest", .standard = "1000", .since = "5.11" },
	{ "bclim",      &type_s32,    BC_CUTOFF,                 INT32_MIN, INT32_MAX,  "multicasts for more receivers than this wait in the queue; below 0 none do", .standard = "1", .since = "6.4" },
};
/* clang-format on */

static const struct table table = { "macvlan", keys, LEN(keys) };

static bool
holds(const struct msg *m, int attr)
{
	const char *from = mnl_attr_get_payload(m->nest[m->depth - 1]);
	const char *tail = mnl_nlmsg_get_payload_tail(m->h);

	return msg_find(from, (size_t)(tail - from), attr);
}

/*
 * The flags have no mask: where one is sent, all must be.  A list of MAC
 * addresses is of no effect without the word for what to do with it.
 */
static void
put(struct msg *m, const struct link *l)
{
	if (m->full)
		return;
	if (holds(m, IFLA_MACVLAN_FLAGS))
		for (const struct value *v = l->vals; v; v = v->next)
			if (v->key->type == &type_flag16)
				key_put(v, m);
	if (holds(m, IFLA_MACVLAN_MACADDR_DATA))
		msg_put_u32(m, IFLA_MACVLAN_MACADDR_MODE, MACVLAN_MACADDR_SET);
}

const struct kind kind_macvlan = {
	.name = "macvlan",
	.info = "macvlan",
	.help = "a link with a MAC address of its own on top of another",
	.keys = &table,
	.type = ARPHRD_ETHER,
	.parent = NEEDS,
	.put = put,
};
