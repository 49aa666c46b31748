/* A bridge: a switch, whose ports are links. */
#include <linux/if_arp.h>
#include <linux/if_bridge.h>
#include <linux/if_ether.h>
#include <linux/if_link.h>
#include <stdint.h>
#include <string.h>

#include "kind/kind.h"
#include "key/type.h"
#include "model/link.h"

/* linux/if_link.h of 6.2 to 6.7: newer than the headers nbs builds with. */
enum {
	FDB_MAX_LEARNED = 49,
	PORT_MAB = 40,
	PORT_MCAST_MAX_GROUPS = 42,
	PORT_NEIGH_VLAN_SUPPRESS = 43,
	PORT_BACKUP_NHID = 44,
};

/* In 1/100 s; as jiffies at 1000 Hz it still fits a 32-bit kernel's long. */
enum { MAX_TIME = INT32_MAX / 10 };

/* br_multicast_set_query_intvl(): one second to one day; others are set to the nearest. */
enum { MIN_QUERY = 100, MAX_QUERY = 8640000 };

static const struct word protocols[] = {
	{ "802.1Q", ETH_P_8021Q },
	{ "802.1ad", ETH_P_8021AD },
	{ 0 },
};

/* br_stp_start() raises what is below BR_MIN_FORWARD_DELAY to it. */
static bool
same_delay(const struct value *want, const struct value *have)
{
	return want->num < 200 && have->num == 200;
}

/* A temporary router becomes a port like others when its time is over. */
static bool
same_router(const struct value *want, const struct value *have)
{
	return want->num == MDB_RTR_TYPE_TEMP && have->num == MDB_RTR_TYPE_TEMP_QUERY;
}

