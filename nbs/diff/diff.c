#include "diff/diff.h"

#include "diff/bind.h"
#include "diff/group.h"
#include "diff/lower.h"
#include "diff/parts.h"
#include "diff/seek.h"

static void
spaces(struct diff *d)
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
diff(struct mem *mem, struct model *want, struct model *have, const struct model *applied,
	bool keep)
{
	struct diff d = { .plan = plan_new(mem), .want = want, .have = have, .applied = applied };

	bind_links(want, have);
	seek_index(&d);
	spaces(&d);
	if (applied && !keep)
		diff_let_go(&d);
	diff_links(&d);
	diff_said(&d);
	diff_settings(&d);
	diff_names(&d);
	if (applied && !keep)
		diff_undo(&d);
	lower_keep(&d);
	lower_settle(&d);
	group_drops(&d);
	return d.plan;
}
