/* The values that only the keys of DHCP have. */
#include <string.h>

#include "base/mem.h"
#include "key/type.h"
#include "model/link.h"

static int
parse_server(const struct key *k, struct value *v, const char *text, struct mem *mem)
{
	v->to = *text == '!';
	return type_ip4.parse(k, v, text + v->to, mem);
}

static void
print_server(const struct key *k, const struct value *v, FILE *f)
{
	(void)fputs(v->to ? "!" : "", f);
	type_ip4.print(k, v, f);
}

static void
describe_server(const struct key *k, FILE *f)
{
	type_ip4.describe(k, f);
	(void)fputs(", with ! before it to refuse it", f);
}

static bool
same_server(const struct key *k, const struct value *want, const struct value *have)
{
	return want->to == have->to && type_ip4.same(k, want, have);
}

/* RFC 2132, 9.14: at least two bytes. */
static bool
is_bytes(const char *text)
{
	size_t n = 0;

	for (; type_hex(text[0]) >= 0 && type_hex(text[1]) >= 0; text += 3) {
		n++;
		if (text[2] != ':')
			return !text[2] && n >= 2 && n <= 255;
	}
	return false;
}

static int
parse_client_id(const struct key *k, struct value *v, const char *text, struct mem *mem)
{
	(void)k;
	if (strcmp(text, "mac") != 0 && strcmp(text, "duid") != 0 && !is_bytes(text))
		return -1;
	v->text = mem_text(mem, text, strlen(text));
	return 0;
}

static void
print_client_id(const struct key *k, const struct value *v, FILE *f)
{
	(void)k;
	(void)fputs(v->text, f);
}

static void
describe_client_id(const struct key *k, FILE *f)
{
	(void)k;
	(void)fputs("mac, duid, or bytes such as ff:00:01", f);
}

static bool
same_client_id(const struct key *k, const struct value *want, const struct value *have)
{
	(void)k;
	return !strcmp(want->text, have->text);
}

const struct type type_server = { parse_server, print_server, describe_server, same_server, NULL,
	NULL };
const struct type type_client_id = { parse_client_id, print_client_id, describe_client_id,
	same_client_id, NULL, NULL };

bool
link_asks(const struct link *l)
{
	const struct value *v = link_value(l, "dhcp");

	return v && v->num == DHCP_IPV4;
}
