#include "test/support/ends.h"

#include <inttypes.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "key/type.h"
#include "model/link.h"

bool
ends_is_number(const struct type *t)
{
	return t == &type_u8 || t == &type_hex8 || t == &type_u16 || t == &type_u32 ||
	       t == &type_u64 || t == &type_s32 || t == &type_be16 || t == &type_be32;
}

bool
ends_is_switch(const struct type *t)
{
	return t == &type_yes8 || t == &type_yes16 || t == &type_yes32 || t == &type_flag ||
	       t == &type_flag16 || t == &type_bit;
}

static const struct word *
last_word(const struct key *k)
{
	const struct word *w = k->words;

	while (w[1].name)
		w++;
	return w;
}

/* One end of what a number can be: a word where there is no range. */
static const char *
number_end(const struct key *k, bool upper, struct mem *mem)
{
	if (!k->min && !k->max && k->words)
		return upper ? last_word(k)->name : k->words[0].name;
	return mem_printf(mem, "%" PRId64, upper ? k->max : k->min);
}

static const struct {
	const struct type *type;
	const char *text[2];
} samples[] = {
	{ &type_there, { "yes", "yes" } },
	{ &type_masked, { "0x0", "0xffffffff" } },
	{ &type_span, { "0s", "1ms" } },
	{ &type_mac, { "00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff" } },
	{ &type_ip4, { "0.0.0.0", "255.255.255.255" } },
	{ &type_ip6, { "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff" } },
	{ &type_ip, { "192.0.2.1", "2001:db8::1" } },
	{ &type_net, { "0.0.0.0/0", "2001:db8::/128" } },
	{ &type_text, { "a", "\\x20\\xff\\x3b" } },
	{ &type_name, { "a", "abcdefghijklmno" } },
	{ &type_server, { "0.0.0.0", "!255.255.255.255" } },
	{ &type_client_id, { "mac", "00:ff" } },
	{ &type_link, { "a", "blue/abcdefghijklmno" } },
};

/* Keys of a type that is their file's own. */
static const struct {
	const char *key;
	const char *text[2];
} special[] = {
	{ "broadcast", { "0.0.0.0", "255.255.255.255" } },
	{ "sport", { "1", "1-65535" } },
	{ "dport", { "1", "1-65535" } },
	{ "group-address", { "01:80:c2:00:00:00", "01:80:c2:00:00:0f" } },
};

/* Text for one end of what a type takes under a key; NULL: the type is not known here. */
const char *
ends_text(const struct key *k, const struct type *t, bool upper, struct mem *mem)
{
	if (ends_is_number(t))
		return number_end(k, upper, mem);
	if (ends_is_switch(t))
		return upper ? "yes" : "no";
	if (t == &type_pair)
		return mem_printf(mem, "%d:%" PRId64, k->min,
			!upper      ? k->min
			: k->second ? k->second
				    : k->max);
	if (t == &type_range)
		return mem_printf(mem, upper ? "%d-%" PRId64 : "%d", k->min, k->max);
	if (t == &type_list)
		return upper ? mem_printf(mem, "%s %s", ends_text(k, k->of, false, mem),
				       ends_text(k, k->of, true, mem))
		             : ends_text(k, k->of, false, mem);
	if (t == &type_mac && k->unicast)
		return upper ? "fe:ff:ff:ff:ff:ff" : "02:00:00:00:00:00";
	for (size_t i = 0; i < LEN(special); i++)
		if (!strcmp(special[i].key, k->name))
			return special[i].text[upper];
	for (size_t i = 0; i < LEN(samples); i++)
		if (samples[i].type == t)
			return samples[i].text[upper];
	return NULL;
}
