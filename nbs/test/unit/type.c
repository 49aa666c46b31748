/*
 * Each type at its edges: what it takes and how it prints that, what it
 * refuses, how it says what it expects, what counts as the same.
 */
#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "key/msg.h"
#include "key/type.h"
#include "model/link.h"
#include "test/support/say.h"

static const struct word colours[] = { { "red", 1 }, { "blue", 7 }, { 0 } };
static const struct word any[] = { { "default", 0 }, { 0 } };
static const struct word forever[] = { { "forever", UINT32_MAX }, { 0 } };

#define FULL UINT32_MAX

static const struct key u8 = { "u8", &type_u8, 1, 1, 200, "" },
			u16 = { "u16", &type_u16, 1, 0, UINT16_MAX, "" },
			u32 = { "u32", &type_u32, 1, 0, UINT32_MAX, "" },
			u64 = { "u64", &type_u64, 1, 0, INT64_MAX, "" },
			s32 = { "s32", &type_s32, 1, INT32_MIN, INT32_MAX, "" },
			minus = { "minus", &type_s32, 1, -1, 0, "" },
			word = { "word", &type_u8, 1, 0, 0, "", .words = colours },
			both = { "both", &type_u32, 1, 0, 100, "", .words = colours },
			life = { "life", &type_u32, 1, 1, FULL, "", .words = forever, .ms = 1000 },
			ms = { "ms", &type_u32, 1, 0, FULL, "", .ms = 1 },
			cs = { "cs", &type_u32, 1, 100, 3000, "", .ms = 10, .slack = 1 },
			be = { "be", &type_be16, 1, 0, UINT16_MAX, "" },
			yes = { "yes", &type_yes32, 1, 0, 0, "" },
			bit = { "bit", &type_bit, 1, 0, 0, "", .bit = 4 },
			pair = { "pair", &type_pair, 1, 0, FULL, "" },
			range = { "range", &type_range, 1, 1, 4094, "" },
			masked = { "masked", &type_masked, 1, 0, FULL, "" },
			mac = { "mac", &type_mac, 1, 0, 0, "" },
			ip4 = { "ip4", &type_ip4, 1, 0, 0, "" },
			ip6 = { "ip6", &type_ip6, 1, 0, 0, "" },
			ip = { "ip", &type_ip, 1, 0, 0, "" },
			net = { "net", &type_net, 1, 0, 0, "" },
			dst = { "dst", &type_net, 1, 0, 0, "", .words = any },
			span = { "span", &type_span, 0, 0, 86400000, "" },
			text = { "text", &type_text, 1, 0, 5, "" },
			free_text = { "free text", &type_text, 1, 0, 0, "" },
			name = { "name", &type_name, 1, 0, 0, "" },
			link_name = { "link", &type_link, 1, 0, 0, "" },
			list = { "list", &type_list, 1, 1, 4094, "", .of = &type_range, .item = 1 },
			up = { "up", &type_pair, 1, 0, 7, "", .second = 100 },
			down = { "down", &type_pair, 1, 0, 100, "", .second = 7 },
			pairs = { "pairs", &type_list, 1, 0, FULL, "", .of = &type_pair,
				.item = 1 },
			names = { "names", &type_list, 1, 0, 0, "", .of = &type_link };

