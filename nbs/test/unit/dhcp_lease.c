/*
 * What of a message becomes a lease, what is left out and how that is said;
 * and the file it is kept in, which nobody vouches for either.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "dhcp/lease.h"
#include "dhcp/message.h"
#include "test/support/say.h"

enum { SIZE = 4096, FIXED = 240, TOLD = 8192 };

#define TEXT(t) t, sizeof(t) - 1

/* What nearly all cases start with: 192.0.2.5/24 of 192.0.2.1 for an hour. */
#define TYPE "\x35\x01\x05"
#define MASK "\x01\x04\xff\xff\xff\x00"
#define FROM "\x36\x04\xc0\x00\x02\x01"
#define HOUR "\x33\x04\x00\x00\x0e\x10"
#define GOOD TYPE MASK FROM HOUR

static char told[TOLD];

static void
note(void *user, const char *what)
{
	size_t n = strlen(told);

	++*(unsigned *)user;
	(void)snprintf(told + n, sizeof(told) - n, "%s\n", what);
}

static size_t
head(uint8_t b[SIZE], const char *address)
{
	(void)memset(b, 0, SIZE);
	b[0] = 2;
	(void)memcpy(b + 16, address, 4);
	(void)memcpy(b + 236, "\x63\x82\x53\x63", 4);
	return FIXED;
}

/* Reads from memory of just that size, so that a step beyond is seen. */
static const char *
read_bytes(struct lease *l, const uint8_t *b, size_t len, struct mem *mem)
{
	uint8_t *copy = malloc(len);
	struct message m = { 0 };
	const char *why;
	unsigned n = 0;

	if (!copy)
		abort();
	(void)memcpy(copy, b, len);
	told[0] = '\0';
	why = message_read(&m, copy, len);
	if (!why)
		why = lease_read(l, &m, mem, note, &n);
	if (!why && n != l->dropped)
		why = "counted otherwise than told";
	free(copy); /* nothing of a lease points into the message */
	return why;
}

static const char *
read_options(struct lease *l, const char *address, const char *options, size_t n, struct mem *mem)
{
	uint8_t b[SIZE];
	size_t len = head(b, address);

	(void)memcpy(b + len, options, n);
	return read_bytes(l, b, len + n, mem);
}

static const char *
printed(const struct lease *l, struct mem *mem)
{
	struct mem_stream s;

	lease_print(l, mem_open(&s));
	return mem_close(&s, mem);
}

/* Reads lines of KEY = VALUE by the table, as conf does; NULL where a type refuses one. */
static struct value *
parsed(const char *text, struct mem *mem)
{
	char *s = mem_text(mem, text, strlen(text)), *line, *value;
	struct value *vals = NULL, *v;
	const struct key *k;

	while ((line = strsep(&s, "\n")))
		if (*line) {
			if (!(value = strstr(line, " = ")) || strstr(line, " ;"))
				return NULL;
			*value = '\0';
			k = key_find(&lease_keys, line);
			v = mem_get(mem, sizeof(*v));
			if (!k || key_parse(k, v, value + 3, mem) < 0)
				return NULL;
			value_add(&vals, v);
		}
	return vals;
}

/* What a lease prints reads back as the same, and nothing of it is doubted then. */
static void
test_trip(const char *name, const struct lease *l, struct mem *mem)
{
	const char *text = printed(l, mem), *why = NULL;
	struct lease back = { 0 };

	if (lease_restore(&back, parsed(text, mem), mem) < 0)
		why = "is not read back";
	else if (!lease_same(l, &back) || strcmp(text, printed(&back, mem)) != 0)
		why = "is another when read back";
	else if (back.dropped)
		why = "is doubted when read back";
	else if (back.seconds != l->seconds || back.renew != l->renew || back.rebind != l->rebind)
		why = "has other times when read back";
	say(!why, mem_printf(mem, "%s: round trip", name), "%s", why ? why : "");
}

