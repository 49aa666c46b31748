/* The host's name and resolv.conf, of the file and of leases. */
#include <string.h>

#include "base/mem.h"
#include "diff/diff.h"
#include "diff/parts.h"

static void
hostname(struct diff *d)
{
	const struct value *v = value_named(d->want->vals, "hostname");
	struct step *s;

	if (!v || attempts_of(d->plan->attempts, attempt_value(NULL, v->key))->refused ||
		!d->have->hostname || !strcmp(v->text, d->have->hostname))
		return;
	s = plan_add(d->plan, NAMES, SET_HOSTNAME, d->want->spaces, NULL);
	s->text = v->text;
	s->vals = mem_get(d->plan->mem, sizeof(*s->vals));
	s->vals[0] = v;
	s->at = (struct origin) { v->file, v->line, "global", v->key->name };
}

/* Appends one of several things that blanks or lines hold apart, unless it is there. */
static const char *
add_item(struct mem *mem, const char *text, const char *before, const char *item)
{
	const char *piece = mem_printf(mem, "%s%s\n", before, item);

	return strstr(text, piece) ? text : mem_printf(mem, "%s%s", text, piece);
}

/* Each on a line of its own. */
static const char *
add_items(struct mem *mem, const char *text, const char *before, const struct value *list)
{
	for (const struct value *v = list ? list->items : NULL; v; v = v->next)
		text = add_item(mem, text, before, value_text(v, mem));
	return text;
}

/* What a lease says of the domains to search. */
static const char *
add_learnt_search(struct mem *mem, const char *text, const struct link *l)
{
	const struct value *search = value_named(l->names, "search"),
			   *domain = value_named(l->names, "domain");

	if (search)
		return add_items(mem, text, "search ", search);
	return domain ? add_item(mem, text, "search ", domain->text) : text;
}

/* Domains of a line each as one line: of several, resolv.conf(5) has only the last count. */
static const char *
one_line(struct mem *mem, const char *lines)
{
	const char *text = "search";

	for (size_t n; *lines; lines += n + 1) {
		lines += strlen("search ");
		n = strcspn(lines, "\n");
		text = mem_printf(mem, "%s %.*s", text, (int)n, lines);
	}
	return mem_printf(mem, "%s\n", text);
}

/* The content of a namespace's resolv.conf, the file's own names first; NULL when nobody says any. */
static const char *
resolv(struct diff *d, const struct netns *n)
{
	bool own = n == d->want->spaces;
	const struct value *dns = own ? value_named(d->want->vals, "dns") : NULL,
			   *domains = own ? value_named(d->want->vals, "search") : NULL;
	struct mem *mem = d->plan->mem;
	const char *text = add_items(mem, "", "nameserver ", dns),
		   *search = add_items(mem, "", "search ", domains);

	for (const struct link *l = d->want->links; l; l = l->next)
		if (l->ns == n) {
			text = add_items(mem, text, "nameserver ", value_named(l->names, "dns"));
			search = add_learnt_search(mem, search, l);
		}
	if (*search)
		text = mem_printf(mem, "%s%s", one_line(mem, search), text);
	return *text || dns || domains ? text : NULL;
}

const struct value *
diff_names_of(const struct model *target, const struct netns *n, const char **section)
{
	static const char *const keys[] = { "dns", "search", "domain" };
	const struct value *v = NULL;
	const char *of = "global";

	for (size_t i = 0; i < 2 && n == target->spaces && !v; i++)
		v = value_named(target->vals, keys[i]);
	for (const struct link *l = target->links; l && !v; l = l->next)
		for (size_t i = 0; i < LEN(keys) && l->ns == n && !v; i++) {
			v = value_named(l->names, keys[i]);
			of = l->section;
		}
	if (section)
		*section = of;
	return v;
}

static void
names(struct diff *d, const struct netns *n)
{
	const char *section, *text;
	const struct value *v = diff_names_of(d->want, n, &section);
	struct step *s;

	if (!v || !(text = resolv(d, n)) ||
		attempts_of(d->plan->attempts, attempt_names(n))->refused || !n->have ||
		n->have->unread || (n->have->resolv && !strcmp(text, n->have->resolv)))
		return;
	s = plan_add(d->plan, NAMES, WRITE_RESOLV, n, NULL);
	s->text = text;
	s->path = model_resolv(d->want, n, d->plan->mem);
	s->vals = mem_get(d->plan->mem, sizeof(*s->vals));
	s->vals[0] = v;
	s->at = (struct origin) { v->file, v->line, section, v->key->name };
}

void
diff_names(struct diff *d)
{
	hostname(d);
	for (const struct netns *n = d->want->spaces; n; n = n->next)
		names(d, n);
}

void
diff_late(struct plan *p)
{
	struct diff d = { .plan = p, .want = p->target, .have = p->found };

	for (const struct netns *n = p->target->spaces; n; n = n->next)
		names(&d, n);
}
