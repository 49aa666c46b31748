/*
 * What nbs does on a made-up kernel, step by step: everything in its
 * order, nothing the second time, and what differs when the file does.
 */
#include "base/text.h"
#include "test/support/bed.h"
#include "test/support/say.h"

static void
test_order(void)
{
	struct bed *b = bed_new();

	bed_want(b, bed_all);
	say_same("everything in its order",
		"make netns blue\n"
		"sysctl net/ipv4/ip_forward=1\n"
		"make bond0\n"
		"make br0\n"
		"make tap0\n"
		"make v5\n"
		"make w\n"
		"make blue/m\n"
		"set eth0 mtu=9000 promiscuous=yes proxy-arp=yes\n"
		"set tap0 addr-gen-mode=none\n"
		"set v5 addr-gen-mode=none\n"
		"join eth1 bond0\n"
		"join eth2 bond0\n"
		"join tap0 br0\n"
		"drop tap0 vlans 1-1\n"
		"join v5 br0\n"
		"set tap0 hairpin=yes\n"
		"add tap0 vlans 5-5 pvid untagged\n"
		"add tap0 vlans 7-9\n"
		"add eth0 address 192.0.2.1/24 scope global\n"
		"add br0 address 2001:db8::1/64\n"
		"add blue/w address 172.16.0.1/24 scope global\n"
		"raise blue/lo\n"
		"raise lo\n"
		"raise blue/m\n"
		"raise eth3\n"
		"raise blue/w\n"
		"raise w\n"
		"raise tap0\n"
		"raise br0\n"
		"raise bond0\n"
		"raise eth0\n"
		"add route blackhole 10.255.0.0/16 table main protocol static scope global\n"
		"add eth0 route unicast 10.1.0.0/16 table main protocol static scope link\n"
		"add eth0 route unicast 0.0.0.0/0 table main protocol static scope global via 192.0.2.254\n"
		"add eth0 route unicast 10.0.0.0/8 metric 5 table main protocol static scope global via 192.0.2.253\n"
		"add br0 route unicast 2001:db8:1::/48 table main protocol static metric 1024 via 2001:db8::2\n"
		"add rule inet from 192.0.2.0/24 table 7 priority 100 protocol static type lookup\n"
		"add eth0 neighbor 192.0.2.7 lladdr 02:00:00:00:00:07 nud permanent\n"
		"sysctl net/ipv4/tcp_ecn=1\n"
		"hostname gate\n"
		"write nameserver 192.0.2.53\n"
		"\n",
		bed_up(b));
	say_same("everything, nothing said", "", b->heard);
	bed_end(b);
	bed_want(b, bed_all);
	say_same("a second time nothing", "", bed_up(b));
	bed_free(b);
}

