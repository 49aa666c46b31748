/*
 * The order of steps: for each rule of diff/rules.c steps that were planned
 * in a wrong order, and the right one; circles; and large plans.
 */
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "diff/plan.h"
#include "diff/rules.h"
#include "key/msg.h"
#include "model/link.h"
#include "model/phrase.h"
#include "test/support/read.h"
#include "test/support/say.h"

static const char *const verbs[LAST_VERB + 1] = {
	[MAKE_SPACE] = "make-netns",
	[DROP_SPACE] = "drop-netns",
	[MAKE_LINK] = "make",
	[DROP_LINK] = "drop",
	[MOVE_LINK] = "move",
	[RENAME_LINK] = "rename",
	[DROP_ALTNAME] = "drop-altname",
	[ADD_ALTNAME] = "add-altname",
	[KEEP_MAC] = "keep",
	[SET_LINK] = "set",
	[RAISE] = "raise",
	[LOWER] = "lower",
	[JOIN_GROUP] = "group",
	[DROP_GROUP] = "drop-group",
	[JOIN] = "join",
	[LEAVE] = "leave",
	[ADD_VLANS] = "add-vlans",
	[DROP_VLANS] = "drop-vlans",
	[ADD_SAID] = "add",
	[SET_SAID] = "change",
	[DROP_SAID] = "delete",
	[PUT_BACK] = "put-back",
	[SET_SYSCTL] = "write",
	[SET_HOSTNAME] = "hostname",
	[WRITE_RESOLV] = "resolv",
};

static struct netns *
netns(struct model *m, const char *name)
{
	return model_space(m, strcmp(name, "-") ? name : "", true);
}

/* What is found of each link: an MTU of 1500. */
static struct link *
found(struct model *m)
{
	struct msg msg = { 0 };
	struct link *h = mem_get(m->mem, sizeof(*h));

	(void)msg_start(&msg, mem_get(m->mem, 64), 64, RTM_NEWLINK, 0, sizeof(struct ifinfomsg));
	msg_put_u32(&msg, IFLA_MTU, 1500);
	h->raw = msg.h;
	return h;
}

static struct model *
model(struct mem *mem, const char *text)
{
	struct model *m = read_model(mem, text, "f");

	for (struct link *l = m->links; l; l = l->next) {
		l->index = l->place + 1;
		l->have = found(m);
	}
	return m;
}

/* An address, route, rule, … of a link or namespace whose text has a word in it. */
static void
entry(struct step *s, const char *word)
{
	struct mem *mem = mem_new();

	for (enum topic t = ADDRESS; t < TOPICS; t++)
		for (struct phrase *p = s->link ? s->link->said[t] : s->ns->said[t]; p; p = p->next)
			if (strstr(phrase_text(p, mem), word))
				s->said = p;
	mem_free(mem);
}

static void
value(struct step *s, const char *key, struct mem *mem)
{
	s->vals = mem_get(mem, sizeof(*s->vals));
	s->vals[0] = link_value(s->link, key);
	s->n = 1;
}

/* A port of another master than the file's. */
static void
left(struct step *s, const struct link *master, struct mem *mem)
{
	struct link *h = mem_get(mem, sizeof(*h));

	*h = *s->link;
	h->master = NULL;
	h->master_index = master->index;
	s->link = h;
}

/* "VERB LINK WHAT"; of what is no link's "VERB NETNS WHAT", - being nbs's own. */
static void
add(struct plan *p, struct model *m, const char *line)
{
	char verb[16], object[16], what[64] = "";
	struct link *l;
	struct step *s;
	int v = 0;

	line = mem_text(p->mem, line, strcspn(line, "\n"));
	(void)sscanf(line, "%15s %15s %63s", verb, object, what);
	while (strcmp(verbs[v], verb) != 0)
		v++;
	l = model_named(m, object);
	s = plan_add(p, MAKING, (enum verb)v, l ? l->ns : netns(m, object), l);
	s->text = line;
	if (v == SET_LINK)
		value(s, what, p->mem);
	else if (v == MOVE_LINK)
		s->from_ns = netns(m, what);
	else if (v == SET_SYSCTL)
		s->sysctl = model_sysctl(s->ns, what);
	else if (v == LEAVE)
		left(s, model_named(m, what), p->mem);
	else if (*what)
		entry(s, what);
	if (*what && v != LEAVE && !s->said && !s->sysctl && !s->from_ns &&
		(!s->n || !s->vals[0])) {
		say(false, "what a step is about is in the file", "%s", s->text);
		exit(say_end());
	}
}

