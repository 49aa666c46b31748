/*
 * What a client asks in each of its states: RFC 2131, table 5, and what the
 * file says of it.  What is written is read back as a message.
 */
#include <linux/if_link.h>
#include <string.h>
#include <sys/socket.h>

#include "base/mem.h"
#include "dhcp/ask.h"
#include "model/link.h"
#include "test/support/bed.h"
#include "test/support/say.h"

/* Its eth0 as it is wanted, with what the kernel has of it. */
static const struct link *
asking(struct bed *b, const char *keys)
{
	bed_want(b, mem_printf(b->mem, "[nic eth0]\ndhcp = ipv4\n%s", keys));
	return model_named(bed_look(b, b->mem)->target, "eth0");
}

static const char *
hex(struct blob data, struct mem *mem)
{
	const char *text = "";

	for (size_t i = 0; i < data.n; i++)
		text = mem_printf(mem, "%s%s%02x", text, i ? ":" : "", data.b[i]);
	return text;
}

static const char *
address(const uint8_t *b, struct mem *mem)
{
	return mem_printf(mem, "%u.%u.%u.%u", b[0], b[1], b[2], b[3]);
}

/* Bytes as text: what is no letter as \xHH. */
static const char *
plain(struct blob data, struct mem *mem)
{
	const char *text = "";

	for (size_t i = 0; i < data.n; i++)
		text = mem_printf(mem, data.b[i] > ' ' && data.b[i] < 127 ? "%s%c" : "%s\\x%02x",
			text, data.b[i]);
	return text;
}

static const char *
numbers(struct blob data, struct mem *mem)
{
	const char *text = "";

	for (size_t i = 0; i < data.n; i++)
		text = mem_printf(mem, "%s%s%u", text, i ? " " : "", data.b[i]);
	return text;
}

static const char *
option_text(enum option o, struct blob data, struct mem *mem)
{
	if ((o == OPTION_ADDRESS || o == OPTION_SERVER) && data.n == 4)
		return address(data.b, mem);
	if (o == OPTION_MAX_SIZE && data.n == 2)
		return mem_printf(mem, "%u", data.b[0] * 256U + data.b[1]);
	if (o == OPTION_CLIENT_ID)
		return hex(data, mem);
	return o == OPTION_PARAMETERS ? numbers(data, mem) : plain(data, mem);
}

/* A message in lines: its fields that are set, and an option each. */
static const char *
message_text(const struct message *m, bool direct, struct mem *mem)
{
	static const uint8_t none[4];
	const char *text = mem_printf(mem, "%s%s%s", m->broadcast ? "broadcast\n" : "",
		direct ? "direct\n" : "",
		memcmp(m->ciaddr, none, sizeof(none))
			? mem_printf(mem, "ciaddr %s\n", address(m->ciaddr, mem))
			: "");

	if (m->secs)
		text = mem_printf(mem, "%ssecs %u\n", text, m->secs);
	for (int o = 1; o < OPTION_END; o++) {
		struct blob data = message_option(m, (enum option)o, mem);

		if (data.b && o != OPTION_TYPE)
			text = mem_printf(
				mem, "%s%d %s\n", text, o, option_text((enum option)o, data, mem));
	}
	return text;
}

static const struct lease lease = {
	.address = { AF_INET, 24, true, { 192, 0, 2, 5 } },
	.server = { AF_INET, 32, false, { 192, 0, 2, 1 } },
};

/* Writes the message of a step, and reads it; the text of its lines, "" where none is sent. */
static const char *
asked_of(struct bed *b, const struct link *l, enum client_do what, const char *hostname,
	enum message_type type)
{
	const struct client client = { .xid = 0xdecade, .began = 3000 };
	struct identity who;
	struct question q = { l, &who, &client, what == SEND_DISCOVER ? NULL : &lease, hostname,
		10000 };
	uint8_t buf[MESSAGE_MAX];
	struct message m = { 0 };
	bool direct = false;
	size_t n = ask_identity(&who, l) < 0 ? 0 : ask_write(buf, sizeof(buf), &q, what, &direct);

