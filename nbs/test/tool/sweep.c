/*
 * Writes files that together set every key of every table to both ends of
 * its range, to each of its words, or to yes and to no.  What a key needs
 * beside it, and values that no table can know, are rows of the list below;
 * a key that has a row stands on a link of its own, the others share links.
 *
 *	usage: sweep DIRECTORY
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "key/type.h"
#include "kind/kind.h"
#include "model/link.h"
#include "model/phrase.h"

enum { MOST = 24, NICS = 4 };

struct special {
	const char *kind, *table, *key; /* kind NULL: any */
	/*
	 * Lines that go with it, $p a dummy, a port of the master where there is
	 * one.  For phrases, the phrase: $n a number of its own, $x the same in
	 * hexadecimal, $v the value.
	 */
	const char *with;
	const char *values; /* separated by '|'; NULL: as the table says */
	const char *master; /* lines of the master of a port */
};

#define V6 "2001:db8:$n::/48 "
#define ARP "mode = active-backup\narp-interval = 100\narp-ip-target = 192.0.2.1"

/* clang-format off */
static const struct special specials[] = {
	{ NULL,      "link", "up" },
	{ NULL,      "link", "mac", NULL, "02:00:00:00:00:01|fe:ff:ff:ff:ff:ff" },
	{ NULL,      "link", "broadcast-mac", NULL, "00:00:00:00:00:00|ff:ff:ff:ff:ff:fe" },
	{ "vlan",    "link", "mtu", NULL, "68|65535" },
	{ "macvlan", "link", "mtu", NULL, "68|65535" },
	{ NULL,      "link", "mtu" },
	{ NULL,      "link", "txqueuelen", NULL, "0|10000" }, /* more takes what memory is free */
	{ NULL,      "link", "link-mode" },
	{ "nic",     "link", "carrier", "up = no" }, /* else that of e1000 comes late */
	{ NULL,      "link", "carrier" },
	{ NULL,      "link", "protodown" },
	{ NULL,      "link", "gso-max-size" },
	{ NULL,      "link", "gso-max-segs" },
	{ NULL,      "link", "num-tx-queues" },
	{ NULL,      "link", "num-rx-queues" },
	{ NULL,      "link", "arp" },
	{ NULL,      "link", "multicast" },
	{ NULL,      "link", "addr-gen-mode", "stable-secret = 2001:db8::1" },
	{ "loopback", "link", "token", NULL, "::1" },
	{ NULL,      "link", "token", "arp = yes", "::1|::ffff:ffff:ffff:ffff" },
	{ NULL,      "link", "stable-secret", NULL, "::|ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff" },
	{ NULL,      "link", "ipv6" },
	{ NULL,      "link", "wait", "required = no", "none|carrier address route" },
	{ NULL,      "link", "dhcp", NULL, "no" }, /* to ask takes a server: see the cases of DHCP */
	{ NULL,      "link", "dhcp-server", NULL, "0.0.0.0|!255.255.255.255" },
	{ NULL,      "link", "dhcp-client-id", NULL, "mac|duid|00:ff" },
	{ NULL,      "link", "optimistic-dad" },
	{ NULL,      "link", "use-optimistic" },
	{ NULL,      "link", "seg6-require-hmac" },
	{ NULL,      "link", "accept-ra-min-lft" },
	{ "loopback", "link", "ipv6-mtu", "mtu = 65536" },
	{ "dummy",   "link", "ipv6-mtu", "mtu = 65536" },
	{ "nic",     "link", "ipv6-mtu", "mtu = 16000", "1280|16000" },
	{ "tap",     "link", "ipv6-mtu", "mtu = 65521", "1280|65521" },
	{ NULL,      "link", "ipv6-mtu", "mtu = 65535", "1280|65535" },

	{ NULL,      "bond", "mode" },
	{ NULL,      "bond", "miimon" },
	{ NULL,      "bond", "updelay", "miimon = 100" },
	{ NULL,      "bond", "downdelay", "miimon = 100" },
	{ NULL,      "bond", "peer-notify-delay", "miimon = 100" },
	{ NULL,      "bond", "arp-interval", "arp-ip-target = 192.0.2.1" },
	{ NULL,      "bond", "arp-ip-target", ARP, NULL },
	{ NULL,      "bond", "ns-ip6-target", "mode = active-backup\narp-interval = 100\narp-ip-target = 192.0.2.1" },
	{ NULL,      "bond", "arp-validate", ARP },
	{ NULL,      "bond", "arp-missed-max", ARP },
	{ NULL,      "bond", "primary", "mode = active-backup\nports = $p", "$p" },
	{ NULL,      "bond", "active-slave", "mode = active-backup\nports = $p", "$p" },
	{ NULL,      "bond", "primary-reselect", "mode = active-backup" },
	{ NULL,      "bond", "fail-over-mac", "mode = active-backup" },
	{ NULL,      "bond", "xmit-hash-policy", "mode = balance-xor" },
	{ NULL,      "bond", "min-links", "mode = 802.3ad" },
	{ NULL,      "bond", "lp-interval", "mode = balance-tlb" },
	{ NULL,      "bond", "packets-per-slave", "mode = balance-rr" },
	{ NULL,      "bond", "lacp-active", "mode = 802.3ad" },
	{ NULL,      "bond", "lacp-rate", "mode = 802.3ad" },
	{ NULL,      "bond", "ad-select", "mode = 802.3ad" },
	{ NULL,      "bond", "ad-user-port-key", "mode = 802.3ad" },
	{ NULL,      "bond", "ad-actor-sys-prio", "mode = 802.3ad" },
	{ NULL,      "bond", "ad-actor-system", "mode = 802.3ad", "00:00:00:00:00:00|fe:ff:ff:ff:ff:ff" },
	{ NULL,      "bond", "tlb-dynamic-lb", "mode = balance-tlb" },
	{ NULL,      "bond", "coupled-control", "mode = 802.3ad" },
	{ NULL,      "bond", "broadcast-neighbor", "mode = 802.3ad" },
	{ NULL,      "bond port", "queue-id", NULL, NULL, "num-tx-queues = 4096" },
	{ NULL,      "bond port", "prio", NULL, NULL, "mode = active-backup" },
	{ NULL,      "bond port", "actor-port-prio", NULL, NULL, "mode = 802.3ad" },

	{ NULL,      "bridge", "stp" },
	{ NULL,      "bridge", "group-address", NULL, "01:80:c2:00:00:00|01:80:c2:00:00:0f" },
	{ NULL,      "bridge", "fdb-max-learned" },
	{ NULL,      "bridge", "vlan-stats-per-port" },
	{ NULL,      "bridge", "mst-enabled", "vlan-default-pvid = 0" },
	{ NULL,      "bridge", "mcast-vlan-snooping", "vlan-filtering = yes" },
	{ NULL,      "bridge", "vlans", "vlan-filtering = yes", "1|4094|1-4094|" },
	{ NULL,      "bridge", "pvid", "vlan-filtering = yes\nvlans = 1 4094" },
	{ NULL,      "bridge", "untagged", "vlan-filtering = yes\nvlans = 1-4094", "1|4094|1-4094|" },
	{ NULL,      "bridge port", "state" },
	{ NULL,      "bridge port", "mcast-max-groups" },
	{ NULL,      "bridge port", "neigh-vlan-suppress" },
	{ NULL,      "bridge port", "mab", "locked = yes\nlearning = yes" },
	{ NULL,      "bridge port", "backup-port", NULL, "$p" },
	{ NULL,      "bridge port", "backup-nhid" },
	{ NULL,      "bridge port", "vlans", NULL, "1|4094|1-4094|", "vlan-filtering = yes" },
	{ NULL,      "bridge port", "pvid", "vlans = 1 4094", NULL, "vlan-filtering = yes" },
	{ NULL,      "bridge port", "untagged", "vlans = 1-4094", "1|4094|1-4094|", "vlan-filtering = yes" },

	{ NULL,      "vlan", "id" },
	{ NULL,      "vlan", "ingress-qos-map", NULL, "0:0|0:1|7:4294967295|0:0 1:0 2:1|0:7 1:6 2:5 3:4 4:3 5:2 6:1|" },
	{ NULL,      "vlan", "egress-qos-map", NULL, "0:0|0:1|4294967295:7|" },
	{ NULL,      "vlan", "bridge-binding" },

	{ NULL,      "macvlan", "mode" },
	{ NULL,      "macvlan", "nopromisc", "mode = passthru" },
	{ NULL,      "macvlan", "nodst", "mode = source" },
	{ NULL,      "macvlan", "macaddr", "mode = source", "02:00:00:00:00:01|fe:ff:ff:ff:ff:ff|02:00:00:00:00:01 02:00:00:00:00:02" },
	{ NULL,      "macvlan", "bclim" },

	{ NULL,      "address", "local", "$v", "10.$n.0.1|10.$n.0.0/31|10.$n.0.1/0|10.$n.0.1/32|2001:db8:$n::1|2001:db8:$n::1/128|2001:db8:$n::1/1|fe80::$n/64" },
	{ NULL,      "address", "peer", "$v", "10.$n.0.1 peer 10.$n.1.1|10.$n.0.1/32 peer 10.$n.1.0/24|2001:db8:$n::1 peer 2001:db8:$n::2|2001:db8:$n::1 peer 2001:db8:$n::2/127" },
	{ NULL,      "address", "broadcast", NULL, "0.0.0.1|255.255.255.255|+" },
	{ NULL,      "address", "label", NULL, "d:$n|d:4567890123456" },
	{ NULL,      "address", "valid-lft", "10.$n.0.1/24 valid-lft $v preferred-lft 1", "60|4294967294|forever" },
	{ NULL,      "address", "valid-lft", "2001:db8:$n::1/64 valid-lft $v preferred-lft 1", "60|4294967294|forever" },
	{ NULL,      "address", "preferred-lft", "10.$n.0.1/24 preferred-lft $v" },
	{ NULL,      "address", "preferred-lft", "2001:db8:$n::1/64 preferred-lft $v" },
	{ NULL,      "address", "metric", "10.$n.0.1/24 metric $v" },
	{ NULL,      "address", "metric", "2001:db8:$n::1/64 metric $v" },
	{ NULL,      "address", "nodad", "2001:db8:$n::1/64 nodad" },
	{ NULL,      "address", "optimistic", "2001:db8:$n::1/64 optimistic" },
	{ NULL,      "address", "home", "2001:db8:$n::1/64 home" },
	{ NULL,      "address", "mngtmpaddr", "2001:db8:$n::1/64 mngtmpaddr" },
	{ NULL,      "address", "noprefixroute", "10.$n.0.1/24 noprefixroute" },
	{ NULL,      "address", "noprefixroute", "2001:db8:$n::1/64 noprefixroute" },
	{ NULL,      "address", "autojoin", "ff05::$n/128 autojoin" },

	{ NULL,      "route", "type", "$v 172.16.$n.0/24" },
	{ NULL,      "route", "type", "$v " V6, "unicast|local|anycast|multicast|blackhole|unreachable|prohibit|throw" },
	{ NULL,      "route", "dst", "$v metric $n", "default|172.16.$n.1|172.16.$n.1/32|0.0.0.0/1|::/0|8000::/1|2001:db8:$n::1" },
	{ NULL,      "route", "from", V6 "from $v", "2001:db8:ffff::/48|2001:db8:ffff::1/128|::/0" },
	{ NULL,      "route", "tos", "172.16.$n.0/24 tos $v", "0|4|28|255" },
	{ NULL,      "route", "metric", "172.16.$n.0/24 metric $v" },
	{ NULL,      "route", "metric", V6 "metric $v", "1|4294967295" },
	{ NULL,      "route", "src", "$v", "172.16.$n.0/24 src 10.250.0.1|2001:db8:$n::/48 src 2001:db8:250::1" },
	{ NULL,      "route", "pref", V6 "pref $v" },
	{ NULL,      "route", "expires", V6 "expires $v", "60|4294967294" },
	{ NULL,      "route", "nhid", "172.16.$n.0/24 nhid $v" },
	{ NULL,      "route", "congctl", NULL, "cubic|reno" },
	{ NULL,      "nexthop", "via", "$v", "172.16.$n.0/24 via 10.250.0.2|172.16.$n.0/24 via inet6 2001:db8:250::2|2001:db8:$n::/48 via 2001:db8:250::2|2001:db8:$n::/48 via fe80::2" },
	{ NULL,      "nexthop", "dev", "172.16.$n.0/24 dev d" },
	{ NULL,      "nexthop", "weight", "172.16.$n.0/24 nexthop via 10.250.0.2 weight $v nexthop via 10.250.0.3 weight 2" },
	{ NULL,      "nexthop", "weight", V6 "nexthop via 2001:db8:250::2 weight $v nexthop via 2001:db8:250::3 weight 2" },
	{ NULL,      "nexthop", "onlink", "172.16.$n.0/24 via 192.0.2.1 onlink" },
	{ NULL,      "nexthop", "onlink", V6 "via 2001:db8:f::1 onlink" },

	{ NULL,      "rule", "family", "$v priority $n table 7" },
	{ NULL,      "rule", "not", "not from 10.$n.0.0/16 table 7 priority $n" },
	{ NULL,      "rule", "from", "from $v table 7 priority $n", "all|10.$n.0.1|10.$n.0.0/16|128.0.0.0/1|2001:db8:$n::/48|2001:db8::1/128" },
	{ NULL,      "rule", "to", "to $v table 7 priority $n", "all|10.$n.0.1|10.$n.0.0/16|128.0.0.0/1|2001:db8:$n::/48|2001:db8::1/128" },
	{ NULL,      "rule", "tos", NULL, "0|4|28|255" },
	{ NULL,      "rule", "fwmark", NULL, "0/0xffffffff|0xffffffff|0x10/0xff" },
	{ NULL,      "rule", "iif", NULL, "d|none|lo" },
	{ NULL,      "rule", "oif", NULL, "d|none|lo" },
	{ NULL,      "rule", "priority", "from 10.0.$n.1 table 7 priority $v" },
	{ NULL,      "rule", "table", "from 10.0.$n.1 priority $n table $v" },
	{ NULL,      "rule", "type", "from 10.0.$n.1 priority $n table 7 type $v", "lookup" },
	{ NULL,      "rule", "type", "from 10.0.$n.1 priority $n $v", "nop|blackhole|unreachable|prohibit" },
	{ NULL,      "rule", "goto", "from 10.0.$n.1 priority $n goto $v", "1000|4294967295" },
	{ NULL,      "rule", "l3mdev", "from 10.0.$n.1 priority $n l3mdev yes", "yes" },
	{ NULL,      "rule", "uidrange", NULL, "0|4294967294|0-4294967294" },
	{ NULL,      "rule", "sport", NULL, "1|65534|1-65534" },
	{ NULL,      "rule", "dport", NULL, "1|65534|1-65534" },
	{ NULL,      "rule", "suppress-prefixlength", NULL, "0|32|128" },

	{ NULL,      "neighbor", "address", "$v lladdr 02:00:00:00:00:01", "10.250.$n.1|2001:db8:250::$n" },
	{ NULL,      "neighbor", "lladdr", "10.250.$n.1 lladdr $v", "02:00:00:00:00:01|fe:ff:ff:ff:ff:ff" },
	{ NULL,      "neighbor", "proxy", "$v proxy", "10.250.$n.1|2001:db8:250::$n" },
	{ NULL,      "neighbor", "router", "2001:db8:250::$n lladdr 02:00:00:00:00:01 router" },
	{ NULL,      "neighbor", "managed", "10.250.$n.1 managed" },
	{ NULL,      "neighbor", "nud", "10.250.$n.1 nud $v", "noarp|permanent" },

	{ NULL,      "fdb", "lladdr", "$v static", "02:00:00:00:00:01|fe:ff:ff:ff:ff:ff" },
	{ NULL,      "fdb", "state", "02:00:00:00:01:$x $v" },
	{ NULL,      "fdb", "self", "01:00:5e:00:01:$x self" },
	{ NULL,      "fdb", "master", "02:00:00:00:01:$x static master" },
	{ NULL,      "fdb", "sticky", "02:00:00:00:01:$x static sticky" },
	{ NULL,      "fdb", "extern-learn", "02:00:00:00:01:$x dynamic extern-learn" },
	{ NULL,      "fdb", "via", NULL, "d" },
	{ NULL,      "fdb", "dst", NULL, "192.0.2.1|2001:db8::1" },

	{ NULL,      "global", "timeout", NULL, "0|86400s" },
	{ NULL,      "global", "dns", NULL, "0.0.0.1|ffff:ffff::ffff 192.0.2.1|" },
	{ NULL,      "global", "resolv-conf", NULL, "/etc/resolv.conf|/tmp/a file" },
};

