/*
 * Whatever a server sends, or a file holds: reading it ends, all that is kept
 * of it makes sense, and what is printed reads back as the same lease.
 */
#include <arpa/inet.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "dhcp/lease.h"
#include "dhcp/message.h"
#include "dhcp/udp.h"
#include "key/type.h"

enum { SIZE = 4096, FIXED = 240, MOST = 64, WAYS = 5 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
stop(const char *why, const struct lease *l)
{
	(void)printf("%s\n", why);
	lease_print(l, stdout);
	(void)fflush(stdout);
	abort();
}

static void
count(void *user, const char *what)
{
	for (; *what; what++)
		if (iscntrl((unsigned char)*what))
			abort();
	++*(unsigned *)user;
}

static uint32_t
number(const struct ip *ip)
{
	uint32_t n;

	(void)memcpy(&n, ip->b, sizeof(n));
	return ntohl(n);
}

/* Whether it may be an address of a host at all. */
static bool
is_host(uint32_t a)
{
	return a >> 24 && a >> 24 != 127 && a >> 24 < 224;
}

static void
check_ip(const struct lease *l, const struct value *v)
{
	if (v->ip.family != AF_INET || !is_host(number(&v->ip)))
		stop("an address of no host", l);
}

static void
check_route(const struct lease *l, const struct value *v)
{
	uint32_t to = number(&v->ip), own = number(&l->address);
	uint32_t mask = v->ip.len ? UINT32_MAX << (32 - v->ip.len) : 0;
	uint32_t near = UINT32_MAX << (32 - l->address.len);

	if (v->ip.family != AF_INET || v->ip.len > 32 || (to & ~mask))
		stop("a malformed route", l);
	if (v->ip.len >= 8 && !is_host(to))
		stop("a route to nowhere", l);
	if (v->to && (!is_host(v->to) || v->to == own))
		stop("a route through nobody", l);
	if (v->to && v->ip.len >= l->address.len && !((to ^ own) & near))
		stop("a route into our own network", l);
}

static void
check_text(const struct lease *l, const struct value *v)
{
	const char *s = v->text;
	bool is_name = strstr("domain search hostname nis-domain", v->key->name);

	if (!*s || (is_name && (strlen(s) > 253 || strstr(s, "..") || *s == '.' || *s == '-')))
		stop("a wrong name", l);
	for (; *s; s++)
		if (iscntrl((unsigned char)*s) ||
			(is_name && (!isascii((unsigned char)*s) ||
					    (!isalnum((unsigned char)*s) && !strchr("-.", *s)))))
			stop("a wrong byte in a text", l);
}

static void
check_value(const struct lease *l, const struct value *v)
{
	const char *name = v->key->name;
	size_t n = 0;

	if (v->key->type == &type_list) {
		for (const struct value *i = v->items; i; i = i->next, n++)
			check_value(l, i);
		if (!n || n > MOST)
			stop("a list of a wrong length", l);
	} else if (!strcmp(name, "routes")) {
		check_route(l, v);
	} else if (v->key->type == &type_ip4 || v->key->type == &type_net) {
		check_ip(l, v);
	} else if (v->key->type == &type_u64 || v->key->type == &type_be32 ||
		   v->key->type == &type_u8) {
		return;
	} else if (v->key->type == &type_be16) {
		if (v->num < 576 || v->num > UINT16_MAX)
			stop("a wrong MTU", l);
	} else if (v->key->type != &type_mac && strcmp(name, "boot") != 0) {
		check_text(l, v);
	}
}

static void
check_lease(const struct lease *l)
{
	bool forever = l->seconds == LEASE_FOREVER && l->renew == LEASE_FOREVER &&
	               l->rebind == LEASE_FOREVER;

	if (!forever && (l->renew > l->rebind || l->rebind >= l->seconds))
		stop("wrong times", l);
	if (!is_host(number(&l->address)) || !l->address.len || l->address.len > 32 ||
		!is_host(number(&l->server)))
		stop("a wrong address or server", l);
	for (const struct value *v = l->vals; v; v = v->next)
		check_value(l, v);
}

/* Lines as conf cuts them; *refused is set where one is no line or has a wrong value. */
static struct value *
parse(char *s, bool *refused, struct mem *mem)
{
	struct value *vals = NULL, *v;
	char *line, *value;
	const struct key *k;

	while ((line = strsep(&s, "\n"))) {
		if (!*line)
			continue;
		if (!(value = strstr(line, " = ")) || strstr(line, " ;")) {
			*refused = true;
			continue;
		}
		*value = '\0';
		v = mem_get(mem, sizeof(*v));
		if ((k = key_find(&lease_keys, line)) && !value_of(vals, k) &&
			key_parse(k, v, value + 3, mem) == 0)
			value_add(&vals, v);
		else
			*refused = true;
	}
	return vals;
}

static char *
print(const struct lease *l, struct mem *mem)
{
	struct mem_stream s;

	lease_print(l, mem_open(&s));
	return mem_close(&s, mem);
}

static void
check_trip(const struct lease *l, struct mem *mem)
{
	const char *text = print(l, mem);
	struct lease back;
	bool refused = false;

	if (lease_restore(&back, parse(mem_text(mem, text, strlen(text)), &refused, mem), mem) <
			0 ||
		refused)
		stop("is not read back", l);
	if (!lease_same(l, &back) || back.dropped || back.renew != l->renew ||
		back.rebind != l->rebind || strcmp(text, print(&back, mem)) != 0)
		stop("is another when read back", l);
}

static void
read_message(const uint8_t *b, size_t len, struct mem *mem)
{
	struct message m;
	struct lease l;
	unsigned told = 0;

	if (message_read(&m, b, len))
		return;
	for (int o = 0; o <= OPTION_END; o++)
		(void)message_option(&m, (enum option)o, mem);
	if (lease_read(&l, &m, mem, count, &told))
		return;
	if (told != l.dropped)
		stop("counted otherwise than told", &l);
	check_lease(&l);
	check_trip(&l, mem);
}

static void
read_packet(const uint8_t *b, size_t len, struct mem *mem)
{
	const uint8_t *payload;
	struct udp_ends ends;
	size_t n;

	if (!udp_unwrap(b, len, true, &ends, &payload, &n))
		read_message(payload, n, mem);
}

/* A good head, and what has to be there, so that the rest is soon reached; way 4 has fields, too. */
static void
read_options(int way, const uint8_t *data, size_t size, struct mem *mem)
{
	static const char good[] = "\x35\x01\x05\x36\x04\xc0\0\2\1\x33\x04\0\0\x0e\x10\x34\x01\3";
	size_t len = FIXED + sizeof(good) - 1 - (way == 3 ? 3 : 0), fields = way == 4 ? 192 : 0;
	uint8_t packet[UDP_HEAD + SIZE] = { 0 }, *b = packet + UDP_HEAD;
	const struct udp_ends ends = { { 192, 0, 2, 1 }, { 255, 255, 255, 255 }, 67, 68 };

	if (size < fields || size > SIZE - len)
		return;
	b[0] = 2;
	(void)memcpy(b + 16, "\xc0\0\2\5", 4);
	(void)memcpy(b + 44, data, fields);
	(void)memcpy(b + 236, "\x63\x82\x53\x63", 4);
	(void)memcpy(b + FIXED, good, len - FIXED);
	(void)memcpy(b + len, data + fields, size - fields);
	read_packet(packet, udp_wrap(packet, &ends, len + size - fields), mem);
}

static void
read_file(const uint8_t *data, size_t size, struct mem *mem)
{
	struct lease l;
	bool refused = false;

	if (lease_restore(&l, parse(mem_text(mem, (const char *)data, size), &refused, mem), mem) <
		0)
		return;
	check_lease(&l);
	check_trip(&l, mem);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct mem *mem = mem_new();
	uint8_t *copy;

	if (size) {
		/* memory of just that size, so that a step beyond is seen */
		copy = malloc(size - 1 ? size - 1 : 1);
		if (!copy)
			abort();
		(void)memcpy(copy, data + 1, size - 1);
		switch (*data % WAYS) {
		case 0:
			read_packet(copy, size - 1, mem);
			break;
		case 1:
			read_message(copy, size - 1, mem);
			break;
		case 2:
			read_file(copy, size - 1, mem);
			break;
		default:
			read_options(*data % WAYS, copy, size - 1, mem);
			break;
		}
		free(copy);
	}
	mem_free(mem);
	return 0;
}
