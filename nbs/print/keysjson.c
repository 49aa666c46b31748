#include "print/keysjson.h"

#include <string.h>

#include "base/mem.h"
#include "key/type.h"
#include "kind/kind.h"
#include "model/link.h"
#include "print/json.h"
#include "print/keys.h"

/* Types that say the same of what they take are of one sort. */
static const struct {
	const struct type *type;
	const char *word;
} sorts[] = {
	{ &type_u32, "number" },
	{ &type_yes8, "switch" },
	{ &type_span, "time" },
	{ &type_text, "text" },
	{ &type_name, "name" },
	{ &type_link, "link" },
	{ &type_mac, "mac" },
	{ &type_ip4, "ipv4" },
	{ &type_ip6, "ipv6" },
	{ &type_ip, "ip" },
	{ &type_net, "network" },
	{ &type_pair, "pair" },
	{ &type_range, "range" },
	{ &type_masked, "masked" },
	{ &type_server, "server" },
	{ &type_client_id, "client-id" },
};

static const char *const changes[] = {
	[LIVE] = "live",
	[IN_DOWN] = "down",
	[NO_PORTS] = "no-ports",
	[ANEW] = "anew",
};

static const struct type *
type_of(const struct key *k)
{
	return k->type == &type_list ? k->of : k->type;
}

static bool
is_number(const struct key *k)
{
	return type_of(k)->describe == type_u32.describe;
}

static bool
has_range(const struct key *k)
{
	const struct type *t = type_of(k);

	return (k->min || k->max) && (is_number(k) || t->describe == type_pair.describe ||
					     t->describe == type_range.describe);
}

static const char *
sort_of(const struct key *k)
{
	if (k->type->bare)
		return "none";
	if (is_number(k) && k->words && !has_range(k))
		return "word";
	if (is_number(k) && (k->ms || k->parts))
		return "time";
	for (size_t i = 0; i < LEN(sorts); i++)
		if (sorts[i].type->describe == type_of(k)->describe)
			return sorts[i].word;
	return "text"; /* of a form of its own */
}

/* What a bare number counts. */
static const char *
unit_of(const struct key *k, struct mem *mem)
{
	if (k->type == &type_span || k->ms == 1000)
		return "s";
	if (k->ms == 1 || k->parts == 1)
		return "ms";
	if (k->parts)
		return mem_printf(mem, "1/%u ms", k->parts);
	return k->ms ? mem_printf(mem, "1/%u s", 1000 / k->ms) : NULL;
}

static void
takes(struct json *j, const struct key *k, struct mem *mem)
{
	json_text(j, "type", sort_of(k));
	json_text(j, "takes", k->type->bare ? "the word alone" : key_expects(k, mem));
	if (has_range(k)) {
		json_signed(j, "from", k->min);
		json_signed(j, "to", k->max);
	}
	if (type_of(k) == &type_pair && k->second)
		json_signed(j, "second-to", k->second);
	json_text(j, "unit", unit_of(k, mem));
	if (!k->words)
		return;
	json_open(j, "words", '[');
	for (const struct word *w = k->words; w->name; w++)
		json_text(j, NULL, w->name);
	json_close(j, ']');
}

static void
key(struct json *j, const struct key *k, const char *of, const char *in, struct mem *mem)
{
	json_open(j, NULL, '{');
	json_text(j, "key", k->name);
	json_text(j, "in", in);
	json_text(j, "of", of);
	takes(j, k, mem);
	json_text(j, "default", k->standard);
	json_text(j, "since", *k->since ? k->since : NULL);
	json_text(j, "meaning", k->help);
	json_bool(j, "needed", k->need);
	json_bool(j, "list", k->type == &type_list);
	json_bool(j, "repeats", k->many);
	json_bool(j, "unnamed", k->first);
	json_bool(j, "secret", k->secret);
	json_text(j, "change", changes[k->change]);
	json_close(j, '}');
}

static void
keys(struct json *j, const struct table *t, const char *of, const char *in)
{
	struct mem *mem = mem_new();

	for (size_t i = 0; t && i < t->n; i++) {
		key(j, &t->keys[i], of, in, mem);
		mem_reset(mem);
	}
	mem_free(mem);
}