/* What is no setting, but what all settings here lean on. */
static const char *const skipped[] = { "match-mac", "match-driver", "match-path", "match-name", "match-link",
	                               "parent", "ports", "peer", "made" };
/* clang-format on */

struct sweep {
	const char *dir;
	struct mem *mem;
	FILE *f;
	const struct kind *kind;
	unsigned n;     /* of links or phrases so far */
	unsigned files; /* of this kind */
};

struct list {
	const char *v[MOST];
	size_t n;
};

static void
add(struct list *l, const char *text)
{
	if (l->n < MOST)
		l->v[l->n++] = text;
}

/* Replaces $p, $n, $x, $v. */
static const char *
fill(struct sweep *s, const char *text, const char *v)
{
	char *buf = NULL, *filled;
	size_t size;
	FILE *f = open_memstream(&buf, &size);

	for (; *text; text++) {
		if (*text != '$')
			(void)fputc(*text, f);
		else if (*++text == 'v')
			(void)fputs(v ? fill(s, v, NULL) : "", f);
		else
			(void)fprintf(f, *text == 'p' ? "p%u" : *text == 'x' ? "%02x" : "%u", s->n);
	}
	(void)fclose(f); /* a stream in memory fails only for want of memory */
	filled = mem_text(s->mem, buf, strlen(buf));
	free(buf);
	return filled;
}

