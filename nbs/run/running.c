#include "run/running.h"

#include <dirent.h>
#include <errno.h>
#include <linux/if.h>
#include <linux/if_link.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "kernel/have.h"
#include "kind/kind.h"
#include "model/link.h"

static bool
can_enter(struct world *w, const char *name)
{
	const struct origin o = { NULL, 0, name, NULL };

	if (world_space(w, name))
		return true;
	if (errno == EPERM || errno == EACCES)
		diag_warn(&o, "is there, and only root sees what is in it");
	else
		diag_warn(&o, "left out: %s", strerror(errno));
	return false;
}

void
running_spaces(struct world *w, struct model *m)
{
	struct dirent **files;
	int n = scandir("/run/netns", &files, NULL, alphasort);

	for (int i = 0; i < n; i++) {
		const char *name = files[i]->d_name;

		if (*name != '.' && can_enter(w, name))
			(void)model_space(m, name, true); /* kept in m->spaces */
		free(files[i]);
	}
	if (n >= 0)
		free(files);
}

/* The link that another tells of as the one it is on, or as its far end. */
static struct link *
below(const struct link *l)
{
	if (!l->parent_index)
		return NULL;
	if (l->parent_ns)
		return model_indexed(l->parent_ns, l->parent_index);
	return link_attr(l, IFLA_LINK_NETNSID) ? NULL : model_indexed(l->ns, l->parent_index);
}

static void
join(struct link *l)
{
	struct link *other = below(l);

	l->master = l->master_index ? model_indexed(l->ns, l->master_index) : NULL;
	if (other == l)
		return;
	if (l->kind && l->kind->far_end)
		l->peer = other && other->kind == l->kind ? other : NULL;
	else
		l->parent = other;
}

static void
read_values(struct link *l, struct mem *mem)
{
	const struct table *tables[3];
	struct value v, *copy;

	link_tables(l, tables);
	for (size_t t = 0; t < LEN(tables); t++)
		for (size_t i = 0; tables[t] && i < tables[t]->n; i++) {
			if (!link_read(l, &tables[t]->keys[i], &v, mem))
				continue;
			copy = mem_get(mem, sizeof(*copy));
			*copy = v;
			copy->next = l->vals;
			l->vals = copy;
		}
}

/* What was read last is the first. */
static void
turn(struct phrase **list)
{
	struct phrase *p = *list, *next;

	for (*list = NULL; p; p = next) {
		next = p->next;
		p->next = *list;
		*list = p;
	}
}

static void
finish(struct model *m)
{
	for (struct link *l = m->links; l; l = l->next)
		l->kind = kind_given(l);
	for (struct link *l = m->links; l; l = l->next)
		join(l);
	for (struct link *l = m->links; l; l = l->next) {
		read_values(l, m->mem);
		turn(&l->said[ADDRESS]);
	}
	for (struct netns *n = m->spaces; n; n = n->next)
		turn(&n->said[ROUTE]);
}

struct model *
running_read(struct mem *mem)
{
	struct model *have, *spaces = model_new(mem);
	struct world world;

	if (world_open(&world) < 0) {
		diag(NULL, "netlink: %s", strerror(errno));
		return NULL;
	}
	running_spaces(&world, spaces);
	if ((have = have_read_all(&world, mem, spaces)))
		finish(have);
	return have;
}
