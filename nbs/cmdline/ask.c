#include "cmdline/ask.h"

#include <string.h>
#include <sys/socket.h>

#include "base/mem.h"
#include "key/type.h"
#include "kind/kind.h"
#include "model/phrase.h"

/* Metrics of default routes after the first, above 1024, the standard one of IPv6. */
enum { STEP = 100, ABOVE_IPV6 = 1024 };

/* Where it names no device: the NIC the machine booted from, any one, or all. */
static struct section *
find(struct reader *r, const struct ask *a)
{
	const struct token *now = r->now;
	struct section *s;

	if (*a->device && strcmp(a->device, "all") != 0)
		return reader_device(r, a->device);
	if (!*a->device && (s = reader_boot(r)))
		return s;
	if (!a->client.family)
		return conf_section(&r->conf, kind_default(NULL)->name, "*", r->file, now->no);
	reader_warn(r, "field 6: the first NIC there is (kernel, klibc, systemd: all)");
	s = conf_section(&r->conf, kind_default(NULL)->name, "?*", r->file, now->no);
	reader_set(r, s, "single", "yes");
	return s;
}

/* Two ip= of one device. */
static void
warn_twice(struct reader *r, const struct section *s)
{
	for (const struct entry *e = s->entries; e; e = e->next)
		if (e->file == r->file && e->line != r->now->no &&
			(!strcmp(e->key, "address") || !strcmp(e->key, "dhcp"))) {
			reader_warn(r,
				"the device of word %d: both (kernel: the later; dracut: stops)",
				e->line);
			return;
		}
}

/* A server of another network with no way to it is the other end of a cable. */
static bool
is_peer(const struct ask *a)
{
	const struct ip *s = &a->server;

	if (!s->family || s->family != a->client.family)
		return false;
	if (s->with_len)
		return true;
	return !phrase_covers(&a->client, s) &&
	       !(a->gateway.family && phrase_covers(&a->client, &a->gateway));
}

static void
put_server(struct reader *r, const struct ask *a, struct section *s, bool peer)
{
	const char *text = type_ip_text(&a->server, peer && a->server.with_len, r->conf.mem);

	if (peer) {
		reader_warn(r, "field 2: %s: peer (kernel, klibc: boot server)", text);
		return;
	}
	reader_set(r, s, "boot-server", text);
	reader_warn(r, "field 2: %s: boot server (dracut, systemd: peer)", text);
}

/* With the network's broadcast address, as the kernel, klibc and dracut set it. */
static void
put_address(struct reader *r, const struct ask *a, struct section *s, bool peer)
{
	struct mem *mem = r->conf.mem;

	if (!a->client.family)
		return;
	if (peer)
		reader_add(r, s, "address",
			mem_printf(mem, "%s peer %s", type_ip_text(&a->client, false, mem),
				type_ip_text(&a->server, true, mem)));
	else if (a->client.family == AF_INET && a->client.len < 31)
		reader_add(r, s, "address",
			mem_printf(mem, "%s broadcast +", type_ip_text(&a->client, true, mem)));
	else
		reader_add(r, s, "address", type_ip_text(&a->client, true, mem));
}

/* How many default routes of its family there are already, and will not be replaced. */
static unsigned
gateways(const struct reader *r, const struct section *own, bool ipv6)
{
	unsigned n = 0;

	for (const struct section *s = r->conf.sections; s; s = s->next)
		for (const struct entry *e = kind_named(s->word) ? s->entries : NULL; e;
			e = e->next)
			n += !strcmp(e->key, "gateway") && !!strchr(e->value, ':') == ipv6 &&
			     (s != own || e->file == r->file);
	return n;
}

static bool
has_gateway(const struct reader *r, const struct section *s, const char *text)
{
	size_t n = strlen(text);

	for (const struct entry *e = s->entries; e; e = e->next)
		if (e->file == r->file && !strcmp(e->key, "gateway") &&
			!strncmp(e->value, text, n) && strchr(" ", e->value[n]))
			return true;
	return false;
}

static void
put_gateway(struct reader *r, const struct ask *a, struct section *s, bool peer)
{
	struct mem *mem = r->conf.mem;
	const struct ip *net = peer ? &a->server : &a->client;
	bool ipv6 = a->gateway.family == AF_INET6;
	const char *text = type_ip_text(&a->gateway, false, mem), *words = text;
	unsigned n = gateways(r, s, ipv6);

	if (!a->gateway.family || has_gateway(r, s, text))
		return;
	if (!type_is_link_local(&a->gateway) &&
		(!net->family || !phrase_covers(net, &a->gateway))) {
		words = mem_printf(mem, "%s onlink", words);
		if (net->family)
			reader_warn(r,
				"field 3: %s: of another network, so onlink (kernel: refused)",
				text);
	}
	if (n) {
		n = n * STEP + (ipv6 ? ABOVE_IPV6 : 0);
		words = mem_printf(mem, "%s metric %u", words, n);
		reader_warn(
			r, "field 3: metric %u (kernel, dracut: the last default route wins)", n);
	}
	reader_add(r, s, "gateway", words);
}

static void
put_names(struct reader *r, const struct ask *a)
{
	struct mem *mem = r->conf.mem;

	if (*a->hostname)
		reader_set(r, reader_global(r), "hostname", a->hostname);
	for (size_t i = 0; i < LEN(a->dns); i++)
		if (a->dns[i].family)
			reader_add(
				r, reader_global(r), "dns", type_ip_text(&a->dns[i], false, mem));
	if (a->ntp.family)
		reader_remark(r, "NTP server %s", type_ip_text(&a->ntp, false, mem));
}

void
ask_put(struct reader *r, struct ask *a)
{
	bool peer = is_peer(a);
	struct section *s = find(r, a);

	if (!s) {
		reader_leave(r, "'%s': expected the name or MAC address of a device", a->device);
		return;
	}
	if (a->dhcp || a->client.family)
		warn_twice(r, s);
	if (peer && !a->server.with_len)
		a->server.len = a->server.family == AF_INET ? 32 : 128;
	if (a->server.family)
		put_server(r, a, s, peer);
	put_address(r, a, s, peer);
	put_gateway(r, a, s, peer);
	if (a->dhcp)
		reader_ask(r, s);
	else if (a->off && reader_asks(s) && !reader_wants(r, s))
		reader_set(r, s, "dhcp", "no"); /* as a file said */
	if (a->client_id)
		reader_set(r, s, "dhcp-client-id", a->client_id);
	if (a->ipv6)
		reader_set(r, s, "ipv6", a->ipv6);
	if (a->mtu)
		reader_set(r, s, "mtu", a->mtu);
	if (a->mac)
		reader_set(r, s, "mac", a->mac);
	put_names(r, a);
}