static void
split(struct sweep *s, struct list *l, const char *values)
{
	const char *end;

	for (;; values = end + 1) {
		end = values + strcspn(values, "|");
		add(l, mem_text(s->mem, values, (size_t)(end - values)));
		if (!*end)
			return;
	}
}

static void
numbers(struct sweep *s, struct list *l, const struct key *k)
{
	int64_t max = k->max;

	if (!k->min && !k->max && !k->words)
		max = k->type->size == 1 ? UINT8_MAX : k->type->size == 2 ? UINT16_MAX : UINT32_MAX;
	if (k->min || max) {
		add(l, mem_printf(s->mem, "%lld", (long long)k->min));
		add(l, mem_printf(s->mem, "%lld", (long long)max));
	}
	for (const struct word *w = k->words; w && w->name; w++)
		add(l, w->name);
}

static char *
letters(struct sweep *s, size_t n)
{
	char *text = mem_get(s->mem, n + 1);

	(void)memset(text, 'z', n);
	return text;
}

static void
of_type(struct sweep *s, struct list *l, const struct key *k, const struct type *t)
{
	struct key item = *k;

	item.type = k->of;
	if (t == &type_list)
		of_type(s, l, &item, k->of);
	else if (t->bare)
		add(l, "");
	else if (t == &type_yes8 || t == &type_yes16 || t == &type_yes32 || t == &type_flag ||
		 t == &type_flag16)
		split(s, l, "no|yes");
	else if (t == &type_ip4 || t == &type_ip)
		split(s, l, "1.0.0.1|223.255.255.254");
	else if (t == &type_ip6)
		split(s, l, "2000::1|3fff:ffff::ffff");
	else if (t == &type_mac)
		split(s, l, "02:00:00:00:00:01|fe:ff:ff:ff:ff:ff");
	else if (t == &type_text) /* a line of the file has 197 bytes */
		add(l, "a"), add(l, letters(s, k->max && k->max < 180 ? (size_t)k->max : 180));
	else
		numbers(s, l, k);
}