/* clang-format off */
static const struct key keys[] = {
	/* name                           type         attribute                            from  to       meaning */
	{ "stp",                          &type_yes32, IFLA_BR_STP_STATE,                   0, 0,          "run the spanning tree protocol", .standard = "no", .ip = "stp_state" },
	{ "priority",                     &type_u16,   IFLA_BR_PRIORITY,                    0, UINT16_MAX, "STP: the lowest becomes the root", .standard = "32768" },
	{ "forward-delay",                &type_u32,   IFLA_BR_FORWARD_DELAY,               0, 3000,       "time a port listens, and learns, before it forwards; 200 at least when stp is on", .ms = 10, .after = "stp", .slack = 1, .standard = "1500, or 0 when stp is off", .same = same_delay },
	{ "hello-time",                   &type_u32,   IFLA_BR_HELLO_TIME,                  100, 1000,     "STP: time between hellos of the root", .ms = 10, .slack = 1, .standard = "200" },
	{ "max-age",                      &type_u32,   IFLA_BR_MAX_AGE,                     600, 4000,     "STP: time without a hello until the root is lost", .ms = 10, .slack = 1, .standard = "2000" },
	{ "ageing-time",                  &type_u32,   IFLA_BR_AGEING_TIME,                 0, MAX_TIME,   "how long a learned MAC address is kept; 0 keeps none", .ms = 10, .slack = 1, .standard = "30000" },
	{ "group-address",                &type_mac,   IFLA_BR_GROUP_ADDR,                  0, 0,          "where STP packets are sent: 01:80:c2:00:00:0X, X none of 1, 2 and 3", .standard = "01:80:c2:00:00:00" },
	{ "group-fwd-mask",               &type_u16,   IFLA_BR_GROUP_FWD_MASK,              0, 0xfff8,     "bit X is set to forward frames to 01:80:c2:00:00:0X; never bits 0 to 2", .standard = "0" },
	{ "fdb-max-learned",              &type_u32,   FDB_MAX_LEARNED,                     0, UINT32_MAX, "most MAC addresses to learn; 0 is no limit", .standard = "0", .since = "6.7" },
	{ "no-linklocal-learn",           &type_flag,  IFLA_BR_MULTI_BOOLOPT,               0, 0,          "do not learn from link-local frames", .bit = 1U << BR_BOOLOPT_NO_LL_LEARN, .standard = "no" },
	{ "vlan-filtering",               &type_yes8,  IFLA_BR_VLAN_FILTERING,              0, 0,          "take frames only of the VLANs a port is in", .standard = "no" },
	{ "vlan-protocol",                &type_be16,  IFLA_BR_VLAN_PROTOCOL,               0, 0,          "kind of tag", .words = protocols, .standard = "802.1Q" },
	{ "vlan-default-pvid",            &type_u16,   IFLA_BR_VLAN_DEFAULT_PVID,           0, 4094,       "VLAN every new port is in, untagged; 0 is none", .standard = "1" },
	{ "vlan-stats-enabled",           &type_yes8,  IFLA_BR_VLAN_STATS_ENABLED,          0, 0,          "count by VLAN", .standard = "no" },
	{ "vlan-stats-per-port",          &type_yes8,  IFLA_BR_VLAN_STATS_PER_PORT,         0, 0,          "count by VLAN and port; only while no port is in a VLAN", .standard = "no", .change = NO_PORTS },
	{ "mst-enabled",                  &type_flag,  IFLA_BR_MULTI_BOOLOPT,               0, 0,          "a spanning tree for each group of VLANs; only while there is no VLAN: vlan-default-pvid 0", .bit = 1U << BR_BOOLOPT_MST_ENABLE, .standard = "no", .change = NO_PORTS, .since = "5.18" },
	{ "mcast-snooping",               &type_yes8,  IFLA_BR_MCAST_SNOOPING,              0, 0,          "send multicasts only where they are listened to", .standard = "yes" },
	{ "mcast-vlan-snooping",          &type_flag,  IFLA_BR_MULTI_BOOLOPT,               0, 0,          "the same for each VLAN; needs vlan-filtering", .bit = 1U << BR_BOOLOPT_MCAST_VLAN_SNOOPING, .standard = "no", .since = "5.15" },
	{ "mcast-router",                 &type_u8,    IFLA_BR_MCAST_ROUTER,                0, 2,          "the bridge gets all multicasts: 0 never, 1 when it hears queries, 2 always", .standard = "1" },
	{ "mcast-query-use-ifaddr",       &type_yes8,  IFLA_BR_MCAST_QUERY_USE_IFADDR,      0, 0,          "send IGMP queries from the bridge's address instead of 0.0.0.0", .standard = "no" },
	{ "mcast-querier",                &type_yes8,  IFLA_BR_MCAST_QUERIER,               0, 0,          "send IGMP and MLD queries", .standard = "no" },
	{ "mcast-querier-interval",       &type_u64,   IFLA_BR_MCAST_QUERIER_INTVL,         0, MAX_TIME,   "time without a query until another querier is lost", .ms = 10, .slack = 1, .standard = "25500" },
	{ "mcast-hash-max",               &type_u32,   IFLA_BR_MCAST_HASH_MAX,              0, UINT32_MAX, "most multicast groups to know", .standard = "4096" },
	{ "mcast-last-member-count",      &type_u32,   IFLA_BR_MCAST_LAST_MEMBER_CNT,       0, UINT32_MAX, "queries to send when a host leaves a group", .standard = "2" },
	{ "mcast-last-member-interval",   &type_u64,   IFLA_BR_MCAST_LAST_MEMBER_INTVL,     0, MAX_TIME,   "time between those queries", .ms = 10, .slack = 1, .standard = "100" },
	{ "mcast-membership-interval",    &type_u64,   IFLA_BR_MCAST_MEMBERSHIP_INTVL,      0, MAX_TIME,   "time without a report until a host has left a group", .ms = 10, .slack = 1, .standard = "26000" },
	{ "mcast-query-interval",         &type_u64,   IFLA_BR_MCAST_QUERY_INTVL,           MIN_QUERY, MAX_QUERY, "time between queries", .ms = 10, .slack = 1, .standard = "12500" },
	{ "mcast-query-response-interval", &type_u64,  IFLA_BR_MCAST_QUERY_RESPONSE_INTVL,  0, MAX_TIME,   "time hosts have to answer a query", .ms = 10, .slack = 1, .standard = "1000" },
	{ "mcast-startup-query-count",    &type_u32,   IFLA_BR_MCAST_STARTUP_QUERY_CNT,     0, UINT32_MAX, "queries to send when the bridge is new", .standard = "2" },
	{ "mcast-startup-query-interval", &type_u64,   IFLA_BR_MCAST_STARTUP_QUERY_INTVL,   MIN_QUERY, MAX_QUERY, "time between those queries", .ms = 10, .slack = 1, .standard = "3125" },
	{ "mcast-stats-enabled",          &type_yes8,  IFLA_BR_MCAST_STATS_ENABLED,         0, 0,          "count IGMP and MLD packets", .standard = "no" },
	{ "mcast-igmp-version",           &type_u8,    IFLA_BR_MCAST_IGMP_VERSION,          2, 3,          "version of IGMP", .standard = "2" },
	{ "mcast-mld-version",            &type_u8,    IFLA_BR_MCAST_MLD_VERSION,           1, 2,          "version of MLD", .standard = "1" },
	{ "nf-call-iptables",             &type_yes8,  IFLA_BR_NF_CALL_IPTABLES,            0, 0,          "IPv4 frames pass through iptables", .standard = "no" },
	{ "nf-call-ip6tables",            &type_yes8,  IFLA_BR_NF_CALL_IP6TABLES,           0, 0,          "IPv6 frames pass through ip6tables", .standard = "no" },
	{ "nf-call-arptables",            &type_yes8,  IFLA_BR_NF_CALL_ARPTABLES,           0, 0,          "ARP frames pass through arptables", .standard = "no" },
	{ "vlans",                        &type_list,  0,                                   1, 4094,       "VLANs the bridge itself is in, such as 10 20-30; all of them", .home = IN_NBS, .of = &type_range, .many = true },
	{ "pvid",                         &type_u16,   0,                                   1, 4094,       "VLAN of the untagged frames the bridge itself sends", .home = IN_NBS },
	{ "untagged",                     &type_list,  0,                                   1, 4094,       "VLANs whose frames reach the bridge itself untagged", .home = IN_NBS, .of = &type_range, .many = true },
};

