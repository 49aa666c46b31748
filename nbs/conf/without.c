#include "conf/without.h"

#include <string.h>

#include "base/mem.h"
#include "kind/kind.h"
#include "model/link.h"

enum { DEPTH = 16 };

static bool
stands_on_marked(const struct link *l, unsigned depth)
{
	return l && depth && (l->mark || stands_on_marked(l->parent, depth - 1));
}

static bool
is_doomed(const struct model *m, const char *section)
{
	const struct link *l = model_named(m, section);

	return l && l->mark;
}

/* Who names a link may not think of all that goes with it. */
static void
tell_others(const struct model *m, char *const *names)
{
	for (const struct link *l = m->links; l; l = l->next) {
		const struct origin o = { NULL, 0, l->section, NULL };
		char *const *n = names;

		while (*n && model_named(m, *n) != l)
			n++;
		if (*n || !l->mark)
			continue;
		if (l->parent && l->parent->mark)
			diag_warn(&o, "goes with %s, on which it stands", l->parent->section);
		else if (l->peer)
			diag_warn(&o, "goes with %s, whose far end it is", l->peer->section);
	}
}

/* Marks the named links, what stands on them, and far ends. */
static int
mark(const struct model *m, char *const *names)
{
	for (struct link *l = m->links; l; l = l->next)
		l->mark = 0;
	for (; *names; names++) {
		struct link *l = model_named(m, *names);

		if (!l) {
			diag(NULL, "'%s': no such link is applied", *names);
			return -1;
		}
		l->mark = 1;
	}
	for (struct link *l = m->links; l; l = l->next)
		if (l->peer && l->peer->mark)
			l->mark = 1;
	for (struct link *l = m->links; l; l = l->next)
		l->mark = stands_on_marked(l, DEPTH);
	for (struct link *l = m->links; l; l = l->next)
		if (l->peer && l->peer->mark)
			l->mark = 1;
	return 0;
}

/* Leaves the doomed names out of a list of ports. */
static void
shorten(struct mem *mem, const struct model *m, struct entry *e)
{
	char *rest = mem_text(mem, e->value, strlen(e->value)), *word;
	const char *left = "";

	while ((word = text_word(&rest)))
		if (!is_doomed(m, word))
			left = mem_printf(mem, "%s%s%s", left, *left ? " " : "", word);
	e->value = left;
}

/* A namespace may have the name of a link, and is none. */
static bool
is_doomed_section(const struct model *m, const struct section *s, const char *name)
{
	return kind_named(s->word) && is_doomed(m, name);
}

static void
take_out(struct conf *c, const struct model *m)
{
	struct section **s = &c->sections;

	while (*s) {
		if (is_doomed_section(m, *s, (*s)->name)) {
			*s = (*s)->next;
			continue;
		}
		for (struct entry *e = (*s)->entries; e; e = e->next)
			if (!strcmp(e->key, "ports"))
				shorten(c->mem, m, e);
		s = &(*s)->next;
	}
}

/* The link whose earlier state a section describes: by the name it has now. */
static const char *
of_link(const struct section *s)
{
	for (const struct entry *e = s->entries; e; e = e->next)
		if (!strcmp(e->key, "match-link"))
			return e->value;
	return s->name;
}

static void
put_in(struct conf *c, const struct model *m, const struct conf *before)
{
	struct section **last = &c->sections, *copy;

	while (*last)
		last = &(*last)->next;
	for (const struct section *s = before->sections; s; s = s->next) {
		if (!is_doomed_section(m, s, of_link(s)))
			continue;
		copy = mem_get(c->mem, sizeof(*copy));
		*copy = *s;
		copy->next = NULL;
		*last = copy;
		last = &copy->next;
	}
}

int
conf_without(struct conf *c, const struct model *m, const struct conf *before, char *const *names)
{
	if (mark(m, names) < 0)
		return -1;
	tell_others(m, names);
	take_out(c, m);
	put_in(c, m, before);
	return 0;
}
