/* A VLAN: frames of one tag, carried by the link underneath. */
#include <linux/if_arp.h>
#include <linux/if_ether.h>
#include <linux/if_link.h>
#include <linux/if_vlan.h>

#include "base/mem.h"
#include "kind/kind.h"
#include "key/type.h"
#include "model/link.h"

static const struct word protocols[] = {
	{ "802.1Q", ETH_P_8021Q },
	{ "802.1ad", ETH_P_8021AD },
	{ 0 },
};

/* True when all that is mapped to something is mapped so there, too. */
static bool
maps_within(const struct value *items, const struct value *others)
{
	const struct value *o;

	for (const struct value *i = items; i; i = i->next) {
		for (o = others; o && (o->num != i->num || o->to != i->to); o = o->next)
			;
		if (!o && i->to)
			return false;
	}
	return true;
}

/* What is mapped to 0 is not told: vlan_fill_info() */
static bool
same_map(const struct value *want, const struct value *have)
{
	return maps_within(want->items, have->items) && maps_within(have->items, want->items);
}

/* clang-format off */
static const struct key keys[] = {
	/* name              type        attribute              from    to  meaning */
	{ "id",              &type_u16,  IFLA_VLAN_ID,             0, 4094, "tag to use", .need = true, .change = ANEW },
	{ "protocol",        &type_be16, IFLA_VLAN_PROTOCOL,       0,    0, "kind of tag", .words = protocols, .standard = "802.1Q", .change = ANEW },
	{ "reorder-hdr",     &type_flag, IFLA_VLAN_FLAGS,          0,    1, "take the tag out of what is received", .bit = VLAN_FLAG_REORDER_HDR, .standard = "yes", .ip = "reorder_hdr" },
	{ "gvrp",            &type_flag, IFLA_VLAN_FLAGS,          0,    1, "announce it by GVRP", .bit = VLAN_FLAG_GVRP, .standard = "no" },
	{ "mvrp",            &type_flag, IFLA_VLAN_FLAGS,          0,    1, "announce it by MVRP", .bit = VLAN_FLAG_MVRP, .standard = "no" },
	{ "loose-binding",   &type_flag, IFLA_VLAN_FLAGS,          0,    1, "stay up when the parent is down", .bit = VLAN_FLAG_LOOSE_BINDING, .standard = "no", .ip = "loose_binding" },
	{ "bridge-binding",  &type_flag, IFLA_VLAN_FLAGS,          0,    1, "carrier follows the bridge ports of this VLAN", .bit = VLAN_FLAG_BRIDGE_BINDING, .standard = "no", .ip = "bridge_binding" },
	{ "ingress-qos-map", &type_list, IFLA_VLAN_INGRESS_QOS,    0,    7, "802.1p priority of a frame to its packet's priority", .of = &type_pair, .second = UINT32_MAX, .item = IFLA_VLAN_QOS_MAPPING, .many = true, .same = same_map, .ip = "ingress-qos-map" },
	{ "egress-qos-map",  &type_list, IFLA_VLAN_EGRESS_QOS,     0, UINT32_MAX, "priority of a packet to its frame's 802.1p priority", .of = &type_pair, .second = 7, .item = IFLA_VLAN_QOS_MAPPING, .many = true, .same = same_map, .ip = "egress-qos-map" },
};
/* clang-format on */

static const struct table table = { "vlan", keys, LEN(keys) };

/* No two VLANs of one link have the same tag: vlan_check_real_dev() */
static void
check(const struct link *l, struct map *said, struct mem *mem)
{
	const struct value *id = link_value(l, "id");
	const struct origin o = model_at(l, id);
	const char *tag, *other;

	kind_needs_ethernet(l);
	if (!id || id->invalid || !l->parent)
		return;
	tag = mem_printf(mem, "vlan %u %u %s",
		(unsigned)value_num(l->vals, "protocol", ETH_P_8021Q), (unsigned)id->num,
		l->parent->section);
	if ((other = map_get(said, tag)))
		diag(&o, "'%u': already the id of %s on %s", (unsigned)id->num, other,
			l->parent->section);
	map_put(said, mem, tag, mem_printf(mem, "%s", l->section));
}

const struct kind kind_vlan = {
	.name = "vlan",
	.title = "VLAN",
	.info = "vlan",
	.module = "8021q",
	.help = "frames of one tag, carried by the link underneath",
	.keys = &table,
	.type = ARPHRD_ETHER,
	.parent = NEEDS,
	.raised = true,
	.check = check,
};
