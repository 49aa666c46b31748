/*
 * Whose line a refusal is of: for each attribute that the kernel may point
 * at, the key that put it there, in the file.
 */
#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/fib_rules.h>
#include <linux/if_link.h>
#include <linux/ip.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <string.h>

#include "base/mem.h"
#include "diff/diff.h"
#include "kernel/step.h"
#include "key/msg.h"
#include "model/phrase.h"
#include "test/support/bed.h"
#include "test/support/say.h"

enum { DEPTH = 5 };

static const char text[] = "[vlan v]\n" /* 1 */
			   "parent = eth0\n"
			   "id = 5\n"
			   "gvrp = yes\n"
			   "mtu = 1400\n" /* 5 */
			   "egress-qos-map = 1:2 3:4\n"
			   "address = 192.0.2.1/24 brd +\n"
			   "route = 10.0.0.0/8 via 192.0.2.2 mtu 1300 table 7\n"
			   "route = 10.1.0.0/16 via 192.0.2.2 weight 1\n"
			   "route = 10.1.0.0/16 via 192.0.2.3 weight 2\n" /* 10 */
			   "[bridge br0]\n"
			   "ports = eth1\n"
			   "ports = eth2\n"
			   "group-fwd-mask = 8\n"
			   "[nic eth2]\n" /* 15 */
			   "hairpin = yes\n"
			   "isolated = no\n"
			   "txqueuelen = 7\n"
			   "proxy-arp = yes\n"
			   "[veth a]\n" /* 20 */
			   "peer = b\n"
			   "mtu = 1400\n"
			   "[peer b]\n"
			   "mtu = 1300\n"
			   "[global]\n" /* 25 */
			   "rule = from 192.0.2.0/24 lookup 7\n";

/* A step, told by its verb, its link and what else it is about; a way down the nests; what is said. */
static const struct {
	const char *name;
	enum verb verb;
	const char *link, *about;
	int path[DEPTH];
	const char *heard;
} cases[] = {
	{ "no attribute", MAKE_LINK, "v", "", { 0 }, "f:1: v: kernel: no (Invalid argument)\n" },
	{ "a key of the kind", MAKE_LINK, "v", "", { IFLA_LINKINFO, IFLA_INFO_DATA, IFLA_VLAN_ID },
		"f:3: v: id: kernel: no (Invalid argument)\n" },
	{ "a flag", MAKE_LINK, "v", "", { IFLA_LINKINFO, IFLA_INFO_DATA, IFLA_VLAN_FLAGS },
		"f:4: v: gvrp: kernel: no (Invalid argument)\n" },
	{ "a list", MAKE_LINK, "v", "",
		{ IFLA_LINKINFO, IFLA_INFO_DATA, IFLA_VLAN_EGRESS_QOS, IFLA_VLAN_QOS_MAPPING },
		"f:6: v: egress-qos-map: kernel: no (Invalid argument)\n" },
	{ "a key of every link", MAKE_LINK, "v", "", { IFLA_MTU },
		"f:5: v: mtu: kernel: no (Invalid argument)\n" },
	{ "the parent", MAKE_LINK, "v", "", { IFLA_LINK },
		"f:2: v: parent: kernel: no (Invalid argument)\n" },
	{ "the name", MAKE_LINK, "v", "", { IFLA_IFNAME },
		"f:1: v: kernel: no (Invalid argument)\n" },
	{ "the near end", MAKE_LINK, "a", "", { IFLA_MTU },
		"f:22: a: mtu: kernel: no (Invalid argument)\n" },
	{ "a setting", SET_LINK, "eth2", "txqueuelen", { IFLA_TXQLEN },
		"f:18: eth2: txqueuelen: kernel: no (Invalid argument)\n" },
	{ "a port's setting", SET_LINK, "eth2", "isolated",
		{ IFLA_LINKINFO, IFLA_INFO_SLAVE_DATA, IFLA_BRPORT_ISOLATED },
		"f:17: eth2: isolated: kernel: no (Invalid argument)\n" },
	{ "an IPv4 setting", SET_LINK, "eth2", "proxy-arp",
		{ IFLA_AF_SPEC, AF_INET, IFLA_INET_CONF, IPV4_DEVCONF_PROXY_ARP },
		"f:19: eth2: proxy-arp: kernel: no (Invalid argument)\n" },
	{ "a port", JOIN, "eth2", "", { IFLA_MASTER },
		"f:13: br0: ports: kernel: no (Invalid argument)\n" },
	{ "an address", ADD_SAID, "v", "192.0.2.1/24", { IFA_LOCAL },
		"f:7: v: address: kernel: no (Invalid argument)\n" },
	{ "a router", ADD_SAID, "v", "10.0.0.0/8", { RTA_GATEWAY },
		"f:8: v: route: kernel: no (Invalid argument)\n" },
	{ "a metric", ADD_SAID, "v", "10.0.0.0/8", { RTA_METRICS, RTAX_MTU },
		"f:8: v: route: kernel: no (Invalid argument)\n" },
	{ "one of several routers", ADD_SAID, "v", "10.1.0.0/16", { RTA_MULTIPATH },
		"f:9: v: route: kernel: no (Invalid argument)\n" },
	{ "a rule", ADD_SAID, "", "192.0.2.0/24", { FRA_SRC },
		"f:26: global: rule: kernel: no (Invalid argument)\n" },
};