	if (!n)
		return "";
	buf[0] = 2; /* to be read as a reply */
	if (message_read(&m, buf, n))
		return "it cannot be read\n";
	if (m.type != type || m.xid != client.xid || m.htype != 1 || m.hlen != 6 ||
		memcmp(m.chaddr, l->have->mac.b, 6) != 0)
		return "of another type or client\n";
	return message_text(&m, direct, b->mem);
}

static const char *
asked(struct bed *b, const char *keys, enum client_do what, const char *hostname,
	enum message_type type)
{
	return asked_of(b, asking(b, keys), what, hostname, type);
}

#define ID "61 01:52:54:00:00:00:02\n"
#define LIST "55 1 121 249 33 3 6 12 15 119 17 26 28 40 42 43 51 54 58 59 66 67\n"
#define SIZE "57 1500\n"

/* RFC 2131, table 5, and 4.3.6. */
static const struct {
	const char *name;
	enum client_do what;
	enum message_type type;
	const char *want;
} steps[] = {
	{ "DISCOVER", SEND_DISCOVER, DISCOVER, "secs 7\n" LIST SIZE ID "80 \n" },
	{ "DISCOVER, after a NAK", DROP_AND_DISCOVER, DISCOVER,
		"secs 7\n50 192.0.2.5\n" LIST SIZE ID "80 \n" },
	{ "REQUEST in SELECTING", SEND_REQUEST, REQUEST,
		"secs 7\n50 192.0.2.5\n54 192.0.2.1\n" LIST SIZE ID },
	{ "REQUEST in INIT-REBOOT", SEND_REBOOT, REQUEST, "secs 7\n50 192.0.2.5\n" LIST SIZE ID },
	{ "REQUEST in RENEWING", SEND_RENEW, REQUEST,
		"direct\nciaddr 192.0.2.5\nsecs 7\n" LIST SIZE ID },
	{ "REQUEST in REBINDING", SEND_REBIND, REQUEST, "ciaddr 192.0.2.5\nsecs 7\n" LIST SIZE ID },
	{ "DECLINE", DROP_AND_DECLINE, DECLINE,
		"50 192.0.2.5\n54 192.0.2.1\n"
		"56 somebody\\x20else\\x20uses\\x20the\\x20address\n" ID },
	{ "RELEASE", DROP_AND_RELEASE, RELEASE, "direct\nciaddr 192.0.2.5\n54 192.0.2.1\n" ID },
	{ "nothing to do", NOTHING, 0, "" },
	{ "a lease to take", TAKE_LEASE, 0, "" },
	{ "a lease to drop", DROP_LEASE, 0, "" },
};

static void
test_steps(void)
{
	for (size_t i = 0; i < LEN(steps); i++) {
		struct bed *b = bed_new();

		say_same(steps[i].name, steps[i].want,
			asked(b, "", steps[i].what, NULL, steps[i].type));
		bed_free(b);
	}
}

