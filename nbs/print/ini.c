#include "print/ini.h"

#include <string.h>

#include "base/mem.h"
#include "key/type.h"
#include "kind/kind.h"
#include "model/link.h"
#include "model/phrase.h"

/* What conf reads of a line, its end not counted: INI_MAX_LINE of ini.h, less three. */
enum { LINE = 197 };

/* What is printed to, and where the words of one line are put together. */
struct out {
	FILE *f;
	struct mem *mem;
	size_t longest; /* line */
	bool begun;     /* something stands before the next section */
	bool apart;     /* what stands last is of no section */
};

/* A blank within one word of a list would make two of it. */
static const char *
one_word(struct mem *mem, const char *text)
{
	const char *blank = strchr(text, ' ');

	return blank ? mem_printf(mem, "%.*s\\x20%s", (int)(blank - text), text,
			       one_word(mem, blank + 1))
	             : text;
}

static void
section(struct out *o, const char *word, const char *name)
{
	(void)fprintf(o->f, "%s[%s%s", o->begun ? "\n" : "", word, *name ? " " : "");
	type_print_name(name, o->f);
	(void)fputs("]\n", o->f);
	o->begun = true;
	o->apart = false;
}

static void
line(const struct out *o, const char *key, const char *text)
{
	if (strlen(key) + strlen(" = ") + strlen(text) > o->longest)
		(void)fprintf(o->f, "# %s: too long for a line\n", key);
	else
		(void)fprintf(o->f, "%s =%s%s\n", key, *text ? " " : "", text);
}

/* A list goes on over as many lines as it needs. */
static void
list(const struct out *o, const char *key, const struct value *v)
{
	const char *text = "", *word;

	for (const struct value *i = v->items; i; i = i->next) {
		word = one_word(o->mem, value_plain(i, o->mem));
		if (*text &&
			strlen(key) + strlen(" =  ") + strlen(text) + strlen(word) > o->longest) {
			line(o, key, text);
			text = "";
		}
		text = mem_printf(o->mem, "%s%s%s", text, *text ? " " : "", word);
	}
	line(o, key, text);
}

static bool
is_made(const struct value *v)
{
	return !strcmp(v->key->name, "made");
}

static bool
was_made(bool made, struct value *vals)
{
	return made || value_num(vals, "made", 0);
}

static void
values(const struct out *o, const struct link *l, const struct value *v)
{
	for (; v; v = v->next) {
		const char *key = l ? link_key_name(l, v->key, o->mem) : v->key->name;

		if (is_made(v) || v->saved)
			continue;
		if (v->key->type == &type_list)
			list(o, key, v);
		else
			line(o, key, value_plain(v, o->mem));
	}
}

/* What completing the phrase adds again: but a family that no address tells is told here. */
static bool
is_added_again(const struct value *v)
{
	return !v->line && !v->foreign && !v->key->type->bare &&
	       strcmp(v->key->name, "family") != 0;
}

/* A phrase does not grow by being written and read. */
static const char *
text_of(const struct phrase *from, struct mem *mem)
{
	struct phrase p = *from;
	struct value *copy;

	p.vals = NULL;
	for (const struct value *v = from->vals; v; v = v->next) {
		if (is_added_again(v))
			continue;
		copy = mem_get(mem, sizeof(*copy));
		*copy = *v;
		copy->next = NULL;
		value_add(&p.vals, copy);
	}
	return phrase_text(&p, mem);
}

/* Appends a value, given as text, to a copy of a hop. */
static void
add(struct nexthop *hop, const char *key, const char *text, struct mem *mem)
{
	struct value *v = mem_get(mem, sizeof(*v));

	if (key_parse(key_find(&hop_keys, key), v, text, mem) < 0)
		return;
	v->next = hop->vals;
	hop->vals = v;
}

/* A hop of another section names its link; of several, each has a weight. */
static struct nexthop *
copy_hop(const struct phrase *route, const struct nexthop *from, struct mem *mem)
{
	struct nexthop *hop = mem_get(mem, sizeof(*hop));

	*hop = *from;
	hop->next = NULL;
	if (from->link && from->link != route->link && !value_named(from->vals, "dev"))
		add(hop, "dev", from->link->section, mem);
	if (route->hops->next && !value_named(from->vals, "weight"))
		add(hop, "weight", "1", mem);
	return hop;
}

static const struct value *
via_of(const struct phrase *p)
{
	return p->hops && !p->hops->next ? value_named(p->hops->vals, "via") : NULL;
}

/* True for the routes that "gateway" stands for, where it was written or is to be. */
static bool
is_gateway(const struct phrase *p)
{
	const struct value *via = via_of(p), *dst = value_named(p->vals, "dst");

	return p->gateway && via && dst && !dst->ip.len && dst->ip.family == via->ip.family;
}

static void
take_out(struct value **vals, const char *key)
{
	while (*vals && strcmp((*vals)->key->name, key) != 0)
		vals = &(*vals)->next;
	if (*vals)
		*vals = (*vals)->next;
}

