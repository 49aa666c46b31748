/* Text, names of links, and lists of any type. */
#include <ctype.h>
#include <net/if.h>
#include <string.h>

#include <libmnl/libmnl.h>

#include "base/mem.h"
#include "base/text.h"
#include "key/msg.h"
#include "key/type.h"

char *
type_read_text(const char *text, struct mem *mem)
{
	char *s = mem_text(mem, text, strlen(text)), *to = s;

	for (; *text; text++) {
		if (text[0] == '\\' && text[1] == 'x') {
			/* a NUL would end the text early, so it is none */
			if (type_hex(text[2]) < 0 || type_hex(text[3]) < 0 ||
				(text[2] == '0' && text[3] == '0'))
				return NULL;
			*to++ = (char)(type_hex(text[2]) * 16 + type_hex(text[3]));
			text += 3;
		} else {
			*to++ = *text;
		}
	}
	*to = '\0';
	return s;
}

/*
 * Prints a character, or a byte that is of none, and returns what follows.  What a terminal
 * would obey is escaped, and the special ones.
 */
static const char *
print_character(const char *p, const char *special, FILE *f)
{
	unsigned n = text_visible(p);

	if (n && !strchr(special, *p)) {
		(void)fwrite(p, 1, n, f);
		return p + n;
	}
	(void)fprintf(f, "\\x%02x", (unsigned char)*p);
	return p + 1;
}

static void
print_all(const char *s, const char *special, FILE *f)
{
	while (*s)
		s = print_character(s, special, f);
}

/* Blanks at the ends would not be read. */
void
type_print_text(const char *s, FILE *f)
{
	for (const char *p = s; *p;)
		p = print_character(p, p == s || !p[1] ? ";\\ " : ";\\", f);
}

/* A bracket would end the head early. */
void
type_print_name(const char *s, FILE *f)
{
	print_all(s, ";\\ ]", f);
}

void
type_print_word(const struct value *v, FILE *f)
{
	const struct type *t = v->key->type;

	if (t != &type_text && t != &type_name)
		t->print(v->key, v, f);
	else
		print_all(v->text, ";\\ ", f);
}

static int
parse_text(const struct key *k, struct value *v, const char *text, struct mem *mem)
{
	char *s = type_read_text(text, mem);

	if (!s || (k->max && strlen(s) > (size_t)k->max))
		return -1;
	v->text = s;
	return 0;
}

static void
print_text(const struct key *k, const struct value *v, FILE *f)
{
	(void)k;
	type_print_text(v->text, f);
}

static void
describe_text(const struct key *k, FILE *f)
{
	(void)fputs("text", f);
	if (k->max)
		(void)fprintf(f, " of at most %d bytes", (int)k->max);
}

static bool
same_text(const struct key *k, const struct value *want, const struct value *have)
{
	(void)k;
	return !strcmp(want->text, have->text);
}

static void
put_text(const struct key *k, const struct value *v, struct msg *m)
{
	msg_put_text(m, k->attr, v->text);
}

static int
get_text(const struct key *k, struct value *v, const void *data, size_t len, struct mem *mem)
{
	(void)k;
	v->text = mem_text(mem, data, strnlen(data, len));
	return 0;
}

/* As dev_valid_name() of the kernel has it. */
bool
type_is_name(const char *text)
{
	size_t n = strlen(text);

	if (!n || n >= IFNAMSIZ || !strcmp(text, ".") || !strcmp(text, ".."))
		return false;
	for (const char *p = text; *p; p++)
		if (*p == '/' || *p == ':' || isspace((unsigned char)*p))
			return false;
	return true;
}

static int
parse_name(const struct key *k, struct value *v, const char *text, struct mem *mem)
{
	char *name = type_read_text(text, mem);

	(void)k;
	if (!name || !type_is_name(name))
		return -1;
	v->text = name;
	return 0;
}

static void
describe_name(const struct key *k, FILE *f)
{
	(void)k;
	(void)fprintf(f, "a name of at most %d bytes, without '/', ':' or blanks", IFNAMSIZ - 1);
}

/* The key of a list's items: the list's own, of the item's type. */
static struct key
item_key(const struct key *k)
{
	struct key of = *k;

	of.type = k->of;
	of.attr = k->item;
	return of;
}

static int
parse_list(const struct key *k, struct value *v, const char *text, struct mem *mem)
{
	char *rest = mem_text(mem, text, strlen(text)), *word;
	struct key *of = mem_get(mem, sizeof(*of));
	struct value *item;

	*of = item_key(k);
	while ((word = text_word(&rest))) {
		item = mem_get(mem, sizeof(*item));
		item->file = v->file;
		item->line = v->line;
		if (key_parse(of, item, word, mem) < 0)
			return -1;
		value_add(&v->items, item);
	}
	return 0;
}

static void
print_list(const struct key *k, const struct value *v, FILE *f)
{
	(void)k;
	for (const struct value *i = v->items; i; i = i->next) {
		type_print_word(i, f);
		if (i->next)
			(void)fputc(' ', f);
	}
}

static void
describe_list(const struct key *k, FILE *f)
{
	(void)fputs("a list, each ", f);
	k->of->describe(k, f);
}

static bool
has_all(const struct key *k, const struct value *items, const struct value *others)
{
	const struct value *o;

	for (const struct value *i = items; i; i = i->next) {
		for (o = others; o && !k->of->same(k, i, o); o = o->next)
			;
		if (!o)
			return false;
	}
	return true;
}

static bool
same_list(const struct key *k, const struct value *want, const struct value *have)
{
	return has_all(k, want->items, have->items) && has_all(k, have->items, want->items);
}

static void
put_list(const struct key *k, const struct value *v, struct msg *m)
{
	struct key of = item_key(k);

	msg_nest(m, k->attr);
	for (const struct value *i = v->items; i; i = i->next) {
		of.type->put(&of, i, m);
		if (!k->item)
			of.attr++;
	}
	msg_end_list(m);
}

static int
get_list(const struct key *k, struct value *v, const void *data, size_t len, struct mem *mem)
{
	struct key *of = mem_get(mem, sizeof(*of));
	const struct nlattr *attr;
	struct value *item, **last = &v->items;

	*of = item_key(k);
	v->items = NULL;
	mnl_attr_for_each_payload(data, len)
	{
		item = mem_get(mem, sizeof(*item));
		item->key = of;
		if (k->of->get(of, item, mnl_attr_get_payload(attr), mnl_attr_get_payload_len(attr),
			    mem) < 0)
			return -1;
		*last = item;
		last = &item->next;
	}
	return 0;
}

const struct type type_text = { parse_text, print_text, describe_text, same_text, put_text,
	get_text };
const struct type type_name = { parse_name, print_text, describe_name, same_text, put_text,
	get_text };
const struct type type_list = { parse_list, print_list, describe_list, same_list, put_list,
	get_list };