/* What the file adds, or leaves out. */
static const struct {
	const char *name, *keys;
	enum client_do what;
	const char *hostname, *want;
} says[] = {
	{ "the host's name", "", SEND_REBOOT, "gate",
		"secs 7\n12 gate\n50 192.0.2.5\n" LIST SIZE ID },
	{ "the host's full name", "", SEND_REBOOT, "gate.example.org",
		"secs 7\n50 192.0.2.5\n" LIST SIZE ID
		"81 \\x05\\x00\\x00\\x04gate\\x07example\\x03org\\x00\n" },
	{ "a full name with a dot at its end", "", SEND_REBOOT, "gate.",
		"secs 7\n50 192.0.2.5\n" LIST SIZE ID "81 \\x05\\x00\\x00\\x04gate\\x00\n" },
	{ "a name of its own", "dhcp-hostname = wall\n", SEND_REBOOT, "gate.example.org",
		"secs 7\n12 wall\n50 192.0.2.5\n" LIST SIZE ID },
	{ "no name", "dhcp-hostname =\n", SEND_REBOOT, "gate",
		"secs 7\n50 192.0.2.5\n" LIST SIZE ID },
	{ "a name with two dots", "", SEND_REBOOT, "gate..org",
		"secs 7\n50 192.0.2.5\n" LIST SIZE ID },
	{ "a name that begins with a dot", "", SEND_REBOOT, ".gate",
		"secs 7\n50 192.0.2.5\n" LIST SIZE ID },
	{ "a name in a RELEASE", "dhcp-hostname = wall\n", DROP_AND_RELEASE, "gate",
		"direct\nciaddr 192.0.2.5\n54 192.0.2.1\n" ID },
	{ "classes", "dhcp-class = nbs x\ndhcp-user-class = \\xff\n", SEND_REBIND, NULL,
		"ciaddr 192.0.2.5\nsecs 7\n" LIST SIZE "60 nbs\\x20x\n" ID "77 \\x01\\xff\n" },
	{ "no classes in a DECLINE",
		"dhcp-class = nbs\ndhcp-user-class = u\ndhcp-rapid-commit = yes\n",
		DROP_AND_DECLINE, "gate",
		"50 192.0.2.5\n54 192.0.2.1\n"
		"56 somebody\\x20else\\x20uses\\x20the\\x20address\n" ID },
	{ "no rapid commit", "dhcp-rapid-commit = no\n", SEND_DISCOVER, NULL,
		"secs 7\n" LIST SIZE ID },
	{ "rapid commit only to discover", "dhcp-rapid-commit = yes\n", SEND_REBOOT, NULL,
		"secs 7\n50 192.0.2.5\n" LIST SIZE ID },
	{ "a fallback", "dhcp-fallback = link-local\n", SEND_DISCOVER, NULL,
		"secs 7\n" LIST SIZE ID "80 \n116 \\x01\n" },
	{ "a fallback only to discover", "dhcp-fallback = link-local\n", SEND_REQUEST, NULL,
		"secs 7\n50 192.0.2.5\n54 192.0.2.1\n" LIST SIZE ID },
	{ "no client id but the file's", "dhcp-client-id = 00:01\n", DROP_AND_RELEASE, NULL,
		"direct\nciaddr 192.0.2.5\n54 192.0.2.1\n61 00:01\n" },
	{ "broadcast", "dhcp-broadcast = yes\n", SEND_REQUEST, NULL,
		"broadcast\nsecs 7\n50 192.0.2.5\n54 192.0.2.1\n" LIST SIZE ID },
	{ "broadcast, with the address", "dhcp-broadcast = yes\n", SEND_REBIND, NULL,
		"ciaddr 192.0.2.5\nsecs 7\n" LIST SIZE ID },
	{ "broadcast in a RELEASE", "dhcp-broadcast = yes\n", DROP_AND_RELEASE, NULL,
		"direct\nciaddr 192.0.2.5\n54 192.0.2.1\n" ID },
};

static enum message_type
type_of(enum client_do what)
{
	return what == SEND_DISCOVER      ? DISCOVER
	       : what == DROP_AND_DECLINE ? DECLINE
	       : what == DROP_AND_RELEASE ? RELEASE
	                                  : REQUEST;
}

static void
test_says(void)
{
	for (size_t i = 0; i < LEN(says); i++) {
		struct bed *b = bed_new();

		say_same(says[i].name, says[i].want,
			asked(b, says[i].keys, says[i].what, says[i].hostname,
				type_of(says[i].what)));
		bed_free(b);
	}
}

/* What is not obeyed is not asked for. */
static const struct {
	const char *use, *list;
} uses[] = {
	{ "routes dns mtu hostname ntp search",
		"1 121 249 33 3 6 12 15 119 17 26 28 40 42 43 51 54 58 59 66 67" },
	{ "routes", "1 121 249 33 3 17 28 40 43 51 54 58 59 66 67" },
	{ "dns", "1 6 17 28 40 43 51 54 58 59 66 67" },
	{ "mtu", "1 17 26 28 40 43 51 54 58 59 66 67" },
	{ "hostname", "1 12 17 28 40 43 51 54 58 59 66 67" },
	{ "ntp", "1 17 28 40 42 43 51 54 58 59 66 67" },
	{ "search", "1 15 119 17 28 40 43 51 54 58 59 66 67" },
	{ "", "1 17 28 40 43 51 54 58 59 66 67" },
};