static bool
fits(const struct step *s, size_t i, struct mem *mem)
{
	const char *link = s->link ? s->link->section : "";

	if (s->verb != cases[i].verb || strcmp(link, cases[i].link) != 0)
		return false;
	if (s->verb == SET_LINK)
		return !strcmp(s->vals[0]->key->name, cases[i].about);
	return s->verb != ADD_SAID || strstr(phrase_text(s->said, mem), cases[i].about);
}

static int
no_space(const struct names *names, const struct netns *n)
{
	(void)names;
	(void)n;
	return -1;
}

static uint32_t
offset(const struct plan *p, const struct step *s, const int *path)
{
	static _Alignas(16) char buf[16384];
	const struct names names = { p->now, no_space };
	struct msg m = { .names = &names };
	const struct nlattr *a = NULL;

	step_encode(&m, buf, sizeof(buf), s);
	for (int i = 0; i < DEPTH && path[i]; i++) {
		const char *from =
			a ? mnl_attr_get_payload(a) : buf + NLMSG_HDRLEN + MNL_ALIGN(m.head);
		size_t len =
			a ? mnl_attr_get_payload_len(a) : (size_t)(buf + m.h->nlmsg_len - from);

		if (!(a = msg_find(from, len, path[i])))
			return UINT32_MAX;
	}
	return a ? (uint32_t)((const char *)a - buf) : 0;
}

/* One setting a step, as after a refusal. */
static void
one_by_one(struct bed *b)
{
	struct mem *mem = mem_new();
	const struct plan *p = bed_look(b, mem);

	for (const struct link *l = p->target->links; l; l = l->next) {
		struct attempt *a = attempts_note(&b->attempts, attempt_link(l));

		a->one_by_one = true;
		a->stamp = planned(p, l)->index;
	}
	mem_free(mem);
}

static void
test_case(size_t i)
{
	struct bed *b = bed_new();
	struct nl_error e = { .code = EINVAL, .text = "no" };
	struct mem *mem = mem_new();
	struct plan *p;
	struct step *s;

	bed_want(b, text);
	one_by_one(b);
	p = bed_look(b, mem);
	s = plan_steps(p);
	while (s && !fits(s, i, mem))
		s = s->next;
	if (!s || (e.offset = offset(p, s, cases[i].path)) == UINT32_MAX) {
		say(false, cases[i].name, s ? "no such attribute" : "no such step");
	} else {
		say_hush();
		step_refused(&(const struct doing) { p, &b->attempts }, s, &e);
		say_same(cases[i].name, cases[i].heard, say_heard());
	}
	mem_free(mem);
	bed_free(b);
}

int
main(void)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		test_case(i);
	return say_end();
}
