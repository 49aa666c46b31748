/*
 * An nbs that ends in the middle, after each of its steps, on a made-up kernel: the next
 * up makes of it what one that got through would have, and down leaves nothing.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "test/support/bed.h"
#include "test/support/say.h"
#include "test/support/topology.h"

/* From one file to another; "" is none, and NULL is bed_all. */
static const struct {
	const char *name, *from, *to;
} ways[] = {
	{ "one of nearly everything", "", NULL },
	{ "away with all of it", NULL, "[nic eth0]\n" },
	{ "made anew",
		"[vlan v]\nparent = eth0\nid = 7\naddress = 192.0.2.1/24\n"
		"gateway = 192.0.2.9\n[macvlan m]\nparent = v\n[bridge b]\nports = v2\n"
		"[vlan v2]\nparent = eth0\nid = 9\n",
		"[vlan v]\nparent = eth0\nid = 8\naddress = 192.0.2.1/24\ngateway = 192.0.2.9\n"
		"[macvlan m]\nparent = v\n[bridge b]\nports = v2\n[vlan v2]\nparent = eth0\nid = 10\n" },
	{ "from a bond to a bridge", "[bond b]\nports = eth0 eth1\naddress = 192.0.2.1/24\n",
		"[bridge b]\nports = eth0 eth1\naddress = 192.0.2.1/24\n" },
	{ "another place", "[netns a]\n[veth v]\npeer = a/w\n[peer a/w]\naddress = 10.0.0.1/24\n",
		"[netns c]\n[veth v]\npeer = c/w\n[peer c/w]\naddress = 10.0.0.1/24\n" },
};

static const char *
text_of(const char *text)
{
	return text ? text : bed_all;
}

static struct bed *
begin(const char *from, const char *to)
{
	struct bed *b = *from ? bed_made(from) : bed_new();

	bed_want(b, to);
	return b;
}

/* What is there when nobody ends early; and after a down. */
static void
finish(struct bed *b, const char **made, const char **undone, struct mem *mem)
{
	(void)bed_up(b);
	bed_end(b);
	*made = kernel_text(b->kernel, mem);
	(void)bed_down(b);
	*undone = kernel_text(b->kernel, mem);
	bed_free(b);
}

/* The lines of one text that another lacks, with a mark before each. */
static const char *
lines_without(const char *text, const char *other, char mark, struct mem *mem)
{
	const char *found = "";

	for (size_t n; *text; text += n + 1) {
		const char *line = mem_text(mem, text, n = strcspn(text, "\n")), *at = other;

		while (*at && !(!strncmp(at, line, n) && at[n] == '\n'))
			at += strcspn(at, "\n") + 1;
		if (!*at)
			found = mem_printf(mem, "%s#   %c %s\n", found, mark, line);
	}
	return found;
}

static void
judge(const char *name, const char *want, const char *have, struct mem *mem)
{
	if (strcmp(want, have) != 0)
		say(false, name, "not the same\n%s%s", lines_without(want, have, '-', mem),
			lines_without(have, want, '+', mem));
}

/* Ends early after each stride-th step; returns how many ways there were. */
static size_t
test_way(const char *name, const char *from, const char *to, size_t stride)
{
	struct mem *mem = mem_new();
	const char *made, *undone, *healed, *gone;
	size_t steps = 0, n = 0;
	bool more = true;

	finish(begin(from, to), &made, &undone, mem);
	for (; more; steps += stride, n++) {
		struct bed *b = begin(from, to);

		more = bed_crash(b, steps);
		bed_want(b, to);
		finish(b, &healed, &gone, mem);
		judge(mem_printf(mem, "%s: up after %zu steps", name, steps), made, healed, mem);
		judge(mem_printf(mem, "%s: down after %zu steps", name, steps), undone, gone, mem);
	}
	mem_free(mem);
	return n;
}

/* From one made by chance to another, over what the first one left. */
static void
test_chance(unsigned seeds)
{
	struct mem *mem = mem_new();
	size_t n = 0;

	for (unsigned seed = 1; seed <= seeds; seed++)
		n += test_way(mem_printf(mem, "topology %u", seed), topology(mem, seed),
			topology(mem, seed + 1000), 1 + seed % 4);
	say(n > seeds * 3, "topologies by chance", "ended early only %zu times", n);
	mem_free(mem);
}

int
main(void)
{
	for (size_t i = 0; i < LEN(ways); i++)
		say(test_way(ways[i].name, text_of(ways[i].from), text_of(ways[i].to), 1) > 2,
			ways[i].name, "few ways to end early");
	test_chance(40);
	return say_end();
}
