/* Addresses: of the link layer, of IPv4 and of IPv6, and networks. */
#include <arpa/inet.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "key/msg.h"
#include "key/type.h"

int
type_hex(char c)
{
	if (!isxdigit((unsigned char)c))
		return -1;
	return isdigit((unsigned char)c) ? c - '0' : tolower((unsigned char)c) - 'a' + 10;
}

/* Reads pairs of hexadecimal digits with colons or hyphens between them. */
static int
parse_mac(const struct key *k, struct value *v, const char *text, struct mem *mem)
{
	struct bytes b = { 0 };
	const char *p = text;

	(void)k;
	(void)mem;
	for (; b.n < sizeof(b.b); p += 3) {
		int high = type_hex(p[0]), low = high < 0 ? -1 : type_hex(p[1]);

		if (high < 0 || low < 0)
			return -1;
		b.b[b.n++] = (uint8_t)(high * 16 + low);
		if (p[2] != ':' && p[2] != '-')
			break;
	}
	/* ETH_ALEN, or INFINIBAND_ALEN of linux/if_infiniband.h */
	if (p[2] || (b.n != 6 && b.n != 20))
		return -1;
	v->bytes = b;
	return 0;
}

static void
print_mac(const struct key *k, const struct value *v, FILE *f)
{
	(void)k;
	for (size_t i = 0; i < v->bytes.n; i++)
		(void)fprintf(f, "%s%02x", i ? ":" : "", v->bytes.b[i]);
}

static void
describe_mac(const struct key *k, FILE *f)
{
	(void)k;
	(void)fputs("a MAC address such as 52:54:00:12:34:56", f);
}

static bool
same_mac(const struct key *k, const struct value *want, const struct value *have)
{
	(void)k;
	return want->bytes.n == have->bytes.n &&
	       !memcmp(want->bytes.b, have->bytes.b, have->bytes.n);
}

static void
put_mac(const struct key *k, const struct value *v, struct msg *m)
{
	msg_put(m, k->attr, v->bytes.b, v->bytes.n);
}

static int
get_mac(const struct key *k, struct value *v, const void *data, size_t len, struct mem *mem)
{
	(void)k;
	(void)mem;
	if (len > sizeof(v->bytes.b))
		return -1;
	v->bytes.n = (uint8_t)len;
	(void)memcpy(v->bytes.b, data, len);
	return 0;
}

/* The digits after the slash; -1 unless they are a number up to max. */
static int
read_len(const char *text, int max)
{
	char *end;
	long n;

	if (!isdigit((unsigned char)*text))
		return -1;
	n = strtol(text, &end, 10);
	return *end || n > max ? -1 : (int)n;
}

int
type_read_ip(struct ip *ip, const char *text)
{
	char s[INET6_ADDRSTRLEN];
	const char *slash = strchr(text, '/');
	size_t n = slash ? (size_t)(slash - text) : strlen(text);
	struct ip r = { .family = AF_INET, .len = 32 };
	int len;

	if (n >= sizeof(s))
		return -1;
	(void)memcpy(s, text, n);
	s[n] = '\0';
	if (inet_pton(AF_INET, s, r.b) != 1) {
		r.family = AF_INET6;
		r.len = 128;
		if (inet_pton(AF_INET6, s, r.b) != 1)
			return -1;
	}
	if (slash) {
		if ((len = read_len(slash + 1, r.len)) < 0)
			return -1;
		r.len = (uint8_t)len;
		r.with_len = true;
	}
	*ip = r;
	return 0;
}

void
type_print_ip(const struct ip *ip, bool with_len, FILE *f)
{
	char s[INET6_ADDRSTRLEN];

	(void)fputs(inet_ntop(ip->family, ip->b, s, sizeof(s)) ? s : "?", f);
	if (with_len)
		(void)fprintf(f, "/%u", ip->len);
}

char *
type_ip_text(const struct ip *ip, bool with_len, struct mem *mem)
{
	struct mem_stream s;

	type_print_ip(ip, with_len, mem_open(&s));
	return mem_close(&s, mem);
}

