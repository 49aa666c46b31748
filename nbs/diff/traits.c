#include "diff/traits.h"

#include <linux/if_link.h>
#include <string.h>
#include <sys/socket.h>

#include "key/type.h"
#include "model/link.h"
#include "model/phrase.h"

static uint64_t
bit(enum trait t)
{
	return (uint64_t)1 << t;
}

uint64_t
traits_mask(const uint8_t *traits)
{
	uint64_t mask = 0;

	for (size_t i = 0; i < 12 && traits[i]; i++)
		mask |= bit(traits[i]);
	return mask;
}

static bool
is_mtu(const struct value *v)
{
	return v->key->home == IN_LINK && v->key->attr == IFLA_MTU;
}

static uint64_t
traits_of_mtu(const struct plan *p, const struct step *s, const struct value *v)
{
	const struct link *h = p ? planned(p, s->link)->have : s->link->have;
	struct value have;
	struct mem *none = NULL; /* a number needs no room */

	if (!h || !link_read(h, v->key, &have, none))
		return bit(SETS_MTU) | bit(GROWS_MTU);
	return bit(SETS_MTU) | bit(v->num < have.num ? SHRINKS_MTU : GROWS_MTU);
}

/* The kernel has refused it while the link was up. */
static bool
is_for_down(const struct plan *p, const struct link *l, const struct value *v)
{
	return attempts_of(p->attempts, attempt_value(l, v->key))->down;
}

static uint64_t
traits_of_value(const struct plan *p, const struct step *s, const struct value *v)
{
	uint64_t t = 0;

	if (v->key->type == &type_link)
		return bit(SETS_NAMED) | (v->key->home == IN_PORT ? bit(SETS_PORT) : 0);
	if (v->key->home == IN_PORT)
		return bit(SETS_PORT);
	if (v->key->home == IN_INET6)
		t |= bit(SETS_IPV6);
	if (v->key->change == IN_DOWN || (p && is_for_down(p, s->link, v)))
		t |= bit(NEEDS_DOWN);
	if (v->key->change == NO_PORTS)
		t |= bit(NEEDS_NO_PORTS);
	return t | bit(SETS_LINK) | (is_mtu(v) ? traits_of_mtu(p, s, v) : 0);
}

static uint64_t
traits_of_new(const struct phrase *p)
{
	const struct ip *ip;

	switch (p->topic) {
	case ADDRESS:
		ip = phrase_ip(p, "local");
		return bit(ip && ip->family == AF_INET6 &&
					   value_num(p->vals, "valid-lft", UINT32_MAX) != UINT32_MAX
				   ? ADDS_PASSING_ADDRESS
				   : ADDS_ADDRESS);
	case ROUTE:
		return bit(p->hops && phrase_via(p->hops) ? ADDS_FAR_ROUTE : ADDS_NEAR_ROUTE);
	case RULE:
		return bit(ADDS_RULE);
	case NEIGHBOR:
		return bit(ADDS_NEIGHBOR);
	case FDB:
	case TOPICS:
		break;
	}
	return bit(ADDS_FDB);
}

static uint64_t
traits_of_old(const struct phrase *p)
{
	return bit(p->topic == ADDRESS ? RETURNS_ADDRESS
		   : p->topic == ROUTE ? RETURNS_ROUTE
				       : RETURNS_NEIGHBOR);
}

static uint64_t
traits_of_sysctl(const struct sysctl *c)
{
	const char *owner, *name = model_setting(c->path, &owner);
	const bool six = !strncmp(c->path, "net/ipv6/", 9);
	uint64_t t;

	if (c->link)
		t = bit(c->early ? WRITES_EARLY : WRITES_LATE);
	else if (name && !strncmp(owner, "all/", 4))
		t = bit(WRITES_ALL);
	else if (name && !strncmp(owner, "default/", 8))
		t = bit(WRITES_DEFAULT);
	else
		t = bit(WRITES_SYSCTL);
	if (name && six && !strcmp(name, "accept_ra"))
		t |= bit(ACCEPTS_RA);
	if (name && six && !strcmp(name, "forwarding"))
		t |= bit(FORWARDS_IPV6);
	return t;
}

