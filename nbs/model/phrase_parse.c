/* Reading a phrase: words, each a key or the value of the one before. */
#include <ctype.h>
#include <string.h>

#include "base/mem.h"
#include "key/type.h"
#include "model/phrase.h"

/* The words of a phrase, cut off one after the other. */
struct words {
	const char *rest;
	struct mem *mem;
	char word[64]; /* the last one; a longer one is in the arena */
};

/* Cuts off the next word; it stays until the next is cut off.  NULL at the end. */
static const char *
next_word(struct words *w)
{
	const char *start = w->rest;
	size_t n = 0;

	while (*start == ' ' || *start == '\t')
		start++;
	while (start[n] && start[n] != ' ' && start[n] != '\t')
		n++;
	w->rest = start + n;
	if (n >= sizeof(w->word))
		return mem_text(w->mem, start, n);
	(void)memcpy(w->word, start, n);
	w->word[n] = '\0';
	return n ? w->word : NULL;
}

static const struct key *
key_of_word(const struct table *t, const char *word)
{
	const struct key *k = key_find(t, word);

	for (size_t i = 0; !k && i < t->n; i++)
		if (t->keys[i].ip && !strcmp(t->keys[i].ip, word))
			k = &t->keys[i];
	return k;
}

/* Says which word is wrong, in a copy that outlives it; gives -1. */
static int
wrong(struct fault *f, const struct key *k, const char *word, const char *expected, struct mem *mem)
{
	*f = (struct fault) { k && !(k->first && word) ? k->name : NULL,
		word ? mem_text(mem, word, strlen(word)) : NULL, expected };
	return -1;
}

/* Reads the value of a key from the words that are left. */
static int
take_value(const struct key *k, struct value **vals, const struct phrase *p, struct words *w,
	struct fault *f)
{
	struct value *v = mem_get(w->mem, sizeof(*v));
	const char *word = k->type->bare ? "" : next_word(w);

	v->file = p->file;
	v->line = p->line;
	if (word && k->home == IN_METRICS && !strcmp(word, "lock")) {
		v->to = 1; /* the kernel is not to change it */
		word = next_word(w);
	}
	if (word && k->type == &type_ip && (!strcmp(word, "inet") || !strcmp(word, "inet6")))
		word = next_word(w);
	if (!word || key_parse(k, v, word, w->mem) < 0)
		return wrong(f, k, word, key_expects(k, w->mem), w->mem);
	if (value_of(*vals, k))
		return wrong(f, k, word, "it once only", w->mem);
	value_add(vals, v);
	return 0;
}

/* True when a word, which is no number, is a value of the key. */
static bool
is_value(const struct key *k, const char *word, struct mem *mem)
{
	struct value trial = { 0 };

	return word && !isdigit((unsigned char)*word) && key_parse(k, &trial, word, mem) == 0;
}

/* Reads the words that open a phrase without naming their key: the first rows of its table. */
static int
take_first(const struct table *t, struct phrase *p, struct words *w, struct fault *f)
{
	struct words look = *w;
	const char *word = next_word(&look);

	for (const struct key *k = t->keys; k < t->keys + t->n && k->first; k++) {
		if (!k->need && !is_value(k, word, w->mem))
			continue;
		if (take_value(k, &p->vals, p, w, f) < 0)
			return -1;
		look = *w;
		word = next_word(&look);
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
static struct nexthop *
last_hop(struct phrase *p, bool add, struct mem *mem)
{
	struct nexthop **h = &p->hops;

	while (*h && ((*h)->next || add))
		h = &(*h)->next;
	if (!*h)
		*h = mem_get(mem, sizeof(**h));
	return *h;
}

/* What is done, said without the word "type": "prohibit". */
static const struct key *
key_of_type(const struct table *t, const char *word, struct mem *mem)
{
	const struct key *k = key_find(t, "type");

	return k && is_value(k, word, mem) ? k : NULL;
}

static int
take_word(struct phrase *p, const char *word, struct words *w, struct fault *f)
{
	const struct table *t = phrase_table(p->topic);
	const struct key *k;

	/* no word is both */
	if (p->topic == ROUTE && (k = key_find(&hop_keys, word)))
		return take_value(k, &last_hop(p, false, w->mem)->vals, p, w, f);
	if ((k = key_of_word(t, word)))
		return take_value(k, &p->vals, p, w, f);
	if (p->topic == ROUTE && !strcmp(word, "nexthop")) {
		(void)last_hop(p, p->hops != NULL, w->mem); /* the words after it are its own */
		return 0;
	}
	if ((k = key_of_type(t, word, w->mem)))
		return take_value(
			k, &p->vals, p, &(struct words) { .rest = word, .mem = w->mem }, f);
	return wrong(f, NULL, word, no_such_word(t, word, w->mem), w->mem);
}

struct phrase *
phrase_parse(struct mem *mem, enum topic topic, const char *text, const char *file, int line,
	struct fault *f)
{
	struct phrase *p = mem_get(mem, sizeof(*p));
	struct words w = { .rest = text, .mem = mem };
	const char *word;

	p->topic = topic;
	p->file = file;
	p->line = line;
	if (take_first(phrase_table(topic), p, &w, f) < 0)
		return NULL;
	while ((word = next_word(&w)))
		if (take_word(p, word, &w, f) < 0)
			return NULL;
	return p;
}
