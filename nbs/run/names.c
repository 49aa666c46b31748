#include "run/names.h"

#include "diff/diff.h"
#include "diff/ready.h"
#include "state/resolv.h"

/*
 * Names are in files of the root, which may be on the very network that a hold mends: a life
 * time that does not end is for such a root.  Where its server has fallen silent, or another has
 * and not all is ready, the root may be out of reach, and who touches it waits.
 */
static bool
may_touch_names(struct run *r)
{
	bool there = false;

	for (const struct link *l = r->paced ? r->plan->target->links : NULL; l; l = l->next) {
		if (!value_num(l->vals, "dhcp-lifetime", 0))
			continue;
		if (l->asking && l->names)
			return false;
		there = true;
	}
	return !there || !r->lost || !ready(r->round, r->plan, false, NULL, NULL);
}

void
names_restore(struct run *r)
{
	if (may_touch_names(r))
		resolv_restore(&r->state, r->plan->target);
}

/* Where others change them again and again, two who never rest would be one too many. */
static bool
is_fight(struct run *r)
{
	enum { TIMES = 3, WITHIN = 60000 }; /* ms */
	long long now = loop_now();

	r->mends = now - r->mended > WITHIN ? 1 : r->mends + 1;
	r->mended = now;
	if (r->mends == TIMES + 1)
		diag_warn(
			NULL, "resolv.conf: others change it again and again; it is left to them");
	return r->mends > TIMES;
}

void
names_look(struct run *r)
{
	struct plan *p = r->plan;

	r->touched = loop_file_touched() || r->touched;
	r->named = r->named && !r->news && !r->touched;
	if (r->news)
		r->lost = r->news == LOST;
	if (!r->paced || p->n || r->named || !may_touch_names(r))
		return;
	for (const struct netns *n = r->found->spaces; n; n = n->next)
		loop_watch_file(model_resolv(p->target, n, r->round));
	resolv_read(r->found, p->target);
	if (!r->touched || !is_fight(r))
		diff_late(p);
	r->touched = false;
	r->named = !p->n;
	if (r->named && r->steady)
		resolv_restore(&r->state, p->target);
}
