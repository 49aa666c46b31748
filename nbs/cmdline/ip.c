#include "cmdline/ip.h"

#include <ctype.h>
#include <string.h>
#include <sys/socket.h>

#include "base/mem.h"
#include "cmdline/ask.h"
#include "cmdline/mask.h"
#include "key/type.h"

/* The longest is the one of seven fields, an MTU, a MAC address of six, and servers. */
enum { MOST = 24, HEAD = 7, DEVICE = 5 };

/* The kernel takes 0.0.0.0 for an address that is not given.  0, or -1 if it is none. */
static int
read_ip(struct ip *ip, const char *text)
{
	struct ip read;

	if (!*text)
		return 0;
	if (type_read_ip(&read, text) < 0)
		return -1;
	if (read.family == AF_INET6 || read.b[0] | read.b[1] | read.b[2] | read.b[3])
		*ip = read;
	return 0;
}

/* What is not vital is left out by itself. */
static const char *
check_hostname(struct reader *r, const char *text)
{
	for (const char *p = text; *p; p++)
		if (!isalnum((unsigned char)*p) && !strchr("-._", *p)) {
			reader_warn(r, "field 5: '%s': expected a host's name; left out", text);
			return "";
		}
	if (strlen(text) > 64) {
		reader_warn(r, "field 5: expected at most 64 bytes; left out");
		return "";
	}
	if (strchr(text, '.'))
		reader_warn(r, "field 5: kept whole (kernel: a NIS domain behind the dot)");
	return text;
}

static bool
is_mtu(const char *text)
{
	const char *end;
	uint64_t n;

	return reader_is_digits(text) && type_read_digits(&n, text, &end) == 0 && n >= 68 &&
	       n <= 65536;
}

/* A MAC address, of one field or of the next six; tells how many it is. */
static int
read_mac(struct mem *mem, struct ask *a, const char **f, int n)
{
	const char *mac;
	int used = 1;

	if (n >= 6 && strlen(f[0]) == 2) {
		mac = mem_printf(mem, "%s:%s:%s:%s:%s:%s", f[0], f[1], f[2], f[3], f[4], f[5]);
		used = 6;
	} else {
		mac = f[0];
	}
	if (!(mac = reader_read_mac(mem, mac)))
		return 0;
	a->mac = mac;
	return used;
}

/* Servers stand in places: two of names, then one of time. */
static int
take_server(struct reader *r, struct ask *a, const char *text, int place)
{
	struct ip ip = { 0 };

	if (read_ip(&ip, text) < 0 || ip.with_len)
		return -1;
	if (place < (int)LEN(a->dns)) {
		a->dns[place] = ip;
		return 0;
	}
	a->ntp = ip;
	reader_warn(r, "third server: of time, not used (systemd: all refused)");
	return 0;
}

/* What stands behind the seven fields: [MTU][:MAC], name servers, or both in this order. */
static void
read_tail(struct reader *r, struct ask *a, const char **f, int n)
{
	int place = 0;

	for (int i = 0, used; i < n; i += used) {
		used = 1;
		if (!*f[i]) {
			place++;
		} else if ((used = read_mac(r->conf.mem, a, f + i, n - i))) {
			place = 0;
		} else if (reader_is_digits(f[i])) {
			used = 1;
			place = 0;
			if (is_mtu(f[i]))
				a->mtu = f[i];
			else
				reader_warn(r, "'%s': expected an MTU from 68 to 65536; left out",
					f[i]);
		} else {
			used = 1;
			if (place > 2 || take_server(r, a, f[i], place++) < 0)
				reader_warn(r,
					"'%s': expected an MTU, a MAC address or a server; left out",
					f[i]);
		}
	}
}

/* IF:METHOD[:MTU[:MAC]], dracut's. */
static void
read_device(struct reader *r, const char **f, int n)
{
	struct ask a = { .device = f[0], .hostname = "" };

	if (ask_method(r, &a, f[1]) < 0)
		return;
	read_tail(r, &a, f + 2, n - 2);
	if (*f[0])
		reader_warn(r, "one device alone (kernel: all; klibc: stops%s)",
			a.dhcp && !a.ipv6 ? "; NM: IPv6, too" : "");
	ask_put(r, &a);
}

static void
warn_method(struct reader *r, struct ask *a, const char *text)
{
	if (*text && a->client.family && a->dhcp)
		reader_warn(r, "field 7: %s and the address (kernel: the address; dracut: %s)",
			text, text);
	if (!*text && a->client.family)
		reader_warn(r, "field 7: empty: no DHCP (dracut: stops; systemd: another form)");
	if (!*text)
		a->dhcp = !a->client.family;
	if (a->off && !a->client.family)
		reader_warn(r, "asks for no address");
}

static void
warn_tail(struct reader *r, const struct ask *a)
{
	if (a->mtu || a->mac)
		reader_warn(r, "field 8: %s (kernel: a name server; klibc: stops)",
			a->mtu ? "an MTU" : "a MAC address");
}

/*
 * CLIENT:SERVER:GATEWAY:NETMASK:HOSTNAME:DEVICE:METHOD and what follows; alone:
 * only the client was in the word.
 */
