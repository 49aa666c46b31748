/*
 * Command lines on a made-up kernel with eth0 to eth3: which NIC gets what,
 * once, and gives it back.
 */
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/mem.h"
#include "cmdline/cmdline.h"
#include "test/support/bed.h"
#include "test/support/say.h"

static const struct {
	const char *name, *line, *steps;
} cases[] = {
	{ "a named device", "ip=192.0.2.10::192.0.2.1:24::eth1:none",
		"add eth1 address 192.0.2.10/24 broadcast 192.0.2.255 scope global\n"
		"raise lo\n"
		"raise eth1\n"
		"add eth1 route unicast 0.0.0.0/0 table main protocol static scope global via 192.0.2.1\n" },
	{ "no device", "ip=192.0.2.10::192.0.2.1:24:::none",
		"add eth0 address 192.0.2.10/24 broadcast 192.0.2.255 scope global\n"
		"raise eth0\n"
		"raise lo\n"
		"add eth0 route unicast 0.0.0.0/0 table main protocol static scope global via 192.0.2.1\n" },
	{ "the NIC of BOOTIF, which keeps its name",
		"ip=192.0.2.10:::24:::none BOOTIF=01-52-54-00-00-00-04",
		"add eth2 address 192.0.2.10/24 broadcast 192.0.2.255 scope global\n"
		"raise eth2\n"
		"raise lo\n" },
	{ "one by its MAC address, the first of the rest, and another by its name",
		"ip=192.0.2.10:::24:::none ip=192.0.2.11:::24::52-54-00-00-00-03:none "
		"ip=192.0.2.12:::24::eth0:none",
		"add eth0 address 192.0.2.12/24 broadcast 192.0.2.255 scope global\n"
		"add eth1 address 192.0.2.11/24 broadcast 192.0.2.255 scope global\n"
		"add eth2 address 192.0.2.10/24 broadcast 192.0.2.255 scope global\n"
		"raise eth2\n"
		"raise eth1\n"
		"raise lo\n"
		"raise eth0\n" },
	{ "BOOTIF, beside another by its MAC address and one by its name",
		"ip=192.0.2.10:::24:::none ip=192.0.2.11:::24::52-54-00-00-00-03:none "
		"ip=192.0.2.12:::24::eth3:none BOOTIF=01-52-54-00-00-00-02",
		"add eth3 address 192.0.2.12/24 broadcast 192.0.2.255 scope global\n"
		"add eth0 address 192.0.2.10/24 broadcast 192.0.2.255 scope global\n"
		"add eth1 address 192.0.2.11/24 broadcast 192.0.2.255 scope global\n"
		"raise eth1\n"
		"raise eth0\n"
		"raise lo\n"
		"raise eth3\n" },
	{ "a renamed one", "ifname=wan:52-54-00-00-00-02 ip=192.0.2.10:::24::wan:none",
		"rename eth0 wan\n"
		"add wan address 192.0.2.10/24 broadcast 192.0.2.255 scope global\n"
		"raise lo\n"
		"raise wan\n" },
	{ "another cable's end", "ip=192.0.2.10:198.51.100.1:198.51.100.1:32::eth1:none",
		"add eth1 address 192.0.2.10 peer 198.51.100.1/32 scope global\n"
		"raise lo\n"
		"raise eth1\n"
		"add eth1 route unicast 0.0.0.0/0 table main protocol static scope global via 198.51.100.1\n" },
	{ "two default routes",
		"ip=192.0.2.10::192.0.2.1:24::eth0:none ip=198.51.100.10::198.51.100.1:24::eth1:none",
		"add eth0 address 192.0.2.10/24 broadcast 192.0.2.255 scope global\n"
		"add eth1 address 198.51.100.10/24 broadcast 198.51.100.255 scope global\n"
		"raise lo\n"
		"raise eth1\n"
		"raise eth0\n"
		"add eth0 route unicast 0.0.0.0/0 table main protocol static scope global via 192.0.2.1\n"
		"add eth1 route unicast 0.0.0.0/0 metric 100 table main protocol static scope global via 198.51.100.1\n" },
};

/* What it stands for, as text in the arena. */
static const char *
text_of(struct mem *mem, const char *line)
{
	struct conf c = { .mem = mem };
	struct cmdline *k = cmdline_read(mem, line, "line");
	struct mem_stream out;

	cmdline_add(k, &c, false);
	cmdline_print(mem_open(&out), k, &c);
	return mem_close(&out, mem);
}

static void
test_case(size_t i)
{
	struct bed *b = bed_new();

	bed_want(b, text_of(b->mem, cases[i].line));
	say_same(cases[i].name, cases[i].steps, bed_up(b));
	say_same(bed_part(b, cases[i].name, "again"), "", bed_up(b));
	bed_end(b);
	bed_want(b, text_of(b->mem, cases[i].line));
	say_same(bed_part(b, cases[i].name, "by another nbs"), "", bed_up(b));
	say_same(bed_part(b, cases[i].name, "complaints"), "", b->heard);
	bed_free(b);
}

/* A NIC that comes later than another one is not the first. */
static void
test_late(void)
{
	struct bed *b = bed_new();

	bed_want(b, text_of(b->mem, "ip=192.0.2.10:::24:::none bootdev=52-54-00-00-00-06"));
	say_same("a late NIC: not yet", "raise lo\n", bed_up(b));
	(void)kernel_nic(b->kernel, "late");
	say_same("a late NIC: there",
		"add late address 192.0.2.10/24 broadcast 192.0.2.255 scope global\n"
		"raise late\n",
		bed_up(b));
	bed_free(b);
}

int
main(void)
{
	diag_setup(QUIET, false);
	for (size_t i = 0; i < LEN(cases); i++)
		test_case(i);
	test_late();
	return say_end();
}