static const struct key port_keys[] = {
	/* name                  type        attribute                           from  to       meaning */
	{ "state",               &type_u8,   IFLA_BRPORT_STATE,                  0, 4,          "0 disabled, 1 listening, 2 learning, 3 forwarding, 4 blocking; only when stp is off and the port has a carrier", .home = IN_PORT, .late = true },
	{ "priority",            &type_u16,  IFLA_BRPORT_PRIORITY,               0, 63,         "STP: of two ports the lower is used", .home = IN_PORT, .standard = "32" },
	{ "cost",                &type_u32,  IFLA_BRPORT_COST,                   1, UINT16_MAX, "STP: cost of the path through this port; by default that of its speed", .home = IN_PORT },
	{ "hairpin",             &type_yes8, IFLA_BRPORT_MODE,                   0, 0,          "send frames back to the port they came from", .home = IN_PORT, .standard = "no" },
	{ "guard",               &type_yes8, IFLA_BRPORT_GUARD,                  0, 0,          "disable the port when it receives STP packets", .home = IN_PORT, .standard = "no" },
	{ "root-block",          &type_yes8, IFLA_BRPORT_PROTECT,                0, 0,          "this port never leads to the root", .home = IN_PORT, .standard = "no" },
	{ "fastleave",           &type_yes8, IFLA_BRPORT_FAST_LEAVE,             0, 0,          "drop a multicast group as soon as one host leaves it", .home = IN_PORT, .standard = "no" },
	{ "learning",            &type_yes8, IFLA_BRPORT_LEARNING,               0, 0,          "learn MAC addresses", .home = IN_PORT, .standard = "yes" },
	{ "flood",               &type_yes8, IFLA_BRPORT_UNICAST_FLOOD,          0, 0,          "send it frames to unknown MAC addresses", .home = IN_PORT, .standard = "yes" },
	{ "mcast-flood",         &type_yes8, IFLA_BRPORT_MCAST_FLOOD,            0, 0,          "send it multicasts to unknown groups", .home = IN_PORT, .standard = "yes" },
	{ "bcast-flood",         &type_yes8, IFLA_BRPORT_BCAST_FLOOD,            0, 0,          "send it broadcasts", .home = IN_PORT, .standard = "yes" },
	{ "mcast-router",        &type_u8,   IFLA_BRPORT_MULTICAST_ROUTER,       0, 3,          "it gets all multicasts: 0 never, 1 when it sends queries, 2 always, 3 for a while", .home = IN_PORT, .standard = "1", .same = same_router },
	{ "mcast-to-unicast",    &type_yes8, IFLA_BRPORT_MCAST_TO_UCAST,         0, 0,          "send multicasts to each listener as a unicast", .home = IN_PORT, .standard = "no" },
	{ "mcast-max-groups",    &type_u32,  PORT_MCAST_MAX_GROUPS,              0, UINT32_MAX, "most multicast groups on this port; 0 is no limit", .home = IN_PORT, .standard = "0", .since = "6.3", .ip = "" },
	{ "mcast-eht-hosts-limit", &type_u32, IFLA_BRPORT_MCAST_EHT_HOSTS_LIMIT, 1, UINT32_MAX, "most hosts whose IGMPv3 and MLDv2 filters are followed", .home = IN_PORT, .standard = "512", .since = "5.12", .ip = "" },
	{ "proxy-arp",           &type_yes8, IFLA_BRPORT_PROXYARP,               0, 0,          "answer ARP for known neighbours instead of sending it there", .home = IN_PORT, .standard = "no" },
	{ "proxy-arp-wifi",      &type_yes8, IFLA_BRPORT_PROXYARP_WIFI,          0, 0,          "the same, as IEEE 802.11 and Hotspot 2.0 want it", .home = IN_PORT, .standard = "no" },
	{ "neigh-suppress",      &type_yes8, IFLA_BRPORT_NEIGH_SUPPRESS,         0, 0,          "do not send it ARP and neighbour discovery that the bridge can answer", .home = IN_PORT, .standard = "no" },
	{ "neigh-vlan-suppress", &type_yes8, PORT_NEIGH_VLAN_SUPPRESS,           0, 0,          "the same for each VLAN", .home = IN_PORT, .standard = "no", .since = "6.4" },
	{ "vlan-tunnel",         &type_yes8, IFLA_BRPORT_VLAN_TUNNEL,            0, 0,          "map VLANs to tunnel ids", .home = IN_PORT, .standard = "no" },
	{ "isolated",            &type_yes8, IFLA_BRPORT_ISOLATED,               0, 0,          "no frames between this port and others that are isolated", .home = IN_PORT, .standard = "no" },
	{ "locked",              &type_yes8, IFLA_BRPORT_LOCKED,                 0, 0,          "take frames only from MAC addresses known on this port", .home = IN_PORT, .standard = "no", .since = "5.18" },
	{ "mab",                 &type_yes8, PORT_MAB,                           0, 0,          "MAC authentication bypass; needs locked and learning", .home = IN_PORT, .standard = "no", .since = "6.2" },
	{ "group-fwd-mask",      &type_u16,  IFLA_BRPORT_GROUP_FWD_MASK,         0, 0xfffd,     "bit X is set to forward frames to 01:80:c2:00:00:0X; never bit 1", .home = IN_PORT, .standard = "0" },
	{ "backup-port",         &type_link, IFLA_BRPORT_BACKUP_PORT,            0, 0,          "port of the same bridge to use while this one has no carrier", .home = IN_PORT },
	{ "backup-nhid",         &type_u32,  PORT_BACKUP_NHID,                   0, UINT32_MAX, "next hop to give frames that take the backup port; 0 is none", .home = IN_PORT, .standard = "0", .since = "6.6" },
	{ "vlans",               &type_list, 0,                                  1, 4094,       "VLANs the port is in, such as 10 20-30; all of them", .home = IN_NBS, .of = &type_range, .many = true },
	{ "pvid",                &type_u16,  0,                                  1, 4094,       "VLAN of the untagged frames that come in", .home = IN_NBS },
	{ "untagged",            &type_list, 0,                                  1, 4094,       "VLANs whose frames are sent untagged", .home = IN_NBS, .of = &type_range, .many = true },
};
/* clang-format on */

