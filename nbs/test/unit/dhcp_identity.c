/*
 * Who a client is to its servers, by the hardware that it asks from; and
 * which of them it hears.
 */
#include <linux/if_arp.h>
#include <linux/if_link.h>
#include <string.h>

#include "base/mem.h"
#include "dhcp/ask.h"
#include "key/type.h"
#include "model/link.h"
#include "test/support/bed.h"
#include "test/support/say.h"

#define TEXT(t) t, sizeof(t) - 1

/* A made-up eth0, and who that is: its type and address, id, how long that of everybody is. */
static const struct {
	const char *name;
	uint16_t type;
	const char *mac;
	size_t nmac;
	const char *all;
	size_t nall;
	const char *info, *keys, *want;
} nics[] = {
#define ETHER ARPHRD_ETHER, TEXT("\x52\x54\0\0\0\7"), TEXT("\xff\xff\xff\xff\xff\xff"), ""
#define GUID "\x80\0\2\x08\xfe\x80\0\0\0\0\0\0\0\2\xc9\3\0\1\2\3"
#define EVERYBODY "\0\xff\xff\xff\xff\x12\x40\x1b\xff\xff\0\0\0\0\0\0\xff\xff\xff\xff"
	{ "Ethernet", ETHER, "", "1 52:54:00:00:00:07, id 01:52:54:00:00:00:07, all 6\n" },
	{ "mac", ETHER, "dhcp-client-id = mac\n",
		"1 52:54:00:00:00:07, id 01:52:54:00:00:00:07, all 6\n" },
	{ "duid", ETHER, "dhcp-client-id = duid\n",
		"1 52:54:00:00:00:07, id ff:00:00:00:07:00:03:00:01:52:54:00:00:00:07, all 6\n" },
	{ "bytes", ETHER, "dhcp-client-id = 00:aB:7f\n",
		"1 52:54:00:00:00:07, id 00:ab:7f, all 6\n" },
	{ "broadcast", ETHER, "dhcp-broadcast = yes\n",
		"1 52:54:00:00:00:07, id 01:52:54:00:00:00:07, all 6, broadcast\n" },
	{ "ipvlan", ARPHRD_ETHER, TEXT("\x52\x54\0\0\0\7"), TEXT("\xff\xff\xff\xff\xff\xff"),
		"ipvlan", "", "1 52:54:00:00:00:07, id 01:52:54:00:00:00:07, all 6, broadcast\n" },
	{ "ipvlan without broadcast", ARPHRD_ETHER, TEXT("\x52\x54\0\0\0\7"),
		TEXT("\xff\xff\xff\xff\xff\xff"), "ipvlan", "dhcp-broadcast = no\n",
		"1 52:54:00:00:00:07, id 01:52:54:00:00:00:07, all 6\n" },
	{ "InfiniBand", ARPHRD_INFINIBAND, TEXT(GUID), TEXT(EVERYBODY), "", "",
		"32 none, id ff:00:01:02:03:00:03:00:20:00:02:c9:03:00:01:02:03, all 20, broadcast\n" },
	{ "InfiniBand, mac", ARPHRD_INFINIBAND, TEXT(GUID), TEXT(EVERYBODY), "",
		"dhcp-client-id = mac\n",
		"32 none, id ff:00:01:02:03:00:03:00:20:00:02:c9:03:00:01:02:03, all 20, broadcast\n" },
	{ "InfiniBand, bytes", ARPHRD_INFINIBAND, TEXT(GUID), TEXT(EVERYBODY), "",
		"dhcp-client-id = 20:01\n", "32 none, id 20:01, all 20, broadcast\n" },
	{ "16 bytes", ARPHRD_ETHER, TEXT("0123456789abcdef"), TEXT("0123456789abcdef"), "", "",
		"1 30:31:32:33:34:35:36:37:38:39:61:62:63:64:65:66, "
		"id 01:30:31:32:33:34:35:36:37:38:39:61:62:63:64:65:66, all 16\n" },
	{ "16 bytes, duid", ARPHRD_ETHER, TEXT("0123456789abcdef"), TEXT("0123456789abcdef"), "",
		"dhcp-client-id = duid\n",
		"1 30:31:32:33:34:35:36:37:38:39:61:62:63:64:65:66, "
		"id ff:63:64:65:66:00:03:00:01:38:39:61:62:63:64:65:66, all 16\n" },
	{ "one byte, duid", ARPHRD_ARCNET, TEXT("\x2a"), TEXT("\0"), "", "dhcp-client-id = duid\n",
		"7 2a, id ff:00:00:00:2a:00:03:00:07:2a, all 1\n" },
	{ "17 bytes", ARPHRD_ETHER, TEXT("0123456789abcdefg"), TEXT("\xff"), "", "", "none\n" },
	{ "33 bytes", ARPHRD_ETHER, TEXT("0123456789abcdef0123456789abcdefg"), TEXT("\xff"), "", "",
		"none\n" },
	{ "everybody of 33 bytes", ARPHRD_ETHER, TEXT("\x52\x54\0\0\0\7"),
		TEXT("0123456789abcdef0123456789abcdefg"), "", "", "none\n" },
	{ "no address", ARPHRD_ETHER, TEXT(""), TEXT(""), "", "", "none\n" },
	{ "no Ethernet", ARPHRD_NONE, TEXT("\x52\x54\0\0\0\7"), TEXT("\xff\xff\xff\xff\xff\xff"),
		"", "", "none\n" },
};

