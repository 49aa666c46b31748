/* The values that only a lease has: routes, names, bytes, clean text. */
#include <arpa/inet.h>
#include <ctype.h>
#include <string.h>

#include "base/mem.h"
#include "dhcp/lease_parts.h"

enum { NAME_LONGEST = 253, LABEL_LONGEST = 63 }; /* RFC 1035, 2.3.4, without the root's dot */

static int
parse_route(const struct key *k, struct value *v, const char *text, struct mem *mem)
{
	const char *equals = strchr(text, '=');
	struct ip to, router = { .family = AF_INET };

	(void)k;
	if (equals)
		text = mem_text(mem, text, (size_t)(equals - text));
	if (type_read_ip(&to, text) < 0 || to.family != AF_INET)
		return -1;
	if (equals && (type_read_ip(&router, equals + 1) < 0 || router.family != AF_INET ||
			      router.with_len))
		return -1;
	v->ip = to;
	v->ip.with_len = true;
	v->to = (uint32_t)type_decode(&type_be32, router.b);
	return 0;
}

static void
print_route(const struct key *k, const struct value *v, FILE *f)
{
	struct ip router = { .family = AF_INET, .len = 32 };

	(void)k;
	type_print_ip(&v->ip, true, f);
	if (!v->to)
		return;
	(void)type_encode(&type_be32, v->to, router.b);
	(void)fputc('=', f);
	type_print_ip(&router, false, f);
}

static void
describe_route(const struct key *k, FILE *f)
{
	(void)k;
	(void)fputs("an IPv4 network, or one and its router, such as 10.0.0.0/8=192.0.2.1", f);
}

static bool
same_route(const struct key *k, const struct value *want, const struct value *have)
{
	(void)k;
	return want->to == have->to && want->ip.len == have->ip.len &&
	       !memcmp(want->ip.b, have->ip.b, sizeof(want->ip.b));
}

/* Letters, digits and hyphens: RFC 952, and RFC 1123, 2.1, as to digits in front. */
static bool
is_label(const char *s, size_t n)
{
	if (!n || n > LABEL_LONGEST || *s == '-')
		return false;
	for (size_t i = 0; i < n; i++)
		if (!isascii((unsigned char)s[i]) || (!isalnum((unsigned char)s[i]) && s[i] != '-'))
			return false;
	return true;
}

static bool
is_domain(const char *s)
{
	size_t n;

	if (strlen(s) > NAME_LONGEST)
		return false;
	for (; is_label(s, n = strcspn(s, ".")); s += n + 1)
		if (!s[n])
			return true;
	return false;
}

static int
parse_domain(const struct key *k, struct value *v, const char *text, struct mem *mem)
{
	size_t n = strlen(text);
	char *s = mem_text(mem, text, n && text[n - 1] == '.' ? n - 1 : n);

	(void)k;
	if (!is_domain(s))
		return -1;
	v->text = s;
	return 0;
}

/* NULs at the end are the sender's mistake, but an allowed one: RFC 2132, 2. */
static int
get_domain(const struct key *k, struct value *v, const void *data, size_t len, struct mem *mem)
{
	const char *s = data;

	while (len && !s[len - 1])
		len--;
	if (!len || memchr(s, '\0', len))
		return -1;
	return parse_domain(k, v, mem_text(mem, s, len), mem);
}

static void
print_plain(const struct key *k, const struct value *v, FILE *f)
{
	(void)k;
	(void)fputs(v->text, f); /* nothing in it that INI would take for its own */
}

static void
describe_domain(const struct key *k, FILE *f)
{
	(void)k;
	(void)fputs("a name of letters, digits, hyphens and dots", f);
}

static bool
same_text(const struct key *k, const struct value *want, const struct value *have)
{
	(void)k;
	return !strcmp(want->text, have->text);
}

static int
parse_hex(const struct key *k, struct value *v, const char *text, struct mem *mem)
{
	const char *p = text;

	(void)k;
	while (type_hex(p[0]) >= 0 && type_hex(p[1]) >= 0 && p[2] == ':')
		p += 3;
	if (type_hex(p[0]) < 0 || type_hex(p[1]) < 0 || p[2])
		return -1;
	v->text = mem_text(mem, text, strlen(text));
	return 0;
}

static int
get_hex(const struct key *k, struct value *v, const void *data, size_t len, struct mem *mem)
{
	static const char digits[] = "0123456789abcdef";
	const uint8_t *b = data;
	char *s = mem_get(mem, 3 * len + 1);

	(void)k;
	if (!len)
		return -1;
	for (size_t i = 0; i < len; i++) {
		s[3 * i] = digits[b[i] >> 4];
		s[3 * i + 1] = digits[b[i] & 0xf];
		s[3 * i + 2] = i + 1 < len ? ':' : '\0';
	}
	v->text = s;
	return 0;
}

static void
describe_hex(const struct key *k, FILE *f)
{
	(void)k;
	(void)fputs("bytes such as 01:52:54:00", f);
}

static bool
is_clean(const char *s)
{
	for (const char *p = s; *p; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			return false;
	return *s;
}

static int
parse_clean(const struct key *k, struct value *v, const char *text, struct mem *mem)
{
	const char *s = type_read_text(text, mem);

	(void)k;
	if (!s || !is_clean(s))
		return -1;
	v->text = s;
	return 0;
}

static int
get_clean(const struct key *k, struct value *v, const void *data, size_t len, struct mem *mem)
{
	const char *s = mem_text(mem, data, strnlen(data, len));

	(void)k;
	if (!is_clean(s))
		return -1;
	v->text = s;
	return 0;
}

static void
print_clean(const struct key *k, const struct value *v, FILE *f)
{
	(void)k;
	type_print_text(v->text, f);
}

static void
describe_clean(const struct key *k, FILE *f)
{
	(void)k;
	(void)fputs("text without control characters", f);
}

const struct type type_route = { parse_route, print_route, describe_route, same_route, NULL, NULL };
const struct type type_domain = { parse_domain, print_plain, describe_domain, same_text, NULL,
	get_domain };
const struct type type_octets = { parse_hex, print_plain, describe_hex, same_text, NULL, get_hex };
const struct type type_clean = { parse_clean, print_clean, describe_clean, same_text, NULL,
	get_clean };
