/*
 * Plans as commands of ip(8), bridge(8) and the like: for each text what
 * a machine with nothing but an eth0 is to do, to the letter; and steps
 * made by hand that such a machine never comes to.
 */
#include <net/if.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "check/check.h"
#include "diff/diff.h"
#include "model/link.h"
#include "model/phrase.h"
#include "print/ip.h"
#include "print/planjson.h"
#include "test/support/read.h"
#include "test/support/bed.h"
#include "test/support/say.h"

static struct model *
build(struct mem *mem, const char *text)
{
	struct model *m = read_model(mem, text, "f");

	check(m);
	return m;
}

/* A machine with its loopback and eth0. */
static struct model *
machine(struct mem *mem)
{
	struct model *m = model_new(mem);

	m->spaces->there = m->spaces->ipv6 = true;
	m->hostname = "none";
	model_index(m, model_link(m, NULL, m->spaces, "lo"), 1);
	model_index(m, model_link(m, NULL, m->spaces, "eth0"), 2);
	return m;
}

static void
judge(const char *name, const char *text, const char *want)
{
	struct mem *mem = mem_new();
	struct model *m = build(mem, text);
	char *have = NULL;
	size_t size;
	FILE *f = open_memstream(&have, &size);

	print_plan(f, read_plan(mem, m, machine(mem)));
	(void)fclose(f);
	say_same(name, want, have);
	free(have);
	mem_free(mem);
}

