/*
 * Messages made by hand: what is taken apart, what is refused and why; and
 * what is written, read back.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "dhcp/message.h"
#include "test/support/say.h"

enum { OPTIONS = 240, SIZE = 1024, SNAME = 44, FIELD = 108 };

/* A message with these options, and those in sname and file; an empty field stays zeroed. */
struct made {
	const char *options;
	size_t n;
	const char *file, *sname;
	size_t file_n, sname_n;
};

#define TEXT(t) t, sizeof(t) - 1

static size_t
make(uint8_t *b, const struct made *m)
{
	(void)memset(b, 0, SIZE);
	b[0] = 2;
	b[1] = 1;
	b[2] = 6;
	(void)memcpy(b + 4, "\x12\x34\x56\x78", 4);
	(void)memcpy(b + 16, "\xc0\x00\x02\x05", 4);
	(void)memcpy(b + 236, "\x63\x82\x53\x63", 4);
	if (m->file)
		(void)memcpy(b + FIELD, m->file, m->file_n);
	if (m->sname)
		(void)memcpy(b + SNAME, m->sname, m->sname_n);
	(void)memcpy(b + OPTIONS, m->options, m->n);
	return OPTIONS + m->n;
}

/* Reads from memory of just that size, so that a step beyond is seen. */
static const char *
read_exactly(struct message *m, const uint8_t *b, size_t len, uint8_t **copy)
{
	*copy = malloc(len ? len : 1);
	if (!*copy)
		abort();
	(void)memcpy(*copy, b, len);
	return message_read(m, *copy, len);
}

static const struct {
	const char *name;
	struct made made;
	const char *why; /* NULL where it is taken */
	enum message_type type;
} whole[] = {
	{ "an offer", { TEXT("\x35\x01\x02\xff") }, NULL, OFFER },
	{ "without an end", { TEXT("\x35\x01\x05") }, NULL, ACK },
	{ "padding before, between and behind", { TEXT("\0\0\x35\x01\x06\0\xff\0\0") }, NULL, NAK },
	{ "no type at all", { TEXT("\x01\x04\xff\xff\xff\x00\xff") }, NULL, ACK },
	{ "no options at all", { TEXT("") }, NULL, ACK },
	{ "what stands behind the end", { TEXT("\x35\x01\x05\xff\x35\x01\x06\x0c\xff") }, NULL,
		ACK },
	{ "an option cut off", { TEXT("\x35\x01\x05\x0c\x05host") },
		"an option is longer than what is left", 0 },
	{ "an option without its length", { TEXT("\x35\x01\x05\x0c") },
		"an option is longer than what is left", 0 },
	{ "type 0", { TEXT("\x35\x01\x00\xff") }, "an unknown type", 0 },
	{ "type 9", { TEXT("\x35\x01\x09\xff") }, "an unknown type", 0 },
	{ "a type of no byte", { TEXT("\x35\x00\xff") }, "an unknown type", 0 },
	{ "a type of two bytes", { TEXT("\x35\x02\x05\x05\xff") }, "an unknown type", 0 },
	{ "two types", { TEXT("\x35\x01\x05\x35\x01\x06\xff") }, "an unknown type", 0 },
	{ "an overload of 0", { TEXT("\x34\x01\x00\x35\x01\x05\xff") }, "an unknown overload", 0 },
	{ "an overload of 4", { TEXT("\x34\x01\x04\x35\x01\x05\xff") }, "an unknown overload", 0 },
	{ "an overload of two bytes", { TEXT("\x34\x02\x01\x01\x35\x01\x05\xff") },
		"an unknown overload", 0 },
	{ "the type in file", { TEXT("\x34\x01\x01\xff"), .file = "\x35\x01\x05\xff", .file_n = 4 },
		NULL, ACK },
	{ "the type in a field that holds none",
		{ TEXT("\xff"), .file = "\x35\x01\x06\xff", .file_n = 4 }, NULL, ACK },
};

static void
test_whole(size_t i)
{
	uint8_t b[SIZE], *copy;
	struct message m = { .xid = 7 };
	const char *why = read_exactly(&m, b, make(b, &whole[i].made), &copy);

	say_same(whole[i].name, whole[i].why ? whole[i].why : "taken", why ? why : "taken");
	if (why)
		say(m.xid == 7, whole[i].name, "touches what it is to fill");
	else
		say(m.type == whole[i].type && m.xid == 0x12345678 && m.hlen == 6, whole[i].name,
			"type %d", (int)m.type);
	free(copy);
}

