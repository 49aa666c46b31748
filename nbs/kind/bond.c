/* A bond: several links that act as one. */
#include <linux/if_arp.h>
#include <linux/if_bonding.h>
#include <linux/if_link.h>
#include <stdint.h>

#include "kind/kind.h"
#include "key/type.h"
#include "model/link.h"

/* linux/if_link.h of 6.9, 6.17 and 6.18: newer than the headers nbs builds with. */
enum { COUPLED_CONTROL = 32, BROADCAST_NEIGH = 33, SLAVE_ACTOR_PORT_PRIO = 10 };

static const struct word modes[] = {
	{ "balance-rr", BOND_MODE_ROUNDROBIN },
	{ "active-backup", BOND_MODE_ACTIVEBACKUP },
	{ "balance-xor", BOND_MODE_XOR },
	{ "broadcast", BOND_MODE_BROADCAST },
	{ "802.3ad", BOND_MODE_8023AD },
	{ "balance-tlb", BOND_MODE_TLB },
	{ "balance-alb", BOND_MODE_ALB },
	{ 0 },
};

/* BOND_ARP_VALIDATE_NONE and those after it, include/net/bonding.h */
static const struct word validates[] = {
	{ "none", 0 },
	{ "active", 1 },
	{ "backup", 2 },
	{ "all", 3 },
	{ "filter", 4 },
	{ "filter_active", 5 },
	{ "filter_backup", 6 },
	{ 0 },
};

/* The rest of these have names in include/net/bonding.h only, too. */
static const struct word any_all[] = { { "any", 0 }, { "all", 1 }, { 0 } };
static const struct word reselects[] = { { "always", 0 }, { "better", 1 }, { "failure", 2 },
	{ 0 } };
static const struct word foms[] = { { "none", 0 }, { "active", 1 }, { "follow", 2 }, { 0 } };
static const struct word rates[] = { { "slow", 0 }, { "fast", 1 }, { 0 } };
static const struct word selects[] = { { "stable", 0 }, { "bandwidth", 1 }, { "count", 2 }, { 0 } };

static const struct word hashes[] = {
	{ "layer2", BOND_XMIT_POLICY_LAYER2 },
	{ "layer3+4", BOND_XMIT_POLICY_LAYER34 },
	{ "layer2+3", BOND_XMIT_POLICY_LAYER23 },
	{ "encap2+3", BOND_XMIT_POLICY_ENCAP23 },
	{ "encap3+4", BOND_XMIT_POLICY_ENCAP34 },
	{ "vlan+srcmac", BOND_XMIT_POLICY_VLAN_SRCMAC },
	{ 0 },
};

/* The modes that keys are for: unsuppmodes of bond_opts[], drivers/net/bonding/bond_options.c */
enum {
	RR = 1 << BOND_MODE_ROUNDROBIN,
	BACKUP = 1 << BOND_MODE_ACTIVEBACKUP,
	XOR = 1 << BOND_MODE_XOR,
	BROADCAST = 1 << BOND_MODE_BROADCAST,
	LACP = 1 << BOND_MODE_8023AD,
	LB = 1 << BOND_MODE_TLB | 1 << BOND_MODE_ALB,
	BY_ARP = RR | BACKUP | XOR | BROADCAST,
};

/*
 * Kept as a count of miimon and told as a product, so cut to a multiple.
 * What was cut is less than miimon, and that is no more than what is left.
 */
static bool
same_delay(const struct value *want, const struct value *have)
{
	return have->num <= want->num && want->num - have->num < have->num;
}

