#include "diff/rules.h"

#include "base/text.h"

/* clang-format off */
const struct rule rules[] = {
	/* Namespaces and links. */
	{ "a namespace is there before anything is done in it",
	  { MAKES_NETNS }, BY_NETNS, { ANYTHING }, BY_NETNS },
	{ "a namespace goes last: what is to stay has been moved out of it",
	  { ANYTHING }, BY_NETNS, { DELETES_NETNS }, BY_NETNS },
	{ "a link is there before anything is done to it, and before it is named: as a parent, a master, a next hop or by a key",
	  { MAKES_LINK, MOVES_LINK }, BY_LINK, { ANYTHING }, BY_USED },
	{ "links that are deleted at once are in one group first",
	  { MARKS_LINK }, BY_NETNS, { DELETES_LINK }, BY_NETNS },
	{ "a name is free before it is taken",
	  { DELETES_LINK }, BY_NETNS, { MAKES_LINK, MOVES_LINK, RENAMES_LINK }, BY_NETNS },
	{ "names that go round do so by one that nobody has: in the turn that was planned",
	  { RENAMES_LINK, MOVES_LINK }, BY_NETNS },
	{ "what has a name gives it up before a new link takes it, and a sysctl's path holds the new name",
	  { RENAMES_LINK, MOVES_LINK }, BY_NETNS,
	  { MAKES_LINK, WRITES_EARLY, WRITES_LATE, WRITES_SYSCTL }, BY_NETNS },
	{ "a sysctl is there once its link is",
	  { MAKES_LINK }, BY_NETNS, { WRITES_SYSCTL }, BY_NETNS },

	/* Up and down. */
	{ "what needs the link down waits for that: IFF_UP in bond_enslave(), dev_change_name()",
	  { LOWERS }, BY_LINK, { NEEDS_DOWN, NEEDS_NO_PORTS, RENAMES_LINK, JOINS_LEADER }, BY_LINK },
	{ "and is done before it is up again",
	  { LOWERS, NEEDS_DOWN, NEEDS_NO_PORTS, RENAMES_LINK }, BY_LINK, { RAISES }, BY_LINK },
	{ "a bond raises what it takes in, so that is done before, too",
	  { NEEDS_DOWN, RENAMES_LINK }, BY_LINK, { JOINS_LEADER }, BY_LINK },
	{ "and a VLAN refuses that while its parent is down: vlan_dev_open()",
	  { RAISES }, BY_LINK, { JOINS_LEADER }, BY_PARENT },
	{ "a parent that is raised raises its VLANs; what has to be down is lowered after that",
	  { RAISES }, BY_LINK, { LOWERS }, BY_PARENT },

	/* Masters and ports. */
	{ "a port leaves one master before it joins another",
	  { LEAVES }, BY_LINK, { JOINS, JOINS_LEADER }, BY_LINK },
	{ "old ports leave before new ones join: the first of a bond gives it its MAC address",
	  { LEAVES }, BY_MASTER, { JOINS, JOINS_LEADER }, BY_MASTER },
	{ "what cannot change with ports waits until they have left: bond_opt_check_deps()",
	  { LEAVES }, BY_MASTER, { NEEDS_NO_PORTS }, BY_LINK },
	{ "what a master gives to its ports is set before they join: VLANs, an MTU, a mode",
	  { SETS_LINK }, BY_LINK, { JOINS, JOINS_LEADER, SETS_VLANS }, BY_MASTER },
	{ "a bridge's VLANs follow its own settings: vlan-default-pvid",
	  { SETS_LINK }, BY_LINK, { SETS_VLANS }, BY_LINK },
	{ "what only a port has is set once it is one",
	  { JOINS, JOINS_LEADER }, BY_LINK, { SETS_PORT, SETS_VLANS, ADDS_FDB }, BY_LINK },
	{ "a link that has to be a port to be named is one first: bond_option_active_slave_set(), nbp_backup_change()",
	  { JOINS, JOINS_LEADER }, BY_LINK, { SETS_NAMED }, BY_NAMED },

	{ "an entry of a VLAN needs the VLAN on its port: br_fdb_add()",
	  { SETS_VLANS }, BY_LINK, { ADDS_FDB }, BY_LINK },
	{ "ports join in the order of their list: a bond has the MAC address of its first",
	  { JOINS, JOINS_LEADER }, BY_MASTER },

	/* Addresses and routes. */
	{ "what is in the way goes first; an address takes others of its network along: __inet_del_ifa()",
	  { DELETES_ENTRY }, BY_NETNS,
	  { ADDS_ADDRESS, ADDS_PASSING_ADDRESS, ADDS_NEAR_ROUTE, ADDS_FAR_ROUTE, ADDS_RULE,
	    ADDS_NEIGHBOR, ADDS_FDB, RETURNS_ADDRESS, RETURNS_ROUTE, RETURNS_NEIGHBOR }, BY_NETNS },
	{ "an IPv6 address of a limited life brings no route to its network when its link is raised: addrconf_permanent_addr()",
	  { RAISES, JOINS_LEADER }, BY_PLAN, { ADDS_PASSING_ADDRESS }, BY_PLAN },
	{ "a route needs its link up, which another may raise with it",
	  { RAISES, JOINS_LEADER }, BY_PLAN, { ADDS_NEAR_ROUTE, ADDS_FAR_ROUTE, RETURNS_ROUTE }, BY_PLAN },
	{ "what was lost by going down is put back when it is up",
	  { RAISES, JOINS_LEADER }, BY_LINK, { RETURNS_ADDRESS, RETURNS_NEIGHBOR }, BY_LINK },
	{ "an address comes before routes that have it as source, or its network for their router",
	  { ADDS_ADDRESS, ADDS_PASSING_ADDRESS, RETURNS_ADDRESS }, BY_NETNS,
	  { ADDS_NEAR_ROUTE, ADDS_FAR_ROUTE, RETURNS_ROUTE }, BY_NETNS },
	{ "a router is reached by a route to its network: fib_check_nh()",
	  { ADDS_NEAR_ROUTE }, BY_NETNS, { ADDS_FAR_ROUTE }, BY_NETNS },
	{ "also by one that is put back",
	  { RETURNS_ROUTE }, BY_NETNS, { ADDS_FAR_ROUTE }, BY_NETNS },
	{ "an address that is put back is a secondary of the one that took its primary's place",
	  { ADDS_ADDRESS }, BY_LINK, { RETURNS_ADDRESS }, BY_LINK },
	{ "the first address of a network is the primary one, and the first of all the source: in the order of the file",
	  { ADDS_ADDRESS, ADDS_PASSING_ADDRESS }, BY_FAMILY },

	/* MTUs: what stands on a link is no larger than it, and is born as large. */
	{ "a parent grows before what stands on it does: vlan_dev_change_mtu()",
	  { GROWS_MTU }, BY_LINK, { GROWS_MTU }, BY_PARENT, .upwards = true },
	{ "and shrinks after it, for it would be cut by the kernel: vlan_device_event()",
	  { SHRINKS_MTU }, BY_PARENT, { SHRINKS_MTU }, BY_LINK },
	{ "a link has its MTU before another is made on it",
	  { SETS_MTU }, BY_LINK, { MAKES_LINK }, BY_PARENT, .upwards = true },
	{ "and a bridge has that of its ports: br_mtu_auto_adjust()",
	  { JOINS }, BY_MASTER, { MAKES_LINK }, BY_PARENT, .upwards = true },
	{ "a bond gives its MTU to what it takes in, so that a port's own comes after it: bond_enslave()",
	  { JOINS_LEADER }, BY_LINK, { SETS_MTU }, BY_LINK },
	{ "and to its ports when it changes: bond_change_mtu()",
	  { SETS_MTU }, BY_LINK, { SETS_MTU }, BY_MASTER },

	/* Sysctls. */
	{ "what IPv6 is to be like is known before it starts",
	  { WRITES_EARLY }, BY_LINK, { RAISES, JOINS_LEADER, ADDS_ADDRESS, ADDS_PASSING_ADDRESS }, BY_LINK },
	{ "a secret changes addr-gen-mode, and a token needs accept-ra: addrconf_sysctl_stable_secret(), inet6_set_iftoken()",
	  { WRITES_EARLY }, BY_LINK, { SETS_IPV6 }, BY_LINK },
	{ "so is the way in which it makes its first address",
	  { SETS_IPV6 }, BY_LINK, { RAISES, JOINS_LEADER }, BY_LINK },
	{ "an MTU for IPv6 is set back to the link's by raising it",
	  { RAISES }, BY_LINK, { WRITES_LATE }, BY_LINK },
	{ "below an MTU of 1280 there is no IPv6, and none of its settings and addresses: addrconf_notify()",
	  { SETS_MTU }, BY_LINK, { WRITES_EARLY, WRITES_LATE, ADDS_ADDRESS, ADDS_PASSING_ADDRESS }, BY_LINK },
	{ "a new link takes its settings from conf/default: inetdev_init(), ipv6_add_dev()",
	  { WRITES_DEFAULT }, BY_NETNS, { MAKES_LINK, MOVES_LINK }, BY_NETNS },
	{ "conf/all is written to all links and conf/default: inet_forward_change(), addrconf_forward_change()",
	  { WRITES_ALL }, BY_SETTING, { WRITES_DEFAULT, WRITES_EARLY, WRITES_LATE, WRITES_SYSCTL, SETS_LINK }, BY_SETTING },
	{ "conf/default is written to links that were never set: devinet_copy_dflt_conf()",
	  { WRITES_DEFAULT }, BY_SETTING, { WRITES_EARLY, WRITES_LATE, WRITES_SYSCTL, SETS_LINK }, BY_SETTING },
	{ "forwarding takes away the routes of router advertisements where accept-ra is not 2 yet: rt6_purge_dflt_routers()",
	  { ACCEPTS_RA }, BY_NETNS, { FORWARDS_IPV6 }, BY_NETNS },

	/* Speed. */
	{ "8021q raises VLANs with their parent, at half the cost; a bridge looks at each port that comes up",
	  { RAISES }, BY_PARENT, { RAISES }, BY_LINK },
	{ "so a master is raised after its ports",
	  { RAISES }, BY_MASTER, { RAISES }, BY_LINK },
};
/* clang-format on */

const size_t rules_n = LEN(rules);