static void
read_fields(struct reader *r, const char **f, int n, bool alone)
{
	struct ask a = { 0 };

	for (; n < HEAD; n++)
		f[n] = "";
	if (read_ip(&a.client, f[0]) < 0)
		reader_leave(
			r, "field 1: '%s': expected an address, one of IPv6 in brackets", f[0]);
	else if (read_ip(&a.server, f[1]) < 0)
		reader_leave(r, "field 2: '%s': expected an address", f[1]);
	else if (read_ip(&a.gateway, f[2]) < 0 || a.gateway.with_len ||
		 (a.gateway.family && a.client.family && a.gateway.family != a.client.family))
		reader_leave(r, "field 3: '%s': expected an address of the client's family", f[2]);
	else if (mask_take(r, &a.client, f[3]) == 0 && (!*f[6] || !ask_method(r, &a, f[6]))) {
		a.device = f[DEVICE];
		a.hostname = check_hostname(r, f[4]);
		warn_method(r, &a, f[6]);
		read_tail(r, &a, f + HEAD, n - HEAD);
		if (!alone)
			warn_tail(r, &a);
		ask_put(r, &a);
	}
}

static const char *
other(const struct reader *r, const char *name)
{
	const struct token *w = words_last(r->words, name);

	return w ? w->value : "";
}

/* The address alone; the rest stands in words of its own: anaconda's. */
static void
read_address(struct reader *r, const char *address)
{
	const char *f[MOST] = { address, "", other(r, "gateway"), other(r, "netmask"),
		other(r, "hostname"), "", "none", other(r, "mtu") };

	read_fields(r, f, HEAD + 1, true);
}

/*
 * True of what may be a device's name, but is not meant so: dhcp with one letter missing,
 * too many or another one, or two swapped; and, as to the kernel, whatever begins with it.
 */
static bool
is_slip(const char *text)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
	static const char *const swapped[] = { "hdcp", "dchp", "dhpc" };

	for (size_t i = 0; i < LEN(swapped); i++)
		if (!strcmp(text, swapped[i]))
			return true;
	return !strncmp(text, "dhcp", 4) ||
	       (!text[strspn(text, letters)] && text_distance("dhcp", text) == 1);
}

/* One field: words, an address, or a device. */
static void
read_one(struct reader *r, const char *text)
{
	struct ask a = { .device = "", .hostname = "" };
	struct ip ip;

	if (!*text)
		return; /* as none */
	if (type_read_ip(&ip, text) == 0) {
		read_address(r, text);
		return;
	}
	if (ask_is_method(r->conf.mem, text)) {
		if (ask_method(r, &a, text) == 0 && (a.dhcp || a.ipv6))
			ask_put(r, &a);
		return;
	}
	if (is_slip(text)) {
		reader_leave(r, "'%s': no such word; did you mean dhcp?", text);
		return;
	}
	if (!reader_is_name(text) && !reader_read_mac(r->conf.mem, text)) {
		reader_leave(r, "'%s': expected a word such as dhcp, an address or a device", text);
		return;
	}
	reader_warn(r, "DHCPv4 on %s alone (kernel, NM: on all; dracut: stops)", text);
	a.device = text;
	a.dhcp = true;
	ask_put(r, &a);
}

/* A MAC address with colons, cut into six fields, is one device. */
static int
join_mac(struct mem *mem, const char **f, int n, int at)
{
	const char *mac;

	for (int i = at; i < at + 6; i++)
		if (i >= n || strlen(f[i]) != 2)
			return n;
	mac = mem_printf(mem, "%s:%s:%s:%s:%s:%s", f[at], f[at + 1], f[at + 2], f[at + 3],
		f[at + 4], f[at + 5]);
	if (!reader_read_mac(mem, mac))
		return n;
	f[at] = mac;
	for (int i = at + 6; i < n; i++)
		f[i - 5] = f[i];
	return n - 5;
}

/* Cuts at colons; -1 when there are too many, or a bracket is alone. */
static int
cut(struct mem *mem, const char *value, const char **f)
{
	int n = words_cut(mem, value, ':', f, MOST);

	return n < 0 ? n : join_mac(mem, f, join_mac(mem, f, n, 0), DEVICE);
}

bool
ip_is_named(struct mem *mem, const char *value)
{
	const char *f[MOST] = { 0 };
	struct ip ip;
	int n = cut(mem, value, f);

	if (n == 1)
		return *value && type_read_ip(&ip, f[0]) < 0 && !ask_is_method(mem, f[0]);
	return n > DEVICE ? *f[DEVICE] != '\0' : n > 0 && *f[0] && type_read_ip(&ip, f[0]) < 0;
}

/* The second field is a word; or nothing else behind a device. */
static bool
is_word(const struct reader *r, const char **f)
{
	struct ip ip;

	return ask_is_method(r->conf.mem, f[1]) ||
	       (*f[1] && type_read_ip(&ip, f[1]) < 0 && reader_is_name(f[0]));
}

void
ip_read(struct reader *r, const char *value)
{
	const char *f[MOST] = { 0 };
	struct ip ip;
	int n = cut(r->conf.mem, value, f);

	if (n < 0)
		reader_leave(r, "expected at most %d fields, and brackets in pairs", MOST);
	else if (n == 1)
		read_one(r, f[0]);
	else if (type_read_ip(&ip, f[0]) < 0 && is_word(r, f))
		read_device(r, f, n);
	else
		read_fields(r, f, n, false);
}

void
ip_read6(struct reader *r, const char *value)
{
	static const char *const all[] = { "on", "dhcp", "any" };
	struct ask a = { .device = value, .hostname = "", .ipv6 = "auto" };

	if (!*value || !strcmp(value, "off") || !strcmp(value, "none"))
		return;
	for (size_t i = 0; i < LEN(all); i++)
		if (!strcmp(value, all[i]))
			a.device = "";
	reader_warn(r, "what routers tell; this nbs asks no DHCPv6 server");
	ask_put(r, &a);
}
