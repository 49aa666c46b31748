/*
 * Some links of a file: what is done is what they stand on, and nothing of
 * the host; what was applied before stays remembered.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "print/ini.h"
#include "state/merge.h"
#include "test/support/bed.h"
#include "test/support/say.h"

static const char text[] =
	"[global]\nhostname = gate\nip-forward = yes\nrule = to 10.0.0.0/8 lookup 7\n"
	"route = 10.1.0.0/16 dev br0\nroute = 10.2.0.0/16 dev eth1\nroute = blackhole 10.3.0.0/16\n"
	"route = 10.4.0.0/16 nexthop dev br0 weight 1 nexthop dev eth1 weight 1\n"
	"[sysctl]\nnet.ipv4.tcp_ecn = 1\n"
	"[bridge br0]\nports = eth0\naddress = 192.0.2.1/24\nrp-filter = 1\n"
	"[nic eth1]\nmtu = 1400\naccept-ra = 0\n"
	"[netns n]\nip-forward = yes\nroute = 10.5.0.0/16 dev n/a\nroute = blackhole 10.6.0.0/16\n"
	"[bridge n/a]\n[bridge n/b]\n";

static const struct {
	const char *name, *steps;
} cases[] = {
	{ "br0", "make br0\n"
		 "set br0 rp-filter=1\n"
		 "join eth0 br0\n"
		 "add br0 address 192.0.2.1/24 scope global\n"
		 "raise eth0\n"
		 "raise br0\n"
		 "add route unicast 10.1.0.0/16 table main protocol static scope link dev br0\n" },
	{ "n/b", "make netns n\n"
		 "sysctl n net/ipv4/ip_forward=1\n"
		 "make n/b\n"
		 "keep mac n/b\n"
		 "raise n/b\n"
		 "add route blackhole 10.6.0.0/16 table main protocol static scope global\n" },
};

static void
test_case(size_t i)
{
	struct bed *b = bed_new();
	char *names[] = { mem_printf(b->mem, "%s", cases[i].name), NULL };
	struct choice choice;

	bed_want(b, text);
	if (target_only(b->mem, &choice, b->file, names) < 0)
		exit(1);
	b->choice = &choice;
	say_same(cases[i].name, cases[i].steps, bed_up(b));
	bed_free(b);
}

/* A link is left out, and with it what stands on it: not a namespace of its name. */
static void
test_without(void)
{
	static const char all[] = "[netns blue]\n[bridge blue]\nports = a b\n[bridge blue/x]\n"
				  "[nic a]\n[vlan c]\nparent = blue\nid = 1\n"
				  "[bridge d]\nports = c eth1\n[veth v]\npeer = w\n";
	char *names[] = { "blue", "w", NULL };
	struct bed *b = bed_made(all);
	struct choice choice;
	struct mem_stream s;

	say_hush();
	if (target_without(b->mem, &choice, b->applied, names) < 0)
		exit(1);
	say_same("without links, others are told of",
		"nbs: c: goes with blue, on which it stands\nnbs: v: goes with w, whose far end it is\n",
		say_heard());
	b->file = b->applied;
	b->choice = &choice;
	print_state(mem_open(&s), bed_look(b, b->mem)->target);
	say_same("without links",
		"[netns blue]\nmade = yes\n\n[bridge blue/x]\nmade = yes\nup = yes\nforward-delay = 0\n\n"
		"[nic a]\nup = yes\naddr-gen-mode = none\n\n"
		"[bridge d]\nmade = yes\nports = eth1\nup = yes\nforward-delay = 0\n"
		"mac = 52:54:00:00:00:03\n",
		mem_close(&s, b->mem));
	bed_free(b);
}

/* What is remembered is both, key by key. */
static void
test_join(void)
{
	struct bed *b = bed_new();
	const struct model *applied;
	char *have = NULL;
	size_t size;
	FILE *f = open_memstream(&have, &size);

	bed_want(b, "[global]\nipv6 = auto\n[nic eth1]\n");
	applied = b->file;
	bed_want(b,
		"[global]\nhostname = gate\n[sysctl]\nnet.ipv4.tcp_ecn = 1\n[bridge br0]\nrp-filter = 1\n");
	print_ini(f, merge_models(b->mem, applied, b->file));
	(void)fclose(f);
	say_same("what is remembered",
		"[global]\nipv6 = auto\nhostname = gate\n\n[sysctl]\nnet/ipv4/tcp_ecn = 1\n\n"
		"[nic eth1]\nup = yes\n\n[bridge br0]\nrp-filter = 1\nup = yes\nforward-delay = 0\n",
		have);
	free(have);
	bed_free(b);
}

int
main(void)
{
	for (size_t i = 0; i < LEN(cases); i++)
		test_case(i);
	test_without();
	test_join();
	return say_end();
}
