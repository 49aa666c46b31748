#include "target/attempts.h"

#include <string.h>

#include "base/mem.h"
#include "model/phrase.h"

enum about { SPACE = 1, LINK, VALUE, MASTER, BOUND, SAVED, NAMES, SYSCTL, ENTRY };

/* FNV-1a, 64 bits: http://www.isthe.com/chongo/tech/comp/fnv/ */
static uint64_t
mix(uint64_t h, const void *data, size_t len)
{
	for (const unsigned char *p = data; len--; p++)
		h = (h ^ *p) * 0x100000001b3ULL;
	return h;
}

static uint64_t
identity(enum about what, const char *section, const char *part)
{
	uint64_t h = mix(0xcbf29ce484222325ULL, &what, sizeof(what));

	h = mix(h, section, strlen(section) + 1);
	h = mix(h, part, strlen(part));
	return h ? h : 1;
}

uint64_t
attempt_space(const struct netns *n)
{
	return identity(SPACE, n->name, "");
}

uint64_t
attempt_link(const struct link *l)
{
	return identity(LINK, l->section, "");
}

/* A port's key and one of the link's own may have the same name, and no other place to travel. */
uint64_t
attempt_value(const struct link *l, const struct key *k)
{
	return identity(VALUE, l ? l->section : "/", k->name) ^ (uint64_t)k->home << 1;
}

uint64_t
attempt_master(const struct link *l)
{
	return identity(MASTER, l->section, "");
}

uint64_t
attempt_bound(const char *section)
{
	return identity(BOUND, section, "");
}

uint64_t
attempt_saved(const char *section)
{
	return identity(SAVED, section, "");
}

uint64_t
attempt_names(const struct netns *n)
{
	return identity(NAMES, n->name, "");
}

uint64_t
attempt_sysctl(const struct sysctl *c)
{
	return identity(SYSCTL, c->ns->name, c->path);
}

/* The line tells entries of one hash apart: a file has one a line. */
uint64_t
attempt_entry(const struct phrase *p)
{
	const uint32_t parts[] = { (uint32_t)p->topic, (uint32_t)p->line, phrase_hash(p) };

	return mix(identity(ENTRY, p->link ? p->link->section : p->ns->name, ""), parts,
		sizeof(parts));
}

static struct attempt *
slot_of(const struct attempts *a, uint64_t id)
{
	size_t i = (size_t)(id ^ id >> 32);

	while (a->slots[i & (a->size - 1)].id && a->slots[i & (a->size - 1)].id != id)
		i++;
	return &a->slots[i & (a->size - 1)];
}

const struct attempt *
attempts_of(const struct attempts *a, uint64_t id)
{
	static const struct attempt none;

	return a && a->size ? slot_of(a, id) : &none;
}

static void
grow(struct attempts *a)
{
	const struct attempts old = *a;

	a->mem = mem_new();
	a->size = old.size ? 2 * old.size : 64;
	a->slots = mem_get(a->mem, a->size * sizeof(*a->slots));
	for (size_t i = 0; i < old.size; i++)
		if (old.slots[i].id)
			*slot_of(a, old.slots[i].id) = old.slots[i];
	mem_free(old.mem);
}

struct attempt *
attempts_note(struct attempts *a, uint64_t id)
{
	struct attempt *t;

	if (4 * (a->used + 1) > 3 * a->size)
		grow(a);
	t = slot_of(a, id);
	a->used += !t->id;
	t->id = id;
	return t;
}

void
attempts_forget(struct attempts *a)
{
	mem_free(a->mem);
	mem_free(a->names);
	*a = (struct attempts) { 0 };
}

void
attempts_expand(struct attempts *a, const char *section)
{
	const char **all;

	for (unsigned i = 0; i < a->nexpanded; i++)
		if (!strcmp(a->expanded[i], section))
			return;
	a->names = a->names ? a->names : mem_new();
	all = mem_get(a->names, (a->nexpanded + 1) * sizeof(*all));
	for (unsigned i = 0; i < a->nexpanded; i++)
		all[i] = a->expanded[i];
	all[a->nexpanded++] = mem_text(a->names, section, strlen(section));
	a->expanded = all;
}
