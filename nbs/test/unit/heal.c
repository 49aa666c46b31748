/*
 * What is changed behind nbs's back on a made-up kernel, and the steps
 * that put exactly that right.
 */
#include <linux/if.h>
#include <linux/if_bonding.h>
#include <linux/if_link.h>
#include <linux/ip.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "base/mem.h"
#include "model/phrase.h"
#include "test/support/bed.h"
#include "test/support/say.h"

static void
port_out(struct bed *b)
{
	bed_link(b, "v5")->master = 0;
}

static void
bond_port_out(struct bed *b)
{
	bed_link(b, "eth1")->master = 0;
}

/* Takes away what is said and begins with a text. */
static void
forget(struct bed *b, const char *place, enum topic topic, const char *begin)
{
	struct mem *mem = mem_new();
	struct model *m = kernel_have(b->kernel, mem);
	struct place *at = b->kernel->places;
	const struct phrase *p;

	while (strcmp(at->name, place) != 0)
		at = at->next;
	for (struct told **t = &at->said; *t; t = &(*t)->next) {
		p = phrase_get(m, model_space(m, place, false), (*t)->h);
		if (p->topic != topic || !strstr(phrase_text(p, mem), begin))
			continue;
		*t = (*t)->next;
		break;
	}
	mem_free(mem);
}

static void
address_gone(struct bed *b)
{
	forget(b, "", ADDRESS, "192.0.2.1/24");
}

static void
network_gone(struct bed *b)
{
	for (struct told *t = b->kernel->places->said; t; t = t->next)
		t->alone = true;
}

static void
far_address_gone(struct bed *b)
{
	forget(b, "blue", ADDRESS, "172.16.0.1/24");
}

static void
gateway_gone(struct bed *b)
{
	forget(b, "", ROUTE, "0.0.0.0/0");
}

static void
near_route_gone(struct bed *b)
{
	forget(b, "", ROUTE, "10.1.0.0/16");
}

static void
rule_gone(struct bed *b)
{
	forget(b, "", RULE, "192.0.2.0/24");
}

static void
neighbor_gone(struct bed *b)
{
	forget(b, "", NEIGHBOR, "192.0.2.7");
}

static void
nic_down(struct bed *b)
{
	bed_raise(b, "eth0", false);
}

static void
bond_down(struct bed *b)
{
	bed_raise(b, "bond0", false);
}

static void
bridge_down(struct bed *b)
{
	bed_raise(b, "br0", false);
}

static void
set32(struct bed *b, const char *name, enum home home, int attr, uint32_t n)
{
	kernel_set(b->kernel, bed_link(b, name), home, attr, &n, sizeof(n));
}

static void
mtu_changed(struct bed *b)
{
	set32(b, "eth0", IN_LINK, IFLA_MTU, 1500);
}

static void
flag_changed(struct bed *b)
{
	bed_link(b, "eth0")->flags &= ~(uint32_t)IFF_PROMISC;
}

static void
setting_changed(struct bed *b)
{
	set32(b, "eth0", IN_INET, IPV4_DEVCONF_PROXY_ARP, 0);
}

static void
mode_changed(struct bed *b)
{
	const uint8_t mode = BOND_MODE_ROUNDROBIN;

	kernel_set(b->kernel, bed_link(b, "bond0"), IN_DATA, IFLA_BOND_MODE, &mode, sizeof(mode));
}

static void
id_changed(struct bed *b)
{
	const uint16_t id = 6;

	kernel_set(b->kernel, bed_link(b, "v5"), IN_DATA, IFLA_VLAN_ID, &id, sizeof(id));
}

static void
hairpin_changed(struct bed *b)
{
	const uint8_t no = 0;

	kernel_set(b->kernel, bed_link(b, "tap0"), IN_PORT, IFLA_BRPORT_MODE, &no, sizeof(no));
}

static void
vlans_changed(struct bed *b)
{
	bed_link(b, "tap0")->vlans[8] = 0;
	bed_link(b, "tap0")->vlans[5] = VLAN_MEMBER;
	bed_link(b, "tap0")->vlans[100] = VLAN_MEMBER;
}

static void
sysctl_changed(struct bed *b)
{
	for (struct sysctl *c = b->kernel->places->sysctls; c; c = c->next)
		c->text = "0\n";
}

static void
names_changed(struct bed *b)
{
	b->kernel->hostname = "localhost";
	b->kernel->places->resolv = NULL;
}

static void
bridge_gone(struct bed *b)
{
	bed_take_away(b, "br0");
}

static void
bond_gone(struct bed *b)
{
	bed_take_away(b, "bond0");
}

static void
veth_gone(struct bed *b)
{
	bed_take_away(b, "w");
}

static void
nic_gone(struct bed *b)
{
	bed_take_away(b, "eth0");
}

