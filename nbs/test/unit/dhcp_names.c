/*
 * Names that leases bring: resolv.conf, with what the file has of it and
 * of each namespace its own; and the host's name.
 */
#include <string.h>

#include "base/mem.h"
#include "dhcp/learn.h"
#include "test/support/bed.h"
#include "test/support/lend.h"
#include "test/support/say.h"

static void
learn(struct bed *b, const char *name, const char *lines, const char *now, const char *applied)
{
	struct grant *g = bed_lend(b, name, lend(b->mem, lines), 0);

	b->kernel->hostname = now ? now : b->kernel->hostname;
	g->with.applied = applied;
}

#define NIC "[nic eth0]\ndhcp = ipv4\n"
#define TWO NIC "[nic eth1]\ndhcp = ipv4\n"

/* What the leases of eth0 and eth1 say, and the resolv.conf that comes of it; NULL: it is left. */
static const struct {
	const char *name, *text, *one, *other, *resolv;
} cases[] = {
	{ "a server", NIC, "dns = 192.0.2.53", NULL, "nameserver 192.0.2.53\n" },
	{ "servers, in their order", NIC, "dns = 192.0.2.54 192.0.2.53 8.8.8.8", NULL,
		"nameserver 192.0.2.54\nnameserver 192.0.2.53\nnameserver 8.8.8.8\n" },
	{ "no names", NIC, "router = 192.0.2.1", NULL, NULL },
	{ "a domain", NIC, "dns = 192.0.2.53\ndomain = example.org", NULL,
		"search example.org\nnameserver 192.0.2.53\n" },
	{ "a domain alone", NIC, "domain = example.org", NULL, "search example.org\n" },
	{ "domains to search before that", NIC,
		"domain = example.org\nsearch = b.example a.example", NULL,
		"search b.example a.example\n" },
	{ "the file's first", "[global]\ndns = 2001:db8::53\nsearch = home\n" NIC,
		"dns = 192.0.2.53\nsearch = a.example", NULL,
		"search home a.example\nnameserver 2001:db8::53\nnameserver 192.0.2.53\n" },
	{ "each once", "[global]\ndns = 192.0.2.53\nsearch = home\n" NIC,
		"dns = 192.0.2.53 192.0.2.5 192.0.2.53\nsearch = home a a", NULL,
		"search home a\nnameserver 192.0.2.53\nnameserver 192.0.2.5\n" },
	{ "a part of a name is another", "[global]\nsearch = a.example\n" NIC,
		"search = example a b.a.example", NULL,
		"search a.example example a b.a.example\n" },
	{ "a part of an address, too", "[global]\ndns = 192.0.2.53\n" NIC,
		"dns = 192.0.2.5 2.0.2.5", NULL,
		"nameserver 192.0.2.53\nnameserver 192.0.2.5\nnameserver 2.0.2.5\n" },
	{ "links in the order of the file", TWO, "dns = 192.0.2.53\ndomain = a",
		"dns = 198.51.100.53 192.0.2.53\ndomain = b",
		"search a b\nnameserver 192.0.2.53\nnameserver 198.51.100.53\n" },
	{ "no servers by dhcp-use", NIC "dhcp-use = search\n", "dns = 192.0.2.53\ndomain = a", NULL,
		"search a\n" },
	{ "no domains by dhcp-use", NIC "dhcp-use = dns\n",
		"dns = 192.0.2.53\nsearch = a\ndomain = b", NULL, "nameserver 192.0.2.53\n" },
	{ "neither by dhcp-use", NIC "dhcp-use = routes\n", "dns = 192.0.2.53\nsearch = a", NULL,
		NULL },
};

static const char *
resolv_of(const struct bed *b, const char *place)
{
	const struct place *p = b->kernel->places;

	while (strcmp(p->name, place) != 0)
		p = p->next;
	return p->resolv ? p->resolv : "none";
}

static void
test_case(size_t i)
{
	struct bed *b = bed_new();

	bed_want(b, cases[i].text);
	(void)bed_up(b);
	if (cases[i].other)
		learn(b, "eth1", cases[i].other, NULL, NULL);
	learn(b, "eth0", cases[i].one, NULL, NULL);
	(void)bed_up(b);
	say_same(cases[i].name, cases[i].resolv ? cases[i].resolv : "none", resolv_of(b, ""));
	say_same(bed_part(b, cases[i].name, "is settled"), "", bed_up(b));
	say_same(bed_part(b, cases[i].name, "goes without complaint"), "", b->heard);
	bed_free(b);
}

/* The file that a step writes for a link's lease. */
static const char *
path_of(struct bed *b, const char *text, const char *link)
{
	struct plan *p;

	bed_want(b, text);
	learn(b, link, "dns = 192.0.2.53", NULL, NULL);
	p = bed_look(b, b->mem);
	for (const struct step *s = plan_steps(p); s; s = s->next)
		if (s->verb == WRITE_RESOLV)
			return s->path;
	return "none";
}

#define BLUE "[netns blue]\n[macvlan blue/m]\nparent = eth1\nmode = bridge\ndhcp = ipv4\n"

