/*
 * Links that others than nbs have made, as dump says them: what a link of its
 * kind has anyway is left out.
 */
#include <libmnl/libmnl.h>
#include <linux/if_arp.h>
#include <linux/if_link.h>
#include <string.h>

#include "base/text.h"
#include "key/msg.h"
#include "model/link.h"
#include "test/support/dumped.h"
#include "test/support/say.h"

static struct link *
find(const struct model *have, const char *name)
{
	return model_find(have->spaces, name);
}

static void
no_device(struct model *have)
{
	find(have, "eth0")->info = find(have, "eth1")->info = find(have, "d")->info = "vxlan";
	find(have, "eth1")->device = NULL;
}

/* A link of a kind that nbs does not make, with what each of its keys may be. */
static void
strange(struct bed *b)
{
	(void)strcpy(bed_link(b, "d")->info, "wireguard");
	bed_link(b, "d")->type = ARPHRD_NONE;
}

static void
names(struct bed *b)
{
	(void)strcpy(bed_link(b, "a")->name, "all");
	(void)strcpy(bed_link(b, "d")->name, "default");
	(void)strcpy(bed_link(b, "e")->name, "e*");
	(void)strcpy(bed_link(b, "eth1")->name, "x y");
}

static void
loopbacks(struct bed *b)
{
	struct device *d = bed_link(b, "d");

	(void)strcpy(bed_link(b, "lo")->name, "loop");
	(void)strcpy(d->name, "lo2");
	d->flags |= IFF_LOOPBACK;
	*d->info = '\0';
}

/* Links on, or at the end of, what is not to be seen. */
static void
hide(struct model *have)
{
	find(have, "a")->parent_index = 77;
	find(have, "c")->parent_index = find(have, "eth0")->index;
	find(have, "v")->parent_index = 78;
	find(have, "eth0")->master_index = 79;
	find(have, "eth1")->master_index = find(have, "w")->index;
}

static void
add_names(struct bed *b, const char *link, int type)
{
	static const struct {
		struct nlattr one;
		char lan[4];
		struct nlattr two;
		char wan[4];
	} list = { { sizeof(struct nlattr) + 4, IFLA_ALT_IFNAME }, "lan",
		{ sizeof(struct nlattr) + 4, IFLA_ALT_IFNAME }, "wan" };

	kernel_set(b->kernel, bed_link(b, link), IN_LINK, type, &list, sizeof(list));
}

static void
attach(struct bed *b, const char *link, uint8_t mode)
{
	const struct {
		struct nlattr head;
		uint8_t mode, pad[3];
	} nest = { { sizeof(struct nlattr) + 1, IFLA_XDP_ATTACHED }, mode, { 0 } };

	kernel_set(b->kernel, bed_link(b, link), IN_LINK, IFLA_XDP, &nest, sizeof(nest));
}

/* A list of other names, with the flag of a nest and without; programs. */
static void
more(struct bed *b)
{
	add_names(b, "eth0", IFLA_PROP_LIST | NLA_F_NESTED);
	add_names(b, "eth3", IFLA_PROP_LIST);
	attach(b, "eth0", XDP_ATTACHED_NONE);
	attach(b, "eth1", XDP_ATTACHED_DRV);
	attach(b, "eth2", XDP_ATTACHED_SKB);
}

/* What check refuses is a comment, a section as a whole. */
static void
no_id(struct bed *b)
{
	struct attribute **a = &bed_link(b, "v")->attrs;

	while ((*a)->home != IN_DATA || (*a)->attr != IFLA_VLAN_ID)
		a = &(*a)->next;
	*a = (*a)->next;
	attach(b, "v", XDP_ATTACHED_SKB);
}