static struct list
values_of_key(struct sweep *s, const struct special *how, const struct key *k)
{
	struct list l = { .n = 0 };

	if (how && how->values)
		split(s, &l, how->values);
	else
		of_type(s, &l, k, k->type);
	return l;
}

static bool
is_skipped(const struct key *k)
{
	for (size_t i = 0; i < LEN(skipped); i++)
		if (!strcmp(skipped[i], k->name))
			return true;
	return false;
}

/* The row of a key from the given one on; NULL when there is none. */
static const struct special *
special(const struct sweep *s, const struct table *t, const struct key *k,
	const struct special *from)
{
	for (; from < specials + LEN(specials); from++)
		if (!strcmp(from->table, t->name) && !strcmp(from->key, k->name) &&
			(!from->kind || (s->kind && !strcmp(from->kind, s->kind->name))))
			return from;
	return NULL;
}

static void
open_file(struct sweep *s, const char *name)
{
	const char *path = mem_printf(s->mem, "%s/%s.conf", s->dir, name);

	if (s->f)
		(void)fclose(s->f); /* the next step of the test sees what is missing */
	if (!(s->f = fopen(path, "w"))) {
		perror(path);
		exit(1);
	}
	s->n = 0;
}

static bool
is(const struct sweep *s, const char *kind)
{
	return !strcmp(s->kind->name, kind);
}

