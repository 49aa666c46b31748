/*
 * Whatever the kernel says, it is read without harm: links with all their
 * keys, and addresses, routes, rules, neighbours.
 */
#include <libmnl/libmnl.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "key/msg.h"
#include "kind/kind.h"
#include "model/link.h"
#include "model/phrase.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
read_table(const struct link *l, const struct table *t, struct mem *mem)
{
	struct value v;

	for (size_t i = 0; t && i < t->n; i++)
		if (link_read(l, &t->keys[i], &v, mem)) {
			(void)value_text(&v, mem);
			(void)key_same(&v, &v);
		}
}

static void
read_link(struct model *m, const struct nlmsghdr *h)
{
	struct link *l = link_get(m, m->spaces, h);

	if (!l)
		return;
	l->kind = kind_of(l);
	read_table(l, &common_keys, m->mem);
	for (size_t i = 0; i < kinds_len; i++) {
		read_table(l, kinds[i]->keys, m->mem);
		read_table(l, kinds[i]->ports, m->mem);
	}
}

static void
read_phrase(struct model *m, const struct nlmsghdr *h)
{
	static _Alignas(16) char buf[65536];
	struct phrase *p = phrase_get(m, m->spaces, h);
	struct msg msg = { 0 };

	if (!p)
		return;
	(void)phrase_text(p, m->mem);
	(void)phrase_hash(p);
	if (!phrase_same(p, p) || !phrase_equal(p, p)) {
		(void)printf("not the same as itself: %s\n", phrase_text(p, m->mem));
		(void)fflush(stdout);
		abort();
	}
	phrase_put(&msg, buf, sizeof(buf), p, true);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct mem *mem = mem_new();
	struct model *m = model_new(mem);
	struct nlmsghdr *h;

	model_index(m, model_link(m, NULL, m->spaces, "eth0"), 1);
	while (size >= sizeof(*h)) {
		/* a block of its own for each, so that one byte too far is seen */
		if (!(h = malloc(size)))
			break;
		(void)memcpy(h, data, size);
		if (h->nlmsg_len < sizeof(*h) || MNL_ALIGN((size_t)h->nlmsg_len) > size) {
			free(h);
			break;
		}
		data += MNL_ALIGN(h->nlmsg_len);
		size -= MNL_ALIGN(h->nlmsg_len);
		h = realloc(h, h->nlmsg_len);
		if (h->nlmsg_type == RTM_NEWLINK)
			read_link(m, h);
		else
			read_phrase(m, h);
		m = model_new(mem);
		model_index(m, model_link(m, NULL, m->spaces, "eth0"), 1);
		free(h);
	}
	mem_free(mem);
	return 0;
}