static void
add_lines(struct plan *p, struct model *m, const char *lines)
{
	for (; *lines; lines = strchr(lines, '\n') + 1)
		add(p, m, lines);
}

/* Their last line first. */
static const char *
reversed(struct mem *mem, const char *lines)
{
	const char *all = "";

	for (; *lines; lines = strchr(lines, '\n') + 1)
		all = mem_printf(mem, "%.*s\n%s", (int)strcspn(lines, "\n"), lines, all);
	return all;
}

static const char *
ordered(struct plan *p)
{
	const char *all = "";

	for (const struct step *s = plan_steps(p); s; s = s->next)
		all = mem_printf(p->mem, "%s%s\n", all, s->text);
	return all;
}

/*
 * How a rule begins, a file, and the right order; planned the other way round
 * where nothing else is said.
 */
static const struct {
	const char *rule, *file, *right, *planned;
} cases[] = {
	{ "a namespace is there before", "[netns b]\nrule = table 7\n[dummy b/d]\n",
		"make-netns b\nmake b/d\n", NULL },
	{ "a namespace is there before", "[netns b]\nrule = table 7\n",
		"make-netns b\nadd b table\n", NULL },
	{ "a namespace is there before", "[netns b]\n[veth v]\npeer = b/v\n[peer b/v]\n",
		"make-netns b\nmake v\n", NULL },
	{ "a namespace goes last", "[netns b]\n[nic eth0]\n[dummy b/d]\n",
		"drop b/d\ndrop-netns b\n", NULL },
	{ "a namespace goes last", "[netns b]\n[nic eth0]\n", "move eth0 b\ndrop-netns b\n", NULL },
	{ "a link is there before", "[dummy d]\nmtu = 1400\naddress = 10.0.0.1/8\n",
		"make d\nadd d 10.0.0.1\n", NULL },
	{ "a link is there before", "[veth v]\npeer = w\n[peer w]\naddress = 10.0.0.1/8\n",
		"make v\nadd w 10.0.0.1\n", NULL },
	{ "a link is there before", "[netns b]\n[nic b/e]\n", "move b/e -\nraise b/e\n", NULL },
	{ "a link is there before", "[vlan v]\nparent = d\nid = 1\n[dummy d]\n", "make d\nmake v\n",
		NULL },
	{ "a link is there before", "[bridge b]\nports = d\n[dummy d]\n", "make b\njoin d\n",
		NULL },
	{ "a link is there before",
		"[nic e]\nroute = 10.0.0.0/8 nexthop dev e weight 1 nexthop dev d weight 1\n[dummy d]\n",
		"make d\nadd e 10.0.0.0\n", NULL },
	{ "a link is there before", "[bond b]\nmode = active-backup\nprimary = d\n[dummy d]\n",
		"make d\nset b primary\n", NULL },
	{ "links that are deleted at once", "[dummy d]\n[dummy e]\n",
		"group e\ngroup d\ndrop-group -\n", "drop-group -\ngroup e\ngroup d\n" },
	{ "a name is free before", "[dummy d]\n[dummy e]\n", "drop d\nmake e\n", NULL },
	{ "a name is free before", "[dummy d]\n[dummy e]\n", "drop d\nrename e\n", NULL },
	{ "names that go round", "[nic d]\n[nic e]\n", "lower d\nrename d\nrename e\n",
		"rename d\nrename e\nlower d\n" },
	{ "what has a name gives it up", "[nic d]\n[dummy e]\n", "rename d\nmake e\n", NULL },
	{ "what has a name gives it up", "[nic d]\naccept-ra = 0\n",
		"rename d\nwrite - net/ipv6/conf/d/accept_ra\n", NULL },
	{ "a sysctl is there once its link is",
		"[sysctl]\nnet/ipv4/conf/d/log_martians = 1\n[dummy d]\n",
		"make d\nwrite - net/ipv4/conf/d/log_martians\n", NULL },

	{ "what needs the link down waits", "[bond b]\nlacp-rate = fast\n",
		"lower b\nset b lacp-rate\n", NULL },
	{ "what needs the link down waits", "[bond b]\nmode = 802.3ad\n", "lower b\nset b mode\n",
		NULL },
	{ "what needs the link down waits", "[nic d]\n", "lower d\nrename d\n", NULL },
	{ "what needs the link down waits", "[bond b]\nports = d\n[nic d]\n", "lower d\njoin d\n",
		NULL },
	{ "and is done before it is up again", "[bond b]\nlacp-rate = fast\n",
		"set b lacp-rate\nraise b\n", NULL },
	{ "and is done before it is up again", "[nic d]\n", "lower d\nraise d\n", NULL },
	{ "a bond raises what it takes in", "[bond b]\nports = d\n[nic d]\n", "rename d\njoin d\n",
		NULL },
	{ "and a VLAN refuses that", "[bond b]\nports = v\n[vlan v]\nparent = d\nid = 1\n[nic d]\n",
		"raise d\njoin v\n", NULL },
	{ "a parent that is raised raises its VLANs", "[vlan v]\nparent = d\nid = 1\n[nic d]\n",
		"raise d\nlower v\n", NULL },

	{ "a bridge has the lowest MAC", "[bridge b]\nports = d\n[nic d]\n", "keep b\njoin d\n",
		NULL },
	{ "a port leaves one master", "[bridge b]\nports = d\n[bridge c]\n[nic d]\n",
		"leave d c\njoin d\n", NULL },
	{ "old ports leave before", "[bond b]\nports = d e\n[nic d]\n[nic e]\n",
		"leave e b\njoin d\n", NULL },
	{ "what cannot change with ports", "[bond b]\nmode = 802.3ad\nports = d\n[nic d]\n",
		"leave d b\nset b mode\n", NULL },
	{ "what a master gives to its ports",
		"[bridge b]\nvlan-default-pvid = 7\nports = d\n[nic d]\n",
		"set b vlan-default-pvid\njoin d\n", NULL },
	{ "what a master gives to its ports", "[bond b]\nmode = 802.3ad\nports = d\n[nic d]\n",
		"set b mode\njoin d\n", NULL },
	{ "a bridge's VLANs follow", "[bridge b]\nvlan-default-pvid = 7\nvlans = 2\n",
		"set b vlan-default-pvid\nadd-vlans b\n", NULL },
	{ "what only a port has",
		"[bridge b]\nports = d\n[nic d]\nhairpin = yes\nvlans = 2\nfdb = 02:00:00:00:00:01\n",
		"join d\nset d hairpin\nadd-vlans d\n", "set d hairpin\nadd-vlans d\njoin d\n" },
	{ "what only a port has", "[bridge b]\nports = d\n[nic d]\nfdb = 02:00:00:00:00:01\n",
		"join d\nadd d 02:00\n", NULL },
	{ "a link that has to be a port",
		"[bridge b]\nports = d e\n[nic d]\nbackup-port = e\n[nic e]\n",
		"join e\nset d backup-port\n", NULL },
	{ "an entry of a VLAN",
		"[bridge b]\nports = d\n[nic d]\nvlans = 2\nfdb = 02:00:00:00:00:01 vlan 2\n",
		"add-vlans d\nadd d 02:00\n", NULL },
	{ "ports join in the order", "[bond b]\nports = d e\n[nic d]\n[nic e]\n",
		"lower d\njoin d\njoin e\n", "join d\njoin e\nlower d\n" },

	{ "what is in the way goes first", "[nic d]\naddress = 10.0.0.1/8\naddress = 10.0.0.2/8\n",
		"delete d 10.0.0.1\nadd d 10.0.0.2\n", NULL },
	{ "what is in the way goes first",
		"[nic d]\naddress = 10.0.0.1/8\n[nic e]\naddress = 10.0.0.1/8\n",
		"delete d 10.0.0.1\nadd e 10.0.0.1\n", NULL },
	{ "an IPv6 address of a limited life",
		"[nic d]\naddress = 2001:db8::1/64 valid-lft 60 preferred-lft 60\naddress = 2001:db8::2/64\n",
		"add d ::2/64\nraise d\nadd d ::1/64\n", "add d ::2/64\nadd d ::1/64\nraise d\n" },
	{ "a route needs its link up",
		"[nic d]\n[vlan v]\nparent = d\nid = 1\nroute = 10.0.0.0/8\n",
		"raise d\nadd v 10.0.0.0\n", NULL },
	{ "what was lost by going down", "[nic d]\naddress = 2001:db8::1/64\n",
		"raise d\nput-back d 2001\n", NULL },
	{ "what was lost by going down",
		"[bond b]\nports = d\n[nic d]\nneighbor = 10.0.0.1 lladdr 02:00:00:00:00:01\n",
		"join d\nput-back d 10.0.0.1\n", NULL },
	{ "an address comes before routes",
		"[nic d]\naddress = 10.0.0.1/8\n[nic e]\nroute = 11.0.0.0/8 src 10.0.0.1\n",
		"add d 10.0.0.1/8\nadd e 11.0.0.0\n", NULL },
	{ "a router is reached",
		"[nic d]\nroute = 10.0.0.1\n[nic e]\nroute = 11.0.0.0/8 via 10.0.0.1\n",
		"add d 10.0.0.1\nadd e 11.0.0.0\n", NULL },
	{ "also by one that is put back",
		"[nic d]\nroute = 10.0.0.1\n[nic e]\nroute = 11.0.0.0/8 via 10.0.0.1\n",
		"put-back d 10.0.0.1\nadd e 11.0.0.0\n", NULL },
	{ "an address that is put back", "[nic d]\naddress = 10.0.0.1/8\naddress = 10.0.0.2/8\n",
		"add d 10.0.0.1\nput-back d 10.0.0.2\n", NULL },
	{ "the first address of a network",
		"[nic d]\naddress = 2001:db8::1/64 valid-lft 60 preferred-lft 60\naddress = 2001:db8::2/64\n",
		"raise d\nadd d ::1/64\nadd d ::2/64\n", "add d ::1/64\nadd d ::2/64\nraise d\n" },

	{ "a parent grows before",
		"[vlan v]\nparent = d\nid = 1\nmtu = 9000\n[nic d]\nmtu = 9000\n",
		"set d mtu\nset v mtu\n", NULL },
	{ "a parent grows before",
		"[vlan w]\nparent = v\nid = 2\nmtu = 9000\n[vlan v]\nparent = b\nid = 1\n[bridge b]\n"
		"ports = d\n[nic d]\nmtu = 9000\n",
		"set d mtu\nset w mtu\n", NULL },
	{ "and shrinks after it", "[vlan v]\nparent = d\nid = 1\nmtu = 1300\n[nic d]\nmtu = 1400\n",
		"set v mtu\nset d mtu\n", NULL },
	{ "a link has its MTU before", "[macvlan v]\nparent = d\n[nic d]\nmtu = 9000\n",
		"set d mtu\nmake v\n", NULL },
	{ "a link has its MTU before", "[macvlan v]\nparent = d\n[nic d]\nmtu = 1400\n",
		"set d mtu\nmake v\n", NULL },
	{ "a link has its MTU before",
		"[vlan v]\nparent = b\nid = 1\n[bridge b]\nports = e d\n[nic d]\nmtu = 9000\n[nic e]\n",
		"set d mtu\nmake v\n", NULL },
	{ "and a bridge has that", "[vlan v]\nparent = b\nid = 1\n[bridge b]\nports = d\n[nic d]\n",
		"join d\nmake v\n", NULL },
	{ "a bond gives its MTU to what it takes in", "[bond b]\nports = d\n[nic d]\nmtu = 1400\n",
		"join d\nset d mtu\n", NULL },
	{ "and to its ports when it changes",
		"[bond b]\nports = d\nmtu = 9000\n[nic d]\nmtu = 9100\n", "set b mtu\nset d mtu\n",
		NULL },

	{ "what IPv6 is to be like", "[nic d]\nipv6 = no\n",
		"write - net/ipv6/conf/d/disable_ipv6\nraise d\n", NULL },
	{ "what IPv6 is to be like", "[nic d]\nipv6 = auto\naddress = 2001:db8::1/64\n",
		"write - net/ipv6/conf/d/disable_ipv6\nadd d 2001\n", NULL },
	{ "a secret changes addr-gen-mode",
		"[nic d]\nstable-secret = ::1\naddr-gen-mode = stable_secret\n",
		"write - net/ipv6/conf/d/stable_secret\nset d addr-gen-mode\n", NULL },
	{ "so is the way in which", "[nic d]\naddr-gen-mode = none\n",
		"set d addr-gen-mode\nraise d\n", NULL },
	{ "an MTU for IPv6", "[nic d]\nipv6-mtu = 1400\n", "raise d\nwrite - net/ipv6/conf/d/mtu\n",
		NULL },
	{ "below an MTU of 1280", "[nic d]\nmtu = 1400\nipv6 = no\n",
		"set d mtu\nwrite - net/ipv6/conf/d/disable_ipv6\n", NULL },
	{ "a new link takes its settings",
		"[sysctl]\nnet/ipv4/conf/default/rp_filter = 1\n[dummy d]\n",
		"write - net/ipv4/conf/default/rp_filter\nmake d\n", NULL },
	{ "conf/all is written", "[global]\nip-forward = no\n[nic d]\nforwarding = yes\n",
		"write - net/ipv4/ip_forward\nset d forwarding\n", NULL },
	{ "conf/all is written", "[global]\nipv6-forward = no\n[nic d]\nipv6-forwarding = yes\n",
		"write - net/ipv6/conf/all/forwarding\nwrite - net/ipv6/conf/d/forwarding\n",
		NULL },
	{ "conf/default is written",
		"[sysctl]\nnet/ipv4/conf/default/rp_filter = 1\n[nic d]\nrp-filter = 2\n",
		"write - net/ipv4/conf/default/rp_filter\nset d rp-filter\n", NULL },
	{ "forwarding takes away", "[global]\nipv6-forward = yes\n[nic d]\naccept-ra = 2\n",
		"write - net/ipv6/conf/d/accept_ra\nwrite - net/ipv6/conf/all/forwarding\n", NULL },

	{ "8021q raises VLANs", "[macvlan v]\nparent = d\n[nic d]\n", "raise v\nraise d\n", NULL },
	{ "so a master is raised", "[bridge b]\nports = d\n[nic d]\n", "raise d\nraise b\n", NULL },
};

