/*
 * What up waits for of links that ask: all of them, or the first that gets
 * there; and of NICs that a template stands for, which may come late.
 */
#include <linux/if.h>
#include <string.h>

#include "base/mem.h"
#include "diff/ready.h"
#include "dhcp/learn.h"
#include "model/link.h"
#include "test/support/bed.h"
#include "test/support/lend.h"
#include "test/support/say.h"

static char *missing;

static void
note(void *user, const struct origin *at, const char *why)
{
	struct bed *b = user;

	missing = mem_printf(
		b->mem, "%s%d: %s: %s\n", missing, at->line, at->section ? at->section : "-", why);
}

/* What is missing, and as many lines as ready says there are. */
static const char *
waits_for(struct bed *b)
{
	unsigned n, lines = 0;

	missing = mem_printf(b->mem, "%s", "");
	n = ready(b->mem, bed_look(b, b->mem), false, note, b);
	for (const char *c = missing; *c; c++)
		lines += *c == '\n';
	return n == lines ? missing : "not as many as it says\n";
}

/* A lease for each link whose name is in a list, of a network of its own. */
static void
lease_all(struct bed *b, const char *names)
{
	char *rest = mem_text(b->mem, names, strlen(names)), *name;

	for (int i = 1; (name = text_word(&rest)); i++)
		(void)bed_lend(b, name,
			lend(b->mem, mem_printf(b->mem,
					     "address = 10.0.%d.2/24\nrouter = 10.0.%d.1", i, i)),
			0);
	(void)bed_up(b);
}

#define ETH0 "[nic eth0]\ndhcp = ipv4\n"
#define ETH1 "[nic eth1]\ndhcp = ipv4\n"
#define LATE "[nic late]\ndhcp = ipv4\n"
#define FIRST "[nic eth*]\ndhcp = ipv4\n[nic eth2]\n[nic eth3]\n"
#define ANY "[global]\nready = any\n"

/* Who has a lease, and who has no carrier. */
static const struct {
	const char *name, *text, *leased, *dead, *want;
} cases[] = {
	{ "no lease", ETH0, "", "", "1: eth0: no lease yet\n" },
	{ "a lease", ETH0, "eth0", "", "" },
	{ "one of two", ETH0 ETH1, "eth0", "", "3: eth1: no lease yet\n" },
	{ "two of two", ETH0 ETH1, "eth0 eth1", "", "" },
	{ "a lease, and no carrier since", ETH0, "eth0", "eth0", "1: eth0: no carrier\n" },
	{ "not required", ETH0 "required = no\n", "", "", "" },
	{ "wait = none", ETH0 "wait = none\n", "", "", "" },
	{ "wait = lease", ETH0 "wait = lease\n", "", "", "1: eth0: no lease yet\n" },
	{ "wait = carrier", ETH0 "wait = carrier\n", "", "", "" },
	{ "wait = lease, and no carrier since", ETH0 "wait = lease\n", "eth0", "eth0", "" },
	{ "one that is not there", ETH0 LATE, "eth0", "", "3: late: not there\n" },
	{ "a template without NICs", "[nic wl*]\ndhcp = ipv4\n", "", "", "" },
	{ "a template for one NIC without it", "[nic wl*]\nsingle = yes\ndhcp = ipv4\n", "", "",
		"1: wl*: no NIC that fits is free\n" },
	{ "a template for one NIC", "[nic *]\nsingle = yes\ndhcp = ipv4\n", "eth0", "", "" },
	{ "a template", FIRST, "eth1", "", "1: eth0: no lease yet\n" },

	{ "any: none", ANY ETH0 ETH1, "", "", "3: eth0: no lease yet\n5: eth1: no lease yet\n" },
	{ "any: the first", ANY ETH0 ETH1, "eth0", "", "" },
	{ "any: the second", ANY ETH0 ETH1, "eth1", "", "" },
	{ "any: one is not there", ANY ETH0 LATE, "eth0", "", "" },
	{ "any: it is not there", ANY LATE, "", "", "3: late: not there\n" },
	{ "any: the one without carrier", ANY ETH0 ETH1, "eth0", "eth0",
		"3: eth0: no carrier\n5: eth1: no lease yet\n" },
	{ "any: one that does not ask", ANY ETH0 ETH1 "[nic gone]\naddress = 10.1.1.1/24\n", "eth0",
		"", "7: gone: not there\n" },
	{ "any: nobody asks", ANY "[nic eth0]\n", "", "", "" },
	{ "any: one that is not required", ANY ETH0 ETH1 "required = no\n", "eth1", "", "" },
	{ "any: none is required", ANY ETH0 "required = no\n", "", "", "" },
	{ "any: a template", ANY "[nic eth*]\ndhcp = ipv4\n", "eth2", "", "" },
	{ "any: a template without leases", ANY FIRST, "", "",
		"3: eth0: no lease yet\n3: eth1: no lease yet\n" },
	{ "any: a template without NICs", ANY "[nic wl*]\ndhcp = ipv4\n", "", "",
		"1: -: no NIC that could ask is there\n" },
	{ "any: one that is not required, without NICs",
		ANY "[nic wl*]\ndhcp = ipv4\nrequired = no\n", "", "", "" },
	{ "any: a template without NICs, and one that has a lease",
		ANY "[nic wl*]\ndhcp = ipv4\n" ETH0, "eth0", "", "" },
};

static void
test_case(size_t i)
{
	struct bed *b = bed_new();
	char *rest = mem_text(b->mem, cases[i].dead, strlen(cases[i].dead)), *name;

	bed_want(b, cases[i].text);
	(void)bed_up(b);
	lease_all(b, cases[i].leased);
	while ((name = text_word(&rest)))
		bed_link(b, name)->flags &= ~(uint32_t)(IFF_LOWER_UP | IFF_RUNNING);
	say_same(cases[i].name, cases[i].want, waits_for(b));
	bed_free(b);
}

/* NICs that a template stands for come one by one. */
static void
test_late(void)
{
	struct bed *b = bed_new();

	bed_want(b, ANY "[nic wan*]\ndhcp = ipv4\n");
	(void)bed_up(b);
	say_same("before a NIC comes", "1: -: no NIC that could ask is there\n", waits_for(b));
	(void)kernel_nic(b->kernel, "wan0");
	(void)bed_up(b);
	say_same("when it is there", "3: wan0: no lease yet\n", waits_for(b));
	(void)kernel_nic(b->kernel, "wan1");
	(void)bed_up(b);
	lease_all(b, "wan1");
	say_same("when another has a lease", "", waits_for(b));
	bed_take_away(b, "wan1");
	say_same("when that is gone", "3: wan0: no lease yet\n3: wan1: not there\n", waits_for(b));
	bed_free(b);
}

int
main(void)
{
	for (size_t i = 0; i < LEN(cases); i++)
		test_case(i);
	test_late();
	return say_end();
}
