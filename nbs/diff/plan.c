#include "diff/plan.h"

#include <linux/if.h>

#include "base/mem.h"
#include "diff/order.h"
#include "key/type.h"
#include "model/link.h"

struct plan *
plan_new(struct mem *mem, const struct model *target, const struct model *found,
	const struct attempts *attempts)
{
	struct plan *p = mem_get(mem, sizeof(*p));

	*p = (struct plan) { .mem = mem, .target = target, .found = found, .attempts = attempts };
	for (int i = 0; i < PHASES; i++)
		p->last[i] = &p->first[i];
	p->last_finding = &p->findings;
	if (!target)
		return p;
	p->by_place = mem_get(mem, (target->count + 1) * sizeof(*p->by_place));
	p->links = mem_get(mem, (target->count + 1) * sizeof(*p->links));
	p->now = mem_get(mem, (target->count + 1) * sizeof(*p->now));
	p->spaces = mem_get(mem, target->nspaces * sizeof(const struct netns *));
	p->failed_spaces = mem_get(mem, target->nspaces);
	p->wanted_marks = mem_get(mem, target->nentries);
	p->found_marks = mem_get(mem, found->nentries);
	for (const struct link *l = target->links; l; l = l->next) {
		const struct attempt *a = attempts_of(attempts, attempt_link(l));

		p->by_place[l->place] = l;
		plan_bind(p, l, l->have);
		planned(p, l)->why = l->why;
		planned(p, l)->failed =
			l->refused || (a->refused && a->stamp == planned(p, l)->index);
	}
	for (const struct netns *n = target->spaces; n; n = n->next) {
		p->spaces[n->place] = n->have;
		const struct attempt *a = attempts_of(attempts, attempt_space(n));

		/* what stood in its place is looked at anew: see diff.c */
		p->failed_spaces[n->place] = a->refused && !a->stamp;
	}
	return p;
}

struct planned *
planned(const struct plan *p, const struct link *l)
{
	return &p->links[l->place];
}

void
plan_bind(struct plan *p, const struct link *l, const struct link *have)
{
	p->links[l->place].have = p->now[l->place] = have;
	p->links[l->place].index = have ? have->index : 0;
}

void
plan_promise(struct plan *p, const struct link *l, uint32_t index)
{
	struct link *later = mem_get(p->mem, sizeof(*later));

	*later = (struct link) { .name = l->name, .section = l->section, .index = index };
	p->now[l->place] = later;
	p->links[l->place].have = NULL;
	p->links[l->place].index = index;
}

static uint8_t *
marks_of(const struct plan *p, const struct phrase *e, enum mark m)
{
	return &(m <= COMING ? p->wanted_marks : p->found_marks)[e->place];
}

void
plan_mark(struct plan *p, const struct phrase *e, enum mark m)
{
	*marks_of(p, e, m) |= (uint8_t)m;
}

bool
plan_marked(const struct plan *p, const struct phrase *e, enum mark m)
{
	return *marks_of(p, e, m) & m;
}

bool
plan_space_failed(const struct plan *p, const struct netns *n)
{
	return p->failed_spaces[n->place];
}

const struct link *
plan_link(const struct plan *p, const struct link *l)
{
	return l ? p->now[l->place] : NULL;
}

struct phrase
plan_entry(const struct plan *p, const struct phrase *e, struct mem *mem)
{
	struct phrase now = *e;
	struct nexthop **hop = &now.hops;
	struct value **v = &now.vals;

	for (const struct nexthop *h = e->hops; h; h = h->next, hop = &(*hop)->next) {
		*hop = mem_get(mem, sizeof(**hop));
		**hop = *h;
		(*hop)->link = plan_link(p, h->link);
	}
	for (const struct value *from = e->topic == FDB ? e->vals : NULL; from; from = from->next) {
		*v = mem_get(mem, sizeof(**v));
		**v = *from;
		if (from->key->type == &type_link)
			(*v)->link = plan_link(p, from->link);
		v = &(*v)->next;
	}
	return now;
}

static uint32_t
stamp_link(const struct plan *p, const struct link *l)
{
	const struct link *h = l ? planned(p, l)->have : NULL;
	uint32_t n = 0;

	if (!h)
		return 0;
	for (const struct phrase *a = h->said[ADDRESS]; a; a = a->next)
		n++;
	return h->index * 31 + n * 7 + (h->flags & (IFF_UP | IFF_RUNNING | IFF_LOWER_UP));
}

