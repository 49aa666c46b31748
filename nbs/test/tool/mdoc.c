/*
 * Prints the keys of a table as a list of the manual; without a word, what
 * lists and what kinds the manual must have.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "key/type.h"
#include "kind/kind.h"
#include "model/link.h"
#include "model/phrase.h"

/* Calls each for every table there is. */
static void
each_table(void (*each)(const struct table *, void *), void *user)
{
	const struct table *const others[] = {
		&common_keys,
		&global_keys,
		&netns_keys,
		&address_keys,
		&route_keys,
		&hop_keys,
		&rule_keys,
		&neighbor_keys,
		&fdb_keys,
	};

	for (size_t i = 0; i < LEN(others); i++)
		each(others[i], user);
	for (size_t i = 0; i < kinds_len; i++) {
		if (kinds[i]->keys)
			each(kinds[i]->keys, user);
		if (kinds[i]->ports)
			each(kinds[i]->ports, user);
	}
}

/* A line that begins with a capital and ends with a dot. */
static void
sentence(const char *text)
{
	(void)putchar(toupper((unsigned char)*text));
	for (text++; *text; text++)
		if (*text == '\\')
			(void)fputs("\\e", stdout);
		else
			(void)putchar(*text);
	(void)puts(".");
}

/* What a change of the key costs. */
static const char *const changes[] = {
	[LIVE] = NULL,
	[IN_DOWN] = "a change takes the link down for a moment",
	[NO_PORTS] = "a change takes its ports out for a moment",
	[ANEW] = "a change makes the link anew",
};

static void
print_key(const struct key *k, struct mem *mem)
{
	(void)printf(".It Cm %s\n", k->name);
	sentence(k->help);
	if (k->first && !k->type->bare)
		sentence("stands first, without its name");
	if (!k->type->bare)
		sentence(mem_printf(mem, "takes %s", key_expects(k, mem)));
	if (k->need)
		sentence("must be set");
	if (k->standard)
		sentence(mem_printf(mem, "default: %s", k->standard));
	if (*k->since)
		sentence(mem_printf(mem, "since Linux %s", k->since));
	if (changes[k->change])
		sentence(changes[k->change]);
}

static void
print_list(const struct table *t)
{
	struct mem *mem = mem_new();

	(void)puts(".Bl -tag -width Ds -compact");
	for (size_t i = 0; i < t->n; i++)
		print_key(&t->keys[i], mem);
	(void)puts(".El");
	mem_free(mem);
}

static void
print_if_named(const struct table *t, void *user)
{
	const char **name = user;

	if (!*name || strcmp(*name, t->name) != 0)
		return;
	print_list(t);
	*name = NULL; /* tun and tap share one */
}

static void
print_name(const struct table *t, void *user)
{
	const char **last = user;

	if (!*last || strcmp(*last, t->name) != 0)
		(void)printf("list %s\n", t->name);
	*last = t->name;
}

int
main(int argc, char **argv)
{
	const char *name = argc > 1 ? argv[1] : NULL;

	if (name) {
		each_table(print_if_named, &name);
		return name ? 2 : 0;
	}
	each_table(print_name, &name);
	for (size_t i = 0; i < kinds_len; i++)
		(void)printf("kind %s\n", kinds[i]->name);
	return 0;
}