static void
section(struct json *j, const char *word, const char *named, const struct kind *k,
	const char *meaning)
{
	json_open(j, NULL, '{');
	json_text(j, "section", word);
	json_text(j, "named", named);
	json_bool(j, "link", k);
	json_text(j, "needs",
		!k                   ? NULL
		: k->parent == NEEDS ? "parent"
		: k->far_end         ? "peer"
				     : NULL);
	json_text(j, "meaning", meaning);
	json_close(j, '}');
}

/* Those of a name; NULL: all. */
static void
sections(struct json *j, const char *name)
{
	static const struct {
		const char *word, *named, *meaning;
	} others[] = {
		{ "global", "no", "the host and its network as a whole" },
		{ "netns", "yes", "a namespace" },
		{ "sysctl", "may", "files under /proc/sys, by their names" },
	};

	json_open(j, "sections", '[');
	for (size_t i = 0; i < kinds_len; i++)
		if (!name || !strcmp(name, kinds[i]->name))
			section(j, kinds[i]->name, "yes", kinds[i], kinds[i]->help);
	for (size_t i = 0; i < LEN(others); i++)
		if (!name || !strcmp(name, others[i].word))
			section(j, others[i].word, others[i].named, NULL, others[i].meaning);
	json_close(j, ']');
}

/* Keys that take a line of words, each of which has a key of its own. */
static const struct {
	const char *key, *words, *in, *takes, *meaning;
} lines[] = {
	{ "address", "address", "link", "ip-address(8)'s words", "an address" },
	{ "gateway", "route", "link", "a router, and ip-route(8)'s words",
		"a route to all that has no other" },
	{ "route", "route", "link", "ip-route(8)'s words", "a route by this link" },
	{ "neighbor", "neighbor", "link", "ip-neighbour(8)'s words", "a neighbour" },
	{ "fdb", "fdb", "link", "bridge(8)'s words", "a forwarding entry" },
	{ "route", "route", "global", "ip-route(8)'s words", "a route of no link" },
	{ "rule", "rule", "global", "ip-rule(8)'s words", "which table of routes is used" },
	{ "route", "route", "netns", "ip-route(8)'s words", "a route of no link" },
	{ "rule", "rule", "netns", "ip-rule(8)'s words", "which table of routes is used" },
};

static void
line_keys(struct json *j, const char *in)
{
	for (size_t i = 0; i < LEN(lines); i++) {
		if (strcmp(lines[i].in, in) != 0)
			continue;
		json_open(j, NULL, '{');
		json_text(j, "key", lines[i].key);
		json_text(j, "in", in);
		json_text(j, "of", in);
		json_text(j, "type", "line");
		json_text(j, "takes", lines[i].takes);
		json_text(j, "words-of", lines[i].words);
		json_text(j, "meaning", lines[i].meaning);
		json_bool(j, "needed", false);
		json_bool(j, "list", false);
		json_bool(j, "repeats", true);
		json_bool(j, "unnamed", false);
		json_bool(j, "secret", false);
		json_text(j, "change", "live");
		json_close(j, '}');
	}
}

static void
all_keys(struct json *j, const char *name)
{
	json_open(j, "keys", '[');
	for (size_t i = 0; i < kinds_len; i++)
		if (!name || !strcmp(name, kinds[i]->name)) {
			keys(j, kinds[i]->keys, kinds[i]->name, "kind");
			keys(j, kinds[i]->ports, kinds[i]->name, "port");
		}
	for (size_t i = 0; i < keys_others_len; i++)
		if (!name || !strcmp(name, keys_others[i].table->name)) {
			const char *of = keys_others[i].table->name;

			keys(j, keys_others[i].table, of, keys_others[i].in);
			line_keys(j, of);
		}
	json_close(j, ']');
}

int
keysjson_print(FILE *f, const char *name)
{
	struct json j = { .f = f, .fold = 1 };

	if (!keys_known(name))
		return -1;
	json_open(&j, NULL, '{');
	sections(&j, name);
	all_keys(&j, name);
	json_close(&j, '}');
	return 0;
}