static const struct table table = { "bridge", keys, LEN(keys), .digits = true };
static const struct table ports = { "bridge port", port_keys, LEN(port_keys) };

/* Without STP a port gains nothing by 15 s of listening and learning. */
static const struct preset presets[] = { { "forward-delay", "0", "stp" }, { 0 } };

/* br_add_if() */
static const char *
refuses(const struct link *l, const struct link *port)
{
	if (port->kind == l->kind)
		return "a link that is not a bridge";
	return port->kind->type == ARPHRD_ETHER ? NULL : "a link with Ethernet frames";
}

static void
check_times(const struct link *l)
{
	enum { SECOND = 100, LEAST = 2 * SECOND }; /* BR_MIN_FORWARD_DELAY */
	struct value *delay = link_value(l, "forward-delay"), *age = link_value(l, "max-age"),
		     *hello = link_value(l, "hello-time");
	const unsigned ages = age ? (unsigned)age->num : 2000;
	const unsigned delays = 2 * ((delay ? (unsigned)delay->num : 1500) - SECOND);
	const unsigned hellos = 2 * ((hello ? (unsigned)hello->num : 200) + SECOND);
	struct origin o = model_at(l, delay);

	if (!value_num(l->vals, "stp", 0))
		return;
	if (delay && delay->num < LEAST) {
		diag(&o, "'%u': expected at least 200 (2s) with stp = yes", (unsigned)delay->num);
		return;
	}
	/* the kernel leaves these two to who sets them: IEEE 802.1D-2004, 17.14 */
	o = model_at(l, delay ? delay : age);
	if (ages > delays)
		diag_note(&o, "802.1D wants max-age (%u) <= 2 * (forward-delay - 1s) (%u)", ages,
			delays);
	o = model_at(l, hello ? hello : age);
	if (ages < hellos)
		diag_note(&o, "802.1D wants max-age (%u) >= 2 * (hello-time + 1s) (%u)", ages,
			hellos);
}

