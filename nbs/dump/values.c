/* What a link's section says, key by key. */
#include <string.h>

#include "base/mem.h"
#include "resolve/complete.h"
#include "dump/parts.h"
#include "key/type.h"
#include "model/link.h"

/* Nothing, none and an empty list are told by leaving them out. */
static bool
is_nothing(const struct value *v)
{
	if (v->key->type == &type_list)
		return !v->items;
	if (v->key->type == &type_text)
		return !*v->text;
	return v->key->type == &type_link && !v->link;
}

/* What the kernel tells of a key; a link by its index there.  False where it says nothing. */
static bool
read_value(const struct dumping *d, const struct link *l, const struct key *k, struct value *v)
{
	if (!link_read(l->have, k, v, d->mem))
		return false;
	if (k->type == &type_link)
		v->link = model_indexed(l->ns, (uint32_t)v->num);
	if (k->type == &type_link && v->link)
		v->text = v->link->section;
	return !is_nothing(v);
}

static void
take_told(struct dumping *d, struct link *l, const struct key *k)
{
	struct value v;

	if (l->kind->given && k->change == ANEW)
		return; /* it came with the device */
	if (read_value(d, l, k, &v) && !dump_is_usual(d, l, &v))
		dump_add(d, &l->vals, &v);
}

/* Of what the kernel does not know, what only holds here and now, or is found out otherwise. */
static bool
is_own(const struct key *k)
{
	static const char *const others[] = { "parent", "ports", "peer", "vlans", "pvid",
		"untagged", "made", "ipv6", "single", "match-link" };

	for (size_t i = 0; i < LEN(others); i++)
		if (!strcmp(k->name, others[i]))
			return false;
	return true;
}

static void
take_known(struct dumping *d, struct link *l, const struct key *k)
{
	const struct link *a = dump_applied(d, l);
	const struct value *v = a && is_own(k) ? value_named(a->vals, k->name) : NULL;

	if (v && !link_value(l, k->name))
		dump_add(d, &l->vals, v);
	else if (!strcmp(k->name, "dhcp") && l->have->names)
		dump_set(d, l, "dhcp", "ipv4");
	else if (!strcmp(k->name, "ipv6"))
		dump_take_ipv6(d, l);
}

static void
take(struct dumping *d, struct link *l, const struct key *k)
{
	switch (k->home) {
	case IN_DATA:
	case IN_PORT:
	case IN_LINK:
	case IN_FLAGS:
		take_told(d, l, k);
		break;
	case IN_INET:
	case IN_INET6:
	case IN_SYSCTL:
		dump_take_setting(d, l, k);
		break;
	case IN_NBS:
		take_known(d, l, k);
		break;
	case IN_ATTR:
	case IN_HEAD:
	case IN_METRICS:
		break;
	}
}

static void
drop(struct value **vals, const struct key *k)
{
	while (*vals && (*vals)->key != k)
		vals = &(*vals)->next;
	if (*vals)
		*vals = (*vals)->next;
}

/* What nbs sets by itself need not be said, and what it is not to set must be. */
static void
take_presets(struct dumping *d, struct link *l)
{
	struct value have;

	for (const struct value *p = complete_presets(d->out, l); p; p = p->next) {
		if (!link_read(l->have, p->key, &have, d->mem) ||
			p->key->type->same(p->key, p, &have))
			drop(&l->vals, p->key);
		else if (!value_of(l->vals, p->key))
			dump_add(d, &l->vals, &have);
	}
}

/* Runs of VLANs for which a bit is set. */
static const char *
runs(struct mem *mem, const uint8_t *vlans, uint8_t bit)
{
	const char *text = "", *gap = "";

	for (unsigned to, n = 1; n < VLANS; n = to + 1) {
		to = n;
		if (!(vlans[n] & bit))
			continue;
		while (to + 1 < VLANS && vlans[to + 1] & bit)
			to++;
		text = to == n ? mem_printf(mem, "%s%s%u", text, gap, n)
		               : mem_printf(mem, "%s%s%u-%u", text, gap, n, to);
		gap = " ";
	}
	return text;
}

