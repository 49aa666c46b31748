/*
 * What does not go smoothly, on a made-up kernel: NICs that come late,
 * refusals, changes without effect, strangers; and the way back.
 */
#include <errno.h>
#include <linux/if.h>
#include <string.h>

#include "base/mem.h"
#include "diff/diff.h"
#include "diff/ready.h"
#include "kernel/step.h"
#include "test/support/bed.h"
#include "test/support/say.h"

/* NICs that are not there yet, or not ready to be touched. */
static void
test_late(void)
{
	static const char text[] = "[vlan v]\nparent = late\nid = 5\naddress = 192.0.2.1/24\n"
				   "[bridge b]\nports = late2 eth0\n[nic eth*]\nmtu = 1400\n";
	struct bed *b = bed_new();

	bed_want(b, text);
	say_same("late NICs: what can be done",
		"make b\n"
		"set eth1 mtu=1400\n"
		"set eth2 mtu=1400\n"
		"set eth3 mtu=1400\n"
		"join eth0 b\n"
		"raise eth3\n"
		"raise eth2\n"
		"raise eth1\n"
		"raise lo\n"
		"raise eth0\n"
		"raise b\n",
		bed_up(b));
	(void)kernel_nic(b->kernel, "late");
	say_same("late NICs: a parent comes",
		"make v\n"
		"add v address 192.0.2.1/24 scope global\n"
		"raise late\n",
		bed_up(b));
	(void)kernel_nic(b->kernel, "late2");
	say_same("late NICs: a port comes",
		"join late2 b\n"
		"raise late2\n",
		bed_up(b));
	kernel_nic(b->kernel, "eth9")->unsettled = true;
	say_same("late NICs: udev has not handled it", "", bed_up(b));
	bed_link(b, "eth9")->unsettled = false;
	say_same("late NICs: a template's",
		"set eth9 mtu=1400\n"
		"raise eth9\n",
		bed_up(b));
	bed_take_away(b, "late");
	(void)kernel_nic(b->kernel, "late");
	say_same("late NICs: one comes again",
		"make v\n"
		"add v address 192.0.2.1/24 scope global\n"
		"raise late\n",
		bed_up(b));
	bed_free(b);
}

/* Two whose names change places: who comes first waits for the other. */
static void
test_swap(void)
{
	struct bed *b = bed_new();

	bed_want(b, "[nic eth0]\nmatch-mac = 52:54:00:00:00:03\n"
		    "[nic eth1]\nmatch-mac = 52:54:00:00:00:02\n");
	bed_link(b, "eth0")->unsettled = true;
	say_same("a name that may be free soon", "raise lo\n", bed_up(b));
	bed_link(b, "eth0")->unsettled = false;
	say_same("and is",
		"rename eth0 nbs2\n"
		"rename eth1 eth0\n"
		"rename nbs2 eth1\n"
		"raise eth1\n"
		"raise eth0\n",
		bed_up(b));
	bed_free(b);
}

static int
take_no_mtu(const struct step *s)
{
	return s->verb == SET_LINK && !strcmp(s->vals[0]->key->name, "mtu") ? -1 : 0;
}

static int
take_nothing_said(const struct step *s)
{
	return s->verb == ADD_SAID ? -1 : 0;
}

static int
take_no_sysctl(const struct step *s)
{
	return s->verb == SET_SYSCTL ? -1 : 0;
}

static int
refuse_routes(const struct step *s)
{
	return s->verb == ADD_SAID && s->said->topic == ROUTE ? ENETUNREACH : 0;
}

static int
refuse_links(const struct step *s)
{
	return s->verb == MAKE_LINK ? EOPNOTSUPP : 0;
}

static int
refuse_settings(const struct step *s)
{
	return s->verb == SET_LINK && s->n == 1 && !strcmp(s->vals[0]->key->name, "mtu") ? EINVAL
	       : s->verb == SET_LINK && s->n > 1                                         ? EINVAL
	                                                                                 : 0;
}

static int
refuse_raising(const struct step *s)
{
	return s->verb == RAISE ? EBUSY : 0;
}