/* value: of the key, NULL when it is not there; told: what is left out. */
static const struct {
	const char *name, *options;
	size_t n;
	const char *key, *value, *told;
} cases[] = {
	{ "address", TEXT(GOOD), "address", "192.0.2.5/24", "" },
	{ "server", TEXT(GOOD), "server", "192.0.2.1", "" },
	{ "lifetime", TEXT(GOOD), "lifetime", "3600", "" },
	{ "half of it", TEXT(GOOD), "renew-after", "1800", "" },
	{ "seven eighths of it", TEXT(GOOD), "rebind-after", "3150", "" },
	{ "no mask", TEXT(TYPE FROM HOUR), "address", "192.0.2.5/24", "" },
	{ "a mask of 16", TEXT(TYPE "\x01\x04\xff\xff\0\0" FROM HOUR), "address", "192.0.2.5/16",
		"" },
	{ "a mask of 32", TEXT(TYPE "\x01\x04\xff\xff\xff\xff" FROM HOUR), "address",
		"192.0.2.5/32", "" },
	{ "a mask with a hole", TEXT(TYPE "\x01\x04\xff\0\xff\0" FROM HOUR), "address",
		"192.0.2.5/24", "address: expected a mask of ones, then zeros\n" },
	{ "a mask of three bytes", TEXT(TYPE "\x01\x03\xff\xff\xff" FROM HOUR), "address",
		"192.0.2.5/24", "address: expected a mask of ones, then zeros\n" },
	{ "a mask of 0", TEXT(TYPE "\x01\x04\0\0\0\0" FROM HOUR), "address", "192.0.2.5/24",
		"address 192.0.2.5/0: a network of all addresses\n" },

	{ "times", TEXT(GOOD "\x3a\x04\0\0\0\x0a\x3b\x04\0\0\0\x14"), "renew-after", "10", "" },
	{ "times, T2", TEXT(GOOD "\x3a\x04\0\0\0\x0a\x3b\x04\0\0\0\x14"), "rebind-after", "20",
		"" },
	{ "T1 alone", TEXT(GOOD "\x3a\x04\0\0\0\x0a"), "rebind-after", "3150", "" },
	{ "T1 beyond T2", TEXT(GOOD "\x3a\x04\0\0\0\x14\x3b\x04\0\0\0\x0a"), "renew-after", "1800",
		"renew-after 20: out of order with rebind-after and lifetime\n"
		"rebind-after 10: out of order with renew-after and lifetime\n" },
	{ "T1 of 0", TEXT(GOOD "\x3a\x04\0\0\0\0"), "renew-after", "1800",
		"renew-after 0: out of order with rebind-after and lifetime\n" },
	{ "T1 is T2", TEXT(GOOD "\x3a\x04\0\0\0\x14\x3b\x04\0\0\0\x14"), "rebind-after", "3150",
		"renew-after 20: out of order with rebind-after and lifetime\n"
		"rebind-after 20: out of order with renew-after and lifetime\n" },
	{ "T2 is the lifetime", TEXT(GOOD "\x3b\x04\0\0\x0e\x10"), "rebind-after", "3150",
		"rebind-after 3600: out of order with renew-after and lifetime\n" },
	{ "T1 of three bytes", TEXT(GOOD "\x3a\x03\0\0\0"), "renew-after", "1800",
		"renew-after: expected a time from 0 to 4294967295 s, or forever\n" },
	{ "one second", TEXT(TYPE FROM "\x33\x04\0\0\0\x01"), "rebind-after", "0", "" },
	{ "two seconds", TEXT(TYPE FROM "\x33\x04\0\0\0\x02"), "rebind-after", "1", "" },
	{ "for ever", TEXT(TYPE FROM "\x33\x04\xff\xff\xff\xff"), "lifetime", "forever", "" },
	{ "for ever, T1", TEXT(TYPE FROM "\x33\x04\xff\xff\xff\xff\x3a\x04\0\0\0\x0a"),
		"renew-after", "forever",
		"renew-after 10: out of order with rebind-after and lifetime\n" },
	{ "for ever in all",
		TEXT(TYPE FROM "\x33\x04\xff\xff\xff\xff\x3a\x04\xff\xff\xff\xff"
			       "\x3b\x04\xff\xff\xff\xff"),
		"rebind-after", "forever", "" },
	{ "nearly for ever", TEXT(TYPE FROM "\x33\x04\xff\xff\xff\xfe"), "rebind-after",
		"3758096382", "" },

	{ "broadcast", TEXT(GOOD "\x1c\x04\xc0\0\2\xff"), "broadcast", "192.0.2.255", "" },
	{ "broadcast to all", TEXT(GOOD "\x1c\x04\xff\xff\xff\xff"), "broadcast", NULL,
		"broadcast 255.255.255.255: not the highest address of the network\n" },
	{ "broadcast of zeros", TEXT(GOOD "\x1c\x04\xc0\0\2\0"), "broadcast", NULL,
		"broadcast 192.0.2.0: not the highest address of the network\n" },
	{ "broadcast of one host",
		TEXT(TYPE "\x01\x04\xff\xff\xff\xff" FROM HOUR "\x1c\x04\xc0\0\2\5"), "broadcast",
		NULL, "broadcast 192.0.2.5: not the highest address of the network\n" },
	{ "broadcast of 16 bytes",
		TEXT(GOOD "\x1c\x10"
			  "0123456789abcdef"),
		"broadcast", NULL, "broadcast: expected an IPv4 address\n" },

	{ "routers", TEXT(GOOD "\x03\x08\xc0\0\2\1\xc0\0\2\2"), "router", "192.0.2.1 192.0.2.2",
		"" },
	{ "a router that is we", TEXT(GOOD "\x03\x08\xc0\0\2\5\xc0\0\2\2"), "router", "192.0.2.2",
		"router 192.0.2.5: our own address\n" },
	{ "routers that are none", TEXT(GOOD "\x03\x10\x7f\0\0\1\0\0\0\0\xe0\0\0\1\xc0\0\2\xff"),
		"router", NULL,
		"router 127.0.0.1: not an address of a host\n"
		"router 0.0.0.0: not an address of a host\n"
		"router 224.0.0.1: not an address of a host\n"
		"router 192.0.2.255: the network's own address, or its broadcast address\n" },
	{ "a router and a bit", TEXT(GOOD "\x03\x06\xc0\0\2\1\xc0\0"), "router", "192.0.2.1",
		"router: cut off\n" },
	{ "no router in it", TEXT(GOOD "\x03\x00"), "router", NULL, "router: cut off\n" },
	{ "a router elsewhere", TEXT(GOOD "\x03\x04\xcb\0\x71\1"), "router", "203.0.113.1", "" },

	{ "routes", TEXT(GOOD "\x79\x0e\x08\x0a\xc0\0\2\1\x18\xc6\x33\x64\0\0\0\0"), "routes",
		"10.0.0.0/8=192.0.2.1 198.51.100.0/24", "" },
	{ "routes, and a router", TEXT(GOOD "\x03\x04\xc0\0\2\1\x79\x06\x08\x0a\xc0\0\2\2"),
		"router", NULL, "" },
	{ "routes of 249, and a router", TEXT(GOOD "\x03\x04\xc0\0\2\1\xf9\x06\x08\x0a\xc0\0\2\2"),
		"router", NULL, "" },
	{ "routes of 249", TEXT(GOOD "\xf9\x06\x08\x0a\xc0\0\2\2"), "routes",
		"10.0.0.0/8=192.0.2.2", "" },
	{ "routes of 121 and 249", TEXT(GOOD "\xf9\x06\x08\x0a\xc0\0\2\2\x79\x05\0\xc0\0\2\3"),
		"routes", "0.0.0.0/0=192.0.2.3", "" },
	{ "routes of 121 and 33", TEXT(GOOD "\x21\x08\x0a\0\0\0\xc0\0\2\1\x79\x05\0\xc0\0\2\3"),
		"routes", "0.0.0.0/0=192.0.2.3", "" },
	{ "routes of 33", TEXT(GOOD "\x21\x10\x0a\0\0\0\xc0\0\2\1\xcb\0\x71\7\xc0\0\2\2"), "routes",
		"10.0.0.0/8=192.0.2.1 203.0.113.7/32=192.0.2.2", "" },
	{ "routes of 33, and a router", TEXT(GOOD "\x03\x04\xc0\0\2\1\x21\x08\x0a\0\0\0\xc0\0\2\1"),
		"router", "192.0.2.1", "" },
	{ "a default route of 33", TEXT(GOOD "\x21\x08\0\0\0\0\xc0\0\2\1"), "routes", NULL,
		"routes 0.0.0.0/8=192.0.2.1: no destination\n" },
	{ "a route of 33 cut off", TEXT(GOOD "\x21\x09\x0a\0\0\0\xc0\0\2\1\x0a"), "routes",
		"10.0.0.0/8=192.0.2.1", "routes: cut off\n" },
	{ "a route of 33 bits", TEXT(GOOD "\x79\x0f\x08\x0a\xc0\0\2\1\x21\x0a\0\0\0\xc0\0\2\1"),
		"routes", "10.0.0.0/8=192.0.2.1", "routes: cut off, or a length beyond 32\n" },
	{ "a route of 255 bits", TEXT(GOOD "\x79\x05\xff\xc0\0\2\1"), "routes", NULL,
		"routes: cut off, or a length beyond 32\n" },
	{ "a route cut off", TEXT(GOOD "\x79\x0a\x08\x0a\xc0\0\2\1\x08\x0b\xc0\0"), "routes",
		"10.0.0.0/8=192.0.2.1", "routes: cut off, or a length beyond 32\n" },
	{ "host bits",
		TEXT(GOOD "\x79\x09\x20\x0a\1\2\3\xc0\0\2\1"
			  "\x79\x08\x14\x0a\x0b\x7f\xc0\0\2\1"),
		"routes", "10.1.2.3/32=192.0.2.1 10.11.112.0/20=192.0.2.1", "" },
	{ "a route to loopback", TEXT(GOOD "\x79\x06\x08\x7f\xc0\0\2\1"), "routes", NULL,
		"routes 127.0.0.0/8=192.0.2.1: no destination\n" },
	{ "a route to one of loopback", TEXT(GOOD "\x79\x09\x20\x7f\0\0\x35\xc0\0\2\1"), "routes",
		NULL, "routes 127.0.0.53/32=192.0.2.1: no destination\n" },
	{ "a route to nowhere", TEXT(GOOD "\x79\x07\x10\0\1\xc0\0\2\1"), "routes", NULL,
		"routes 0.1.0.0/16=192.0.2.1: no destination\n" },
	{ "a route to multicast", TEXT(GOOD "\x79\x06\x04\xe0\xc0\0\2\1"), "routes", NULL,
		"routes 224.0.0.0/4=192.0.2.1: no destination\n" },
	{ "both halves of the net", TEXT(GOOD "\x79\x0c\x01\0\xc0\0\2\1\x01\x80\xc0\0\2\1"),
		"routes", "0.0.0.0/1=192.0.2.1 128.0.0.0/1=192.0.2.1", "" },
	{ "a route to our own network", TEXT(GOOD "\x79\x08\x18\xc0\0\2\xc0\0\2\1"), "routes", NULL,
		"routes 192.0.2.0/24=192.0.2.1: it leads into our own network\n" },
	{ "a route into our own network", TEXT(GOOD "\x79\x09\x19\xc0\0\2\x80\xc0\0\2\1"), "routes",
		NULL, "routes 192.0.2.128/25=192.0.2.1: it leads into our own network\n" },
	{ "a route around our own network", TEXT(GOOD "\x79\x07\x10\xc0\0\xc0\0\2\1"), "routes",
		"192.0.0.0/16=192.0.2.1", "" },
	{ "our own network on the link", TEXT(GOOD "\x79\x08\x18\xc0\0\2\0\0\0\0"), "routes",
		"192.0.2.0/24", "" },
	{ "a route through us", TEXT(GOOD "\x79\x06\x08\x0a\xc0\0\2\5"), "routes", NULL,
		"routes 10.0.0.0/8=192.0.2.5: its router is our own address\n" },
	{ "a route through loopback", TEXT(GOOD "\x79\x06\x08\x0a\x7f\0\0\1"), "routes", NULL,
		"routes 10.0.0.0/8=127.0.0.1: its router is none\n" },

	{ "dns", TEXT(GOOD "\x06\x08\x01\x01\x01\x01\x08\x08\x08\x08"), "dns", "1.1.1.1 8.8.8.8",
		"" },
	{ "dns, some not", TEXT(GOOD "\x06\x0c\x7f\0\0\x35\x08\x08\x08\x08\xff\xff\xff\xff"), "dns",
		"8.8.8.8",
		"dns 127.0.0.53: not an address of a host\n"
		"dns 255.255.255.255: not an address of a host\n" },
	{ "dns, none", TEXT(GOOD "\x06\x04\0\0\0\0"), "dns", NULL,
		"dns 0.0.0.0: not an address of a host\n" },
	{ "dns in pieces", TEXT(GOOD "\x06\x03\x01\x01\x01\x06\x05\x01\x08\x08\x08\x08"), "dns",
		"1.1.1.1 8.8.8.8", "" },
	{ "ntp", TEXT(GOOD "\x2a\x04\xc0\0\2\7"), "ntp", "192.0.2.7", "" },

	{ "domain",
		TEXT(GOOD "\x0f\x0b"
			  "example.org"),
		"domain", "example.org", "" },
	{ "domain with its dot",
		TEXT(GOOD "\x0f\x0c"
			  "example.org."),
		"domain", "example.org", "" },
	{ "domain with two dots",
		TEXT(GOOD "\x0f\x0d"
			  "example.org.."),
		"domain", NULL, "domain: expected a name of letters, digits, hyphens and dots\n" },
	{ "domain with NULs behind",
		TEXT(GOOD "\x0f\x0d"
			  "example.org\0\0"),
		"domain", "example.org", "" },
	{ "domain with a NUL within",
		TEXT(GOOD "\x0f\x0b"
			  "example\0org"),
		"domain", NULL, "domain: expected a name of letters, digits, hyphens and dots\n" },
	{ "domain of a shell",
		TEXT(GOOD "\x0f\x0b"
			  "$(reboot).a"),
		"domain", NULL, "domain: expected a name of letters, digits, hyphens and dots\n" },
	{ "domain of two lines",
		TEXT(GOOD "\x0f\x04"
			  "a\nb."),
		"domain", NULL, "domain: expected a name of letters, digits, hyphens and dots\n" },
	{ "domain with an underscore",
		TEXT(GOOD "\x0f\x03"
			  "a_b"),
		"domain", NULL, "domain: expected a name of letters, digits, hyphens and dots\n" },
	{ "domain with a hyphen in front",
		TEXT(GOOD "\x0f\x04"
			  "a.-b"),
		"domain", NULL, "domain: expected a name of letters, digits, hyphens and dots\n" },
	{ "domain with an empty label",
		TEXT(GOOD "\x0f\x04"
			  "a..b"),
		"domain", NULL, "domain: expected a name of letters, digits, hyphens and dots\n" },
	{ "domain that is a dot",
		TEXT(GOOD "\x0f\x01"
			  "."),
		"domain", NULL, "domain: expected a name of letters, digits, hyphens and dots\n" },
	{ "domain of no byte", TEXT(GOOD "\x0f\x00"), "domain", NULL,
		"domain: expected a name of letters, digits, hyphens and dots\n" },
	{ "domain of a label of 63",
		TEXT(GOOD "\x0f\x3f"
			  "123456789012345678901234567890123456789012345678901234567890123"),
		"domain", "123456789012345678901234567890123456789012345678901234567890123", "" },
	{ "domain of a label of 64",
		TEXT(GOOD "\x0f\x40"
			  "1234567890123456789012345678901234567890123456789012345678901234"),
		"domain", NULL, "domain: expected a name of letters, digits, hyphens and dots\n" },
	{ "domain of Latin 1",
		TEXT(GOOD "\x0f\x02"
			  "\xe4."),
		"domain", NULL, "domain: expected a name of letters, digits, hyphens and dots\n" },
	{ "nis-domain",
		TEXT(GOOD "\x28\x05"
			  "a.b-c"),
		"nis-domain", "a.b-c", "" },

	{ "search", TEXT(GOOD "\x77\x0f\3eng\5apple\3com\0"), "search", "eng.apple.com", "" },
	{ "search, as RFC 3397 has it",
		TEXT(GOOD "\x77\x09\3eng\5appl\x77\x12"
			  "e\3com\0\x09marketing\xc0\x04"),
		"search", "eng.apple.com marketing.apple.com", "" },
	{ "search, a pointer to itself", TEXT(GOOD "\x77\x02\xc0\0"), "search", NULL,
		"search: cut off, or a pointer that does not lead back\n" },
	{ "search, a pointer to its own labels", TEXT(GOOD "\x77\x04\1a\xc0\0"), "search", NULL,
		"search: cut off, or a pointer that does not lead back\n" },
	{ "search, a pointer forward", TEXT(GOOD "\x77\x07\1a\xc0\4\1b\0"), "search", NULL,
		"search: cut off, or a pointer that does not lead back\n" },
	{ "search, a pointer beyond", TEXT(GOOD "\x77\x05\1a\0\xff\xff"), "search", "a",
		"search: cut off, or a pointer that does not lead back\n" },
	{ "search, half a pointer", TEXT(GOOD "\x77\x04\1a\0\xc0"), "search", "a",
		"search: cut off, or a pointer that does not lead back\n" },
	{ "search, a pointer to a pointer", TEXT(GOOD "\x77\x0b\1a\0\1b\xc0\0\1c\xc0\3"), "search",
		"a b.a c.b.a", "" },
	{ "search, a label of 64", TEXT(GOOD "\x77\x02\x40\0"), "search", NULL,
		"search: cut off, or a pointer that does not lead back\n" },
	{ "search, no end", TEXT(GOOD "\x77\x02\1a"), "search", NULL,
		"search: cut off, or a pointer that does not lead back\n" },
	{ "search, a label cut off", TEXT(GOOD "\x77\x05\1a\0\2a"), "search", "a",
		"search: cut off, or a pointer that does not lead back\n" },
	{ "search, the root", TEXT(GOOD "\x77\x04\0\1a\0"), "search", "a",
		"search: expected a name of letters, digits, hyphens and dots\n" },
	{ "search, an underscore", TEXT(GOOD "\x77\x08\3a_b\0\1a\0"), "search", "a",
		"search: expected a name of letters, digits, hyphens and dots\n" },
	{ "search, a dot in a label", TEXT(GOOD "\x77\x05\3a.b\0"), "search", NULL,
		"search: expected a name of letters, digits, hyphens and dots\n" },
	{ "search, a NUL in a label", TEXT(GOOD "\x77\x05\3a\0b\0"), "search", NULL,
		"search: expected a name of letters, digits, hyphens and dots\n" },

	{ "hostname", TEXT(GOOD "\x0c\x04host"), "hostname", "host", "" },
	{ "hostname of 12 and 81", TEXT(GOOD "\x0c\x04host\x51\x07\0\0\0name"), "hostname", "host",
		"" },
	{ "hostname of 81", TEXT(GOOD "\x51\x09\0\0\0name.a"), "hostname", "name.a", "" },
	{ "hostname of 81 as labels", TEXT(GOOD "\x51\x0b\5\0\0\4name\1a\0"), "hostname", "name.a",
		"" },
	{ "hostname of 81, not a whole one", TEXT(GOOD "\x51\x08\5\0\0\4name"), "hostname", "name",
		"" },
	{ "hostname of 81, none", TEXT(GOOD "\x51\x03\5\0\0"), "hostname", NULL, "" },
	{ "hostname of 81 cut off", TEXT(GOOD "\x51\x02\5\0"), "hostname", NULL,
		"hostname: expected a name of letters, digits, hyphens and dots\n" },
	{ "hostname of 81, a label cut off", TEXT(GOOD "\x51\x05\5\0\0\4n"), "hostname", NULL,
		"hostname: expected a name of letters, digits, hyphens and dots\n" },
	{ "hostname of option -x", TEXT(GOOD "\x0c\x02-x"), "hostname", NULL,
		"hostname: expected a name of letters, digits, hyphens and dots\n" },
	{ "hostname of a path", TEXT(GOOD "\x0c\x04../a"), "hostname", NULL,
		"hostname: expected a name of letters, digits, hyphens and dots\n" },

	{ "mtu", TEXT(GOOD "\x1a\x02\x05\xdc"), "mtu", "1500", "" },
	{ "mtu of 576", TEXT(GOOD "\x1a\x02\x02\x40"), "mtu", "576", "" },
	{ "mtu of 575", TEXT(GOOD "\x1a\x02\x02\x3f"), "mtu", NULL,
		"mtu 575: expected a number from 576 to 65535\n" },
	{ "mtu of one byte", TEXT(GOOD "\x1a\x01\x05"), "mtu", NULL,
		"mtu: expected a number from 576 to 65535\n" },
	{ "mtu of three bytes", TEXT(GOOD "\x1a\x03\x05\xdc\x00"), "mtu", NULL,
		"mtu: expected a number from 576 to 65535\n" },

	{ "root-path",
		TEXT(GOOD "\x11\x10"
			  "192.0.2.1:/a b;c"),
		"root-path", "192.0.2.1:/a b\\x3bc", "" },
	{ "root-path that is a comment", TEXT(GOOD "\x11\x04 ;a "), "root-path", "\\x20\\x3ba\\x20",
		"" },
	{ "root-path with a backslash", TEXT(GOOD "\x11\x04\\x41"), "root-path", "\\x5cx41", "" },
	{ "root-path up to a NUL", TEXT(GOOD "\x11\x05/a\0\n/"), "root-path", "/a", "" },
	{ "root-path that is NUL", TEXT(GOOD "\x11\x01\0"), "root-path", NULL,
		"root-path: expected text without control characters\n" },
	{ "root-path of no byte", TEXT(GOOD "\x11\x00"), "root-path", NULL,
		"root-path: expected text without control characters\n" },
	{ "root-path of two lines", TEXT(GOOD "\x11\x05/a\n[b"), "root-path", NULL,
		"root-path: expected text without control characters\n" },
	{ "root-path with DEL", TEXT(GOOD "\x11\x02/\x7f"), "root-path", NULL,
		"root-path: expected text without control characters\n" },
	{ "tftp-server", TEXT(GOOD "\x42\x04tftp"), "tftp-server", "tftp", "" },
	{ "bootfile", TEXT(GOOD "\x43\x07/a/b.0\0"), "bootfile", "/a/b.0", "" },
	{ "vendor", TEXT(GOOD "\x2b\x03\x01\x00\xff"), "vendor", "01:00:ff", "" },
	{ "vendor of no byte", TEXT(GOOD "\x2b\x00"), "vendor", NULL,
		"vendor: expected bytes such as 01:52:54:00\n" },
	{ "auto-configure", TEXT(GOOD "\x74\x01\x00"), "auto-configure", "0", "" },
	{ "auto-configure of 2", TEXT(GOOD "\x74\x01\x02"), "auto-configure", NULL,
		"auto-configure 2: expected a number from 0 to 1\n" },
};

