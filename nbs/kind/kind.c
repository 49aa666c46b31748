#include "kind/kind.h"

#include <linux/if_arp.h>
#include <string.h>

#include "model/link.h"

#define KIND(word) extern const struct kind kind_##word;
#include "kind/kinds.def"
#undef KIND

#define KIND(word) &kind_##word,
const struct kind *const kinds[] = {
#include "kind/kinds.def"
};
#undef KIND

const size_t kinds_len = LEN(kinds);

const struct kind *
kind_named(const char *word)
{
	for (size_t i = 0; i < kinds_len; i++)
		if (!strcmp(kinds[i]->name, word))
			return kinds[i];
	return NULL;
}

const struct kind *
kind_of(const struct link *l)
{
	for (size_t i = 0; l->info && i < kinds_len; i++)
		if (kinds[i]->info && !strcmp(kinds[i]->info, l->info) &&
			(!kinds[i]->is || kinds[i]->is(l)))
			return kinds[i];
	return NULL;
}

const struct kind *
kind_default(const char *name)
{
	return name && !strcmp(name, kind_loopback.always) ? &kind_loopback : &kind_nic;
}

/* What has a device behind it is a NIC, and so is what tells nothing of itself. */
const struct kind *
kind_given(const struct link *l)
{
	const struct kind *k = kind_of(l);

	if (k)
		return k;
	if (l->flags & IFF_LOOPBACK)
		return &kind_loopback;
	return l->device || !l->info ? &kind_nic : NULL;
}

void
kind_needs(const struct link *l, const char *key, const char *other)
{
	const struct value *v = link_value(l, key), *o = link_value(l, other);
	const struct origin at = model_at(l, v);

	if (v && !v->invalid && (!o || (!o->invalid && !o->num)))
		diag(&at, "expected together with %s", other);
}

/* NETIF_F_VLAN_CHALLENGED: vlan_check_real_dev(); macvlan_port_create() */
void
kind_needs_ethernet(const struct link *l)
{
	const struct origin at = model_at(l, link_value(l, "parent"));

	if (l->parent && l->parent->kind->type != ARPHRD_ETHER)
		diag(&at, "'%s': expected a link with Ethernet frames; a %s has none",
			l->parent->section, l->parent->kind->name);
}
