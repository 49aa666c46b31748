/*
 * Rules, routes and addresses that others than nbs have set on a made-up
 * kernel: what counts as there, what stays, and what is not taken back.
 */
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "base/mem.h"
#include "key/msg.h"
#include "model/phrase.h"
#include "test/support/bed.h"
#include "test/support/kernel_parts.h"
#include "test/support/say.h"

/* Somebody else sets something, on eth0 where it needs a link. */
static void
set(struct bed *b, enum topic topic, const char *text)
{
	static _Alignas(16) char buf[4096];
	struct model *m = kernel_have(b->kernel, b->mem);
	struct fault f;
	struct phrase *p = phrase_parse(b->mem, topic, text, "f", 0, &f);
	struct msg msg = { 0 };

	p->ns = m->spaces;
	p->link = model_find(m->spaces, "eth0");
	if (p->hops)
		p->hops->link = p->link;
	phrase_complete(p, NULL, b->mem);
	phrase_put(&msg, buf, sizeof(buf), p, false);
	if (kernel_take(b->kernel, b->kernel->places, msg.h))
		say(false, text, "the made-up kernel refuses it");
}

static const struct {
	const char *name;
	enum topic topic;
	const char *theirs, *wanted, *steps, *undone;
} cases[] = {
	{ "the kernel's rule for all", RULE, "lookup main priority 32766 protocol 2",
		"[global]\nrule = table main suppress-prefixlength 0\n",
		"add rule inet table main suppress-prefixlength 0 protocol static type lookup\n",
		"drop rule inet protocol static suppress-prefixlength 0 type lookup tos 0 table main\n" },
	{ "the same group, 0, or none", RULE, "lookup main protocol 3",
		"[global]\nrule = lookup main suppress-ifgroup 0\n",
		"add rule inet table main suppress-ifgroup 0 protocol static type lookup\n",
		"drop rule inet protocol static suppress-ifgroup 0 type lookup tos 0 table main\n" },
	{ "the kernel's rule itself", RULE, "lookup main priority 32766 protocol 2",
		"[global]\nrule = lookup main\n", "", "" },
	{ "a stranger's rule", RULE, "from 10.0.0.0/8 table 100 priority 5 protocol 3",
		"[global]\nrule = from 10.0.0.0/8 table 100\n", "", "" },
	{ "a stranger's rule of another priority", RULE,
		"from 10.0.0.0/8 table 100 priority 5 protocol 3",
		"[global]\nrule = from 10.0.0.0/8 table 100 priority 6\n",
		"add rule inet from 10.0.0.0/8 table 100 priority 6 protocol static type lookup\n",
		"drop rule inet protocol static type lookup priority 6 tos 0 table 100 from 10.0.0.0/8\n" },
	{ "the kernel's rule of priority 0", RULE, "lookup local protocol 2",
		"[global]\nrule = lookup local priority 6\n",
		"add rule inet table local priority 6 protocol static type lookup\n",
		"drop rule inet protocol static type lookup priority 6 tos 0 table local\n" },
	{ "a rule of another setter, where the file names one", RULE, "lookup 7 protocol 3",
		"[global]\nrule = lookup 7 protocol static\n",
		"add rule inet table 7 protocol static type lookup\n",
		"drop rule inet protocol static type lookup tos 0 table 7\n" },
	{ "rules of other realms", RULE, "lookup 7 realms 5 protocol static",
		"[global]\nrule = lookup 7 realms 6\n",
		"add rule inet table 7 realms 6 protocol static type lookup\n",
		"drop rule inet protocol static realms 6 type lookup tos 0 table 7\n" },
	{ "the kernel's route", ROUTE, "10.0.0.0/8 protocol kernel scope link",
		"[nic eth0]\nroute = 10.0.0.0/8\n", "", "" },
};

