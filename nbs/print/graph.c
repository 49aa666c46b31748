#include "print/graph.h"

#include "base/mem.h"
#include "print/dot.h"
#include "print/node.h"

struct graph {
	FILE *f;
	const struct model *m;
	const struct way *ways;
	struct mem *mem; /* of one link */
};

/* How it looks: sparing of colours, so that it does on paper, too. */
static const char head[] =
	"graph {\n"
	"\tgraph [fontname=\"Helvetica,Arial,sans-serif\", fontsize=12, nodesep=0.3, ranksep=0.45];\n"
	"\tnode [fontname=\"Helvetica,Arial,sans-serif\", fontsize=12, shape=box,\n"
	"\t\tstyle=\"rounded,filled\", fillcolor=white, color=\"#777777\"];\n"
	"\tedge [fontname=\"Helvetica,Arial,sans-serif\", fontsize=9, color=\"#777777\"];\n";

static bool
is_drawn_in(const struct link *l, const struct netns *n)
{
	return l->ns == n && node_is_drawn(l);
}

/* The NICs of a namespace are side by side, and in nbs's own below all else. */
static void
nodes(struct graph *g, const struct netns *n, bool nics, const char *indent)
{
	for (const struct link *l = g->m->links; l; l = l->next) {
		if (!is_drawn_in(l, n) || node_is_nic(l) != nics)
			continue;
		(void)fputs(indent, g->f);
		node_print(g->f, l, g->ways, g->mem);
		mem_reset(g->mem);
	}
}

static bool
has_links(const struct model *m, const struct netns *n, bool nics)
{
	for (const struct link *l = m->links; l; l = l->next)
		if (is_drawn_in(l, n) && (!nics || node_is_nic(l)))
			return true;
	return false;
}

static void
own(struct graph *g, const struct netns *n)
{
	if (has_links(g->m, n, true)) {
		(void)fputs("\t{\n\t\trank=sink;\n", g->f);
		nodes(g, n, true, "\t\t");
		(void)fputs("\t}\n", g->f);
	}
	nodes(g, n, false, "\t");
}

/* Without anything in it, a box would not be drawn. */
static void
box(struct graph *g, const struct netns *n)
{
	(void)fputs("\tsubgraph ", g->f);
	dot_name(g->f, "cluster_", n->name);
	(void)fputs(" {\n\t\tlabel=<<b>", g->f);
	dot_text(g->f, n->name);
	(void)fputs("</b>>; labeljust=l; style=\"rounded,filled\"; fillcolor=\"#faf6e8\"; "
		    "color=\"#c8b878\";\n",
		g->f);
	nodes(g, n, true, "\t\t");
	nodes(g, n, false, "\t\t");
	if (!has_links(g->m, n, false)) {
		(void)fputs("\t\t", g->f);
		dot_name(g->f, n->name, "/");
		(void)fputs(" [style=invis, label=\"\"];\n", g->f);
	}
	(void)fputs("\t}\n", g->f);
}

/* Of the two ends of a veth, the upper one is that of the namespace further in. */
static bool
is_upper_end(const struct link *l)
{
	const struct link *o = l->peer;

	if (!l->master != !o->master)
		return !l->master;
	if (!*l->ns->name != !*o->ns->name)
		return *l->ns->name;
	return l->place > o->place;
}

/* True when a way down to a NIC, or out of the namespace, leads through the link. */
static bool
leads_down(const struct model *m, const struct link *l, unsigned depth)
{
	if (!depth)
		return false;
	if (node_is_nic(l) || l->parent)
		return true;
	if (l->peer)
		return is_upper_end(l);
	for (const struct link *p = !l->kind || l->kind->ports ? m->links : NULL; p; p = p->next)
		if (p->master == l && leads_down(m, p, depth - 1))
			return true;
	return false;
}

static void
edge(struct graph *g, const struct link *upper, const struct link *lower)
{
	(void)fputc('\t', g->f);
	dot_name(g->f, upper->section, "");
	(void)fputs(" -- ", g->f);
	dot_name(g->f, lower->section, "");
}

/* What leads to a NIC hangs below its master, what leads to a guest stands above it. */
static void
join(struct graph *g, const struct link *port)
{
	enum { DEEPEST = 32 }; /* more than the kernel lets links stand on each other */
	const char *vlans = node_vlans(port, g->mem);

	if (leads_down(g->m, port, DEEPEST))
		edge(g, port->master, port);
	else
		edge(g, port, port->master);
	if (*vlans)
		(void)fprintf(g->f, " [label=\"  %s\\l\"]", vlans);
	(void)fputs(";\n", g->f);
	mem_reset(g->mem);
}

static void
edges(struct graph *g)
{
	for (const struct link *l = g->m->links; l; l = l->next) {
		if (l->parent) {
			edge(g, l, l->parent);
			(void)fputs(";\n", g->f);
		}
		if (l->master)
			join(g, l);
		if (l->peer && is_upper_end(l)) {
			edge(g, l, l->peer);
			(void)fputs(" [style=bold];\n", g->f);
		}
	}
}

static const char *
hostname(const struct model *m)
{
	const struct value *v = value_named(m->vals, "hostname");

	return v ? v->text : m->hostname ? m->hostname : "";
}

void
print_graph(FILE *f, const struct model *m)
{
	struct mem *all = mem_new();
	struct graph g = { f, m, node_ways(m, all), mem_new() };

	(void)fputs(head, f);
	if (*hostname(m)) {
		(void)fputs("\tlabel=<<b>", f);
		dot_text(f, hostname(m));
		(void)fputs("</b>>; labelloc=t;\n", f);
	}
	own(&g, m->spaces);
	for (const struct netns *n = m->spaces->next; n; n = n->next)
		box(&g, n);
	edges(&g);
	(void)fputs("}\n", f);
	mem_free(g.mem);
	mem_free(all);
}
