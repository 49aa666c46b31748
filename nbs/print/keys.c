#include "print/keys.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "kind/kind.h"
#include "model/link.h"
#include "model/phrase.h"

enum { WIDTH = 80, INDENT = 24 };

const struct keys_other keys_others[] = {
	{ &global_keys, "[global]: the host and its network as a whole", "global" },
	{ &netns_keys, "[netns NAME]: a namespace", "netns" },
	{ &common_keys, "link: keys of every link, whatever its kind", "link" },
	{ &address_keys, "address = ...: one a line, in ip-address(8)'s words", "line" },
	{ &route_keys, "route = ..., gateway = ...: one a line, in ip-route(8)'s words", "line" },
	{ &hop_keys, "nexthop: the words of a route that tell where to", "line" },
	{ &rule_keys, "rule = ...: one a line, in ip-rule(8)'s words", "line" },
	{ &neighbor_keys, "neighbor = ...: one a line, in ip-neighbour(8)'s words", "line" },
	{ &fdb_keys, "fdb = ...: one a line, in bridge(8)'s words", "line" },
};

const size_t keys_others_len = LEN(keys_others);

bool
keys_known(const char *name)
{
	if (!name || kind_named(name))
		return true;
	for (size_t i = 0; i < LEN(keys_others); i++)
		if (!strcmp(keys_others[i].table->name, name))
			return true;
	return false;
}

/* Prints words in lines from column from on; at is where the first begins. */
static void
wrap(FILE *f, const char *text, int at, int from)
{
	const char *gap = "";
	int n;

	if (at > from) {
		(void)fputc('\n', f);
		at = 0;
	}
	(void)fprintf(f, "%*s", from - at, "");
	at = from;
	for (; *text; text += n + (int)strspn(text + n, " ")) {
		n = (int)strcspn(text, " ");
		if (at > from && at + 1 + n > WIDTH) {
			(void)fprintf(f, "\n%*s", from, "");
			at = from;
			gap = "";
		}
		at += fprintf(f, "%s%.*s", gap, n, text);
		gap = " ";
	}
	(void)fputc('\n', f);
}

static const char *
change(const struct key *k)
{
	switch (k->change) {
	case IN_DOWN:
		return "; changed while the link is down";
	case NO_PORTS:
		return "; changed while there are no ports";
	case ANEW:
		return "; changed by making the link anew";
	case LIVE:
		break;
	}
	return "";
}

/* What it takes, and what there is to know about that. */
static const char *
facts(const struct key *k, struct mem *mem)
{
	const char *text = k->type->bare ? "the word alone" : key_expects(k, mem);

	if (k->first && !k->type->bare)
		text = mem_printf(mem, "%s; without its name", text);
	if (k->need)
		text = mem_printf(mem, "%s; must be given", text);
	if (k->many)
		text = mem_printf(mem, "%s; on one line or several", text);
	if (k->standard)
		text = mem_printf(mem, "%s; default %s", text, k->standard);
	if (*k->since)
		text = mem_printf(mem, "%s; since Linux %s", text, k->since);
	return mem_printf(mem, "%s%s", text, change(k));
}

static void
rows(FILE *f, const struct table *t)
{
	struct mem *mem = mem_new();

	for (size_t i = 0; t && i < t->n; i++) {
		wrap(f, t->keys[i].help, fprintf(f, "  %s ", t->keys[i].name), INDENT);
		wrap(f, facts(&t->keys[i], mem), 0, INDENT + 2);
		mem_reset(mem);
	}
	mem_free(mem);
}

static int
rows_of(FILE *f, const char *name)
{
	for (size_t i = 0; i < LEN(keys_others); i++)
		if (!strcmp(keys_others[i].table->name, name)) {
			(void)fprintf(f, "%s\n", keys_others[i].head);
			rows(f, keys_others[i].table);
			return 0;
		}
	return -1;
}

static void
all(FILE *f)
{
	for (size_t i = 0; i < kinds_len; i++)
		wrap(f, kinds[i]->help, fprintf(f, "  [%s NAME] ", kinds[i]->name), INDENT);
	(void)fputs("\nThe keys of a kind: nbs keys KIND\n", f);
	for (size_t i = 0; i < LEN(keys_others); i++) {
		(void)fprintf(f, "\n%s\n", keys_others[i].head);
		rows(f, keys_others[i].table);
	}
}

int
print_keys(FILE *f, const char *name)
{
	const struct kind *k;
	const char *needs;

	if (!name) {
		all(f);
		return 0;
	}
	if (!(k = kind_named(name)))
		return rows_of(f, name);
	(void)fprintf(f, "[%s NAME]: %s\n", k->name, k->help);
	rows(f, k->keys);
	if (k->ports) {
		(void)fprintf(f, "\nIn the section of a port of %s %s:\n", text_article(k->name),
			k->name);
		rows(f, k->ports);
	}
	needs = k->parent == NEEDS ? "parent" : k->far_end ? "peer" : NULL;
	(void)fprintf(f, "\nThe keys of every link%s%s: nbs keys link\n",
		needs ? ", of which it needs " : "", needs ? needs : "");
	return 0;
}