static const char *
value_or_none(const struct lease *l, const char *key, struct mem *mem)
{
	const struct value *v = value_named(l->vals, key);

	return v ? value_plain(v, mem) : "not there";
}

static void
test_case(size_t i, struct mem *mem)
{
	struct lease l = { 0 };
	const char *why = read_options(&l, "\xc0\0\2\5", cases[i].options, cases[i].n, mem);

	if (why) {
		say(false, cases[i].name, "%s", why);
		return;
	}
	say_same(cases[i].name, cases[i].value ? cases[i].value : "not there",
		value_or_none(&l, cases[i].key, mem));
	say_same(mem_printf(mem, "%s: what is told", cases[i].name), cases[i].told, told);
	test_trip(cases[i].name, &l, mem);
}

/* Messages that make no lease, and why. */
static const struct {
	const char *name, *address, *options;
	size_t n;
	const char *why; /* NULL where there is one */
} leases[] = {
	{ "no address", "\0\0\0\0", TEXT(GOOD), "no address" },
	{ "this network", "\0\0\0\5", TEXT(GOOD), "an address that no host can have" },
	{ "loopback", "\x7f\0\0\5", TEXT(GOOD), "an address that no host can have" },
	{ "multicast", "\xe0\0\0\5", TEXT(GOOD), "an address that no host can have" },
	{ "class E", "\xf0\0\0\5", TEXT(GOOD), "an address that no host can have" },
	{ "all ones", "\xff\xff\xff\xff", TEXT(GOOD), "an address that no host can have" },
	{ "the network", "\xc0\0\2\0", TEXT(GOOD), "an address that no host can have" },
	{ "the broadcast address", "\xc0\0\2\xff", TEXT(GOOD), "an address that no host can have" },
	{ "multicast without a mask", "\xe0\0\0\5", TEXT(TYPE FROM HOUR),
		"an address that no host can have" },
	{ "the lower of two", "\xc0\0\2\4", TEXT(TYPE "\x01\x04\xff\xff\xff\xfe" FROM HOUR), NULL },
	{ "the upper of two", "\xc0\0\2\5", TEXT(TYPE "\x01\x04\xff\xff\xff\xfe" FROM HOUR), NULL },
	{ "the highest of four", "\xc0\0\2\7", TEXT(TYPE "\x01\x04\xff\xff\xff\xfc" FROM HOUR),
		"an address that no host can have" },
	{ "one host", "\xc0\0\2\0", TEXT(TYPE "\x01\x04\xff\xff\xff\xff" FROM HOUR), NULL },
	{ "no server", "\xc0\0\2\5", TEXT(TYPE MASK HOUR), "no server is named" },
	{ "a server of three bytes", "\xc0\0\2\5", TEXT(TYPE MASK HOUR "\x36\x03\xc0\0\2"),
		"no server is named" },
	{ "server 0.0.0.0", "\xc0\0\2\5", TEXT(TYPE MASK HOUR "\x36\x04\0\0\0\0"),
		"a server that is no host" },
	{ "server 255.255.255.255", "\xc0\0\2\5", TEXT(TYPE MASK HOUR "\x36\x04\xff\xff\xff\xff"),
		"a server that is no host" },
	{ "no lifetime", "\xc0\0\2\5", TEXT(TYPE MASK FROM), "no lifetime" },
	{ "a lifetime of 0", "\xc0\0\2\5", TEXT(TYPE MASK FROM "\x33\x04\0\0\0\0"), "no lifetime" },
	{ "a lifetime of five bytes", "\xc0\0\2\5", TEXT(TYPE MASK FROM "\x33\x05\0\0\0\1\0"),
		"no lifetime" },
	{ "a NAK", "\xc0\0\2\5", TEXT("\x35\x01\x06" MASK FROM HOUR),
		"neither an OFFER nor an ACK" },
	{ "an OFFER", "\xc0\0\2\5", TEXT("\x35\x01\x02" MASK FROM HOUR), NULL },
	{ "BOOTP without a server", "\xc0\0\2\5", TEXT(MASK), "no server is named" },
};

