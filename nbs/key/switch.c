/* Switches, flags, and keys whose being there is their value. */
#include <string.h>

#include "base/text.h"
#include "key/msg.h"
#include "key/type.h"

int
type_read_yes(uint64_t *n, const char *text)
{
	static const struct word words[] = {
		{ "yes", 1 },
		{ "no", 0 },
		{ "on", 1 },
		{ "off", 0 },
		{ "true", 1 },
		{ "false", 0 },
		{ "1", 1 },
		{ "0", 0 },
	};

	for (size_t i = 0; i < LEN(words); i++)
		if (!strcmp(text, words[i].name)) {
			*n = words[i].num;
			return 0;
		}
	return -1;
}

static int
parse_yes(const struct key *k, struct value *v, const char *text, struct mem *mem)
{
	(void)mem;
	for (const struct word *w = k->words; w && w->name; w++)
		if (!strcmp(w->name, text)) {
			v->num = w->num;
			return 0;
		}
	return type_read_yes(&v->num, text);
}

static void
print_yes(const struct key *k, const struct value *v, FILE *f)
{
	(void)k;
	(void)fputs(v->num ? "yes" : "no", f);
}

static void
describe_yes(const struct key *k, FILE *f)
{
	(void)k;
	(void)fputs("yes or no", f);
}

static bool
same_yes(const struct key *k, const struct value *want, const struct value *have)
{
	(void)k;
	return !want->num == !have->num;
}

static void
put_yes(const struct key *k, const struct value *v, struct msg *m)
{
	uint8_t b[8];

	msg_put(m, k->attr, b, type_encode(k->type, k->invert ? !v->num : !!v->num, b));
}

static int
get_yes(const struct key *k, struct value *v, const void *data, size_t len, struct mem *mem)
{
	uint64_t n;

	(void)mem;
	if (len < k->type->size)
		return -1;
	n = type_decode(k->type, data);
	v->num = !n == k->invert;
	return 0;
}

/* All flags of one attribute travel together: { values, mask }. */
static void
put_flag(const struct key *k, const struct value *v, struct msg *m)
{
	uint32_t *pair = msg_join(m, k->attr, 2 * sizeof(uint32_t));

	if (!pair)
		return;
	pair[1] |= k->bit;
	if (k->invert ? !v->num : !!v->num)
		pair[0] |= k->bit;
}

static void
put_flag16(const struct key *k, const struct value *v, struct msg *m)
{
	uint16_t *flags = msg_join(m, k->attr, sizeof(uint16_t));

	if (flags && (k->invert ? !v->num : !!v->num))
		*flags |= (uint16_t)k->bit;
}

/* The fields of IN_HEAD and IN_FLAGS are filled by the message's builder. */
static void
put_bit(const struct key *k, const struct value *v, struct msg *m)
{
	uint32_t *flags = msg_join(m, k->attr, sizeof(uint32_t));

	if (flags && (k->invert ? !v->num : !!v->num))
		*flags |= k->bit;
}

static int
get_flag(const struct key *k, struct value *v, const void *data, size_t len, struct mem *mem)
{
	uint32_t flags = 0;
	uint16_t flags16;

	(void)mem;
	if (len < k->type->size)
		return -1;
	if (k->type->size == 2) {
		(void)memcpy(&flags16, data, sizeof(flags16));
		flags = flags16;
	} else {
		(void)memcpy(&flags, data, sizeof(flags));
	}
	v->num = !(flags & k->bit) == k->invert;
	return 0;
}

static int
parse_there(const struct key *k, struct value *v, const char *text, struct mem *mem)
{
	(void)k;
	(void)mem;
	if (!*text) {
		v->num = 1;
		return 0;
	}
	return type_read_yes(&v->num, text);
}

static void
put_there(const struct key *k, const struct value *v, struct msg *m)
{
	if (v->num)
		msg_put(m, k->attr, NULL, 0);
}

static int
get_there(const struct key *k, struct value *v, const void *data, size_t len, struct mem *mem)
{
	(void)k;
	(void)data;
	(void)len;
	(void)mem;
	v->num = 1;
	return 0;
}

#define SWITCH parse_yes, print_yes, describe_yes, same_yes
const struct type type_yes8 = { SWITCH, put_yes, get_yes, .size = 1 };
const struct type type_yes16 = { SWITCH, put_yes, get_yes, .size = 2 };
const struct type type_yes32 = { SWITCH, put_yes, get_yes, .size = 4 };
const struct type type_flag = { SWITCH, put_flag, get_flag, .size = 4 };
const struct type type_flag16 = { SWITCH, put_flag16, get_flag, .size = 2 };
const struct type type_bit = { parse_there, print_yes, describe_yes, same_yes, put_bit, get_flag,
	.size = 4, .bare = true };
const struct type type_there = { parse_there, print_yes, describe_yes, same_yes, put_there,
	get_there, .bare = true };
