#include "run/running.h"

#include <dirent.h>
#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/if.h>
#include <linux/if_link.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "kernel/facts.h"
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

/* What has a device behind it is a NIC, and so is what tells nothing of itself. */
static const struct kind *
kind_in(const struct link *l)
{
	const struct kind *k = kind_of(l);

	if (k)
		return k;
	if (l->flags & IFF_LOOPBACK)
		return kind_named("loopback");
	return l->device || !l->info ? kind_named("nic") : NULL;
}

/* What the namespace being read calls the others, asked for once. */
struct ids {
	struct ids *next;
	uint32_t id;
	struct netns *ns;
};

static struct ids *
read_ids(struct reading *r)
{
	struct ids *all = NULL, *one;

	for (struct space *s = r->world->spaces; s; s = s->next) {
		one = mem_get(r->have->mem, sizeof(*one));
		*one = (struct ids) { all, facts_id(r, s), model_space(r->have, s->name, false) };
		all = one;
	}
	return all;
}

/* A veth's "parent" is its far end. */
static struct link *
far_end(struct reading *r, const struct link *l, struct ids **ids)
{
	const struct nlattr *a = link_attr(l, IFLA_LINK_NETNSID);

	if (!a || mnl_attr_get_payload_len(a) < sizeof(uint32_t))
		return model_indexed(l->ns, l->parent_index);
	if (!*ids)
		*ids = read_ids(r);
	for (const struct ids *i = *ids; i; i = i->next)
		if (i->ns && i->id == mnl_attr_get_u32(a))
			return model_indexed(i->ns, l->parent_index);
	return NULL;
}

/* Who has been found from the other end is not looked for again: veths are many. */
static void
join_ends(struct world *w, struct model *have, struct netns *n)
{
	struct reading r = { .world = w, .space = world_space(w, n->name), .ns = n, .have = have };
	struct ids *ids = NULL;

	for (struct link *o, *l = r.space ? have->links : NULL; l; l = l->next) {
		if (l->ns != n || !l->kind || !l->kind->far_end || l->peer)
			continue;
		o = far_end(&r, l, &ids);
		if (!o || o == l || o->kind != l->kind || o->parent_index != l->index)
			continue;
		l->peer = o;
		o->peer = l;
	}
}

static void
join(struct link *l)
{
	const struct netns *n = l->parent_ns ? l->parent_ns : l->ns;
	struct link *below = l->parent_index ? model_indexed(n, l->parent_index) : NULL;

	l->master = l->master_index ? model_indexed(l->ns, l->master_index) : NULL;
	l->parent = below != l && !(l->kind && l->kind->far_end) ? below : NULL;
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
finish(struct world *w, struct model *m)
{
	for (struct link *l = m->links; l; l = l->next)
		l->kind = kind_in(l);
	for (struct link *l = m->links; l; l = l->next)
		join(l);
	for (struct link *l = m->links; l; l = l->next) {
		read_values(l, m->mem);
		turn(&l->said[ADDRESS]);
	}
	for (struct netns *n = m->spaces; n; n = n->next)
		turn(&n->said[ROUTE]);
	for (struct netns *n = m->spaces; n; n = n->next)
		join_ends(w, m, n);
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
	if ((have = have_read(&world, mem, spaces, NULL)))
		finish(&world, have);
	return have;
}