uint32_t
plan_stamp(const struct plan *p, const struct phrase *e)
{
	uint32_t n = stamp_link(p, e->link) + 1;

	for (const struct nexthop *h = e->hops; h; h = h->next)
		n = n * 31 + stamp_link(p, h->link);
	return n + (uint32_t)e->until;
}

uint32_t
plan_stamp_sysctl(const struct netns *n, const struct sysctl *c)
{
	const struct sysctl *h = model_sysctl(n->have, c->path);

	return h && h->text ? 2 : 1;
}

static struct finding *
find(struct plan *p, uint64_t id, uint32_t stamp)
{
	struct finding *f = mem_get(p->mem, sizeof(*f));

	f->id = id;
	f->stamp = stamp;
	*p->last_finding = f;
	p->last_finding = &f->next;
	return f;
}

void
plan_find(struct plan *p, uint64_t id, uint32_t stamp, bool lost)
{
	find(p, id, stamp)->lost = lost;
}

void
plan_refuse(struct plan *p, uint64_t id, uint32_t stamp, struct origin at, const char *text)
{
	struct refusal *r = mem_get(p->mem, sizeof(*r));

	*r = (struct refusal) { at, text };
	find(p, id, stamp)->refusal = r;
}

void
plan_warn(struct plan *p, uint64_t id, struct origin at, const char *text)
{
	struct refusal *r = mem_get(p->mem, sizeof(*r));
	struct finding *f = find(p, id, 0);

	*r = (struct refusal) { at, text };
	f->refusal = r;
	f->warning = true;
}

void
plan_learn(struct attempts *attempts, const struct plan *p)
{
	for (const struct finding *f = p->findings; f; f = f->next) {
		struct attempt *a = attempts_note(attempts, f->id);

		if (f->refusal) {
			if (!f->warning) {
				a->refused = true;
				a->stamp = f->stamp;
			}
			if (!a->reported)
				(f->warning ? diag_warn : diag)(
					&f->refusal->at, "%s", f->refusal->text);
			a->reported = true;
		} else if (f->lost) {
			a->lost++;
		} else {
			a->accepted = a->refused = false;
			a->lost = 0;
		}
	}
	for (const struct link *l = p->target->links; l; l = l->next) {
		if (l->expanded)
			attempts_expand(attempts, l->section);
		if (l->have && (!l->saved || l->have->ns == l->ns->have))
			attempts_note(attempts,
				l->saved ? attempt_saved(l->section) : attempt_bound(l->section))
				->stamp = l->have->index;
	}
}

static struct step *
make(struct plan *p, enum phase phase, enum verb verb, const struct netns *ns, const struct link *l)
{
	struct step *s = mem_get(p->mem, sizeof(*s));

	s->verb = verb;
	s->phase = phase;
	s->ns = ns;
	s->link = l;
	if (l)
		s->at = model_at(l, NULL);
	p->n++;
	p->sorted = false;
	return s;
}

struct step *
plan_add(struct plan *p, enum phase phase, enum verb verb, const struct netns *ns,
	const struct link *l)
{
	struct step *s = make(p, phase, verb, ns, l);

	*p->last[phase] = s;
	p->last[phase] = &s->next;
	return s;
}

struct step *
plan_push(struct plan *p, enum phase phase, enum verb verb, const struct netns *ns,
	const struct link *l)
{
	struct step *s = make(p, phase, verb, ns, l);

	s->next = p->first[phase];
	p->first[phase] = s;
	if (!s->next)
		p->last[phase] = &s->next;
	return s;
}

/* Takes the steps of a phase out of it, behind those that were taken before. */
static size_t
gather(struct plan *p, enum phase phase, struct step **steps, size_t n)
{
	for (struct step *s = p->all; s; s = s->next)
		if (s->phase == phase)
			steps[n++] = s;
	for (struct step *s = p->first[phase]; s; s = s->next)
		steps[n++] = s;
	p->first[phase] = NULL;
	p->last[phase] = &p->first[phase];
	return n;
}

struct step *
plan_steps(struct plan *p)
{
	struct mem *mem;
	struct step **steps, **last = &p->all;
	size_t n = 0;

	if (p->sorted)
		return p->all;
	mem = mem_new();
	steps = mem_get(mem, p->n * sizeof(*steps));
	for (int i = 0; i < PHASES; i++)
		n = gather(p, (enum phase)i, steps, n);
	order_steps(p->target ? p : NULL, steps, n);
	for (size_t i = 0; i < n; i++) {
		*last = steps[i];
		last = &steps[i]->next;
	}
	*last = NULL;
	p->sorted = true;
	mem_free(mem);
	return p->all;
}
