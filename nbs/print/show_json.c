#include <string.h>

#include "base/mem.h"
#include "key/type.h"
#include "model/link.h"
#include "model/phrase.h"
#include "print/json.h"
#include "print/show_fact.h"

static void
put_addresses(struct json *j, const struct shown *s, struct mem *mem)
{
	json_open(j, "addresses", '[');
	for (const struct phrase **p = fact_said(s->have->said[ADDRESS], mem); *p; p++)
		json_text(j, NULL, fact_address(*p, mem));
	json_close(j, ']');
}

static void
put_gateways(struct json *j, const struct shown *s, struct mem *mem)
{
	json_open(j, "gateways", '[');
	for (const struct phrase **p = fact_said(s->have->ns->said[ROUTE], mem); *p; p++)
		json_text(j, NULL, fact_gateway(*p, s->have, mem));
	json_close(j, ']');
}

static void
put_have(struct json *j, const struct shown *s, struct mem *mem)
{
	static const char *const keys[] = { "mac", "mtu" };
	const struct link *parent = fact_parent(s), *master = fact_master(s);
	struct value v;

	json_number(j, "index", s->have->index);
	for (size_t i = 0; i < LEN(keys); i++) {
		const struct key *k = key_find(&common_keys, keys[i]);

		v = (struct value) { .key = k };
		if (!link_read(s->have, k, &v, mem))
			continue;
		if (k->type == &type_mac)
			json_text(j, keys[i], value_text(&v, mem));
		else
			json_number(j, keys[i], v.num);
	}
	if (parent)
		json_text(j, "parent", parent->name);
	if (parent && parent->ns != s->have->ns)
		json_text(j, "parent-netns", parent->ns->name);
	if (master)
		json_text(j, "master", master->name);
	put_addresses(j, s, mem);
	put_gateways(j, s, mem);
}

static void
put_lease(struct json *j, const struct show *show, const struct shown *s)
{
	if (!s->leased)
		return;
	json_open(j, "lease", '{');
	json_text(j, "address", s->leased);
	json_text(j, "server", s->server);
	if (s->end != SHOW_FOREVER)
		json_number(j, "left", (uint64_t)fact_left(show, s));
	json_close(j, '}');
}

void
print_show_json(FILE *f, const struct show *show)
{
	struct mem *mem = mem_new();
	struct json j = { .f = f };

	json_open(&j, NULL, '[');
	for (const struct shown *s = show->links; s; s = s->next) {
		json_open(&j, NULL, '{');
		json_text(&j, "netns", fact_space(s));
		json_text(&j, "link", fact_name(s));
		json_text(&j, "kind", fact_kind(s));
		json_text(&j, "state", fact_state(s));
		if (s->have)
			put_have(&j, s, mem);
		put_lease(&j, show, s);
		if (s->want)
			json_bool(&j, "ready", !s->why);
		json_text(&j, "why", s->why);
		json_close(&j, '}');
	}
	json_close(&j, ']');
	mem_free(mem);
}
