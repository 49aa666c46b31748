/* Numbers of every width, words for them, and times. */
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "key/msg.h"
#include "key/type.h"

static const struct {
	const char *name;
	uint64_t ms;
} units[] = { { "ms", 1 }, { "s", 1000 }, { "m", 60000 }, { "h", 3600000 } };

int
type_read_digits(uint64_t *n, const char *text, const char **end)
{
	bool hex = text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
	char *e;

	if (!isdigit((unsigned char)text[0]) || (hex && !isxdigit((unsigned char)text[2])))
		return -1;
	errno = 0;
	*n = strtoull(text, &e, hex ? 16 : 10);
	*end = e;
	return errno ? -1 : 0;
}

int
type_read_time(uint64_t *n, const char *text, unsigned ms)
{
	uint64_t u;
	const char *end;

	if (type_read_digits(&u, text, &end) < 0)
		return -1;
	if (!*end) {
		*n = u;
		return 0;
	}
	for (size_t i = 0; i < LEN(units); i++)
		if (!strcmp(end, units[i].name) && u <= UINT64_MAX / units[i].ms) {
			if (u * units[i].ms % ms)
				return -1;
			*n = u * units[i].ms / ms;
			return 0;
		}
	return -1;
}

/* A bare number counts units, of which a millisecond has several. */
static int
read_parts(uint64_t *n, const char *text, unsigned parts)
{
	const char *end;

	if (type_read_digits(n, text, &end) == 0 && !*end)
		return 0;
	if (type_read_time(n, text, 1) < 0 || *n > UINT32_MAX)
		return -1;
	*n *= parts;
	return 0;
}

static const struct word *
word_named(const struct key *k, const char *name)
{
	for (const struct word *w = k->words; w && w->name; w++)
		if (!strcmp(w->name, name))
			return w;
	return NULL;
}

static const struct word *
word_for(const struct key *k, uint64_t num)
{
	for (const struct word *w = k->words; w && w->name; w++)
		if (w->num == num)
			return w;
	return NULL;
}

bool
type_in_range(const struct key *k, uint64_t n, bool negative)
{
	if (!k->min && !k->max && k->words)
		return !negative && word_for(k, n);
	if (negative)
		return k->type->is_signed && (int64_t)n >= k->min && (int64_t)n <= k->max;
	return (k->min < 0 || n >= (uint64_t)k->min) && k->max >= 0 && n <= (uint64_t)k->max;
}

static int
parse_num(const struct key *k, struct value *v, const char *text, struct mem *mem)
{
	const struct word *w = word_named(k, text);
	bool negative = *text == '-';
	const char *end;
	uint64_t n;

	(void)mem;
	if (w) {
		v->num = w->num;
		return 0;
	}
	if (k->ms          ? type_read_time(&n, text, k->ms) < 0
		: k->parts ? read_parts(&n, text, k->parts) < 0
			   : type_read_digits(&n, text + negative, &end) < 0 || *end)
		return -1;
	if (negative) {
		if (n > INT64_MAX)
			return -1;
		n = (uint64_t) - (int64_t)n;
	}
	if (!type_in_range(k, n, negative))
		return -1;
	v->num = n;
	return 0;
}

static void
print_num(const struct key *k, const struct value *v, FILE *f)
{
	const struct word *w = word_for(k, v->num);

	if (w)
		(void)fputs(w->name, f); /* the stream keeps its own error */
	else if (k->type->is_signed)
		(void)fprintf(f, "%" PRId64, (int64_t)v->num);
	else
		(void)fprintf(f, "%" PRIu64, v->num);
}

static void
describe_words(const struct key *k, FILE *f)
{
	for (const struct word *w = k->words; w->name; w++)
		(void)fprintf(f, "%s%s", w->name, !w[1].name ? "" : !w[2].name ? " or " : ", ");
}

static void
describe_num(const struct key *k, FILE *f)
{
	if (k->min || k->max) {
		(void)fprintf(
			f, "%s from %d to %" PRId64, k->ms ? "a time" : "a number", k->min, k->max);
		if (k->ms == 1)
			(void)fputs(" ms", f);
		else if (k->ms && k->ms < 1000)
			(void)fprintf(f, " (in 1/%d s)", 1000 / k->ms);
		else if (k->ms)
			(void)fputs(" s", f);
		if (k->words)
			(void)fputs(", or ", f);
	}
	if (k->words)
		describe_words(k, f);
}

static bool
same_num(const struct key *k, const struct value *want, const struct value *have)
{
	int64_t d = (int64_t)(want->num - have->num);

	return d <= k->slack && -d <= k->slack;
}

size_t
type_encode(const struct type *t, uint64_t n, uint8_t b[8])
{
	uint8_t n8 = (uint8_t)n;
	uint16_t n16 = (uint16_t)n;
	uint32_t n32 = (uint32_t)n;

	if (t->big_endian)
		for (size_t i = 0; i < t->size; i++)
			b[i] = (uint8_t)(n >> 8 * (t->size - 1U - i));
	else
		(void)memcpy(b,
			t->size == 1   ? (void *)&n8
			: t->size == 2 ? (void *)&n16
			: t->size == 4 ? (void *)&n32
				       : (void *)&n,
			t->size);
	return t->size;
}

static void
put_num(const struct key *k, const struct value *v, struct msg *m)
{
	uint8_t b[8];

	msg_put(m, k->attr, b, type_encode(k->type, v->num, b));
}

uint64_t
type_decode(const struct type *t, const uint8_t *b)
{
	uint64_t n = 0;
	uint16_t n16;
	uint32_t n32;

	if (t->big_endian) {
		for (size_t i = 0; i < t->size; i++)
			n = n << 8 | b[i];
	} else if (t->size == 1) {
		n = b[0];
	} else if (t->size == 2) {
		(void)memcpy(&n16, b, sizeof(n16));
		n = n16;
	} else if (t->size == 4) {
		(void)memcpy(&n32, b, sizeof(n32));
		n = t->is_signed ? (uint64_t)(int64_t)(int32_t)n32 : n32;
	} else {
		(void)memcpy(&n, b, sizeof(n));
	}
	return n;
}

static int
get_num(const struct key *k, struct value *v, const void *data, size_t len, struct mem *mem)
{
	(void)mem;
	if (len < k->type->size)
		return -1;
	v->num = type_decode(k->type, data);
	return 0;
}

#define NUMBER parse_num, print_num, describe_num, same_num, put_num, get_num
/* As ip(8) reads it, whose type of service is hexadecimal with or without 0x. */
static void
print_hex(const struct key *k, const struct value *v, FILE *f)
{
	(void)k;
	(void)fprintf(f, v->num ? "0x%" PRIx64 : "0", v->num);
}

const struct type type_hex8 = { parse_num, print_hex, describe_num, same_num, put_num, get_num,
	.size = 1 };
const struct type type_u8 = { NUMBER, .size = 1 };
const struct type type_u16 = { NUMBER, .size = 2 };
const struct type type_u32 = { NUMBER, .size = 4 };
const struct type type_u64 = { NUMBER, .size = 8 };
const struct type type_s32 = { NUMBER, .size = 4, .is_signed = true };
const struct type type_be16 = { NUMBER, .size = 2, .big_endian = true };
const struct type type_be32 = { NUMBER, .size = 4, .big_endian = true };
