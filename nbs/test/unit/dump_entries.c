/*
 * Addresses, routes, rules, neighbours and forwarding entries, as dump says
 * them: those of the kernel, of routers, servers and routing programs are not
 * the file's.
 */
#include <libmnl/libmnl.h>
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "base/mem.h"
#include "test/support/dumped.h"
#include "test/support/say.h"

/* Replaces a message of the kernel's by one with another attribute at its end. */
static void
append(struct bed *b, struct told *t, int attr, uint32_t value)
{
	struct nlmsghdr *h = mem_get(b->mem, t->h->nlmsg_len + 8);

	(void)memcpy(h, t->h, t->h->nlmsg_len);
	mnl_attr_put_u32(h, (uint16_t)attr, value);
	t->h = h;
}

/* A kernel that does not say which addresses are its own. */
static void
old(struct bed *b)
{
	b->kernel->release = RELEASE(5, 17);
}

/* Routes with more to them, one after the other; the last stays as it is. */
static void
more(struct bed *b)
{
	static const int attrs[] = { RTA_ENCAP, RTA_NEWDST, RTA_IIF };
	size_t n = 0;

	for (struct told *t = b->kernel->places->said; t; t = t->next)
		if (t->h->nlmsg_type == RTM_NEWROUTE && n < LEN(attrs))
			append(b, t, attrs[n++], 1);
}

static void
temporary(struct bed *b)
{
	for (struct told *t = b->kernel->places->said; t; t = t->next)
		if (t->h->nlmsg_type == RTM_NEWADDR)
			append(b, t, IFA_FLAGS, IFA_F_TEMPORARY);
}

/* A tunnel instead of a gateway, in the last hop of a route. */
static void
tunnel(struct bed *b)
{
	struct told *t = b->kernel->places->said;
	struct nlattr *last = NULL;

	while (t->h->nlmsg_type != RTM_NEWROUTE)
		t = t->next;
	for (char *at = (char *)t->h; at < (char *)t->h + t->h->nlmsg_len; at += NLMSG_ALIGNTO)
		if (!memcmp(at, &(struct nlattr) { 8, RTA_GATEWAY }, sizeof(*last)))
			last = (struct nlattr *)at;
	last->nla_type = RTA_ENCAP;
}