/* What makes a good message bad, in its fixed part. */
static const struct {
	const char *name;
	size_t at;
	uint8_t byte;
	const char *why;
} spoilt[] = {
	{ "a request", 0, 1, "not a reply" },
	{ "op 0", 0, 0, "not a reply" },
	{ "another cookie", 239, 98, "no magic cookie" },
	{ "an address of 17 bytes", 2, 17, "a hardware address that is too long" },
};

static void
test_spoilt(void)
{
	static const struct made good = { TEXT("\x35\x01\x05\xff") };
	uint8_t b[SIZE];
	struct message m;
	size_t len;

	for (size_t i = 0; i < LEN(spoilt); i++) {
		const char *why;

		len = make(b, &good);
		b[spoilt[i].at] = spoilt[i].byte;
		why = message_read(&m, b, len);
		say_same(spoilt[i].name, spoilt[i].why, why ? why : "taken");
	}
}

/* An option of a message, as text in which bytes that cannot be printed are dots. */
static const char *
option_text(const struct message *m, enum option code, struct mem *mem)
{
	struct blob data = message_option(m, code, mem);
	char *text = data.b ? mem_text(mem, (const char *)data.b, data.n) : NULL;

	for (size_t i = 0; i < data.n; i++)
		if (text[i] < ' ' || text[i] == 0x7f)
			text[i] = '.';
	return text ? text : "not there";
}

static const struct {
	const char *name;
	struct made made;
	const char *hostname, *sname, *file;
} parts[] = {
	{ "one piece", { TEXT("\x0c\x04host\xff") }, "host", "", "" },
	{ "none", { TEXT("\x35\x01\x05\xff") }, "not there", "", "" },
	{ "an empty one", { TEXT("\x0c\x00\xff") }, "", "", "" },
	{ "two pieces", { TEXT("\x0c\x02ho\x35\x01\x05\x0c\x02st\xff") }, "host", "", "" },
	{ "pieces of which one is empty", { TEXT("\x0c\x02ho\x0c\x00\x0c\x02st\xff") }, "host", "",
		"" },
	{ "in the order of options, file, sname",
		{ TEXT("\x34\x01\x03\x0c\x01h\xff"), "\x0c\x01o\xff", "\x0c\x02st\xff", 4, 5 },
		"host", "", "" },
	{ "in file only", { TEXT("\x34\x01\x01\xff"), "\0\0\x0c\x04host", "server", 8, 6 }, "host",
		"server", "" },
	{ "in sname only", { TEXT("\x34\x01\x02\xff"), "kernel", "\x0c\x04host", 6, 6 }, "host", "",
		"kernel" },
	{ "fields without overload", { TEXT("\xff"), "kernel\0x", "\x0c\x04host", 8, 6 },
		"not there", "\x0c\x04host", "kernel" },
	{ "a second overload, in file",
		{ TEXT("\x34\x01\x01\xff"), "\x34\x01\x02\x0c\x01h\xff", "\x0c\x01o", 7, 3 }, "h",
		"\x0c\x01o", "" },
};

static const char *
blob_text(struct blob b, struct mem *mem)
{
	return b.n ? mem_text(mem, (const char *)b.b, b.n) : "";
}

static void
test_parts(size_t i, struct mem *mem)
{
	uint8_t b[SIZE], *copy;
	struct message m = { 0 };
	size_t len = make(b, &parts[i].made);

	len = len < OPTIONS + 60 ? OPTIONS + 60 : len; /* as padded by servers */
	if (read_exactly(&m, b, len, &copy))
		say(false, parts[i].name, "refused");
	say_same(parts[i].name, parts[i].hostname, option_text(&m, OPTION_HOSTNAME, mem));
	say_same(mem_printf(mem, "%s: sname", parts[i].name), parts[i].sname,
		blob_text(m.sname, mem));
	say_same(mem_printf(mem, "%s: file", parts[i].name), parts[i].file, blob_text(m.file, mem));
	free(copy);
}

