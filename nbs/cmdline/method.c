/* The words of ip= that say how to configure. */
#include <ctype.h>
#include <string.h>

#include "base/mem.h"
#include "cmdline/ask.h"
#include "key/type.h"

static const struct method {
	const char *name;
	bool off, dhcp;
	const char *ipv6;
	const char *warning;
} methods[] = {
#define METHOD(...) { __VA_ARGS__ },
#include "cmdline/methods.def"
};

static const struct method *
find(const char *name)
{
	for (size_t i = 0; i < LEN(methods); i++)
		if (!strcmp(methods[i].name, name))
			return &methods[i];
	return NULL;
}

/* Settings that firmware leaves: a table that nbs does not read. */
static bool
is_firmware(const char *name)
{
	return !strcmp(name, "ibft") || !strcmp(name, "fw");
}

bool
ask_is_method(struct mem *mem, const char *text)
{
	size_t n = strcspn(text, ",");
	const char *first = mem_text(mem, text, n);

	return find(first) || is_firmware(first);
}

/* TYPE,TEXT after "dhcp," as the kernel has it; the bytes of both are the id. */
static int
read_id(struct reader *r, struct ask *a, const char *text)
{
	const char *end, *bytes;
	uint64_t type;

	if (type_read_digits(&type, text, &end) < 0 || *end != ',' || type > UINT8_MAX || !end[1]) {
		reader_leave(r, "'%s': expected dhcp,TYPE,TEXT, the type a number up to 255", text);
		return -1;
	}
	bytes = mem_printf(r->conf.mem, "%02x", (unsigned)type);
	for (end++; *end; end++)
		bytes = mem_printf(r->conf.mem, "%s:%02x", bytes, (unsigned char)*end);
	a->client_id = bytes;
	a->dhcp = true;
	return 0;
}

static int
take(struct reader *r, struct ask *a, const char *name)
{
	const struct method *m = find(name);

	if (is_firmware(name)) {
		reader_leave(r, "%s: nbs does not read the settings of the firmware", name);
		return -1;
	}
	if (!m) {
		reader_leave(r, "'%s': expected a word such as dhcp or none", name);
		return -1;
	}
	if (m->warning)
		reader_warn(r, "%s", m->warning);
	a->off = a->off || m->off;
	a->dhcp = a->dhcp || m->dhcp;
	if (m->ipv6)
		a->ipv6 = m->ipv6;
	return 0;
}

int
ask_method(struct reader *r, struct ask *a, const char *text)
{
	const char *names[8];
	int n;

	if (!strncmp(text, "dhcp,", 5) && isdigit((unsigned char)text[5]))
		return read_id(r, a, text + 5);
	n = words_cut(r->conf.mem, text, ',', names, (int)LEN(names));
	if (n < 0) {
		reader_leave(r, "'%s': expected words such as dhcp,auto6", text);
		return -1;
	}
	if (n > 1)
		reader_warn(r,
			"'%s': all at once (dracut: in turn; kernel: dhcp; systemd: refused)",
			text);
	for (int i = 0; i < n; i++)
		if (take(r, a, names[i]) < 0)
			return -1;
	return 0;
}