/* Opens the section of another link of the kind, with what it cannot be without. */
static void
begin(struct sweep *s)
{
	unsigned n = ++s->n;

	if (is(s, "nic") && n > NICS) {
		open_file(s, mem_printf(s->mem, "nic.%u", ++s->files));
		n = ++s->n;
	}
	if (is(s, "loopback"))
		(void)fprintf(s->f, "[netns n%u]\n[loopback n%u/lo]\n", n, n);
	else if (is(s, "nic"))
		(void)fprintf(s->f, "[nic eth%u]\n", n - 1);
	else if (is(s, "peer"))
		(void)fprintf(s->f, "[veth v%u]\npeer = t%u\n[peer t%u]\n", n, n, n);
	else if (is(s, "veth"))
		(void)fprintf(s->f, "[veth t%u]\npeer = v%u\n", n, n);
	else if (s->kind->parent == NEEDS)
		(void)fprintf(s->f, "[dummy b%u]\nmtu = 65535\n[%s t%u]\nparent = b%u\n", n,
			s->kind->name, n, n);
	else
		(void)fprintf(s->f, "[%s t%u]\n", s->kind->name, n);
}

/* Keys that must be set, unless it is about them. */
static void
needed(struct sweep *s, const struct key *about)
{
	for (size_t i = 0; s->kind->keys && i < s->kind->keys->n; i++) {
		const struct key *k = &s->kind->keys->keys[i];

		if (k->need && k != about)
			(void)fprintf(s->f, "%s = %lld\n", k->name, (long long)k->max);
	}
}