/* What the kernel does not do is said once, and not tried again for nothing. */
static const struct {
	const char *name, *text;
	int (*judge)(const struct step *);
	const char *steps, *heard;
} kernels[] = {
	{ "a setting without effect", "[nic eth0]\nmtu = 1400\n", take_no_mtu,
		"set eth0 mtu=1400\n"
		"raise lo\n"
		"raise eth0\n",
		"f:2: eth0: mtu: '1400': the kernel took it and still has '1500'; left so\n" },
	{ "an address that does not show", "[nic eth0]\naddress = 192.0.2.1/24\n",
		take_nothing_said,
		"add eth0 address 192.0.2.1/24 scope global\n"
		"raise lo\n"
		"raise eth0\n"
		"--\n"
		"add eth0 address 192.0.2.1/24 scope global\n"
		"--\n"
		"add eth0 address 192.0.2.1/24 scope global\n"
		"--\n"
		"add eth0 address 192.0.2.1/24 scope global\n",
		"f:2: eth0: address: '192.0.2.1/24 scope global': the kernel took it, and it is not there; left so\n" },
	{ "a sysctl without effect", "[sysctl]\nnet.ipv4.tcp_ecn = 1\n", take_no_sysctl,
		"raise lo\n"
		"sysctl net/ipv4/tcp_ecn=1\n",
		"f:2: sysctl: net.ipv4.tcp_ecn: '1': the kernel took it and still has '0'; left so\n" },
	{ "a route refused", "[nic eth0]\naddress = 192.0.2.1/24\ngateway = 192.0.2.2\n",
		refuse_routes,
		"add eth0 address 192.0.2.1/24 scope global\n"
		"raise lo\n"
		"raise eth0\n"
		"add eth0 route unicast 0.0.0.0/0 table main protocol static scope global via 192.0.2.2\n"
		"--\n"
		"add eth0 route unicast 0.0.0.0/0 table main protocol static scope global via 192.0.2.2\n",
		"f:3: eth0: gateway: kernel: the gateway is not within a network of the link (Network is unreachable)\n" },
	{ "a link refused",
		"[bridge b]\nports = v eth1\naddress = 192.0.2.1/24\n[vlan v]\nparent = w\nid = 1\n[vlan w]\nparent = eth0\nid = 2\n",
		refuse_links,
		"make b\n"
		"make w\n"
		"make v\n"
		"set v addr-gen-mode=none\n"
		"join v b\n"
		"join eth1 b\n"
		"add b address 192.0.2.1/24 scope global\n"
		"raise lo\n"
		"raise eth1\n"
		"raise eth0\n"
		"raise b\n",
		"f:1: b: kernel: is the module bridge, with all that is asked for, in this kernel? (Operation not supported)\n"
		"f:7: w: kernel: is the module 8021q, with all that is asked for, in this kernel? (Operation not supported)\n" },
	{ "one of several settings refused", "[nic eth0]\nmtu = 1400\ntxqueuelen = 7\nalias = a\n",
		refuse_settings,
		"set eth0 mtu=1400 txqueuelen=7 alias=a\n"
		"raise lo\n"
		"raise eth0\n"
		"--\n"
		"set eth0 mtu=1400\n"
		"set eth0 txqueuelen=7\n"
		"set eth0 alias=a\n",
		"f:2: eth0: mtu: kernel: Invalid argument\n" },
	{ "a link that cannot be raised",
		"[nic eth0]\naddress = 192.0.2.1/24\ngateway = 192.0.2.2\n", refuse_raising,
		"add eth0 address 192.0.2.1/24 scope global\n"
		"raise lo\n"
		"raise eth0\n"
		"add eth0 route unicast 0.0.0.0/0 table main protocol static scope global via 192.0.2.2\n",

		"nbs: lo: kernel: Device or resource busy\n"
		"f:1: eth0: kernel: Device or resource busy\n" },
};

static void
test_kernels(void)
{
	for (size_t i = 0; i < LEN(kernels); i++) {
		struct bed *b = bed_new();

		bed_want(b, kernels[i].text);
		b->kernel->judge = kernels[i].judge;
		say_same(kernels[i].name, kernels[i].steps, bed_up(b));
		say_same(bed_part(b, kernels[i].name, "is said once"), kernels[i].heard, b->heard);
		say_same(bed_part(b, kernels[i].name, "is not tried again"), "", bed_up(b));
		say_same(bed_part(b, kernels[i].name, "is not said again"), "", b->heard);
		bed_free(b);
	}
}