static void
test_uses(void)
{
	for (size_t i = 0; i < LEN(uses); i++) {
		struct bed *b = bed_new();
		const char *keys = mem_printf(b->mem, "dhcp-use = %s\n", uses[i].use);

		say_same(mem_printf(b->mem, "dhcp-use %s", uses[i].use),
			mem_printf(b->mem, "secs 7\n50 192.0.2.5\n55 %s\n" SIZE ID, uses[i].list),
			asked(b, keys, SEND_REBOOT, NULL, REQUEST));
		bed_free(b);
	}
}

static const char *
filled(struct mem *mem, size_t n, const char *with)
{
	const char *text = "";

	while (strlen(text) < n)
		text = mem_printf(mem, "%s%s", text, with);
	return mem_text(mem, text, n);
}

/* Sets what the file cannot: its lines are not as long. */
static void
set(struct link *l, const char *key, const char *text, struct mem *mem)
{
	struct value *v = mem_get(mem, sizeof(*v));

	say(key_parse(link_key(l, key), v, text, mem) == 0, key, "does not take so much");
	value_add(&l->vals, v);
}

/* All at its longest still fits, and names that none can have do no harm. */
static const struct {
	const char *name;
	size_t n;
	const char *of;
	const char *told;
} names[] = {
	{ "128 letters", 128, "a", "\n12 a" },
	{ "128 letters with dots", 128, "abcdefghi.", "\n81 " },
	{ "a label of 63 letters", 66,
		"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde.", "\n81 " },
	{ "a label of 64 letters", 66,
		"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef.", NULL },
};

static void
test_longest(void)
{
	for (size_t i = 0; i < LEN(names); i++) {
		struct bed *b = bed_new();
		struct mem *mem = b->mem;
		struct link own = *asking(b, "dhcp-fallback = link-local\n"), *l = &own;
		const char *text;

		set(l, "dhcp-hostname", filled(mem, names[i].n, names[i].of), mem);
		set(l, "dhcp-class", filled(mem, 128, "c"), mem);
		set(l, "dhcp-user-class", filled(mem, 128, "u"), mem);
		set(l, "dhcp-client-id", mem_printf(mem, "01%s", filled(mem, 254 * 3, ":02")), mem);
		text = asked_of(b, l, DROP_AND_DISCOVER, NULL, DISCOVER);
		say(*text, names[i].name, "nothing is sent");
		say(names[i].told ? !!strstr(text, names[i].told)
				  : !strstr(text, "\n12 ") && !strstr(text, "\n81 "),
			bed_part(b, names[i].name, "the name"), "%s", text);
		bed_free(b);
	}
}

/* Answers that fit a packet of the link. */
static void
test_size(void)
{
	static const struct {
		uint32_t mtu;
		const char *want;
	} sizes[] = { { 9000, "\n57 1500\n" }, { 1280, "\n57 1280\n" }, { 68, "\n57 576\n" } };

	for (size_t i = 0; i < LEN(sizes); i++) {
		struct bed *b = bed_new();

		kernel_set(b->kernel, bed_link(b, "eth0"), IN_LINK, IFLA_MTU, &sizes[i].mtu,
			sizeof(sizes[i].mtu));
		say(strstr(asked(b, "", SEND_REBIND, NULL, REQUEST), sizes[i].want) != NULL,
			mem_printf(b->mem, "MTU %u", sizes[i].mtu), "another size is told");
		bed_free(b);
	}
}

int
main(void)
{
	test_steps();
	test_says();
	test_uses();
	test_longest();
	test_size();
	return say_end();
}