/* A bridge gives itself and each new port one VLAN. */
static bool
has_usual_vlans(const struct value *standard, const uint8_t *vlans)
{
	uint8_t usual[VLANS] = { 0 };

	usual[standard->num % VLANS] = VLAN_MEMBER | VLAN_PVID | VLAN_UNTAGGED;
	return !memcmp(vlans + 1, usual + 1, VLANS - 1);
}

static void
take_vlans(struct dumping *d, struct link *l)
{
	const struct link *bridge = l->kind->has_vlans ? l : l->master;
	static const uint8_t none[VLANS];
	const uint8_t *vlans = l->have->vlans ? l->have->vlans : none;
	struct value standard;

	/* a kernel without VLANs does not tell the key */
	if (!bridge || !bridge->kind->has_vlans ||
		!link_read(
			bridge->have, link_key(bridge, "vlan-default-pvid"), &standard, d->mem) ||
		has_usual_vlans(&standard, vlans))
		return;
	dump_set(d, l, "vlans", runs(d->mem, vlans, VLAN_MEMBER));
	if (*runs(d->mem, vlans, VLAN_PVID))
		dump_set(d, l, "pvid", runs(d->mem, vlans, VLAN_PVID));
	if (*runs(d->mem, vlans, VLAN_UNTAGGED))
		dump_set(d, l, "untagged", runs(d->mem, vlans, VLAN_UNTAGGED));
}

void
dump_values(struct dumping *d, struct link *l)
{
	const struct table *tables[3];

	link_tables(l, tables);
	for (size_t t = 0; t < LEN(tables); t++)
		for (size_t i = 0; tables[t] && i < tables[t]->n; i++)
			take(d, l, &tables[t]->keys[i]);
	take_presets(d, l);
	take_vlans(d, l);
}

/* The host's name and name servers are its own; but what nbs has given it is the file's. */
static void
take_names(struct dumping *d)
{
	for (const struct value *v = d->applied ? d->applied->vals : NULL; v; v = v->next) {
		struct value now = *v;

		if (v->key->home != IN_NBS || !strcmp(v->key->name, "ipv6"))
			continue;
		if (!strcmp(v->key->name, "hostname") && d->have->hostname)
			now.text = d->have->hostname;
		dump_add(d, &d->out->vals, &now);
	}
}

/* A new namespace begins with what IPv4 has in nbs's own: inet_init_net() */
static bool
is_inherited(const struct dumping *d, const struct key *k)
{
	const char *text = dump_sysctl(d, d->out->spaces, k->path);

	return !strncmp(k->path, "net/ipv4/", strlen("net/ipv4/")) && text && *text != '0';
}

static void
take_forwarding(struct dumping *d, const struct netns *n, struct value **vals)
{
	const struct table *t = *n->name ? &netns_keys : &global_keys;
	const char *text;
	struct value v;

	for (size_t i = 0; i < t->n; i++) {
		v = (struct value) { .key = &t->keys[i] };
		if (v.key->home != IN_SYSCTL || !(text = dump_sysctl(d, n, v.key->path)))
			continue;
		v.num = text[0] != '0';
		if (v.num || is_inherited(d, v.key))
			dump_add(d, vals, &v);
	}
}

/* Sysctls are many, and which of them are meant only the file says. */
static void
take_sysctls(struct dumping *d, struct netns *n)
{
	const struct netns *a = d->applied ? model_netns(d->applied, n->name) : NULL;
	struct sysctl *copy, **last = &n->sysctls;

	for (const struct sysctl *c = a ? a->sysctls : NULL; c; c = c->next) {
		if (c->key && !strpbrk(c->key, "./"))
			continue; /* it follows from a key of another section */
		copy = mem_get(d->mem, sizeof(*copy));
		*copy = (struct sysctl) { .ns = n, .path = c->path, .key = c->key };
		copy->text = dump_sysctl(d, n, c->path);
		*last = copy;
		last = &copy->next;
	}
}

void
dump_space(struct dumping *d, struct netns *n)
{
	if (!*n->name)
		take_names(d);
	take_forwarding(d, n, *n->name ? &n->vals : &d->out->vals);
	take_sysctls(d, n);
}
