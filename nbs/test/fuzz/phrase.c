/*
 * Whatever words a phrase has, reading it ends; what is taken prints as
 * the same, and reads back the same from the message that carries it.
 */
#include <libmnl/libmnl.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "key/msg.h"
#include "key/type.h"
#include "model/phrase.h"

enum { SIZE = 16384 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
stop(const char *why, const struct phrase *p, struct mem *mem)
{
	(void)printf("%s: %s %s\n", why, phrase_topic(p->topic), phrase_text(p, mem));
	(void)fflush(stdout);
	abort();
}

static void
print_and_read(const struct phrase *p, struct mem *mem)
{
	const char *text = phrase_text(p, mem);
	struct fault f = { 0 };
	struct phrase *again = phrase_parse(mem, p->topic, text, "fuzz.conf", 2, &f);

	if (!again || strcmp(text, phrase_text(again, mem)) != 0)
		stop("prints otherwise", p, mem);
}

/* What the kernel is sent, told by it. */
static void
send_and_get(struct phrase *p, struct model *have)
{
	static _Alignas(16) char buf[SIZE];
	struct msg m = { 0 };
	struct phrase *h;

	phrase_put(&m, buf, sizeof(buf), p, false);
	if (m.full)
		return;
	h = phrase_get(have, have->spaces, m.h);
	if (!h)
		stop("is not read back", p, have->mem);
	if (!phrase_same(p, h) || phrase_hash(p) != phrase_hash(h))
		stop("is another one when read back", p, have->mem);
	phrase_put(&m, buf, sizeof(buf), h, true);
}

/* Host bits are refused before anything is sent: see check. */
static void
cut(struct ip *ip)
{
	for (unsigned bit = ip->len; bit < 128; bit++)
		ip->b[bit / 8] &= (uint8_t) ~(0x80U >> bit % 8);
}

/* Families that do not go together, likewise. */
static bool
is_mixed(const struct phrase *p)
{
	uint8_t family = 0;
	const struct value *v;

	for (v = p->vals; v; v = v->next) {
		if (v->key->type != &type_net && v->key->type != &type_ip)
			continue;
		if (family && v->ip.family && v->ip.family != family)
			return true;
		family = v->ip.family ? v->ip.family : family;
	}
	v = value_named(p->vals, "family");
	return v && family && v->num != family;
}

/* Links that a phrase names are all the same one here. */
static void
tie(struct phrase *p, struct model *have)
{
	struct link *l = model_link(have, NULL, have->spaces, "eth0");

	model_index(have, l, 5);
	p->ns = have->spaces;
	p->link = l;
	for (struct value *v = p->vals; v; v = v->next)
		if (v->key->type == &type_net && p->topic != ADDRESS)
			cut(&v->ip);
	for (struct nexthop *h = p->hops; h; h = h->next)
		h->link = l;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct mem *mem = mem_new();
	struct fault f = { 0 };
	struct phrase *p;

	if (size && !memchr(data, '\0', size)) {
		p = phrase_parse(mem, data[0] % TOPICS,
			mem_text(mem, (const char *)data + 1, size - 1), "fuzz.conf", 1, &f);
		if (!p && !f.expected)
			abort();
		if (p) {
			struct model *have = model_new(mem);

			print_and_read(p, mem);
			tie(p, have);
			phrase_complete(p, NULL, mem);
			print_and_read(p, mem);
			if (!is_mixed(p))
				send_and_get(p, have);
		}
	}
	mem_free(mem);
	return 0;
}
