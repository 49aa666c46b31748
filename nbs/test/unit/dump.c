/*
 * What a made-up kernel has, as a file: it says what the file said that made
 * it, check takes it, up has nothing to do with it, and on an empty kernel it
 * makes the same again.  Topologies are by chance, and the same each time.
 */
#include <linux/if_link.h>
#include <string.h>

#include "base/mem.h"
#include "test/support/bed.h"
#include "test/support/say.h"
#include "test/support/topology.h"

/* What a file makes is told so that nothing is left to be done, and made so again. */
static const char *
judge(struct bed *b, const char *text)
{
	struct bed *fresh = bed_new();
	const char *said = "", *first, *again;

	bed_want(b, text);
	(void)bed_up(b);
	if (*b->heard)
		said = mem_printf(b->mem, "up says %s", b->heard);
	bed_end(b);
	first = bed_dump(b, NULL);
	if (*first == '#' || strstr(first, "\n#"))
		said = mem_printf(b->mem, "%s\nnot all is said:\n%s", said, first);
	bed_want(b, first);
	if (*bed_up(b))
		said = mem_printf(b->mem, "%s\nof\n%s there is left\n%s", said, first, b->steps);
	bed_want(fresh, first);
	(void)bed_up(fresh);
	bed_end(fresh);
	again = bed_dump(fresh, NULL);
	if (strcmp(again, first) != 0)
		said = mem_printf(b->mem, "%s\nof\n%s there is made\n%s", said, first, again);
	bed_free(fresh);
	return said;
}

/* What is made by hand: files that say no more than what does not go without saying. */
static const struct {
	const char *name, *text;
} files[] = {
	{ "nothing", "" },
	{ "addresses and routes", "[global]\n"
				  "ip-forward = yes\n"
				  "route = blackhole 10.255.0.0/16\n"
				  "rule = from 192.0.2.0/24 priority 100 table 7\n"
				  "\n"
				  "[nic eth0]\n"
				  "mtu = 9000\n"
				  "proxy-arp = yes\n"
				  "address = 192.0.2.1/24 label eth0:x\n"
				  "address = 192.0.2.2/24\n"
				  "address = 2001:db8::1/64 nodad\n"
				  "address = 2001:db8::2/64\n"
				  "gateway = 192.0.2.254\n"
				  "route = 10.0.0.0/8 metric 5 via 192.0.2.253\n"
				  "route = 10.1.0.0/16\n"
				  "route = 2001:db8:1::/48 mtu lock 1400 via 2001:db8::9\n"
				  "neighbor = 192.0.2.7 lladdr 02:00:00:00:00:07\n" },
	{ "links on links", "[netns blue]\n"
			    "\n"
			    "[nic eth1]\n"
			    "\n"
			    "[nic eth2]\n"
			    "\n"
			    "[nic eth3]\n"
			    "\n"
			    "[veth w]\n"
			    "peer = blue/w\n"
			    "\n"
			    "[peer blue/w]\n"
			    "address = 172.16.0.1/24\n"
			    "\n"
			    "[tap tap0]\n"
			    "hairpin = yes\n"
			    "vlans = 5 7-9\n"
			    "pvid = 5\n"
			    "untagged = 5\n"
			    "\n"
			    "[bond bond0]\n"
			    "ports = eth1 eth2\n"
			    "mode = active-backup\n"
			    "\n"
			    "[vlan v5]\n"
			    "parent = bond0\n"
			    "id = 5\n"
			    "\n"
			    "[bridge br0]\n"
			    "ports = tap0 v5\n"
			    "vlan-filtering = yes\n"
			    "\n"
			    "[macvlan blue/m]\n"
			    "parent = eth3\n"
			    "mode = bridge\n"
			    "mac = 02:00:00:00:00:0a\n" },
	{ "several hops",
		"[dummy a\\x3bb]\n"
		"address = 192.0.2.1/24\n"
		"route = 10.0.0.0/8 nexthop via 192.0.2.2 weight 2 nexthop dev c via 198.51.100.2 weight 1\n"
		"\n"
		"[dummy c]\n"
		"address = 198.51.100.1/24\n" },
	{ "what goes by nbs's own", "[dummy d]\n"
				    "up = no\n"
				    "addr-gen-mode = eui64\n"
				    "\n"
				    "[bond a]\n"
				    "miimon = 0\n"
				    "\n"
				    "[bridge c]\n"
				    "stp = yes\n"
				    "\n"
				    "[bridge b]\n"
				    "ports = d\n"
				    "forward-delay = 1500\n" },
};