/* The router, and the words that a route would have beside it. */
static void
gateway(const struct out *o, const struct phrase *from)
{
	struct phrase p = *from;
	struct nexthop hop = *copy_hop(from, from->hops, o->mem);
	const char *via = value_plain(via_of(from), o->mem), *rest;

	p.vals = values_copy(o->mem, from->vals);
	hop.vals = values_copy(o->mem, hop.vals);
	take_out(&p.vals, "dst");
	take_out(&hop.vals, "via");
	p.hops = &hop;
	rest = text_of(&p, o->mem);
	rest += strspn(rest, " ");
	line(o, "gateway", mem_printf(o->mem, "%s%s%s", via, *rest ? " " : "", rest));
}

/* Hops that have their weight may stand on a line each. */
static void
route(const struct out *o, const struct phrase *from)
{
	struct phrase p = *from;
	struct nexthop **last = &p.hops;
	const char *text;

	p.hops = NULL;
	for (const struct nexthop *h = from->hops; h; h = h->next) {
		*last = copy_hop(from, h, o->mem);
		last = &(*last)->next;
	}
	text = text_of(&p, o->mem);
	if (strlen(text) + strlen("route = ") <= o->longest) {
		line(o, phrase_topic(ROUTE), text);
		return;
	}
	for (struct nexthop *next, *h = p.hops; h; h = next) {
		next = h->next;
		h->next = NULL;
		p.hops = h;
		line(o, phrase_topic(ROUTE), text_of(&p, o->mem));
	}
}

static void
said(const struct out *o, struct phrase *const *all)
{
	for (enum topic t = ADDRESS; t < TOPICS; t++)
		for (const struct phrase *p = all[t]; p; p = p->next) {
			if (is_gateway(p))
				gateway(o, p);
			else if (t == ROUTE)
				route(o, p);
			else
				line(o, phrase_topic(t), text_of(p, o->mem));
			mem_reset(o->mem);
		}
}

/* What the kernel prints with tabs is the same with blanks. */
static const char *
plain(const struct out *o, const char *text)
{
	char *buf = mem_text(o->mem, text, strcspn(text, "\n")), *word;
	struct value v = { .key = &(const struct key) { .type = &type_text } };

	for (v.text = ""; (word = text_word(&buf));)
		v.text = mem_printf(o->mem, "%s%s%s", v.text, *v.text ? " " : "", word);
	return value_plain(&v, o->mem);
}

/* What stands for a key of another section follows from that key. */
static bool
is_own(const struct sysctl *c)
{
	return !c->key || strpbrk(c->key, "./");
}

static void
sysctls(struct out *o, const struct netns *n)
{
	const struct sysctl *c = n->sysctls;

	while (c && (!is_own(c) || c->saved))
		c = c->next;
	if (c)
		section(o, "sysctl", n->name);
	for (; c; c = c->next)
		if (is_own(c) && c->text && !c->saved)
			line(o, c->path, plain(o, c->text));
}

static void
remarks(struct out *o, const struct remark *n)
{
	for (; n; n = n->next) {
		(void)fputs("# ", o->f);
		for (const char *p = n->text; *p; p++)
			(void)fputc((unsigned char)*p < ' ' || *p == 0x7f ? '?' : *p, o->f);
		(void)fputc('\n', o->f);
		o->begun = true;
	}
}

/* Of a link without a section. */
static void
remarks_apart(struct out *o, const struct remark *n)
{
	if (!n)
		return;
	if (o->begun && !o->apart)
		(void)fputc('\n', o->f);
	remarks(o, n);
	o->apart = true;
}

static void
space(struct out *o, const struct model *m, const struct netns *n)
{
	struct value *vals = *n->name ? n->vals : m->vals;

	if (*n->name)
		section(o, "netns", n->name);
	else if (vals || n->said[ROUTE] || n->said[RULE])
		section(o, "global", "");
	if (was_made(n->made, n->vals))
		line(o, "made", "yes");
	values(o, NULL, vals);
	said(o, n->said);
	remarks(o, n->remarks);
	sysctls(o, n);
}

static void
print(FILE *f, const struct model *m, size_t longest)
{
	struct out o = { f, mem_new(), longest, false };

	for (const struct netns *n = m->spaces; n; n = n->next)
		space(&o, m, n);
	for (const struct link *l = m->links; l; l = l->next) {
		bool made = was_made(l->made, l->vals);

		if (!l->kind || l->saved || (l->implied && !made)) {
			remarks_apart(&o, l->remarks);
			continue;
		}
		section(&o, l->kind->name, l->section);
		if (made)
			line(&o, "made", "yes");
		values(&o, l, l->vals);
		said(&o, l->said);
		remarks(&o, l->remarks);
		mem_reset(o.mem);
	}
	mem_free(o.mem);
}

void
print_ini(FILE *f, const struct model *m)
{
	print(f, m, LINE);
}

void
print_state(FILE *f, const struct model *m)
{
	print(f, m, SIZE_MAX);
}