static const struct {
	const char *name, *text, *want;
} texts[] = {
	{ "links",
		"[dummy d]\n"
		"mtu = 1400\n"
		"mac = 02:00:00:00:00:01\n"
		"[vlan b/v.1]\n"
		"parent = d\n"
		"id = 5\n"
		"protocol = 802.1ad\n"
		"gvrp = yes\n"
		"reorder-hdr = no\n"
		"ingress-qos-map = 1:2 3:4\n"
		"[macvlan m]\n"
		"parent = d\n"
		"mode = source\n"
		"macaddr = 02:00:00:00:00:01 02:00:00:00:00:02\n"
		"nodst = yes\n"
		"[veth b/v]\n"
		"peer = w\n"
		"[peer w]\n"
		"mac = 02:00:00:00:00:07\n"
		"[nic eth0]\n"
		"[macvlan b/eth0]\n"
		"parent = eth0\n"
		"[netns b]\n",
		"ip netns add b  # f:23\n"
		"modprobe -q dummy numdummies=0 || :  # f:1\n"
		"ip link add name d mtu 1400 address 02:00:00:00:00:01 type dummy  # f:1\n"
		"ip link add link d name v.1 netns b type vlan id 5 protocol 802.1ad gvrp on reorder_hdr off ingress-qos-map 1:2 3:4  # f:4\n"
		"ip link add link d name m type macvlan nodst mode source macaddr set 02:00:00:00:00:01 02:00:00:00:00:02  # f:11\n"
		"ip -n b link add name v type veth peer name w address 02:00:00:00:00:07 netns $$  # f:16\n"
		"ip link add link eth0 name nbs-new6 netns b type macvlan  # f:21\n"
		"ip -n b link set dev nbs-new6 name eth0  # f:21\n"
		"ip -n b link set dev lo up  # f:23\n"
		"ip link set dev lo up  # nbs's default\n"
		"ip -n b link set dev eth0 up  # f:21\n"
		"ip link set dev eth0 up  # f:20\n"
		"ip link set dev w up  # f:18\n"
		"ip -n b link set dev v up  # f:16\n"
		"ip link set dev m up  # f:11\n"
		"ip link set dev d up  # f:1\n" },
	{ "tun and tap",
		"[tun t]\n"
		"owner = 5\n"
		"group = 6\n"
		"no-pi = no\n"
		"[tap b/p]\n"
		"no-pi = yes\n"
		"vnet-hdr = yes\n"
		"multi-queue = no\n"
		"mtu = 1300\n"
		"[netns b]\n",
		"ip netns add b  # f:10\n"
		"modprobe -q tun || :  # f:1\n"
		"ip tuntap add dev t mode tun user 5 group 6 pi  # f:1\n"
		"ip -n b tuntap add dev p mode tap vnet_hdr  # f:5\n"
		"ip -n b link set dev p mtu 1300  # f:9\n"
		"ip -n b link set dev lo up  # f:10\n"
		"ip link set dev lo up  # nbs's default\n"
		"ip -n b link set dev p up  # f:5\n"
		"ip link set dev t up  # f:1\n" },
	{ "values",
		"[dummy x;y]\n"
		"up = no\n"
		"alias = it's; $(x) \"y\"\n"
		"arp = no\n"
		"promiscuous = yes\n"
		"link-group = default\n"
		"rp-filter = 2\n"
		"proxy-arp = yes\n"
		"token = ::5\n"
		"addr-gen-mode = none\n"
		"stable-secret = ::1:2\n"
		"ipv6 = link-local\n",
		"modprobe -q dummy numdummies=0 || :  # f:1\n"
		"ip link add name 'x;y' group default type dummy  # f:1\n"
		"ip link set dev 'x;y' alias 'it'\\''s; $(x) \"y\"' arp off promisc on  # f:3\n"
		"sysctl -w 'net/ipv4/conf/x;y/rp_filter=2'  # f:7\n"
		"sysctl -w 'net/ipv4/conf/x;y/proxy_arp=1'  # f:8\n"
		"# ip(8) cannot say: stable-secret = (hidden) of x;y  # f:11\n"
		"sysctl -w 'net/ipv6/conf/x;y/disable_ipv6=0'  # f:12\n"
		"sysctl -w 'net/ipv6/conf/x;y/accept_ra=0'  # f:12\n"
		"sysctl -w 'net/ipv6/conf/x;y/autoconf=0'  # f:12\n"
		"ip link set dev 'x;y' addrgenmode none  # f:10\n"
		"ip token set ::5 dev 'x;y'  # f:9\n"
		"ip link set dev lo up  # nbs's default\n"
		"# without a command: 1\n" },
	{ "a module before the first of its links",
		"[bond b]\nup = no\n[bond bond0]\nup = no\n[tun t]\nup = no\n[tap u]\nup = no\n",
		"modprobe -q bonding max_bonds=0 || :  # f:1\n"
		"ip link add name b type bond miimon 100  # f:1\n"
		"ip link add name bond0 type bond miimon 100  # f:3\n"
		"modprobe -q tun || :  # f:5\n"
		"ip tuntap add dev t mode tun  # f:5\n"
		"ip tuntap add dev u mode tap  # f:7\n"
		"ip link set dev lo up  # nbs's default\n" },
	{ "a bond",
		"[bond bond0]\n"
		"mode = 802.3ad\n"
		"lacp-active = no\n"
		"use-carrier = yes\n"
		"coupled-control = yes\n"
		"arp-ip-target = 192.0.2.1 192.0.2.2\n"
		"ns-ip6-target =\n"
		"ports = eth0 d\n"
		"up = no\n"
		"[dummy d]\n"
		"queue-id = 3\n",
		"modprobe -q bonding max_bonds=0 || :  # f:1\n"
		"ip link add name bond0 type bond mode 802.3ad lacp_active 0 use_carrier 1 coupled_control on arp_ip_target 192.0.2.1,192.0.2.2 ns_ip6_target '' miimon 100  # f:1\n"
		"modprobe -q dummy numdummies=0 || :  # f:10\n"
		"ip link add name d type dummy  # f:10\n"
		"ip link set dev d addrgenmode none  # nbs's default\n"
		"ip link set dev eth0 master bond0  # f:8\n"
		"ip link set dev d master bond0  # f:8\n"
		"ip link set dev d type bond_slave queue_id 3  # f:11\n"
		"ip link set dev lo up  # nbs's default\n" },
	{ "a bond with a primary",
		"[bond b]\n"
		"mode = active-backup\n"
		"primary = eth0\n"
		"ports = eth0\n"
		"up = no\n",
		"modprobe -q bonding max_bonds=0 || :  # f:1\n"
		"ip link add name b type bond mode active-backup miimon 100  # f:1\n"
		"ip link set dev eth0 master b  # f:4\n"
		"ip link set dev b type bond primary eth0  # f:3\n"
		"ip link set dev lo up  # nbs's default\n" },
	{ "a bridge",
		"[bridge br]\n"
		"ports = d e\n"
		"stp = yes\n"
		"vlan-protocol = 802.1ad\n"
		"no-linklocal-learn = yes\n"
		"vlans = 5 7-9\n"
		"pvid = 5\n"
		"untagged = 5\n"
		"[dummy d]\n"
		"vlans = 1 3\n"
		"pvid = 1\n"
		"untagged = 1\n"
		"cost = 5\n"
		"isolated = yes\n"
		"proxy-arp = no\n"
		"port-proxy-arp = yes\n"
		"mcast-max-groups = 9\n"
		"backup-port = e\n"
		"fdb = 02:00:00:00:00:03 static vlan 3\n"
		"[dummy e]\n",
		"ip link add name br type bridge stp_state 1 vlan_protocol 802.1ad no_linklocal_learn 1  # f:1\n"
		"ip link set dev br address $(ip -o link show dev br | sed 's/.*ether //; s/ .*//')  # f:1\n"
		"modprobe -q dummy numdummies=0 || :  # f:9\n"
		"ip link add name d type dummy  # f:9\n"
		"ip link add name e type dummy  # f:20\n"
		"ip link set dev d addrgenmode none  # nbs's default\n"
		"sysctl -w net/ipv4/conf/d/proxy_arp=0  # f:15\n"
		"ip link set dev e addrgenmode none  # nbs's default\n"
		"bridge vlan delete dev br vid 1 self  # f:6\n"
		"ip link set dev d master br  # f:2\n"
		"ip link set dev e master br  # f:2\n"
		"bridge vlan add dev br vid 5 pvid untagged self  # f:6\n"
		"bridge vlan add dev br vid 7-9 self  # f:6\n"
		"ip link set dev d type bridge_slave cost 5 isolated on proxy_arp on  # f:13\n"
		"# ip(8) cannot say: mcast-max-groups = 9 of d  # f:17\n"
		"bridge vlan add dev d vid 3  # f:10\n"
		"ip link set dev d type bridge_slave backup_port e  # f:18\n"
		"bridge fdb add 02:00:00:00:00:03 static master vlan 3 dev d  # f:19\n"
		"ip link set dev lo up  # nbs's default\n"
		"ip link set dev e up  # f:20\n"
		"ip link set dev d up  # f:9\n"
		"ip link set dev br up  # f:1\n"
		"# without a command: 1\n" },
	{ "a NIC for a namespace",
		"[netns b]\n"
		"[nic b/eth0]\n"
		"mtu = 1400\n"
		"rp-filter = 2\n"
		"address = 192.0.2.1/24\n"
		"gateway = 192.0.2.2\n",
		"ip netns add b  # f:1\n"
		"ip link set dev eth0 netns b  # f:2\n"
		"ip -n b link set dev eth0 mtu 1400  # f:3\n"
		"ip netns exec b sysctl -w net/ipv4/conf/eth0/rp_filter=2  # f:4\n"
		"ip -n b address add 192.0.2.1/24 dev eth0  # f:5\n"
		"ip -n b link set dev lo up  # f:1\n"
		"ip link set dev lo up  # nbs's default\n"
		"ip -n b link set dev eth0 up  # f:2\n"
		"ip -n b route add default via 192.0.2.2 dev eth0 proto static  # f:6\n" },
	{ "names that are words of ip(8), of options and of sh(1)",
		"[dummy a]\n"
		"[dummy up]\n"
		"mtu = 1400\n"
		"[dummy dev]\n"
		"[vlan type]\n"
		"parent = up\n"
		"id = 5\n"
		"[bridge -x]\n"
		"ports = type\n"
		"[netns -n]\n"
		"[veth $(x)]\n"
		"peer = -n/it's\"\n"
		"rp-filter = 2\n"
		"[macvlan a=b]\n"
		"parent = dev\n"
		"rp-filter = 2\n"
		"[tap y]\n"
		"[global]\n"
		"hostname = -F\n"
		"[sysctl]\n"
		"kernel.core_pattern = |/bin/x %P; y\n",
		"ip netns add -n  # f:10\n"
		"modprobe -q dummy numdummies=0 || :  # f:1\n"
		"ip link add name a type dummy  # f:1\n"
		"ip link add name up mtu 1400 type dummy  # f:2\n"
		"ip link add name dev type dummy  # f:4\n"
		"ip link add name -x type bridge forward_delay 0  # f:8\n"
		"ip link set dev -x address $(ip -o link show dev -x | sed 's/.*ether //; s/ .*//')  # f:8\n"
		"ip link add link up name type type vlan id 5  # f:5\n"
		"ip link add name '$(x)' type veth peer name 'it'\\''s\"' netns -n  # f:11\n"
		"ip link add link dev name a=b type macvlan  # f:14\n"
		"modprobe -q tun || :  # f:17\n"
		"ip tuntap add dev y mode tap  # f:17\n"
		"ip link set dev type addrgenmode none  # nbs's default\n"
		"sysctl -w 'net/ipv4/conf/$(x)/rp_filter=2'  # f:13\n"
		"sh -c 'printf \"%s\\n\" \"$1\" >\"$2\"' sh 2 /proc/sys/net/ipv4/conf/a=b/rp_filter  # f:16\n"
		"ip link set dev type master -x  # f:9\n"
		"ip -n -n link set dev lo up  # f:10\n"
		"ip link set dev lo up  # nbs's default\n"
		"ip -n -n link set dev 'it'\\''s\"' up  # f:12\n"
		"ip link set dev y up  # f:17\n"
		"ip link set dev a=b up  # f:14\n"
		"ip link set dev '$(x)' up  # f:11\n"
		"ip link set dev -x up  # f:8\n"
		"ip link set dev dev up  # f:4\n"
		"ip link set dev up up  # f:2\n"
		"ip link set dev a up  # f:1\n"
		"sysctl -w 'kernel/core_pattern=|/bin/x %P; y'  # f:21\n"
		"hostname -- -F  # f:19\n" },
	{ "addresses and neighbours",
		"[dummy d]\n"
		"address = 192.0.2.1/24 brd + label d:1 valid_lft 1h\n"
		"address = 2001:db8::1/64 nodad noprefixroute\n"
		"address = 10.0.0.1 peer 10.0.0.2/24 metric 5\n"
		"neighbor = 192.0.2.5 lladdr 02:00:00:00:00:05\n"
		"neighbor = 192.0.2.6 proxy\n"
		"fdb = 02:00:00:00:00:03\n",
		"modprobe -q dummy numdummies=0 || :  # f:1\n"
		"ip link add name d type dummy  # f:1\n"
		"ip address add 192.0.2.1/24 brd 192.0.2.255 label d:1 valid_lft 3600 dev d  # f:2\n"
		"ip address add 2001:db8::1/64 nodad noprefixroute dev d  # f:3\n"
		"ip address add 10.0.0.1 peer 10.0.0.2/24 metric 5 dev d  # f:4\n"
		"bridge fdb add 02:00:00:00:00:03 permanent self dev d  # f:7\n"
		"ip link set dev lo up  # nbs's default\n"
		"ip link set dev d up  # f:1\n"
		"ip neighbour add 192.0.2.5 lladdr 02:00:00:00:00:05 dev d  # f:5\n"
		"ip neighbour add proxy 192.0.2.6 dev d  # f:6\n" },
	{ "routes",
		"[dummy d]\n"
		"address = 192.0.2.1/24\n"
		"address = 2001:db8::1/64\n"
		"gateway = 192.0.2.2 metric 7\n"
		"gateway = 2001:db8::2\n"
		"route = 198.51.100.0/24 via inet6 fe80::1 mtu lock 1400 ttl-propagate yes rto_min 5ms\n"
		"route = 203.0.113.0/24 via 10.0.0.1 onlink table 5 protocol dhcp\n"
		"route = 10.0.0.0/8 nexthop via 192.0.2.2 weight 2 nexthop via 192.0.2.3\n"
		"route = 2001:db8:1::/48 from 2001:db8:2::/48 pref high\n"
		"[dummy b/e]\n"
		"address = 192.0.2.1/24\n"
		"route = 10.0.0.0/8 congctl cubic scope host\n"
		"[netns b]\n"
		"route = blackhole 172.16.0.0/12\n"
		"route = unreachable 2001:db8:9::/48 metric 5\n",
		"ip netns add b  # f:13\n"
		"modprobe -q dummy numdummies=0 || :  # f:1\n"
		"ip link add name d type dummy  # f:1\n"
		"ip -n b link add name e type dummy  # f:10\n"
		"ip address add 192.0.2.1/24 dev d  # f:2\n"
		"ip address add 2001:db8::1/64 dev d  # f:3\n"
		"ip -n b address add 192.0.2.1/24 dev e  # f:11\n"
		"ip -n b link set dev lo up  # f:13\n"
		"ip link set dev lo up  # nbs's default\n"
		"ip -n b link set dev e up  # f:10\n"
		"ip link set dev d up  # f:1\n"
		"ip -n b route add blackhole 172.16.0.0/12 proto static  # f:14\n"
		"ip -n b -6 route add unreachable 2001:db8:9::/48 metric 5 proto static  # f:15\n"
		"ip -6 route add 2001:db8:1::/48 dev d from 2001:db8:2::/48 proto static pref high  # f:9\n"
		"ip -n b route add 10.0.0.0/8 dev e scope host proto static congctl cubic  # f:12\n"
		"ip route add default via 192.0.2.2 dev d metric 7 proto static  # f:4\n"
		"ip -6 route add default via 2001:db8::2 dev d proto static  # f:5\n"
		"ip route add 198.51.100.0/24 via inet6 fe80::1 dev d proto static ttl-propagate enabled mtu lock 1400 rto_min 5  # f:6\n"
		"ip route add 203.0.113.0/24 via 10.0.0.1 dev d onlink table 5 proto dhcp  # f:7\n"
		"ip route add 10.0.0.0/8 proto static nexthop via 192.0.2.2 dev d weight 2 nexthop via 192.0.2.3 dev d weight 1  # f:8\n" },
	{ "rules",
		"[global]\n"
		"rule = not from 10.0.0.0/8 fwmark 0x1/0xff uidrange 5 sport 80 prohibit\n"
		"rule = from 2001:db8::/32 iif lo lookup main pref 5\n"
		"rule = l3mdev yes\n"
		"rule = to 192.0.2.0/24 goto 7\n",
		"ip link set dev lo up  # nbs's default\n"
		"ip rule add not from 10.0.0.0/8 fwmark 0x1/0xff type prohibit uidrange 5-5 sport 80 protocol static  # f:2\n"
		"ip -6 rule add from 2001:db8::/32 iif lo pref 5 lookup main protocol static  # f:3\n"
		"ip rule add l3mdev protocol static  # f:4\n"
		"ip rule add to 192.0.2.0/24 goto 7 protocol static  # f:5\n" },
	{ "settings",
		"[global]\n"
		"hostname = it's\n"
		"ip-forward = yes\n"
		"ipv6 = no\n"
		"dns = 192.0.2.1 2001:db8::1\n"
		"search = example.net\n"
		"resolv-conf = /tmp/a b\n"
		"[loopback lo]\n"
		"[nic eth0]\n"
		"[netns b]\n"
		"[sysctl b]\n"
		"net.core.x = 5  6\n"
		"net.ipv4.conf.lo.rp_filter = 1\n",
		"ip netns add b  # f:10\n"
		"sysctl -w net/ipv4/ip_forward=1  # f:3\n"
		"sysctl -w net/ipv6/conf/eth0/disable_ipv6=1  # f:4\n"
		"ip -n b link set dev lo up  # f:10\n"
		"ip link set dev eth0 up  # f:9\n"
		"ip link set dev lo up  # f:8\n"
		"ip netns exec b sysctl -w 'net/core/x=5  6'  # f:12\n"
		"ip netns exec b sysctl -w net/ipv4/conf/lo/rp_filter=1  # f:13\n"
		"hostname 'it'\\''s'  # f:2\n"
		"printf '%s\\n' 'search example.net' 'nameserver 192.0.2.1' 'nameserver 2001:db8::1' > '/tmp/a b'  # f:5\n" },
	{ "no name servers",
		"[global]\n"
		"dns =\n"
		"resolv-conf = /tmp/r\n",
		"ip link set dev lo up  # nbs's default\n"
		": > /tmp/r  # f:2\n" },
};

