/* Some links of a file, with what they stand on or what stands on them. */
#include <string.h>

#include "base/mem.h"
#include "model/link.h"
#include "target/target.h"

static void
choose_needed(bool *chosen, const struct link *l)
{
	const struct value *ports;

	if (!l || chosen[l->place])
		return;
	chosen[l->place] = true;
	choose_needed(chosen, l->parent);
	choose_needed(chosen, l->peer);
	if ((ports = link_value(l, "ports")))
		for (const struct value *v = ports->items; v; v = v->next)
			choose_needed(chosen, v->link);
	for (const struct phrase *p = l->said[ROUTE]; p; p = p->next)
		for (const struct nexthop *h = p->hops; h; h = h->next)
			choose_needed(chosen, h->link);
}

int
target_only(struct mem *mem, struct choice *c, const struct model *file, char *const *names)
{
	bool *chosen = mem_get(mem, file->count + 1);

	for (; *names; names++) {
		const struct link *l = model_named(file, *names);

		if (!l) {
			diag(NULL, "'%s': no such link in the file", *names);
			return -1;
		}
		choose_needed(chosen, l);
	}
	*c = (struct choice) { chosen, true };
	return 0;
}

/* Leaves out what stands on a link that is left out, and far ends; true if there was any. */
static bool
spread(bool *chosen, const struct model *m)
{
	bool more = false;

	for (const struct link *l = m->links; l; l = l->next)
		if (chosen[l->place] && ((l->parent && !chosen[l->parent->place]) ||
						(l->peer && !chosen[l->peer->place]))) {
			chosen[l->place] = false;
			more = true;
		}
	return more;
}

/* Who names a link may not think of all that goes with it. */
static void
tell_others(const bool *chosen, const struct model *m, char *const *names)
{
	for (const struct link *l = m->links; l; l = l->next) {
		const struct origin o = { NULL, 0, l->section, NULL };
		char *const *n = names;

		while (*n && model_named(m, *n) != l)
			n++;
		if (*n || chosen[l->place])
			continue;
		if (l->parent && !chosen[l->parent->place])
			diag_warn(&o, "goes with %s, on which it stands", l->parent->section);
		else if (l->peer)
			diag_warn(&o, "goes with %s, whose far end it is", l->peer->section);
	}
}

int
target_without(struct mem *mem, struct choice *c, const struct model *m, char *const *names)
{
	bool *chosen = mem_get(mem, m->count + 1);

	(void)memset(chosen, true, m->count);
	for (char *const *n = names; *n; n++) {
		const struct link *l = model_named(m, *n);

		if (!l) {
			diag(NULL, "'%s': no such link is applied", *n);
			return -1;
		}
		chosen[l->place] = false;
	}
	while (spread(chosen, m))
		;
	tell_others(chosen, m, names);
	*c = (struct choice) { chosen, false };
	return 0;
}