static const struct {
	const char *name;
	void (*change)(struct bed *);
	const char *steps;
} changes[] = {
	{ "a bridge's port taken out", port_out, "join v5 br0\n" },
	{ "a bond's port taken out", bond_port_out,
		"lower eth1\n"
		"join eth1 bond0\n" },
	{ "an address gone", address_gone, "add eth0 address 192.0.2.1/24 scope global\n" },
	{ "the routes to addresses' networks gone", network_gone,
		"drop eth0 address 192.0.2.1/24 scope global valid-lft forever preferred-lft forever\n"
		"drop br0 address 2001:db8::1/64 scope global valid-lft forever preferred-lft forever\n"
		"add eth0 address 192.0.2.1/24 scope global\n"
		"add br0 address 2001:db8::1/64\n"
		"put back eth0 route unicast 10.0.0.0/8 metric 5 protocol static scope global tos 0 table main via 192.0.2.253 weight 1\n"
		"put back eth0 route unicast 0.0.0.0/0 protocol static scope global tos 0 table main via 192.0.2.254 weight 1\n"
		"put back eth0 route unicast 10.1.0.0/16 protocol static scope link tos 0 table main weight 1\n" },
	{ "an address in a namespace gone", far_address_gone,
		"add blue/w address 172.16.0.1/24 scope global\n" },
	{ "a gateway gone", gateway_gone,
		"add eth0 route unicast 0.0.0.0/0 table main protocol static scope global via 192.0.2.254\n" },
	{ "a route of the link gone", near_route_gone,
		"add eth0 route unicast 10.1.0.0/16 table main protocol static scope link\n" },
	{ "a rule gone", rule_gone,
		"add rule inet from 192.0.2.0/24 table 7 priority 100 protocol static type lookup\n" },
	{ "a neighbour gone", neighbor_gone,
		"add eth0 neighbor 192.0.2.7 lladdr 02:00:00:00:00:07 nud permanent\n" },
	{ "a NIC down", nic_down,
		"raise eth0\n"
		"add eth0 route unicast 10.1.0.0/16 table main protocol static scope link\n"
		"add eth0 route unicast 0.0.0.0/0 table main protocol static scope global via 192.0.2.254\n"
		"add eth0 route unicast 10.0.0.0/8 metric 5 table main protocol static scope global via 192.0.2.253\n" },
	{ "a bond down", bond_down, "raise bond0\n" },
	{ "a bridge down", bridge_down,
		"add br0 address 2001:db8::1/64\n"
		"raise br0\n"
		"add br0 route unicast 2001:db8:1::/48 table main protocol static metric 1024 via 2001:db8::2\n" },
	{ "an mtu changed", mtu_changed, "set eth0 mtu=9000\n" },
	{ "a flag changed", flag_changed, "set eth0 promiscuous=yes\n" },
	{ "a setting changed", setting_changed, "set eth0 proxy-arp=yes\n" },
	{ "a bond's mode changed", mode_changed,
		"leave eth1\n"
		"leave eth2\n"
		"lower bond0\n"
		"lower eth1\n"
		"lower eth2\n"
		"set bond0 mode=active-backup\n"
		"join eth1 bond0\n"
		"join eth2 bond0\n"
		"raise bond0\n" },
	{ "a VLAN's id changed", id_changed,
		"drop v5\n"
		"make v5\n"
		"set v5 addr-gen-mode=none\n"
		"join v5 br0\n"
		"raise v5\n" },
	{ "a port's setting changed", hairpin_changed, "set tap0 hairpin=yes\n" },
	{ "a port's VLANs changed", vlans_changed,
		"drop tap0 vlans 100-100\n"
		"add tap0 vlans 5-5 pvid untagged\n"
		"add tap0 vlans 8-8\n" },
	{ "sysctls changed", sysctl_changed,
		"sysctl net/ipv4/ip_forward=1\n"
		"sysctl net/ipv4/tcp_ecn=1\n" },
	{ "names changed", names_changed,
		"hostname gate\n"
		"write nameserver 192.0.2.53\n"
		"\n" },
	{ "a bridge gone", bridge_gone,
		"make br0\n"
		"join tap0 br0\n"
		"drop tap0 vlans 1-1\n"
		"join v5 br0\n"
		"set tap0 hairpin=yes\n"
		"add tap0 vlans 5-5 pvid untagged\n"
		"add tap0 vlans 7-9\n"
		"add br0 address 2001:db8::1/64\n"
		"raise br0\n"
		"add br0 route unicast 2001:db8:1::/48 table main protocol static metric 1024 via 2001:db8::2\n" },
	{ "a bond gone", bond_gone,
		"lower eth1\n"
		"lower eth2\n"
		"make bond0\n"
		"make v5\n"
		"set v5 addr-gen-mode=none\n"
		"join eth1 bond0\n"
		"join eth2 bond0\n"
		"join v5 br0\n"
		"raise bond0\n" },
	{ "a veth gone", veth_gone,
		"make w\n"
		"add blue/w address 172.16.0.1/24 scope global\n"
		"raise blue/w\n"
		"raise w\n" },
	{ "a NIC gone", nic_gone, "" },
};

static void
test_changes(void)
{
	for (size_t i = 0; i < LEN(changes); i++) {
		struct bed *b = bed_made(bed_all);

		changes[i].change(b);
		say_same(changes[i].name, changes[i].steps, bed_up(b));
		say_same(bed_part(b, changes[i].name, "nothing is said"), "", b->heard);
		bed_want(b, bed_all);
		say_same(bed_part(b, changes[i].name, "is healed"), "", bed_up(b));
		bed_free(b);
	}
}

int
main(void)
{
	test_changes();
	return say_end();
}
