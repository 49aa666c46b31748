/*
 * The words that fuzzers put in: kinds, keys, words of keys, ends of ranges, and those of
 * the kernel command line.
 */
#include <inttypes.h>
#include <string.h>

#include "key/type.h"
#include "kind/kind.h"
#include "model/link.h"
#include "model/phrase.h"

static const struct table *const others[] = { &common_keys, &global_keys, &netns_keys,
	&address_keys, &route_keys, &hop_keys, &rule_keys, &neighbor_keys, &fdb_keys };

static const char *const line[] = {
#define WORD(name, pass, read) name,
#define BARE(name, pass, read) name,
#include "cmdline/words.def"
};

static const char *const methods[] = {
#define METHOD(name, ...) name,
#include "cmdline/methods.def"
};

static void
word(const char *text)
{
	(void)printf("\"%s\"\n", text);
}

static void
table(const struct table *t)
{
	for (const struct key *k = t ? t->keys : NULL; t && k < t->keys + t->n; k++) {
		word(k->name);
		if (k->ip && *k->ip)
			word(k->ip);
		for (const struct word *w = k->words; w && w->name; w++)
			word(w->name);
		(void)printf("\"%d\"\n\"%" PRId64 "\"\n", k->min, k->max);
	}
}

int
main(void)
{
	for (size_t i = 0; i < kinds_len; i++) {
		(void)printf("\"[%s \"\n", kinds[i]->name);
		table(kinds[i]->keys);
		table(kinds[i]->ports);
	}
	for (size_t i = 0; i < LEN(others); i++)
		table(others[i]);
	for (size_t i = 0; i < LEN(line); i++)
		(void)printf("\" %.*s=\"\n", (int)strcspn(line[i], "*"), line[i]);
	for (size_t i = 0; i < LEN(methods); i++)
		word(methods[i]);
	for (enum topic t = ADDRESS; t < TOPICS; t++)
		word(phrase_topic(t));
	return 0;
}