static void
test_kept(void)
{
	for (size_t i = 0; i < LEN(cases); i++) {
		struct bed *b = bed_made("");

		bed_raise(b, "eth0", true);
		set(b, cases[i].topic, cases[i].theirs);
		bed_want(b, cases[i].wanted);
		say_same(cases[i].name, cases[i].steps, bed_up(b));
		say_same(bed_part(b, cases[i].name, "nothing is said"), "", b->heard);
		bed_end(b);
		bed_want(b, cases[i].wanted);
		say_same(bed_part(b, cases[i].name, "nothing is left"), "", bed_up(b));
		bed_end(b);
		bed_want(b, "[nic eth0]\n");
		say_same(bed_part(b, cases[i].name, "wanted no more"), cases[i].undone, bed_up(b));
		bed_free(b);
	}
}

/* The kernel tells the link of a next hop object, too, and refuses both in one message. */
static void
test_object(void)
{
	struct bed *b = bed_made("[nic eth0]\n");

	set(b, ROUTE, "10.0.0.0/8 nhid 5 protocol static scope link");
	bed_want(b, "[nic eth0]\nroute = 10.0.0.0/8 nhid 6\n");
	say_same("a next hop object",
		"drop route unicast 10.0.0.0/8 nhid 5 protocol static scope link tos 0 table main\n"
		"add eth0 route unicast 10.0.0.0/8 nhid 6 table main protocol static scope global\n",
		bed_up(b));
	bed_free(b);
}

/* TCP heeds it only where it is locked, which is for nbs to see to. */
static void
test_unlocked(void)
{
	struct bed *b = bed_made("[nic eth0]\nroute = 10.0.0.0/8 rto-min 20\n");
	struct told *t = b->kernel->places->said;

	for (char *at = (char *)t->h; at < (char *)t->h + t->h->nlmsg_len; at += 4)
		if (!memcmp(at, &(uint32_t) { 1U << RTAX_RTO_MIN }, 4))
			(void)memset(at, 0, 4);
	say_same("a metric that is not locked",
		"drop eth0 route unicast 10.0.0.0/8 rto-min 20 protocol static scope link tos 0 table main weight 1\n"
		"add eth0 route unicast 10.0.0.0/8 rto-min 20 table main protocol static scope link\n",
		bed_up(b));
	bed_free(b);
}

static void
test_in_the_way(void)
{
	struct bed *b = bed_made("[nic eth0]\n");

	set(b, ROUTE, "10.0.0.0/8 protocol kernel scope link");
	bed_want(b, "[nic eth0]\nroute = 10.0.0.0/8 mtu 1400\n");
	say_same("another route of the kernel's", "", bed_up(b));
	say_same("another route of the kernel's: said",
		"f:2: eth0: route: 'unicast 10.0.0.0/8 mtu 1400 table main protocol static scope link': "
		"in its place is the kernel's own "
		"'unicast 10.0.0.0/8 protocol kernel scope link tos 0 table main weight 1', left so\n",
		b->heard);
	say_same("another route of the kernel's: said once", "", (bed_up(b), b->heard));
	bed_free(b);
}

/* The same NIC by another section: what was noted of it counts on. */
static void
test_another_section(void)
{
	static const char now[] = "[nic wan]\nmatch-name = eth0\naddress = 192.0.2.2/24\n";
	struct bed *b = bed_new();
	char bring_up[] = "[nic eth0]\nmtu = 1400\naddress = 192.0.2.1/24\n";

	bed_want(b, bring_up);
	(void)bed_up(b);
	bed_end(b);
	bed_want(b, now);
	say_same("another section of a NIC",
		"drop eth0 address 192.0.2.1/24 scope global valid-lft forever preferred-lft forever\n"
		"lower wan\nrename eth0 wan\nset wan mtu=1500\n"
		"add wan address 192.0.2.2/24 scope global\nraise wan\n",
		bed_up(b));
	say_same("another section of a NIC: nothing is complained of", "", b->heard);
	bed_end(b);
	bed_want(b, now);
	say_same("another section of a NIC: once more", "", bed_up(b));
	say_same("another section of a NIC: down",
		"drop wan address 192.0.2.2/24 scope global valid-lft forever preferred-lft forever\n"
		"lower eth0\nrename wan eth0\nlower lo\n",
		bed_down(b));
	bed_free(b);
}