/* In a field, too, an option has to end where the field does. */
static void
test_field_overrun(void)
{
	static const struct made made = { TEXT("\x34\x01\x03\x35\x01\x05\xff") };
	uint8_t b[SIZE];
	struct message m;
	size_t len = make(b, &made);
	const char *why;

	(void)memcpy(b + SNAME + 60, "\x0c\x03ho", 4); /* its third byte would be file's first */
	why = message_read(&m, b, len);
	say(why != NULL, "an option that leaves sname", "is taken");
	(void)memset(b + SNAME, 0, 64);
	(void)memcpy(b + FIELD + 127, "\x0c", 1);
	why = message_read(&m, b, len);
	say(why != NULL, "an option at file's last byte", "is taken");
}

/* Each beginning of a good message: nothing beyond it is looked at. */
static void
test_truncated(struct mem *mem)
{
	static const struct made made = { TEXT("\x34\x01\x03\x35\x01\x05\x0c\x02ho\x0c\x02st\xff"),
		"\x0c\x01o\xff", "\x0c\x02st\xff", 4, 5 };
	uint8_t b[SIZE], *copy;
	size_t len = make(b, &made), taken = 0;
	struct message m;

	for (size_t n = 0; n <= len; n++) {
		if (!read_exactly(&m, b, n, &copy)) {
			taken++;
			for (int o = 0; o <= OPTION_END; o++)
				(void)message_option(&m, (enum option)o, mem);
		}
		free(copy);
	}
	/* cut between two options it is whole: before the first, behind each of four, and the end */
	say(taken == 6, "messages cut short", "%zu of them are taken", taken);
}

#define BLOB(t)                                     \
	{                                           \
		(const uint8_t *)(t), sizeof(t) - 1 \
	}

static const struct request full = { .type = REQUEST,
	.xid = 0xdeadbeef,
	.secs = 258,
	.broadcast = true,
	.rapid = true,
	.auto_configure = true,
	.htype = 1,
	.hlen = 6,
	.chaddr = { 2, 0, 0, 0, 0, 7 },
	.ciaddr = { 192, 0, 2, 9 },
	.address = { 192, 0, 2, 5 },
	.server = { 192, 0, 2, 1 },
	.client_id = BLOB("\1\2\0\0\0\0\7"),
	.hostname = BLOB("host"),
	.fqdn = BLOB("host.example.org"),
	.class = BLOB("nbs"),
	.user_class = BLOB("iPXE"),
	.parameters = BLOB("\1\3\6"),
	.max_size = 1472,
	.text = "why" };

/* What is written is a request; for reading it is made a reply. */
static size_t
write_and_read(const struct request *r, struct message *m, uint8_t *b, size_t size)
{
	size_t n = message_write(b, size, r);

	if (!n)
		return 0;
	say(b[0] == 1, "a request is one", "op %d", b[0]);
	b[0] = 2;
	return message_read(m, b, n) ? 0 : n;
}

static void
test_fields(const struct message *m)
{
	say(m->type == REQUEST && m->xid == 0xdeadbeef && m->secs == 258 && m->broadcast &&
			m->htype == 1 && m->hlen == 6,
		"written: numbers", "read otherwise");
	say(!memcmp(m->chaddr, full.chaddr, 16) && !memcmp(m->ciaddr, full.ciaddr, 4) &&
			!memcmp(m->yiaddr, "\0\0\0\0", 4),
		"written: addresses", "read otherwise");
}

static void
test_write(struct mem *mem)
{
	static const struct {
		enum option code;
		const char *text;
	} want[] = {
		{ OPTION_CLIENT_ID, "......." },
		{ OPTION_ADDRESS, "\xc0.\2\5" },
		{ OPTION_HOSTNAME, "host" },
		{ OPTION_CLASS, "nbs" },
		{ OPTION_USER_CLASS, ".iPXE" },
		{ OPTION_FQDN, "....host.example.org." },
		{ OPTION_PARAMETERS, "..." },
		{ OPTION_RAPID_COMMIT, "" },
		{ OPTION_AUTO_CONFIGURE, "." },
		{ OPTION_TEXT, "why" },
	};
	uint8_t b[MESSAGE_MAX];
	struct message m = { 0 };
	size_t n = write_and_read(&full, &m, b, sizeof(b));

	say(n >= 300, "written: it reads", "it does not");
	test_fields(&m);
	for (size_t i = 0; i < LEN(want); i++)
		if (want[i].code != OPTION_ADDRESS)
			say_same(mem_printf(mem, "written: option %d", (int)want[i].code),
				want[i].text, option_text(&m, want[i].code, mem));
	say(!memcmp(message_option(&m, OPTION_ADDRESS, mem).b, full.address, 4) &&
			!memcmp(message_option(&m, OPTION_SERVER, mem).b, full.server, 4) &&
			!memcmp(message_option(&m, OPTION_MAX_SIZE, mem).b, "\5\xc0", 2),
		"written: what is no text", "read otherwise");
	say(!memcmp(message_option(&m, OPTION_FQDN, mem).b, "\5\0\0\4host\7example\3org", 21),
		"written: labels", "written otherwise");
}