static void
test_lease(size_t i, struct mem *mem)
{
	struct lease l = { .seconds = 7 };
	const char *why = read_options(&l, leases[i].address, leases[i].options, leases[i].n, mem);

	say_same(leases[i].name, leases[i].why ? leases[i].why : "a lease", why ? why : "a lease");
	if (why)
		say(l.seconds == 7 && !l.vals, leases[i].name, "touches what it is to fill");
	else
		test_trip(leases[i].name, &l, mem);
}

/* The network of each class where there is no mask. */
static void
test_classes(struct mem *mem)
{
	static const char *const want[][2] = { { "\x0a\1\2\3", "10.1.2.3/8" },
		{ "\x7e\1\2\3", "126.1.2.3/8" }, { "\x80\1\2\3", "128.1.2.3/16" },
		{ "\xbf\1\2\3", "191.1.2.3/16" }, { "\xc0\1\2\3", "192.1.2.3/24" },
		{ "\xdf\1\2\3", "223.1.2.3/24" } };

	for (size_t i = 0; i < LEN(want); i++) {
		struct lease l = { 0 };

		(void)read_options(&l, want[i][0], TEXT(TYPE FROM HOUR), mem);
		say_same(want[i][1], want[i][1], value_or_none(&l, "address", mem));
	}
}

