#include "dhcp/lease.h"

#include <arpa/inet.h>

#include "base/mem.h"
#include "base/text.h"
#include "dhcp/lease_parts.h"
#include "dhcp/message.h"

static const struct word forever[] = { { "forever", LEASE_FOREVER }, { 0 } };

/* clang-format off */
static const struct key keys[LEASE_ROWS] = {
	/*                   name              type          option               from  to           meaning */
	[ADDRESS]        = { "address",        &type_net,    OPTION_MASK,           0, 0,            "the address and the length of its network's prefix", .need = true },
	[SERVER]         = { "server",         &type_ip4,    OPTION_SERVER,         0, 0,            "the server that gave it", .need = true },
	[SERVER_MAC]     = { "server-mac",     &type_mac,    0,                     0, 0,            "who sent it on the link: the server, or a relay", .home = IN_NBS },
	[CLIENT_ID]      = { "client-id",      &type_octets, 0,                     0, 0,            "as whom nbs asked for it", .home = IN_NBS },
	[TAKEN]          = { "taken",          &type_u64,    0,                     0, INT64_MAX,    "when it began, since the machine was booted", .home = IN_NBS, .ms = 1 },
	[BOOT]           = { "boot",           &type_text,   0,                     0, 0,            "which boot that was", .home = IN_NBS },
	[LIFETIME]       = { "lifetime",       &type_be32,   OPTION_LEASE_TIME,     1, UINT32_MAX,   "how long it is valid", .words = forever, .ms = 1000, .need = true },
	[RENEW_AFTER]    = { "renew-after",    &type_be32,   OPTION_T1,             0, UINT32_MAX,   "when its server is asked again", .words = forever, .ms = 1000, .standard = "half of lifetime" },
	[REBIND_AFTER]   = { "rebind-after",   &type_be32,   OPTION_T2,             0, UINT32_MAX,   "when every server is asked", .words = forever, .ms = 1000, .standard = "seven eighths of lifetime" },
	[BROADCAST]      = { "broadcast",      &type_ip4,    OPTION_BROADCAST,      0, 0,            "the broadcast address" },
	[ROUTER]         = { "router",         &type_list,   OPTION_ROUTER,         0, 0,            "default routers, the best first", .of = &type_ip4 },
	[ROUTES]         = { "routes",         &type_list,   OPTION_ROUTES,         0, 0,            "routes; on the link where no router is named", .of = &type_route },
	[DNS]            = { "dns",            &type_list,   OPTION_DNS,            0, 0,            "DNS servers, the best first", .of = &type_ip4 },
	[DOMAIN]         = { "domain",         &type_domain, OPTION_DOMAIN,         0, 0,            "the domain that the host is in" },
	[SEARCH]         = { "search",         &type_list,   OPTION_SEARCH,         0, 0,            "domains in which names are looked for", .of = &type_domain },
	[HOSTNAME]       = { "hostname",       &type_domain, OPTION_HOSTNAME,       0, 0,            "what the host is to be called" },
	[NTP]            = { "ntp",            &type_list,   OPTION_NTP,            0, 0,            "NTP servers, the best first", .of = &type_ip4 },
	/* from: what every host takes, RFC 791, 3.1; RFC 2132, 5.1 would have 68 */
	[MTU]            = { "mtu",            &type_be16,   OPTION_MTU,          576, UINT16_MAX,   "the MTU of the link" },
	[ROOT_PATH]      = { "root-path",      &type_clean,  OPTION_ROOT_PATH,      0, 0,            "where the root filesystem is" },
	[NEXT_SERVER]    = { "next-server",    &type_ip4,    0,                     0, 0,            "the server to boot from" },
	[TFTP_SERVER]    = { "tftp-server",    &type_clean,  OPTION_TFTP_SERVER,    0, 0,            "the name of the server to boot from" },
	[BOOTFILE]       = { "bootfile",       &type_clean,  OPTION_BOOTFILE,       0, 0,            "the file to boot" },
	[VENDOR]         = { "vendor",         &type_octets, OPTION_VENDOR,         0, 0,            "what the vendor's own software is told" },
	[NIS_DOMAIN]     = { "nis-domain",     &type_domain, OPTION_NIS_DOMAIN,     0, 0,            "the NIS domain" },
	[AUTO_CONFIGURE] = { "auto-configure", &type_u8,     OPTION_AUTO_CONFIGURE, 0, 1,            "whether the host may choose an address of 169.254.0.0/16" },
};
/* clang-format on */

const struct table lease_keys = { "lease", keys, LEN(keys) };

static const char *
take_address(struct lease *l, struct value *raw, struct doubts *d)
{
	const struct value *v = value_of(raw, &keys[ADDRESS]);

	if (!v || v->ip.family != AF_INET)
		return "no address";
	l->address = v->ip;
	if (!v->ip.with_len || !v->ip.len) {
		if (v->ip.with_len)
			doubt(d, v->key, v, "a network of all addresses");
		l->address.len = judge_class(judge_number(&v->ip));
		l->address.with_len = true;
	}
	return judge_host(&l->address, judge_number(&l->address))
	               ? "an address that no host can have"
	               : NULL;
}

