#include "model/index.h"

#include <string.h>

#include "base/mem.h"
#include "model/phrase.h"

static size_t
count(const struct phrase *p)
{
	size_t n = 0;

	for (; p; p = p->next)
		n++;
	return n;
}

/* Room for twice as many as there are, a power of two. */
static void
start(struct index *x, struct mem *mem, size_t n)
{
	x->size = 16;
	while (x->size < 2 * n)
		x->size *= 2;
	x->slots = mem_get(mem, x->size * sizeof(struct phrase *));
}

static void
add(struct index *x, struct phrase *p)
{
	struct phrase **slot;

	for (; p; p = p->next) {
		slot = &x->slots[phrase_hash(p) & (x->size - 1)];
		p->chain = *slot;
		*slot = p;
	}
}

void
index_list(struct index *x, struct mem *mem, struct phrase *p)
{
	start(x, mem, count(p));
	add(x, p);
}

void
index_model(struct index *x, struct mem *mem, const struct model *m, enum topic t)
{
	size_t n = 0;

	for (const struct netns *s = m->spaces; s; s = s->next)
		n += count(s->said[t]);
	for (const struct link *l = m->links; l; l = l->next)
		n += count(l->said[t]);
	start(x, mem, n);
	for (struct netns *s = m->spaces; s; s = s->next)
		add(x, s->said[t]);
	for (struct link *l = m->links; l; l = l->next)
		add(x, l->said[t]);
}

struct phrase *
index_find(const struct index *x, const struct phrase *p, const char *space)
{
	struct phrase *f = x->slots[phrase_hash(p) & (x->size - 1)];

	while (f && ((f->ns && strcmp(f->ns->name, space) != 0) || !phrase_same(p, f)))
		f = f->chain;
	return f;
}
