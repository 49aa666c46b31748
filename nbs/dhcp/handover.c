#include "dhcp/handover.h"

#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>

#include "base/mem.h"
#include "dhcp/lease.h"
#include "key/type.h"
#include "model/link.h"
#include "model/phrase.h"

/* For sh(1): a quote ends the string, stands for itself, and begins it anew. */
static void
within(FILE *f, const char *text)
{
	for (; *text; text++)
		if (*text == '\'')
			(void)fputs("'\\''", f);
		else
			(void)fputc(*text, f);
}

static void
quoted(FILE *f, const char *name, const char *text)
{
	(void)fprintf(f, "%s='", name);
	within(f, text);
	(void)fputs("'\n", f);
}

static void
address(FILE *f, const char *name, const uint8_t *b)
{
	(void)fprintf(f, "%s='%u.%u.%u.%u'\n", name, b[0], b[1], b[2], b[3]);
}

static void
text(FILE *f, const char *name, const struct lease *l, const char *key)
{
	const struct value *v = value_named(l->vals, key);

	quoted(f, name, v ? v->text : "");
}

/* The address of a key, the first of a list; 0.0.0.0 stands for none. */
static void
one(FILE *f, const char *name, const struct value *v)
{
	static const struct ip none = { .family = AF_INET };

	if (v && v->key->type == &type_list)
		v = v->items;
	(void)fprintf(f, "%s='", name);
	type_print_ip(v ? &v->ip : &none, false, f);
	(void)fputs("'\n", f);
}

/* The server to boot from: what the files say comes before what a server does. */
static void
root_server(FILE *f, const struct link *link, const struct lease *l)
{
	const struct value *v = link_value(link, "boot-server");

	if (!v)
		v = value_named(l->vals, "next-server");
	one(f, "ROOTSERVER", v ? v : value_named(l->vals, "server"));
}

static void
mask(FILE *f, unsigned len)
{
	uint32_t m = htonl(len ? UINT32_MAX << (32 - len) : 0);

	address(f, "IPV4NETMASK", (const uint8_t *)&m);
}

static void
broadcast(FILE *f, const struct lease *l)
{
	const struct value *v = value_named(l->vals, "broadcast");
	uint32_t a;

	(void)memcpy(&a, l->address.b, sizeof(a));
	a = l->address.len < 32 ? htonl(ntohl(a) | UINT32_MAX >> l->address.len) : a;
	address(f, "IPV4BROADCAST", v ? v->ip.b : (const uint8_t *)&a);
}

/* Classless routes take the place of the router: RFC 3442, and klibc since 2.0.5. */
static void
routes(FILE *f, const struct lease *l)
{
	const struct value *list = value_named(l->vals, "routes");
	char name[32];
	unsigned n = 0;
	uint32_t via;

	if (!list)
		one(f, "IPV4GATEWAY", value_named(l->vals, "router"));
	for (const struct value *v = list ? list->items : NULL; v; v = v->next, n++) {
		(void)fprintf(f, "IPV4ROUTE%uSUBNET='%u.%u.%u.%u/%u'\n", n, v->ip.b[0], v->ip.b[1],
			v->ip.b[2], v->ip.b[3], v->ip.len);
		via = htonl(v->to);
		(void)snprintf(name, sizeof(name), "IPV4ROUTE%uGATEWAY", n); /* fits */
		address(f, name, (const uint8_t *)&via);
	}
}

/* Name servers by number; where there are less, 0.0.0.0 as klibc writes it. */
static void
servers(FILE *f, const char *name, const struct value *list, unsigned least)
{
	static const uint8_t none[4];
	const struct value *v = list ? list->items : NULL;
	char numbered[32];

	for (unsigned n = 0; v || n < least; n++, v = v ? v->next : NULL) {
		(void)snprintf(numbered, sizeof(numbered), "%s%u", name, n); /* fits */
		address(f, numbered, v ? v->ip.b : none);
	}
}

static void
search(FILE *f, const char *name, const struct lease *l)
{
	const struct value *list = value_named(l->vals, "search");

	(void)fprintf(f, "%s='", name);
	for (const struct value *v = list ? list->items : NULL; v; v = v->next) {
		within(f, v->text);
		(void)fputs(v->next ? " " : "", f);
	}
	(void)fputs("'\n", f);
}