/* The fields: who answers BOOTP, and what older servers say there. */
static void
test_fields(struct mem *mem)
{
	uint8_t b[SIZE];
	size_t len = head(b, "\xc0\0\2\5");
	struct lease l = { 0 };
	const char *why;

	(void)memcpy(b + 20, "\xc0\0\2\x09", 4);
	(void)memcpy(b + 44, "tftp.example.org", 16);
	(void)memcpy(b + 108, "/boot/k; x", 10);
	why = read_bytes(&l, b, len, mem);
	say_same("BOOTP", "a lease", why ? why : "a lease");
	say_same("BOOTP: the lease",
		"address = 192.0.2.5/24\nserver = 192.0.2.9\nlifetime = forever\n"
		"renew-after = forever\nrebind-after = forever\nnext-server = 192.0.2.9\n"
		"tftp-server = tftp.example.org\nbootfile = /boot/k\\x3b x\n",
		why ? why : printed(&l, mem));
	test_trip("BOOTP", &l, mem);
	(void)memcpy(b + len, TEXT(GOOD "\x42\x01"
					"a\x43\x01"
					"b"));
	why = read_bytes(&l, b, len + sizeof(GOOD) - 1 + 6, mem);
	say_same("options before fields: 66", "a", value_or_none(&l, "tftp-server", mem));
	say_same("options before fields: 67", "b", value_or_none(&l, "bootfile", mem));
	b[20] = 127;
	b[110] = '\n';
	why = read_bytes(&l, b, len + sizeof(GOOD) - 1, mem);
	say_same("fields that make no sense",
		"bootfile: expected text without control characters\n"
		"next-server 127.0.2.9: not an address of a host\n",
		why ? why : told);
}

