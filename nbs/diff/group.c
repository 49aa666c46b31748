#include "diff/group.h"

#include <linux/if_link.h>

#include <libmnl/libmnl.h>

#include "model/link.h"

enum { FEW = 3, FIRST = 0x6e627300 /* out of the way of groups that people number */ };

static unsigned
count(const struct diff *d, const struct netns *ns)
{
	unsigned n = 0;

	for (const struct step *s = d->plan->first[UNDO_LINKS]; s; s = s->next)
		n += s->verb == DROP_LINK && s->link->ns == ns;
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

static void
group(struct diff *d, struct netns *ns)
{
	uint32_t number = FIRST;

	while (is_used(d, ns, number))
		number++;
	for (struct step *s = d->plan->first[UNDO_LINKS]; s; s = s->next)
		if (s->verb == DROP_LINK && s->link->ns == ns) {
			s->verb = JOIN_GROUP;
			s->group = number;
		}
	plan_add(d->plan, UNDO_LINKS, DROP_GROUP, ns, NULL)->group = number;
}

void
group_drops(struct diff *d)
{
	for (struct netns *n = d->have->spaces; n; n = n->next)
		if (count(d, n) > FEW)
			group(d, n);
}