/* printed: NULL where the text is refused, "=" where it prints as it is. */
static const struct {
	const struct key *k;
	const char *text, *printed;
} texts[] = {
	{ &u8, "1", "=" },
	{ &u8, "200", "=" },
	{ &u8, "0", NULL },
	{ &u8, "201", NULL },
	{ &u8, "257", NULL },
	{ &u8, "0xc8", "200" },
	{ &u8, "0XC8", "200" },
	{ &u8, "0x", NULL },
	{ &u8, "007", "7" },
	{ &u8, "+7", NULL },
	{ &u8, " 7", NULL },
	{ &u8, "7 ", NULL },
	{ &u8, "7s", NULL },
	{ &u8, "", NULL },
	{ &u8, "-", NULL },
	{ &u8, "-1", NULL },
	{ &u16, "65535", "=" },
	{ &u16, "65536", NULL },
	{ &u16, "0xffff", "65535" },
	{ &u32, "4294967295", "=" },
	{ &u32, "4294967296", NULL },
	{ &u32, "18446744073709551615", NULL },
	{ &u32, "18446744073709551616", NULL },
	{ &u32, "99999999999999999999999", NULL },
	{ &u32, "-4294967295", NULL },
	{ &u32, "0", "=" },
	{ &u32, "-0", NULL },
	{ &u64, "9223372036854775807", "=" },
	{ &u64, "9223372036854775808", NULL },
	{ &s32, "-2147483648", "=" },
	{ &s32, "-2147483649", NULL },
	{ &s32, "-9223372036854775809", NULL },
	{ &s32, "2147483647", "=" },
	{ &s32, "2147483648", NULL },
	{ &s32, "-0x10", "-16" },
	{ &s32, "--1", NULL },
	{ &minus, "-1", "=" },
	{ &minus, "0", "=" },
	{ &minus, "1", NULL },
	{ &minus, "-2", NULL },
	{ &word, "red", "=" },
	{ &word, "7", "blue" },
	{ &word, "2", NULL },
	{ &word, "Red", NULL },
	{ &word, "re", NULL },
	{ &word, "-7", NULL },
	{ &both, "blue", "=" },
	{ &both, "7", "blue" },
	{ &both, "100", "=" },
	{ &both, "101", NULL },
	{ &life, "forever", "=" },
	{ &life, "4294967295", "forever" },
	{ &life, "15s", "15" },
	{ &life, "2m", "120" },
	{ &life, "1h", "3600" },
	{ &life, "200ms", NULL },
	{ &life, "2000ms", "2" },
	{ &life, "0", NULL },
	{ &life, "1d", NULL },
	{ &ms, "200ms", "200" },
	{ &ms, "15s", "15000" },
	{ &ms, "4294967s", "4294967000" },
	{ &ms, "4294968s", NULL },
	{ &ms, "18446744073709551615h", NULL },
	{ &ms, "-5s", NULL },
	{ &ms, "1 s", NULL },
	{ &ms, "s", NULL },
	{ &cs, "100", "=" },
	{ &cs, "1s", "100" },
	{ &cs, "30s", "3000" },
	{ &cs, "1005ms", NULL },
	{ &cs, "1010ms", "101" },
	{ &cs, "31s", NULL },
	{ &be, "258", "=" },
	{ &yes, "on", "yes" },
	{ &yes, "true", "yes" },
	{ &yes, "1", "yes" },
	{ &yes, "off", "no" },
	{ &yes, "false", "no" },
	{ &yes, "0", "no" },
	{ &yes, "YES", NULL },
	{ &yes, "y", NULL },
	{ &yes, "2", NULL },
	{ &yes, "", NULL },
	{ &bit, "", "yes" },
	{ &bit, "no", "=" },
	{ &pair, "1:2", "=" },
	{ &pair, "4294967295:0x10", "4294967295:16" },
	{ &pair, "1", NULL },
	{ &pair, "1:", NULL },
	{ &pair, ":2", NULL },
	{ &pair, "1:2:3", NULL },
	{ &pair, "1:4294967296", NULL },
	{ &up, "7:100", "=" },
	{ &up, "8:7", NULL },
	{ &up, "7:101", NULL },
	{ &down, "100:7", "=" },
	{ &down, "101:7", NULL },
	{ &down, "7:8", NULL },
	{ &range, "7", "=" },
	{ &range, "20-30", "=" },
	{ &range, "20-20", "20" },
	{ &range, "1-4094", "=" },
	{ &range, "30-20", NULL },
	{ &range, "0-5", NULL },
	{ &range, "1-4095", NULL },
	{ &range, "1-", NULL },
	{ &range, "-1", NULL },
	{ &masked, "1", "0x1" },
	{ &masked, "0x10/0xff", "=" },
	{ &masked, "0x10/0xffffffff", "0x10" },
	{ &masked, "1/", NULL },
	{ &masked, "1/2/3", NULL },
	{ &masked, "4294967296", NULL },
	{ &mac, "52:54:00:12:34:56", "=" },
	{ &mac, "52-54-00-AB-cD-Ef", "52:54:00:ab:cd:ef" },
	{ &mac, "52:54:00:12:34", NULL },
	{ &mac, "52:54:00:12:34:56:78", NULL },
	{ &mac, "52:54:00:12:34:5", NULL },
	{ &mac, "52:54:00:12:34:5g", NULL },
	{ &mac, "52:54:00:12:34:56:", NULL },
	{ &mac, "525400123456", NULL },
	{ &mac, "00:01:02:03:04:05:06:07:08:09:0a:0b:0c:0d:0e:0f:10:11:12:13", "=" },
	{ &mac, "00:01:02:03:04:05:06:07:08:09:0a:0b:0c:0d:0e:0f:10:11:12", NULL },
	{ &mac,
		"00:01:02:03:04:05:06:07:08:09:0a:0b:0c:0d:0e:0f:10:11:12:13:14:15:16:17:18:19:1a:1b:"
		"1c:1d:1e:1f:20",
		NULL },
	{ &mac, "", NULL },
	{ &ip4, "192.0.2.1", "=" },
	{ &ip4, "192.0.2", NULL },
	{ &ip4, "192.0.2.256", NULL },
	{ &ip4, "192.0.2.1/24", NULL },
	{ &ip4, "2001:db8::1", NULL },
	{ &ip6, "2001:DB8:0:0:0:0:0:1", "2001:db8::1" },
	{ &ip6, "::", "=" },
	{ &ip6, "::ffff:192.0.2.1", "=" },
	{ &ip6, "fe80::1%eth0", NULL },
	{ &ip6, "2001:db8::1::2", NULL },
	{ &ip6, "1:2:3:4:5:6:7:8", "=" },
	{ &ip6, "1:2:3:4:5:6:7:8:9", NULL },
	{ &ip6, "192.0.2.1", NULL },
	{ &ip, "192.0.2.1", "=" },
	{ &ip, "::1", "=" },
	{ &ip, "localhost", NULL },
	{ &ip, "", NULL },
	{ &net, "192.0.2.0/24", "=" },
	{ &net, "192.0.2.1", "=" },
	{ &net, "192.0.2.1/32", "=" },
	{ &net, "192.0.2.1/33", NULL },
	{ &net, "192.0.2.1/", NULL },
	{ &net, "192.0.2.1/-1", NULL },
	{ &net, "192.0.2.1/ 24", NULL },
	{ &net, "192.0.2.1/24x", NULL },
	{ &net, "0.0.0.0/0", "=" },
	{ &net, "::/0", "=" },
	{ &net, "2001:db8::/128", "=" },
	{ &net, "2001:db8::/129", NULL },
	{ &net, "192.0.2.1/99999999999999999999", NULL },
	{ &net, "default", NULL },
	{ &dst, "default", "=" },
	{ &dst, "defaul", NULL },
	{ &span, "30", "30s" },
	{ &span, "500ms", "=" },
	{ &span, "2m", "120s" },
	{ &span, "0", "0s" },
	{ &span, "86400", "86400s" },
	{ &span, "86401", NULL },
	{ &span, "86400001ms", NULL },
	{ &span, "1.5s", NULL },
	{ &text, "a b", "=" },
	{ &text, "12345", "=" },
	{ &text, "123456", NULL },
	{ &text, "\\x31\\x32\\x33\\x34\\x35", "12345" },
	{ &text, "", "=" },
	{ &free_text, "\\x20a;b\\x20", "\\x20a\\x3bb\\x20" },
	{ &free_text, "\\x0a\\x7F", "\\x0a\\x7f" },
	{ &free_text, "\\x", NULL },
	{ &free_text, "\\x0", NULL },
	{ &free_text, "\\x00", NULL },
	{ &free_text, "\\xg0", NULL },
	{ &free_text, "\\n", "\\x5cn" },
	{ &free_text, "gr\xc3\xbc\xc3\x9f", "=" },
	{ &name, "eth0", "=" },
	{ &name, "abcdefghijklmno", "=" },
	{ &name, "abcdefghijklmnop", NULL },
	{ &name, "a/b", NULL },
	{ &name, "a:b", NULL },
	{ &name, "a b", NULL },
	{ &name, "a\\x20b", NULL },
	{ &name, "a\\x3bb", "=" },
	{ &name, ".", NULL },
	{ &name, "..", NULL },
	{ &name, "...", "=" },
	{ &name, "", NULL },
	{ &link_name, "blue/eth0", "=" },
	{ &link_name, "eth0", "=" },
	{ &link_name, "a/b/c", NULL },
	{ &link_name, "/eth0", NULL },
	{ &link_name, "blue/", NULL },
	{ &link_name, "eth*", NULL },
	{ &link_name, "abcdefghijklmno/abcdefghijklmno", "=" },
	{ &link_name, "abcdefghijklmnop/eth0", NULL },
	{ &list, "10 20-30", "=" },
	{ &list, "  10\t20-30 ", "10 20-30" },
	{ &list, "", "=" },
	{ &list, "10, 20", NULL },
	{ &list, "10 5000", NULL },
	{ &pairs, "0:1 2:3", "=" },
	{ &names, "eth0 blue/eth1", "=" },
};