static struct phrase *
phrase(struct mem *mem, enum topic t, struct link *l, const char *text)
{
	struct fault f;
	struct phrase *p = phrase_parse(mem, t, text, NULL, 0, &f);

	p->ns = l->ns;
	p->link = l;
	phrase_complete(p, NULL, mem);
	for (struct value *v = p->vals; v; v = v->next)
		v->foreign = true; /* as if the kernel had told it */
	for (struct nexthop *h = p->hops; h; h = h->next)
		h->link = l;
	return p;
}

static void
step(struct mem *mem, struct step s, const char *want)
{
	say_same(want, want, print_step(mem, &s));
}

static void
judge_removal(struct mem *mem, struct link *l)
{
	struct step s = { .verb = DROP_SAID, .ns = l->ns, .link = l };

	s.said = phrase(mem, ADDRESS, l, "10.0.0.1 peer 10.0.0.2/24 metric 5 scope link");
	step(mem, s, "ip -n b address delete 10.0.0.1 peer 10.0.0.2/24 dev d");
	s.said = phrase(mem, ROUTE, l, "10.0.0.0/8 via 192.0.2.2 onlink metric 5 mtu 1400");
	step(mem, s,
		"ip -n b route delete 10.0.0.0/8 via 192.0.2.2 dev d onlink table main metric 5");
	s.said = phrase(mem, ROUTE, l, "::/0 nexthop via 2001:db8::1 nexthop via 2001:db8::2");
	step(mem, s,
		"ip -n b -6 route delete default table main metric 1024 nexthop via 2001:db8::1 dev d weight 1"
		" nexthop via 2001:db8::2 dev d weight 1");
	s.said = phrase(mem, RULE, l, "not from 10.0.0.0/8 pref 7 lookup 5");
	step(mem, s, "ip -n b rule delete not from 10.0.0.0/8 pref 7 lookup 5 protocol static");
	s.said = phrase(mem, NEIGHBOR, l, "192.0.2.1 lladdr 02:00:00:00:00:01 nud permanent");
	step(mem, s, "ip -n b neighbour delete 192.0.2.1 dev d");
	s.said = phrase(mem, NEIGHBOR, l, "2001:db8::1 proxy");
	step(mem, s, "ip -n b neighbour delete proxy 2001:db8::1 dev d");
	s.said = phrase(mem, FDB, l, "02:00:00:00:00:01 static vlan 7");
	step(mem, s, "bridge -n b fdb delete 02:00:00:00:00:01 self vlan 7 dev d");
	s.verb = PUT_BACK;
	s.said = phrase(mem, ADDRESS, l, "2001:db8::1/64 nodad");
	step(mem, s, "ip -n b address replace 2001:db8::1/64 nodad dev d");
}

