#include "diff/plan.h"

#include "base/mem.h"

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
make(struct plan *p, enum verb verb, struct netns *ns, struct link *l)
{
	struct step *s = mem_get(p->mem, sizeof(*s));

	s->verb = verb;
	s->ns = ns;
	s->link = l;
	if (l)
		s->at = model_at(l, NULL);
	p->n++;
	return s;
}

struct step *
plan_add(struct plan *p, enum phase phase, enum verb verb, struct netns *ns, struct link *l)
{
	struct step *s = make(p, verb, ns, l);

	*p->last[phase] = s;
	p->last[phase] = &s->next;
	return s;
}

struct step *
plan_push(struct plan *p, enum phase phase, enum verb verb, struct netns *ns, struct link *l)
{
	struct step *s = make(p, verb, ns, l);

	s->next = p->first[phase];
	p->first[phase] = s;
	if (!s->next)
		p->last[phase] = &s->next;
	return s;
}

struct step *
plan_steps(struct plan *p)
{
	struct step *all = NULL, **last = &all;

	for (int i = 0; i < PHASES; i++) {
		if (!p->first[i])
			continue;
		*last = p->first[i];
		last = p->last[i];
	}
	return all;
}
