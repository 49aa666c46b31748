#include "test/support/lend.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "key/type.h"

static struct value *
set(struct value **vals, const struct key *k, struct mem *mem)
{
	struct value *v = value_of(*vals, k);

	if (!v) {
		v = mem_get(mem, sizeof(*v));
		v->key = k;
		value_add(vals, v);
	}
	return v;
}

static void
set_line(struct value **vals, char *line, struct mem *mem)
{
	char *value = strstr(line, " = ");
	const struct key *k;
	struct value *v;

	if (!value)
		abort();
	*value = '\0';
	if (!(k = key_find(&lease_keys, line)))
		abort();
	v = set(vals, k, mem);
	*v = (struct value) { .next = v->next, .key = k, .line = 1 };
	if (key_parse(k, v, value + strlen(" = "), mem) < 0)
		abort();
}

struct lease *
lend(struct mem *mem, const char *lines)
{
	struct lease *l = mem_get(mem, sizeof(*l));
	struct value *vals = NULL;
	char *text = mem_printf(
		     mem, "address = 192.0.2.5/24\nserver = 192.0.2.1\nlifetime = 3600\n%s", lines),
	     *line;

	while ((line = strsep(&text, "\n")))
		if (*line)
			set_line(&vals, line, mem);
	if (lease_restore(l, vals, mem) < 0)
		abort();
	return l;
}

void
lend_raw(struct lease *l, const char *key, const char *text, struct mem *mem)
{
	const struct key *k = key_find(&lease_keys, key);
	struct value *v = set(&l->vals, k, mem), *item;

	if (k->type != &type_list) {
		v->text = text;
		return;
	}
	item = mem_get(mem, sizeof(*item));
	item->key = k;
	item->text = text;
	value_add(&v->items, item);
}
