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

/* Room for half as many again as there are, at least. */
static void
start(struct index *x, struct mem *mem, size_t n)
{
	x->size = 16;
	while (x->size < n + n / 2)
		x->size *= 2;
	x->slots = mem_get(mem, x->size * sizeof(*x->slots));
}

/* The last one of a list is found first, as if it stood before the others. */
static void
add(struct index *x, const struct phrase *p)
{
	for (; p; p = p->next) {
		const struct phrase *q = p, *other;

		for (size_t i = phrase_hash(p); q; i++) {
			other = x->slots[i & (x->size - 1)];
			if (!other || phrase_hash(other) == phrase_hash(q)) {
				x->slots[i & (x->size - 1)] = q;
				q = other;
			}
		}
	}
}

void
index_list(struct index *x, struct mem *mem, const struct phrase *p)
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
	for (const struct netns *s = m->spaces; s; s = s->next)
		add(x, s->said[t]);
	for (const struct link *l = m->links; l; l = l->next)
		add(x, l->said[t]);
}

const struct phrase *
index_find(const struct index *x, const struct phrase *p, const char *space)
{
	const struct phrase *f;

	for (size_t i = phrase_hash(p); (f = x->slots[i & (x->size - 1)]); i++)
		if (!(f->ns && strcmp(f->ns->name, space) != 0) && phrase_same(p, f))
			return f;
	return NULL;
}

const struct phrase *
index_before(const struct index *x, const struct phrase *p)
{
	size_t i = phrase_hash(p), mask = x->size - 1;
	const struct phrase *f;

	while (x->slots[i & mask] != p)
		i++;
	do
		f = x->slots[++i & mask];
	while (f && phrase_hash(f) != phrase_hash(p));
	return f;
}
