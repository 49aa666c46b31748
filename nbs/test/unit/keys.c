/*
 * Every key that exists, and every one added later, passes through here:
 * what it takes at both its ends is printed and read again, put into a
 * message and got back, and what lies beyond is refused.
 */
#include <inttypes.h>
#include <libmnl/libmnl.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "key/msg.h"
#include "key/type.h"
#include "kind/kind.h"
#include "model/link.h"
#include "model/phrase.h"
#include "test/support/ends.h"

enum { MOST_AT_BIRTH = 128 }; /* MOST of model/link.c */

static const struct table *const others[] = {
	&global_keys,
	&netns_keys,
	&address_keys,
	&route_keys,
	&hop_keys,
	&rule_keys,
	&neighbor_keys,
	&fdb_keys,
};

static int bad;

/* Prints the verdict; why is NULL when nothing is wrong. */
static void
say(const char *table, const char *name, const char *why)
{
	if (why)
		bad++;
	printf("%s %s: %s%s%s\n", why ? "not ok" : "ok", table, name, why ? ": " : "",
		why ? why : "");
}

/* As value_text, but secrets too. */
static char *
print(const struct value *v, struct mem *mem)
{
	char *buf = NULL, *text;
	size_t size;
	FILE *f = open_memstream(&buf, &size);

	v->key->type->print(v->key, v, f);
	(void)fclose(f);
	text = mem_text(mem, buf, strlen(buf));
	free(buf);
	return text;
}

static bool
holds_link(const struct key *k)
{
	return k->type == &type_link || k->of == &type_link;
}

/* True when the value of the key is an attribute of its own. */
static bool
travels(const struct key *k)
{
	switch (k->home) {
	case IN_DATA:
	case IN_PORT:
	case IN_LINK:
	case IN_INET:
	case IN_INET6:
	case IN_ATTR:
	case IN_METRICS:
		return true;
	case IN_FLAGS:
	case IN_HEAD:
	case IN_SYSCTL:
	case IN_NBS:
		break;
	}
	return false;
}

/* Puts a value into a message, and compares what comes back. */
static const char *
round_trip(const struct value *v, struct mem *mem)
{
	enum { NEST = 1, SIZE = 4096 };
	const struct key *k = v->key;
	struct value back = { .key = k };
	const struct nlattr *a;
	const char *from;
	struct msg m = { 0 };

	(void)msg_start(&m, mem_get(mem, SIZE), SIZE, RTM_NEWLINK, 0, sizeof(struct ifinfomsg));
	msg_nest(&m, NEST);
	key_put(v, &m);
	if (m.full)
		return "does not fit into a message";
	from = mnl_attr_get_payload(m.nest[0]);
	a = msg_find(from, (size_t)((char *)mnl_nlmsg_get_payload_tail(m.h) - from), k->attr);
	if (!a)
		return "is not in the message";
	if (k->type->size && !ends_is_switch(k->type) &&
		mnl_attr_get_payload_len(a) != k->type->size)
		return "is of another width than its type says";
	if (k->type->get(k, &back, mnl_attr_get_payload(a), mnl_attr_get_payload_len(a), mem) < 0)
		return "is not read back";
	return key_same(v, &back) ? NULL : "reads back otherwise";
}

/* Reads, prints and reads again; and through a message, where it travels. */
static const char *
check_end(const struct key *k, bool upper, struct mem *mem)
{
	const char *text = ends_text(k, k->type, upper, mem), *printed, *again;
	struct value v = { 0 }, w = { 0 };

	if (!text)
		return "of a type that this test does not know";
	if (key_parse(k, &v, text, mem) < 0)
		return mem_printf(mem, "does not take '%s'", text);
	printed = print(&v, mem);
	if (key_parse(k, &w, printed, mem) < 0)
		return mem_printf(mem, "prints '%s' and does not take it", printed);
	again = print(&w, mem);
	if (strcmp(printed, again) != 0)
		return mem_printf(mem, "prints '%s', then '%s'", printed, again);
	if (!key_same(&v, &w))
		return mem_printf(mem, "is not the same as itself: '%s'", printed);
	return travels(k) && !holds_link(k) ? round_trip(&v, mem) : NULL;
}

