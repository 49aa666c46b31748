/* The order of sections: what stands on others after them, the far end of a veth beside it. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "dump/parts.h"
#include "kind/kind.h"

static bool
lift(struct link *l, const struct link *below)
{
	if (!l || !below || l->mark > below->mark)
		return false;
	l->mark = below->mark + 1;
	return true;
}

/* How high each link stands: above its parent and its ports.  Nothing stands deeper than this. */
static void
find_heights(const struct model *m)
{
	enum { DEEPEST = 64 };
	bool more = true;

	for (struct link *l = m->links; l; l = l->next)
		l->mark = 0;
	for (unsigned i = 0; more && i < DEEPEST; i++) {
		more = false;
		for (struct link *l = m->links; l; l = l->next) {
			more = lift(l, l->parent) || more;
			more = lift(l->master, l) || more;
		}
	}
}

static size_t
place_of_kind(const struct link *l)
{
	size_t i = 0;

	while (i < kinds_len && kinds[i] != l->kind)
		i++;
	return i;
}

/* By number where both have one: eth9 before eth10. */
static int
compare_names(const char *a, const char *b)
{
	size_t n = 0;
	unsigned long x, y;

	while (a[n] && a[n] == b[n])
		n++;
	while (n && a[n - 1] >= '0' && a[n - 1] <= '9')
		n--;
	x = strtoul(a + n, NULL, 10);
	y = strtoul(b + n, NULL, 10);
	if (x == y || a[n] < '0' || a[n] > '9' || b[n] < '0' || b[n] > '9')
		return strcmp(a, b);
	return x < y ? -1 : 1;
}

/* A far end is where its near end is. */
static const struct link *
near(const struct link *l)
{
	return l->peer && l->kind->made_by_peer ? l->peer : l;
}

static int
compare_links(const struct link *a, const struct link *b)
{
	if (a->ns != b->ns)
		return !*a->ns->name ? -1 : !*b->ns->name ? 1 : strcmp(a->ns->name, b->ns->name);
	if (a->mark != b->mark)
		return a->mark < b->mark ? -1 : 1;
	if (a->kind != b->kind)
		return place_of_kind(a) < place_of_kind(b) ? -1 : 1;
	return compare_names(a->name, b->name);
}

static int
compare(const void *a, const void *b)
{
	const struct link *x = *(const struct link *const *)a, *y = *(const struct link *const *)b;

	if (near(x) == near(y))
		return near(x) == x ? -1 : 1;
	return compare_links(near(x), near(y));
}

void
dump_order(struct model *m)
{
	struct link **all = mem_get(m->mem, m->count * sizeof(struct link *));
	size_t n = 0;

	find_heights(m);
	for (struct link *l = m->links; l; l = l->next)
		all[n++] = l;
	qsort(all, n, sizeof(struct link *), compare);
	m->last = &m->links;
	for (size_t i = 0; i < n; i++) {
		*m->last = all[i];
		m->last = &all[i]->next;
	}
	*m->last = NULL;
}
