#include "diff/diff.h"

#include <net/if.h>
#include <string.h>

#include "base/mem.h"
#include "diff/bind.h"
#include "model/phrase.h"

/* Room for twice the routes there are, a power of two. */
static size_t
buckets_for(const struct model *have)
{
	size_t n = 0, size = 16;

	for (const struct netns *s = have->spaces; s; s = s->next)
		for (const struct phrase *p = s->said[ROUTE]; p; p = p->next)
			n++;
	while (size < 2 * n)
		size *= 2;
	return size;
}

/* Routes are many: they are found by hash, the rest by looking through the link's own. */
static void
index_routes(struct diff *d)
{
	size_t i;

	d->buckets = buckets_for(d->have);
	d->routes = mem_get(d->plan->mem, d->buckets * sizeof(*d->routes));
	for (struct netns *s = d->have->spaces; s; s = s->next)
		for (struct phrase *p = s->said[ROUTE]; p; p = p->next) {
			i = phrase_hash(p) & (d->buckets - 1);
			p->chain = d->routes[i];
			d->routes[i] = p;
		}
}

static struct phrase *
find_route(struct diff *d, const struct phrase *want)
{
	struct phrase *p = d->routes[phrase_hash(want) & (d->buckets - 1)];

	while (p && (p->ns != want->ns->have || !phrase_same(want, p)))
		p = p->chain;
	return p;
}

struct phrase *
diff_find(struct diff *d, const struct phrase *want)
{
	struct phrase *p;

	if (!want->ns->have)
		return NULL;
	if (want->topic == ROUTE)
		return find_route(d, want);
	if (want->topic == RULE)
		p = want->ns->have->said[RULE];
	else
		p = want->link->have ? want->link->have->said[want->topic] : NULL;
	while (p && !phrase_same(want, p))
		p = p->next;
	return p;
}

bool
diff_up(const struct link *l)
{
	return l->index && (l->raising || (l->have && l->have->flags & IFF_UP && !l->lowering));
}

void
diff_spaces(struct diff *d)
{
	for (struct netns *n = d->want->spaces; n; n = n->next) {
		n->last_index = n->have ? n->have->last_index : 1; /* LOOPBACK_IFINDEX */
		if (n->have || n->failed)
			continue;
		n->made = true;
		plan_add(d->plan, SPACES, MAKE_SPACE, n, NULL)->at =
			(struct origin) { n->file, n->line, n->name, NULL };
	}
}

struct plan *
diff(struct mem *mem, struct model *want, struct model *have, const struct model *applied, bool keep)
{
	struct diff d = { plan_new(mem), want, have, applied, keep, NULL, 0 };

	bind_links(want, have);
	index_routes(&d);
	diff_spaces(&d);
	diff_links(&d);
	diff_said(&d);
	diff_sysctls(&d);
	diff_names(&d);
	if (applied && !keep)
		diff_undo(&d);
	return d.plan;
}