/* A number beyond either end is refused. */
static const char *
check_beyond(const struct key *k, struct mem *mem)
{
	struct value v = { 0 };

	if (!ends_is_number(k->type))
		return NULL;
	if (k->type->size < 8 && !k->type->is_signed && k->max >> 8 * k->type->size)
		return "has a range wider than its type";
	if (!key_parse(k, &v, "x", mem) || !key_parse(k, &v, "", mem) ||
		!key_parse(k, &v, "1x", mem))
		return "takes what is no number";
	if (!k->min && !k->max && k->words)
		return key_parse(k, &v, "77777777", mem) ? NULL
		                                         : "takes a number that is no word's";
	if (k->max < INT64_MAX && !key_parse(k, &v, mem_printf(mem, "%" PRId64, k->max + 1), mem))
		return "takes more than its range";
	if (!key_parse(k, &v, mem_printf(mem, "%" PRId64, (int64_t)k->min - 1), mem))
		return "takes less than its range";
	return NULL;
}

static const char *
check_words(const struct key *k)
{
	for (const struct word *w = k->words; w && w->name; w++)
		for (const struct word *o = k->words; o != w; o++)
			if (!strcmp(o->name, w->name))
				return "has a word twice";
	return NULL;
}

static const char *
check_name(const struct key *k)
{
	if (!k->name ||
		strspn(k->name, "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen(k->name) ||
		!*k->name)
		return "is no lower-case words with hyphens";
	if (!k->help || !*k->help || k->help[strlen(k->help) - 1] == '.' || strchr(k->help, '\n'))
		return "has no help, or not one line without a full stop";
	if (k->min > k->max)
		return "has its range upside down";
	if (*k->since && strspn(k->since, "0123456789.") != strlen(k->since))
		return "has no kernel's version in .since";
	if (!k->type)
		return "has no type";
	if ((k->type == &type_list) != (k->of != NULL))
		return "is a list of nothing, or holds something and is no list";
	if (travels(k) && !k->attr)
		return "has no attribute";
	if (k->home == IN_SYSCTL && !k->path)
		return "has no path";
	if ((k->type == &type_flag || k->type == &type_flag16) && !k->bit)
		return "has no bit";
	return NULL;
}

/* Up to a comma, what holds otherwise must be something the key takes. */
static const char *
check_standard(const struct key *k, struct mem *mem)
{
	struct value v = { 0 };
	const char *text;

	if (!k->standard)
		return NULL;
	text = mem_text(mem, k->standard, strcspn(k->standard, ","));
	return key_parse(k, &v, text, mem) < 0
	               ? mem_printf(mem, "does not take its standard '%s'", text)
	               : NULL;
}

/* No other row has its name, nor travels in the same place. */
static const char *
check_alone(const struct table *t, const struct key *k, struct mem *mem)
{
	if (k->first && k > t->keys && !k[-1].first)
		return "opens an entry, and is not among the first rows";
	for (const struct key *o = t->keys; o != k; o++) {
		if (!strcmp(o->name, k->name))
			return "is there twice";
		if (o->home == k->home && travels(k) && o->attr == k->attr && o->bit == k->bit)
			return mem_printf(mem, "has the attribute of %s", o->name);
		if (o->home == IN_FLAGS && k->home == IN_FLAGS && o->bit == k->bit)
			return mem_printf(mem, "has the bit of %s", o->name);
		if (o->path && k->path && !strcmp(o->path, k->path))
			return mem_printf(mem, "has the path of %s", o->name);
	}
	return NULL;
}

static const char *
check_key(const struct key *k, struct mem *mem)
{
	const char *why;

	if ((why = check_name(k)) || (why = check_words(k)) || (why = check_end(k, false, mem)) ||
		(why = check_end(k, true, mem)) || (why = check_beyond(k, mem)))
		return why;
	return *key_expects(k, mem) ? NULL : "does not say what it expects";
}

static void
check_table(const struct table *t, bool of_link, struct mem *mem)
{
	const char *why;

	for (const struct key *k = t ? t->keys : NULL; t && k < t->keys + t->n; k++) {
		if (!(why = check_key(k, mem)) && !(why = of_link ? check_standard(k, mem) : NULL))
			why = check_alone(t, k, mem);
		say(t->name, k->name, why);
		mem_reset(mem);
	}
}

static size_t
at_birth(const struct table *t)
{
	size_t n = 0;

	for (size_t i = 0; t && i < t->n; i++)
		n += !t->keys[i].late && (t->keys[i].home == IN_DATA || t->keys[i].home == IN_LINK);
	return n;
}

/* True when the words about a key say that it is for a mode. */
static bool
says(const struct key *k, const char *mode)
{
	const char *some = strstr(k->help, "; for "), *not = strstr(k->help, "; not for ");

	return some ? strstr(some, mode) != NULL : !not || !strstr(not, mode);
}

static const char *
check_modes(const struct table *t, const struct key *mode, struct mem *mem)
{
	for (const struct key *k = t ? t->keys : NULL; t && k < t->keys + t->n; k++)
		for (unsigned i = 0; mode && mode->words[i].name; i++)
			if (says(k, mode->words[i].name) != (!k->modes || k->modes & 1U << i))
				return mem_printf(mem, "%s says otherwise of mode %s", k->name,
					mode->words[i].name);
	return NULL;
}

static const struct key *
kind_key(const struct kind *kind, const char *name)
{
	const struct link l = { .kind = kind };

	return link_key(&l, name);
}

/* Keys that a kind names are its own, and take what it says. */
static const char *
check_named(const struct kind *kind, struct mem *mem)
{
	struct value v = { 0 };

	for (const struct preset *p = kind->presets; p && p->key; p++)
		if (!kind_key(kind, p->key) || !kind_key(kind, p->unless) ||
			key_parse(kind_key(kind, p->key), &v, p->text, mem) < 0)
			return mem_printf(mem, "cannot set %s = %s", p->key, p->text);
	for (const struct initial *i = kind->initials; i && i->key; i++)
		if (!kind_key(kind, i->key))
			return mem_printf(mem, "has no key %s", i->key);
	return kind->far_end && !kind->far_end->made_by_peer ? "has a peer that is not made with it"
	                                                     : NULL;
}

static void
check_kind(const struct kind *kind, struct mem *mem)
{
	const struct key *mode = kind_key(kind, "mode");
	const char *why = check_named(kind, mem);

	why = why ? why : check_modes(kind->keys, mode, mem);
	why = why ? why : check_modes(kind->ports, mode, mem);
	if (!why && (!kind->help || !*kind->help))
		why = "has no help";
	else if (kind->ports && !kind->refuses)
		why = "takes any link as a port";
	else if (!kind->type)
		why = "has no type";
	else if (kind_named(kind->name) != kind)
		why = "is not found by its name";
	else if (at_birth(kind->keys) + at_birth(&common_keys) > MOST_AT_BIRTH)
		why = "has more keys than the message that makes a link can hold";
	say("kind", kind->name, why);
	check_table(kind->keys, true, mem);
	check_table(kind->ports, true, mem);
}

int
main(void)
{
	struct mem *mem = mem_new();

	for (size_t i = 0; i < kinds_len; i++)
		check_kind(kinds[i], mem);
	check_table(&common_keys, true, mem);
	for (size_t i = 0; i < LEN(others); i++)
		check_table(others[i], false, mem);
	mem_free(mem);
	return bad > 0;
}
