#include <string.h>

#include "base/mem.h"
#include "diff/ready.h"
#include "print/show.h"

/* A link of that name which is another than it should be, and stands in its place. */
static const struct link *
stands_for(const struct plan *p, const struct link *w)
{
	return planned(p, w)->anew && w->ns->have ? model_find(w->ns->have, w->name) : NULL;
}

/* A link of the machine is wanted by the one that is bound to it. */
static struct shown
shown(struct mem *mem, const struct plan *p, const struct link *have)
{
	struct shown s = { .have = have };

	for (const struct link *w = p->target->links; w && !s.want; w = w->next)
		if (!w->implied && (planned(p, w)->have == have || stands_for(p, w) == have))
			s.want = w;
	if (s.want)
		s.why = planned(p, s.want)->have ? ready_link(mem, p, s.want)
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
append_missing(struct shown **last, struct mem *mem, const struct plan *p, const struct netns *n)
{
	for (const struct link *w = n ? p->target->links : NULL; w; w = w->next)
		if (w->ns == n && !planned(p, w)->have && !w->implied && is_awaited(w) &&
			!stands_for(p, w))
			last = append(last, mem,
				(struct shown) { .want = w, .why = ready_link(mem, p, w) });
	return last;
}

struct shown *
show_links(struct mem *mem, const struct plan *p)
{
	struct shown *all = NULL, **last = &all;

	for (const struct netns *n = p->found->spaces; n; n = n->next) {
		for (const struct link *h = p->found->links; h; h = h->next) {
			if (h->ns != n)
				continue;
			last = append(last, mem, shown(mem, p, h));
		}
		last = append_missing(last, mem, p, model_netns(p->target, n->name));
	}
	for (const struct netns *n = p->target->spaces; n; n = n->next)
		if (!n->have)
			last = append_missing(last, mem, p, n);
	return all;
}
