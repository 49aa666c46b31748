/*
 * What of a lease becomes part of what is wanted, on a made-up kernel: each
 * step that follows from it, and that nothing is left to be done then.
 */
#include <linux/if_link.h>
#include <string.h>

#include "base/mem.h"
#include "dhcp/learn.h"
#include "test/support/bed.h"
#include "test/support/lend.h"
#include "test/support/say.h"

enum { HOUR = 3600000 };

static void
learn(struct bed *b, const char *name, const char *lines, long long until)
{
	(void)bed_lend(b, name, lend(b->mem, lines), until);
}

/* A bed that has been brought up before its lease comes. */
static struct bed *
asking(const char *text)
{
	struct bed *b = bed_new();

	bed_want(b, text);
	(void)bed_up(b);
	return b;
}

static void
settled(struct bed *b, const char *name)
{
	say_same(bed_part(b, name, "is settled"), "", bed_up(b));
	say_same(bed_part(b, name, "goes without complaint"), "", b->heard);
}

#define NIC "[nic eth0]\ndhcp = ipv4\n"
#define LIFE " valid-lft 3600 preferred-lft 3600 scope global\n"
#define EVER " valid-lft forever preferred-lft forever scope global\n"
#define LONG "address 192.0.2.5/24 broadcast 192.0.2.255 metric 1000"
#define OWN "add eth0 " LONG LIFE
#define ROUTE(to, metric, scope) \
	"add eth0 route unicast " to " metric " metric " protocol dhcp table main scope " scope
#define DEFAULT(metric) ROUTE("0.0.0.0/0", metric, "global")

