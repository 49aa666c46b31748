/* Reading a phrase: words, each a key or the value of the one before. */
#include <ctype.h>
#include <string.h>

#include "base/mem.h"
#include "key/type.h"
#include "model/phrase.h"

static const struct key *
key_of_word(const struct table *t, const char *word)
{
	const struct key *k = key_find(t, word);

	for (size_t i = 0; !k && i < t->n; i++)
		if (t->keys[i].ip && !strcmp(t->keys[i].ip, word))
			k = &t->keys[i];
	return k;
}

/* Reads the value of a key from the words that are left. */
static int
take_value(const struct key *k, struct phrase *p, char **rest, struct mem *mem, struct fault *f)
{
	struct value *v = mem_get(mem, sizeof(*v));
	char *word = k->type->bare ? "" : text_word(rest);

	v->file = p->file;
	v->line = p->line;
	if (word && k->home == IN_METRICS && !strcmp(word, "lock")) {
		v->to = 1; /* the kernel is not to change it */
		word = text_word(rest);
	}
	if (word && k->type == &type_ip && (!strcmp(word, "inet") || !strcmp(word, "inet6")))
		word = text_word(rest);
	*f = (struct fault) { k->first && word ? NULL : k->name, word, NULL };
	if (!word || key_parse(k, v, word, mem) < 0) {
		f->expected = key_expects(k, mem);
		return -1;
	}
	if (value_of(p->vals, k)) {
		f->expected = "it once only";
		return -1;
	}
	value_add(&p->vals, v);
	return 0;
}

/* Reads the words that open a phrase without naming their key. */
static int
take_first(const struct table *t, struct phrase *p, char **rest, struct mem *mem, struct fault *f)
{
	char *look, *word;

	for (size_t i = 0; i < t->n; i++) {
		const struct key *k = &t->keys[i];
		struct value trial = { 0 };

		if (!k->first)
			continue;
		look = *rest;
		look = mem_text(mem, look, strlen(look));
		word = text_word(&look);
		if (!k->need && (!word || isdigit((unsigned char)*word) ||
					key_parse(k, &trial, word, mem) < 0))
			continue;
		if (take_value(k, p, rest, mem, f) < 0)
			return -1;
	}
	return 0;
}

static const char *
no_such_word(const struct table *t, const char *word, struct mem *mem)
{
	const struct table *tables[] = { t, t == &route_keys ? &hop_keys : NULL };
	const char *near = key_nearest(tables, LEN(tables), word);

	return near ? mem_printf(mem, "a word such as %s", near) : "one of ip(8)'s words";
}

/* Keys of a next hop go to the last hop; the first is there without its word. */
static struct phrase *
last_hop(struct phrase *p, bool add, struct mem *mem)
{
	struct phrase **h = &p->hops;

	while (*h && ((*h)->next || add))
		h = &(*h)->next;
	if (!*h) {
		*h = mem_get(mem, sizeof(**h));
		(*h)->topic = ROUTE;
		(*h)->file = p->file;
		(*h)->line = p->line;
	}
	return *h;
}

/* What is done, said without the word "type": "prohibit". */
static const struct key *
key_of_type(const struct table *t, const char *word, struct mem *mem)
{
	const struct key *k = key_find(t, "type");
	struct value trial = { 0 };

	/* the numbers that stand for them are no words */
	return k && !isdigit((unsigned char)*word) && key_parse(k, &trial, word, mem) == 0 ? k
	                                                                                   : NULL;
}

static int
take_word(struct phrase *p, const char *word, char **rest, struct mem *mem, struct fault *f)
{
	const struct table *t = phrase_table(p->topic);
	const struct key *k = key_of_word(t, word);

	if (k)
		return take_value(k, p, rest, mem, f);
	if (p->topic == ROUTE && !strcmp(word, "nexthop")) {
		(void)last_hop(p, p->hops != NULL, mem); /* the words after it are its own */
		return 0;
	}
	if (p->topic == ROUTE && (k = key_of_word(&hop_keys, word)))
		return take_value(k, last_hop(p, false, mem), rest, mem, f);
	if ((k = key_of_type(t, word, mem)))
		return take_value(k, p, &(char *) { mem_text(mem, word, strlen(word)) }, mem, f);
	*f = (struct fault) { NULL, word, no_such_word(t, word, mem) };
	return -1;
}

struct phrase *
phrase_parse(struct mem *mem, enum topic topic, const char *text, const char *file, int line,
	struct fault *f)
{
	struct phrase *p = mem_get(mem, sizeof(*p));
	char *rest = mem_text(mem, text, strlen(text)), *word;

	p->topic = topic;
	p->file = file;
	p->line = line;
	p->key = phrase_topic(topic);
	if (take_first(phrase_table(topic), p, &rest, mem, f) < 0)
		return NULL;
	while ((word = text_word(&rest)))
		if (take_word(p, word, &rest, mem, f) < 0)
			return NULL;
	return p;
}
