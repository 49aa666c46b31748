/* The type of a key that names a link. */
#include <string.h>

#include "key/msg.h"
#include "key/type.h"
#include "model/link.h"

static int
parse_link(const struct key *k, struct value *v, const char *text, struct mem *mem)
{
	const char *space, *name, *plain = type_read_text(text, mem);

	(void)k;
	if (!plain)
		return -1;
	name = model_split(mem, plain, &space);
	if (*plain == '/' || !type_is_name(name) || text_is_glob(name) ||
		(*space && !type_is_name(space)))
		return -1;
	v->text = plain;
	return 0;
}

static void
print_link(const struct key *k, const struct value *v, FILE *f)
{
	(void)k;
	type_print_text(v->link ? v->link->section : v->text ? v->text : "none", f);
}

static void
describe_link(const struct key *k, FILE *f)
{
	(void)k;
	(void)fputs("the name of a link, or NETNS/NAME", f);
}

/* What the kernel tells is an index, in the namespace of the link that has the key. */
static bool
same_link(const struct key *k, const struct value *want, const struct value *have)
{
	(void)k;
	if (!have->foreign)
		return want->text && have->text && !strcmp(want->text, have->text);
	return want->link && want->link->index && want->link->index == have->num;
}

static void
put_link(const struct key *k, const struct value *v, struct msg *m)
{
	msg_put_u32(m, k->attr, link_index(m, v->link));
}

static int
get_link(const struct key *k, struct value *v, const void *data, size_t len, struct mem *mem)
{
	(void)k;
	(void)mem;
	if (len < sizeof(uint32_t))
		return -1;
	v->text = NULL;
	v->num = type_decode(&type_u32, data);
	return 0;
}

const struct type type_link = { parse_link, print_link, describe_link, same_link, put_link,
	get_link };