/* ip-netns(8): what holds in a namespace is not for the others. */
static void
test_spaces(void)
{
	struct bed *b = bed_new();

	bed_want(b, "[global]\ndns = 2001:db8::53\n" NIC BLUE);
	(void)bed_up(b);
	learn(b, "eth0", "dns = 192.0.2.53\ndomain = a", NULL, NULL);
	learn(b, "blue/m", "address = 192.0.2.6/24\ndns = 192.0.2.54\ndomain = b", NULL, NULL);
	(void)bed_up(b);
	say_same("nbs's own names", "search a\nnameserver 2001:db8::53\nnameserver 192.0.2.53\n",
		resolv_of(b, ""));
	say_same("those of a namespace", "search b\nnameserver 192.0.2.54\n", resolv_of(b, "blue"));
	say_same("names of namespaces are settled", "", bed_up(b));
	say_same("the file of a namespace", "/etc/netns/blue/resolv.conf",
		path_of(b, NIC BLUE, "blue/m"));
	say_same("nbs's own file", "/etc/resolv.conf", path_of(b, NIC BLUE, "eth0"));
	say_same("as it is called", "/tmp/names",
		path_of(b, "[global]\nresolv-conf = /tmp/names\n" NIC, "eth0"));
	bed_free(b);
}

/* A lease that says otherwise, and one that is gone. */
static void
test_later(void)
{
	struct bed *b = bed_new();

	bed_want(b, "[global]\ndns = 2001:db8::53\n" NIC);
	(void)bed_up(b);
	learn(b, "eth0", "dns = 192.0.2.53", NULL, NULL);
	(void)bed_up(b);
	bed_end(b);
	learn(b, "eth0", "dns = 192.0.2.54", NULL, NULL);
	say_same("another server", "write nameserver 2001:db8::53\nnameserver 192.0.2.54\n\n",
		bed_up(b));
	(void)bed_lend(b, "eth0", NULL, 0);
	(void)bed_up(b);
	say_same("no server", "nameserver 2001:db8::53\n", resolv_of(b, ""));
	b->kernel->places->resolv = "nameserver 127.0.0.1\n";
	say_same("somebody else's", "write nameserver 2001:db8::53\n\n", bed_up(b));
	bed_free(b);
}

/* The host as it is called, what an nbs before has called it, and what comes of "lent". */
static const struct {
	const char *name, *text, *now, *applied, *then;
} hosts[] = {
	{ "no name", NIC, "(none)", NULL, "lent" },
	{ "not even that", NIC, "", NULL, "lent" },
	{ "localhost", NIC, "localhost", NULL, "lent" },
	{ "localhost and a domain", NIC, "localhost.localdomain", NULL, "lent" },
	{ "localhost of the file of an nbs before", NIC, "localhost", "localhost", "lent" },
	{ "a name", NIC, "gate", NULL, "gate" },
	{ "one that begins with localhost", NIC, "localhoster", NULL, "localhoster" },
	{ "a name by nbs", NIC, "gate", "gate", "lent" },
	{ "a name after one by nbs", NIC, "gate", "wall", "gate" },
	{ "a name, and dhcp-use", NIC "dhcp-use = hostname\n", "gate", NULL, "lent" },
	{ "dhcp-use without it", NIC "dhcp-use = routes\n", "(none)", NULL, "(none)" },
	{ "a name of the file", "[global]\nhostname = file\n" NIC, "(none)", NULL, "file" },
	{ "a name of the file, and dhcp-use",
		"[global]\nhostname = file\n" NIC "dhcp-use = hostname\n", "(none)", NULL, "file" },
	{ "two leases", TWO, "(none)", NULL, "lent" },
};

static void
test_host(size_t i)
{
	struct bed *b = bed_new();

	b->kernel->hostname = hosts[i].now;
	bed_want(b, hosts[i].text);
	(void)bed_up(b);
	learn(b, "eth0", "hostname = lent", hosts[i].now, hosts[i].applied);
	if (model_named(b->file, "eth1"))
		learn(b, "eth1", "address = 192.0.2.6/24\nhostname = other", hosts[i].now, NULL);
	(void)bed_up(b);
	say_same(hosts[i].name, hosts[i].then, b->kernel->hostname);
	say_same(bed_part(b, hosts[i].name, "is settled"), "", bed_up(b));
	(void)bed_lend(b, "eth0", NULL, 0);
	say_same(bed_part(b, hosts[i].name, "stays when the lease is gone"), "", bed_up(b));
	bed_free(b);
}

/* The kernel's longest: __NEW_UTS_LEN, linux/utsname.h */
static void
test_long_host(void)
{
	struct bed *b = bed_new();
	const char *name = "a123456789.b123456789.c123456789.d123456789.e123456789.f12345678";

	bed_want(b, NIC);
	(void)bed_up(b);
	learn(b, "eth0", mem_printf(b->mem, "hostname = %s9", name), NULL, NULL);
	(void)bed_up(b);
	say_same("65 bytes", "none", b->kernel->hostname);
	learn(b, "eth0", mem_printf(b->mem, "hostname = %s", name), NULL, NULL);
	(void)bed_up(b);
	say_same("64 bytes", name, b->kernel->hostname);
	bed_free(b);
}

int
main(void)
{
	for (size_t i = 0; i < LEN(cases); i++)
		test_case(i);
	test_spaces();
	test_later();
	for (size_t i = 0; i < LEN(hosts); i++)
		test_host(i);
	test_long_host();
	return say_end();
}