uint64_t
traits_of(const struct plan *p, const struct step *s)
{
	static const uint8_t plain[LAST_VERB + 1] = {
		[MAKE_SPACE] = MAKES_NETNS,
		[DROP_SPACE] = DELETES_NETNS,
		[MAKE_LINK] = MAKES_LINK,
		[DROP_LINK] = DELETES_LINK,
		[MOVE_LINK] = MOVES_LINK,
		[RENAME_LINK] = RENAMES_LINK,
		[DROP_ALTNAME] = RENAMES_LINK,
		[ADD_ALTNAME] = RENAMES_LINK,
		[KEEP_MAC] = KEEPS_MAC,
		[RAISE] = RAISES,
		[LOWER] = LOWERS,
		[JOIN_GROUP] = MARKS_LINK,
		[DROP_GROUP] = DELETES_LINK,
		[LEAVE] = LEAVES,
		[ADD_VLANS] = SETS_VLANS,
		[DROP_VLANS] = SETS_VLANS,
		[DROP_SAID] = DELETES_ENTRY,
	};
	uint64_t t = bit(ANYTHING);

	if (plain[s->verb])
		return t | bit(plain[s->verb]);
	for (size_t i = 0; s->verb == SET_LINK && i < s->n; i++)
		t |= traits_of_value(p, s, s->vals[i]);
	if (s->verb == JOIN)
		t |= bit(s->link->master->kind->leads_ports ? JOINS_LEADER : JOINS);
	if (s->verb == ADD_SAID)
		t |= traits_of_new(s->said);
	if (s->verb == PUT_BACK)
		t |= traits_of_old(s->said);
	if (s->verb == SET_SYSCTL)
		t |= traits_of_sysctl(s->sysctl);
	return t;
}

static uint64_t
netns_key(const struct netns *n)
{
	return (uint64_t)text_hash(n->name, strlen(n->name)) << 32;
}

static void
tell(const struct teller *t, const struct netns *n, uint32_t low, const struct link *l)
{
	t->each(t->user, netns_key(n) | low, l);
}

/* Links are known by their index, which one that is to be made is given beforehand. */
static uint32_t
index_of(const struct teller *t, const struct link *l)
{
	const struct link *now = t->plan && l && !l->raw ? plan_link(t->plan, l) : l;

	return now ? now->index : 0;
}

void
traits_tie_link(const struct teller *t, const struct link *l)
{
	const uint32_t index = index_of(t, l);

	if (index)
		tell(t, l->ns, index, l);
}

static void
tell_values(const struct teller *t, const struct value *v)
{
	for (; v; v = v->next)
		if (v->key->type == &type_link && (v->key->home == IN_ATTR || link_at_birth(v)))
			traits_tie_link(t, v->link);
}

/* A link is made with its far end. */
static void
tell_own(const struct teller *t, const struct step *s, const struct link *l)
{
	traits_tie_link(t, l);
	if (l && s->verb == MAKE_LINK)
		traits_tie_link(t, l->peer);
}

static void
tell_named(const struct teller *t, const struct step *s)
{
	if (s->verb == MAKE_LINK) {
		traits_tie_link(t, s->link->parent);
		tell_values(t, s->link->vals);
	}
	if (s->verb == JOIN)
		traits_tie_link(t, s->link->master);
	for (size_t i = 0; s->verb == SET_LINK && i < s->n; i++)
		if (s->vals[i]->key->type == &type_link)
			traits_tie_link(t, s->vals[i]->link);
	for (const struct nexthop *h = s->said ? s->said->hops : NULL; h; h = h->next)
		traits_tie_link(t, h->link);
	if (s->said)
		tell_values(t, s->said->vals);
}

static void
tell_setting(const struct teller *t, const struct step *s, const char *path)
{
	const char *owner, *name = path ? model_setting(path, &owner) : NULL;

	if (name) /* of IPv4 or IPv6: net/ipv4/ */
		tell(t, s->ns, text_hash(name, strlen(name)) ^ (uint32_t)path[7], NULL);
}

static void
tell_netns(const struct teller *t, const struct step *s)
{
	tell(t, s->ns, 0, NULL);
	if (s->verb == MAKE_LINK && s->link->peer && s->link->peer->ns != s->ns)
		tell(t, s->link->peer->ns, 0, NULL);
	if (s->from_ns && s->from_ns != s->ns)
		tell(t, s->from_ns, 0, NULL);
}

void
traits_ties(const struct step *s, enum tie by, const struct teller *t)
{
	const struct link *l = s->sysctl ? s->sysctl->link : s->link;

	switch (by) {
	case BY_PLAN:
		t->each(t->user, 0, NULL);
		break;
	case BY_NETNS:
		tell_netns(t, s);
		break;
	case BY_LINK:
		tell_own(t, s, l);
		break;
	case BY_PARENT:
		traits_tie_link(t, l ? l->parent : NULL);
		break;
	case BY_MASTER:
		if (l && l->master)
			traits_tie_link(t, l->master);
		else if (l && l->master_index)
			tell(t, l->ns, l->master_index, NULL);
		break;
	case BY_NAMED:
		tell_named(t, s);
		break;
	case BY_USED:
		tell_own(t, s, l);
		tell_named(t, s);
		break;
	case BY_FAMILY:
		if (index_of(t, l))
			tell(t, l->ns,
				index_of(t, l) ^ (uint32_t)phrase_ip(s->said, "local")->family
							 << 24,
				NULL);
		break;
	case BY_SETTING:
		tell_setting(t, s, s->sysctl ? s->sysctl->path : NULL);
		for (size_t i = 0; s->verb == SET_LINK && i < s->n; i++)
			tell_setting(t, s, s->vals[i]->key->path);
		break;
	}
}