static void
judge(const char *name, const char *file, const char *planned, const char *right)
{
	struct mem *mem = mem_new();
	struct model *m = model(mem, file);
	struct plan *p = plan_new(mem, NULL, NULL, NULL);

	add_lines(p, m, planned ? planned : reversed(mem, right));
	say_same(name, right, ordered(p));
	mem_free(mem);
}

static void
test_rules(void)
{
	bool tested;

	for (size_t i = 0; i < LEN(cases); i++)
		judge(cases[i].rule, cases[i].file, cases[i].planned, cases[i].right);
	for (size_t i = 0; i < rules_n; i++) {
		tested = false;
		for (size_t c = 0; c < LEN(cases); c++)
			tested |= !strncmp(rules[i].why, cases[c].rule, strlen(cases[c].rule));
		say(tested, "a rule has a test", "%s", rules[i].why);
	}
}

static void
test_preference(void)
{
	judge("what no rule orders stays as it was planned",
		"[global]\nrule = table 7\nrule = table 8\n[nic d]\n[nic e]\n",
		"add - table\nadd - table\nraise e\nraise d\n",
		"add - table\nadd - table\nraise e\nraise d\n");
}

/* RAISE d, LOWER v, SET v, RAISE v, and v for speed before d. */
static void
test_circle(void)
{
	judge("in a circle the weakest rule gives way",
		"[vlan v]\nparent = d\nid = 1\n[bond d]\nports = e\nmode = 802.3ad\n[nic e]\n",
		"raise v\nlower v\nraise d\n", "raise d\nlower v\nraise v\n");
}