/* The lease of 192.0.2.5/24 and what a server adds to it; the steps that it takes. */
static const struct {
	const char *name, *text, *lines, *steps;
} cases[] = {
	{ "an address", NIC, "", OWN },
	{ "an address and its broadcast", NIC, "broadcast = 192.0.2.255", OWN },
	{ "a network of two", NIC, "address = 192.0.2.5/31",
		"add eth0 address 192.0.2.5/31 metric 1000" LIFE },
	{ "an address alone", NIC, "address = 192.0.2.5/32",
		"add eth0 address 192.0.2.5/32 metric 1000" LIFE },
	{ "a router", NIC, "router = 192.0.2.1 192.0.2.2", OWN DEFAULT("1000") " via 192.0.2.1\n" },
	{ "a router elsewhere", NIC, "router = 203.0.113.1",
		OWN DEFAULT("1000") " via 203.0.113.1 onlink\n" },
	{ "a router of an address alone", NIC, "address = 192.0.2.5/32\nrouter = 192.0.2.1",
		"add eth0 address 192.0.2.5/32 metric 1000" LIFE DEFAULT(
			"1000") " via 192.0.2.1 onlink\n" },
	{ "a router of a network of two", NIC, "address = 192.0.2.5/31\nrouter = 192.0.2.4",
		"add eth0 address 192.0.2.5/31 metric 1000" LIFE DEFAULT(
			"1000") " via 192.0.2.4\n" },
	{ "routes, those on the link first", NIC,
		"routes = 0.0.0.0/0=203.0.113.1 10.0.0.0/8=192.0.2.9 203.0.113.1/32 198.51.100.0/24",
		OWN ROUTE("203.0.113.1/32", "1000", "link") "\n" ROUTE("198.51.100.0/24", "1000",
			"link") "\n" DEFAULT("1000") " via 203.0.113.1\n" ROUTE("10.0.0.0/8",
			"1000", "global") " via 192.0.2.9\n" },
	{ "a route by a router elsewhere", NIC, "routes = 10.0.0.0/8=203.0.113.1",
		OWN ROUTE("10.0.0.0/8", "1000", "global") " via 203.0.113.1 onlink\n" },
	{ "everything on the link", NIC, "routes = 0.0.0.0/0",
		OWN ROUTE("0.0.0.0/0", "1000", "link") "\n" },
	{ "a destination twice", NIC, "routes = 10.0.0.0/8=192.0.2.9 10.0.0.0/8=192.0.2.8",
		OWN ROUTE("10.0.0.0/8", "1000", "global") " via 192.0.2.9\n" },
	{ "its own network on the link", NIC, "routes = 192.0.2.0/24 0.0.0.0/0=192.0.2.1",
		OWN DEFAULT("1000") " via 192.0.2.1\n" },
	{ "a part of it on the link", NIC, "routes = 192.0.2.0/25 192.0.0.0/16",
		OWN ROUTE("192.0.2.0/25", "1000", "link") "\n" ROUTE(
			"192.0.0.0/16", "1000", "link") "\n" },
	{ "dhcp-metric", NIC "dhcp-metric = 7\n", "router = 192.0.2.1",
		"add eth0 address 192.0.2.5/24 broadcast 192.0.2.255 metric 7" LIFE DEFAULT(
			"7") " via 192.0.2.1\n" },
	{ "no routes", NIC "dhcp-use = dns mtu\n", "router = 192.0.2.1", OWN },

	{ "an MTU", NIC, "mtu = 1400", "set eth0 mtu=1400\n" OWN },
	{ "the largest MTU", NIC, "mtu = 9000", "set eth0 mtu=9000\n" OWN },
	{ "an MTU that is too large", NIC, "mtu = 9001", OWN },
	{ "an MTU of the file", NIC "mtu = 1300\n", "mtu = 1400", OWN },
	{ "no MTU", NIC "dhcp-use = routes\n", "mtu = 1400", OWN },

	{ "an address of the file", NIC "address = 192.0.2.5/24\n", "", "" },
	{ "another address of the file", NIC "address = 192.0.2.7/24\n", "", OWN },
	{ "a gateway of the file", NIC "address = 192.0.2.7/24\ngateway = 192.0.2.2\n",
		"router = 192.0.2.1", OWN DEFAULT("1000") " via 192.0.2.1\n" },
	{ "that very route of the file",
		NIC "address = 192.0.2.7/24\nroute = default via 192.0.2.2 metric 1000\n",
		"router = 192.0.2.1", OWN },
	{ "that route on another link",
		NIC "[nic eth1]\naddress = 198.51.100.7/24\n"
		    "route = default via 198.51.100.1 metric 1000\n",
		"router = 192.0.2.1", OWN DEFAULT("1001") " via 192.0.2.1\n" },
	{ "that route in no section",
		NIC "[nic eth1]\naddress = 198.51.100.7/24\n[global]\n"
		    "route = default via 198.51.100.1 metric 1000\n",
		"router = 192.0.2.1", OWN DEFAULT("1001") " via 192.0.2.1\n" },
	{ "no metric is left",
		NIC "dhcp-metric = 4294967295\n[nic eth1]\naddress = 198.51.100.7/24\n"
		    "route = default via 198.51.100.1 metric 4294967295\n",
		"router = 192.0.2.1",
		"add eth0 address 192.0.2.5/24 broadcast 192.0.2.255 metric 4294967295" LIFE },
};

static void
test_case(size_t i)
{
	const uint32_t most = 9000;
	struct bed *b = bed_new();

	kernel_set(b->kernel, bed_link(b, "eth0"), IN_LINK, IFLA_MAX_MTU, &most, sizeof(most));
	bed_want(b, cases[i].text);
	(void)bed_up(b);
	learn(b, "eth0", cases[i].lines, HOUR);
	say_same(cases[i].name, cases[i].steps, bed_up(b));
	say_same(bed_part(b, cases[i].name, "complaints"), "", b->heard);
	settled(b, cases[i].name);
	bed_free(b);
}

/* What stands on another link has its MTU at most. */
static void
test_parent(void)
{
	static const struct {
		const char *mtu, *steps;
	} sizes[] = { { "mtu = 1500", "set v mtu=1500\n" }, { "mtu = 1501", "" } };

	for (size_t i = 0; i < LEN(sizes); i++) {
		struct bed *b =
			asking("[vlan v]\nparent = eth0\nid = 5\ndhcp = ipv4\n[nic eth0]\n");

		learn(b, "v", sizes[i].mtu, HOUR);
		say_same(bed_part(b, "a VLAN", sizes[i].mtu),
			mem_printf(b->mem,
				"%sadd v address 192.0.2.5/24 broadcast 192.0.2.255 metric 1000" LIFE,
				sizes[i].steps),
			bed_up(b));
		bed_free(b);
	}
}

