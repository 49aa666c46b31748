#include "diff/move.h"

#include <linux/if.h>
#include <string.h>

#include "base/mem.h"

/* As it will be once it has moved: down, bare, and nobody's port. */
static struct link *
newcomer(struct diff *d, const struct link *l)
{
	struct link *h = mem_get(d->plan->mem, sizeof(*h));

	*h = *l->have;
	h->ns = l->ns->have;
	h->flags &= ~(uint32_t)(IFF_UP | IFF_RUNNING | IFF_LOWER_UP);
	h->master_index = 0;
	h->vlans = NULL;
	h->moved = true;
	(void)memset(h->said, 0, sizeof(h->said));
	return h;
}

bool
move_link(struct diff *d, struct link *l)
{
	struct step *s;

	if (l->have->moved || l->have->ns == l->ns->have)
		return false;
	s = plan_add(d->plan, MOVES, MOVE_LINK, l->ns, l);
	s->raw = l->have->raw;
	s->was = l->have->name;
	s->from_ns = l->have->ns;
	if (d->want->ahead) {
		l->have = newcomer(d, l);
		return false;
	}
	l->index = 0;
	l->why = "moving";
	return true;
}