static void
lines(struct sweep *s, const char *text)
{
	if (text)
		(void)fprintf(s->f, "%s\n", fill(s, text, NULL));
}

static bool
speaks_of(const char *text, const char *what)
{
	return text && strstr(text, what);
}

/* One value of a key on a link of its own. */
static void
alone(struct sweep *s, const struct link *l, const struct special *how, const struct key *k,
	const char *v)
{
	bool port = l->master != NULL, other = speaks_of(how->with, "$p") || speaks_of(v, "$p");

	if (port) {
		++s->n;
		(void)fprintf(s->f, "[%s m%u]\nports = t%u %s\n", l->master->kind->name, s->n, s->n,
			other ? fill(s, "$p", NULL) : "");
		lines(s, how->master);
		(void)fprintf(s->f, "[dummy t%u]\n", s->n);
	} else {
		begin(s);
		needed(s, k);
	}
	lines(s, how->with);
	(void)fprintf(s->f, "%s = %s\n", link_key_name(l, k, s->mem), fill(s, v, NULL));
	if (other)
		(void)fprintf(s->f, "[dummy %s]\n", fill(s, "$p", NULL));
}

static void
specials_of(struct sweep *s, const struct link *l, const struct table *t)
{
	const struct special *how;
	struct list values;

	for (size_t i = 0; t && i < t->n; i++) {
		how = is_skipped(&t->keys[i]) ? NULL : special(s, t, &t->keys[i], specials);
		if (!how)
			continue;
		values = values_of_key(s, how, &t->keys[i]);
		for (size_t j = 0; j < values.n; j++)
			alone(s, l, how, &t->keys[i], values.v[j]);
	}
}

/* The n-th value of each key that needs nothing; false when no key has so many. */
static bool
shared(struct sweep *s, const struct link *l, const struct table *t, size_t n, bool print)
{
	bool any = false;

	for (size_t i = 0; t && i < t->n; i++) {
		const struct key *k = &t->keys[i];
		struct list values;

		if (is_skipped(k) || special(s, t, k, specials))
			continue;
		values = values_of_key(s, NULL, k);
		if (n >= values.n)
			continue;
		any = true;
		if (print)
			(void)fprintf(s->f, "%s = %s\n", link_key_name(l, k, s->mem), values.v[n]);
	}
	return any;
}

static void
kind(struct sweep *s, const struct kind *k)
{
	const struct link l = { .kind = k };

	s->kind = k;
	s->files = 0;
	open_file(s, !strcmp(k->name, "nic") ? "nic.0" : k->name);
	for (size_t n = 0; shared(s, &l, k->keys, n, false) | shared(s, &l, &common_keys, n, false);
		n++) {
		begin(s);
		needed(s, NULL);
		(void)shared(s, &l, k->keys, n, true);
		(void)shared(s, &l, &common_keys, n, true);
	}
	specials_of(s, &l, k->keys);
	specials_of(s, &l, &common_keys);
	s->kind = NULL;
}

