#include "model/model.h"

#include <string.h>

#include "base/mem.h"
#include "model/phrase.h"

struct model *
model_new(struct mem *mem)
{
	struct model *m = mem_get(mem, sizeof(*m));

	m->mem = mem;
	m->last = &m->links;
	(void)model_space(m, "", true); /* kept in m->spaces */
	return m;
}

struct netns *
model_space(struct model *m, const char *name, bool add)
{
	struct netns **n;

	for (n = &m->spaces; *n; n = &(*n)->next)
		if (!strcmp((*n)->name, name))
			return *n;
	if (!add)
		return NULL;
	*n = mem_get(m->mem, sizeof(**n));
	(*n)->place = m->nspaces++;
	(*n)->name = mem_text(m->mem, name, strlen(name));
	return *n;
}

const struct netns *
model_netns(const struct model *m, const char *name)
{
	const struct netns *n = m->spaces;

	while (n && strcmp(n->name, name) != 0)
		n = n->next;
	return n;
}

struct link *
model_link(struct model *m, const struct kind *kind, struct netns *ns, const char *name)
{
	struct link *l = mem_get(m->mem, sizeof(*l));

	l->kind = kind;
	l->ns = ns;
	l->name = mem_text(m->mem, name, strlen(name));
	l->section = *ns->name ? mem_printf(m->mem, "%s/%s", ns->name, name) : l->name;
	l->place = m->count++;
	*m->last = l;
	m->last = &l->next;
	map_put(&ns->names, m->mem, l->name, l);
	return l;
}

struct link *
model_find(const struct netns *ns, const char *name)
{
	return ns ? map_get(&ns->names, name) : NULL;
}

enum { FAR = 1 << 30 }; /* the highest is INT_MAX: dev_new_index() */

struct link *
model_named(const struct model *m, const char *section)
{
	struct link *l = m->links;

	while (l && strcmp(l->section, section) != 0)
		l = l->next;
	return l;
}

void
model_index(struct model *m, struct link *l, uint32_t index)
{
	l->index = index;
	map_put(&l->ns->indexes, m->mem, mem_printf(m->mem, "%u", index), l);
	/* somebody who chose one out of the way leaves room below it */
	if (index > l->ns->last_index && index < FAR)
		l->ns->last_index = index;
}

struct link *
model_indexed(const struct netns *ns, uint32_t index)
{
	char name[16];

	(void)snprintf(name, sizeof(name), "%u", index); /* ten digits at most */
	return map_get(&ns->indexes, name);
}

const char *
model_split(struct mem *mem, const char *text, const char **space)
{
	const char *slash = strchr(text, '/');

	*space = slash ? mem_text(mem, text, (size_t)(slash - text)) : "";
	return slash ? slash + 1 : text;
}

const struct sysctl *
model_sysctl(const struct netns *n, const char *path)
{
	const struct sysctl *c = n ? n->sysctls : NULL;

	while (c && strcmp(c->path, path) != 0)
		c = c->next;
	return c;
}

const char *
model_setting(const char *path, const char **owner)
{
	static const char *const folders[] = { "net/ipv4/conf/", "net/ipv6/conf/", "net/mpls/conf/",
		"net/ipv4/neigh/", "net/ipv6/neigh/" };

	if (!strcmp(path, "net/ipv4/ip_forward"))
		path = "net/ipv4/conf/all/forwarding";
	for (size_t i = 0; i < LEN(folders); i++)
		if (!strncmp(path, folders[i], strlen(folders[i]))) {
			*owner = path + strlen(folders[i]);
			path = strchr(*owner, '/');
			return path ? path + 1 : NULL;
		}
	return NULL;
}

const char *
model_setting_link(const char *path, struct mem *mem)
{
	const char *owner;

	if (!model_setting(path, &owner) || !strncmp(owner, "all/", 4) ||
		!strncmp(owner, "default/", 8))
		return NULL;
	return mem_text(mem, owner, strcspn(owner, "/"));
}

bool
model_sets_all(const char *path)
{
	const char *owner, *name = model_setting(path, &owner);

	return name && !strncmp(owner, "all/", 4) &&
	       (!strcmp(name, "forwarding") ||
		       (!strcmp(name, "disable_ipv6") && !strncmp(path, "net/ipv6/", 9)));
}

const char *
model_resolv(const struct model *m, const struct netns *n, struct mem *mem)
{
	const struct value *v = value_named(m->vals, "resolv-conf");

	if (*n->name)
		return mem_printf(mem, "/etc/netns/%s/resolv.conf", n->name);
	return v ? v->text : "/etc/resolv.conf";
}

const char *
model_place(struct mem *mem, const char *file, int line, const char *here)
{
	if (!file || (here && !strcmp(file, here)))
		return mem_printf(mem, "line %d", line);
	return mem_printf(mem, "%s:%d", file, line);
}

void
model_remark(struct remark **last, struct mem *mem, const char *text)
{
	while (*last)
		last = &(*last)->next;
	*last = mem_get(mem, sizeof(**last));
	(*last)->text = text;
}

struct origin
model_at(const struct link *l, const struct value *v)
{
	if (v && v->line)
		return (struct origin) { v->file, v->line, l->section, v->key->name };
	return (struct origin) { l->file, l->line, l->section, v ? v->key->name : NULL };
}

struct origin
model_said_at(const struct phrase *p)
{
	const char *section = p->link ? p->link->section : *p->ns->name ? p->ns->name : "global";

	return (struct origin) { p->file, p->line, section, p->file ? phrase_key(p) : NULL };
}
