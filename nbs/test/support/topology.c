#include "test/support/topology.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/mem.h"

enum { MOST = 24 };

struct made {
	const char *kind, *space, *name, *lines;
	bool used; /* a port, or below what cannot share it */
};

struct draft {
	struct mem *mem;
	uint64_t state;
	struct made all[MOST];
	unsigned n, nets, spaces;
};

static const char *const spaces[] = { "", "red", "blue" };

/* Knuth, The Art of Computer Programming, 3.3.4: MMIX. */
static unsigned
pick(struct draft *d, unsigned n)
{
	d->state = d->state * 6364136223846793005U + 1442695040888963407U;
	return (unsigned)(d->state >> 33) % n;
}

static bool
chance(struct draft *d, unsigned percent)
{
	return pick(d, 100) < percent;
}

static const char *
called(const struct draft *d, const struct made *m)
{
	return *m->space ? mem_printf(d->mem, "%s/%s", m->space, m->name) : m->name;
}

static void
line(struct draft *d, struct made *m, const char *text)
{
	m->lines = mem_printf(d->mem, "%s%s\n", m->lines, text);
}

static struct made *
add(struct draft *d, const char *kind, const char *space, const char *name)
{
	struct made *m = &d->all[d->n++];

	*m = (struct made) { kind, space, name, "", false };
	return m;
}

static void
ipv4(struct draft *d, struct made *m)
{
	unsigned net = ++d->nets;

	line(d, m, mem_printf(d->mem, "address = 10.0.%u.1/24", net));
	if (chance(d, 20))
		line(d, m, mem_printf(d->mem, "address = 10.0.%u.2/24", net));
	if (chance(d, 20))
		line(d, m, mem_printf(d->mem, "gateway = 10.0.%u.254 metric %u", net, net));
	if (chance(d, 40))
		line(d, m,
			mem_printf(d->mem, "route = 172.16.%u.0/24 via 10.0.%u.3 %s", net, net,
				chance(d, 50) ? "table 100" : "mtu 1400"));
	if (chance(d, 30))
		line(d, m,
			mem_printf(d->mem, "neighbor = 10.0.%u.9 lladdr 02:00:00:00:00:09", net));
}

static void
ipv6(struct draft *d, struct made *m)
{
	unsigned net = ++d->nets;

	line(d, m,
		mem_printf(d->mem, "address = 2001:db8:%x::1/64 %s", net,
			chance(d, 50) ? "nodad" : ""));
	if (chance(d, 40))
		line(d, m, mem_printf(d->mem, "address = 2001:db8:%x::2/64", net));
	if (chance(d, 40))
		line(d, m,
			mem_printf(
				d->mem, "route = 2001:db8:f%x::/64 via 2001:db8:%x::9", net, net));
}

static void
settings(struct draft *d, struct made *m)
{
	static const char *const some[] = { "txqueuelen = 500", "alias = some; \\x20link\\x20",
		"rp-filter = 2", "promiscuous = yes", "link-group = 7", "proxy-arp = yes",
		"ipv6-forwarding = yes", "allmulticast = yes", "accept-ra = 2" };

	for (size_t i = 0; i < sizeof(some) / sizeof(some[0]); i++)
		if (chance(d, 10))
			line(d, m, some[i]);
	if (chance(d, 15)) {
		line(d, m, "up = no");
		return;
	}
	for (unsigned i = pick(d, 3); i; i--)
		ipv4(d, m);
	if (chance(d, 30))
		ipv6(d, m);
}

/* Something that nothing stands on yet, of one of some kinds; NULL if there is none. */
static struct made *
free_one(struct draft *d, const char *kinds, const char *space)
{
	unsigned first = pick(d, MOST);

	for (unsigned i = 0; i < d->n; i++) {
		struct made *m = &d->all[(first + i) % d->n];

		if (!m->used && strstr(kinds, m->kind) && (!space || !strcmp(m->space, space)) &&
			!strstr(m->lines, "up = no"))
			return m;
	}
	return NULL;
}

static void
ports(struct draft *d, struct made *m, const char *kinds)
{
	struct made *p;

	for (unsigned i = pick(d, 4); i && (p = free_one(d, kinds, m->space)); i--) {
		p->used = true;
		line(d, m, mem_printf(d->mem, "ports = %s", called(d, p)));
	}
}