/* A refused route is tried again when its link has changed. */
static void
test_again(void)
{
	struct bed *b = bed_new();

	bed_want(b, "[nic eth0]\nroute = 10.0.0.0/8\n");
	b->kernel->judge = refuse_routes;
	(void)bed_up(b);
	b->kernel->judge = NULL;
	say_same("a refused route is left", "", bed_up(b));
	bed_raise(b, "eth0", false);
	bed_raise(b, "eth0", true);
	bed_link(b, "eth0")->flags &= ~(uint32_t)IFF_LOWER_UP;
	say_same("until its link changes",
		"add eth0 route unicast 10.0.0.0/8 table main protocol static scope link\n",
		bed_up(b));
	say_same("and is not said again", "", b->heard);
	bed_free(b);
}

/* What is there by other hands is not taken away, and what fits it is used. */
static void
test_strangers(void)
{
	struct bed *b = bed_made("[dummy br0]\n[dummy d]\n");

	b->applied = NULL;
	bed_want(b, "[bridge br0]\naddress = 192.0.2.1/24\n[dummy d]\naddress = 192.0.2.2/24\n");
	say_same("a stranger of that name", "add d address 192.0.2.2/24 scope global\n", bed_up(b));
	say_same("is told of",
		"f:1: br0: a link of that name is there, of kind dummy, and nbs did not make it\n",
		b->heard);
	say_same("once", "", bed_up(b));
	say_same("only", "", b->heard);
	bed_free(b);

	b = bed_new();
	bed_want(b, "[nic wan]\nmatch-name = eth*\n[nic lan]\nmatch-mac = 52:54:00:00:00:05\n");
	say_same("several NICs for one section",
		"rename eth3 lan\n"
		"raise lo\n"
		"raise lan\n",
		bed_up(b));
	say_same("are all named",
		"f:1: wan: several NICs fit: eth0, eth1, eth2, eth3; done to none of them\n",
		b->heard);
	bed_free(b);
}

/* What up would still wait for. */
static char *missing;

static void
note(void *user, const struct origin *at, const char *why)
{
	struct bed *b = user;

	missing = mem_printf(b->mem, "%s%d: %s: %s\n", missing, at->line, at->section, why);
}

static const char *
not_ready(struct bed *b, bool promised)
{
	struct mem *mem = mem_new();
	const struct plan *p = bed_look(b, mem);

	missing = mem_printf(b->mem, "%s", "");
	(void)ready(mem, p, promised, note, b);
	mem_free(mem);
	return missing;
}

/* Routes and rules that stand in no link's section are waited for, too. */
static void
test_ready(void)
{
	struct bed *b = bed_new();

	bed_want(b,
		"[global]\nroute = 10.0.0.0/8 dev late\nroute = 10.1.0.0/16 dev maybe\nroute = 10.2.0.0/16 dev eth0\n"
		"rule = to 10.0.0.0/8 lookup 7\n"
		"route = 10.3.0.0/16 nexthop dev eth0 weight 1 nexthop dev late weight 1\n"
		"[nic late]\n[nic maybe]\nrequired = no\n[nic eth0]\naddress = 192.0.2.1/24\nwait = none\n");
	(void)bed_up(b);
	say_same("routes by a late NIC are waited for",
		"7: late: not there\n"
		"2: global: route unicast 10.0.0.0/8 table main protocol static scope link dev late is not there\n"
		"6: global: route unicast 10.3.0.0/16 table main protocol static scope link nexthop dev eth0 weight 1"
		" nexthop dev late weight 1 is not there\n",
		not_ready(b, false));
	(void)kernel_nic(b->kernel, "late");
	(void)bed_up(b);
	say_same("until it comes", "", not_ready(b, false));
	bed_free(b);
}

