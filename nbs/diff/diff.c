#include "diff/diff.h"

#include "base/mem.h"
#include "diff/group.h"
#include "diff/lower.h"
#include "diff/parts.h"

static void
spaces(struct diff *d)
{
	for (const struct netns *n = d->want->spaces; n; n = n->next) {
		const struct obstacle *o = n->have ? NULL : map_get(&d->have->obstacles, n->name);
		const struct origin at = { n->file, n->line, n->name, NULL };
		struct step *s;

		d->last_index[n->place] = n->have ? n->have->last_index : 1; /* LOOPBACK_IFINDEX */
		if (o && o->what) {
			plan_refuse(d->plan, attempt_space(n), 1, at,
				mem_printf(d->plan->mem, "%s is %s", o->path, o->what));
			d->plan->failed_spaces[n->place] = true;
		}
		if (n->have || plan_space_failed(d->plan, n))
			continue;
		s = plan_add(d->plan, SPACES, MAKE_SPACE, n, NULL);
		s->at = at;
		s->path = o ? o->path : NULL;
	}
}

struct plan *
diff(struct mem *mem, const struct compared *c)
{
	const struct model *t = c->target;
	struct diff d = { .mem = mem_new(),
		.plan = plan_new(mem, t, c->found, c->attempts),
		.want = t,
		.have = c->found,
		.applied = c->applied,
		.keep = c->keep,
		.ahead = c->ahead,
		.last_index = mem_get(mem, t->nspaces * sizeof(*d.last_index)) };

	index_model(&d.routes, mem, d.have, ROUTE);
	spaces(&d);
	if (d.applied && !c->keep)
		diff_let_go(&d);
	diff_links(&d);
	diff_said(&d);
	diff_settings(&d);
	diff_names(&d);
	if (d.applied)
		diff_undo(&d);
	diff_port_addresses(&d);
	lower_keep(&d);
	lower_settle(&d);
	group_drops(&d);
	mem_free(d.mem);
	return d.plan;
}
