/* Pairs and ranges of numbers, and numbers with a mask. */
#include <inttypes.h>
#include <string.h>

#include "key/msg.h"
#include "key/type.h"

/* Two numbers with a sign between them; from and to are the same without it. */
static int
read_two(const struct key *k, struct value *v, const char *text, char sign, bool both)
{
	const char *end;
	uint64_t a, b;

	if (type_read_digits(&a, text, &end) < 0)
		return -1;
	b = a;
	if (*end == sign ? type_read_digits(&b, end + 1, &end) < 0 : both)
		return -1;
	if (*end || !type_in_range(k, a, false) || !type_in_range(k, b, false))
		return -1;
	v->num = a;
	v->to = (uint32_t)b; /* no key goes further */
	return 0;
}

static int64_t
second_max(const struct key *k)
{
	return k->second ? k->second : k->max;
}

static int
parse_pair(const struct key *k, struct value *v, const char *text, struct mem *mem)
{
	struct key wide = *k, second = *k;
	struct value w = { 0 };

	(void)mem;
	second.max = second_max(k);
	wide.max = k->max > second.max ? k->max : second.max;
	if (read_two(&wide, &w, text, ':', true) < 0 || !type_in_range(k, w.num, false) ||
		!type_in_range(&second, w.to, false))
		return -1;
	v->num = w.num;
	v->to = w.to;
	return 0;
}

static int
parse_range(const struct key *k, struct value *v, const char *text, struct mem *mem)
{
	struct value w = { 0 };

	(void)mem;
	if (read_two(k, &w, text, '-', false) < 0 || w.to < w.num)
		return -1;
	v->num = w.num;
	v->to = w.to;
	return 0;
}

static void
print_pair(const struct key *k, const struct value *v, FILE *f)
{
	(void)k;
	(void)fprintf(f, "%" PRIu64 ":%" PRIu32, v->num, v->to);
}

static void
print_range(const struct key *k, const struct value *v, FILE *f)
{
	(void)k;
	(void)fprintf(f, "%" PRIu64, v->num);
	if (v->to != v->num)
		(void)fprintf(f, "-%" PRIu32, v->to);
}

static void
describe_pair(const struct key *k, FILE *f)
{
	if (second_max(k) == k->max)
		(void)fprintf(f, "FROM:TO, each a number from %d to %" PRId64, k->min, k->max);
	else
		(void)fprintf(f,
			"FROM:TO, a number from %d to %" PRId64 " and one from %d"
			" to %" PRId64,
			k->min, k->max, k->min, second_max(k));
}

static void
describe_range(const struct key *k, FILE *f)
{
	(void)fprintf(f, "numbers from %d to %" PRId64 ", or ranges such as 20-30", k->min, k->max);
}

static bool
same_pair(const struct key *k, const struct value *want, const struct value *have)
{
	(void)k;
	return want->num == have->num && want->to == have->to;
}

/* The type of each of the two numbers. */
static const struct type *
half(const struct type *t)
{
	return t->size == 8 ? &type_u32 : &type_u16;
}

static void
put_pair(const struct key *k, const struct value *v, struct msg *m)
{
	uint8_t b[16];
	size_t n = type_encode(half(k->type), v->num, b);

	n += type_encode(half(k->type), v->to, b + n);
	msg_put(m, k->attr, b, n);
}

static int
get_pair(const struct key *k, struct value *v, const void *data, size_t len, struct mem *mem)
{
	const struct type *t = half(k->type);
	const uint8_t *b = data;

	(void)mem;
	if (len < k->type->size)
		return -1;
	v->num = type_decode(t, b);
	v->to = (uint32_t)type_decode(t, b + t->size);
	return 0;
}

static int
parse_masked(const struct key *k, struct value *v, const char *text, struct mem *mem)
{
	const char *end;
	uint64_t n, mask = UINT32_MAX;

	(void)k;
	(void)mem;
	if (type_read_digits(&n, text, &end) < 0 ||
		(*end == '/' && type_read_digits(&mask, end + 1, &end) < 0) || *end ||
		n > UINT32_MAX || mask > UINT32_MAX)
		return -1;
	v->num = n;
	v->to = (uint32_t)mask;
	return 0;
}

static void
print_masked(const struct key *k, const struct value *v, FILE *f)
{
	(void)k;
	(void)fprintf(f, "0x%" PRIx64, v->num);
	if (v->to != UINT32_MAX)
		(void)fprintf(f, "/0x%" PRIx32, v->to);
}

static void
describe_masked(const struct key *k, FILE *f)
{
	(void)k;
	(void)fputs("a number, or NUMBER/MASK", f);
}

static void
put_masked(const struct key *k, const struct value *v, struct msg *m)
{
	msg_put_u32(m, k->attr, (uint32_t)v->num);
	msg_put_u32(m, k->item, v->to);
}

/* The mask is another attribute: whoever reads the message adds it. */
static int
get_masked(const struct key *k, struct value *v, const void *data, size_t len, struct mem *mem)
{
	uint32_t n;

	(void)k;
	(void)mem;
	if (len < sizeof(n))
		return -1;
	(void)memcpy(&n, data, sizeof(n));
	v->num = n;
	v->to = UINT32_MAX;
	return 0;
}

const struct type type_pair = { parse_pair, print_pair, describe_pair, same_pair, put_pair,
	get_pair, .size = 8 };
const struct type type_range = { parse_range, print_range, describe_range, same_pair, put_pair,
	get_pair, .size = 8 };
const struct type type_range16 = { parse_range, print_range, describe_range, same_pair, put_pair,
	get_pair, .size = 4 };
const struct type type_masked = { parse_masked, print_masked, describe_masked, same_pair,
	put_masked, get_masked };