static void
test_text(const struct key *k, const char *from, const char *want, struct mem *mem)
{
	struct value v = { 0 };
	const char *title = mem_printf(mem, "%s '%s'", k->name, from), *printed;
	bool taken = key_parse(k, &v, from, mem) == 0;

	if (taken != (want != NULL)) {
		say(false, title, taken ? "is taken" : "is refused");
		return;
	}
	if (!taken) {
		say(true, title, " ");
		return;
	}
	printed = value_text(&v, mem);
	want = strcmp(want, "=") ? want : from;
	say(!strcmp(printed, want), title, "prints '%s'", printed);
}

static const struct {
	const struct key *k;
	const char *expects;
} descriptions[] = {
	{ &u8, "a number from 1 to 200" },
	{ &s32, "a number from -2147483648 to 2147483647" },
	{ &word, "red or blue" },
	{ &both, "a number from 0 to 100, or red or blue" },
	{ &life, "a time from 1 to 4294967295 s, or forever" },
	{ &ms, "a time from 0 to 4294967295 ms" },
	{ &cs, "a time from 100 to 3000 (in 1/100 s)" },
	{ &yes, "yes or no" },
	{ &range, "numbers from 1 to 4094, or ranges such as 20-30" },
	{ &text, "text of at most 5 bytes" },
	{ &free_text, "text" },
	{ &name, "a name of at most 15 bytes, without '/', ':' or blanks" },
	{ &list, "a list, each numbers from 1 to 4094, or ranges such as 20-30" },
	{ &dst, "an address with its prefix length, such as 192.0.2.0/24, or default" },
};

