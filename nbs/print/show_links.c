#include <string.h>

#include "base/mem.h"
#include "diff/ready.h"
#include "print/show.h"

/* A link of that name which is another than it should be, and stands in its place. */
static const struct link *
stands_for(const struct link *w)
{
	return w->anew && w->ns->have ? model_find(w->ns->have, w->name) : NULL;
}

/* A link of the machine is wanted by the one that is bound to it. */
static struct shown
shown(struct mem *mem, const struct model *want, const struct link *have)
{
	struct shown s = { .have = have };

	for (const struct link *w = want->links; w && !s.want; w = w->next)
		if (!w->implied && (w->have == have || stands_for(w) == have))
			s.want = w;
	if (s.want)
		s.why = s.want->have ? ready_link(mem, want, s.want)
		                     : "another link than what is applied";
	return s;
}

/* A pattern stands for no link of its own, unless it is for one only. */
static bool
is_awaited(const struct link *w)
{
	return !w->template || (value_num(w->vals, "single", 0) && !w->taken);
}

/* Appends one, at *last; returns where the next one goes. */
static struct shown **
append(struct shown **last, struct mem *mem, struct shown s)
{
	*last = mem_get(mem, sizeof(**last));
	**last = s;
	return &(*last)->next;
}

/* What is wanted of a namespace, which may be NULL, and is not there. */
static struct shown **
append_missing(
	struct shown **last, struct mem *mem, const struct model *want, const struct netns *n)
{
	for (const struct link *w = n ? want->links : NULL; w; w = w->next)
		if (w->ns == n && !w->have && !w->implied && !w->instead && is_awaited(w) &&
			!stands_for(w))
			last = append(last, mem,
				(struct shown) { .want = w, .why = ready_link(mem, want, w) });
	return last;
}

struct shown *
show_links(struct mem *mem, const struct model *want, const struct model *have)
{
	struct shown *all = NULL, **last = &all;

	for (const struct netns *n = have->spaces; n; n = n->next) {
		for (const struct link *h = have->links; h; h = h->next) {
			if (h->ns != n)
				continue;
			last = append(last, mem, shown(mem, want, h));
		}
		last = append_missing(
			last, mem, want, model_space((struct model *)want, n->name, false));
	}
	for (const struct netns *n = want->spaces; n; n = n->next)
		if (!n->have)
			last = append_missing(last, mem, want, n);
	return all;
}