static void
bridge(struct draft *d, struct made *m)
{
	static const char *const some[] = { "stp = yes", "priority = 4096", "vlan-filtering = yes",
		"ageing-time = 100s", "vlan-default-pvid = 7", "mcast-snooping = no" };

	ports(d, m, "nic dummy veth peer tap bond");
	for (size_t i = 0; i < sizeof(some) / sizeof(some[0]); i++)
		if (chance(d, 20))
			line(d, m, some[i]);
	if (chance(d, 10))
		line(d, m, "vlans = 2 4-6\npvid = 2\nuntagged = 4-5");
}

static void
bond(struct draft *d, struct made *m)
{
	static const char *const modes[] = { "active-backup", "802.3ad", "balance-xor" };

	unsigned mode = 2;

	ports(d, m, "nic dummy");
	if (chance(d, 70))
		line(d, m, mem_printf(d->mem, "mode = %s", modes[mode = pick(d, 3)]));
	if (chance(d, 30))
		line(d, m, chance(d, 50) || mode == 1 ? "miimon = 50" : "arp-interval = 100");
}

static bool
upper(struct draft *d, struct made *m)
{
	struct made *p = free_one(d, "nic dummy veth peer tap bond bridge vlan", NULL);

	if (!p)
		return false;
	p->used = true;
	line(d, m, mem_printf(d->mem, "parent = %s", called(d, p)));
	if (strcmp(m->kind, "vlan") != 0)
		line(d, m, chance(d, 50) ? "mode = bridge" : "mode = private");
	else
		line(d, m, mem_printf(d->mem, "id = %u", 1 + pick(d, 4094)));
	if (!strcmp(m->kind, "vlan") && chance(d, 30))
		line(d, m, "protocol = 802.1ad");
	return true;
}

static void
far_end(struct draft *d, struct made *m)
{
	const char *space = spaces[pick(d, d->spaces)];
	struct made *far = add(d, "peer", space, mem_printf(d->mem, "p%s", m->name));

	line(d, m, mem_printf(d->mem, "peer = %s", called(d, far)));
	settings(d, far);
}

static void
link(struct draft *d, unsigned no)
{
	static const char *const kinds[] = { "bridge", "bridge", "bond", "veth", "veth", "vlan",
		"vlan", "macvlan", "tap", "tun", "dummy", "dummy" };
	static const char *const marks[] = { "", "", "", ";", "#", "\\x5c", "\\xe9", "." };
	/* one after the other, since compilers differ in the order of arguments */
	const char *kind = kinds[pick(d, 12)], *space = spaces[pick(d, d->spaces)],
		   *mark = marks[pick(d, 8)];
	struct made *m = add(d, kind, space, mem_printf(d->mem, "l%s%u", mark, no));

	m->used = true; /* by nothing of its own */
	if (!strcmp(m->kind, "bridge"))
		bridge(d, m);
	else if (!strcmp(m->kind, "bond"))
		bond(d, m);
	else if (strstr(m->kind, "vlan") && !upper(d, m)) {
		d->n--;
		return;
	}
	settings(d, m);
	m->used = !strcmp(m->kind, "tun") || !strcmp(m->kind, "macvlan");
	if (!strcmp(m->kind, "veth"))
		far_end(d, m);
}

const char *
topology(struct mem *mem, unsigned seed)
{
	struct draft d = { .mem = mem, .state = seed };
	const char *text = "";

	d.spaces = 1 + pick(&d, 3);
	for (unsigned i = 0; i < 4; i++)
		if (chance(&d, 50))
			settings(&d, add(&d, "nic", "", mem_printf(mem, "eth%u", i)));
	for (unsigned i = 3 + pick(&d, 8); i && d.n < MOST - 1; i--)
		link(&d, i);
	for (unsigned i = 1; i < d.spaces; i++)
		text = mem_printf(mem, "%s[netns %s]\n", text, spaces[i]);
	for (unsigned i = 0; i < d.n; i++)
		text = mem_printf(mem, "%s[%s %s]\n%s", text, d.all[i].kind, called(&d, &d.all[i]),
			d.all[i].lines);
	return text;
}
