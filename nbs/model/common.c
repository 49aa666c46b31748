/* The keys of every link, whatever its kind. */
#include <linux/if.h>
#include <linux/if_link.h>
#include <linux/ip.h>
#include <stdint.h>
#include <string.h>

#include "key/type.h"
#include "model/link.h"

/* include/linux/netdevice.h */
enum { GSO_MAX_SEGS = 65535, GSO_MAX_SIZE = 8 * GSO_MAX_SEGS };

static const struct word groups[] = { { "default", 0 }, { 0 } };

/* IF_LINK_MODE_DEFAULT, IF_LINK_MODE_DORMANT */
static const struct word link_modes[] = { { "default", 0 }, { "dormant", 1 }, { 0 } };

static const struct word addr_gen_modes[] = {
	{ "eui64", IN6_ADDR_GEN_MODE_EUI64 },
	{ "none", IN6_ADDR_GEN_MODE_NONE },
	{ "stable_secret", IN6_ADDR_GEN_MODE_STABLE_PRIVACY },
	{ "random", IN6_ADDR_GEN_MODE_RANDOM },
	{ 0 },
};

static const struct word ipv6_modes[] = { { "auto", 0 }, { "link-local", 1 }, { "no", 2 }, { 0 } };

static const struct word waits[] = {
	{ "none", 0 },
	{ "carrier", 1 },
	{ "address", 2 },
	{ "route", 3 },
	{ "lease", 4 },
	{ 0 },
};

static const struct word dhcp_modes[] = {
	{ "no", DHCP_NO },
	{ "ipv4", DHCP_IPV4 },
	{ "ipv6", DHCP_IPV6 },
	{ "yes", DHCP_YES },
	{ 0 },
};

static const struct word uses[] = {
	{ "routes", USE_ROUTES },
	{ "dns", USE_DNS },
	{ "mtu", USE_MTU },
	{ "hostname", USE_HOSTNAME },
	{ "ntp", USE_NTP },
	{ "search", USE_SEARCH },
	{ 0 },
};

static const struct word lifetimes[] = { { "lease", 0 }, { "forever", 1 }, { 0 } };

static const struct word fallbacks[] = { { "none", 0 }, { "link-local", 1 }, { 0 } };

/* inet6_set_iftoken() takes the lower half and leaves the upper one as it is. */
static bool
same_token(const struct value *want, const struct value *have)
{
	return !memcmp(want->ip.b + 8, have->ip.b + 8, 8);
}

/*
 * What holds when an IPv4 or IPv6 setting is not set is what conf/default
 * says, so these have no standard.
 */