static const struct dumped cases[] = {
	{ .name = "nothing", .dump = "[loopback lo]\nup = no\n" },
	{ .name = "the order of sections",
		.theirs =
			"[global]\nip-forward = yes\n"
			"[netns zoo]\n[netns ant]\n[nic eth1]\n[nic eth3]\n[nic eth2]\n[nic eth0]\n"
			"[dummy e10]\n[dummy e9]\n[dummy x9a]\n[dummy x10]\n[dummy x010]\n[dummy a]\n"
			"[dummy b]\n[dummy e9b]\n[dummy e9a]\n[dummy 5]\n[dummy 12]\n[dummy x-1]\n"
			"[dummy y905]\n[dummy y96]\n[dummy y1005]\n[dummy y106]\n[dummy x+1]\n"
			"[dummy x]\n[dummy a;]\n[dummy a0]\n[dummy zoo/a]\n[dummy ant/z]\n"
			"[dummy ant/b]\n[bridge br0]\nports = v7 e9\n"
			"[vlan v7]\nparent = bond0\nid = 7\n"
			"[bond bond0]\nports = eth1 eth0\n"
			"[macvlan m]\nparent = br0\n"
			"[tap t]\n[vlan v8]\nparent = bond0\nid = 8\n"
			"[tun u]\n",
		.dump = "[global]\nip-forward = yes\n"
			"[netns zoo]\nip-forward = no\n"
			"[netns ant]\nip-forward = no\n"
			"[nic eth0]\n[nic eth1]\n[nic eth2]\n[nic eth3]\n[dummy 5]\n[dummy 12]\n"
			"[dummy a]\n[dummy a0]\n[dummy a\\x3b]\n[dummy b]\n[dummy e9]\n[dummy e9a]\n"
			"[dummy e9b]\n[dummy e10]\n[dummy x]\n[dummy x+1]\n[dummy x-1]\n[dummy x9a]\n"
			"[dummy x010]\n[dummy x10]\n[dummy y96]\n[dummy y106]\n[dummy y905]\n"
			"[dummy y1005]\n[tun u]\n[tap t]\n[bond bond0]\nports = eth0 eth1\n"
			"[vlan v7]\nparent = bond0\nid = 7\n"
			"[vlan v8]\nparent = bond0\nid = 8\n"
			"[bridge br0]\nports = e9 v7\nmac = 52:54:00:00:00:03\n"
			"[macvlan m]\nparent = br0\n"
			"[dummy ant/b]\n[dummy ant/z]\n[dummy zoo/a]\n" },
	{ .name = "ends of cables",
		.theirs = "[netns n]\n[netns o]\n[veth b]\npeer = a\n"
			  "[peer a]\n[veth d]\npeer = n/a\n"
			  "[peer n/a]\n[veth n/c]\npeer = c\n"
			  "[peer c]\n[veth n/f]\npeer = n/e\n"
			  "[peer n/e]\n[veth o/x]\npeer = n/y\n"
			  "[peer n/y]\n[veth n/g]\npeer = o/b\n"
			  "[peer o/b]\n[dummy e]\n",
		.dump = "[netns n]\n[netns o]\n[dummy e]\n[veth a]\npeer = b\n"
			"[peer b]\n[veth c]\npeer = n/c\n"
			"[peer n/c]\n[veth d]\npeer = n/a\n"
			"[peer n/a]\n[veth n/e]\npeer = n/f\n"
			"[peer n/f]\n[veth n/g]\npeer = o/b\n"
			"[peer o/b]\n[veth n/y]\npeer = o/x\n"
			"[peer o/x]\n" },
	{ .name = "links that go without saying",
		.theirs = "[loopback lo]\n[nic eth0]\nup = no\n"
			  "[nic eth1]\n[nic eth2]\nup = no\nmtu = 1400\n"
			  "[nic eth3]\nup = no\n"
			  "[macvlan v]\nparent = eth3\nup = no\n"
			  "[dummy d]\nup = no\n",
		.dump = "[nic eth1]\n[nic eth2]\nup = no\nmtu = 1400\n"
			"[nic eth3]\nup = no\n"
			"[dummy d]\nup = no\n"
			"[macvlan v]\nparent = eth3\nup = no\n" },
	{ .name = "a NIC that is down, and has something",
		.theirs = "[nic eth0]\nup = no\naddress = 10.0.0.1/24\n"
			  "[nic eth1]\nup = no\nneighbor = 10.0.0.1 lladdr 02:00:00:00:00:01\n"
			  "[nic eth2]\nup = no\n"
			  "[bridge b]\nports = eth2 eth3\n"
			  "[nic eth3]\nup = no\nfdb = 02:00:00:00:00:01 static\n",
		.dump = "[nic eth0]\nup = no\naddress = 10.0.0.1/24\n"
			"[nic eth1]\nup = no\nneighbor = 10.0.0.1 lladdr 02:00:00:00:00:01\n"
			"[nic eth2]\nup = no\n"
			"[nic eth3]\nup = no\nfdb = 02:00:00:00:00:01 static\n"
			"[bridge b]\nports = eth2 eth3\n" },
	{ .name = "a loopback",
		.theirs = "[loopback lo]\naddress = 10.0.0.1/32\nmtu = 1500\n",
		.dump = "[loopback lo]\nmtu = 1500\naddress = 10.0.0.1/32\n" },
	{ .name = "a loopback that is down",
		.theirs = "[loopback lo]\nup = no\nmtu = 65536\n",
		.dump = "[loopback lo]\nup = no\n" },
	{ .name = "names that no section has",
		.theirs =
			"[dummy a]\n[dummy d]\naddress = 10.0.0.1/24\n"
			"[dummy e]\n[nic eth1]\n[nic eth0]\nroute = 10.0.0.0/8 dev eth1\n"
			"route = 10.1.0.0/16 nexthop dev eth1 weight 1 nexthop dev eth0 weight 2\n"
			"[bridge b]\nports = e\n"
			"[vlan v5]\nparent = eth1\nid = 5\n"
			"[vlan v6]\nparent = eth1\nid = 6\n",
		.kernel = names,
		.dump = "# a link is called 'x y', which no section can be\n"
			"# a link is called 'all', which no section can be\n"
			"# a link is called 'default', which no section can be\n"
			"# a link is called 'e*', which no section can be\n"
			"# route = 10.1.0.0/16 scope link: over a link that no section can be called as\n"
			"# route = 10.0.0.0/8 scope link: over a link that no section can be called as\n"
			"[nic eth0]\n[nic v5]\nrequired = no\n"
			"# a vlan on a link in a namespace without a name\n"
			"[nic v6]\nrequired = no\n# a vlan on a link in a namespace without a name\n"
			"[bridge b]\n# 8 lines with a # tell what this file cannot say\n" },
	{ .name = "loopbacks of other names",
		.theirs = "[dummy d]\n[loopback lo]\naddress = 127.0.0.1/8\n",
		.kernel = loopbacks,
		.dump = "[nic lo2]\narp = no\nmulticast = no\n"
			"[nic loop]\nmulticast = no\naddress = 127.0.0.1/8\n" },
	{ .name = "kinds that nbs does not make",
		.theirs = "[nic eth0]\n[nic eth1]\naddress = 10.0.0.1/24\n"
			  "[dummy d]\n[vlan v]\nparent = d\nid = 5\n",
		.have = no_device,
		.dump = "[nic d]\nrequired = no\n# of kind vxlan, which nbs does not make\n"
			"[nic eth0]\n[nic eth1]\nrequired = no\naddress = 10.0.0.1/24\n"
			"# of kind vxlan, which nbs does not make\n"
			"[vlan v]\nparent = d\nid = 5\n"
			"# 2 lines with a # tell what this file cannot say\n" },
	{ .name = "no key of a link that nbs does not make",
		.theirs = "[dummy d]\nmac = 02:00:00:00:00:01\nbroadcast-mac = 02:00:00:00:00:02\n"
			  "mtu = 1400\ntxqueuelen = 5\narp = yes\nmulticast = yes\n"
			  "gso-max-size = 20000\nnum-tx-queues = 2\naddress = 10.0.0.1/24\n"
			  "[sysctl]\nnet.ipv6.conf.d.use_tempaddr = -1\n",
		.kernel = strange,
		.dump = "[nic d]\nrequired = no\naddress = 10.0.0.1/24\n"
			"# of kind wireguard, which nbs does not make\n"
			"# 1 line with a # tells what this file cannot say\n" },
	{ .name = "ends out of sight",
		.theirs = "[veth a]\npeer = b\n"
			  "[peer b]\n[veth c]\npeer = d\n"
			  "[peer d]\n[nic eth0]\n[nic eth1]\n[vlan v]\nparent = eth0\nid = 5\n"
			  "[macvlan m]\nparent = eth0\n"
			  "[dummy w]\n",
		.have = hide,
		.dump = "[nic a]\nrequired = no\n"
			"# a veth whose far end is in a namespace without a name\n"
			"[nic b]\nrequired = no\n"
			"# a veth whose far end is in a namespace without a name\n"
			"[nic c]\nrequired = no\n"
			"# a veth whose far end is in a namespace without a name\n"
			"[nic d]\nrequired = no\n"
			"# a veth whose far end is in a namespace without a name\n"
			"[nic eth0]\n# a port of a link that no section can be called as\n"
			"[nic eth1]\n# a port of w, for whose kind there are none\n"
			"[nic v]\nrequired = no\n# a vlan on a link in a namespace without a name\n"
			"[dummy w]\n[macvlan m]\nparent = eth0\n"
			"# 7 lines with a # tell what this file cannot say\n" },
	{ .name = "what no key is for",
		.theirs = "[nic eth0]\n[nic eth1]\n",
		.kernel = more,
		.dump = "[nic eth0]\n# also called lan, by which no section knows it\n"
			"# also called wan, by which no section knows it\n"
			"[nic eth1]\n# an XDP program is attached\n"
			"# eth2: an XDP program is attached\n"
			"# eth3: also called lan, by which no section knows it\n"
			"# eth3: also called wan, by which no section knows it\n"
			"# 6 lines with a # tell what this file cannot say\n" },
	{ .name = "a section that would be refused",
		.theirs = "[nic eth0]\n[vlan v]\nparent = eth0\nid = 5\naddress = 10.0.0.1/24\n"
			  "[macvlan w]\nparent = v\n"
			  "[macvlan x]\nparent = w\naddress = 10.1.0.1/24\n",
		.kernel = no_id,
		.dump = "[nic eth0]\n# [vlan v]: v: id: missing; a vlan needs one\n# parent = eth0\n"
			"# address = 10.0.0.1/24\n# an XDP program is attached\n"
			"[macvlan w]\nparent = v\n"
			"[macvlan x]\nparent = w\naddress = 10.1.0.1/24\n"
			"# 4 lines with a # tell what this file cannot say\n" },
};

int
main(void)
{
	dumped_say(cases, LEN(cases));
	return say_end();
}