/* One address on two links: of two networks that number alike. */
static void
test_twice(void)
{
	struct bed *b = asking(NIC "[nic eth1]\ndhcp = ipv4\n");

	learn(b, "eth0", "router = 192.0.2.1", HOUR);
	learn(b, "eth1", "router = 192.0.2.1", HOUR);
	say_same("an address twice",
		OWN "add eth1 address 192.0.2.5/24 broadcast 192.0.2.255 metric 1010" LIFE DEFAULT(
			"1000") " via 192.0.2.1\n"
				"add eth1 route unicast 0.0.0.0/0 metric 1010 protocol dhcp table main scope global "
				"via 192.0.2.1\n",
		bed_up(b));
	settled(b, "an address twice");
	bed_free(b);
}

/* Links with routes of one destination and metric do not take them from each other. */
static void
test_several(void)
{
	struct bed *b = asking("[nic eth*]\ndhcp = ipv4\ndhcp-metric = 100\ndhcp-use = routes\n");

	learn(b, "eth1", "router = 192.0.2.1", HOUR);
	learn(b, "eth0", "address = 198.51.100.5/24\nserver = 198.51.100.1\nrouter = 198.51.100.1",
		HOUR);
	(void)bed_up(b);
	settled(b, "two of one metric");
	bed_end(b);
	(void)bed_lend(b, "eth1", NULL, 0);
	(void)bed_up(b);
	settled(b, "one of two is gone");
	say_same("the other keeps its metric", "", strstr(b->steps, "route") ? b->steps : "");
	bed_free(b);
}

/* A renewal, as run/ does it. */
static void
prolong(struct bed *b, long long until)
{
	b->grants->with.until = until;
}

/* As time goes by. */
static void
test_life(void)
{
	struct bed *b = asking(NIC);

	learn(b, "eth0", "router = 192.0.2.1", HOUR);
	say_same("a lease of an hour", OWN DEFAULT("1000") " via 192.0.2.1\n", bed_up(b));
	kernel_pass(b->kernel, HOUR / 2 + 700);
	settled(b, "half an hour later");
	prolong(b, HOUR + 1000);
	settled(b, "a second more");
	prolong(b, HOUR - 1000);
	settled(b, "a second less");
	prolong(b, HOUR / 2 + 700 + HOUR);
	say_same("a renewal prolongs the address, and no more", "set eth0 " LONG LIFE, bed_up(b));
	settled(b, "a renewal");
	kernel_pass(b->kernel, HOUR / 2);
	settled(b, "half an hour after it");
	prolong(b, b->kernel->now + HOUR / 2 - 2000);
	say_same("two seconds less",
		"set eth0 " LONG " valid-lft 1798 preferred-lft 1798 scope global\n", bed_up(b));
	settled(b, "two seconds less");
	bed_free(b);
}

/* A server may think otherwise of whether it ends. */
static void
test_forever(void)
{
	struct bed *b = asking(NIC);

	learn(b, "eth0", "", 0);
	say_same("for ever", "add eth0 " LONG EVER, bed_up(b));
	settled(b, "for ever");
	kernel_pass(b->kernel, 10 * HOUR);
	settled(b, "for ever, hours later");
	prolong(b, 11 * HOUR);
	say_same("no longer for ever", "set eth0 " LONG LIFE, bed_up(b));
	settled(b, "no longer for ever");
	prolong(b, 0);
	say_same("for ever again", "set eth0 " LONG EVER, bed_up(b));
	settled(b, "for ever again");
	kernel_pass(b->kernel, 2 * HOUR);
	settled(b, "for ever again, hours later");
	bed_free(b);
}