/* The longest name there may be, and one byte more; both of labels of at most 63. */
static void
test_long_names(struct mem *mem)
{
	for (unsigned last = 61; last <= 62; last++) {
		uint8_t b[SIZE];
		size_t len = head(b, "\xc0\0\2\5"), name = 3 * 64 + last;
		struct lease l = { 0 };

		(void)memcpy(b + len, TEXT(GOOD));
		len += sizeof(GOOD) - 1;
		b[len++] = OPTION_DOMAIN;
		b[len++] = (uint8_t)name;
		(void)memset(b + len, 'x', name);
		b[len + 63] = b[len + 127] = b[len + 191] = '.';
		(void)read_bytes(&l, b, len + name, mem);
		say((value_named(l.vals, "domain") != NULL) == (name <= 253),
			mem_printf(mem, "a name of %zu", name), "not what was expected");
	}
}

/* A name that grows by pointers beyond what a name may have. */
static void
test_growing_name(struct mem *mem)
{
	uint8_t b[SIZE];
	size_t len = head(b, "\xc0\0\2\5"), at = 0;
	struct lease l = { 0 };

	(void)memcpy(b + len, TEXT(GOOD));
	len += sizeof(GOOD) - 1;
	b[len] = OPTION_SEARCH;
	for (unsigned i = 0; i < 4; i++) {
		uint8_t *to = b + len + 2 + at;

		to[0] = 60;
		(void)memset(to + 1, 'x', 60);
		to[61] = i ? 0xc0 : 0;
		to[62] = (uint8_t)(i > 1 ? 62 + 63 * (i - 2) : 0);
		at += i ? 63 : 62;
	}
	b[len + 1] = (uint8_t)at;
	say(!read_bytes(&l, b, len + 2 + at, mem) && value_named(l.vals, "search"),
		"names that grow", "none is taken");
	test_trip("names that grow", &l, mem);
}

