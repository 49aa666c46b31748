#include "diff/plan.h"

#include "base/mem.h"
#include "diff/order.h"

struct plan *
plan_new(struct mem *mem)
{
	struct plan *p = mem_get(mem, sizeof(*p));

	p->mem = mem;
	for (int i = 0; i < PHASES; i++)
		p->last[i] = &p->first[i];
	return p;
}

static struct step *
make(struct plan *p, enum phase phase, enum verb verb, struct netns *ns, struct link *l)
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
plan_add(struct plan *p, enum phase phase, enum verb verb, struct netns *ns, struct link *l)
{
	struct step *s = make(p, phase, verb, ns, l);

	*p->last[phase] = s;
	p->last[phase] = &s->next;
	return s;
}

struct step *
plan_push(struct plan *p, enum phase phase, enum verb verb, struct netns *ns, struct link *l)
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
	order_steps(steps, n);
	for (size_t i = 0; i < n; i++) {
		*last = steps[i];
		last = &steps[i]->next;
	}
	*last = NULL;
	p->sorted = true;
	mem_free(mem);
	return p->all;
}