/* Reads an address of one family, or of any where family is 0. */
static int
read_plain(struct value *v, const char *text, int family)
{
	struct ip ip;

	if (type_read_ip(&ip, text) < 0 || ip.with_len || (family && ip.family != family))
		return -1;
	v->ip = ip;
	return 0;
}

static int
parse_ip4(const struct key *k, struct value *v, const char *text, struct mem *mem)
{
	(void)k;
	(void)mem;
	return read_plain(v, text, AF_INET);
}

static int
parse_ip6(const struct key *k, struct value *v, const char *text, struct mem *mem)
{
	(void)k;
	(void)mem;
	return read_plain(v, text, AF_INET6);
}

static int
parse_ip(const struct key *k, struct value *v, const char *text, struct mem *mem)
{
	(void)k;
	(void)mem;
	return read_plain(v, text, 0);
}

static void
print_ip(const struct key *k, const struct value *v, FILE *f)
{
	(void)k;
	type_print_ip(&v->ip, false, f);
}

static void
describe_ip4(const struct key *k, FILE *f)
{
	(void)k;
	(void)fputs("an IPv4 address", f);
}

static void
describe_ip6(const struct key *k, FILE *f)
{
	(void)k;
	(void)fputs("an IPv6 address", f);
}

static void
describe_ip(const struct key *k, FILE *f)
{
	(void)k;
	(void)fputs("an IPv4 or IPv6 address", f);
}

static bool
same_ip(const struct key *k, const struct value *want, const struct value *have)
{
	(void)k;
	return want->ip.family == have->ip.family && want->ip.len == have->ip.len &&
	       !memcmp(want->ip.b, have->ip.b, sizeof(want->ip.b));
}

static void
put_ip(const struct key *k, const struct value *v, struct msg *m)
{
	if (v->ip.family)
		msg_put(m, k->attr, v->ip.b, v->ip.family == AF_INET ? 4 : 16);
}

/* The family of an address is told by its size. */
static int
get_ip(const struct key *k, struct value *v, const void *data, size_t len, struct mem *mem)
{
	(void)k;
	(void)mem;
	if (len != 4 && len != 16)
		return -1;
	v->ip = (struct ip) { .family = len == 4 ? AF_INET : AF_INET6, .len = (uint8_t)(len * 8) };
	(void)memcpy(v->ip.b, data, len);
	return 0;
}

bool
type_is_link_local(const struct ip *ip)
{
	return ip->family == AF_INET6 && ip->b[0] == 0xfe && (ip->b[1] & 0xc0) == 0x80;
}

static int
parse_net(const struct key *k, struct value *v, const char *text, struct mem *mem)
{
	(void)mem;
	for (const struct word *w = k->words; w && w->name; w++)
		if (!strcmp(w->name, text)) {
			v->ip = (struct ip) { .family = 0 };
			return 0;
		}
	return type_read_ip(&v->ip, text);
}

static void
print_net(const struct key *k, const struct value *v, FILE *f)
{
	if (v->ip.family)
		type_print_ip(&v->ip,
			v->ip.with_len || v->ip.len != (v->ip.family == AF_INET ? 32 : 128), f);
	else
		(void)fputs(k->words ? k->words[0].name : "default", f);
}

static void
describe_net(const struct key *k, FILE *f)
{
	(void)fputs("an address with its prefix length, such as 192.0.2.0/24", f);
	for (const struct word *w = k->words; w && w->name; w++)
		(void)fprintf(f, ", or %s", w->name);
}

const struct type type_mac = { parse_mac, print_mac, describe_mac, same_mac, put_mac, get_mac };
const struct type type_ip4 = { parse_ip4, print_ip, describe_ip4, same_ip, put_ip, get_ip };
const struct type type_ip6 = { parse_ip6, print_ip, describe_ip6, same_ip, put_ip, get_ip };
const struct type type_ip = { parse_ip, print_ip, describe_ip, same_ip, put_ip, get_ip };
const struct type type_net = { parse_net, print_net, describe_net, same_ip, put_ip, get_ip };
