/*
 * What completing a file adds, and that it is seen for what nbs adds; and
 * what passes though it looks like a mistake.  The mistakes themselves,
 * and what is said of them, are in test/golden.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "check/check.h"
#include "model/link.h"
#include "model/phrase.h"
#include "test/support/read.h"
#include "test/support/say.h"

/* All values of all links, and what is said of them: KEY=VALUE@LINE. */
static char *
dump(const struct model *m)
{
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	for (const struct link *l = m->links; l; l = l->next) {
		(void)fprintf(f, "[%s %s]@%d\n", l->kind->name, l->section, l->line);
		for (const struct value *v = l->vals; v; v = v->next)
			(void)fprintf(
				f, "%s=%s@%d\n", v->key->name, value_text(v, m->mem), v->line);
		for (enum topic t = ADDRESS; t < TOPICS; t++)
			for (const struct phrase *p = l->said[t]; p; p = p->next)
				(void)fprintf(f, "%s=%s@%d\n", phrase_key(p),
					phrase_text(p, m->mem), p->line);
	}
	for (const struct netns *n = m->spaces; n; n = n->next)
		for (const struct sysctl *c = n->sysctls; c; c = c->next)
			(void)fprintf(f, "%s%s=%s@%d%s\n", n->name, c->path, c->text, c->line,
				c->early ? " early" : "");
	(void)fclose(f);
	return text;
}

#define LO "[loopback lo]@0\nup=yes@0\n"

