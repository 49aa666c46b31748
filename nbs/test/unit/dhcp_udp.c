/* The headers around a message: written and read back, and each way in which they can be wrong. */
#include <stdlib.h>
#include <string.h>

#include "dhcp/udp.h"
#include "test/support/say.h"

enum { SIZE = 128, PAYLOAD = 5, WHOLE = UDP_HEAD + PAYLOAD };

static const struct udp_ends ends = { { 192, 0, 2, 1 }, { 255, 255, 255, 255 }, 67, 68 };

/* Worked out by hand from RFC 1071: what comes out must be just this. */
static const uint8_t golden[WHOLE] = { 0x45, 0, 0, 33, 0, 0, 0x40, 0, 64, 17, 0x78, 0xcb, 192, 0, 2,
	1, 255, 255, 255, 255, 0, 67, 0, 68, 0, 13, 0xf9, 0x79, 'h', 'e', 'l', 'l', 'o' };

static size_t
make(uint8_t *b)
{
	(void)memset(b, 0, SIZE);
	(void)memcpy(b + UDP_HEAD, "hello", PAYLOAD);
	return udp_wrap(b, &ends, PAYLOAD);
}

/* Mends the checksum of the IPv4 header after it was changed. */
static void
mend(uint8_t *b)
{
	uint32_t sum = 0;

	b[10] = b[11] = 0;
	for (size_t i = 0; i < (b[0] & 0xfU) * 4U; i += 2)
		sum += (uint32_t)b[i] << 8 | b[i + 1];
	sum = (sum & 0xffff) + (sum >> 16);
	sum = (sum & 0xffff) + (sum >> 16);
	b[10] = (uint8_t)(~sum >> 8);
	b[11] = (uint8_t)~sum;
}

/* Reads from memory of just that size, so that a step beyond is seen. */
static const char *
unwrap(const uint8_t *b, size_t len, bool offloaded)
{
	uint8_t *copy = malloc(len ? len : 1);
	struct udp_ends e = { .from_port = 7 };
	const uint8_t *payload = NULL;
	size_t n = 0;
	const char *why;

	if (!copy)
		abort();
	(void)memcpy(copy, b, len);
	why = udp_unwrap(copy, len, offloaded, &e, &payload, &n);
	if (why && (e.from_port != 7 || payload || n))
		why = "refused, but told";
	else if (!why &&
		 (n != PAYLOAD || memcmp(payload, "hello", PAYLOAD) != 0 ||
			 memcmp(e.from, ends.from, 4) != 0 || memcmp(e.to, ends.to, 4) != 0 ||
			 e.from_port != 67 || e.to_port != 68))
		why = "read otherwise";
	free(copy);
	return why ? why : "taken";
}

static const struct {
	const char *name;
	size_t at;
	uint8_t byte;
	bool mended, offloaded;
	const char *result;
} cases[] = {
	{ "as it was written", 0, 0x45, false, false, "taken" },
	{ "IPv6", 0, 0x65, true, false, "not IPv4" },
	{ "a header of four words", 0, 0x44, true, false, "a wrong length in the IPv4 header" },
	{ "a header longer than the packet", 0, 0x4f, false, false,
		"a wrong length in the IPv4 header" },
	{ "a packet longer than what came", 3, WHOLE + 1, true, false,
		"a wrong length in the IPv4 header" },
	{ "a packet shorter than its header", 3, 19, true, false,
		"a wrong length in the IPv4 header" },
	{ "a packet too short for UDP", 3, 27, true, false, "too short for UDP" },
	{ "a packet shorter than UDP says", 3, WHOLE - 1, true, false,
		"a wrong length in the UDP header" },
	{ "UDP longer than its packet", 25, 14, false, false, "a wrong length in the UDP header" },
	{ "UDP shorter than its header", 25, 7, false, false, "a wrong length in the UDP header" },
	{ "more fragments", 6, 0x20, true, false, "a fragment" },
	{ "a later fragment", 7, 1, true, false, "a fragment" },
	{ "TCP", 9, 6, true, false, "not UDP" },
	{ "another time to live", 8, 1, false, false, "a wrong IPv4 checksum" },
	{ "another time to live, summed", 8, 1, true, false, "taken" },
	{ "another port", 23, 67, false, false, "not to the client's port" },
	{ "another payload", UDP_HEAD, 'H', false, false, "a wrong UDP checksum" },
	{ "another UDP checksum", 27, 0, false, false, "a wrong UDP checksum" },
	{ "another UDP checksum, offloaded", 27, 0, false, true, "taken" },
	{ "an IPv4 checksum is never offloaded", 11, 0, false, true, "a wrong IPv4 checksum" },
};

static void
test_case(size_t i)
{
	uint8_t b[SIZE];
	size_t len = make(b);

	b[cases[i].at] = cases[i].byte;
	if (cases[i].mended)
		mend(b);
	say_same(cases[i].name, cases[i].result, unwrap(b, len, cases[i].offloaded));
}

static void
test_golden(void)
{
	uint8_t b[SIZE];
	size_t len = make(b);

	say(len == WHOLE && !memcmp(b, golden, WHOLE), "the bytes of both headers",
		"others: %02x%02x", b[10], b[11]);
}

static void
test_short(void)
{
	uint8_t b[SIZE];
	size_t len = make(b), taken = 0;

	for (size_t n = 0; n < len; n++)
		taken += !strcmp(unwrap(b, n, true), "taken");
	say(!taken, "a packet cut short", "%zu times taken", taken);
	say_same("padding behind the packet", "taken", unwrap(b, len + 13, false));
	b[26] = b[27] = 0;
	say_same("no UDP checksum", "taken", unwrap(b, len, false));
}

static void
test_ip_options(void)
{
	uint8_t b[SIZE], with[SIZE] = { 0 };
	size_t len = make(b);

	(void)memcpy(with, b, 20);
	(void)memset(with + 20, 1, 4); /* no operation, RFC 791, 3.1 */
	(void)memcpy(with + 24, b + 20, len - 20);
	with[0] = 0x46;
	with[3] += 4;
	mend(with);
	say_same("options in the IPv4 header", "taken", unwrap(with, len + 4, false));
}

/* A sum that comes to 0 is sent as all ones, since 0 says that there is none. */
static void
test_zero(void)
{
	uint8_t b[SIZE] = { 0 };
	uint16_t was;
	size_t len;

	len = udp_wrap(b, &ends, 2);
	was = (uint16_t)(b[26] << 8 | b[27]);
	b[UDP_HEAD] = (uint8_t)(was >> 8);
	b[UDP_HEAD + 1] = (uint8_t)was;
	len = udp_wrap(b, &ends, 2);
	say(len == 30 && b[26] == 0xff && b[27] == 0xff, "a sum of 0", "%02x%02x", b[26], b[27]);
	len = udp_wrap(b, &ends, 0);
	say(len == UDP_HEAD && b[25] == 8, "an empty payload", "length %d", b[25]);
}

int
main(void)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		test_case(i);
	test_golden();
	test_short();
	test_ip_options();
	test_zero();
	return say_end();
}
