/*
 * Every key of every kind goes through a made-up kernel and back: what one
 * end of its range is set to shows, and the other end after it, and then
 * there is nothing left to do.
 */
#include <string.h>

#include "base/mem.h"
#include "key/type.h"
#include "kind/kind.h"
#include "model/link.h"
#include "test/support/bed.h"
#include "test/support/ends.h"
#include "test/support/say.h"

/* What a kind's section needs before a key can be tried. */
static const struct {
	const char *kind, *before, *with;
} needs[] = {
	{ "loopback", "[loopback lo]\n", "" },
	{ "nic", "[nic eth0]\n", "" },
	{ "vlan", "[vlan x]\n", "parent = eth3\nid = 7\n" },
	{ "macvlan", "[macvlan x]\n", "parent = eth3\n" },
	{ "veth", "[veth x]\n", "peer = y\n" },
	{ "peer", "[veth y]\npeer = x\n[peer x]\n", "" },
};

/* What has to be set with a key. */
static const struct {
	const char *table, *key, *with;
} companions[] = {
	{ "bond", "arp-interval", "arp-ip-target = 192.0.2.1\n" },
	{ "bond", "arp-validate", "arp-interval = 100\narp-ip-target = 192.0.2.1\n" },
	{ "bond", "primary", "ports = eth1 eth2\n" },
	{ "bond", "active-slave", "ports = eth1 eth2\n" },
	{ "bridge", "mcast-vlan-snooping", "vlan-filtering = yes\n" },
	{ "bridge port", "mab", "locked = yes\n" },
};

static const char *
companion(const struct table *t, const struct key *k)
{
	for (size_t i = 0; i < LEN(companions); i++)
		if (!strcmp(companions[i].table, t->name) && !strcmp(companions[i].key, k->name))
			return companions[i].with;
	return "";
}

/* The first mode that a key is for, as a line. */
static const char *
mode_for(const struct kind *kind, const struct key *k, struct mem *mem)
{
	const struct key *mode = k->modes ? key_find(kind->keys, "mode") : NULL;

	for (unsigned i = 0; mode && mode->words[i].name; i++)
		if (k->modes & 1U << i)
			return mem_printf(mem, "mode = %s\n", mode->words[i].name);
	return "";
}

/* The section of a kind, ready for one more line; without the key that is to be tried. */
static const char *
section(const struct kind *kind, const struct key *k, struct mem *mem)
{
	for (size_t i = 0; i < LEN(needs); i++)
		if (!strcmp(needs[i].kind, kind->name))
			return mem_printf(mem, "%s%s", needs[i].before,
				strcmp(k->name, "id") ? needs[i].with : "parent = eth3\n");
	return mem_printf(mem, "[%s x]\n", kind->name);
}

/* Keys that another table shadows have their table's name before theirs. */
static const char *
name_in(const struct kind *kind, const struct table *t, const struct key *k, struct mem *mem)
{
	if (t == &common_keys && key_find(kind->keys, k->name))
		return mem_printf(mem, "link-%s", k->name);
	if (t == kind->ports && key_find(&common_keys, k->name))
		return mem_printf(mem, "port-%s", k->name);
	return k->name;
}

static const char *
value_at(const struct key *k, bool upper, struct mem *mem)
{
	if (k->type == &type_link)
		return upper ? "eth2" : "eth1";
	return ends_text(k, k->type, upper, mem);
}

static const char *
text_at(const struct kind *kind, const struct table *t, const struct key *k, bool upper,
	struct mem *mem)
{
	const char *mode = mode_for(kind, k, mem), *head = section(kind, k, mem);

	if (t == kind->ports) {
		head = mem_printf(
			mem, "[%s m]\n%sports = eth0 eth1 eth2\n[nic eth0]\n", kind->name, mode);
		mode = "";
	}
	return mem_printf(mem, "%s%s%s%s = %s\n", head, mode, companion(t, k),
		name_in(kind, t, k, mem), value_at(k, upper, mem));
}

/* Brings one end up; what is wrong with that, or NULL. */
static const char *
check_end(struct bed *b, const char *text)
{
	bed_want(b, text);
	(void)bed_up(b);
	if (*b->heard)
		return mem_printf(b->mem, "says %s", b->heard);
	if (b->rounds > 4)
		return mem_printf(b->mem, "takes %u rounds", b->rounds);
	bed_end(b);
	bed_want(b, text);
	return *bed_up(b) ? mem_printf(b->mem, "has something left to do: %s", b->steps) : NULL;
}

static void
test_key(const struct kind *kind, const struct table *t, const struct key *k)
{
	struct bed *b = bed_new();
	const char *why = check_end(b, text_at(kind, t, k, false, b->mem));

	why = why ? why : check_end(b, text_at(kind, t, k, true, b->mem));
	why = why ? why : check_end(b, text_at(kind, t, k, false, b->mem));
	say(!why, mem_printf(b->mem, "%s: %s %s", kind->name, t->name, k->name), "%s", why);
	bed_free(b);
}

/* What never changes on a link that is there cannot be tried on one that is given. */
static bool
can_try(const struct kind *kind, const struct key *k)
{
	return k->home != IN_NBS && k->home != IN_SYSCTL && !(kind->given && k->change == ANEW);
}

static void
test_table(const struct kind *kind, const struct table *t)
{
	for (size_t i = 0; t && i < t->n; i++)
		if (can_try(kind, &t->keys[i]))
			test_key(kind, t, &t->keys[i]);
}

int
main(void)
{
	for (size_t i = 0; i < kinds_len; i++) {
		test_table(kinds[i], kinds[i]->keys);
		test_table(kinds[i], &common_keys);
		test_table(kinds[i], kinds[i]->ports);
	}
	return say_end();
}