static size_t
count(const struct lease *l, const char *key)
{
	const struct value *v = value_named(l->vals, key);
	size_t n = 0;

	for (v = v ? v->items : NULL; v; v = v->next)
		n++;
	return n;
}

/* Lists that are too long, of each kind. */
static void
test_long_lists(struct mem *mem)
{
	uint8_t b[SIZE];
	size_t len = head(b, "\xc0\0\2\5");
	struct lease l = { 0 };

	(void)memcpy(b + len, TEXT(GOOD));
	len += sizeof(GOOD) - 1;
	for (unsigned i = 0; i < 65; i++, len += 6)
		(void)memcpy(b + len, "\x06\x04\xcb\0\x71\7", 6);
	for (unsigned i = 0; i < 65; i++, len += 8)
		(void)memcpy(b + len, "\x79\x06\x08\x0a\xc0\0\2\1", 8);
	for (unsigned i = 0; i < 66; i++, len += 5)
		(void)memcpy(b + len, "\x77\x03\1a\0", 5);
	say(!read_bytes(&l, b, len, mem) && count(&l, "dns") == 64 && count(&l, "routes") == 64 &&
			count(&l, "search") == 64,
		"long lists", "%zu %zu %zu items", count(&l, "dns"), count(&l, "routes"),
		count(&l, "search"));
	say_same("long lists: what is told",
		"routes: a list of more than 64\ndns: a list of more than 64\n"
		"search: a list of more than 64\n",
		told);
	test_trip("long lists", &l, mem);
}

#define EVERY                                                                                   \
	GOOD "\x3a\x04\0\0\0\x0a\x3b\x04\0\0\0\x14\x1c\x04\xc0\0\2\xff\x06\x08\1\1\1\1\2\2\2\2" \
	     "\x79\x0e\x08\x0a\xc0\0\2\1\x18\xc6\x33\x64\0\0\0\0"                               \
	     "\x0f\x0b"                                                                         \
	     "example.org\x77\x0b\1a\0\1b\xc0\0\1c\xc0\3\x51\x0b\5\0\0\4name\1a\0"              \
	     "\x2a\x04\xc0\0\2\7\x1a\x02\x05\xdc\x11\x03/ ;\x42\x01"                            \
	     "a\x43\x01"                                                                        \
	     "b\x2b\x02\1\2\x28\x03nis\x74\x01\1"

/* Each beginning of a message that has all: it is read or refused, and no more is looked at. */
static void
test_truncated(struct mem *mem)
{
	struct lease l, part;
	size_t made = 0;

	say(!read_options(&l, "\xc0\0\2\5", TEXT(EVERY), mem) && !*told, "a message that has all",
		"%s", told);
	test_trip("a message that has all", &l, mem);
	for (size_t n = 0; n < sizeof(EVERY) - 1; n++)
		made += !read_options(&part, "\xc0\0\2\5", EVERY, n, mem);
	/* behind the first four, and behind each but the last of the others */
	say(made == 16, "messages cut short", "%zu of them make a lease", made);
}

/* Each byte of it changed, each in turn: whatever comes of it, it can be kept. */
static void
test_changed(struct mem *mem)
{
	static char options[] = EVERY;
	struct lease l, back;
	size_t wrong = 0;

	for (size_t i = 0; i < sizeof(options) - 1; i++)
		for (int bit = 0; bit < 8; bit++) {
			options[i] ^= (char)(1 << bit);
			if (!read_options(&l, "\xc0\0\2\5", TEXT(options), mem))
				wrong += lease_restore(&back, parsed(printed(&l, mem), mem), mem) <
				                 0 ||
				         !lease_same(&l, &back) || back.dropped;
			options[i] ^= (char)(1 << bit);
		}
	say(!wrong, "a bit turned over", "%zu leases are not read back", wrong);
}

/* Files, which anybody may have written: NULL where they make no lease. */
static const struct {
	const char *name, *text, *printed;
} files[] = {
	{ "a file",
		"address = 192.0.2.5/24\nserver = 192.0.2.1\nserver-mac = 02:00:00:00:00:01\n"
		"client-id = 01:02:00:00:00:00:07\ntaken = 123456\nboot = 7d\\x3b a\nlifetime = 60\n",
		"address = 192.0.2.5/24\nserver = 192.0.2.1\nserver-mac = 02:00:00:00:00:01\n"
		"client-id = 01:02:00:00:00:00:07\ntaken = 123456\nboot = 7d\\x3b a\nlifetime = 60\n"
		"renew-after = 30\nrebind-after = 52\n" },
	{ "a file in another order",
		"lifetime = 60\nmtu = 1500\nserver = 192.0.2.1\naddress = 192.0.2.5\n",
		"address = 192.0.2.5/24\nserver = 192.0.2.1\nlifetime = 60\nrenew-after = 30\n"
		"rebind-after = 52\nmtu = 1500\n" },
	{ "a file of nonsense",
		"address = 192.0.2.5/24\nserver = 192.0.2.1\nlifetime = 60\nbroadcast = 1.2.3.4\n"
		"rebind-after = forever\nrouter = 192.0.2.5 127.0.0.1\ndns = 0.0.0.0 8.8.8.8\n"
		"routes = 127.0.0.0/8=192.0.2.1 192.0.2.7/32=192.0.2.1 10.1.2.3/8=192.0.2.1\n",
		"address = 192.0.2.5/24\nserver = 192.0.2.1\nlifetime = 60\nrenew-after = 30\n"
		"rebind-after = 52\nroutes = 10.0.0.0/8=192.0.2.1\ndns = 8.8.8.8\n" },
	{ "an empty file", "", NULL },
	{ "a file without an address", "server = 192.0.2.1\nlifetime = 60\n", NULL },
	{ "a file of IPv6", "address = 2001:db8::5/64\nserver = 192.0.2.1\nlifetime = 60\n", NULL },
	{ "a file without a server", "address = 192.0.2.5/24\nlifetime = 60\n", NULL },
	{ "a file without a lifetime", "address = 192.0.2.5/24\nserver = 192.0.2.1\n", NULL },
	{ "a file of a bad address", "address = 127.0.0.1/8\nserver = 192.0.2.1\nlifetime = 60\n",
		NULL },
	{ "a file of a bad server", "address = 192.0.2.5/24\nserver = 0.0.0.0\nlifetime = 60\n",
		NULL },
};