static void
judge_links(struct mem *mem, struct model *m, struct link *l)
{
	struct link *br = model_find(m->spaces, "br"), *mac = model_find(m->spaces, "m");
	struct value *nodst = link_value(mac, "nodst");
	const struct value *sent[] = { nodst };
	struct step s = { .ns = l->ns, .link = l };

	s.verb = DROP_SPACE;
	step(mem, s, "ip netns delete b");
	s.verb = MAKE_SPACE;
	s.path = "/run/netns/b";
	step(mem, s, "rm /run/netns/b; ip netns add b");
	s.path = NULL;
	s.verb = DROP_LINK;
	step(mem, s, "ip -n b link delete dev d");
	s.verb = LOWER;
	step(mem, s, "ip -n b link set dev d down");
	s.verb = LEAVE;
	step(mem, s, "ip -n b link set dev d nomaster");
	s.verb = RENAME_LINK;
	s.was = "en 0";
	s.text = "d";
	step(mem, s, "ip -n b link set dev 'en 0' name d");
	s.verb = DROP_ALTNAME;
	step(mem, s, "ip -n b link property del dev 'en 0' altname d");
	s.verb = ADD_ALTNAME;
	step(mem, s, "ip -n b link property add dev 'en 0' altname d");
	s.verb = LOWER;
	step(mem, s, "ip -n b link set dev 'en 0' down");
	s.verb = MOVE_LINK;
	s.was = "e";
	s.from_ns = m->spaces;
	step(mem, s, "ip link set dev e netns b name d");
	s.was = "d";
	step(mem, s, "ip link set dev d netns b");
	s.from_ns = l->ns;
	s.ns = m->spaces;
	step(mem, s, "ip -n b link set dev d netns $$");
	s = (struct step) { .verb = DROP_VLANS, .ns = br->ns, .link = br, .from = 5, .to = 7 };
	step(mem, s, "bridge vlan delete dev br vid 5-7 self");
	s = (struct step) { .verb = SET_LINK, .ns = mac->ns, .link = mac, .vals = sent, .n = 1 };
	step(mem, s, "ip link set dev m type macvlan mode source nodst");
	nodst->num = 0;
	step(mem, s, "ip link set dev m type macvlan mode source flag null");
}

