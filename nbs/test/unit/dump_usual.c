/*
 * Values of links that others than nbs have set, as dump says them: what a link of
 * its kind has anyway is left out.
 */
#include <linux/if_link.h>

#include "base/text.h"
#include "test/support/dumped.h"
#include "test/support/say.h"

static struct link *
find(const struct model *have, const char *name)
{
	return model_find(have->spaces, name);
}

static void
four_cpus(struct model *have)
{
	have->cpus = 4;
}

static void
wlan(struct model *have)
{
	find(have, "eth0")->radio = true;
}

static void
no_permanent_mac(struct model *have)
{
	find(have, "eth0")->permanent.n = find(have, "eth1")->permanent.n = 0;
	find(have, "eth1")->mac_set = true;
}

static void
no_mac(struct model *have)
{
	find(have, "eth0")->permanent.n = find(have, "eth0")->mac.n = 0;
}

static void
carriers(struct bed *b)
{
	static const uint8_t no, yes = 1;

	kernel_set(b->kernel, bed_link(b, "d"), IN_LINK, IFLA_CARRIER, &no, 1);
	kernel_set(b->kernel, bed_link(b, "e"), IN_LINK, IFLA_CARRIER, &yes, 1);
	kernel_set(b->kernel, bed_link(b, "t"), IN_LINK, IFLA_CARRIER, &no, 1);
}