static void
test_file(size_t i, struct mem *mem)
{
	struct lease l = { 0 };
	const char *have = lease_restore(&l, parsed(files[i].text, mem), mem) < 0
	                           ? "no lease"
	                           : printed(&l, mem);

	say_same(files[i].name, files[i].printed ? files[i].printed : "no lease", have);
}

/* What each type takes of a file; want: "=" as it is, NULL refused. */
static const struct {
	const char *key, *text, *want;
} lines[] = {
	{ "routes", "10.0.0.0/8=192.0.2.1 198.51.100.0/24", "=" },
	{ "routes", "10.0.0.1", "10.0.0.1/32" },
	{ "routes", "0.0.0.0/0=0.0.0.0", "0.0.0.0/0" },
	{ "routes", "10.0.0.0/33=192.0.2.1", NULL },
	{ "routes", "10.0.0.0/8=192.0.2.1/24", NULL },
	{ "routes", "10.0.0.0/8=", NULL },
	{ "routes", "=192.0.2.1", NULL },
	{ "routes", "10.0.0.0/8=192.0.2.1=192.0.2.2", NULL },
	{ "routes", "2001:db8::/32", NULL },
	{ "routes", "10.0.0.0/8=2001:db8::1", NULL },
	{ "domain", "Example.ORG", "=" },
	{ "domain", "example.org.", "example.org" },
	{ "domain", "a b", NULL },
	{ "domain", "a\\x62", NULL },
	{ "domain", "", NULL },
	{ "search", "a.b c", "=" },
	{ "search", "a.b c_d", NULL },
	{ "vendor", "01:aB", "=" },
	{ "vendor", "01:", NULL },
	{ "vendor", "1:02", NULL },
	{ "vendor", "0102", NULL },
	{ "vendor", "", NULL },
	{ "root-path", "/a b", "=" },
	{ "root-path", "/a\\x0ab", NULL },
	{ "root-path", "", NULL },
	{ "lifetime", "0", NULL },
	{ "lifetime", "4294967295", "forever" },
	{ "mtu", "575", NULL },
	{ "auto-configure", "2", NULL },
};

static void
test_line(size_t i, struct mem *mem)
{
	const struct key *k = key_find(&lease_keys, lines[i].key);
	struct value v = { 0 };
	const char *title = mem_printf(mem, "%s '%s'", lines[i].key, lines[i].text), *want;

	want = !lines[i].want               ? "refused"
	       : strcmp(lines[i].want, "=") ? lines[i].want
	                                    : lines[i].text;
	say_same(title, want,
		key_parse(k, &v, lines[i].text, mem) < 0 ? "refused" : value_plain(&v, mem));
}

static void
test_same(struct mem *mem)
{
	static const struct {
		const char *name, *with;
		size_t n;
		bool same;
	} others[] = {
		{ "the same", TEXT(GOOD "\x06\x08\1\1\1\1\2\2\2\2"), true },
		{ "other times", TEXT(TYPE MASK FROM "\x33\x04\0\0\0\x09\x06\x08\1\1\1\1\2\2\2\2"),
			true },
		{ "another order", TEXT(GOOD "\x06\x08\2\2\2\2\1\1\1\1"), false },
		{ "one less", TEXT(GOOD "\x06\x04\1\1\1\1"), false },
		{ "none", TEXT(GOOD), false },
		{ "one more option", TEXT(GOOD "\x06\x08\1\1\1\1\2\2\2\2\x1a\x02\x05\xdc"), false },
		{ "another server",
			TEXT(TYPE MASK HOUR "\x36\x04\xc0\0\2\2\x06\x08\1\1\1\1\2\2\2\2"), false },
		{ "another mask",
			TEXT(TYPE "\1\4\xff\xff\0\0" FROM HOUR "\x06\x08\1\1\1\1\2\2\2\2"), false },
	};
	struct lease l = { 0 }, other = { 0 };

	(void)read_options(&l, "\xc0\0\2\5", TEXT(GOOD "\x06\x08\1\1\1\1\2\2\2\2"), mem);
	for (size_t i = 0; i < LEN(others); i++) {
		(void)read_options(&other, "\xc0\0\2\5", others[i].with, others[i].n, mem);
		say(lease_same(&l, &other) == others[i].same &&
				lease_same(&other, &l) == others[i].same,
			mem_printf(mem, "leases, %s", others[i].name), "judged otherwise");
	}
}

/* The order that others rely on, and that each key says what it is. */
static void
test_table(void)
{
	static const char *const names[] = { "address", "server", "server-mac", "client-id",
		"taken", "boot", "lifetime", "renew-after", "rebind-after", "broadcast", "router",
		"routes", "dns", "domain", "search", "hostname", "ntp", "mtu", "root-path",
		"next-server", "tftp-server", "bootfile", "vendor", "nis-domain",
		"auto-configure" };

	say(lease_keys.n == LEN(names), "the number of keys", "%zu", lease_keys.n);
	for (size_t i = 0; i < LEN(names) && i < lease_keys.n; i++)
		say(!strcmp(lease_keys.keys[i].name, names[i]) && lease_keys.keys[i].help &&
				lease_keys.keys[i].type,
			names[i], "another one");
}

int
main(void)
{
	struct mem *mem = mem_new();

	for (size_t i = 0; i < LEN(cases); i++)
		test_case(i, mem);
	for (size_t i = 0; i < LEN(leases); i++)
		test_lease(i, mem);
	test_classes(mem);
	test_fields(mem);
	test_long_names(mem);
	test_growing_name(mem);
	test_long_lists(mem);
	test_truncated(mem);
	test_changed(mem);
	for (size_t i = 0; i < LEN(files); i++)
		test_file(i, mem);
	for (size_t i = 0; i < LEN(lines); i++)
		test_line(i, mem);
	test_same(mem);
	test_table();
	mem_free(mem);
	return say_end();
}