/* What is no command stays a comment, and a terminal obeys nothing of it. */
static void
judge_why(struct mem *mem, struct link *l)
{
	struct plan *p = plan_new(mem, NULL, NULL, NULL);
	char *have = NULL;
	size_t size;
	FILE *f = open_memstream(&have, &size);

	plan_add(p, MAKING, MAKE_LINK, l->ns, l)->why = "'a\nreboot\x9b' \xc3\xa4";
	print_plan(f, p);
	(void)fclose(f);
	say_same("why a link is made anew",
		"modprobe -q dummy numdummies=0 || :  # f:2\n"
		"ip -n b link add name d type dummy  # f:2: made anew: 'a\\x0areboot\\x9b' \xc3\xa4\n",
		have);
	free(have);
}

/* What a NIC loses by going down is put back by its new name. */
static void
judge_renamed(struct mem *mem)
{
	struct bed *b = bed_new();
	char *have = NULL;
	size_t size;
	FILE *f = open_memstream(&have, &size);

	bed_others(b,
		"[nic eth0]\naddress = 2001:db8::1/64\nroute = 2001:db8:1::/48 via 2001:db8::2\n"
		"neighbor = 2001:db8::5 lladdr 02:00:00:00:00:05\n");
	bed_want(b, "[nic wan]\nmatch-mac = 52:54:00:00:00:02\n");
	print_plan(f, bed_look(b, mem));
	(void)fclose(f);
	say(strstr(have, " name wan ") && strstr(have, "address replace") &&
			strstr(have, "route replace") && strstr(have, "neighbour replace") &&
			!strstr(strstr(have, " name wan "), "eth0"),
		"what is put back has the new name of its NIC", "%s", have);
	free(have);
	bed_free(b);
}