/* The kernel ends an address when its time has come, whoever is there to see it. */
static void
test_end(void)
{
	struct bed *b = asking(NIC);

	learn(b, "eth0", "", HOUR);
	(void)bed_up(b);
	kernel_pass(b->kernel, HOUR);
	bed_end(b);
	(void)bed_lend(b, "eth0", NULL, 0);
	settled(b, "at its end nothing is left of it");
	bed_free(b);
}

/* Another lease takes the place of the first, and nothing that of the second. */
static void
test_another(void)
{
	struct bed *b = asking(NIC "address = 10.0.0.1/8\n");
	const char *was =
		"drop eth0 route unicast 10.1.0.0/16 metric 1000 protocol dhcp scope global "
		"tos 0 table main via 192.0.2.9 weight 1\n"
		"drop eth0 address 192.0.2.5/24 metric 1000 scope global "
		"broadcast 192.0.2.255 valid-lft 3600 preferred-lft 3600\n";

	learn(b, "eth0", "router = 192.0.2.1\nroutes = 10.1.0.0/16=192.0.2.9\nmtu = 1400", HOUR);
	(void)bed_up(b);
	bed_end(b);
	learn(b, "eth0", "router = 192.0.2.1\nroutes = 10.1.0.0/16=192.0.2.9\nmtu = 1400", HOUR);
	settled(b, "the same once more");
	learn(b, "eth0",
		"address = 192.0.2.6/24\nrouter = 192.0.2.1\nroutes = 10.2.0.0/16=192.0.2.9", HOUR);
	say_same("another lease",
		mem_printf(b->mem,
			"%sset eth0 mtu=1500\nadd eth0 address 192.0.2.6/24 broadcast 192.0.2.255 metric 1000" LIFE
				ROUTE("10.2.0.0/16", "1000", "global") " via 192.0.2.9\n",
			was),
		bed_up(b));
	settled(b, "another lease");
	bed_end(b);
	(void)bed_lend(b, "eth0", NULL, 0);
	say_same("no lease",
		"drop eth0 route unicast 0.0.0.0/0 metric 1000 protocol dhcp scope global tos 0 "
		"table main via 192.0.2.1 weight 1\n"
		"drop eth0 route unicast 10.2.0.0/16 metric 1000 protocol dhcp scope global tos 0 "
		"table main via 192.0.2.9 weight 1\n"
		"drop eth0 address 192.0.2.6/24 metric 1000 scope global broadcast 192.0.2.255 "
		"valid-lft 3600 preferred-lft 3600\n",
		bed_up(b));
	settled(b, "no lease");
	bed_free(b);
}

/* RFC 3927: and a lease drives it out. */
static void
test_fallback(void)
{
	static const uint8_t address[4] = { 169, 254, 7, 9 };
	struct bed *b = asking(NIC);

	bed_lend(b, "eth0", NULL, HOUR)->local = address;
	say_same("a fallback",
		"add eth0 address 169.254.7.9/16 broadcast 169.254.255.255 scope link metric 1000\n",
		bed_up(b));
	settled(b, "a fallback");
	kernel_pass(b->kernel, 2 * HOUR);
	settled(b, "a fallback, hours later");
	bed_end(b);
	learn(b, "eth0", "", 3 * HOUR);
	say_same("a lease after it",
		"drop eth0 address 169.254.7.9/16 metric 1000 scope link broadcast 169.254.255.255 "
		"valid-lft forever preferred-lft forever\n" OWN,
		bed_up(b));
	settled(b, "a lease after it");
	bed_free(b);
}

/* The kernel's own ip=dhcp, or a script, was here before: a root may be on its address. */
static void
test_found(void)
{
	struct bed *b = asking("[nic eth0]\naddress = 192.0.2.5/24\n");

	bed_want(b, NIC);
	learn(b, "eth0", "", HOUR);
	say_same("an address that is there is not taken away", "set eth0 " LONG LIFE, bed_up(b));
	settled(b, "an address that is there");
	bed_free(b);
}

int
main(void)
{
	for (size_t i = 0; i < LEN(cases); i++)
		test_case(i);
	test_parent();
	test_twice();
	test_several();
	test_life();
	test_forever();
	test_end();
	test_another();
	test_fallback();
	test_found();
	return say_end();
}
