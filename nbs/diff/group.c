#include "diff/group.h"

#include <linux/if_link.h>

#include <libmnl/libmnl.h>

#include "kind/kind.h"
#include "model/link.h"

enum { FEW = 3, FIRST = 0x6e627300 /* out of the way of groups that people number */ };

static bool
is_drop(const struct step *s, const struct netns *ns)
{
	return s->verb == DROP_LINK && s->link->ns == ns;
}

static unsigned
count(const struct diff *d, const struct netns *ns)
{
	unsigned n = 0;

	for (const struct step *s = d->plan->first[UNDO_LINKS]; s; s = s->next)
		n += is_drop(s, ns);
	return n;
}

static bool
is_used(const struct diff *d, const struct netns *ns, uint32_t group)
{
	for (const struct link *l = d->have->links; l; l = l->next) {
		const struct nlattr *a = l->ns == ns ? link_attr(l, IFLA_GROUP) : NULL;

		if (a && mnl_attr_get_payload_len(a) >= sizeof(group) &&
			mnl_attr_get_u32(a) == group)
			return true;
	}
	return false;
}

/* True when what the link stands on, in the same namespace, is deleted, too. */
static bool
goes_with_parent(const struct link *l, const struct map *dropped)
{
	const struct kind *k = kind_of(l);
	const struct link *parent =
		k && k->parent == NEEDS && l->parent_index && !link_attr(l, IFLA_LINK_NETNSID)
			? model_indexed(l->ns, l->parent_index)
			: NULL;

	return parent && map_get(dropped, parent->name);
}

/*
 * In one group with a VLAN, its parent is never gone on Linux 5.10: the kernel waits for the
 * reference that vlan_dev_free() gives back only afterwards.
 */
static void
leave_to_parents(struct plan *p, const struct netns *ns)
{
	struct map dropped = { 0 };
	struct step *next, *all = p->first[UNDO_LINKS], **last = &p->first[UNDO_LINKS];

	for (struct step *s = all; s; s = s->next)
		if (is_drop(s, ns))
			map_put(&dropped, p->mem, s->link->name, s);
	for (struct step *s = all; s; s = next) {
		next = s->next;
		if (is_drop(s, ns) && goes_with_parent(s->link, &dropped)) {
			p->n--;
		} else {
			*last = s;
			last = &s->next;
		}
	}
	*last = NULL;
	p->last[UNDO_LINKS] = last;
}

static void
group(struct diff *d, const struct netns *ns)
{
	uint32_t number = FIRST;

	leave_to_parents(d->plan, ns);
	while (is_used(d, ns, number))
		number++;
	for (struct step *s = d->plan->first[UNDO_LINKS]; s; s = s->next)
		if (is_drop(s, ns)) {
			s->verb = JOIN_GROUP;
			s->group = number;
		}
	plan_add(d->plan, UNDO_LINKS, DROP_GROUP, ns, NULL)->group = number;
}

void
group_drops(struct diff *d)
{
	for (const struct netns *n = d->have->spaces; n; n = n->next)
		if (count(d, n) > FEW)
			group(d, n);
}