/* So does what is waited for. */
static void
judge_missing(void)
{
	struct missing nic = { NULL, { NULL, 0, NULL, NULL }, "no NIC that fits is free" },
		       link = { &nic, { "f", 5, "a\nreboot", NULL }, "carrier of b\x1b[2J" };
	char *have = NULL;
	size_t size;
	FILE *f = open_memstream(&have, &size);

	print_missing(f, &link);
	(void)fclose(f);
	say_same("what is waited for",
		"# waits for a\\x0areboot: carrier of b\\x1b[2J\n"
		"# waits for a NIC: no NIC that fits is free\n",
		have);
	free(have);
}

int
main(void)
{
	static const char by_hand[] = "[netns b]\n[dummy b/d]\n[bridge br]\n"
				      "[macvlan m]\nparent = br\nmode = source\nnodst = yes\n";
	struct mem *mem = mem_new();
	struct model *m = build(mem, by_hand);

	for (size_t i = 0; i < LEN(texts); i++)
		judge(texts[i].name, texts[i].text, texts[i].want);
	judge_removal(mem, model_find(m->spaces->next, "d"));
	judge_links(mem, m, model_find(m->spaces->next, "d"));
	judge_why(mem, model_find(m->spaces->next, "d"));
	judge_missing();
	judge_renamed(mem);
	mem_free(mem);
	return say_end();
}