/* What is wanted, what is there, and whether that will do. */
static const struct {
	const struct key *k;
	const char *want, *have;
	bool same;
} pairs_of[] = {
	{ &u8, "7", "8", false },
	{ &cs, "200", "201", true },
	{ &cs, "200", "199", true },
	{ &cs, "200", "202", false },
	{ &s32, "-1", "-1", true },
	{ &s32, "-1", "1", false },
	{ &yes, "on", "1", true },
	{ &mac, "52-54-00-AB-CD-EF", "52:54:00:ab:cd:ef", true },
	{ &mac, "52:54:00:ab:cd:ef", "52:54:00:ab:cd:ee", false },
	{ &net, "192.0.2.1/24", "192.0.2.1/25", false },
	{ &net, "192.0.2.1", "192.0.2.1/32", true },
	{ &net, "0.0.0.0/0", "::/0", false },
	{ &list, "1 2", "2 1", true },
	{ &list, "1 2", "1", false },
	{ &list, "1", "1 2", false },
	{ &list, "", "", true },
	{ &masked, "1/1", "1", false },
	{ &free_text, "a", "\\x61", true },
};

static void
test_same(size_t i, struct mem *mem)
{
	struct value a = { 0 }, b = { 0 };
	const char *title = mem_printf(
		mem, "%s '%s' and '%s'", pairs_of[i].k->name, pairs_of[i].want, pairs_of[i].have);

	if (key_parse(pairs_of[i].k, &a, pairs_of[i].want, mem) < 0 ||
		key_parse(pairs_of[i].k, &b, pairs_of[i].have, mem) < 0)
		say(false, title, "refused");
	else
		say(key_same(&a, &b) == pairs_of[i].same, title, "%s the same",
			pairs_of[i].same ? "not" : "counts as");
}

