/* nbs's own times: kept in milliseconds, a bare number is seconds. */
#include <inttypes.h>

#include "key/type.h"

static int
parse_span(const struct key *k, struct value *v, const char *text, struct mem *mem)
{
	uint64_t n;
	const char *end;

	(void)mem;
	if (type_read_digits(&n, text, &end) < 0 || n > UINT32_MAX)
		return -1;
	if (!*end)
		n *= 1000;
	else if (type_read_time(&n, text, 1) < 0)
		return -1;
	if (!type_in_range(k, n, false))
		return -1;
	v->num = n;
	return 0;
}

static void
print_span(const struct key *k, const struct value *v, FILE *f)
{
	(void)k;
	if (v->num % 1000)
		(void)fprintf(f, "%" PRIu64 "ms", v->num);
	else
		(void)fprintf(f, "%" PRIu64 "s", v->num / 1000);
}

static void
describe_span(const struct key *k, FILE *f)
{
	(void)k;
	(void)fputs("a time such as 500ms, 30s or 2m", f);
}

static bool
same_span(const struct key *k, const struct value *want, const struct value *have)
{
	(void)k;
	return want->num == have->num;
}

const struct type type_span = { parse_span, print_span, describe_span, same_span, NULL, NULL };