void
handover_print(FILE *f, const struct link *link, const struct lease *l)
{
	bool told = l->server.family; /* by a server */

	quoted(f, "DEVICE", link->name);
	quoted(f, "PROTO", told ? "dhcp" : "none");
	address(f, "IPV4ADDR", l->address.b);
	broadcast(f, l);
	mask(f, l->address.len);
	routes(f, l);
	servers(f, "IPV4DNS", value_named(l->vals, "dns"), 2);
	servers(f, "IPV4NTP", value_named(l->vals, "ntp"), 0);
	text(f, "HOSTNAME", l, "hostname");
	text(f, "DNSDOMAIN", l, "domain");
	text(f, "NISDOMAIN", l, "nis-domain");
	root_server(f, link, l);
	text(f, "ROOTPATH", l, "root-path");
	text(f, "filename", l, "bootfile");
	(void)fprintf(
		f, "UPTIME='%llu'\n", (unsigned long long)value_num(l->vals, "taken", 0) / 1000);
	(void)fprintf(f, "DHCPLEASETIME='%u'\n", l->seconds);
	if (told)
		address(f, "SERVERADDR", l->server.b);
	search(f, "DOMAINSEARCH", l);
}

/* What is not there is left out: cloud-init would take an empty router for one. */
void
handover_print6(FILE *f, const struct link *link, const struct lease *l)
{
	const struct value *router = value_named(l->vals, "router"),
			   *dns = value_named(l->vals, "dns"),
			   *boot = link_value(link, "boot-server");
	char name[32];
	unsigned n = 0;

	quoted(f, "DEVICE6", link->name);
	quoted(f, "IPV6PROTO", "none");
	(void)fputs("IPV6ADDR='", f);
	type_print_ip(&l->address, false, f);
	(void)fprintf(f, "'\nIPV6NETMASK='%u'\n", l->address.len);
	if (router)
		one(f, "IPV6GATEWAY", router);
	for (const struct value *v = dns ? dns->items : NULL; v; v = v->next) {
		(void)snprintf(name, sizeof(name), "IPV6DNS%u", n++); /* fits */
		one(f, name, v);
	}
	search(f, "IPV6DOMAINSEARCH", l);
	text(f, "HOSTNAME", l, "hostname");
	if (boot && boot->ip.family == AF_INET6)
		one(f, "ROOTSERVER", boot);
}

/* Gives a lease what the files say by another key. */
static void
give(struct lease *l, const char *name, const struct value *v, struct mem *mem)
{
	struct value *copy;

	if (!v)
		return;
	copy = mem_get(mem, sizeof(*copy));
	*copy = *v;
	copy->key = key_find(&lease_keys, name);
	copy->next = NULL;
	value_add(&l->vals, copy);
}

/* A list without what a lease says, and without addresses of another family, if there is one. */
static void
give_list(struct lease *l, const char *name, const struct value *list, int family, struct mem *mem)
{
	struct value own = { 0 }, **end = &own.items;

	for (const struct value *v = list ? list->items : NULL; v; v = v->next) {
		if (v->leased || (family && v->ip.family != family))
			continue;
		*end = mem_get(mem, sizeof(**end));
		**end = *v;
		(*end)->next = NULL;
		end = &(*end)->next;
	}
	if (own.items)
		give(l, name, &own, mem);
}

/* The router of the first default route of the files, in the family of the address. */
static void
give_router(struct lease *l, const struct link *link, struct mem *mem)
{
	for (const struct phrase *p = link->said[ROUTE]; p; p = p->next) {
		const struct ip *to = phrase_ip(p, "dst"),
				*via = p->hops ? phrase_via(p->hops) : NULL;
		struct value item = { 0 }, list = { .items = &item };

		if (p->leased || !to || to->len || !via || via->family != l->address.family)
			continue;
		item.ip = *via;
		give_list(l, "router", &list, l->address.family, mem);
		return;
	}
}

static bool
is_there(const struct link *l, const struct phrase *address)
{
	return l->have && phrase_stands(l->have->said[ADDRESS], address);
}

const struct ip *
handover_address(const struct link *link, int family, bool there)
{
	for (const struct phrase *p = link->said[ADDRESS]; p; p = p->next) {
		const struct ip *ip = phrase_ip(p, "local");

		if (!p->leased && !p->saved && ip && (!there || is_there(link, p)) &&
			ip->family == family && !type_is_link_local(ip))
			return ip;
	}
	return NULL;
}

bool
handover_gather(struct lease *l, const struct model *want, const struct link *link, int family,
	struct mem *mem)
{
	const struct ip *ip = handover_address(link, family, true);
	const struct value *name = value_named(want->vals, "hostname");

	*l = (struct lease) { 0 };
	if (!ip)
		return false;
	l->address = *ip;
	give_router(l, link, mem);
	give_list(l, "dns", value_named(want->vals, "dns"), family, mem);
	give_list(l, "search", value_named(want->vals, "search"), 0, mem);
	if (name && !name->leased)
		give(l, "hostname", name, mem);
	return true;
}