static size_t
count(struct plan *p)
{
	size_t n = 0;

	for (const struct step *s = plan_steps(p); s; s = s->next)
		n++;
	return n;
}

/* Well below what it would take to look at all pairs. */
static void
judge_time(const char *name, struct plan *p)
{
	const clock_t began = clock();
	const size_t n = count(p);
	const double took = (double)(clock() - began) / CLOCKS_PER_SEC;

	say(n == p->n && took < 1, name, "%zu of %zu steps, %.3f s", n, p->n, took);
}

enum { ROUTES = 20000, LINKS = 4000 };

/* In turn over one link and over another, after their addresses and the last to be raised. */
static void
test_routes(void)
{
	struct mem *mem = mem_new();
	struct model *m =
		model(mem, "[nic d]\naddress = 10.0.0.1/8\nroute = 11.0.0.0/8 via 10.0.0.2\n"
			   "[nic e]\naddress = 12.0.0.1/8\nroute = 13.0.0.0/8 via 12.0.0.2\n");
	struct plan *p = plan_new(mem, NULL, NULL, NULL);

	for (unsigned i = 0; i < ROUTES; i++)
		add(p, m, i % 2 ? "add d 11.0.0.0" : "add e 13.0.0.0");
	for (unsigned i = 0; i < ROUTES; i++)
		add(p, m, i % 2 ? "add d 10.0.0.1/8" : "add e 12.0.0.1/8");
	add_lines(p, m, "raise d\nraise e\n");
	judge_time("many routes", p);
	mem_free(mem);
}