/* clang-format off */
static const struct key keys[] = {
	/* name                type          attribute                    from  to         meaning */
	{ "mode",              &type_u8,     IFLA_BOND_MODE,              0, 0,            "how frames are spread over the ports", .words = modes, .standard = "balance-rr", .change = NO_PORTS },
	{ "miimon",            &type_u32,    IFLA_BOND_MIIMON,            0, INT32_MAX,    "how often to look whether ports have a carrier; 0 is never", .ms = 1, .standard = "100, or 0 when arp-interval is set" },
	{ "updelay",           &type_u32,    IFLA_BOND_UPDELAY,           0, INT32_MAX,    "how long a carrier must last until the port is used; cut to a multiple of miimon", .ms = 1, .standard = "0", .same = same_delay },
	{ "downdelay",         &type_u32,    IFLA_BOND_DOWNDELAY,         0, INT32_MAX,    "how long a carrier must be lost until the port is not used; cut to a multiple of miimon", .ms = 1, .standard = "0", .same = same_delay },
	{ "peer-notify-delay", &type_u32,    IFLA_BOND_PEER_NOTIF_DELAY,  0, 300000,       "time between two announcements after a failover; cut to a multiple of miimon", .ms = 1, .standard = "0", .same = same_delay },
	{ "use-carrier",       &type_yes8,   IFLA_BOND_USE_CARRIER,       0, 0,            "take the driver's word for the carrier instead of asking by MII or ethtool", .standard = "yes" },
	{ "arp-interval",      &type_u32,    IFLA_BOND_ARP_INTERVAL,      0, INT32_MAX,    "how often to ask the ARP targets, instead of miimon; not for 802.3ad, balance-tlb, balance-alb", .ms = 1, .standard = "0", .modes = BY_ARP },
	{ "arp-ip-target",     &type_list,   IFLA_BOND_ARP_IP_TARGET,     0, 0,            "whom to ask by ARP whether a port works; 16 at most", .of = &type_ip4, .many = true },
	{ "ns-ip6-target",     &type_list,   IFLA_BOND_NS_IP6_TARGET,     0, 0,            "whom to ask by neighbour solicitation whether a port works; 16 at most", .of = &type_ip6, .many = true, .since = "5.18" },
	{ "arp-validate",      &type_u32,    IFLA_BOND_ARP_VALIDATE,      0, 0,            "ports whose ARP is checked to come from a target; not for 802.3ad, balance-tlb, balance-alb", .words = validates, .standard = "none", .modes = BY_ARP },
	{ "arp-all-targets",   &type_u32,    IFLA_BOND_ARP_ALL_TARGETS,   0, 0,            "how many targets must answer for a port to be up", .words = any_all, .standard = "any" },
	{ "arp-missed-max",    &type_u8,     IFLA_BOND_MISSED_MAX,        1, 255,          "ARP intervals without an answer until a port is down; not for 802.3ad, balance-tlb, balance-alb", .standard = "2", .since = "5.17", .modes = BY_ARP },
	{ "primary",           &type_link,   IFLA_BOND_PRIMARY,           0, 0,            "port to use whenever it works; for active-backup, balance-tlb, balance-alb", .late = true, .modes = BACKUP | LB },
	{ "primary-reselect",  &type_u8,     IFLA_BOND_PRIMARY_RESELECT,  0, 0,            "when the primary is used again after it has come back; for active-backup, balance-tlb, balance-alb", .words = reselects, .standard = "always", .modes = BACKUP | LB | VAIN },
	{ "active-slave",      &type_link,   IFLA_BOND_ACTIVE_SLAVE,      0, 0,            "port to use now; it must be up and have a carrier; for active-backup, balance-tlb, balance-alb", .late = true, .modes = BACKUP | LB },
	{ "fail-over-mac",     &type_u8,     IFLA_BOND_FAIL_OVER_MAC,     0, 0,            "whose MAC address the bond and its ports have; for active-backup", .words = foms, .standard = "none", .change = NO_PORTS, .modes = BACKUP | VAIN },
	{ "xmit-hash-policy",  &type_u8,     IFLA_BOND_XMIT_HASH_POLICY,  0, 0,            "what of a frame decides its port; for balance-xor, 802.3ad, balance-tlb, balance-alb", .words = hashes, .standard = "layer2", .modes = XOR | LACP | LB | VAIN },
	{ "resend-igmp",       &type_u32,    IFLA_BOND_RESEND_IGMP,       0, 255,          "IGMP reports to send after a failover", .standard = "1" },
	{ "num-grat-arp",      &type_u8,     IFLA_BOND_NUM_PEER_NOTIF,    0, 255,          "gratuitous ARPs and unsolicited neighbour advertisements to send after a failover; num-unsol-na is the same", .standard = "1", .also = "num-unsol-na" },
	{ "all-slaves-active", &type_yes8,   IFLA_BOND_ALL_SLAVES_ACTIVE, 0, 0,            "keep frames that come in on ports not in use", .standard = "no" },
	{ "min-links",         &type_u32,    IFLA_BOND_MIN_LINKS,         0, INT32_MAX,    "ports that must work for the bond to have a carrier; for 802.3ad", .standard = "0", .modes = LACP | VAIN },
	{ "lp-interval",       &type_u32,    IFLA_BOND_LP_INTERVAL,       1, INT32_MAX,    "time between packets that teach the switches; for balance-tlb, balance-alb", .ms = 1000, .standard = "1", .modes = LB | VAIN },
	{ "packets-per-slave", &type_u32,    IFLA_BOND_PACKETS_PER_SLAVE, 0, UINT16_MAX,   "packets to send over one port before the next; 0 picks ports at random; for balance-rr", .standard = "1", .modes = RR },
	{ "lacp-active",       &type_yes8,   IFLA_BOND_AD_LACP_ACTIVE,    0, 0,            "send LACP without being spoken to; for 802.3ad", .standard = "yes", .change = IN_DOWN, .since = "5.15", .modes = LACP },
	{ "lacp-rate",         &type_u8,     IFLA_BOND_AD_LACP_RATE,      0, 0,            "how often the other side shall send LACP: every 30 s or every second; for 802.3ad", .words = rates, .standard = "slow", .change = IN_DOWN, .modes = LACP },
	{ "ad-select",         &type_u8,     IFLA_BOND_AD_SELECT,         0, 0,            "when to choose among aggregators, and which; for 802.3ad", .words = selects, .standard = "stable", .change = IN_DOWN, .modes = LACP | VAIN },
	{ "ad-user-port-key",  &type_u16,    IFLA_BOND_AD_USER_PORT_KEY,  0, 1023,         "upper ten bits of the LACP port key; for 802.3ad", .standard = "0", .change = IN_DOWN, .modes = LACP },
	{ "ad-actor-sys-prio", &type_u16,    IFLA_BOND_AD_ACTOR_SYS_PRIO, 1, UINT16_MAX,   "LACP system priority; for 802.3ad", .standard = "65535", .modes = LACP },
	{ "ad-actor-system",   &type_mac,    IFLA_BOND_AD_ACTOR_SYSTEM,   0, 0,            "LACP system address; all zeros is the bond's own; for 802.3ad", .standard = "00:00:00:00:00:00", .modes = LACP, .unicast = 1 },
	{ "tlb-dynamic-lb",    &type_yes8,   IFLA_BOND_TLB_DYNAMIC_LB,    0, 0,            "move flows by load instead of by hash; for balance-tlb, balance-alb", .standard = "yes", .change = IN_DOWN, .modes = LB },
	{ "coupled-control",   &type_yes8,   COUPLED_CONTROL,             0, 0,            "collect and distribute as one LACP state; for 802.3ad", .standard = "yes", .change = IN_DOWN, .since = "6.9", .on_off = true, .modes = LACP },
	{ "broadcast-neighbor", &type_yes8,  BROADCAST_NEIGH,             0, 0,            "send ARP and neighbour discovery over all ports; for 802.3ad", .standard = "no", .since = "6.17", .on_off = true, .modes = LACP },
};