static void
check(const struct link *l, struct map *said, struct mem *mem)
{
	static const uint8_t all[5] = { 0x01, 0x80, 0xc2, 0, 0 }; /* eth_reserved_addr_base */
	const struct value *group = link_value(l, "group-address"), *list = link_value(l, "ports");
	const struct origin o = model_at(l, group);

	(void)said;
	(void)mem;
	check_times(l);
	if (value_num(l->vals, "mcast-vlan-snooping", 0))
		kind_needs(l, "mcast-vlan-snooping", "vlan-filtering");
	/* set_group_address() */
	if (group && !group->invalid &&
		(memcmp(group->bytes.b, all, sizeof(all)) != 0 || group->bytes.b[5] > 15 ||
			(group->bytes.b[5] > 0 && group->bytes.b[5] < 4)))
		diag(&o, "expected 01:80:c2:00:00:0X, X none of 1, 2 and 3");
	for (const struct value *v = list ? list->items : NULL; v; v = v->next)
		if (v->link && value_num(v->link->vals, "mab", 0))
			kind_needs(v->link, "mab", "locked");
}

const struct kind kind_bridge = {
	.name = "bridge",
	.info = "bridge",
	.help = "a switch, whose ports are links",
	.keys = &table,
	.presets = presets,
	.type = ARPHRD_ETHER,
	.ports = &ports,
	.follows_ports = true,
	.has_vlans = true,
	.refuses = refuses,
	.check = check,
};
