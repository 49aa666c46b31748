/* The VLANs of a bridge port, or of the bridge itself. */
#include "diff/parts.h"

#include <string.h>

#include "base/mem.h"
#include "model/link.h"

static void
mark(uint8_t *vlans, const struct value *list, uint8_t bit)
{
	for (const struct value *v = list ? list->items : NULL; v; v = v->next)
		for (uint64_t n = v->num; n <= v->to; n++)
			vlans[n] |= bit;
}

/* What the file wants, one byte for each VLAN; false when it does not speak of VLANs. */
static bool
wanted(const struct diff *d, const struct link *l, uint8_t *vlans)
{
	const struct value *list = link_value(l, "vlans"), *pvid = link_value(l, "pvid");

	const struct attempt *a =
		list ? attempts_of(d->plan->attempts, attempt_value(l, list->key)) : NULL;

	if (!list || (a->refused && a->stamp == planned(d->plan, l)->index))
		return false;
	mark(vlans, list, VLAN_MEMBER);
	mark(vlans, link_value(l, "untagged"), VLAN_UNTAGGED);
	if (pvid)
		vlans[pvid->num] |= VLAN_PVID;
	return true;
}

static void
add(struct diff *d, const struct link *l, enum verb verb, unsigned from, unsigned to, uint8_t flags)
{
	enum phase phase = verb == DROP_VLANS ? JOINING : PORTS;
	struct step *s = plan_add(d->plan, phase, verb, l->ns, l);

	s->from = (uint16_t)from;
	s->to = (uint16_t)to;
	s->flags = flags;
	s->at = model_at(l, link_value(l, "vlans"));
}

/* Runs of VLANs that need the same go in one step; a PVID is never part of a run. */
static void
runs(struct diff *d, const struct link *l, const uint8_t *want, const uint8_t *have, bool drop)
{
	unsigned from = 0;
	uint8_t flags = 0;
	bool open = false;

	for (unsigned n = 1; n < VLANS; n++) {
		bool need = drop ? have[n] && !want[n] : want[n] && want[n] != have[n];

		if (open && (!need || want[n] != flags || flags & VLAN_PVID)) {
			add(d, l, drop ? DROP_VLANS : ADD_VLANS, from, n - 1, flags);
			open = false;
		}
		if (need && !open) {
			from = n;
			flags = want[n];
			open = true;
		}
	}
	if (open)
		add(d, l, drop ? DROP_VLANS : ADD_VLANS, from, VLANS - 1, flags);
}

/* VLANs are those of the bridge: the link's own if it is one. */
static const struct link *
bridge_of(const struct link *l)
{
	l = l->kind->has_vlans ? l : l->master;
	return l && l->kind->has_vlans ? l : NULL;
}

void
diff_vlans(struct diff *d, const struct link *l)
{
	uint8_t want[VLANS] = { 0 }, have[VLANS] = { 0 };
	const struct link *bridge = bridge_of(l);
	const struct planned *w = planned(d->plan, l), *b;
	bool there;

	if (!bridge || !wanted(d, l, want))
		return;
	b = planned(d->plan, bridge);
	if (!b->index)
		return;
	there = w->have && !w->anew && !b->anew &&
	        (bridge == l || w->have->master_index == b->index);
	/* a new port has the bridge's vlan-default-pvid, br_vlan_init() and nbp_vlan_init() */
	if (there && w->have->vlans)
		(void)memcpy(have, w->have->vlans, sizeof(have));
	else if (!there)
		have[value_num(bridge->vals, "vlan-default-pvid", 1) & (VLANS - 1)] =
			VLAN_MEMBER | VLAN_PVID | VLAN_UNTAGGED;
	have[0] = 0;
	runs(d, l, want, have, false);
	runs(d, l, want, have, true);
}