/* Names of sections in another order, and what nbs has set without being asked. */
static void
test_files(void)
{
	for (size_t i = 0; i < LEN(files); i++) {
		struct bed *b = bed_new();

		say_same(files[i].name, "", judge(b, files[i].text));
		say_same(bed_part(b, files[i].name, "as the file has it"), files[i].text,
			bed_dump(b, NULL));
		bed_free(b);
	}
}

static void
test_chance(void)
{
	enum { SEEDS = 300 };

	for (unsigned seed = 1; seed <= SEEDS; seed++) {
		struct bed *b = bed_new();
		const char *text = topology(b->mem, seed), *why = judge(b, text);

		say(!*why, mem_printf(b->mem, "topology %u", seed), "%s\n%s", text, why);
		bed_free(b);
	}
}

static const char odd[] =
	"# a link is called '[x', which no section can be\n"
	"\n"
	"[nic eth0]\n"
	"address = 192.0.2.1/24\n"
	"# address = 192.0.2.1/24: eth0: address: already stands on line 4\n"
	"route = 10.0.0.0/8 via 192.0.2.2\n"
	"# route = 10.0.0.0/8 via 192.0.2.2: eth0: route: already stands on line 6\n"
	"\n"
	"[nic eth1]\n"
	"required = no\n"
	"# of kind vxlan, which nbs does not make\n"
	"\n"
	"# eth2: of kind wireguard, which nbs does not make\n"
	"\n"
	"[vlan v]\n"
	"parent = eth1\n"
	"id = 5\n"
	"\n"
	"# 5 lines with a # tell what this file cannot say\n";

/* All that is told is told twice, which check would not have. */
static void
tell_twice(struct bed *b)
{
	struct told *again;

	for (struct told *t = b->kernel->places->said; t; t = again->next) {
		again = mem_get(b->mem, sizeof(*again));
		*again = *t;
		t->next = again;
	}
}

static void
test_odd(void)
{
	struct bed *b = bed_new();

	bed_want(b, "[nic eth0]\naddress = 192.0.2.1/24\nroute = 10.0.0.0/8 via 192.0.2.2\n"
		    "[vlan v]\nparent = eth1\nid = 5\n");
	(void)bed_up(b);
	tell_twice(b);
	(void)strcpy(bed_link(b, "eth1")->info, "vxlan");
	(void)strcpy(bed_link(b, "eth2")->info, "wireguard");
	(void)strcpy(bed_link(b, "eth3")->name, "[x");
	bed_link(b, "eth1")->nic = bed_link(b, "eth2")->nic = false;
	say_same("what no file can say", odd, bed_dump(b, NULL));
	bed_want(b, odd);
	say_same("what is left of it has nothing to do", "", bed_up(b));
	bed_free(b);
}

/* A bond keeps what was set in another mode. */
static void
test_mode(void)
{
	static const char file[] = "[bond b]\nmode = active-backup\n";
	const uint8_t fast = 1;
	struct bed *b = bed_new();

	bed_want(b, file);
	(void)bed_up(b);
	kernel_set(b->kernel, bed_link(b, "b"), IN_DATA, IFLA_BOND_AD_LACP_RATE, &fast, 1);
	say_same("a key of another mode", file, bed_dump(b, NULL));
	bed_free(b);
}

/* 127.0.0.1 is the kernel's, though it does not say so. */
static void
test_loopback(void)
{
	struct bed *b = bed_new();

	bed_want(b, "[loopback lo]\naddress = 127.0.0.1/8\naddress = 127.0.0.2/8\n");
	(void)bed_up(b);
	say_same("the loopback's own address", "[loopback lo]\naddress = 127.0.0.2/8\n",
		bed_dump(b, NULL));
	bed_free(b);
}

int
main(void)
{
	test_loopback();
	test_files();
	test_odd();
	test_mode();
	test_chance();
	return say_end();
}