static const struct dumped cases[] = {
	{ .name = "MAC addresses",
		.theirs = "[nic eth0]\nmac = 02:00:00:00:00:01\n"
			  "[nic eth1]\nmac = 52:54:00:00:00:03\n"
			  "[nic eth2]\nmac = 02:00:00:00:00:02\n"
			  "[nic eth3]\nmac = 02:00:00:00:00:03\n"
			  "[bond b]\nports = eth2 eth3\nmac = 02:00:00:00:00:02\n"
			  "[vlan v]\nparent = eth0\nid = 1\nmac = 02:00:00:00:00:01\n"
			  "[vlan w]\nparent = eth0\nid = 2\nmac = 02:00:00:00:00:05\n"
			  "[macvlan m]\nparent = eth0\nmac = 02:00:00:00:00:07\n",
		.dump = "[nic eth0]\nmac = 02:00:00:00:00:01\n"
			"[nic eth1]\n[nic eth2]\n[nic eth3]\nmac = 02:00:00:00:00:03\n"
			"[bond b]\nports = eth2 eth3\nmac = 02:00:00:00:00:02\n"
			"[vlan v]\nparent = eth0\nid = 1\n"
			"[vlan w]\nparent = eth0\nid = 2\nmac = 02:00:00:00:00:05\n"
			"[macvlan m]\nparent = eth0\nmac = 02:00:00:00:00:07\n" },
	{ .name = "MAC addresses of devices without a permanent one",
		.theirs = "[nic eth0]\nmac = 02:00:00:00:00:01\n"
			  "[nic eth1]\nmac = 02:00:00:00:00:02\n",
		.have = no_permanent_mac,
		.dump = "[nic eth0]\n[nic eth1]\nmac = 02:00:00:00:00:02\n" },
	{ .name = "MAC addresses of bridges",
		.theirs = "[nic eth0]\n[bridge b]\nports = eth0\nmac = 52:54:00:00:00:02\n"
			  "[nic eth1]\n[bridge c]\nports = eth1\nmac = 02:00:00:00:00:05\n"
			  "[bridge d]\nmac = 02:00:00:00:00:06\n",
		.dump = "[nic eth0]\n[nic eth1]\n[bridge d]\nmac = 02:00:00:00:00:06\n"
			"[bridge b]\nports = eth0\n"
			"[bridge c]\nports = eth1\nmac = 02:00:00:00:00:05\n" },
	{ .name = "a bridge over a device without a MAC address",
		.theirs = "[nic eth0]\n[bridge b]\nports = eth0\nmac = 02:00:00:00:00:05\n",
		.have = no_mac },
	{ .name = "broadcast addresses",
		.theirs = "[nic eth0]\nbroadcast-mac = 02:00:00:00:00:01\n"
			  "[nic eth1]\nbroadcast-mac = ff:ff:ff:ff:ff:ff\n"
			  "[vlan v]\nparent = eth0\nid = 1\nbroadcast-mac = 02:00:00:00:00:01\n"
			  "[vlan w]\nparent = eth0\nid = 2\nbroadcast-mac = ff:ff:ff:ff:ff:ff\n"
			  "[tun t]\nbroadcast-mac = 02:00:00:00:00:01\n",
		.dump = "[nic eth0]\nbroadcast-mac = 02:00:00:00:00:01\n"
			"[nic eth1]\n[tun t]\n[vlan v]\nparent = eth0\nid = 1\n"
			"[vlan w]\nparent = eth0\nid = 2\nbroadcast-mac = ff:ff:ff:ff:ff:ff\n" },
	{ .name = "MTU",
		.theirs = "[nic eth0]\nmtu = 9000\n"
			  "[nic eth1]\nmtu = 9000\n"
			  "[nic eth2]\nmtu = 1500\n"
			  "[nic eth3]\nmtu = 1400\n"
			  "[bond b]\nmtu = 9000\nports = eth1 eth2\n"
			  "[vlan v]\nparent = eth0\nid = 1\nmtu = 9000\n"
			  "[vlan w]\nparent = eth0\nid = 2\nmtu = 1500\n"
			  "[dummy d]\nmtu = 1500\n"
			  "[dummy e]\nmtu = 1501\n",
		.dump = "[nic eth0]\nmtu = 9000\n"
			"[nic eth1]\n[nic eth2]\nmtu = 1500\n"
			"[nic eth3]\nmtu = 1400\n"
			"[dummy d]\n[dummy e]\nmtu = 1501\n"
			"[bond b]\nports = eth1 eth2\nmtu = 9000\n"
			"[vlan v]\nparent = eth0\nid = 1\n"
			"[vlan w]\nparent = eth0\nid = 2\nmtu = 1500\n" },
	{ .name = "MTU of bridges",
		.theirs = "[nic eth0]\nmtu = 9000\n"
			  "[nic eth1]\nmtu = 1400\n"
			  "[bridge a]\nports = eth0 eth1\nmtu = 1400\n"
			  "[nic eth2]\nmtu = 9000\n"
			  "[bridge b]\nports = eth2\nmtu = 1500\n"
			  "[bridge c]\nmtu = 1500\n"
			  "[bridge d]\nmtu = 9000\n"
			  "[nic eth3]\nmtu = 9000\n"
			  "[bridge e]\nports = eth3\nmtu = 9000\n",
		.dump = "[nic eth0]\nmtu = 9000\n"
			"[nic eth1]\nmtu = 1400\n"
			"[nic eth2]\nmtu = 9000\n"
			"[nic eth3]\nmtu = 9000\n"
			"[bridge c]\n[bridge d]\nmtu = 9000\n"
			"[bridge a]\nports = eth0 eth1\n"
			"[bridge b]\nports = eth2\nmtu = 1500\n"
			"[bridge e]\nports = eth3\n" },
	{ .name = "queues",
		.theirs = "[nic eth0]\ntxqueuelen = 1000\n"
			  "[nic eth1]\ntxqueuelen = 500\n"
			  "[tun t]\ntxqueuelen = 500\n"
			  "[tun u]\ntxqueuelen = 1000\n"
			  "[tap v]\ntxqueuelen = 500\n"
			  "[bond a]\nnum-tx-queues = 16\nnum-rx-queues = 16\n"
			  "[bond b]\nnum-tx-queues = 1\nnum-rx-queues = 8\n"
			  "[dummy d]\nnum-tx-queues = 1\nnum-rx-queues = 2\n"
			  "[vlan w]\nparent = eth0\nid = 1\nnum-tx-queues = 4\n"
			  "[tap x]\nnum-tx-queues = 4\n"
			  "[veth y]\nnum-tx-queues = 4\nnum-rx-queues = 4\npeer = z\n"
			  "[peer z]\n",
		.dump = "[nic eth0]\n[nic eth1]\ntxqueuelen = 500\n"
			"[dummy d]\nnum-rx-queues = 2\n"
			"[bond a]\n[bond b]\nnum-tx-queues = 1\nnum-rx-queues = 8\n"
			"[veth y]\npeer = z\n"
			"[peer z]\n[tun t]\n[tun u]\ntxqueuelen = 1000\n"
			"[tap v]\ntxqueuelen = 500\n"
			"[tap x]\n[vlan w]\nparent = eth0\nid = 1\n" },
	{ .name = "queues of cables, by CPUs",
		.theirs = "[veth a]\nnum-tx-queues = 4\nnum-rx-queues = 1\npeer = b\n"
			  "[peer b]\nnum-tx-queues = 4\n"
			  "[veth c]\nnum-tx-queues = 2\npeer = d\n"
			  "[peer d]\nnum-rx-queues = 3\n",
		.have = four_cpus,
		.dump = "[veth a]\npeer = b\n"
			"[peer b]\n[veth c]\npeer = d\nnum-tx-queues = 2\n"
			"[peer d]\nnum-rx-queues = 3\n" },
	{ .name = "offload",
		.theirs =
			"[nic eth0]\ngso-max-size = 20000\ngso-max-segs = 20\ngro-max-size = 20000\n"
			"[dummy d]\ngso-max-size = 20000\ngso-max-segs = 20\ngro-max-size = 65536\n"
			"[dummy e]\ngso-max-size = 65536\ngso-max-segs = 65535\n"
			"gro-max-size = 20000\n"
			"[dummy f]\ngso-max-segs = 65534\n"
			"[vlan v]\nparent = eth0\nid = 1\ngso-max-size = 20000\n"
			"[vlan w]\nparent = eth0\nid = 2\ngso-max-size = 20001\n"
			"[bridge b]\nports = eth1 d e\ngso-max-size = 20000\n"
			"[nic eth1]\ngso-max-size = 30000\n"
			"[bridge c]\ngso-max-size = 20000\n"
			"[nic eth2]\ngso-max-size = 100000\n"
			"[nic eth3]\ngso-max-segs = 65535\n"
			"[tap t]\ngso-max-segs = 65535\n",
		.dump = "[nic eth0]\n[nic eth1]\n[nic eth2]\ngso-max-size = 100000\n"
			"[nic eth3]\n[dummy d]\ngso-max-size = 20000\ngso-max-segs = 20\n"
			"[dummy e]\ngro-max-size = 20000\n"
			"[dummy f]\ngso-max-segs = 65534\n"
			"[bridge c]\ngso-max-size = 20000\n"
			"[tap t]\n[vlan v]\nparent = eth0\nid = 1\n"
			"[vlan w]\nparent = eth0\nid = 2\ngso-max-size = 20001\n"
			"[bridge b]\nports = eth1 d e\n" },
	{ .name = "ARP",
		.theirs = "[nic eth0]\narp = no\n"
			  "[nic eth1]\narp = yes\n"
			  "[dummy d]\narp = yes\n"
			  "[dummy e]\narp = no\n"
			  "[vlan v]\nparent = eth0\nid = 1\narp = no\n"
			  "[vlan w]\nparent = eth0\nid = 2\narp = yes\n"
			  "[tun t]\narp = yes\n"
			  "[tun u]\narp = no\n"
			  "[tap x]\narp = no\n",
		.dump = "[nic eth0]\narp = no\n"
			"[nic eth1]\n[dummy d]\narp = yes\n"
			"[dummy e]\n[tun t]\narp = yes\n"
			"[tun u]\n[tap x]\narp = no\n"
			"[vlan v]\nparent = eth0\nid = 1\n"
			"[vlan w]\nparent = eth0\nid = 2\narp = yes\n" },
	{ .name = "multicast",
		.theirs = "[nic eth0]\nmulticast = no\n"
			  "[nic eth1]\nmulticast = yes\n"
			  "[dummy d]\nmulticast = yes\n"
			  "[dummy e]\nmulticast = no\n"
			  "[vlan v]\nparent = eth0\nid = 1\nmulticast = no\n"
			  "[vlan w]\nparent = eth0\nid = 2\nmulticast = yes\n"
			  "[loopback lo]\nmulticast = yes\n",
		.dump = "[loopback lo]\nmulticast = yes\n"
			"[nic eth0]\nmulticast = no\n"
			"[nic eth1]\n[dummy d]\nmulticast = yes\n"
			"[dummy e]\n[vlan v]\nparent = eth0\nid = 1\n"
			"[vlan w]\nparent = eth0\nid = 2\nmulticast = yes\n" },
	{ .name = "flags",
		.theirs = "[nic eth0]\npromiscuous = yes\nallmulticast = no\ndynamic = yes\n"
			  "trailers = no\n"
			  "[nic eth1]\npromiscuous = no\nallmulticast = yes\ntrailers = yes\n",
		.dump = "[nic eth0]\npromiscuous = yes\ndynamic = yes\ntrailers = no\n"
			"[nic eth1]\nallmulticast = yes\n" },
	{ .name = "carrier",
		.theirs = "[dummy d]\n[dummy e]\n[tap t]\n",
		.kernel = carriers,
		.dump = "[dummy d]\ncarrier = no\n"
			"[dummy e]\n[tap t]\n" },
	{ .name = "link-mode",
		.theirs = "[nic eth0]\nlink-mode = dormant\n"
			  "[nic eth1]\nlink-mode = dormant\n"
			  "[nic eth2]\nlink-mode = default\n",
		.have = wlan,
		.dump = "[nic eth0]\n[nic eth1]\nlink-mode = dormant\n"
			"[nic eth2]\n" },
	{ .name = "text and groups",
		.theirs = "[nic eth0]\nalias = a b\nlink-group = 7\n"
			  "[nic eth1]\nlink-group = default\n",
		.dump = "[nic eth0]\nlink-group = 7\nalias = a b\n"
			"[nic eth1]\n" },
	{ .name = "states of ports",
		.theirs = "[bridge b]\nports = eth0 eth1\n"
			  "[nic eth0]\nstate = 2\n"
			  "[nic eth1]\nstate = 3\n"
			  "[nic eth2]\nstate = 2\nup = no\n"
			  "[bridge c]\nports = eth2\n"
			  "[bridge d]\nports = eth3\n"
			  "[nic eth3]\nstate = 4\n",
		.dump = "[nic eth0]\nstate = 2\n"
			"[nic eth1]\n[nic eth2]\nup = no\n"
			"[nic eth3]\nstate = 4\n"
			"[bridge b]\nports = eth0 eth1\n"
			"[bridge c]\nports = eth2\n"
			"[bridge d]\nports = eth3\n" },
	{ .name = "costs of ports",
		.theirs = "[bridge b]\nports = eth0 eth1 eth2 eth3\n"
			  "[nic eth0]\ncost = 100\n"
			  "[nic eth1]\ncost = 6\n"
			  "[nic eth2]\ncost = 19\n"
			  "[nic eth3]\ncost = 1\n",
		.dump = "[nic eth0]\n[nic eth1]\ncost = 6\n"
			"[nic eth2]\n[nic eth3]\n[bridge b]\nports = eth0 eth1 eth2 eth3\n" },
	{ .name = "ports of bridges",
		.theirs = "[bridge b]\nports = eth0 eth1\n"
			  "[nic eth0]\nbackup-port = eth1\nport-priority = 7\nhairpin = yes\n"
			  "learning = no\n"
			  "[nic eth1]\nport-priority = 32\n",
		.dump = "[nic eth0]\npriority = 7\nhairpin = yes\nlearning = no\nbackup-port = eth1\n"
			"[nic eth1]\n[bridge b]\nports = eth0 eth1\n" },
	{ .name = "group addresses",
		.theirs =
			"[bridge a]\ngroup-address = 01:80:c2:00:00:00\n"
			"[bridge b]\ngroup-address = 01:80:c2:00:00:08\n"
			"[bridge c]\ngroup-address = 01:80:c2:00:00:08\nvlan-protocol = 802.1ad\n"
			"[bridge d]\ngroup-address = 01:80:c2:00:00:00\nvlan-protocol = 802.1ad\n"
			"[bridge e]\ngroup-address = 01:80:c2:00:00:0a\nvlan-protocol = 802.1ad\n",
		.dump = "[bridge a]\n[bridge b]\ngroup-address = 01:80:c2:00:00:08\n"
			"[bridge c]\nvlan-protocol = 802.1ad\n"
			"[bridge d]\nvlan-protocol = 802.1ad\n"
			"[bridge e]\ngroup-address = 01:80:c2:00:00:0a\nvlan-protocol = 802.1ad\n" },
	{ .name = "bonds",
		.theirs = "[bond a]\nmiimon = 100\n"
			  "[bond b]\narp-interval = 200\narp-ip-target = 10.0.0.1 10.0.0.2\n"
			  "[bond c]\nmiimon = 0\n"
			  "[bond d]\nmiimon = 200\nupdelay = 400\n"
			  "[bond e]\nmode = 802.3ad\nlp-interval = 1\nxmit-hash-policy = layer3+4\n"
			  "[bond f]\narp-interval = 0\n",
		.dump = "[bond a]\n[bond b]\narp-interval = 200\narp-ip-target = 10.0.0.1 10.0.0.2\n"
			"[bond c]\nmiimon = 0\n"
			"[bond d]\nmiimon = 200\nupdelay = 400\n"
			"[bond e]\nmode = 802.3ad\nxmit-hash-policy = layer3+4\n"
			"[bond f]\n" },
	{ .name = "the port that a bond uses",
		.theirs = "[bond b]\nmode = active-backup\nports = eth0 eth1\nactive-slave = eth0\n"
			  "primary = eth1\n"
			  "[nic eth0]\n[nic eth1]\nprio = 5\n"
			  "[bond c]\nmode = active-backup\nports = eth2\n"
			  "[nic eth2]\n",
		.dump = "[nic eth0]\n[nic eth1]\nprio = 5\n"
			"[nic eth2]\n[bond b]\nports = eth0 eth1\nmode = active-backup\n"
			"primary = eth1\n"
			"[bond c]\nports = eth2\nmode = active-backup\n" },
	{ .name = "macvlans",
		.theirs = "[macvlan a]\nparent = eth0\nmode = vepa\n"
			  "[macvlan b]\nparent = eth0\nmode = source\n"
			  "macaddr = 02:00:00:00:00:01 02:00:00:00:00:02\n"
			  "[macvlan c]\nparent = eth0\nmode = source\n",
		.dump = "[nic eth0]\n[macvlan a]\nparent = eth0\n"
			"[macvlan b]\nparent = eth0\nmode = source\n"
			"macaddr = 02:00:00:00:00:01 02:00:00:00:00:02\n"
			"[macvlan c]\nparent = eth0\nmode = source\n" },
	{ .name = "VLANs",
		.theirs = "[vlan a]\nparent = eth0\nid = 1\nprotocol = 802.1ad\n"
			  "[vlan b]\nparent = eth0\nid = 2\nprotocol = 802.1Q\nreorder-hdr = no\n"
			  "gvrp = yes\nloose-binding = yes\negress-qos-map = 1:2 3:4\n",
		.dump = "[nic eth0]\n[vlan a]\nparent = eth0\nid = 1\nprotocol = 802.1ad\n"
			"[vlan b]\nparent = eth0\nid = 2\nreorder-hdr = no\ngvrp = yes\n"
			"loose-binding = yes\negress-qos-map = 1:2 3:4\n" },
	{ .name = "tuns and taps",
		.theirs = "[tun a]\nowner = 5\n"
			  "[tap b]\ngroup = 7\nmulti-queue = yes\nvnet-hdr = yes\nno-pi = no\n",
		.dump = "[tun a]\nowner = 5\n"
			"[tap b]\ngroup = 7\nno-pi = no\nvnet-hdr = yes\nmulti-queue = yes\n" },
	{ .name = "VLANs of ports",
		.theirs = "[bridge b]\nvlan-filtering = yes\nports = eth0 eth1 eth2 eth3\n"
			  "vlans = 1 4094\npvid = 1\nuntagged = 1\n"
			  "[nic eth0]\nvlans = 1\npvid = 1\nuntagged = 1\n"
			  "[nic eth1]\nvlans = 1-3 5 7-8\npvid = 5\nuntagged = 1 7-8\n"
			  "[nic eth2]\nvlans = 4093 4094\n"
			  "[nic eth3]\nvlans =\n",
		.dump = "[nic eth0]\n[nic eth1]\nvlans = 1-3 5 7-8\npvid = 5\nuntagged = 1 7-8\n"
			"[nic eth2]\nvlans = 4093-4094\n"
			"[nic eth3]\nvlans =\n"
			"[bridge b]\nports = eth0 eth1 eth2 eth3\nvlan-filtering = yes\n"
			"vlans = 1 4094\npvid = 1\nuntagged = 1\n" },
	{ .name = "VLANs where others are usual",
		.theirs =
			"[bridge b]\nvlan-filtering = yes\nvlan-default-pvid = 7\nports = eth0 eth1\n"
			"[nic eth0]\nvlans = 7\npvid = 7\nuntagged = 7\n"
			"[nic eth1]\nvlans = 1\npvid = 1\nuntagged = 1\n",
		.dump = "[nic eth0]\n[nic eth1]\nvlans = 1\npvid = 1\nuntagged = 1\n"
			"[bridge b]\nports = eth0 eth1\nvlan-filtering = yes\nvlan-default-pvid = 7\n" },
	{ .name = "VLANs where none are usual",
		.theirs =
			"[bridge b]\nvlan-filtering = yes\nvlan-default-pvid = 0\nports = eth0 eth1\n"
			"[nic eth0]\n[nic eth1]\nvlans = 2\n",
		.dump = "[nic eth0]\n[nic eth1]\nvlans = 2\n"
			"[bridge b]\nports = eth0 eth1\nvlan-filtering = yes\nvlan-default-pvid = 0\n" },
	{ .name = "no VLANs of a bond's port",
		.theirs = "[bond b]\nports = eth0\n"
			  "[nic eth0]\n",
		.dump = "[nic eth0]\n[bond b]\nports = eth0\n" },
};

int
main(void)
{
	dumped_say(cases, LEN(cases));
	return say_end();
}