/* Brings a file up as one nbs after another does; what it took is in b->steps. */
static const char *
becomes(struct bed *b, const char *text)
{
	bed_want(b, text);
	(void)bed_up(b);
	bed_end(b);
	return b->steps;
}

/* A NIC that got its old name back is what it was: nothing of it is remembered. */
static void
test_name_back(void)
{
	struct bed *b = bed_new();

	(void)becomes(b, "[nic wan]\nmatch-name = eth0\nmtu = 1400\n");
	say_same("an old name comes back",
		"lower eth0\nrename wan eth0\nset eth0 mtu=1500\nraise eth1\n",
		becomes(b, "[nic eth1]\n"));
	(void)becomes(b, "[nic eth0]\nmtu = 1300\n");
	say_same("an old name comes back: and stays", "lower lo\nlower eth0\nset eth0 mtu=1500\n",
		bed_down(b));
	bed_free(b);
}

/* From a section to a pattern, which takes it once it has its old name. */
static void
test_to_pattern(void)
{
	struct bed *b = bed_new();

	(void)becomes(b, "[nic wan]\nmatch-name = eth0\nmtu = 1400\n");
	say_same("to a pattern",
		"lower eth0\nrename wan eth0\nset eth0 mtu=1500\n"
		"raise eth3\nraise eth2\nraise eth1\n--\nraise eth0\n",
		becomes(b, "[nic eth*]\n"));
	say_same("to a pattern: once more", "", becomes(b, "[nic eth*]\n"));
	say_same("to a pattern: down", "lower eth0\nlower lo\nlower eth1\nlower eth2\nlower eth3\n",
		bed_down(b));
	bed_free(b);
}

/* A stranger's route comes back by whatever section the NIC has then, as it was to the last metric. */
static void
test_route_back(void)
{
	struct bed *b = bed_new();
	static const char there[] = "10.9.0.0/16 protocol static scope link mtu 1400";

	bed_raise(b, "eth0", true);
	set(b, ROUTE, there);
	(void)becomes(b, "[nic eth0]\nroute = 10.9.0.0/16 mtu 1300\n");
	say(strstr(becomes(b, "[nic wan]\nmatch-name = eth0\n"), "mtu 1400"),
		"a route comes back by another section", "%s", b->steps);
	say_same("a route comes back by another section: once more", "",
		becomes(b, "[nic wan]\nmatch-name = eth0\n"));
	bed_free(b);
}

/* Whose an address is, on a kernel that does not say it; eth0's MAC is 52:54:00:00:00:02. */
static const struct {
	const char *text;
	bool own;
} addresses[] = {
	{ "fe80::5054:ff:fe00:2/64", true },
	{ "fe80::5054:ff:fe00:3/64", false },
	{ "fe80::5054:ff:fe00:2/128", false },
	{ "fe80::1/64", false },
	{ "2001:db8::5054:ff:fe00:2/64",
		true }, /* of a router's prefix, since it is not permanent */
	{ "2001:db8::1/64", false },
	{ "fe80::5054:ff:fe00:2/64 proto 4", false },
	{ "192.0.2.1/24", false },
};

static bool
is_own(unsigned release, const char *text)
{
	struct bed *b = bed_made("[nic eth0]\n");
	const struct model *m;
	bool own;

	b->kernel->release = release;
	set(b, ADDRESS, text);
	m = kernel_have(b->kernel, b->mem);
	own = model_find(m->spaces, "eth0")->said[ADDRESS]->foreign;
	bed_free(b);
	return own;
}

static void
test_own_address(void)
{
	for (size_t i = 0; i < LEN(addresses); i++) {
		say(is_own(RELEASE(5, 17), addresses[i].text) == addresses[i].own,
			addresses[i].text, "not told who set it");
		say(!is_own(RELEASE(5, 18), addresses[i].text), addresses[i].text,
			"taken for the kernel's, which says so since 5.18");
	}
	say(is_own(RELEASE(5, 18), "fe80::9/64 proto 3"), "an address of the kernel's", "not so");
}

