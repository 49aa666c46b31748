#include "conf/assign.h"

#include <string.h>

#include "base/mem.h"
#include "conf/unknown.h"
#include "key/type.h"
#include "model/link.h"
#include "model/phrase.h"

/* Adds the words to a list, and names each that does not fit. */
static void
assign_list(struct mem *mem, struct value *v, const char *text, const struct origin *o)
{
	struct key item = *v->key;
	char *rest = mem_text(mem, text, strlen(text)), *word;
	const int first = v->line;

	item.type = item.of;
	v->line = o->line; /* each word remembers its own */
	while ((word = text_word(&rest)))
		if (key_parse(v->key, v, word, mem) < 0) {
			v->invalid = true;
			diag(o, "'%s': expected %s", word, key_expects(&item, mem));
		}
	v->line = first;
}

/* A backslash may have been meant for itself. */
static const char *
hint(const char *text)
{
	return strstr(text, "\\x") ? ", where \\x begins a byte such as \\x3b" : "";
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
	if (k->type == &type_list)
		assign_list(m->mem, v, e->value, o);
	if (k->type == &type_list || key_parse(k, v, e->value, m->mem) == 0)
		return;
	v->invalid = true; /* it is there, and says nothing */
	diag(o, "'%s': expected %s%s", k->secret ? "(hidden)" : e->value, key_expects(k, m->mem),
		hint(e->value));
}

/* A phrase of one word is not said twice. */
static void
fault(const struct origin *o, const char *value, const struct fault *f)
{
	if (f->text && !strcmp(f->text, value))
		diag(o, "'%s': expected %s", value, f->expected);
	else if (f->key && f->text)
		diag(o, "'%s': %s: '%s': expected %s", value, f->key, f->text, f->expected);
	else if (f->key)
		diag(o, "'%s': %s: expected %s", value, f->key, f->expected);
	else
		diag(o, "'%s': '%s': expected %s", value, f->text, f->expected);
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
assign_phrase(struct model *m, struct netns *ns, struct link *l, enum topic t,
	const struct entry *e, const struct origin *o)
{
	struct phrase **said = l ? &l->said[t] : &ns->said[t], *p;
	struct fault f = { 0 };
	bool gateway = !strcmp(e->key, "gateway");
	const char *text = gateway ? mem_printf(m->mem, "default via %s", e->value) : e->value;

	if (!*e->value)
		return; /* the empty list */
	if (!(p = phrase_parse(m->mem, t, text, e->file, e->line, &f))) {
		fault(o, e->value, &f);
		return;
	}
	p->gateway = gateway;
	p->place = m->nentries++;
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
	unknown_key(&o, tables, 3,
		mem_printf(m->mem, "%s %s", text_article(l->kind->name), l->kind->name));
}

static bool
is_sysctl_path(const char *path)
{
	if (!*path || *path == '/' || path[strlen(path) - 1] == '/' || strstr(path, "//"))
		return false;
	for (const char *p = path; p; p = strchr(p, '/')) {
		p += *p == '/';
		if (!strncmp(p, "./", 2) || !strncmp(p, "../", 3) || !strcmp(p, ".") ||
			!strcmp(p, ".."))
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
		diag(o, "'%s': expected text%s", e->value, hint(e->value));
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
	*c = (struct sysctl) { .ns = ns,
		.path = path,
		.text = text,
		.file = e->file,
		.line = e->line,
		.section = s->title,
		.key = mem_text(m->mem, e->key, strlen(e->key)) };
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
	if (!ns)
		return; /* said of the section */
	if (!global && !netns)
		assign_sysctl(m, ns, s, e, &o);
	else if (topic_of(e->key, &topic) && (topic == ROUTE || topic == RULE) &&
		 strcmp(e->key, "gateway") != 0)
		assign_phrase(m, ns, NULL, topic, e, &o);
	else if ((k = key_find(t, e->key)))
		assign_value(m, global ? &m->vals : &ns->vals, k, e, &o);
	else
		unknown_key(&o, &t, 1, global ? "[global]" : "[netns NAME]");
}
