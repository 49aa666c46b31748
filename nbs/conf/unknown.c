#include "conf/unknown.h"

#include <string.h>
#include <strings.h>

#include "kind/kind.h"
#include "model/link.h"
#include "model/phrase.h"

/* What ip(8) says on the other side. */
static const struct {
	const char *word, *instead;
} others[] = {
	{ "master", "the master's section names its ports" },
	{ "slaves", "it is ports here" },
	{ "netns", "it stands in the name: NETNS/NAME" },
	{ "dev", "it is parent here" },
	{ "name", "it stands in the section's head" },
	{ "type", "it stands in the section's head" },
};

static const char *
instead_of(const char *word)
{
	for (size_t i = 0; i < LEN(others); i++)
		if (!strcmp(others[i].word, word))
			return others[i].instead;
	return NULL;
}

/* The kind of link that has a key by itself, or as a master of its ports; NULL if none does. */
static const struct kind *
kind_with(const char *key, bool of_ports)
{
	for (size_t i = 0; i < kinds_len; i++) {
		const struct kind *k = kinds[i];

		if (key_find(of_ports ? k->ports : k->keys, key))
			return k;
	}
	return NULL;
}

static bool
is_topic(const char *key, enum topic from, enum topic to)
{
	for (enum topic t = from; t <= to; t++)
		if (!strcmp(phrase_topic(t), key))
			return true;
	return false;
}

/* Says who else has the key; false when nobody does. */
static bool
elsewhere(const struct origin *o, const char *whose)
{
	const struct kind *k;

	if ((k = kind_with(o->key, true)))
		diag(o, "no such key for %s; a port of %s %s has it", whose, text_article(k->name),
			k->name);
	else if ((k = kind_with(o->key, false)))
		diag(o, "no such key for %s; %s %s has it", whose, text_article(k->name), k->name);
	else if (is_topic(o->key, RULE, RULE) || key_find(&netns_keys, o->key))
		diag(o, "no such key for %s; [global] and [netns NAME] have it", whose);
	else if (key_find(&global_keys, o->key))
		diag(o, "no such key for %s; [global] has it", whose);
	else if (key_find(&common_keys, o->key) || is_topic(o->key, ADDRESS, FDB) ||
		 !strcmp(o->key, "gateway"))
		diag(o, "no such key for %s; a link has it", whose);
	else
		return false;
	return true;
}

static const char *
nearest(const struct table *const *tables, size_t n, const char *key)
{
	const char *near = key_nearest(tables, n, key);

	for (enum topic t = ADDRESS; !near && t < TOPICS; t++)
		if (text_distance(phrase_topic(t), key) < 3)
			near = phrase_topic(t);
	return near || text_distance("gateway", key) > 2 ? near : "gateway";
}

void
unknown_key(const struct origin *o, const struct table *const *tables, size_t n, const char *whose)
{
	const char *near, *instead = instead_of(o->key);

	if (instead)
		diag(o, "no such key for %s; %s", whose, instead);
	else if (elsewhere(o, whose))
		return;
	else if ((near = nearest(tables, n, o->key)))
		diag(o, "no such key for %s; did you mean %s?", whose, near);
	else
		diag(o, "no such key for %s", whose);
}

/* The name nearest to a word that opens no section; NULL if none is near. */
static const char *
near_section(const char *word)
{
	static const char *const rest[] = { "global", "sysctl", "netns" };
	const char *best = NULL;
	int d, least = 3;

	for (size_t i = 0; i < kinds_len + LEN(rest); i++) {
		const char *name = i < kinds_len ? kinds[i]->name : rest[i - kinds_len];

		d = strcasecmp(name, word) ? text_distance(name, word) : 0;
		if (d < least) {
			least = d;
			best = name;
		}
	}
	return best;
}

void
unknown_section(const struct origin *o, const char *word)
{
	const char *near = near_section(word);

	if (near)
		diag(o, "'%s': no such kind of section; did you mean %s?", word, near);
	else
		diag(o, "'%s': no such kind of section", word);
}