static const struct dumped cases[] = {
	{ .name = "IPv4 addresses",
		.theirs = "[nic eth0]\naddress = 192.0.2.1/24 label eth0:x\n"
			  "address = 192.0.2.2/24 broadcast +\n"
			  "address = 10.0.0.1/32 peer 10.0.0.2/32\n"
			  "address = 10.1.0.1/24 scope link metric 100\n"
			  "address = 10.2.0.1/24 noprefixroute preferred-lft 0\n"
			  "address = 10.3.0.1/24 label eth0\n"
			  "address = 10.4.0.1/24 broadcast 10.4.0.7\n",
		.dump = "[nic eth0]\naddress = 192.0.2.1/24 label eth0:x\n"
			"address = 192.0.2.2/24 broadcast 192.0.2.255\n"
			"address = 10.0.0.1/32 peer 10.0.0.2/32\n"
			"address = 10.1.0.1/24 scope link metric 100\n"
			"address = 10.2.0.1/24 preferred-lft 0 noprefixroute\n"
			"address = 10.3.0.1/24\naddress = 10.4.0.1/24 broadcast 10.4.0.7\n" },
	{ .name = "IPv6 addresses in the order of their setting",
		.theirs =
			"[nic eth0]\naddress = 2001:db8::3/64\naddress = 2001:db8::1/64 nodad home\n"
			"address = 2001:db8::2/64 noprefixroute metric 512\n"
			"address = 2001:db8:1::1/128 peer 2001:db8:1::2/128\n"
			"address = 2001:db8::4/64 preferred-lft 0\n",
		.dump = "[nic eth0]\naddress = 2001:db8::3/64\naddress = 2001:db8::1/64 nodad home\n"
			"address = 2001:db8::2/64 metric 512 noprefixroute\n"
			"address = 2001:db8:1::1/128 peer 2001:db8:1::2/128\n"
			"address = 2001:db8::4/64 preferred-lft 0\n" },
	{ .name = "addresses that end",
		.theirs = "[nic eth0]\naddress = 192.0.2.1/24 valid-lft 100 preferred-lft 50\n"
			  "address = 192.0.2.2/24\naddress = 2001:db8::1/64 valid-lft 100\n",
		.dump = "[nic eth0]\naddress = 192.0.2.2/24\n"
			"# address = 192.0.2.1/24: it ends, unless who has set it sets it anew\n"
			"# address = 2001:db8::1/64: it ends, unless who has set it sets it anew\n"
			"# 2 lines with a # tell what this file cannot say\n" },
	{ .name = "addresses of the loopback",
		.theirs = "[loopback lo]\naddress = 127.0.0.1/8\naddress = 127.0.0.1/32\n"
			  "address = 127.0.0.2/8\naddress = 127.1.0.1/8\naddress = 127.0.1.1/8\n"
			  "address = ::1/128\naddress = ::2/128\naddress = 1::1/128\n"
			  "address = ::1:0:0:1/128\naddress = 10.0.0.1/8\n",
		.kernel = old,
		.dump = "[loopback lo]\naddress = 127.0.0.1/32\naddress = 127.0.0.2/8\n"
			"address = 127.1.0.1/8\naddress = 127.0.1.1/8\naddress = 10.0.0.1/8\n"
			"address = ::2/128\naddress = 1::1/128\naddress = ::1:0:0:1/128\n" },
	{ .name = "link-local addresses",
		.theirs = "[nic eth0]\naddress = fe80::5054:ff:fe00:2/64\n"
			  "address = fe80::5054:ff:fe00:3/64\naddress = fe80::1/128\n"
			  "address = fe80::5/64\naddress = fec0::5054:ff:fe00:2/64\n"
			  "address = 2001:db8::5054:ff:fe00:2/64\n"
			  "[nic eth1]\naddr-gen-mode = random\naddress = fe80::1/64\n"
			  "address = fe80::2/64 proto 7\n"
			  "[nic eth2]\naddr-gen-mode = none\naddress = fe80::1/64\n"
			  "[nic eth3]\naddr-gen-mode = stable_secret\nstable-secret = 2001:db8::1\n"
			  "address = fe80::1/64\n",
		.kernel = old,
		.dump = "[nic eth0]\naddress = fe80::5054:ff:fe00:3/64\naddress = fe80::1/128\n"
			"address = fe80::5/64\n"
			"[nic eth1]\naddr-gen-mode = random\naddress = fe80::1/64\n"
			"address = fe80::2/64 proto 7\n"
			"[nic eth2]\naddr-gen-mode = none\naddress = fe80::1/64\n"
			"[nic eth3]\naddr-gen-mode = stable_secret\nstable-secret = 2001:db8::1\n"
			"address = fe80::1/64\n" },
	{ .name = "temporary addresses",
		.theirs = "[nic eth0]\naddress = 2001:db8::1/64\naddress = 10.0.0.1/24\n",
		.kernel = temporary,
		.dump = "[nic eth0]\naddress = 10.0.0.1/24\n" },
	{ .name = "setters of addresses",
		.theirs = "[nic eth0]\naddress = 2001:db8::1/64 proto 1\n"
			  "address = 2001:db8::2/64 proto 2\naddress = 2001:db8::3/64 proto 3\n"
			  "address = 2001:db8::4/64 proto 4\naddress = 2001:db8::5/64 proto 0\n"
			  "address = 10.0.0.1/24 proto 3\naddress = 10.0.0.2/24 proto 4\n",
		.dump = "[nic eth0]\naddress = 10.0.0.2/24 proto 4\n"
			"address = 2001:db8::4/64 proto 4\naddress = 2001:db8::5/64\n" },
	{ .name = "routes",
		.theirs = "[nic eth0]\naddress = 192.0.2.1/24\naddress = 2001:db8::1/64\n"
			  "route = 10.0.0.0/8 via 192.0.2.9\nroute = 10.1.0.0/16\n"
			  "route = 10.2.0.0/16 via 192.0.2.9 metric 7 table 100 tos 8\n"
			  "route = 10.3.0.0/16 src 192.0.2.1 scope link protocol boot\n"
			  "route = default via 192.0.2.254\n"
			  "route = default via 192.0.2.253 metric 5\nroute = ::/0 via 2001:db8::9\n"
			  "route = 2001:db8:1::/48 via 2001:db8::9 metric 512 pref high\n"
			  "route = 2001:db8:2::/48 metric 1024\nroute = local 10.4.0.0/16\n"
			  "route = 10.5.0.0/16 scope global\n"
			  "route = 10.6.0.0/16 via inet6 2001:db8::9\n"
			  "[global]\nroute = blackhole 10.255.0.0/16\n"
			  "route = unreachable 10.254.0.0/16 metric 9\n"
			  "route = prohibit 10.253.0.0/16\nroute = throw 10.252.0.0/16 table 100\n"
			  "route = blackhole 2001:db8:ff::/48\n",
		.dump = "[global]\nroute = throw 10.252.0.0/16 table 100\n"
			"route = prohibit 10.253.0.0/16\n"
			"route = unreachable 10.254.0.0/16 metric 9\n"
			"route = blackhole 10.255.0.0/16\nroute = blackhole 2001:db8:ff::/48\n"
			"[nic eth0]\naddress = 192.0.2.1/24\naddress = 2001:db8::1/64\n"
			"gateway = 192.0.2.254\ngateway = 192.0.2.253 metric 5\n"
			"route = 10.0.0.0/8 via 192.0.2.9\nroute = 10.1.0.0/16\n"
			"route = 10.2.0.0/16 tos 0x8 table 100 metric 7 via 192.0.2.9\n"
			"route = 10.3.0.0/16 protocol boot src 192.0.2.1\n"
			"route = local 10.4.0.0/16\nroute = 10.5.0.0/16 scope global\n"
			"route = 10.6.0.0/16 via 2001:db8::9\ngateway = 2001:db8::9\n"
			"route = 2001:db8:1::/48 metric 512 pref high via 2001:db8::9\n"
			"route = 2001:db8:2::/48\n" },
	{ .name = "order of routes",
		.theirs =
			"[nic eth0]\naddress = 192.0.2.1/24\naddress = 2001:db8::1/64\n"
			"route = 10.0.0.0/16 metric 3\nroute = 10.0.0.0/16 metric 1\n"
			"route = 10.0.0.0/16 tos 1\nroute = 10.0.0.0/16\nroute = 10.0.0.0/8\n"
			"route = 9.0.0.0/8\nroute = 11.0.0.0/8\nroute = 10.0.0.0/16 metric 2\n"
			"route = 10.0.0.0/16 table 5 metric 1\nroute = 10.0.0.0/16 tos 8 metric 1\n"
			"route = 10.0.0.0/16 tos 4 metric 1\n"
			"route = 2001:db8:2::/48 via 2001:db8::3\n"
			"route = 2001:db8:2::/48 via 2001:db8::2\n"
			"route = 2001:db8:2::/48 via 2001:db8::4\nroute = 2001:db8:1::/48\n"
			"route = 2001:db8::/33\n",
		.dump = "[nic eth0]\naddress = 192.0.2.1/24\naddress = 2001:db8::1/64\n"
			"route = 9.0.0.0/8\nroute = 10.0.0.0/8\n"
			"route = 10.0.0.0/16 table 5 metric 1\nroute = 10.0.0.0/16\n"
			"route = 10.0.0.0/16 tos 0x1\nroute = 10.0.0.0/16 metric 1\n"
			"route = 10.0.0.0/16 tos 0x4 metric 1\n"
			"route = 10.0.0.0/16 tos 0x8 metric 1\nroute = 10.0.0.0/16 metric 2\n"
			"route = 10.0.0.0/16 metric 3\nroute = 11.0.0.0/8\nroute = 2001:db8::/33\n"
			"route = 2001:db8:1::/48\nroute = 2001:db8:2::/48 via 2001:db8::2\n"
			"route = 2001:db8:2::/48 via 2001:db8::3\n"
			"route = 2001:db8:2::/48 via 2001:db8::4\n" },
	{ .name = "routes with more to them",
		.theirs =
			"[nic eth0]\nroute = 10.0.0.0/8\nroute = 10.1.0.0/16\nroute = 10.2.0.0/16\n"
			"route = 10.3.0.0/16\n",
		.kernel = more,
		.dump = "[nic eth0]\nroute = 10.3.0.0/16\n"
			"# route = 10.2.0.0/16: there is more to it than words\n"
			"# route = 10.1.0.0/16: there is more to it than words\n"
			"# route = 10.0.0.0/8: there is more to it than words\n"
			"# 3 lines with a # tell what this file cannot say\n" },
	{ .name = "a tunnel within a hop",
		.theirs =
			"[nic eth0]\naddress = 192.0.2.1/24\n"
			"route = 10.0.0.0/8 nexthop via 192.0.2.2 weight 1 nexthop via 192.0.2.3 weight 1\n",
		.kernel = tunnel,
		.dump = "[nic eth0]\naddress = 192.0.2.1/24\n"
			"# route = 10.0.0.0/8 nexthop via 192.0.2.2 weight 1 nexthop weight 1: there is more to it than words\n"
			"# 1 line with a # tells what this file cannot say\n" },
	{ .name = "routes of programs",
		.theirs = "[nic eth0]\naddress = 192.0.2.1/24\naddress = 2001:db8::1/64\n"
			  "route = 10.0.0.0/8 protocol 11\nroute = 10.1.0.0/16 protocol 12\n"
			  "route = 10.2.0.0/16 protocol 7\nroute = 10.3.0.0/16 protocol 192\n"
			  "route = 10.4.0.0/16 protocol 9\n"
			  "[netns n]\n[dummy n/d]\nroute = 10.0.0.0/8 protocol 8\n"
			  "[netns o]\n[dummy o/d]\nroute = 10.0.0.0/8\n",
		.dump = "# 3 routes of programs that keep them themselves\n"
			"[netns n]\n# 1 route of programs that keep them themselves\n"
			"[netns o]\n[nic eth0]\naddress = 192.0.2.1/24\naddress = 2001:db8::1/64\n"
			"route = 10.2.0.0/16 protocol 7\n"
			"[dummy n/d]\n[dummy o/d]\nroute = 10.0.0.0/8\n"
			"# 2 lines with a # tell what this file cannot say\n" },
	{ .name = "routes of other setters",
		.theirs = "[nic eth0]\naddress = 192.0.2.1/24\naddress = 2001:db8::1/64\n"
			  "route = 10.0.0.0/8 protocol kernel\nroute = 10.1.0.0/16 protocol ra\n"
			  "route = 10.2.0.0/16 protocol dhcp\nroute = 10.3.0.0/16 protocol boot\n"
			  "route = 10.4.0.0/16 protocol 1\n"
			  "[global]\nroute = blackhole 10.5.0.0/16 protocol dhcp\n",
		.dump = "# route = blackhole 10.5.0.0/16 protocol dhcp: of a DHCP client\n"
			"[nic eth0]\naddress = 192.0.2.1/24\naddress = 2001:db8::1/64\n"
			"route = 10.3.0.0/16 protocol boot\n"
			"# route = 10.2.0.0/16 protocol dhcp: of a DHCP client\n"
			"# 2 lines with a # tell what this file cannot say\n" },
	{ .name = "routes that end",
		.theirs = "[nic eth0]\naddress = 192.0.2.1/24\naddress = 2001:db8::1/64\n"
			  "route = 2001:db8:1::/48 expires 100\n",
		.dump = "[nic eth0]\naddress = 192.0.2.1/24\naddress = 2001:db8::1/64\n"
			"# route = 2001:db8:1::/48: it ends, unless who has set it sets it anew\n"
			"# 1 line with a # tells what this file cannot say\n" },
	{ .name = "next hop objects",
		.theirs = "[nic eth0]\naddress = 192.0.2.1/24\naddress = 2001:db8::1/64\n"
			  "route = 10.0.0.0/8 nhid 5\n"
			  "[global]\nroute = 10.1.0.0/16 nhid 6\n",
		.dump = "[global]\nroute = 10.0.0.0/8 nhid 5\nroute = 10.1.0.0/16 nhid 6\n"
			"# route = 10.1.0.0/16 nhid 6: nbs does not make the next hop that it names\n"
			"# route = 10.0.0.0/8 nhid 5: nbs does not make the next hop that it names\n"
			"[nic eth0]\naddress = 192.0.2.1/24\naddress = 2001:db8::1/64\n"
			"# 2 lines with a # tell what this file cannot say\n" },
	{ .name = "several hops",
		.theirs =
			"[nic eth0]\naddress = 192.0.2.1/24\n"
			"route = 10.0.0.0/8 nexthop via 192.0.2.2 weight 2 nexthop dev eth1 via 198.51.100.2 weight 1 nexthop dev eth1 via 203.0.113.1 onlink\n"
			"route = 10.2.0.0/16 via 203.0.113.1 onlink\n"
			"[nic eth1]\naddress = 198.51.100.1/24\n",
		.dump = "[nic eth0]\naddress = 192.0.2.1/24\n"
			"route = 10.0.0.0/8 nexthop via 192.0.2.2 weight 2 nexthop dev eth1 via 198.51.100.2 weight 1 nexthop dev eth1 via 203.0.113.1 weight 1 onlink\n"
			"route = 10.2.0.0/16 via 203.0.113.1 onlink\n"
			"[nic eth1]\naddress = 198.51.100.1/24\n" },
	{ .name = "metrics",
		.theirs =
			"[nic eth0]\naddress = 192.0.2.1/24\naddress = 2001:db8::1/64\n"
			"route = 10.0.0.0/8 mtu lock 1400 rtt 80 cwnd 5 congctl cubic features ecn\n",
		.dump = "[nic eth0]\naddress = 192.0.2.1/24\naddress = 2001:db8::1/64\n"
			"route = 10.0.0.0/8 mtu lock 1400 rtt 80 cwnd 5 features ecn congctl cubic\n" },
	{ .name = "rules",
		.theirs =
			"[global]\nrule = from 10.0.0.0/8 table 7 priority 5\n"
			"rule = to 10.0.0.0/8 blackhole priority 4\n"
			"rule = not from 10.1.0.0/16 table 8 priority 6 protocol 0\n"
			"rule = fwmark 5/7 iif eth0 table 9 priority 3 protocol boot\n"
			"rule = family inet6 table 7 priority 9\n"
			"rule = table local priority 0 protocol kernel\nrule = goto 9 priority 2\n",
		.dump = "[global]\nrule = from 10.0.0.0/8 priority 5 table 7\n"
			"rule = to 10.0.0.0/8 priority 4 type blackhole\n"
			"rule = not from 10.1.0.0/16 priority 6 table 8\n"
			"rule = fwmark 0x5/0x7 iif eth0 priority 3 table 9 protocol boot\n"
			"rule = inet6 priority 9 table 7\nrule = priority 2 goto 9\n" },
	{ .name = "neighbors",
		.theirs = "[nic eth0]\nneighbor = 10.0.0.3 lladdr 02:00:00:00:00:03\n"
			  "neighbor = 10.0.0.2 lladdr 02:00:00:00:00:02 nud noarp\n"
			  "neighbor = 10.0.0.4 lladdr 02:00:00:00:00:04 nud reachable\n"
			  "neighbor = 10.0.0.5 proxy\nneighbor = 10.0.0.6 managed\n"
			  "neighbor = 10.0.0.7 lladdr 02:00:00:00:00:07 router protocol 5\n"
			  "neighbor = 2001:db8::7 lladdr 02:00:00:00:00:07 nud stale\n",
		.dump = "[nic eth0]\nneighbor = 10.0.0.3 lladdr 02:00:00:00:00:03\n"
			"neighbor = 10.0.0.5 proxy\nneighbor = 10.0.0.6 managed\n"
			"neighbor = 10.0.0.7 lladdr 02:00:00:00:00:07 router protocol 5\n" },
	{ .name = "forwarding entries",
		.theirs = "[bridge b]\nports = eth0 eth1\nmac = 02:00:00:00:00:0b\n"
			  "fdb = 02:00:00:00:00:11 self\n"
			  "[nic eth0]\nfdb = 02:00:00:00:00:03 static\nfdb = 02:00:00:00:00:02\n"
			  "fdb = 02:00:00:00:00:04 dynamic\nfdb = 02:00:00:00:00:05 self\n"
			  "fdb = 02:00:00:00:00:06 static extern-learn\n"
			  "fdb = 02:00:00:00:00:07 static sticky\n"
			  "fdb = 02:00:00:00:00:08 static vlan 5\nfdb = 52:54:00:00:00:02\n"
			  "fdb = 52:54:00:00:00:03\nfdb = 52:54:00:00:00:04\n"
			  "fdb = 02:00:00:00:00:0b vlan 3\n"
			  "[nic eth1]\n[nic eth2]\nfdb = 02:00:00:00:00:03 self\n",
		.dump = "[nic eth0]\nfdb = 02:00:00:00:00:02\nfdb = 02:00:00:00:00:03 static\n"
			"fdb = 02:00:00:00:00:07 static sticky\n"
			"fdb = 02:00:00:00:00:08 static vlan 5\nfdb = 52:54:00:00:00:04\n"
			"[nic eth1]\n[nic eth2]\n[bridge b]\nports = eth0 eth1\n"
			"mac = 02:00:00:00:00:0b\n" },
	{ .name = "forwarding entries in each VLAN",
		.theirs = "[bridge b]\nports = eth0\n"
			  "[nic eth0]\nfdb = 02:00:00:00:00:01 static\n"
			  "fdb = 02:00:00:00:00:01 static vlan 5\nfdb = 02:00:00:00:00:01 vlan 6\n"
			  "fdb = 02:00:00:00:00:02 static vlan 5\n"
			  "fdb = 02:00:00:00:00:01 static vlan 7 sticky\n",
		.dump = "[nic eth0]\nfdb = 02:00:00:00:00:01 static\n"
			"fdb = 02:00:00:00:00:01 static vlan 7 sticky\n"
			"fdb = 02:00:00:00:00:01 vlan 6\nfdb = 02:00:00:00:00:02 static vlan 5\n"
			"[bridge b]\nports = eth0\n" },
	{ .name = "a router out of reach",
		.theirs = "[nic eth0]\naddress = 192.0.2.1/24\nroute = 198.51.100.1/32\n"
			  "route = 10.0.0.0/8 via 198.51.100.1\n"
			  "route = 10.1.0.0/16 via 203.0.113.1 onlink\n",
		.dump = "[nic eth0]\naddress = 192.0.2.1/24\nroute = 10.0.0.0/8 via 198.51.100.1\n"
			"route = 10.1.0.0/16 via 203.0.113.1 onlink\nroute = 198.51.100.1/32\n" },
};

int
main(void)
{
	dumped_say(cases, LEN(cases));
	return say_end();
}
