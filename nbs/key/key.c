#include "key/key.h"

#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "key/msg.h"
#include "key/type.h"

/* Most names differ in their first letter, and a linker keeps equal ones once. */
static bool
is_same(const char *a, const char *b)
{
	return a == b || (*a == *b && !strcmp(a, b));
}

static bool
is_also(const struct key *k, const char *name)
{
	size_t n = strlen(name), word;

	for (const char *p = k->also; *p; p += word + (p[word] == ' ')) {
		word = strcspn(p, " ");
		if (word == n && !memcmp(p, name, n))
			return true;
	}
	return false;
}

const struct key *
key_find(const struct table *t, const char *name)
{
	for (size_t i = 0; t && i < t->n; i++)
		if (is_same(t->keys[i].name, name) ||
			(t->keys[i].also && is_also(&t->keys[i], name)))
			return &t->keys[i];
	return NULL;
}

const char *
key_nearest(const struct table *const *tables, size_t n, const char *name)
{
	const char *best = NULL;
	int d, least = strlen(name) < 4 ? 2 : 3;

	for (size_t t = 0; t < n; t++)
		for (size_t i = 0; tables[t] && i < tables[t]->n; i++) {
			d = text_distance(tables[t]->keys[i].name, name);
			if (d < least) {
				least = d;
				best = tables[t]->keys[i].name;
			}
		}
	return best;
}

int
key_parse(const struct key *k, struct value *v, const char *text, struct mem *mem)
{
	v->key = k;
	return k->type->parse(k, v, text, mem);
}

bool
key_same(const struct value *want, const struct value *have)
{
	const struct key *k = want->key;

	return (k->same && k->same(want, have)) || k->type->same(k, want, have);
}

void
key_put(const struct value *v, struct msg *m)
{
	const struct value *outer = m->now;

	m->now = v;
	v->key->type->put(v->key, v, m);
	m->now = outer;
}

struct value *
value_of(struct value *values, const struct key *k)
{
	while (values && values->key != k)
		values = values->next;
	return values;
}

struct value *
value_named(struct value *values, const char *name)
{
	while (values && !is_same(values->key->name, name))
		values = values->next;
	return values;
}

uint64_t
value_num(struct value *values, const char *name, uint64_t other)
{
	const struct value *v = value_named(values, name);

	return v ? v->num : other;
}

void
value_add(struct value **values, struct value *v)
{
	while (*values)
		values = &(*values)->next;
	*values = v;
}

struct value *
values_copy(struct mem *mem, const struct value *from)
{
	struct value *vals = NULL, **last = &vals;

	for (; from; from = from->next) {
		*last = mem_get(mem, sizeof(**last));
		**last = *from;
		(*last)->next = NULL;
		if (from->key->type == &type_list)
			(*last)->items = values_copy(mem, from->items);
		last = &(*last)->next;
	}
	return vals;
}

char *
value_text(const struct value *v, struct mem *mem)
{
	return v->key->secret ? mem_text(mem, "(hidden)", 8) : value_plain(v, mem);
}

char *
value_plain(const struct value *v, struct mem *mem)
{
	struct mem_stream s;

	v->key->type->print(v->key, v, mem_open(&s));
	return mem_close(&s, mem);
}

char *
key_expects(const struct key *k, struct mem *mem)
{
	struct mem_stream s;

	k->type->describe(k, mem_open(&s));
	return mem_close(&s, mem);
}
