/* What show prints, to the letter, of links on a made-up kernel. */
#include <linux/if.h>
#include <string.h>

#include "base/mem.h"
#include "diff/diff.h"
#include "print/show.h"
#include "test/support/bed.h"
#include "test/support/say.h"

static const char file[] = "[nic eth0]\naddress = 192.0.2.1/24\naddress = 2001:db8::1/64 nodad\n"
			   "gateway = 192.0.2.254\n[bond bond0]\nports = eth1 eth2\n"
			   "[vlan bond0.42]\nparent = bond0\nid = 42\n"
			   "[bridge br0]\nports = bond0.42\naddress = 10.0.0.1 peer 10.0.0.2\n"
			   "[netns blue]\n[macvlan blue/m0]\nparent = eth3\nmode = bridge\n"
			   "[nic lan9]\n[nic wl*]\nsingle = yes\n[nic x*]\n";

static struct shown *
shown(const struct show *show, const char *name)
{
	struct shown *s = show->links;

	while (strcmp(s->have ? s->have->name : s->want->name, name) != 0)
		s = s->next;
	return s;
}

static void
lease(struct shown *s, long long end)
{
	s->leased = "192.0.2.1/24";
	s->server = "192.0.2.9";
	s->end = end;
}

static const char *
print(void (*how)(FILE *, const struct show *), struct show *show, struct mem *mem)
{
	struct mem_stream s;

	how(mem_open(&s), show);
	return mem_close(&s, mem);
}

static void
test_table(struct show *show, struct mem *mem)
{
	static const char *const colours[] = { "\033[1mLINK\033[0m", "\033[32mup\033[0m",
		"\033[31mmissing\033[0m", "\033[33mno carrier\033[0m" };
	const char *text;

	lease(shown(show, "eth0"), 3600000LL * 25 + 100);
	say_same("the table",
		"LINK      KIND      STATE       ON     PORT OF  READY\n"
		"lo        loopback  up\n"
		"eth0      nic       up                          yes\n"
		"    192.0.2.1/24  2001:db8::1/64  default via 192.0.2.254\n"
		"    lease of 192.0.2.9, 1 d 1 h left\n"
		"eth1      nic       up                 bond0\n"
		"eth2      nic       no carrier         bond0\n"
		"eth3      nic       up\n"
		"bond0     bond      up                          yes\n"
		"br0       bridge    up                          yes\n"
		"    10.0.0.1 peer 10.0.0.2/32\n"
		"bond0.42  vlan      up          bond0  br0      yes\n"
		"lan9      nic       missing                     no\n"
		"    not ready: not there\n"
		"wl*       nic       missing                     no\n"
		"    not ready: no NIC that fits is free\n"
		"\n"
		"netns blue\n"
		"lo        loopback  up\n"
		"m0        macvlan   up          /eth3           yes\n",
		print(print_show, show, mem));
	show->colour = true;
	text = print(print_show, show, mem);
	for (size_t i = 0; i < LEN(colours); i++)
		say(strstr(text, colours[i]), "a colour", "%s is not in %s", colours[i], text);
}

static void
test_left(struct show *show, struct mem *mem)
{
	static const struct {
		long long end;
		const char *text;
	} ends[] = { { SHOW_FOREVER, ", for ever\n" }, { 100, ", 0 s left\n" },
		{ 0, ", 0 s left\n" }, { 59999 + 100, ", 59 s left\n" },
		{ 61000 + 100, ", 1 min 1 s left\n" }, { 7260000 + 100, ", 2 h 1 min left\n" } };

	struct model *have = mem_get(mem, sizeof(*have));

	*have = *show->have;
	have->now = 100;
	show->have = have;
	for (size_t i = 0; i < LEN(ends); i++) {
		lease(shown(show, "eth0"), ends[i].end);
		say(strstr(print(print_show, show, mem), ends[i].text), "what is left of a lease",
			"not %s", ends[i].text);
	}
	have->now = 0;
}

/* A name that a terminal would obey, and one that ends what is quoted. */
static void
test_names(struct show *show, struct mem *mem)
{
	struct link odd = *shown(show, "eth3")->have;
	struct shown s = { .have = &odd };
	struct show alone = { .have = show->have, .links = &s };

	s.want = &odd;
	s.why = "route unicast 0.0.0.0/0 metric 1010 protocol dhcp table main scope global via 10.0.2.2 is not there";
	say(strstr(print(print_show, &alone, mem),
		    "\n    not ready: route unicast 0.0.0.0/0 metric 1010 protocol dhcp table main\n"
		    "        scope global via 10.0.2.2 is not there\n"),
		"a long reason", "%s", print(print_show, &alone, mem));
	s.want = NULL;
	s.why = NULL;
	odd.name = "a\033[2J\"";
	say(strstr(print(print_show, &alone, mem), "a\\x1b[2J\"  nic"), "an odd name", "%s",
		print(print_show, &alone, mem));
	say(strstr(print(print_show_json, &alone, mem), "\"link\":\"a\\u001b[2J\\\"\""),
		"an odd name in JSON", "%s", print(print_show_json, &alone, mem));
}

/* What others did since the last up is told as it is, and not as up would have it. */
static void
test_undone(struct bed *b)
{
	struct mem *mem = mem_new();
	struct plan *p;
	struct show show = { 0 };

	bed_raise(b, "eth0", false);
	bed_take_away(b, "br0");
	p = bed_look(b, mem);
	show.have = p->found;
	show.links = show_links(mem, p);
	say_same("one that was lowered", "not up", shown(&show, "eth0")->why);
	say_same("one that was deleted", "not there", shown(&show, "br0")->why);
	say(!shown(&show, "br0")->have, "one that was deleted: is not there", "it is");
	mem_free(mem);
}

int
main(void)
{
	struct bed *b = bed_made(file);
	struct mem *mem = mem_new();
	struct plan *p;
	struct show show = { 0 };

	bed_link(b, "eth2")->flags &= ~(uint32_t)IFF_LOWER_UP;
	p = bed_look(b, mem);
	show.have = p->found;
	show.links = show_links(mem, p);
	test_left(&show, mem);
	test_table(&show, mem);
	test_names(&show, mem);
	mem_free(mem);
	test_undone(b);
	bed_free(b);
	return say_end();
}