/* A NIC with another's address and default route becomes a port: both come back to it. */
static void
test_to_master(void)
{
	struct bed *b = bed_made("");

	bed_raise(b, "eth0", true);
	set(b, ADDRESS, "192.0.2.10/24");
	set(b, ROUTE, "default via 192.0.2.1");
	say_same("a master takes the address of its port",
		"drop eth0 route unicast 0.0.0.0/0 protocol static scope global tos 0 table main via 192.0.2.1 weight 1\n"
		"drop eth0 address 192.0.2.10/24 scope global valid-lft forever preferred-lft forever\n"
		"make br0\njoin eth0 br0\nadd br0 address 192.0.2.10/24 scope global\nraise br0\n"
		"add br0 route unicast 0.0.0.0/0 table main protocol static scope global via 192.0.2.1\n",
		becomes(b, "[bridge br0]\nports = eth0\naddress = 192.0.2.10/24\n"
			   "gateway = 192.0.2.1\n"));
	say_same("a master takes the address of its port: down",
		"drop br0 route unicast 0.0.0.0/0 protocol static scope global tos 0 table main via 192.0.2.1 weight 1\n"
		"leave eth0\ndrop br0\nlower lo\n"
		"add eth0 address 192.0.2.10/24 scope global valid-lft forever preferred-lft forever\n"
		"add eth0 route unicast 0.0.0.0/0 protocol static scope global tos 0 table main via 192.0.2.1 weight 1\n",
		bed_down(b));
	bed_free(b);

	b = bed_made("");
	bed_raise(b, "eth0", true);
	bed_raise(b, "eth1", true);
	set(b, ADDRESS, "192.0.2.10/24");
	set(b, ROUTE, "default via 192.0.2.1");
	(void)becomes(b, "[nic eth1]\naddress = 198.51.100.2/24\ngateway = 198.51.100.1\n");
	say_same("a route comes back over its own link",
		"drop eth1 address 198.51.100.2/24 scope global valid-lft forever preferred-lft forever\n"
		"drop eth1 route unicast 0.0.0.0/0 protocol static scope global tos 0 table main via 198.51.100.1 weight 1\n"
		"lower lo\n"
		"add eth0 route unicast 0.0.0.0/0 protocol static scope global tos 0 table main via 192.0.2.1 weight 1\n",
		bed_down(b));
	bed_free(b);
}

/* Names that went round go back, each to its own. */
static void
test_round(void)
{
	struct bed *b = bed_new();

	(void)becomes(b, "[nic eth0]\nmatch-mac = 52:54:00:00:00:03\nproxy-arp = yes\n"
			 "[nic eth1]\nmatch-mac = 52:54:00:00:00:02\nmtu = 1400\n");
	(void)bed_down(b);
	say_same("swapped names go back: said", "", b->heard);
	say(bed_link(b, "eth0")->index == 2 && bed_link(b, "eth1")->index == 3,
		"swapped names go back", "%s", b->steps);
	say_same("swapped names go back: once", "", (bed_up(b), b->steps));
	bed_free(b);

	b = bed_new();
	(void)becomes(b, "[netns blue]\n[nic blue/eth1]\nmtu = 1400\n"
			 "[nic blue/wan]\nmatch-mac = 52:54:00:00:00:04\n"
			 "[nic eth0]\naddress = 192.0.2.1/24\n");
	(void)bed_down(b);
	say_same("moved and renamed ones go back: said", "", b->heard);
	say(bed_link(b, "eth1") && bed_link(b, "eth2"), "moved and renamed ones go back", "%s",
		b->steps);
	bed_free(b);
}