/* One text is up, then another is wanted. */
static const struct {
	const char *name, *first, *second, *steps;
} rewrites[] = {
	{ "a NIC renamed", "", "[nic wan]\nmatch-mac = 52:54:00:00:00:02\n",
		"rename eth0 wan\n"
		"raise wan\n" },
	{ "a NIC renamed that is up",
		"[nic eth0]\naddress = 2001:db8::1/64\naddress = 192.0.2.1/24\ngateway = 192.0.2.2\n",
		"[nic wan]\nmatch-mac = 52:54:00:00:00:02\naddress = 2001:db8::1/64\naddress = 192.0.2.1/24\n"
		"gateway = 192.0.2.2\n",

		"lower wan\n"
		"rename eth0 wan\n"
		"raise wan\n"
		"put back wan address 2001:db8::1/64 scope global valid-lft forever preferred-lft forever\n"
		"put back wan route unicast 0.0.0.0/0 protocol static scope global tos 0 table main via 192.0.2.2 weight 1\n" },
	{ "names swapped", "",
		"[nic eth0]\nmatch-mac = 52:54:00:00:00:03\n[nic eth1]\nmatch-mac = 52:54:00:00:00:02\n",

		"rename eth0 nbs2\n"
		"rename eth1 eth0\n"
		"rename nbs2 eth1\n"
		"raise eth1\n"
		"raise eth0\n" },
	{ "names in a ring", "",
		"[nic eth0]\nmatch-mac = 52:54:00:00:00:03\n[nic eth1]\nmatch-mac = 52:54:00:00:00:04\n"
		"[nic eth2]\nmatch-mac = 52:54:00:00:00:02\n",

		"rename eth0 nbs2\n"
		"rename eth1 eth0\n"
		"rename eth2 eth1\n"
		"rename nbs2 eth2\n"
		"raise eth2\n"
		"raise eth1\n"
		"raise eth0\n" },
	{ "a NIC moved", "", "[netns blue]\n[nic blue/eth0]\naddress = 192.0.2.1/24\n",
		"make netns blue\n"
		"move blue/eth0\n"
		"raise blue/lo\n"
		"--\n"
		"add blue/eth0 address 192.0.2.1/24 scope global\n"
		"raise blue/eth0\n" },
	{ "a template", "",
		"[nic eth0]\nmtu = 1400\n[bridge br0]\nports = eth1\n[nic eth*]\nmtu = 1300\n",

		"make br0\n"
		"set eth0 mtu=1400\n"
		"set eth2 mtu=1300\n"
		"set eth3 mtu=1300\n"
		"join eth1 br0\n"
		"raise eth3\n"
		"raise eth2\n"
		"raise eth1\n"
		"raise br0\n"
		"raise eth0\n" },
	{ "a pattern for one NIC", "",
		"[nic *]\nmtu = 1300\n[nic eth0]\n[nic **]\nsingle = yes\nmtu = 1200\n"
		"[nic ***]\nsingle = yes\nmatch-mac = 52:54:00:00:00:04\nmtu = 1100\n",
		"set eth1 mtu=1200\n"
		"set eth2 mtu=1100\n"
		"set eth3 mtu=1300\n"
		"raise eth3\n"
		"raise eth2\n"
		"raise eth1\n"
		"raise eth0\n" },
	{ "a gateway changed", "[nic eth0]\naddress = 192.0.2.1/24\ngateway = 192.0.2.2\n",
		"[nic eth0]\naddress = 192.0.2.1/24\ngateway = 192.0.2.3\n",
		"drop eth0 route unicast 0.0.0.0/0 protocol static scope global tos 0 table main via 192.0.2.2 weight 1\n"
		"add eth0 route unicast 0.0.0.0/0 table main protocol static scope global via 192.0.2.3\n" },
	{ "an address changed", "[nic eth0]\naddress = 192.0.2.1/24\ngateway = 192.0.2.9\n",
		"[nic eth0]\naddress = 192.0.2.2/24\ngateway = 192.0.2.9\n",
		"drop eth0 address 192.0.2.1/24 scope global valid-lft forever preferred-lft forever\n"
		"add eth0 address 192.0.2.2/24 scope global\n"
		"put back eth0 route unicast 0.0.0.0/0 protocol static scope global tos 0 table main via 192.0.2.9 weight 1\n" },
	{ "one address of two changed",
		"[nic eth0]\naddress = 192.0.2.1/24\naddress = 198.51.100.1/24\ngateway = 192.0.2.9\n",
		"[nic eth0]\naddress = 192.0.2.1/24\naddress = 198.51.100.2/24\ngateway = 192.0.2.9\n",
		"drop eth0 address 198.51.100.1/24 scope global valid-lft forever preferred-lft forever\n"
		"add eth0 address 198.51.100.2/24 scope global\n" },
	{ "an address's peer changed", "[nic eth0]\naddress = 10.0.0.1/24 peer 10.0.0.2/24\n",
		"[nic eth0]\naddress = 10.0.0.1/24 peer 10.0.0.3/24\n",
		"drop eth0 address 10.0.0.1/32 scope global peer 10.0.0.2/24 valid-lft forever preferred-lft forever\n"
		"add eth0 address 10.0.0.1/32 peer 10.0.0.3/24 scope global\n" },
	{ "a route to another link",
		"[nic eth0]\naddress = 192.0.2.1/24\nroute = 10.0.0.0/8\n[nic eth1]\n",
		"[nic eth0]\naddress = 192.0.2.1/24\n[nic eth1]\nroute = 10.0.0.0/8\n",
		"drop eth0 route unicast 10.0.0.0/8 protocol static scope link tos 0 table main weight 1\n"
		"add eth1 route unicast 10.0.0.0/8 table main protocol static scope link\n" },
	{ "an IPv6 route with another next hop",
		"[nic eth0]\naddress = 2001:db8::1/64\nroute = 2001:db8:1::/48 via 2001:db8::2\n",
		"[nic eth0]\naddress = 2001:db8::1/64\nroute = 2001:db8:1::/48 via 2001:db8::3\n",

		"drop eth0 route unicast 2001:db8:1::/48 metric 1024 protocol static scope global tos 0 table main via 2001:db8::2 weight 1\n"
		"add eth0 route unicast 2001:db8:1::/48 table main protocol static metric 1024 via 2001:db8::3\n" },
	{ "an IPv6 route of another source",
		"[nic eth0]\nroute = 2001:db8:1::/48 from 2001:db8:2::/48\n",
		"[nic eth0]\nroute = 2001:db8:1::/48 from 2001:db8:3::/48\nroute = 2001:db8:1::/48\n",
		"drop eth0 route unicast 2001:db8:1::/48 metric 1024 from 2001:db8:2::/48 protocol static scope global tos 0 table main weight 1\n"
		"add eth0 route unicast 2001:db8:1::/48 from 2001:db8:3::/48 table main protocol static metric 1024\n"
		"add eth0 route unicast 2001:db8:1::/48 table main protocol static metric 1024\n" },
	{ "a metric locked", "[nic eth0]\nroute = 10.0.0.0/8 mtu 1400 rto-min 20\n",
		"[nic eth0]\nroute = 10.0.0.0/8 mtu lock 1400 rto-min 20\n",
		"drop eth0 route unicast 10.0.0.0/8 rto-min 20 mtu 1400 protocol static scope link tos 0 table main weight 1\n"
		"add eth0 route unicast 10.0.0.0/8 mtu lock 1400 rto-min 20 table main protocol static scope link\n" },
	{ "a metric locked no more", "[nic eth0]\nroute = 10.0.0.0/8 mtu lock 1400\n",
		"[nic eth0]\nroute = 10.0.0.0/8 mtu 1400\n",
		"drop eth0 route unicast 10.0.0.0/8 mtu lock 1400 protocol static scope link tos 0 table main weight 1\n"
		"add eth0 route unicast 10.0.0.0/8 mtu 1400 table main protocol static scope link\n" },
	{ "a neighbour managed", "[nic eth0]\nneighbor = 192.0.2.7 managed\n", "[nic eth0]\n",
		"drop eth0 neighbor 192.0.2.7 managed nud none\n" },
	{ "a bond's mode", "[bond b]\nmode = active-backup\nports = eth0 eth1\n",
		"[bond b]\nmode = 802.3ad\nports = eth0 eth1\n",
		"leave eth0\n"
		"leave eth1\n"
		"lower b\n"
		"lower eth0\n"
		"lower eth1\n"
		"set b mode=802.3ad\n"
		"join eth0 b\n"
		"join eth1 b\n"
		"raise b\n" },
	{ "a bond's mode, with keys of both",
		"[bond b]\nmode = 802.3ad\nlacp-rate = fast\nmin-links = 2\nports = eth0\n",
		"[bond b]\nmode = active-backup\nprimary = eth0\nports = eth0\n[nic eth0]\nprio = 2\n",
		"leave eth0\n"
		"lower b\n"
		"lower eth0\n"
		"set b mode=active-backup min-links=0\n"
		"join eth0 b\n"
		"set eth0 prio=2\n"
		"set b primary=eth0\n"
		"raise b\n" },
	{ "a bond's key that needs it down",
		"[bond b]\nmode = 802.3ad\nports = eth0\naddress = 192.0.2.1/24\naddress = 2001:db8::1/64\n"
		"gateway = 192.0.2.2\n",
		"[bond b]\nmode = 802.3ad\nlacp-rate = fast\nports = eth0\naddress = 192.0.2.1/24\n"
		"address = 2001:db8::1/64\ngateway = 192.0.2.2\n",

		"lower b\n"
		"set b lacp-rate=fast\n"
		"raise b\n"
		"put back b address 2001:db8::1/64 scope global valid-lft forever preferred-lft forever\n"
		"put back b route unicast 0.0.0.0/0 protocol static scope global tos 0 table main via 192.0.2.2 weight 1\n" },
	{ "a VLAN's id", "[vlan v]\nparent = eth0\nid = 1\naddress = 192.0.2.1/24\n",
		"[vlan v]\nparent = eth0\nid = 2\naddress = 192.0.2.1/24\n",
		"drop v\n"
		"make v\n"
		"add v address 192.0.2.1/24 scope global\n"
		"raise v\n" },
	{ "a VLAN's parent", "[vlan v]\nparent = eth0\nid = 1\n[vlan w]\nparent = v\nid = 2\n",
		"[vlan v]\nparent = eth1\nid = 1\n[vlan w]\nparent = v\nid = 2\n",
		"drop v\n"
		"lower eth0\n"
		"make v\n"
		"make w\n"
		"raise eth1\n" },
	{ "another kind", "[dummy d]\n", "[bridge d]\n",
		"drop d\n"
		"make d\n"
		"keep mac d\n"
		"raise d\n" },
	{ "a port of another bridge", "[bridge b]\nports = eth0\n[bridge c]\n",
		"[bridge b]\n[bridge c]\nports = eth0\n", "join eth0 c\n" },
	{ "a port of none", "[bridge b]\nports = eth0 eth1\n",
		"[bridge b]\nports = eth1\n[nic eth0]\n",
		"leave eth0\n"
		"set b mac=52:54:00:00:00:03\n" },
	{ "ports with other VLANs",
		"[bridge b]\nports = eth0\n[nic eth0]\nvlans = 1-10\nuntagged = 1\npvid = 1\n",
		"[bridge b]\nports = eth0\n[nic eth0]\nvlans = 5-15\nuntagged = 6\npvid = 5\n",

		"drop eth0 vlans 1-4\n"
		"add eth0 vlans 5-5 pvid\n"
		"add eth0 vlans 6-6 untagged\n"
		"add eth0 vlans 11-15\n" },
	{ "another namespace for a peer", "[netns a]\n[netns b]\n[veth v]\npeer = a/v\n",
		"[netns a]\n[netns b]\n[veth v]\npeer = b/v\n",
		"drop v\n"
		"make v\n"
		"raise b/v\n"
		"raise v\n" },
	{ "all undone",
		"[global]\nrule = from 192.0.2.0/24 lookup 7\nroute = blackhole 10.255.0.0/16\n[netns blue]\n"
		"[nic eth0]\naddress = 192.0.2.1/24\naddress = 2001:db8::1/64\ngateway = 192.0.2.254\n"
		"route = 10.1.0.0/16\nneighbor = 192.0.2.7 lladdr 02:00:00:00:00:07\n[bond bond0]\n"
		"mode = active-backup\nports = eth1 eth2\n[vlan v5]\nparent = bond0\nid = 5\n[bridge br0]\n"
		"ports = v5 tap0\n[tap tap0]\n[veth w]\npeer = blue/w\n[peer blue/w]\n[macvlan blue/m]\nparent = eth3\n",
		"",
		"drop eth0 neighbor 192.0.2.7 nud permanent lladdr 02:00:00:00:00:07\n"
		"drop eth0 route unicast 10.1.0.0/16 protocol static scope link tos 0 table main weight 1\n"
		"drop eth0 route unicast 0.0.0.0/0 protocol static scope global tos 0 table main via 192.0.2.254 weight 1\n"
		"drop eth0 address 2001:db8::1/64 scope global valid-lft forever preferred-lft forever\n"
		"drop eth0 address 192.0.2.1/24 scope global valid-lft forever preferred-lft forever\n"
		"drop rule inet protocol static type lookup tos 0 table 7 from 192.0.2.0/24\n"
		"drop route blackhole 10.255.0.0/16 protocol static scope global tos 0 table main weight 1\n"
		"leave eth1\n"
		"leave eth2\n"
		"drop blue/m\n"
		"group w\n"
		"group tap0\n"
		"group br0\n"
		"group bond0\n"
		"drop group\n"
		"lower eth0\n"
		"lower eth3\n"
		"drop netns blue\n"
		"--\n"
		"lower eth1\n"
		"lower eth2\n" },
	{ "lowered and without its address at once",
		"[bond b]\nmode = 802.3ad\naddress = 2001:db8::1/64\n",
		"[bond b]\nmode = 802.3ad\nlacp-rate = fast\n",
		"drop b address 2001:db8::1/64 scope global valid-lft forever preferred-lft forever\n"
		"lower b\n"
		"set b lacp-rate=fast\n"
		"raise b\n" },
	{ "renamed and without its address at once", "[nic eth0]\naddress = 2001:db8::1/64\n",
		"[nic wan]\nmatch-mac = 52:54:00:00:00:02\n",
		"drop eth0 address 2001:db8::1/64 scope global valid-lft forever preferred-lft forever\n"
		"lower wan\n"
		"rename eth0 wan\n"
		"raise wan\n" },
	{ "down instead of up", "[nic eth0]\naddress = 192.0.2.1/24\n",
		"[nic eth0]\nup = no\naddress = 192.0.2.1/24\n", "lower eth0\n" },
};

static void
test_rewrites(void)
{
	for (size_t i = 0; i < LEN(rewrites); i++) {
		struct bed *b = bed_made(rewrites[i].first);

		bed_want(b, rewrites[i].second);
		say_same(rewrites[i].name, rewrites[i].steps, bed_up(b));
		say_same(bed_part(b, rewrites[i].name, "nothing is said"), "", b->heard);
		bed_end(b);
		bed_want(b, rewrites[i].second);
		say_same(bed_part(b, rewrites[i].name, "nothing is left"), "", bed_up(b));
		bed_free(b);
	}
}

int
main(void)
{
	test_order();
	test_rewrites();
	return say_end();
}
