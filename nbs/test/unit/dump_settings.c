/*
 * Settings of IPv4 and IPv6, and what only nbs knows, as dump says them.
 */
#include <string.h>

#include "base/mem.h"
#include "dhcp/lease.h"
#include "dump/dump.h"
#include "test/support/dumped.h"
#include "test/support/say.h"

static void
rename_host(struct bed *b)
{
	b->kernel->hostname = "other";
}

static void
forget_host(struct bed *b)
{
	b->kernel->hostname = NULL;
}

/* Nothing under /proc/sys can be read. */
static void
no_sysctls(struct model *have)
{
	have->spaces->sysctls = NULL;
}

static void
lease(struct model *have)
{
	static const char *const lines[][2] = { { "address", "192.0.2.77/24" }, { "mtu", "1400" } };
	struct link *l = model_find(have->spaces, "eth0");

	for (size_t i = 0; i < LEN(lines); i++) {
		struct value *v = mem_get(have->mem, sizeof(*v));

		(void)key_parse(key_find(&lease_keys, lines[i][0]), v, lines[i][1], have->mem);
		value_add(&l->names, v);
	}
}

static const struct dumped cases[] = {
	{ .name = "what is applied is said, whoever might have set it",
		.ours = "[nic eth0]\naddress = 192.0.2.1/24 valid-lft 100\n"
			"route = 10.0.0.0/8 protocol 11\nroute = 10.1.0.0/16 protocol dhcp\n"
			"route = 2001:db8:1::/48 expires 100\n"
			"neighbor = 10.0.0.4 lladdr 02:00:00:00:00:04 nud reachable\n"
			"[nic eth1]\nneighbor = 10.0.0.4 lladdr 02:00:00:00:00:04 nud noarp\n"
			"fdb = 02:00:00:00:00:05 self\n"
			"[bridge b]\nports = eth1\n" },
	{ .name = "what nbs alone knows",
		.ours = "[global]\nhostname = gate\ndns = 192.0.2.53\nsearch = example.org\n"
			"timeout = 5s\nready = any\nip-forward = yes\n"
			"[nic eth2]\n[nic lan]\nmatch-mac = 52:54:00:00:00:03\n"
			"[nic wan]\nmatch-name = eth0\nrequired = no\nwait = carrier\n" },
	{ .name = "what holds for a file only",
		.ours = "[nic eth0]\nsingle = yes\nmatch-link = eth0\n",
		.dump = "[nic eth0]\n" },
	{ .name = "a pattern",
		.ours = "[nic eth*]\nmtu = 1400\nwait = none\n",
		.dump = "[nic eth0]\nmtu = 1400\nwait = none\n"
			"[nic eth1]\nmtu = 1400\nwait = none\n"
			"[nic eth2]\nmtu = 1400\nwait = none\n"
			"[nic eth3]\nmtu = 1400\nwait = none\n" },
	{ .name = "IPv6 off by the file",
		.ours = "[global]\nipv6 = no\n"
			"[nic eth0]\n",
		.dump = "[nic eth0]\nipv6 = no\n" },
	{ .name = "a host that was renamed",
		.ours = "[global]\nhostname = gate\n"
			"[nic eth0]\n",
		.kernel = rename_host,
		.dump = "[global]\nhostname = other\n"
			"[nic eth0]\n" },
	{ .name = "a host whose name is not known",
		.ours = "[global]\nhostname = gate\n"
			"[nic eth0]\n",
		.kernel = forget_host },
	{ .name = "names that others gave",
		.theirs = "[global]\nhostname = gate\ndns = 192.0.2.53\n"
			  "[nic eth0]\n",
		.dump = "[nic eth0]\n" },
	{ .name = "applied, and gone",
		.ours = "[nic eth0]\nmtu = 1400\n"
			"[dummy d]\n",
		.theirs = "[nic eth0]\nmtu = 1500\n",
		.dump = "[nic eth0]\n[dummy d]\n" },
	{ .name = "DHCP without a lease",
		.ours = "[nic eth0]\ndhcp = ipv4\ndhcp-use = routes dns\n" },
	{ .name = "a lease",
		.ours = "[nic eth0]\ndhcp = ipv4\n",
		.theirs = "[nic eth0]\naddress = 192.0.2.77/24\naddress = 192.0.2.78/24\n"
			  "address = c000:24d::1/64\nmtu = 1400\nroute = 10.0.0.0/8 protocol dhcp\n"
			  "route = 10.1.0.0/16 via 192.0.2.1\n",
		.have = lease,
		.dump = "[nic eth0]\ndhcp = ipv4\naddress = 192.0.2.78/24\naddress = c000:24d::1/64\n"
			"route = 10.1.0.0/16 via 192.0.2.1\n" },
	{ .name = "a router that only a lease can reach",
		.ours = "[nic eth0]\ndhcp = ipv4\n",
		.theirs =
			"[nic eth0]\naddress = 192.0.2.77/24\nroute = 10.1.0.0/16 via 192.0.2.1\n"
			"route = 10.2.0.0/16 nexthop via 192.0.2.2 weight 1 nexthop via 192.0.2.3 weight 2\n",
		.have = lease,
		.dump = "[nic eth0]\ndhcp = ipv4\nroute = 10.1.0.0/16 via 192.0.2.1 onlink\n"
			"route = 10.2.0.0/16 nexthop via 192.0.2.2 weight 1 onlink nexthop via 192.0.2.3 weight 2 onlink\n" },
	{ .name = "a lease that nobody applied",
		.theirs =
			"[nic eth0]\naddress = 192.0.2.77/24\nmtu = 1400\n"
			"route = 10.0.0.0/8 protocol dhcp\n"
			"[nic eth1]\nroute = 10.1.0.0/16 protocol dhcp\naddress = 192.0.2.77/25\n",
		.have = lease,
		.dump = "[nic eth0]\ndhcp = ipv4\n"
			"[nic eth1]\naddress = 192.0.2.77/25\n"
			"# route = 10.1.0.0/16 protocol dhcp: of a DHCP client\n"
			"# 1 line with a # tells what this file cannot say\n" },
	{ .name = "a lease, and a route like its own",
		.ours = "[nic eth0]\ndhcp = ipv4\nroute = 10.0.0.0/8 protocol dhcp\n"
			"route = 10.1.0.0/16\n",
		.have = lease,
		.dump = "[nic eth0]\ndhcp = ipv4\nroute = 10.1.0.0/16\n" },
	{ .name = "an address until a server answers",
		.ours = "[nic eth0]\ndhcp = ipv4\ndhcp-fallback = link-local\n"
			"[nic eth1]\ndhcp = ipv4\n",
		.theirs = "[nic eth0]\naddress = 169.254.3.4/16\naddress = 169.253.3.4/16\n"
			  "address = 168.254.3.4/16\naddress = a9fe::1/64\n"
			  "[nic eth1]\naddress = 169.254.3.4/16\n",
		.dump = "[nic eth0]\ndhcp = ipv4\ndhcp-fallback = link-local\n"
			"address = 169.253.3.4/16\naddress = 168.254.3.4/16\naddress = a9fe::1/64\n"
			"[nic eth1]\ndhcp = ipv4\naddress = 169.254.3.4/16\n" },
	{ .name = "ends of a cable as applied",
		.ours = "[netns n]\n[veth z]\npeer = a\n"
			"[peer a]\n[veth n/q]\npeer = b\n"
			"[peer b]\n" },
	{ .name = "sysctls",
		.ours = "[sysctl]\nnet/ipv4/tcp_ecn = 1\nnet/core/somaxconn = 5\n"
			"[netns n]\n[sysctl n]\nnet/ipv4/tcp_ecn = 2\n"
			"[nic eth0]\naccept-ra = 2\n",
		.theirs = "[sysctl]\nnet/ipv4/tcp_ecn = 0\n",
		.dump = "[sysctl]\nnet/ipv4/tcp_ecn = 0\nnet/core/somaxconn = 5\n"
			"[netns n]\n[sysctl n]\nnet/ipv4/tcp_ecn = 2\n"
			"[nic eth0]\naccept-ra = 2\n" },
	{ .name = "VLANs, as applied",
		.ours = "[nic eth0]\nvlans = 1 3\npvid = 3\n"
			"[bridge b]\nports = eth0\nvlan-filtering = yes\nvlans = 1 2\npvid = 1\n",
		.dump = "[nic eth0]\nvlans = 1 3\npvid = 3\n"
			"[bridge b]\nports = eth0\nvlan-filtering = yes\nvlans = 1-2\npvid = 1\n" },
	{ .name = "what nbs sets by itself",
		.ours = "[nic eth0]\naddr-gen-mode = eui64\n"
			"[nic eth1]\n[dummy d]\naddress = 2001:db8::1/64\n"
			"[bond a]\nmiimon = 100\n"
			"[bridge c]\nports = eth0 eth1 d\nforward-delay = 1500\n",
		.dump = "[nic eth0]\n[nic eth1]\n[dummy d]\naddress = 2001:db8::1/64\n"
			"[bond a]\n[bridge c]\nports = eth0 eth1 d\nforward-delay = 1500\n" },
	{ .name = "settings as conf/default has them",
		.theirs = "[nic eth0]\n[nic eth1]\n[sysctl]\nnet.ipv6.conf.default.accept_dad = 1\n"
			  "net.ipv6.conf.eth0.accept_dad = 0\nnet.ipv6.conf.eth1.accept_dad = 1\n"
			  "net.ipv6.conf.default.dad_transmits = 3\n"
			  "net.ipv6.conf.eth0.dad_transmits = 3\n"
			  "net.ipv6.conf.default.accept_ra = 1\nnet.ipv6.conf.eth0.accept_ra = 2\n"
			  "net.ipv6.conf.eth1.accept_ra = 1\nnet.ipv6.conf.default.autoconf = 1\n"
			  "net.ipv6.conf.eth0.autoconf = 1\nnet.ipv6.conf.eth1.autoconf = 1\n",
		.dump = "[nic eth0]\naccept-ra = 2\naccept-dad = 0\n"
			"[nic eth1]\n" },
	{ .name = "settings of IPv4",
		.theirs = "[nic eth0]\nrp-filter = 2\n"
			  "[nic eth1]\nrp-filter = 1\nproxy-arp = yes\n"
			  "[nic eth2]\n[sysctl]\nnet.ipv4.conf.default.rp_filter = 2\n",
		.dump = "[loopback lo]\nrp-filter = 0\n"
			"[nic eth0]\n[nic eth1]\nproxy-arp = yes\nrp-filter = 1\n"
			"[nic eth2]\nrp-filter = 0\n"
			"[nic eth3]\nup = no\nrp-filter = 0\n" },
	{ .name = "settings where conf/default is not known",
		.theirs = "[nic eth0]\nrp-filter = 2\nproxy-arp = yes\n"
			  "[nic eth1]\nrp-filter = 0\naccept-ra = 2\n"
			  "[dummy d]\naddr-gen-mode = none\n"
			  "[dummy e]\ntoken = ::5\n",
		.have = no_sysctls,
		.dump = "[nic eth0]\nproxy-arp = yes\nrp-filter = 2\n"
			"[nic eth1]\n[dummy d]\naddr-gen-mode = none\n"
			"[dummy e]\ntoken = ::5\n" },
	{ .name = "other defaults of some kinds",
		.theirs =
			"[loopback lo]\n[nic eth0]\n[tun t]\n[sysctl]\n"
			"net.ipv6.conf.lo.accept_dad = -1\nnet.ipv6.conf.lo.use_tempaddr = -1\n"
			"net.ipv6.conf.lo.disable_policy = 1\nnet.ipv6.conf.eth0.accept_dad = -1\n"
			"net.ipv6.conf.eth0.use_tempaddr = -1\n"
			"net.ipv6.conf.eth0.disable_policy = 1\nnet.ipv6.conf.t.accept_dad = -1\n"
			"net.ipv6.conf.t.use_tempaddr = -1\nnet.ipv6.conf.t.disable_policy = 1\n",
		.dump = "[loopback lo]\nipv6-disable-policy = yes\n"
			"[nic eth0]\nuse-tempaddr = -1\nipv6-disable-policy = yes\n"
			"[tun t]\nipv6-disable-policy = yes\n" },
	{ .name = "other defaults of some kinds in IPv4",
		.theirs = "[loopback lo]\ndisable-policy = yes\ndisable-xfrm = yes\n"
			  "[nic eth0]\ndisable-policy = yes\ndisable-xfrm = yes\n"
			  "[tun t]\naddr-gen-mode = random\n"
			  "[nic eth1]\naddr-gen-mode = random\n"
			  "[tun u]\naddr-gen-mode = none\n",
		.dump = "[nic eth0]\ndisable-policy = yes\ndisable-xfrm = yes\n"
			"[nic eth1]\naddr-gen-mode = random\n"
			"[tun t]\n[tun u]\naddr-gen-mode = none\n" },
	{ .name = "addr-gen-mode",
		.theirs = "[dummy d]\naddr-gen-mode = none\n"
			  "[dummy e]\naddr-gen-mode = eui64\n"
			  "[sysctl]\nnet.ipv6.conf.default.addr_gen_mode = 1\n",
		.dump = "[dummy d]\n[dummy e]\naddr-gen-mode = eui64\n" },
	{ .name = "a token",
		.theirs = "[nic eth0]\ntoken = ::5\n"
			  "[nic eth1]\n" },
	{ .name = "a stable secret",
		.theirs =
			"[nic eth0]\nstable-secret = 2001:db8::1\naddr-gen-mode = random\n"
			"[nic eth1]\nstable-secret = 2001:db8::1\n"
			"[nic eth2]\nstable-secret = 2001:db8::2\n"
			"[sysctl]\n"
			"net.ipv6.conf.default.stable_secret = 2001:0db8:0000:0000:0000:0000:0000:0001\n",
		.dump = "[nic eth0]\naddr-gen-mode = random\n"
			"[nic eth1]\n[nic eth2]\nstable-secret = 2001:db8::2\n" },
	{ .name = "what routers said",
		.theirs = "[nic eth0]\nhop-limit = 32\nroute = 2001:db8::/64 protocol ra\n"
			  "ipv6-mtu = 1400\n"
			  "[nic eth1]\nhop-limit = 32\nipv6-mtu = 1400\nroute = 2001:db8:1::/64\n",
		.dump = "[nic eth0]\n[nic eth1]\nipv6-mtu = 1400\nhop-limit = 32\n"
			"route = 2001:db8:1::/64\n" },
	{ .name = "IPv6 MTU",
		.theirs =
			"[nic eth0]\nmtu = 1400\nipv6-mtu = 1400\n"
			"[nic eth1]\nmtu = 1400\nipv6-mtu = 1300\n"
			"[nic eth2]\nmtu = 1500\n"
			"[nic eth3]\nipv6-mtu = 1280\n"
			"[sysctl]\nnet.ipv6.conf.eth2.mtu = 1000\nnet.ipv6.conf.default.mtu = 1280\n",
		.dump = "[loopback lo]\nipv6-mtu = 1280\n"
			"[nic eth0]\nmtu = 1400\n"
			"[nic eth1]\nmtu = 1400\nipv6-mtu = 1300\n"
			"[nic eth2]\n[nic eth3]\nipv6-mtu = 1280\n" },
	{ .name = "what no file can say",
		.theirs = "[nic eth0]\n[nic eth1]\n[nic eth2]\n[sysctl]\n"
			  "net.ipv6.conf.eth0.accept_ra = 3\n"
			  "net.ipv6.conf.eth0.router_solicitations = -2\n"
			  "net.ipv6.conf.eth1.router_solicitations = -1\n"
			  "net.ipv6.conf.eth0.dad_transmits = abc\n"
			  "net.ipv6.conf.eth0.hop_limit = 99999999999999999999\n"
			  "net.ipv6.conf.eth2.forwarding = 2\n"
			  "net.ipv6.conf.eth2.keep_addr_on_down = 5\n"
			  "net.ipv6.conf.eth2.ndisc_tclass = -1\n",
		.dump = "[nic eth0]\n# accept-ra is 3, which no file can say\n"
			"# router-solicitations is -2, which no file can say\n"
			"[nic eth1]\nrouter-solicitations = -1\n"
			"[nic eth2]\nipv6-forwarding = yes\n"
			"# keep-addr-on-down is 5, which no file can say\n"
			"# ndisc-tclass is -1, which no file can say\n"
			"# 4 lines with a # tell what this file cannot say\n" },
	{ .name = "modes of IPv6",
		.theirs = "[nic eth0]\nipv6 = no\n"
			  "[nic eth1]\nipv6 = link-local\n"
			  "[nic eth2]\nipv6 = auto\n"
			  "[nic eth3]\n[sysctl]\nnet.ipv6.conf.default.accept_ra = 1\n"
			  "net.ipv6.conf.default.autoconf = 1\nnet.ipv6.conf.eth3.accept_ra = 1\n"
			  "net.ipv6.conf.eth3.autoconf = 1\n",
		.dump = "[nic eth0]\nipv6 = no\n"
			"[nic eth1]\nipv6 = link-local\n"
			"[nic eth2]\n[nic eth3]\n" },
	{ .name = "half of what ipv6 = link-local stands for",
		.theirs = "[nic eth0]\n[nic eth1]\n[nic eth2]\nipv6 = no\n"
			  "[nic eth3]\n[sysctl]\nnet.ipv6.conf.default.accept_ra = 1\n"
			  "net.ipv6.conf.default.autoconf = 1\nnet.ipv6.conf.eth0.accept_ra = 1\n"
			  "net.ipv6.conf.eth0.autoconf = 0\nnet.ipv6.conf.eth1.accept_ra = 0\n"
			  "net.ipv6.conf.eth1.autoconf = 1\nnet.ipv6.conf.eth3.accept_ra = 1\n"
			  "net.ipv6.conf.eth3.autoconf = 1\n",
		.dump = "[nic eth0]\nautoconf = no\n"
			"[nic eth1]\naccept-ra = 0\n"
			"[nic eth2]\nipv6 = no\n"
			"[nic eth3]\n" },
	{ .name = "IPv6 off where nobody says",
		.theirs = "[nic eth0]\nipv6 = auto\n"
			  "[nic eth1]\nipv6 = no\n"
			  "[sysctl]\nnet.ipv6.conf.default.disable_ipv6 = 1\n",
		.dump = "[loopback lo]\nipv6 = no\n"
			"[nic eth0]\nipv6 = auto\n"
			"[nic eth1]\nipv6 = no\n"
			"[nic eth2]\nup = no\nipv6 = no\n"
			"[nic eth3]\nup = no\nipv6 = no\n" },
	{ .name = "ipv6 = link-local where nobody asks routers",
		.theirs = "[nic eth0]\nipv6 = link-local\n"
			  "[sysctl]\nnet.ipv6.conf.default.accept_ra = 1\n",
		.dump = "[nic eth0]\naccept-ra = 0\n" },
	{ .name = "forwarding is inherited",
		.theirs = "[global]\nip-forward = yes\n"
			  "[netns n]\nip-forward = yes\n"
			  "[netns o]\nip-forward = no\n" },
	{ .name = "forwarding",
		.theirs = "[global]\nip-forward = no\n"
			  "[netns n]\nip-forward = yes\n"
			  "[netns o]\nip-forward = no\nipv6-forward = yes\n",
		.dump = "[netns n]\nip-forward = yes\n"
			"[netns o]\nipv6-forward = yes\n" },
};

/* What is read of /proc/sys; netlink tells the settings of IPv4. */
static void
test_asked(void)
{
	static const struct {
		const char *path;
		bool asked;
	} paths[] = {
		{ "net/ipv4/ip_forward", true },
		{ "net/ipv4/conf/default/rp_filter", true },
		{ "net/ipv4/conf/eth0/rp_filter", false },
		{ "net/ipv6/conf/default/accept_ra", true },
		{ "net/ipv6/conf/eth0/accept_ra", true },
		{ "net/ipv6/conf/eth0/disable_ipv6", true },
		{ "net/core/somaxconn", true },
	};
	struct bed *b = bed_made("[nic eth0]\n[sysctl]\nnet.core.somaxconn = 5\n");
	const struct model *ask = dump_ask(b->mem, kernel_have(b->kernel, b->mem), b->applied);

	for (size_t i = 0; i < LEN(paths); i++)
		say(!!model_sysctl(ask->spaces, paths[i].path) == paths[i].asked, paths[i].path,
			paths[i].asked ? "not asked for" : "asked for");
	bed_free(b);
}

int
main(void)
{
	dumped_say(cases, LEN(cases));
	test_asked();
	return say_end();
}
