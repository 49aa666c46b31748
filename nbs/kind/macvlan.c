/* A macvlan: a link with a MAC address of its own on top of another. */
#include <libmnl/libmnl.h>
#include <linux/if_arp.h>
#include <linux/if_link.h>
#include <stdint.h>

#include "base/mem.h"
#include "kind/kind.h"
#include "key/msg.h"
#include "key/type.h"
#include "model/link.h"

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

/* Bits of the words of mode. */
enum { FOR_PASSTHRU = 1 << 3, FOR_SOURCE = 1 << 4 };

/* The mode could change live, but not from or to passthru. */
/* clang-format off */
static const struct key keys[] = {
	/* name         type          attribute                  from        to          meaning */
	{ "mode",       &type_u32,    IFLA_MACVLAN_MODE,         0,          0,          "whom it talks to beside the parent's network", .words = modes, .standard = "vepa", .change = ANEW },
	{ "nopromisc",  &type_flag16, IFLA_MACVLAN_FLAGS,        0,          0,          "leave the parent out of promiscuous mode; for passthru", .bit = MACVLAN_FLAG_NOPROMISC, .standard = "no", .modes = FOR_PASSTHRU | VAIN },
	{ "nodst",      &type_flag16, IFLA_MACVLAN_FLAGS,        0,          0,          "do not look for the destination among the siblings; for source", .bit = MACVLAN_FLAG_NODST, .standard = "no", .since = "5.13", .modes = FOR_SOURCE | VAIN },
	{ "macaddr",    &type_list,   IFLA_MACVLAN_MACADDR_DATA, 0,          0,          "MAC addresses frames are taken from; for source", .of = &type_mac, .item = IFLA_MACVLAN_MACADDR, .many = true, .ip = "macaddr set", .modes = FOR_SOURCE, .unicast = 1 },
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

extern const struct kind kind_macvlan;

/* The parent, or where that is a macvlan itself what it stands on: macvlan_common_newlink() */
static const struct link *
lower(const struct link *l)
{
	unsigned depth = 8; /* MAX_NEST_DEV; circles are refused elsewhere */

	for (l = l->parent; l && l->kind == &kind_macvlan && depth; l = l->parent)
		depth--;
	return l;
}

/* Who on the same parent has something already, or NULL; from here on the link has it. */
static const char *
claim(struct map *said, struct mem *mem, const struct link *l, const char *what)
{
	const char *text = mem_printf(mem, "macvlan %s %s", lower(l)->section, what);
	const char *other = map_get(said, text);

	map_put(said, mem, text, mem_printf(mem, "%s", l->section));
	return other;
}

static void
check(const struct link *l, struct map *said, struct mem *mem)
{
	const bool alone = value_num(l->vals, "mode", MACVLAN_MODE_VEPA) == MACVLAN_MODE_PASSTHRU;
	const struct link *p = lower(l);
	const struct value *mac = link_value(l, "mac"), *theirs;
	const char *other, *first;
	struct origin o = model_at(l, link_value(l, "parent"));

	if (!p)
		return;
	kind_needs_ethernet(l);
	/* both want all that comes in: netdev_rx_handler_register() */
	if (p->kind->type == l->kind->type && p->master && p->master->kind->ports)
		diag(&o, "'%s': expected a link that is not a port; %s has it", l->parent->section,
			p->master->section);
	other = claim(said, mem, l, "");
	first = alone ? claim(said, mem, l, "alone")
	              : map_get(said, mem_printf(mem, "macvlan %s alone", p->section));
	if (other && (alone || first))
		diag(&o, "'%s': expected a parent of its own, for mode passthru; %s is on it",
			l->parent->section, other);
	/* macvlan_addr_busy() */
	if (!mac || mac->invalid || alone)
		return;
	o = model_at(l, mac);
	theirs = link_value(p, "mac");
	other = claim(said, mem, l, value_text(mac, mem));
	if (theirs && key_same(mac, theirs))
		other = p->section;
	if (other)
		diag(&o, "'%s': expected another; %s has it", value_text(mac, mem), other);
}

const struct kind kind_macvlan = {
	.name = "macvlan",
	.info = "macvlan",
	.help = "a link with a MAC address of its own on top of another",
	.keys = &table,
	.type = ARPHRD_ETHER,
	.parent = NEEDS,
	.put = put,
	.check = check,
};