/* One that is called as another is at home comes back by its own name, or stays where it is. */
static void
test_taken_name(void)
{
	static const char away[] =
		"[netns c1]\n[nic c1/eth0]\nmatch-mac = 52:54:00:00:00:03\nmtu = 1400\n";
	struct bed *b = bed_new();

	say_same("it goes under the name that it shall have",
		"make netns c1\nmove c1/eth0 from eth1\nraise c1/lo\nraise lo\n--\n"
		"set c1/eth0 mtu=1400\nraise c1/eth0\n",
		becomes(b, away));
	(void)bed_down(b);
	say_same("and comes back under the one that it had: said", "", b->heard);
	say(bed_link(b, "eth0")->index == 2 && bed_link(b, "eth1")->index == 3 &&
			!kernel_find(b->kernel, "c1", "lo"),
		"and comes back under the one that it had", "%s", b->steps);
	bed_free(b);

	b = bed_new();
	(void)becomes(b, away);
	(void)kernel_nic(b->kernel, "eth1");
	(void)bed_down(b);
	say_same("its name is taken: said",
		"nbs: eth1: a link of that name is there, and nbs did not make it\n", b->heard);
	say(kernel_find(b->kernel, "c1", "eth0"), "its name is taken: it stays", "%s", b->steps);
	bed_take_away(b, "eth1");
	(void)bed_down(b);
	say(bed_link(b, "eth1") && !kernel_find(b->kernel, "c1", "lo"),
		"its name is free again: it comes back", "%s", b->steps);
	bed_free(b);

	b = bed_new();
	(void)becomes(b, "[netns c1]\n[nic c1/eth0]\nmatch-mac = 52:54:00:00:00:03\n"
			 "[nic eth1]\nmatch-mac = 52:54:00:00:00:02\n");
	say(bed_link(b, "eth1")->index == 2 && kernel_find(b->kernel, "c1", "eth0")->index == 3,
		"names go round through a namespace", "%s", b->steps);
	(void)bed_down(b);
	say(bed_link(b, "eth0") && bed_link(b, "eth0")->index == 2 && bed_link(b, "eth1") &&
			bed_link(b, "eth1")->index == 3,
		"and back", "%s%s", b->steps, b->heard);
	bed_free(b);

	b = bed_new();
	(void)becomes(b, away);
	(void)becomes(b, "[nic lan]\nmatch-mac = 52:54:00:00:00:03\n");
	say(bed_link(b, "lan") && bed_link(b, "lan")->index == 3 && !*b->heard,
		"the file wants it elsewhere", "%s%s", b->steps, b->heard);
	(void)bed_down(b);
	say(bed_link(b, "eth1") && !*b->heard, "and back from there", "%s%s", b->steps, b->heard);
	bed_free(b);
}

/* Others delete a namespace: what is in it comes back, whatever it is called then. */
static void
test_deleted(void)
{
	static const char wanted[] = "[netns blue]\n[nic blue/eth1]\nmtu = 1400\n"
				     "[veth v]\npeer = blue/w\n[peer blue/w]\n";
	const uint8_t mac[6] = { 0x52, 0x54, 0, 0, 0, 0x99 };
	struct bed *b = bed_new();

	(void)becomes(b, wanted);
	bed_want(b, wanted);
	kernel_set(b->kernel, kernel_nic(b->kernel, "eth1"), IN_LINK, IFLA_PERM_ADDRESS, mac,
		sizeof(mac));
	kernel_delete(b->kernel, "blue");
	say(bed_link(b, "dev3") != NULL, "a deleted namespace", "the kernel keeps its NIC");
	say_same("a deleted namespace is made again",
		"make netns blue\nmove blue/eth1 from dev3\nmake v\nraise blue/lo\nraise blue/w\nraise v\n"
		"--\nraise blue/eth1\n",
		bed_up(b));
	say_same("nothing is said of it", "", b->heard);
	bed_end(b);
	kernel_drop(b->kernel, bed_link(b, "eth1"));
	(void)bed_down(b);
	say(bed_link(b, "eth1") != NULL, "and it comes back by its name", "%s%s", b->steps,
		b->heard);
	bed_free(b);
}

int
main(void)
{
	test_deleted();
	test_taken_name();
	test_round();
	test_to_master();
	test_another_section();
	test_name_back();
	test_to_pattern();
	test_route_back();
	test_kept();
	test_object();
	test_unlocked();
	test_in_the_way();
	test_own_address();
	return say_end();
}