static void
ports(struct sweep *s, const struct kind *k)
{
	struct link master = { .kind = k };
	const struct link l = { .kind = kind_named("dummy"), .master = &master };

	if (!k->ports)
		return;
	open_file(s, mem_printf(s->mem, "%s-port", k->name));
	for (size_t n = 0; shared(s, &l, k->ports, n, false); n++) {
		++s->n;
		(void)fprintf(
			s->f, "[%s m%u]\nports = t%u\n[dummy t%u]\n", k->name, s->n, s->n, s->n);
		(void)shared(s, &l, k->ports, n, true);
	}
	specials_of(s, &l, k->ports);
}

/* A phrase for each value of each key. */
static void
phrases(struct sweep *s, const char *word, const struct table *t, const char *usual)
{
	for (size_t i = 0; i < t->n; i++) {
		const struct key *k = &t->keys[i];
		const struct special *how = special(s, t, k, specials);

		do {
			struct list values = values_of_key(s, how, k);
			const char *text =
				how && how->with ? how->with : mem_printf(s->mem, usual, k->name);

			for (size_t j = 0; j < values.n; j++) {
				++s->n;
				(void)fprintf(s->f, "%s = %s\n", word, fill(s, text, values.v[j]));
			}
			how = how ? special(s, t, k, how + 1) : NULL;
		} while (how);
	}
}

static void
all_phrases(struct sweep *s)
{
	open_file(s, "address");
	(void)fputs("[dummy d]\n", s->f);
	phrases(s, "address", &address_keys, "10.$n.0.1/24 %s $v");
	open_file(s, "route");
	(void)fputs("[dummy d]\naddress = 10.250.0.1/16\naddress = 2001:db8:250::1/64\n", s->f);
	phrases(s, "route", &route_keys, "172.16.$n.0/24 %s $v");
	phrases(s, "route", &hop_keys, "172.16.$n.0/24 %s $v");
	open_file(s, "rule");
	(void)fputs("[dummy d]\n[global]\n", s->f);
	phrases(s, "rule", &rule_keys, "from 10.0.$n.1 table 7 priority $n %s $v");
	open_file(s, "neighbor");
	(void)fputs("[dummy d]\naddress = 10.250.0.1/16\n", s->f);
	phrases(s, "neighbor", &neighbor_keys, "10.250.$n.1 lladdr 02:00:00:00:00:01 %s $v");
	open_file(s, "fdb");
	(void)fputs(
		"[bridge br]\nports = d\nvlan-filtering = yes\n[dummy d]\nvlans = 1-4094\n", s->f);
	phrases(s, "fdb", &fdb_keys, "02:00:00:00:01:$x static %s $v");
}

/* Settings of no link: the n-th value of each key in the n-th file, or namespace. */
static void
global(struct sweep *s)
{
	const struct table *t = &global_keys;
	bool any = true;

	for (size_t n = 0; any; n++) {
		open_file(s, mem_printf(s->mem, "global.%zu", n));
		(void)fputs("[dummy d]\n[global]\n", s->f);
		any = false;
		for (size_t i = 0; i < t->n; i++) {
			struct list values =
				values_of_key(s, special(s, t, &t->keys[i], specials), &t->keys[i]);

			any = any || n + 1 < values.n;
			if (n < values.n)
				(void)fprintf(s->f, "%s = %s\n", t->keys[i].name, values.v[n]);
		}
	}
}

static void
namespaces(struct sweep *s)
{
	bool any = true;

	open_file(s, "netns");
	for (size_t n = 0; any; n++) {
		(void)fprintf(s->f, "[dummy n%zu/d]\n[netns n%zu]\n", n, n);
		any = false;
		for (size_t i = 0; i < netns_keys.n; i++) {
			struct list values = values_of_key(s, NULL, &netns_keys.keys[i]);

			any = any || n + 1 < values.n;
			if (n < values.n && !is_skipped(&netns_keys.keys[i]))
				(void)fprintf(
					s->f, "%s = %s\n", netns_keys.keys[i].name, values.v[n]);
		}
	}
}

int
main(int argc, char **argv)
{
	struct sweep s = { .dir = argc == 2 ? argv[1] : ".", .mem = mem_new() };

	for (size_t i = 0; i < kinds_len; i++) {
		kind(&s, kinds[i]);
		ports(&s, kinds[i]);
	}
	all_phrases(&s);
	global(&s);
	namespaces(&s);
	mem_free(s.mem);
	return fclose(s.f) ? 1 : 0;
}