/* A bridge of them all, in whose own circle each is. */
static void
test_links(void)
{
	struct mem *mem = mem_new();
	struct mem_stream s;
	FILE *f = mem_open(&s);
	struct plan *p = plan_new(mem, NULL, NULL, NULL);
	struct model *m;

	for (unsigned i = 0; i < LINKS; i++)
		(void)fprintf(f,
			"[vlan v%u]\nparent = d%u\nid = 1\nmtu = 1400\naddress = 10.0.0.1/8\n[nic d%u]\n",
			i, i, i);
	m = model(mem, mem_close(&s, mem));
	for (struct link *l = m->links; l; l = l->next) {
		if (l->parent) {
			(void)plan_add(p, RAISING, RAISE, l->ns, l);
			(void)plan_add(p, RAISING, LOWER, l->ns, l);
			plan_add(p, RAISING, ADD_SAID, l->ns, l)->said = l->said[ADDRESS];
			(void)plan_add(p, RAISING, MAKE_LINK, l->ns, l);
		} else {
			(void)plan_add(p, RAISING, RAISE, l->ns, l);
		}
	}
	judge_time("many links, and as many circles", p);
	mem_free(mem);
}

int
main(void)
{
	test_rules();
	test_preference();
	test_circle();
	test_routes();
	test_links();
	return say_end();
}
