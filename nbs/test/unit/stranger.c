/* Links that others have made where a file wants one: what is done, and what is said. */
#include <string.h>

#include "base/text.h"
#include "diff/ready.h"
#include "test/support/bed.h"
#include "test/support/kernel_parts.h"
#include "test/support/say.h"

static const struct {
	const char *name, *theirs, *ours, *steps, *heard;
} cases[] = {
	{ "of another kind", "[dummy x]\n", "[bridge x]\n", "",
		"f:1: x: a link of that name is there, of kind dummy, and nbs did not make it\n" },
	{ "on another parent", "[vlan x]\nparent = eth0\nid = 5\n",
		"[vlan x]\nparent = eth1\nid = 5\n", "raise eth1\n",
		"f:1: x: a link of that name is there, on another parent, and nbs did not make it\n" },
	{ "with another key that is fixed", "[vlan x]\nparent = eth0\nid = 5\n",
		"[vlan x]\nparent = eth0\nid = 6\n", "",
		"f:1: x: id of the link that is there cannot be changed, and nbs did not make it\n" },
	{ "the same", "[vlan x]\nparent = eth0\nid = 5\n",
		"[vlan x]\nparent = eth0\nid = 5\nmtu = 1400\n", "set x mtu=1400\n", "" },
	{ "of the name of a NIC", "[dummy x]\n", "[nic x]\nmatch-name = eth0\n", "",
		"f:1: x: a link of that name is there, and nbs did not make it\n" },
	{ "of the name of a far end", "[dummy w]\n", "[veth v]\npeer = w\n", "",
		"f:2: w: a link of that name is there, and nbs did not make it\n" },
	{ "another veth's far end", "[veth x]\npeer = w\n",
		"[peer w]\nmtu = 1400\n[veth v]\npeer = w\n", "",
		"f:1: w: a link of that name is there, and nbs did not make it\n" },
	{ "of a far end in a namespace", "[netns n]\n[dummy n/w]\n",
		"[netns n]\n[veth v]\npeer = n/w\n", "",
		"f:3: n/w: a link of that name is there, and nbs did not make it\n" },
	{ "a sysctl of a link that is not there", "",
		"[sysctl]\nnet.ipv4.conf.late.rp_filter = 1\nnet.ipv4.conf.eth0.rp_filter = 1\n[nic late]\n",
		"sysctl net/ipv4/conf/eth0/rp_filter=1\n", "" },
	{ "a sysctl of one that has no section", "",
		"[sysctl]\nnet.ipv4.conf.late.rp_filter = 1\nnet.ipv6.neigh.late.retrans_time_ms = 9\n",
		"", "" },
	{ "an address on a port", "[nic eth0]\naddress = 192.0.2.1/24\naddress = fe80::9/64\n",
		"[bridge b]\nports = eth0 eth1\n",
		"make b\njoin eth0 b\njoin eth1 b\nraise eth1\nraise b\n",
		"f:2: eth0: has 192.0.2.1/24, but as a port of b it receives nothing: give the address to b\n" },
	{ "that the master has, too", "[nic eth0]\naddress = 192.0.2.1/24\n",
		"[bond b]\nports = eth0\naddress = 192.0.2.1/24\n", NULL, "" },
};

/* What stands in the place of a namespace is named; an empty file is in nobody's way. */
static void
test_namespace(void)
{
	static const char wanted[] = "[netns blue]\n[dummy blue/d]\n[nic eth0]\nmtu = 1400\n";
	struct obstacle folder = { "/run/netns/blue", "a directory" },
			file = { "/run/netns/blue", NULL };
	struct bed *b = bed_new();

	map_put(&b->kernel->obstacles, b->mem, "blue", &folder);
	bed_want(b, wanted);
	say_same("a directory in the place of a namespace",
		"set eth0 mtu=1400\nraise lo\nraise eth0\n", bed_up(b));
	say_same("it is named", "f:1: blue: /run/netns/blue is a directory\n", b->heard);
	say_same("and not tried again", "", bed_up(b));
	say_same("it is named once", "", b->heard);
	map_put(&b->kernel->obstacles, b->mem, "blue", &file);
	say_same("an empty file",
		"make netns blue over a file\nmake blue/d\nraise blue/lo\nraise blue/d\n",
		bed_up(b));
	say_same("nothing is said of it", "", b->heard);
	bed_end(b);
	say(strstr(bed_down(b), "drop netns blue\n"), "the namespace is nbs's", "%s", b->steps);
	bed_free(b);
}

static const struct {
	const char *name, *place, *moved, *gone;
} ends[] = {
	{ "a far end in a container", "", "w", "drop v\nlower lo\n" },
	{ "a near end in a container", "", "v", "drop w\nlower lo\n" },
	{ "a far end of a namespace in a container", "blue", "w",
		"drop v\nlower lo\ndrop netns blue\n" },
	{ "a near end of one in a namespace in a container", "", "v",
		"drop blue/w\nlower lo\ndrop netns blue\n" },
};

