#include "client/leases.h"

#include <dirent.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "kind/kind.h"
#include "model/link.h"
#include "client/lease_file.h"
#include "client/lessee.h"

static struct lessee *
lessee_of(const struct leases *s, const struct link *l)
{
	struct lessee *e = s->all;

	while (e && strcmp(e->section, l->section) != 0)
		e = e->next;
	return e;
}

/* A lease whose file could not be written is kept in memory while the model changes. */
struct kept {
	struct kept *next;
	const char *section, *text;
};

static void
keep(struct leases *s, const struct lessee *e)
{
	struct kept *k;

	if (!e->unwritten || !e->lease.vals)
		return;
	s->mem = s->mem ? s->mem : mem_new();
	k = mem_get(s->mem, sizeof(*k));
	k->section = mem_text(s->mem, e->section, strlen(e->section));
	k->text = lease_file_text(&e->stub, &e->lease, s->mem);
	k->next = s->kept;
	s->kept = k;
}

static const char *
kept_text(const struct leases *s, const struct link *l)
{
	for (const struct kept *k = s->kept; k; k = k->next)
		if (!strcmp(k->section, l->section))
			return k->text;
	return NULL;
}

static void
add(struct leases *s, const struct link *l, long long now)
{
	const struct lessee_terms t = {
		.watching = s->mode < ASK,
		.hold = s->hold,
		.hostname = s->hostname,
		.text = kept_text(s, l),
	};
	struct lessee *e = lessee_new(s->world, l, &t, now);

	if (!e)
		return; /* no memory: the next look tries again */
	e->next = s->all;
	s->all = e;
}

/* True of a link that asks, or of a pattern for one that is not there yet. */
static bool
is_wanted(const struct model *want, const char *space, const char *name)
{
	for (const struct link *l = want->links; l; l = l->next)
		if (link_asks(l) && !strcmp(l->ns->name, space) &&
			(l->template ? text_glob(l->name, name) : !strcmp(l->name, name)))
			return true;
	return false;
}

/* A lease that nobody wants any more goes back to its server. */
static void
give_back(struct leases *s, const struct model *have, const char *space, const char *name)
{
	struct mem *mem = mem_new();
	struct model *m = model_new(mem);
	struct link *l = model_link(m, kind_default(name), model_space(m, space, true), name);
	const struct netns *n = model_netns(have, space);
	const struct lessee_terms t = { .watching = true };
	struct lessee *e;

	l->have = n ? model_find(n, name) : NULL;
	if ((e = lessee_new(s->world, l, &t, have->now))) {
		lessee_release(e, have->now);
		lessee_free(e);
	}
	mem_free(mem);
}

static void
sweep_space(
	struct leases *s, const struct model *want, const struct model *have, const char *folder)
{
	struct mem *mem = mem_new();
	const char *space = !strcmp(folder, ":") ? "" : folder;
	DIR *d = file_folder(mem_printf(mem, "%s/%s", lease_folder, folder));
	struct dirent *f;

	while (d && (f = readdir(d)))
		if (*f->d_name != '.' && !is_wanted(want, space, f->d_name))
			give_back(s, have, space, f->d_name);
	if (d)
		(void)closedir(d); /* only read from */
	mem_free(mem);
}

static void
sweep(struct leases *s, const struct model *want, const struct model *have)
{
	DIR *d = file_folder(lease_folder);
	struct dirent *f;

	while (d && (f = readdir(d)))
		if (*f->d_name != '.')
			sweep_space(s, want, have, f->d_name);
	if (d)
		(void)closedir(d); /* only read from */
	s->swept = true;
}

bool
leases_follow(struct leases *s, const struct model *target, const struct model *found)
{
	bool changed = false;

	if (!s->swept && (s->mode == GIVE_BACK || s->mode == ASK))
		sweep(s, target, found);
	for (const struct link *l = target->links; l; l = l->next)
		if (link_asks(l) && !l->template && !lessee_of(s, l))
			add(s, l, found->now);
	for (struct lessee *e = s->all; e; e = e->next)
		changed = lessee_follow(e, target, found) || changed;
	return changed;
}

const struct grant *
leases_grants(const struct leases *s, const struct model *found, struct mem *mem)
{
	struct grant *all = NULL, *g;

	for (const struct lessee *e = s->all; e; e = e->next) {
		g = mem_get(mem, sizeof(*g));
		*g = lessee_grant(e, found, mem);
		g->next = all;
		all = g;
	}
	return all;
}

void
leases_tick(struct leases *s, long long now)
{
	for (struct lessee *e = s->all; e; e = e->next)
		if (lessee_next(e) <= now)
			lessee_tick(e, now);
}

void
leases_hear(struct leases *s, long long now)
{
	for (struct lessee *e = s->all; e; e = e->next)
		lessee_hear(e, now);
}

long long
leases_next(const struct leases *s)
{
	long long next = CLIENT_NEVER;

	for (const struct lessee *e = s->all; e; e = e->next)
		if (lessee_next(e) < next)
			next = lessee_next(e);
	return next;
}

size_t
leases_sockets(const struct leases *s, struct pollfd *p, size_t most)
{
	size_t n = 0;

	for (const struct lessee *e = s->all; e; e = e->next) {
		const int fds[] = { e->wire, e->arp };

		for (size_t i = 0; i < LEN(fds); i++) {
			if (fds[i] < 0)
				continue;
			if (n < most)
				p[n] = (struct pollfd) { .fd = fds[i], .events = POLLIN };
			n++;
		}
	}
	return n;
}

enum news
leases_news(struct leases *s)
{
	enum news news = NO_NEWS;

	for (struct lessee *e = s->all; e; e = e->next) {
		news = e->news > news ? e->news : news;
		e->news = NO_NEWS;
	}
	return news;
}

void
leases_forget(struct leases *s)
{
	struct lessee *next;

	s->kept = NULL;
	if (s->mem)
		mem_reset(s->mem);
	for (struct lessee *e = s->all; e; e = next) {
		next = e->next;
		keep(s, e);
		lessee_free(e);
	}
	s->all = NULL;
	s->swept = false;
}