/* clang-format off */
static const struct key keys[] = {
	/* name          type        attribute           from to          meaning */
	{ "up",          &type_flag, 0,                  0,   0,          "raise it", .home = IN_FLAGS, .bit = IFF_UP, .standard = "yes" },
	{ "mac",         &type_mac,  IFLA_ADDRESS,       0,   0,          "its MAC address", .home = IN_LINK, .ip = "address", .unicast = 1 },
	{ "broadcast-mac", &type_mac, IFLA_BROADCAST,    0,   0,          "the MAC address that means everybody", .home = IN_LINK, .ip = "broadcast" },
	{ "mtu",         &type_u32,  IFLA_MTU,           68,  65536,      "largest packet, in bytes", .home = IN_LINK },
	{ "txqueuelen",  &type_u32,  IFLA_TXQLEN,        0,   INT32_MAX,  "most packets that wait to be sent", .home = IN_LINK },
	{ "link-group",  &type_u32,  IFLA_GROUP,         0,   INT32_MAX,  "group of links it belongs to", .home = IN_LINK, .words = groups, .standard = "default", .ip = "group" },
	{ "alias",       &type_text, IFLA_IFALIAS,       0,   254,        "text about it, for people", .home = IN_LINK, .late = true },
	{ "link-mode",   &type_u8,   IFLA_LINKMODE,      0,   0,          "dormant: not running until a program says so", .home = IN_LINK, .words = link_modes, .standard = "default", .ip = "mode" },
	{ "carrier",     &type_yes8, IFLA_CARRIER,       0,   0,          "pretend there is a carrier, or none; for dummy, tun and tap", .home = IN_LINK, .late = true },
	{ "protodown",   &type_yes8, IFLA_PROTO_DOWN,    0,   0,          "keep its carrier down, as protocols such as MLAG do; for macvlan and some NICs", .home = IN_LINK, .late = true, .standard = "no" },
	{ "gso-max-size", &type_u32, IFLA_GSO_MAX_SIZE,  512, GSO_MAX_SIZE, "largest packet the stack hands it to cut up; at most what the device can", .home = IN_LINK },
	{ "gso-max-segs", &type_u32, IFLA_GSO_MAX_SEGS,  1,   GSO_MAX_SEGS, "most pieces of such a packet; at most what the device can", .home = IN_LINK },
	{ "gro-max-size", &type_u32, IFLA_GRO_MAX_SIZE,  0,   GSO_MAX_SIZE, "largest packet to join received ones to", .home = IN_LINK, .since = "5.19" },
	{ "num-tx-queues", &type_u32, IFLA_NUM_TX_QUEUES, 1,  4096,       "transmit queues", .home = IN_LINK, .change = ANEW, .ip = "numtxqueues" },
	{ "num-rx-queues", &type_u32, IFLA_NUM_RX_QUEUES, 1,  4096,       "receive queues", .home = IN_LINK, .change = ANEW, .ip = "numrxqueues" },

	{ "arp",         &type_flag, 0,                  0,   0,          "use ARP and neighbour discovery", .home = IN_FLAGS, .bit = IFF_NOARP, .invert = true },
	{ "multicast",   &type_flag, 0,                  0,   0,          "it can do multicast", .home = IN_FLAGS, .bit = IFF_MULTICAST },
	{ "allmulticast", &type_flag, 0,                 0,   0,          "receive all multicasts", .home = IN_FLAGS, .bit = IFF_ALLMULTI, .standard = "no" },
	{ "promiscuous", &type_flag, 0,                  0,   0,          "receive all frames", .home = IN_FLAGS, .bit = IFF_PROMISC, .standard = "no", .ip = "promisc" },
	{ "dynamic",     &type_flag, 0,                  0,   0,          "its addresses are lost when it goes down; a note only", .home = IN_FLAGS, .bit = IFF_DYNAMIC, .standard = "no" },
	{ "trailers",    &type_flag, 0,                  0,   0,          "may use trailers; a note only", .home = IN_FLAGS, .bit = IFF_NOTRAILERS, .invert = true, .standard = "yes" },

	{ "forwarding",            &type_yes32, IPV4_DEVCONF_FORWARDING,            0, 0, "forward IPv4 packets that come in here", .home = IN_INET, .late = true, .path = "net/ipv4/conf/%/forwarding" },
	{ "bc-forwarding",         &type_yes32, IPV4_DEVCONF_BC_FORWARDING,         0, 0, "forward directed broadcasts", .home = IN_INET, .late = true, .path = "net/ipv4/conf/%/bc_forwarding" },
	{ "proxy-arp",             &type_yes32, IPV4_DEVCONF_PROXY_ARP,             0, 0, "answer ARP for what is routed elsewhere", .home = IN_INET, .late = true, .path = "net/ipv4/conf/%/proxy_arp" },
	{ "proxy-arp-pvlan",       &type_yes32, IPV4_DEVCONF_PROXY_ARP_PVLAN,       0, 0, "answer ARP for what is routed back here", .home = IN_INET, .late = true, .path = "net/ipv4/conf/%/proxy_arp_pvlan" },
	{ "rp-filter",             &type_u32,   IPV4_DEVCONF_RP_FILTER,             0, 2, "check the way back to a source: 0 not, 1 it is this link, 2 there is one", .home = IN_INET, .late = true, .path = "net/ipv4/conf/%/rp_filter" },
	{ "arp-ignore",            &type_u32,   IPV4_DEVCONF_ARP_IGNORE,            0, 8, "answer ARP for: 0 any local address, 1 this link's, 2 asked from its subnet, 3 no host scope, 8 none", .home = IN_INET, .late = true, .path = "net/ipv4/conf/%/arp_ignore" },
	{ "arp-announce",          &type_u32,   IPV4_DEVCONF_ARP_ANNOUNCE,          0, 2, "ask ARP from: 0 any local address, 1 rather one of the subnet, 2 the best one", .home = IN_INET, .late = true, .path = "net/ipv4/conf/%/arp_announce" },
	{ "arp-filter",            &type_yes32, IPV4_DEVCONF_ARPFILTER,             0, 0, "answer ARP only where the answer would be routed", .home = IN_INET, .late = true, .path = "net/ipv4/conf/%/arp_filter" },
	{ "arp-accept",            &type_u32,   IPV4_DEVCONF_ARP_ACCEPT,            0, 2, "learn from gratuitous ARP: 0 not, 1 all, 2 of the link's subnets", .home = IN_INET, .late = true, .path = "net/ipv4/conf/%/arp_accept" },
	{ "arp-notify",            &type_yes32, IPV4_DEVCONF_ARP_NOTIFY,            0, 0, "send gratuitous ARP when it goes up or its MAC changes", .home = IN_INET, .late = true, .path = "net/ipv4/conf/%/arp_notify" },
	{ "arp-evict-nocarrier",   &type_yes32, IPV4_DEVCONF_ARP_EVICT_NOCARRIER,   0, 0, "forget neighbours when the carrier is lost", .home = IN_INET, .late = true, .since = "5.16", .path = "net/ipv4/conf/%/arp_evict_nocarrier" },
	{ "drop-gratuitous-arp",   &type_yes32, IPV4_DEVCONF_DROP_GRATUITOUS_ARP,   0, 0, "drop gratuitous ARP", .home = IN_INET, .late = true, .path = "net/ipv4/conf/%/drop_gratuitous_arp" },
	{ "drop-unicast-in-l2-multicast", &type_yes32, IPV4_DEVCONF_DROP_UNICAST_IN_L2_MULTICAST, 0, 0, "drop IPv4 unicasts in multicast frames", .home = IN_INET, .late = true, .path = "net/ipv4/conf/%/drop_unicast_in_l2_multicast" },
	{ "accept-local",          &type_yes32, IPV4_DEVCONF_ACCEPT_LOCAL,          0, 0, "accept packets from own addresses", .home = IN_INET, .late = true, .path = "net/ipv4/conf/%/accept_local" },
	{ "accept-redirects",      &type_yes32, IPV4_DEVCONF_ACCEPT_REDIRECTS,      0, 0, "follow ICMP redirects", .home = IN_INET, .late = true, .path = "net/ipv4/conf/%/accept_redirects" },
	{ "secure-redirects",      &type_yes32, IPV4_DEVCONF_SECURE_REDIRECTS,      0, 0, "follow ICMP redirects to known gateways only", .home = IN_INET, .late = true, .path = "net/ipv4/conf/%/secure_redirects" },
	{ "send-redirects",        &type_yes32, IPV4_DEVCONF_SEND_REDIRECTS,        0, 0, "send ICMP redirects, as a router", .home = IN_INET, .late = true, .path = "net/ipv4/conf/%/send_redirects" },
	{ "shared-media",          &type_yes32, IPV4_DEVCONF_SHARED_MEDIA,          0, 0, "several subnets share the medium: overrides secure-redirects", .home = IN_INET, .late = true, .path = "net/ipv4/conf/%/shared_media" },
	{ "accept-source-route",   &type_yes32, IPV4_DEVCONF_ACCEPT_SOURCE_ROUTE,   0, 0, "accept packets with a strict source route", .home = IN_INET, .late = true, .path = "net/ipv4/conf/%/accept_source_route" },
	{ "bootp-relay",           &type_yes32, IPV4_DEVCONF_BOOTP_RELAY,           0, 0, "accept packets from 0.b.c.d; kernels do nothing with it yet", .home = IN_INET, .late = true, .path = "net/ipv4/conf/%/bootp_relay" },
	{ "log-martians",          &type_yes32, IPV4_DEVCONF_LOG_MARTIANS,          0, 0, "log packets with impossible addresses", .home = IN_INET, .late = true, .path = "net/ipv4/conf/%/log_martians" },
	{ "medium-id",             &type_s32,   IPV4_DEVCONF_MEDIUM_ID,             -1, INT32_MAX, "medium it is on, for proxy-arp; 0 its own, -1 unknown", .home = IN_INET, .late = true, .path = "net/ipv4/conf/%/medium_id" },
	{ "tag",                   &type_s32,   IPV4_DEVCONF_TAG,                   INT32_MIN, INT32_MAX, "a number for any use", .home = IN_INET, .late = true, .path = "net/ipv4/conf/%/tag" },
	{ "src-valid-mark",        &type_yes32, IPV4_DEVCONF_SRC_VMARK,             0, 0, "heed the packet's mark when checking the way back", .home = IN_INET, .late = true, .path = "net/ipv4/conf/%/src_valid_mark" },
	{ "route-localnet",        &type_yes32, IPV4_DEVCONF_ROUTE_LOCALNET,        0, 0, "route 127.0.0.0/8 as any other network", .home = IN_INET, .late = true, .path = "net/ipv4/conf/%/route_localnet" },
	{ "promote-secondaries",   &type_yes32, IPV4_DEVCONF_PROMOTE_SECONDARIES,   0, 0, "a secondary address takes the place of its primary when that goes", .home = IN_INET, .late = true, .path = "net/ipv4/conf/%/promote_secondaries" },
	{ "ignore-routes-with-linkdown", &type_yes32, IPV4_DEVCONF_IGNORE_ROUTES_WITH_LINKDOWN, 0, 0, "pass over IPv4 routes without carrier", .home = IN_INET, .late = true, .path = "net/ipv4/conf/%/ignore_routes_with_linkdown" },
	{ "disable-policy",        &type_yes32, IPV4_DEVCONF_NOPOLICY,              0, 0, "no IPsec policy for what comes in here", .home = IN_INET, .late = true, .path = "net/ipv4/conf/%/disable_policy" },
	{ "disable-xfrm",          &type_yes32, IPV4_DEVCONF_NOXFRM,                0, 0, "no IPsec for what goes out here", .home = IN_INET, .late = true, .path = "net/ipv4/conf/%/disable_xfrm" },
	{ "force-igmp-version",    &type_u32,   IPV4_DEVCONF_FORCE_IGMP_VERSION,    0, 3, "version of IGMP to speak; 0 as the querier does", .home = IN_INET, .late = true, .path = "net/ipv4/conf/%/force_igmp_version" },
	{ "igmpv2-unsolicited-report-interval", &type_u32, IPV4_DEVCONF_IGMPV2_UNSOLICITED_REPORT_INTERVAL, 0, INT32_MAX, "time between IGMPv2 reports nobody asked for", .home = IN_INET, .late = true, .ms = 1, .path = "net/ipv4/conf/%/igmpv2_unsolicited_report_interval" },
	{ "igmpv3-unsolicited-report-interval", &type_u32, IPV4_DEVCONF_IGMPV3_UNSOLICITED_REPORT_INTERVAL, 0, INT32_MAX, "time between IGMPv3 reports nobody asked for", .home = IN_INET, .late = true, .ms = 1, .path = "net/ipv4/conf/%/igmpv3_unsolicited_report_interval" },

	{ "addr-gen-mode",         &type_u8,    IFLA_INET6_ADDR_GEN_MODE, 0, 0, "how it makes its own IPv6 addresses; stable_secret needs stable-secret", .home = IN_INET6, .words = addr_gen_modes, .late = true, .ip = "addrgenmode" },
	{ "token",                 &type_ip6,   IFLA_INET6_TOKEN,         0, 0, "lower half of the addresses it makes from a router's prefixes, such as ::1", .home = IN_INET6, .late = true, .standard = "::", .same = same_token },

	{ "ipv6-forwarding",       &type_yes32, 0, 0,  0,          "forward IPv6 packets that come in here, and be a router to neighbours", .home = IN_SYSCTL, .path = "net/ipv6/conf/%/forwarding" },
	{ "proxy-ndp",             &type_yes32, 0, 0,  0,          "answer neighbour discovery for proxy neighbours", .home = IN_SYSCTL, .path = "net/ipv6/conf/%/proxy_ndp" },
	{ "accept-ra",             &type_u32,   0, 0,  2,          "heed router advertisements: 0 not, 1 unless forwarding, 2 always", .home = IN_SYSCTL, .path = "net/ipv6/conf/%/accept_ra" },
	{ "accept-ra-defrtr",      &type_yes32, 0, 0,  0,          "learn the default router from them", .home = IN_SYSCTL, .path = "net/ipv6/conf/%/accept_ra_defrtr" },
	{ "accept-ra-from-local",  &type_yes32, 0, 0,  0,          "heed those from own addresses", .home = IN_SYSCTL, .path = "net/ipv6/conf/%/accept_ra_from_local" },
	{ "accept-ra-min-hop-limit", &type_u32, 0, 0,  255,        "least hop limit to take from them", .home = IN_SYSCTL, .path = "net/ipv6/conf/%/accept_ra_min_hop_limit" },
	{ "accept-ra-min-lft",     &type_u32,   0, 0,  UINT16_MAX, "least life time to take from them", .home = IN_SYSCTL, .ms = 1000, .since = "6.6", .path = "net/ipv6/conf/%/accept_ra_min_lft" },
	{ "accept-ra-mtu",         &type_yes32, 0, 0,  0,          "learn the MTU from them", .home = IN_SYSCTL, .path = "net/ipv6/conf/%/accept_ra_mtu" },
	{ "accept-ra-pinfo",       &type_yes32, 0, 0,  0,          "learn prefixes from them", .home = IN_SYSCTL, .path = "net/ipv6/conf/%/accept_ra_pinfo" },
	{ "accept-ra-rt-info-min-plen", &type_u32, 0, 0, 128,      "shortest prefix of a route to take from them", .home = IN_SYSCTL, .path = "net/ipv6/conf/%/accept_ra_rt_info_min_plen" },
	{ "accept-ra-rt-info-max-plen", &type_u32, 0, 0, 128,      "longest prefix of a route to take from them", .home = IN_SYSCTL, .path = "net/ipv6/conf/%/accept_ra_rt_info_max_plen" },
	{ "accept-ra-rtr-pref",    &type_yes32, 0, 0,  0,          "heed the routers' preference", .home = IN_SYSCTL, .path = "net/ipv6/conf/%/accept_ra_rtr_pref" },
	{ "ra-defrtr-metric",      &type_u32,   0, 1,  UINT32_MAX, "metric of the default route they bring", .home = IN_SYSCTL, .since = "5.12", .path = "net/ipv6/conf/%/ra_defrtr_metric" },
	{ "router-probe-interval", &type_u32,   0, 0,  INT32_MAX / 1000, "time between probes of a router", .home = IN_SYSCTL, .ms = 1000, .path = "net/ipv6/conf/%/router_probe_interval" },
	{ "router-solicitations",  &type_s32,   0, -1, INT32_MAX,  "times to ask for a router; -1 until there is one", .home = IN_SYSCTL, .path = "net/ipv6/conf/%/router_solicitations" },
	{ "router-solicitation-delay", &type_u32, 0, 0, INT32_MAX / 1000, "time until it asks first", .home = IN_SYSCTL, .ms = 1000, .path = "net/ipv6/conf/%/router_solicitation_delay" },
	{ "router-solicitation-interval", &type_u32, 0, 0, INT32_MAX / 1000, "time until it asks again", .home = IN_SYSCTL, .ms = 1000, .path = "net/ipv6/conf/%/router_solicitation_interval" },
	{ "router-solicitation-max-interval", &type_u32, 0, 0, INT32_MAX / 1000, "time until it asks again, at most", .home = IN_SYSCTL, .ms = 1000, .path = "net/ipv6/conf/%/router_solicitation_max_interval" },
	{ "autoconf",              &type_yes32, 0, 0,  0,          "make addresses from prefixes learned", .home = IN_SYSCTL, .path = "net/ipv6/conf/%/autoconf" },
	{ "stable-secret",         &type_ip6,   0, 0,  0,          "secret that addr-gen-mode stable_secret uses, written as an address", .home = IN_SYSCTL, .secret = true, .path = "net/ipv6/conf/%/stable_secret" },
	{ "use-tempaddr",          &type_s32,   0, -1, 2,          "temporary addresses: 0 and -1 none, 1 make them, 2 prefer them", .home = IN_SYSCTL, .path = "net/ipv6/conf/%/use_tempaddr" },
	{ "temp-valid-lft",        &type_u32,   0, 0,  INT32_MAX,  "how long they are valid", .home = IN_SYSCTL, .ms = 1000, .path = "net/ipv6/conf/%/temp_valid_lft" },
	{ "temp-prefered-lft",     &type_u32,   0, 0,  INT32_MAX,  "how long they are preferred", .home = IN_SYSCTL, .ms = 1000, .path = "net/ipv6/conf/%/temp_prefered_lft" },
	{ "regen-max-retry",       &type_u32,   0, 0,  INT32_MAX,  "attempts to make one", .home = IN_SYSCTL, .path = "net/ipv6/conf/%/regen_max_retry" },
	{ "max-desync-factor",     &type_u32,   0, 0,  INT32_MAX,  "random time their life is cut by, at most", .home = IN_SYSCTL, .ms = 1000, .path = "net/ipv6/conf/%/max_desync_factor" },
	{ "max-addresses",         &type_u32,   0, 0,  INT32_MAX,  "most addresses to make; 0 is no limit", .home = IN_SYSCTL, .path = "net/ipv6/conf/%/max_addresses" },
	{ "keep-addr-on-down",     &type_s32,   0, -1, 1,          "keep static IPv6 addresses when it goes down: 1 yes, 0 as conf/all says, -1 no", .home = IN_SYSCTL, .path = "net/ipv6/conf/%/keep_addr_on_down" },
	{ "use-oif-addrs-only",    &type_yes32, 0, 0,  0,          "choose source addresses of this link only", .home = IN_SYSCTL, .path = "net/ipv6/conf/%/use_oif_addrs_only" },
	{ "accept-dad",            &type_u32,   0, 0,  2,          "duplicate address detection: 0 none, 1 heed it, 2 and disable IPv6 on a duplicate of the MAC's", .home = IN_SYSCTL, .path = "net/ipv6/conf/%/accept_dad" },
	{ "dad-transmits",         &type_u32,   0, 0,  INT32_MAX,  "probes to send for it", .home = IN_SYSCTL, .path = "net/ipv6/conf/%/dad_transmits" },
	{ "enhanced-dad",          &type_yes32, 0, 0,  0,          "tell own looped probes from others'", .home = IN_SYSCTL, .path = "net/ipv6/conf/%/enhanced_dad" },
	{ "optimistic-dad",        &type_yes32, 0, 0,  0,          "use addresses before it ends; not in every kernel", .home = IN_SYSCTL, .path = "net/ipv6/conf/%/optimistic_dad" },
	{ "use-optimistic",        &type_yes32, 0, 0,  0,          "and choose them as source; not in every kernel", .home = IN_SYSCTL, .path = "net/ipv6/conf/%/use_optimistic" },
	{ "ndisc-notify",          &type_yes32, 0, 0,  0,          "send neighbour advertisements when it goes up or its MAC changes", .home = IN_SYSCTL, .path = "net/ipv6/conf/%/ndisc_notify" },
	{ "ndisc-tclass",          &type_u32,   0, 0,  255,        "traffic class of neighbour discovery", .home = IN_SYSCTL, .path = "net/ipv6/conf/%/ndisc_tclass" },
	{ "ndisc-evict-nocarrier", &type_yes32, 0, 0,  0,          "forget IPv6 neighbours when the carrier is lost", .home = IN_SYSCTL, .since = "5.16", .path = "net/ipv6/conf/%/ndisc_evict_nocarrier" },
	{ "accept-untracked-na",   &type_u32,   0, 0,  2,          "learn from advertisements nobody asked for: 0 not, 1 all, 2 of the link's subnets", .home = IN_SYSCTL, .since = "5.19", .path = "net/ipv6/conf/%/accept_untracked_na" },
	{ "drop-unsolicited-na",   &type_yes32, 0, 0,  0,          "drop advertisements nobody asked for", .home = IN_SYSCTL, .path = "net/ipv6/conf/%/drop_unsolicited_na" },
	{ "force-tllao",           &type_yes32, 0, 0,  0,          "name the MAC address in every neighbour advertisement", .home = IN_SYSCTL, .path = "net/ipv6/conf/%/force_tllao" },
	{ "suppress-frag-ndisc",   &type_yes32, 0, 0,  0,          "drop neighbour discovery in fragments", .home = IN_SYSCTL, .path = "net/ipv6/conf/%/suppress_frag_ndisc" },
	{ "ipv6-accept-redirects", &type_yes32, 0, 0,  0,          "follow ICMPv6 redirects", .home = IN_SYSCTL, .path = "net/ipv6/conf/%/accept_redirects" },
	{ "ipv6-accept-source-route", &type_s32, 0, -1, 0,         "routing headers: 0 accept type 2, -1 none", .home = IN_SYSCTL, .path = "net/ipv6/conf/%/accept_source_route" },
	{ "ipv6-drop-unicast-in-l2-multicast", &type_yes32, 0, 0, 0, "drop IPv6 unicasts in multicast frames", .home = IN_SYSCTL, .path = "net/ipv6/conf/%/drop_unicast_in_l2_multicast" },
	{ "ipv6-ignore-routes-with-linkdown", &type_yes32, 0, 0, 0, "pass over IPv6 routes without carrier", .home = IN_SYSCTL, .path = "net/ipv6/conf/%/ignore_routes_with_linkdown" },
	{ "ipv6-disable-policy",   &type_yes32, 0, 0,  0,          "no IPsec policy for IPv6 that comes in here", .home = IN_SYSCTL, .path = "net/ipv6/conf/%/disable_policy" },
	{ "ipv6-mtu",              &type_u32,   0, 1280, 65536,    "MTU for IPv6; at most that of the link, and set to it when that changes", .home = IN_SYSCTL, .late = true, .path = "net/ipv6/conf/%/mtu" },
	{ "hop-limit",             &type_u32,   0, 1,  255,        "hop limit of IPv6 packets; a router may change it", .home = IN_SYSCTL, .path = "net/ipv6/conf/%/hop_limit" },
	{ "force-mld-version",     &type_u32,   0, 0,  2,          "version of MLD to speak; 0 as the querier does", .home = IN_SYSCTL, .path = "net/ipv6/conf/%/force_mld_version" },
	{ "mldv1-unsolicited-report-interval", &type_u32, 0, 0, INT32_MAX / 10, "time between MLDv1 reports nobody asked for", .home = IN_SYSCTL, .ms = 1, .slack = 10, .path = "net/ipv6/conf/%/mldv1_unsolicited_report_interval" },
	{ "mldv2-unsolicited-report-interval", &type_u32, 0, 0, INT32_MAX / 10, "time between MLDv2 reports nobody asked for", .home = IN_SYSCTL, .ms = 1, .slack = 10, .path = "net/ipv6/conf/%/mldv2_unsolicited_report_interval" },
	{ "seg6-enabled",          &type_yes32, 0, 0,  0,          "accept segment routing headers", .home = IN_SYSCTL, .path = "net/ipv6/conf/%/seg6_enabled" },
	{ "seg6-require-hmac",     &type_s32,   0, -1, 1,          "their HMAC: -1 ignored, 0 checked where there is one, 1 demanded; not in every kernel", .home = IN_SYSCTL, .path = "net/ipv6/conf/%/seg6_require_hmac" },
	{ "rpl-seg-enabled",       &type_yes32, 0, 0,  0,          "accept RPL source routing headers", .home = IN_SYSCTL, .path = "net/ipv6/conf/%/rpl_seg_enabled" },
	{ "ioam6-enabled",         &type_yes32, 0, 0,  0,          "accept IOAM options", .home = IN_SYSCTL, .since = "5.15", .path = "net/ipv6/conf/%/ioam6_enabled" },
	{ "ioam6-id",              &type_u32,   0, 0,  UINT16_MAX, "its IOAM id; 65535 is none", .home = IN_SYSCTL, .since = "5.15", .path = "net/ipv6/conf/%/ioam6_id" },
	{ "ioam6-id-wide",         &type_u32,   0, 0,  UINT32_MAX, "its wide IOAM id; 4294967295 is none", .home = IN_SYSCTL, .since = "5.15", .path = "net/ipv6/conf/%/ioam6_id_wide" },

	{ "parent",      &type_link, 0, 0, 0, "link it stands on", .home = IN_NBS },
	{ "ports",       &type_list, 0, 0, 0, "links that are its ports; others stay", .home = IN_NBS, .of = &type_link, .many = true },
	{ "peer",        &type_link, 0, 0, 0, "its far end", .home = IN_NBS },
	{ "dhcp",        &type_u8,   0, 0, 0, "ask a DHCP server for an address and what goes with it", .home = IN_NBS, .words = dhcp_modes, .standard = "no" },
	{ "dhcp-use",    &type_list, 0, 0, 0, "what of a lease is asked for and obeyed; hostname by itself only where none is set", .home = IN_NBS, .of = &type_u8, .words = uses, .many = true, .standard = "routes dns mtu hostname ntp search" },
	{ "dhcp-metric", &type_u32,  0, 1, UINT32_MAX, "metric of its routes", .home = IN_NBS, .standard = "1000, and 10 more for each link before it" },
	{ "dhcp-lifetime", &type_u8, 0, 0, 0, "forever: the address stays when nobody renews the lease, for a root on the network", .home = IN_NBS, .words = lifetimes, .standard = "lease" },
	{ "dhcp-server", &type_list, 0, 0, 0, "servers to prefer; with ! before it, to refuse", .home = IN_NBS, .of = &type_server, .many = true },
	{ "dhcp-client-id", &type_client_id, 0, 0, 0, "who it says it is", .home = IN_NBS, .standard = "mac" },
	{ "dhcp-hostname", &type_text, 0, 0, 128, "name to tell the server; with a dot as option 81, else as option 12; an empty one tells none", .home = IN_NBS, .standard = "that of the host, if it has one" },
	{ "dhcp-class",  &type_text, 0, 0, 128, "vendor class to tell (option 60)", .home = IN_NBS, .standard = "none" },
	{ "dhcp-user-class", &type_text, 0, 0, 128, "user class to tell (option 77)", .home = IN_NBS, .standard = "none" },
	{ "dhcp-rapid-commit", &type_yes8, 0, 0, 0, "take a lease in one round trip where the server can (RFC 4039)", .home = IN_NBS, .standard = "yes" },
	{ "dhcp-broadcast", &type_yes8, 0, 0, 0, "have the server answer by broadcast", .home = IN_NBS, .standard = "no, but yes on InfiniBand and ipvlan" },
	{ "dhcp-fallback", &type_u8, 0, 0, 0, "link-local: take an address of 169.254.0.0/16 while no server answers (RFC 3927)", .home = IN_NBS, .words = fallbacks, .standard = "none" },
	{ "boot-server", &type_ip,   0, 0, 0, "server to boot from, for scripts that look for ROOTSERVER; before what a lease says", .home = IN_NBS },
	{ "ipv6",        &type_u8,   0, 0, 0, "auto: what routers say; link-local: only that; no: none at all", .home = IN_NBS, .words = ipv6_modes, .standard = "auto" },
	{ "required",    &type_yes8, 0, 0, 0, "boot waits for it; for a WLAN or WWAN only if this says so", .home = IN_NBS, .standard = "yes" },
	{ "wait",        &type_list, 0, 0, 0, "what ready means; by default what is asked of it", .home = IN_NBS, .of = &type_u8, .words = waits, .many = true },
	{ "made",        &type_yes8, 0, 0, 0, "nbs made the link; only in its own state", .home = IN_NBS, .standard = "no" },
};
/* clang-format on */

const struct table common_keys = { "link", keys, LEN(keys) };
