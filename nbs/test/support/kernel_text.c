/* All that a made-up kernel holds, as sorted lines: for comparing two of them. */
#include <linux/if.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/phrase.h"
#include "test/support/kernel_parts.h"

/* Lines as they come. */
struct lines {
	struct mem *mem;
	const char **all;
	size_t n, room;
};

static void
add(struct lines *l, const char *line)
{
	const char **more;

	if (l->n == l->room) {
		l->room = l->room ? l->room * 2 : 64;
		more = mem_get(l->mem, l->room * sizeof(*more));
		if (l->n)
			(void)memcpy(more, l->all, l->n * sizeof(*more));
		l->all = more;
	}
	l->all[l->n++] = line;
}

static const char *
name_of(struct kernel *k, const struct place *at, uint32_t index)
{
	const struct device *d = index ? kernel_indexed(k, at, index) : NULL;

	return d ? d->name : "-";
}

static void
add_device(struct lines *l, struct kernel *k, const struct device *d)
{
	const char *name = mem_printf(l->mem, "%s/%s", d->at->name, d->name);

	add(l, mem_printf(l->mem, "%s: %s on %s, port of %s, %s", name, d->info,
		       name_of(k, d->parent_at ? d->parent_at : d->at, d->parent),
		       name_of(k, d->at, d->master), d->flags & IFF_UP ? "up" : "down"));
	for (const struct attribute *a = d->attrs; a; a = a->next)
		add(l, mem_printf(l->mem, "%s: %d.%d %08x", name, (int)a->home, a->attr,
			       text_hash(a->data, a->len)));
	for (unsigned v = 0; v < VLANS; v++)
		if (d->vlans[v])
			add(l, mem_printf(l->mem, "%s: VLAN %u %u", name, v, d->vlans[v]));
}

static void
add_said(struct lines *l, const char *where, struct phrase *const said[TOPICS])
{
	for (enum topic t = ADDRESS; t < TOPICS; t++)
		for (const struct phrase *p = said[t]; p; p = p->next)
			add(l, mem_printf(l->mem, "%s: %s %s", where, phrase_topic(t),
				       phrase_text(p, l->mem)));
}

static int
compare(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char *
kernel_text(struct kernel *k, struct mem *mem)
{
	struct lines l = { .mem = mem };
	struct model *have = kernel_have(k, mem);
	struct mem_stream s;
	FILE *f = mem_open(&s);

	for (const struct device *d = k->devices; d; d = d->next)
		add_device(&l, k, d);
	for (const struct link *h = have->links; h; h = h->next)
		add_said(&l, mem_printf(mem, "%s/%s", h->ns->name, h->name), h->said);
	for (const struct netns *n = have->spaces; n; n = n->next)
		add_said(&l, n->name, n->said);
	for (const struct place *p = k->places; p; p = p->next) {
		add(&l, mem_printf(mem, "netns %s", p->name));
		for (const struct sysctl *c = p->sysctls; c; c = c->next)
			add(&l, mem_printf(mem, "%s: %s=%.*s", p->name, c->path,
					(int)strcspn(c->text, "\n"), c->text));
	}
	qsort(l.all, l.n, sizeof(*l.all), compare);
	for (size_t i = 0; i < l.n; i++)
		(void)fprintf(f, "%s\n", l.all[i]);
	return mem_close(&s, mem);
}
