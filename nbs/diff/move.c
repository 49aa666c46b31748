#include "diff/move.h"

#include <linux/if.h>
#include <string.h>

#include "base/mem.h"

/* As it will be once it has moved: down, bare, and nobody's port. */
static const struct link *
newcomer(const struct diff *d, const struct link *l)
{
	struct link *h = mem_get(d->plan->mem, sizeof(*h));

	*h = *planned(d->plan, l)->have;
	h->flags &= ~(uint32_t)(IFF_UP | IFF_RUNNING | IFF_LOWER_UP);
	h->master_index = 0;
	h->vlans = NULL;
	h->moved = true;
	(void)memset(h->said, 0, sizeof(h->said));
	return h;
}

bool
move_link(struct diff *d, const struct link *l)
{
	const struct link *h = planned(d->plan, l)->have;
	struct step *s;

	if (h->moved || h->ns == l->ns->have)
		return false;
	s = plan_add(d->plan, MOVES, MOVE_LINK, l->ns, l);
	s->raw = h->raw;
	s->was = h->name;
	s->from_ns = h->ns;
	if (d->ahead) {
		plan_bind(d->plan, l, newcomer(d, l));
		return false;
	}
	planned(d->plan, l)->index = 0;
	planned(d->plan, l)->why = "moving";
	return true;
}