static const struct {
	const char *name, *text, *want;
} texts[] = {
	{ "a loopback is raised, named or not", "[nic eth0]\n", "[nic eth0]@1\nup=yes@0\n" LO },
	{ "so is each namespace's", "[netns blue]\n", LO "[loopback blue/lo]@1\nup=yes@0\n" },
	{ "what is set stays", "[loopback lo]\nup = no\n", "[loopback lo]@1\nup=no@2\n" },
	{ "a bond looks for carriers", "[bond b]\n", "[bond b]@1\nup=yes@0\nmiimon=100@0\n" LO },
	{ "but not one that asks by ARP", "[bond b]\narp-interval = 100\n",
		"[bond b]@1\narp-interval=100@2\nup=yes@0\n" LO },
	{ "nor one that is told", "[bond b]\nmiimon = 50\n",
		"[bond b]@1\nmiimon=50@2\nup=yes@0\n" LO },
	{ "a bridge without STP forwards at once",
		"[bridge b]\n[bridge c]\nstp = yes\n[bridge d]\nstp = no\nforward-delay = 5s\n",
		"[bridge b]@1\nup=yes@0\nforward-delay=0@0\n[bridge c]@2\nstp=yes@3\nup=yes@0\n"
		"[bridge d]@4\nstp=no@5\nforward-delay=500@6\nup=yes@0\n" LO },
	{ "a port makes no IPv6 addresses",
		"[bridge b]\nports = p q r\n[nic q]\naddr-gen-mode = eui64\n[nic r]\naddress = 2001:db8::1/64\n",
		"[bridge b]@1\nports=p q r@2\nup=yes@0\nforward-delay=0@0\n"
		"[nic q]@3\naddr-gen-mode=eui64@4\nup=yes@0\n"
		"[nic r]@5\nup=yes@0\naddress=2001:db8::1/64@6\n"
		"[nic p]@2\nup=yes@0\naddr-gen-mode=none@0\n" LO },
	{ "names without a section", "[vlan v]\nparent = eth0\nid = 1\n[veth a]\npeer = b\n",
		"[vlan v]@1\nparent=eth0@2\nid=1@3\nup=yes@0\n[veth a]@4\npeer=b@5\nup=yes@0\n"
		"[peer b]@5\nup=yes@0\n[nic eth0]@2\nup=yes@0\n" LO },
	{ "addresses",
		"[nic e]\naddress = 192.0.2.1/24 brd +\naddress = 127.0.0.2/8\naddress = 10.0.0.1/32 peer 10.0.0.2/30\naddress = 2001:db8::1/64\n",
		"[nic e]@1\nup=yes@0\naddress=192.0.2.1/24 broadcast 192.0.2.255 scope global@2\n"
		"address=127.0.0.2/8 scope host@3\naddress=10.0.0.1/32 peer 10.0.0.2/30 scope global@4\n"
		"address=2001:db8::1/64@5\n" LO },
	{ "addresses with a peer",
		"[nic e]\naddress = 10.0.0.1/24 peer 10.0.0.2/24 brd +\naddress = 10.1.0.1/24 peer 10.1.0.1/16\n"
		"address = 2001:db8::1/64 peer 2001:db8::2/64\n",
		"[nic e]@1\nup=yes@0\naddress=10.0.0.1/32 peer 10.0.0.2/24 broadcast 10.0.0.255 scope global@2\n"
		"address=10.1.0.1/16 scope global@3\naddress=2001:db8::1/128 peer 2001:db8::2/64@4\n" LO },
	{ "gateways and routes",
		"[nic e]\naddress = 192.0.2.1/24\naddress = 2001:db8::1/64\ngateway = 192.0.2.2 metric 5\ngateway = 2001:db8::2\n"
		"route = 10.0.0.0/8\nroute = local 10.0.0.1\nroute = blackhole 10.1.0.0/16\nroute = 2001:db8:1::/48\n",
		"[nic e]@1\nup=yes@0\naddress=192.0.2.1/24 scope global@2\naddress=2001:db8::1/64@3\n"
		"gateway=unicast 0.0.0.0/0 metric 5 table main protocol static scope global via 192.0.2.2@4\n"
		"gateway=unicast ::/0 table main protocol static metric 1024 via 2001:db8::2@5\n"
		"route=unicast 10.0.0.0/8 table main protocol static scope link@6\n"
		"route=local 10.0.0.1 table local protocol static scope host@7\n"
		"route=blackhole 10.1.0.0/16 table main protocol static scope global@8\n"
		"route=unicast 2001:db8:1::/48 table main protocol static metric 1024@9\n" LO },
	{ "ip(8)'s other words",
		"[nic e]\nroute = 10.0.0.0/8 priority 5 rtt 100ms rttvar 1s ttl-propagate disabled\nroute = 10.0.0.0/8 preference 6 rtt 7\n"
		"neighbor = 10.0.0.1 lladdr 02:00:00:00:00:01 state noarp\n",
		"[nic e]@1\nup=yes@0\n"
		"route=unicast 10.0.0.0/8 metric 5 rtt 800 rttvar 4000 ttl-propagate no table main protocol static scope link@2\n"
		"route=unicast 10.0.0.0/8 metric 6 rtt 7 table main protocol static scope link@3\n"
		"neighbor=10.0.0.1 lladdr 02:00:00:00:00:01 nud noarp@4\n" LO },
	{ "the bond's other word", "[bond b]\nnum-unsol-na = 3\n",
		"[bond b]@1\nnum-grat-arp=3@2\nup=yes@0\nmiimon=100@0\n" LO },
	{ "several routers of one destination",
		"[nic e]\naddress = 192.0.2.1/24\nroute = 10.0.0.0/8 via 192.0.2.2 weight 1\nroute = 10.0.0.0/8 via 192.0.2.3 weight 2\n"
		"[nic f]\naddress = 198.51.100.1/24\nroute = 10.0.0.0/8 via 198.51.100.2 weight 3\nroute = 10.0.0.0/8 via 198.51.100.2 metric 5 weight 3\n",
		"[nic e]@1\nup=yes@0\naddress=192.0.2.1/24 scope global@2\n"
		"route=unicast 10.0.0.0/8 table main protocol static scope global nexthop via 192.0.2.2 weight 1"
		" nexthop via 192.0.2.3 weight 2 nexthop via 198.51.100.2 weight 3@3\n"
		"[nic f]@5\nup=yes@0\naddress=198.51.100.1/24 scope global@6\n"
		"route=unicast 10.0.0.0/8 metric 5 table main protocol static scope global via 198.51.100.2 weight 3@8\n" LO },
	{ "settings that are files",
		"[global]\nip-forward = yes\n[netns blue]\nipv6-forward = no\n[nic e]\naccept-ra = 2\nproxy-ndp = yes\nstable-secret = 2001:db8::1\n",
		"[nic e]@5\naccept-ra=2@6\nproxy-ndp=yes@7\nstable-secret=(hidden)@8\nup=yes@0\n" LO
		"[loopback blue/lo]@3\nup=yes@0\n"
		"net/ipv4/ip_forward=1@2\nnet/ipv6/conf/e/accept_ra=2@6 early\nnet/ipv6/conf/e/proxy_ndp=1@7 early\n"
		"net/ipv6/conf/e/stable_secret=2001:0db8:0000:0000:0000:0000:0000:0001@8 early\nbluenet/ipv6/conf/all/forwarding=0@4\n" },
	{ "no IPv6",
		"[global]\nipv6 = no\n[nic e]\n[nic f]\nipv6 = link-local\n[nic g]\nipv6 = auto\n",
		"[nic e]@3\nup=yes@0\n[nic f]@4\nipv6=link-local@5\nup=yes@0\n[nic g]@6\nipv6=auto@7\nup=yes@0\n" LO
		"net/ipv6/conf/e/disable_ipv6=1@2 early\nnet/ipv6/conf/f/disable_ipv6=0@5 early\nnet/ipv6/conf/f/accept_ra=0@5 early\n"
		"net/ipv6/conf/f/autoconf=0@5 early\nnet/ipv6/conf/g/disable_ipv6=0@7 early\n" },
	{ "a template stands for links to come", "[nic eth*]\nipv6 = no\naccept-ra = 0\n",
		"[nic eth*]@1\nipv6=no@2\naccept-ra=0@3\nup=yes@0\n" LO },
};