static const struct key port_keys[] = {
	{ "queue-id",        &type_u16, IFLA_BOND_SLAVE_QUEUE_ID, 0, 4096,               "transmit queue of the bond that sends over this port; 0 is none", .home = IN_PORT, .standard = "0" },
	{ "prio",            &type_s32, IFLA_BOND_SLAVE_PRIO, INT32_MIN, INT32_MAX,     "the higher, the sooner it is failed over to; for active-backup, balance-tlb, balance-alb", .home = IN_PORT, .standard = "0", .since = "6.0", .modes = BACKUP | LB },
	{ "actor-port-prio", &type_u16, SLAVE_ACTOR_PORT_PRIO,    0, UINT16_MAX,         "LACP port priority; for 802.3ad", .home = IN_PORT, .standard = "255", .since = "6.18", .modes = LACP },
};
/* clang-format on */

static const struct table table = { "bond", keys, LEN(keys), .digits = true };
static const struct table ports = { "bond port", port_keys, LEN(port_keys) };

/* Without it no port's loss of carrier would ever be seen. */
static const struct preset presets[] = { { "miimon", "100", "arp-interval" }, { 0 } };

/* BOND_DEFAULT_TX_QUEUES: bond_get_num_tx_queues() */
static const struct initial initials[] = { { "num-tx-queues", 16 }, { "num-rx-queues", 16 },
	{ 0 } };

/* bond_enslave(), bond_3ad_bind_slave() */
static const char *
refuses(const struct link *l, const struct link *port)
{
	if (port->kind->type == ARPHRD_LOOPBACK)
		return "a link that is not a loopback";
	if (port->kind->type != ARPHRD_ETHER &&
		value_num(l->vals, "mode", BOND_MODE_ROUNDROBIN) != BOND_MODE_ACTIVEBACKUP)
		return "a link with a MAC address, or mode = active-backup";
	return NULL;
}

static void
check_port(const struct link *l, const char *key)
{
	const struct value *v = link_value(l, key);
	const struct origin o = model_at(l, v);

	if (v && v->link && v->link->master != l)
		diag(&o, "'%s': expected one of ports", v->link->section);
}

static void
check(const struct link *l, struct map *said, struct mem *mem)
{
	const struct value *interval = link_value(l, "arp-interval");
	const struct origin o = model_at(l, interval);

	(void)said;
	(void)mem;
	check_port(l, "primary");
	check_port(l, "active-slave");
	/* bond_option_updelay_set() and those beside it */
	kind_needs(l, "updelay", "miimon");
	kind_needs(l, "downdelay", "miimon");
	kind_needs(l, "peer-notify-delay", "miimon");
	if (value_num(l->vals, "arp-validate", 0) && value_num(l->vals, "miimon", 0))
		kind_needs(l, "arp-validate", "arp-interval");
	if (!interval || !interval->num)
		return;
	/* bond_changelink() */
	if (value_num(l->vals, "miimon", 0))
		diag(&o, "expected without miimon");
	if (!link_value(l, "arp-ip-target") && !link_value(l, "ns-ip6-target"))
		diag_note(&o, "expected together with arp-ip-target or ns-ip6-target");
}

const struct kind kind_bond = {
	.name = "bond",
	.info = "bond",
	.module = "bonding",
	.alone = "max_bonds=0",
	.help = "several links that act as one",
	.keys = &table,
	.presets = presets,
	.initials = initials,
	.type = ARPHRD_ETHER,
	.ports = &ports,
	.leads_ports = true,
	.refuses = refuses,
	.check = check,
};