/* Whatever the room, nothing is written beyond it. */
static void
test_sizes(void)
{
	uint8_t whole_one[MESSAGE_MAX];
	size_t n = message_write(whole_one, sizeof(whole_one), &full), wrong = 0;

	for (size_t size = 0; size <= n + 1; size++) {
		uint8_t *b = malloc(size ? size : 1);

		if (!b)
			abort();
		wrong += message_write(b, size, &full) != (size < n ? 0 : n);
		free(b);
	}
	say(n > 300 && !wrong, "written into any room", "%zu times wrong", wrong);
}

static void
test_small(struct mem *mem)
{
	const struct request r = { .type = DISCOVER, .htype = 32, .chaddr = { 9 } };
	uint8_t b[MESSAGE_MAX];
	struct message m = { 0 };

	say(write_and_read(&r, &m, b, sizeof(b)) == 300, "the smallest has 300 bytes",
		"it has not");
	say(m.chaddr[0] == 0 && m.hlen == 0, "InfiniBand has no chaddr", "it has");
	say_same("what is not asked is not there", "not there",
		option_text(&m, OPTION_RAPID_COMMIT, mem));
	say(!message_write(b, sizeof(b), &(struct request) { .type = DISCOVER, .hlen = 17 }),
		"an address of 17 bytes", "is written");
}

static void
test_long(struct mem *mem)
{
	char text[601];
	struct request r = { .type = DECLINE, .text = text };
	uint8_t b[MESSAGE_MAX];
	struct message m = { 0 };

	(void)memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	(void)write_and_read(&r, &m, b, sizeof(b));
	say_same("a long option goes in pieces", text, option_text(&m, OPTION_TEXT, mem));
	r.text = NULL;
	r.user_class = (struct blob) { (const uint8_t *)text, 254 };
	say(message_write(b, sizeof(b), &r) > 300, "the longest class", "does not fit");
	r.user_class.n = 255;
	say(!message_write(b, sizeof(b), &r), "a class that is too long", "is written");
}

static const struct {
	const char *name, *wire; /* NULL where it is refused */
	size_t n;
} names[] = {
	{ "host", TEXT("\5\0\0\4host") },
	{ "host.", TEXT("\5\0\0\4host\0") },
	{ "a.b", TEXT("\5\0\0\1a\1b\0") },
	{ ".", NULL, 0 },
	{ "a..b", NULL, 0 },
	{ ".a", NULL, 0 },
	{ "1234567890123456789012345678901234567890123456789012345678901234", NULL, 0 },
};

static void
test_names(struct mem *mem)
{
	uint8_t b[MESSAGE_MAX];

	for (size_t i = 0; i < LEN(names); i++) {
		struct request r = { .type = DISCOVER,
			.fqdn = { (const uint8_t *)names[i].name, strlen(names[i].name) } };
		struct message m = { 0 };
		struct blob data = { 0 };
		size_t n = message_write(b, sizeof(b), &r);

		b[0] = 2;
		if (n && !message_read(&m, b, n))
			data = message_option(&m, OPTION_FQDN, mem);
		say(data.n == names[i].n && !(n && !data.n) &&
				(!data.n || !memcmp(data.b, names[i].wire, data.n)),
			mem_printf(mem, "the name '%s'", names[i].name), "%zu bytes", data.n);
	}
}

int
main(void)
{
	struct mem *mem = mem_new();

	for (size_t i = 0; i < LEN(whole); i++)
		test_whole(i);
	test_spoilt();
	for (size_t i = 0; i < LEN(parts); i++)
		test_parts(i, mem);
	test_field_overrun();
	test_truncated(mem);
	test_write(mem);
	test_sizes();
	test_small(mem);
	test_long(mem);
	test_names(mem);
	mem_free(mem);
	return say_end();
}