/* An end of a veth that others have given to a container is left there while the pair lives. */
static void
test_container(void)
{
	for (size_t i = 0; i < LEN(ends); i++) {
		const bool far = strstr(ends[i].gone, "blue") != NULL;
		struct bed *b = bed_new();
		const char *text =
			far ? "[netns blue]\n[veth v]\npeer = blue/w\n[peer blue/w]\nmtu = 1400\n"
			    : "[veth v]\npeer = w\nmtu = 1400\n[peer w]\n";
		struct device *d;

		bed_want(b, text);
		(void)bed_up(b);
		bed_end(b);
		d = kernel_find(b->kernel, ends[i].place, ends[i].moved);
		kernel_hide(b->kernel, d);
		bed_want(b, text);
		say_same(ends[i].name, "", bed_up(b));
		say(strstr(b->heard, "others have moved it to a namespace without a name here"),
			bed_part(b, ends[i].name, "said"), "%s", b->heard);
		say_same(bed_part(b, ends[i].name, "a second time"), "", bed_up(b));
		say_same(bed_part(b, ends[i].name, "said once"), "", b->heard);
		say(!ready(b->round, b->plan, false, NULL, NULL),
			bed_part(b, ends[i].name, "is not waited for"), "it is");
		bed_end(b);
		say_same(bed_part(b, ends[i].name, "down"), ends[i].gone, bed_down(b));
		bed_free(b);

		b = bed_made(text);
		kernel_hide(b->kernel, kernel_find(b->kernel, ends[i].place, ends[i].moved));
		(void)bed_up(b);
		kernel_drop(b->kernel, kernel_find(b->kernel, "?", ends[i].moved));
		(void)bed_up(b);
		say(kernel_find(b->kernel, "", "v") &&
				kernel_find(b->kernel, far ? "blue" : "", "w"),
			bed_part(b, ends[i].name, "made again once it is gone"), "%s", b->steps);
		bed_free(b);
	}
}

/* The near end of a veth of nbs's has another name: both are made again. */
static void
test_near_end(void)
{
	static const char wanted[] = "[veth v]\npeer = w\n";
	struct bed *b = bed_made(wanted);

	bed_raise(b, "v", false);
	(void)strcpy(bed_link(b, "v")->name, "z");
	say_same("a near end that is called otherwise", "drop w\nmake v\nraise w\nraise v\n",
		bed_up(b));
	say_same("nothing is said of the near end", "", b->heard);
	bed_end(b);
	bed_want(b, "[veth x]\npeer = w\n");
	say_same("a far end of another veth", "drop v\nmake x\nraise w\nraise x\n", bed_up(b));
	bed_free(b);
}

static const struct {
	const char *name, *wanted, *steps, *heard, *down;
} altnames[] = {
	{ "an altname finds its NIC", "[nic lan0]\nmtu = 1400\n",
		"drop altname eth0 lan0\nrename eth0 lan0\nset lan0 mtu=1400\nraise lo\nraise lan0\n",
		"",
		"lower eth0\nrename lan0 eth0\nadd altname eth0 lan0\nlower lo\nset eth0 mtu=1500\n" },
	{ "by its MAC address", "[nic lan0]\nmatch-mac = 52:54:00:00:00:02\n",
		"drop altname eth0 lan0\nrename eth0 lan0\nraise lo\nraise lan0\n", "",
		"lower eth0\nrename lan0 eth0\nlower lo\n" },
	{ "by a pattern of it", "[nic wan]\nmatch-name = la*\n",
		"rename eth0 wan\nraise lo\nraise wan\n", "",
		"lower eth0\nrename wan eth0\nlower lo\n" },
	{ "to a namespace", "[netns blue]\n[nic blue/lan0]\n",
		"make netns blue\ndrop altname eth0 lan0\nmove blue/lan0 from eth0\nraise blue/lo\nraise lo\n--\n"
		"raise blue/lan0\n",
		"", "move eth0 from lan0\nlower lo\n--\ndrop netns blue\n" },
	{ "another's", "[nic lan0]\nmatch-mac = 52:54:00:00:00:03\n", "raise lo\n",
		"f:1: lan0: that is another name of eth0, by altname\n", "lower lo\n" },
	{ "of a new link", "[dummy lan0]\n", "raise lo\n",
		"f:1: lan0: that is another name of eth0, by altname\n", "lower lo\n" },
	{ "of a new far end", "[veth v]\npeer = lan0\n", "raise lo\n",
		"f:2: lan0: that is another name of eth0, by altname\n", "lower lo\n" },
	{ "beside the name", "[nic lan0]\n[nic eth0]\n", "raise lo\nraise eth0\n", "",
		"lower eth0\nlower lo\n" },
};

static void
test_altname(void)
{
	for (size_t i = 0; i < LEN(altnames); i++) {
		struct bed *b = bed_new();

		(void)strcpy(bed_link(b, "eth0")->altname, "lan0");
		bed_want(b, altnames[i].wanted);
		say_same(altnames[i].name, altnames[i].steps, bed_up(b));
		say_same(bed_part(b, altnames[i].name, "said"), altnames[i].heard, b->heard);
		say_same(bed_part(b, altnames[i].name, "a second time"), "", bed_up(b));
		say_same(bed_part(b, altnames[i].name, "said once"), "", b->heard);
		bed_end(b);
		say_same(bed_part(b, altnames[i].name, "down"), altnames[i].down, bed_down(b));
		bed_free(b);
	}
}

int
main(void)
{
	test_altname();
	test_near_end();
	test_container();
	test_namespace();
	for (size_t i = 0; i < LEN(cases); i++) {
		struct bed *b = bed_new();
		const char *steps;

		bed_others(b, cases[i].theirs);
		bed_want(b, cases[i].ours);
		steps = bed_up(b);
		say_same(cases[i].name, cases[i].steps ? cases[i].steps : steps, steps);
		say_same(bed_part(b, cases[i].name, "said"), cases[i].heard, b->heard);
		say_same(bed_part(b, cases[i].name, "a second time"), "", bed_up(b));
		say_same(bed_part(b, cases[i].name, "said once"), "", b->heard);
		bed_free(b);
	}
	return say_end();
}