/* Of what the first round makes, plan says nothing; of what it leaves out, why. */
static void
test_promised(void)
{
	struct bed *b = bed_new();

	bed_want(b,
		"[bridge br]\nports = eth0 late\naddress = 2001:db8::1/64\nroute = 2001:db8:1::/48\n"
		"[global]\nroute = 2001:db8:2::/48 dev br src 2001:db8::1\nroute = 10.0.0.0/8 dev br\n"
		"[vlan v]\nparent = later\nid = 1\n[nic no]\nrequired = no\n");
	say_same("what plan waits for",
		"8: v: later is not there\n2: late: not there\n9: later: not there\n"
		"6: global: route unicast 2001:db8:2::/48 src 2001:db8::1 table main protocol static metric 1024 dev br is not there\n",
		not_ready(b, true));
	bed_free(b);
}

/* What is given up is not tried again; the rest goes on. */
static void
test_given_up(void)
{
	struct bed *b = bed_new();
	struct mem *mem = mem_new();
	struct plan *p;

	bed_want(b,
		"[netns n]\n[bridge b]\nports = eth1\naddress = 192.0.2.1/24\nvlan-filtering = yes\nvlans = 1-9\n"
		"[nic eth0]\nmtu = 1400\naddress = 198.51.100.1/24\ngateway = 198.51.100.2\n"
		"[nic late]\nmtu = 1300\n[global]\nhostname = gate\n[sysctl]\nnet.ipv4.tcp_ecn = 1\n");
	p = bed_look(b, mem);
	for (struct step *s = plan_steps(p); s; s = s->next)
		step_give_up(&(const struct doing) { p, &b->attempts }, s);
	mem_free(mem);
	say_same("what is given up", "", bed_up(b));
	(void)kernel_nic(b->kernel, "late");
	say_same("the rest goes on",
		"set late mtu=1300\n"
		"raise late\n",
		bed_up(b));
	say_same("nothing is said of it again", "", b->heard);
	bed_free(b);
}

/* A sysctl whose module comes later. */
static void
test_late_sysctl(void)
{
	struct bed *b = bed_new();

	b->kernel->lacks = "net/bridge/";
	bed_want(b, "[sysctl]\nnet.bridge.bridge-nf-call-iptables = 1\n");
	say_same("a sysctl that is not there",
		"raise lo\n"
		"sysctl net/bridge/bridge-nf-call-iptables=1\n",
		bed_up(b));
	say(strstr(b->heard, "bridge-nf-call-iptables: kernel: ") != NULL, "is complained of", "%s",
		b->heard);
	say_same("it is not tried again", "", bed_up(b));
	say(b->plan->again > 0, "a hold looks again", "never");
	b->kernel->lacks = NULL;
	say_same("until it is there", "sysctl net/bridge/bridge-nf-call-iptables=1\n", bed_up(b));
	say_same("a late sysctl: nothing more is said", "", b->heard);
	say(b->plan->again == 0, "there is nothing to look for", "in %lld ms", b->plan->again);
	bed_free(b);
}

/* Down goes back to what was there before. */
static void
test_down(void)
{
	struct bed *b = bed_new();

	bed_want(b,
		"[nic wan]\nmatch-mac = 52:54:00:00:00:02\nmtu = 1400\naddress = 192.0.2.1/24\n"
		"[bridge br0]\nports = eth1\n[netns blue]\n[nic blue/eth2]\n[global]\nip-forward = yes\nhostname = gate\n");
	(void)bed_up(b);
	bed_end(b);
	say_same("down",
		"drop wan address 192.0.2.1/24 scope global valid-lft forever preferred-lft forever\n"
		"leave eth1\n"
		"drop br0\n"
		"lower eth0\n"
		"rename wan eth0\n"
		"move eth2\n"
		"lower eth1\n"
		"lower lo\n"
		"set eth0 mtu=1500\n"
		"sysctl net/ipv4/ip_forward=0\n"
		"hostname none\n"
		"--\n"
		"drop netns blue\n",
		bed_down(b));
	say_same("down says nothing", "", b->heard);
	say_same("down is done once", "", bed_up(b));
	bed_free(b);
}

int
main(void)
{
	test_late();
	test_swap();
	test_kernels();
	test_again();
	test_strangers();
	test_ready();
	test_promised();
	test_given_up();
	test_late_sysctl();
	test_down();
	return say_end();
}
