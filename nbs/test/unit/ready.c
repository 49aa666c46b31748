/*
 * What is still missing of a file, in the order of its links: before it is up, and
 * after something has happened to what is up.
 */
#include <libmnl/libmnl.h>
#include <linux/if.h>
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "base/mem.h"
#include "diff/ready.h"
#include "test/support/bed.h"
#include "test/support/say.h"

static char *missing;

static void
note(void *user, const struct origin *at, const char *why)
{
	struct bed *b = user;

	missing = mem_printf(b->mem, "%s%s: %s\n", missing, at->section ? at->section : "-", why);
}

static const char *
waits_for(struct bed *b, bool promised)
{
	missing = mem_printf(b->mem, "%s", "");
	(void)ready(b->mem, bed_look(b, b->mem), promised, note, b);
	return missing;
}

static void
no_carrier(struct bed *b)
{
	bed_link(b, "eth0")->flags &= ~(uint32_t)(IFF_LOWER_UP | IFF_RUNNING);
}

static void
no_device(struct bed *b)
{
	no_carrier(b);
	bed_link(b, "eth0")->nic = false;
}

static void
lower(struct bed *b)
{
	bed_raise(b, "eth0", false);
}

static void
unplug(struct bed *b)
{
	bed_take_away(b, "eth0");
}

static void
leave(struct bed *b)
{
	bed_link(b, "eth0")->master = 0;
}

static void
forget(struct bed *b)
{
	b->kernel->places->said = NULL;
}

static void
mark(struct bed *b, uint32_t flags)
{
	for (struct told *t = b->kernel->places->said; t; t = t->next)
		if (t->h->nlmsg_type == RTM_NEWADDR) {
			struct nlmsghdr *h = mem_get(b->mem, t->h->nlmsg_len + 8);

			(void)memcpy(h, t->h, t->h->nlmsg_len);
			mnl_attr_put_u32(h, IFA_FLAGS, flags);
			t->h = h;
		}
}

static void
tentative(struct bed *b)
{
	mark(b, IFA_F_TENTATIVE);
}

static void
optimistic(struct bed *b)
{
	mark(b, IFA_F_TENTATIVE | IFA_F_OPTIMISTIC);
}

static void
duplicate(struct bed *b)
{
	mark(b, IFA_F_DADFAILED);
}

static void
tentative_without_carrier(struct bed *b)
{
	tentative(b);
	no_carrier(b);
}

#define BELOW "[nic eth0]\n[vlan v]\nparent = eth0\nid = 5\n[bridge b]\nports = v\n"

/* What is up, what happens then, and what is missing. */
static const struct {
	const char *name, *file;
	void (*happens)(struct bed *);
	const char *missing;
} cases[] = {
	{ "all is there", "[nic eth0]\naddress = 192.0.2.1/24\ngateway = 192.0.2.2\n", NULL, "" },
	{ "no NIC", "[nic eth0]\n[nic eth1]\n", unplug, "eth0: not there\n" },
	{ "no NIC, which is not required", "[nic eth0]\nrequired = no\n", unplug, "" },
	{ "no NIC, for which nothing waits", "[nic eth0]\nwait = none\n", unplug, "" },
	{ "a NIC that is down", "[nic eth0]\nwait = address\n", lower, "" },
	{ "a NIC that is to be down", "[nic eth0]\nup = no\n", NULL, "" },
	{ "no port", "[bridge b]\nports = eth0\n", leave, "eth0: not yet a port of b\n" },
	{ "no carrier, and no address", "[nic eth0]\n", no_carrier, "" },
	{ "no carrier", "[nic eth0]\naddress = 192.0.2.1/24\n", no_carrier, "eth0: no carrier\n" },
	{ "no carrier, on no device", "[nic eth0]\naddress = 192.0.2.1/24\n", no_device, "" },
	{ "no carrier below a bridge", BELOW "address = 192.0.2.1/24\n", no_carrier, "" },
	{ "wait = carrier", "[nic eth0]\nwait = carrier\naddress = 192.0.2.1/24\n", no_carrier,
		"eth0: no carrier\n" },
	{ "wait = carrier, without the address",
		"[nic eth0]\nwait = carrier\naddress = 192.0.2.1/24\n", forget, "" },
	{ "wait = address, without carrier", "[nic eth0]\nwait = address\naddress = 192.0.2.1/24\n",
		no_carrier, "" },
	{ "wait = address",
		"[nic eth0]\nwait = address\naddress = 192.0.2.1/24\ngateway = 192.0.2.2\n", forget,
		"eth0: address 192.0.2.1/24 scope global is not there\n" },
	{ "wait = route", "[nic eth0]\nwait = route\naddress = 192.0.2.1/24\nroute = 10.0.0.0/8\n",
		forget,
		"eth0: route unicast 10.0.0.0/8 table main protocol static scope link is not there\n" },
	{ "duplicate address detection", "[nic eth0]\naddress = 2001:db8::1/64\n", tentative,
		"eth0: address 2001:db8::1/64 is still being checked for duplicates\n" },
	{ "an address that is used meanwhile", "[nic eth0]\naddress = 2001:db8::1/64\n", optimistic,
		"" },
	{ "duplicate address detection without carrier",
		"[nic eth0]\nwait = address\naddress = 2001:db8::1/64\n", tentative_without_carrier,
		"" },
	{ "a duplicate", "[nic eth0]\naddress = 2001:db8::1/64\n", duplicate,
		"eth0: address 2001:db8::1/64 is somebody else's, too\n" },
	{ "rules and routes of no link",
		"[global]\nrule = to 10.0.0.0/8 lookup 7\nroute = blackhole 10.0.0.0/8\n", forget,
		"global: route blackhole 10.0.0.0/8 table main protocol static scope global is not there\n"
		"global: rule inet to 10.0.0.0/8 table 7 protocol static type lookup is not there\n" },
	{ "a route by a link that is not required",
		"[global]\nroute = 10.0.0.0/8 dev eth0\n[nic eth0]\nrequired = no\n", forget, "" },
	{ "a pattern", "[nic late*]\n", NULL, "" },
	{ "a pattern for one NIC", "[nic late*]\nsingle = yes\n", NULL,
		"late*: no NIC that fits is free\n" },
	{ "a pattern for one NIC, which it has", "[nic eth*]\nsingle = yes\n", NULL, "" },
};

static void
test_cases(void)
{
	for (size_t i = 0; i < LEN(cases); i++) {
		struct bed *b = bed_made(cases[i].file);

		if (cases[i].happens)
			cases[i].happens(b);
		say_same(cases[i].name, cases[i].missing, waits_for(b, false));
		bed_free(b);
	}
}

/* Before anything is done; what a plan does is as good as done where it is promised. */
static void
test_promised(void)
{
	struct bed *b = bed_new();

	bed_want(b, "[nic eth0]\naddress = 192.0.2.1/24\n[bridge b]\nports = eth0\n[nic eth7]\n"
		    "[vlan v]\nparent = eth7\nid = 5\n");
	say_same("nothing is done",
		"eth0: not yet a port of b\neth7: not there\nv: eth7 is not there\n",
		waits_for(b, false));
	say_same("all is planned", "eth7: not there\nv: eth7 is not there\n", waits_for(b, true));
	bed_free(b);
}

int
main(void)
{
	test_cases();
	test_promised();
	return say_end();
}