static const char *
take_server(struct lease *l, struct value *raw)
{
	const struct value *v = value_of(raw, &keys[SERVER]);

	if (!v)
		return "no server is named";
	l->server = v->ip;
	if (judge_number(&v->ip) == judge_number(&l->address))
		return "the server's own address";
	return judge_host(&l->address, judge_number(&v->ip)) ? "a server that is no host" : NULL;
}

static void
leave_out(struct value *raw, enum lease_row row, const char *why, struct doubts *d)
{
	const struct value *v = value_of(raw, &keys[row]);

	if (v)
		doubt(d, v->key, v, why);
}

/* RFC 2131, 4.4.5: a half and seven eighths of it, where the server says nothing that fits. */
static const char *
take_times(struct lease *l, struct value *raw, struct doubts *d)
{
	const uint64_t n = value_num(raw, "lifetime", 0), half = n == LEASE_FOREVER ? n : n / 2,
		       late = n == LEASE_FOREVER ? n : n * 7 / 8;
	uint64_t t1 = value_num(raw, "renew-after", half),
		 t2 = value_num(raw, "rebind-after", late);
	bool fit = t1 && t1 < t2 && t2 < n && n != LEASE_FOREVER;

	if (!n)
		return "no lifetime";
	if (!fit && (t1 != half || t2 != late)) {
		leave_out(raw, RENEW_AFTER, "out of order with rebind-after and lifetime", d);
		leave_out(raw, REBIND_AFTER, "out of order with renew-after and lifetime", d);
		t1 = half;
		t2 = late;
	}
	l->seconds = (uint32_t)n;
	l->renew = (uint32_t)t1;
	l->rebind = (uint32_t)t2;
	return NULL;
}

/* One value of the lease, of what is taken already or of what was said. */
static struct value *
settled(const struct lease *l, enum lease_row row, struct value *raw, struct doubts *d)
{
	const struct value *said = value_of(raw, &keys[row]);
	struct value *v = mem_get(d->mem, sizeof(*v));

	v->key = &keys[row];
	if (row == ADDRESS)
		v->ip = l->address;
	else if (row == LIFETIME)
		v->num = l->seconds;
	else if (row == RENEW_AFTER)
		v->num = l->renew;
	else if (row == REBIND_AFTER)
		v->num = l->rebind;
	else
		v = said ? judge_value(row, &l->address, said, d) : NULL;
	return v;
}

/* Makes a lease of what was said.  Returns NULL, or why there is none. */
static const char *
settle(struct lease *to, struct value *raw, struct doubts *d)
{
	struct lease l = { 0 };
	struct value *v;
	const char *why;

	if ((why = take_address(&l, raw, d)) || (why = take_server(&l, raw)) ||
		(why = take_times(&l, raw, d)))
		return why;
	for (enum lease_row row = 0; row < LEASE_ROWS; row++)
		if ((v = settled(&l, row, raw, d)))
			value_add(&l.vals, v);
	l.dropped = d->n;
	*to = l;
	return NULL;
}

const char *
lease_read(struct lease *l, const struct message *m, struct mem *mem,
	void (*told)(void *user, const char *what), void *user)
{
	struct doubts d = { .mem = mem, .told = told, .user = user };

	if (m->type != OFFER && m->type != ACK)
		return "neither an OFFER nor an ACK";
	return settle(l, gather_values(m, &d), &d);
}

void
lease_print(const struct lease *l, FILE *f)
{
	for (const struct value *v = l->vals; v; v = v->next) {
		(void)fprintf(f, "%s = ", v->key->name); /* the stream keeps its own error */
		v->key->type->print(v->key, v, f);
		(void)fputc('\n', f);
	}
}

int
lease_restore(struct lease *l, struct value *vals, struct mem *mem)
{
	struct doubts d = { .mem = mem };

	return settle(l, vals, &d) ? -1 : 0;
}

/* The order of a list counts: the first is asked first. */
static bool
same_value(const struct key *k, const struct value *a, const struct value *b)
{
	if (!a || !b || k->type != &type_list)
		return a == b || (a && b && k->type->same(k, a, b));
	for (a = a->items, b = b->items; a && b; a = a->next, b = b->next)
		if (!k->of->same(k, a, b))
			return false;
	return a == b;
}

bool
lease_same(const struct lease *a, const struct lease *b)
{
	for (const struct key *k = keys; k < keys + LEN(keys); k++)
		if (k->home != IN_NBS && !k->ms &&
			!same_value(k, value_of(a->vals, k), value_of(b->vals, k)))
			return false;
	return true;
}
