#include <string.h>

#include "base/mem.h"
#include "diff/ready.h"
#include "print/show.h"

/* A link of the machine is wanted by the one that is bound to it. */
static const struct link *
wanted_by(const struct model *want, const struct link *have)
{
	for (const struct link *w = want->links; w; w = w->next)
		if (w->have == have && !w->implied)
			return w;
	return NULL;
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

struct shown *
show_links(struct mem *mem, const struct model *want, const struct model *have)
{
	struct shown *all = NULL, **last = &all, s;

	for (const struct netns *n = have->spaces; n; n = n->next) {
		for (const struct link *h = have->links; h; h = h->next) {
			s = (struct shown) { .have = h, .want = wanted_by(want, h) };
			s.why = s.want ? ready_link(mem, want, s.want) : NULL;
			if (h->ns == n)
				last = append(last, mem, s);
		}
		for (const struct link *w = want->links; w; w = w->next) {
			s = (struct shown) { .want = w, .why = ready_link(mem, want, w) };
			if (!w->have && !w->implied && !strcmp(w->ns->name, n->name) &&
				is_awaited(w))
				last = append(last, mem, s);
		}
	}
	return all;
}