static void
test_text(size_t i)
{
	struct mem *mem = mem_new();
	struct model *m;
	char *have, *heard;

	say_hush();
	m = read_model(mem, texts[i].text, "f");
	check(m);
	heard = say_heard();
	have = dump(m);
	say_same(texts[i].name, texts[i].want, have);
	say_same(mem_printf(mem, "%s: nothing is said", texts[i].name), "", heard);
	free(have);
	mem_free(mem);
}

/* What is right, though one might think otherwise. */
static const struct {
	const char *name, *text;
} right[] = {
	{ "a gateway in a peer's network",
		"[nic e]\naddress = 10.0.0.1 peer 10.0.0.2/30\ngateway = 10.0.0.2\n" },
	{ "a gateway on a route of the link", "[nic e]\nroute = 10.0.0.1\ngateway = 10.0.0.1\n" },
	{ "a link-local gateway", "[nic e]\naddress = 2001:db8::1/64\ngateway = fe80::1\n" },
	{ "an onlink gateway", "[nic e]\naddress = 10.0.0.1/32\ngateway = 192.0.2.1 onlink\n" },
	{ "a gateway of the other family",
		"[nic e]\naddress = 2001:db8::1/64\nroute = 10.0.0.0/8 via inet6 2001:db8::2\n" },
	{ "a route of no link",
		"[nic e]\naddress = 192.0.2.1/24\n[global]\nroute = 10.0.0.0/8 via 192.0.2.2\n" },
	{ "a route by another link",
		"[nic e]\n[nic f]\naddress = 192.0.2.1/24\nroute = 10.0.0.0/8 dev e\n" },
	{ "one destination in two tables",
		"[nic e]\nroute = 10.0.0.0/8\nroute = 10.0.0.0/8 table 5\nroute = 10.0.0.0/8 metric 5\n" },
	{ "one IPv6 destination by two routers",
		"[nic e]\naddress = 2001:db8::1/64\ngateway = 2001:db8::2\ngateway = 2001:db8::3\n" },
	{ "one destination in two namespaces",
		"[netns a]\n[netns b]\n[dummy a/d]\nroute = 10.0.0.0/8\n[dummy b/d]\nroute = 10.0.0.0/8\n" },
	{ "one name in two namespaces", "[netns a]\n[dummy a/d]\n[dummy d]\n" },
	{ "one tag of two kinds",
		"[vlan v]\nparent = e\nid = 5\n[vlan w]\nparent = e\nid = 5\nprotocol = 802.1ad\n" },
	{ "one tag on two links", "[vlan v]\nparent = e\nid = 5\n[vlan w]\nparent = f\nid = 5\n" },
	{ "a port listed twice", "[bridge b]\nports = e e\n" },
	{ "a VLAN of its own bridge's port",
		"[bridge b]\nports = e\n[vlan v]\nparent = e\nid = 5\n[bridge c]\nports = v\n" },
	{ "a VLAN of the bridge it has a VLAN of",
		"[bridge b]\nports = e\n[vlan v]\nparent = b\nid = 5\n" },
	{ "deep nesting",
		"[vlan a]\nparent = e\nid = 1\n[bridge b]\nports = a\n[vlan c]\nparent = b\nid = 1\n[bond d]\nports = c\n"
		"[vlan f]\nparent = d\nid = 1\n[bridge g]\nports = f\n[macvlan h]\nparent = g\n" },
	{ "a lower mtu above", "[nic e]\nmtu = 9000\n[vlan v]\nparent = e\nid = 1\nmtu = 1500\n" },
	{ "IPv6 where the link says so",
		"[global]\nipv6 = no\n[nic e]\nipv6 = auto\naddress = 2001:db8::1/64\n" },
	{ "a bridge's own VLANs",
		"[bridge b]\nvlan-filtering = yes\nvlans = 1-4094\npvid = 7\nuntagged = 7 9-11\n" },
	{ "empty lists",
		"[bridge b]\nports =\nvlans =\n[nic e]\naddress =\nroute =\n[global]\ndns =\nsearch =\n" },
	{ "ports of every kind",
		"[bridge b]\nports = e bo v m t d x p q\n[bond bo]\nports = br\n[bridge br]\n[vlan v]\nparent = e\nid = 1\n"
		"[macvlan m]\nparent = f\n[tap t]\n[dummy d]\n[veth x]\npeer = p\n" },
	{ "a tun in a bond that is active-backup",
		"[bond b]\nmode = active-backup\nports = t\n[tun t]\n" },
	{ "keys of the mode",
		"[bond a]\nmode = 802.3ad\nlacp-rate = fast\nad-actor-system = 00:00:00:00:00:00\nmin-links = 2\n"
		"[bond b]\npackets-per-slave = 2\n[bond c]\nmode = balance-alb\nprimary = e\nports = e\n[nic e]\nprio = 2\n" },
	{ "delays with miimon",
		"[bond b]\nupdelay = 200\n[bond c]\nmiimon = 0\narp-validate = all\n" },
	{ "a macvlan alone, and several that share",
		"[macvlan a]\nparent = e\nmode = passthru\nmac = 02:00:00:00:00:01\n[nic e]\nmac = 02:00:00:00:00:01\n"
		"[macvlan b]\nparent = f\nmac = 02:00:00:00:00:01\n[macvlan c]\nparent = f\nmac = 02:00:00:00:00:02\n"
		"[macvlan d]\nparent = g\nmac = 02:00:00:00:00:01\n[bridge g]\nports = h\n" },
	{ "one MAC address of two devices",
		"[nic e]\nmatch-mac = 02:00:00:00:00:01\nmatch-path = a*\n[nic f]\nmatch-mac = 02:00:00:00:00:01\nmatch-path = b*\n" },
	{ "a MAC address of InfiniBand",
		"[nic e]\nmatch-mac = 81:00:00:48:fe:80:00:00:00:00:00:00:00:02:c9:03:00:00:00:01\n" },
	{ "addresses that are groups",
		"[bridge b]\ngroup-address = 01:80:c2:00:00:04\nbroadcast-mac = 01:00:00:00:00:01\n" },
	{ "spanning trees",
		"[bridge b]\nstp = yes\nforward-delay = 1100\n[bridge c]\nforward-delay = 2\n"
		"[bridge d]\nstp = yes\nforward-delay = 4s\nmax-age = 6s\n" },
	{ "a veth within one namespace", "[netns a]\n[veth a/v]\npeer = a/w\n[peer a/w]\n" },
	{ "rules",
		"[global]\nrule = from 192.0.2.0/24 lookup 7\nrule = not to 2001:db8::/32 prohibit\nrule = fwmark 1/0xff goto 200\nrule = priority 200 unreachable\n" },
};

static void
test_right(size_t i)
{
	struct mem *mem = mem_new();

	say_hush();
	check(read_model(mem, right[i].text, "f"));
	say_same(right[i].name, "", say_heard());
	mem_free(mem);
}

/* A chain of a thousand VLANs, and one that ends in itself. */
static void
test_long(bool circle)
{
	enum { LINKS = 1000 };
	struct mem *mem = mem_new();
	char *text = mem_get(mem, LINKS * 64), *to = text;
	int before = diag_count();

	for (int i = 0; i < LINKS; i++)
		to += sprintf(to, "[vlan v%d]\nparent = v%d\nid = 1\n", i,
			circle ? (i + 1) % LINKS : i + 1);
	say_hush();
	check(read_model(mem, text, "f"));
	(void)say_heard();
	say(diag_count() - before == (circle ? LINKS : 0),
		circle ? "a long circle" : "a long chain", "%d mistakes", diag_count() - before);
	mem_free(mem);
}

int
main(void)
{
	for (size_t i = 0; i < LEN(texts); i++)
		test_text(i);
	for (size_t i = 0; i < LEN(right); i++)
		test_right(i);
	test_long(false);
	test_long(true);
	return say_end();
}