/* An item refused leaves those before it. */
static void
test_lists_grow(struct mem *mem)
{
	struct value v = { 0 };

	(void)key_parse(&list, &v, "1 2", mem);
	(void)key_parse(&list, &v, "3 x 4", mem);
	say_same("a list grows", "1 2 3", value_text(&v, mem));
}

static void
test_secret(struct mem *mem)
{
	const struct key k = { "secret", &type_text, .secret = true };
	struct value v = { 0 };

	(void)key_parse(&k, &v, "hunter2", mem);
	say_same("a secret is hidden", "(hidden)", value_text(&v, mem));
}

/* What is too short is no value; what is too long for a MAC neither. */
static void
test_get(struct mem *mem)
{
	static const struct key *const whole[] = { &u8, &u16, &u32, &u64, &s32, &be, &yes, &pair,
		&masked, &ip4, &ip6 };
	static const uint8_t zeros[64];
	struct value v = { 0 };

	for (size_t i = 0; i < LEN(whole); i++)
		say(whole[i]->type->get(whole[i], &v, zeros, 0, mem) < 0,
			mem_printf(mem, "%s of no bytes", whole[i]->name), "is taken");
	say(mac.type->get(&mac, &v, zeros, 33, mem) < 0, "mac of 33 bytes", "is taken");
	say(ip.type->get(&ip, &v, zeros, 5, mem) < 0, "ip of 5 bytes", "is taken");
	say(!text.type->get(&text, &v, "abc", 3, mem) && !strcmp(v.text, "abc"),
		"text without its end", "is read otherwise");
	say(!free_text.type->get(&free_text, &v, "a\0c", 3, mem) && !strcmp(v.text, "a"),
		"text with a NUL", "is read otherwise");
}

static void
test_link_local(void)
{
	static const struct {
		const char *text;
		bool should;
	} all[] = { { "fe80::1", true }, { "fe80:0:0:1::1", true }, { "febf::1", true },
		{ "fec0::1", false }, { "fe7f::1", false }, { "2001:db8::1", false },
		{ "::1", false }, { "254.128.0.1", false }, { "169.254.0.1", false } };
	struct ip addr;

	for (size_t i = 0; i < LEN(all); i++)
		say(!type_read_ip(&addr, all[i].text) && type_is_link_local(&addr) == all[i].should,
			all[i].text, all[i].should ? "is of its link alone" : "is not");
}

int
main(void)
{
	struct mem *mem = mem_new();

	for (size_t i = 0; i < LEN(texts); i++)
		test_text(texts[i].k, texts[i].text, texts[i].printed, mem);
	for (size_t i = 0; i < LEN(descriptions); i++)
		say_same(mem_printf(mem, "%s says what it expects", descriptions[i].k->name),
			descriptions[i].expects, key_expects(descriptions[i].k, mem));
	for (size_t i = 0; i < LEN(pairs_of); i++)
		test_same(i, mem);
	test_lists_grow(mem);
	test_secret(mem);
	test_get(mem);
	test_link_local();
	mem_free(mem);
	return say_end();
}