static const char *
hex(const uint8_t *b, size_t n, struct mem *mem)
{
	const char *text = n ? "" : "none";

	for (size_t i = 0; i < n; i++)
		text = mem_printf(mem, "%s%s%02x", text, i ? ":" : "", b[i]);
	return text;
}

/* Its eth0 as it is wanted, with what the kernel has of it. */
static const struct link *
asking(struct bed *b, const char *keys)
{
	bed_want(b, mem_printf(b->mem, "[nic eth0]\ndhcp = ipv4\n%s", keys));
	return model_named(bed_look(b, b->mem)->target, "eth0");
}

static void
test_identity(size_t i)
{
	static const struct identity untouched = { .htype = 99 };
	struct bed *b = bed_new();
	struct device *d = bed_link(b, "eth0");
	struct identity w = untouched;
	const char *text;

	d->type = nics[i].type;
	(void)strcpy(d->info, nics[i].info);
	kernel_set(b->kernel, d, IN_LINK, IFLA_ADDRESS, nics[i].mac, nics[i].nmac);
	kernel_set(b->kernel, d, IN_LINK, IFLA_BROADCAST, nics[i].all, nics[i].nall);
	if (ask_identity(&w, asking(b, nics[i].keys)) == 0)
		text = mem_printf(b->mem, "%u %s, id %s, all %zu%s\n", w.htype,
			hex(w.chaddr, w.hlen, b->mem), ask_id_text(&w, b->mem), w.nall,
			w.broadcast ? ", broadcast" : "");
	else
		text = memcmp(&w, &untouched, sizeof(w)) ? "none, and it is touched\n" : "none\n";
	say_same(nics[i].name, nics[i].want, text);
	bed_free(b);
}

/* The longest id there is, though no line of the file is as long. */
static void
test_long_id(void)
{
	struct bed *b = bed_new();
	const struct link *l = asking(b, "dhcp-client-id = mac\n");
	struct value *v = link_value(l, "dhcp-client-id");
	const char *id = "01";
	struct identity w;

	for (int i = 2; i <= 255; i++)
		id = mem_printf(b->mem, "%s:%02x", id, i);
	say(key_parse(v->key, v, id, b->mem) == 0 && ask_identity(&w, l) == 0 && w.nid == 255,
		"255 bytes", "are not taken");
	say_same("255 bytes: as they are", id, ask_id_text(&w, b->mem));
	bed_free(b);
}

/* Of servers: refused, preferred; "-" where others are. */
static const struct {
	const char *list, *server, *want;
} servers[] = {
	{ "", "192.0.2.1", "" },
	{ "192.0.2.1", "192.0.2.1", "" },
	{ "192.0.2.1", "192.0.2.2", "-" },
	{ "192.0.2.1 192.0.2.2", "192.0.2.2", "" },
	{ "!192.0.2.1", "192.0.2.1", "!" },
	{ "!192.0.2.1", "192.0.2.2", "" },
	{ "!192.0.2.1 192.0.2.3", "192.0.2.1", "!-" },
	{ "!192.0.2.1 192.0.2.3", "192.0.2.2", "-" },
	{ "192.0.2.3 !192.0.2.1", "192.0.2.3", "" },
};

static void
test_servers(void)
{
	for (size_t i = 0; i < LEN(servers); i++) {
		struct bed *b = bed_new();
		const struct link *l = asking(b,
			*servers[i].list ? mem_printf(b->mem, "dhcp-server = %s\n", servers[i].list)
					 : "");
		struct ip ip;

		say(type_read_ip(&ip, servers[i].server) == 0, "an address", "is none");
		say_same(mem_printf(b->mem, "%s of '%s'", servers[i].server, servers[i].list),
			servers[i].want,
			mem_printf(b->mem, "%s%s", ask_refuses(l, &ip) ? "!" : "",
				ask_prefers_others(l, &ip) ? "-" : ""));
		bed_free(b);
	}
}

int
main(void)
{
	for (size_t i = 0; i < LEN(nics); i++)
		test_identity(i);
	test_long_id();
	test_servers();
	return say_end();
}
