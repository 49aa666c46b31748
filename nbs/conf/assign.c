#include "conf/assign.h"

#include <string.h>

#include "base/mem.h"
#include "key/type.h"
#include "model/link.h"
#include "model/phrase.h"

/* A word with its article: "a vlan", "an ipvlan". */
static const char *
a_or_an(const char *word)
{
	return strchr("aeiou", *word) ? "an" : "a";
}

static void
no_such_key(const struct origin *o, const struct table *const *tables, size_t n, const char *whose)
{
	static const struct word more[] = { { "address", 0 }, { "gateway", 0 },  { "route", 0 },
		                            { "rule", 0 },    { "neighbor", 0 }, { "fdb", 0 } };
	const char *near = key_nearest(tables, n, o->key);

	for (size_t i = 0; !near && i < LEN(more); i++)
		if (text_distance(more[i].name, o->key) < 3)
			near = more[i].name;
	if (near)
		diag(o, "no such key for %s %s; did you mean %s?", a_or_an(whose), whose, near);
	else
		diag(o, "no such key for %s %s", a_or_an(whose), whose);
}

/* Gives text to a key; a list goes on over several lines. */
static void
assign_value(struct model *m, struct value **vals, const struct key *k, const struct entry *e,
             const struct origin *o)
{
	struct value *v = value_of(*vals, k);

	if (v && !k->many) {
		diag(o, "already set on line %d", v->line);
		return;
	}
	if (!v) {
		v = mem_get(m->mem, sizeof(*v));
		v->key = k;
		v->file = e->file;
		v->line = e->line;
		value_add(vals, v);
	}
	if (key_parse(k, v, e->value, m->mem) == 0)
		return;
	v->failed = true; /* it is there, and says nothing */
	diag(o, "'%s': expected %s", k->secret ? "(hidden)" : e->value, key_expects(k, m->mem));
}

static void
fault(const struct origin *o, const char *value, const struct fault *f, struct mem *mem)
{
	if (f->key && f->text)
		diag(o, "'%s': %s: '%s': expected %s", value, f->key, f->text, f->expected);
	else if (f->key)
		diag(o, "'%s': %s: expected %s", value, f->key, f->expected);
	else
		diag(o, "'%s': '%s': expected %s", value, f->text, f->expected);
	(void)mem;
}

static bool
topic_of(const char *key, enum topic *t)
{
	if (!strcmp(key, "gateway")) {
		*t = ROUTE;
		return true;
	}
	for (*t = ADDRESS; *t < TOPICS; (*t)++)
		if (!strcmp(key, phrase_topic(*t)))
			return true;
	return false;
}

static void
assign_phrase(struct model *m, struct netns *ns, struct link *l, enum topic t, const struct entry *e,
              const struct origin *o)
{
	struct phrase **said = l ? &l->said[t] : &ns->said[t], *p;
	struct fault f = { 0 };
	bool gateway = !strcmp(e->key, "gateway");
	const char *text = gateway ? mem_printf(m->mem, "default via %s", e->value) : e->value;

	if (!*e->value)
		return; /* the empty list */
	if (!(p = phrase_parse(m->mem, t, text, e->file, e->line, &f))) {
		fault(o, e->value, &f, m->mem);
		return;
	}
	p->key = gateway ? "gateway" : phrase_topic(t);
	p->ns = ns;
	p->link = l;
	/* sections are long and come one after the other: the end is near the last one */
	if (m->said_list == said)
		said = m->said_last;
	else
		m->said_list = said;
	while (*said)
		said = &(*said)->next;
	*said = p;
	m->said_last = &p->next;
}

void
assign_link(struct model *m, struct link *l, const struct entry *e)
{
	const struct origin o = { e->file, e->line, l->section, e->key };
	const struct key *k;
	const struct table *tables[3];
	enum topic t;

	if (topic_of(e->key, &t) && t != RULE) {
		assign_phrase(m, l->ns, l, t, e, &o);
		return;
	}
	if ((k = link_key(l, e->key))) {
		assign_value(m, &l->vals, k, e, &o);
		return;
	}
	link_tables(l, tables);
	no_such_key(&o, tables, 3, l->kind->name);
}

static bool
is_sysctl_path(const char *path)
{
	if (!*path || *path == '/' || path[strlen(path) - 1] == '/' || strstr(path, "//"))
		return false;
	for (const char *p = path; p; p = strchr(p, '/')) {
		p += *p == '/';
		if (!strncmp(p, "./", 2) || !strncmp(p, "../", 3) || !strcmp(p, ".") || !strcmp(p, ".."))
			return false;
	}
	return true;
}

/* As sysctl(8): what separates first separates; the other sign is part of a name. */
static char *
sysctl_path(struct mem *mem, const char *key)
{
	char *path = mem_text(mem, key, strlen(key));
	size_t first = strcspn(path, "./");

	if (path[first] == '.')
		for (char *p = path; *p; p++)
			*p = *p == '.' ? '/' : *p == '/' ? '.' : *p;
	return path;
}

static void
assign_sysctl(struct model *m, struct netns *ns, const struct section *s, const struct entry *e,
              const struct origin *o)
{
	struct sysctl *c = mem_get(m->mem, sizeof(*c)), **last = &ns->sysctls;
	char *path = sysctl_path(m->mem, e->key), *text = type_read_text(e->value, m->mem);

	if (!text) {
		diag(o, "'%s': expected text", e->value);
		return;
	}
	if (!is_sysctl_path(path)) {
		diag(o, "expected the name of a file under /proc/sys, such as net.ipv4.ip_forward");
		return;
	}
	for (; *last; last = &(*last)->next)
		if (!strcmp((*last)->path, path)) {
			diag(o, "already set on line %d", (*last)->line);
			return;
		}
	*c = (struct sysctl) { .ns = ns, .path = path, .text = text, .file = e->file, .line = e->line,
		               .section = s->title, .key = e->key };
	*last = c;
}

void
assign_other(struct model *m, const struct section *s, const struct entry *e)
{
	const struct origin o = { e->file, e->line, s->title, e->key };
	bool global = !strcmp(s->word, "global"), netns = !strcmp(s->word, "netns");
	const struct table *t = global ? &global_keys : &netns_keys;
	struct netns *ns = model_space(m, global ? "" : s->name, false);
	enum topic topic;
	const struct key *k;

	if (!global && !netns && strcmp(s->word, "sysctl") != 0)
		return;
	if (!ns) {
		diag(&(struct origin) { s->file, s->line, s->title, NULL }, "no section [netns %s]", s->name);
		return;
	}
	if (!global && !netns)
		assign_sysctl(m, ns, s, e, &o);
	else if (topic_of(e->key, &topic) && (topic == ROUTE || topic == RULE) && strcmp(e->key, "gateway") != 0)
		assign_phrase(m, ns, NULL, topic, e, &o);
	else if ((k = key_find(t, e->key)))
		assign_value(m, global ? &m->vals : &ns->vals, k, e, &o);
	else
		no_such_key(&o, &t, 1, s->word);
}
