/* What a message says, as values of the keys of a lease: of the right form, no more. */
#include <arpa/inet.h>
#include <string.h>

#include "base/mem.h"
#include "dhcp/lease.h"
#include "dhcp/lease_parts.h"
#include "dhcp/message.h"
#include "dhcp/name.h"

struct gathering {
	const struct message *m;
	struct doubts *d;
};

static struct value *
new_value(const struct gathering *g, const struct key *k)
{
	struct value *v = mem_get(g->d->mem, sizeof(*v));

	v->key = k;
	return v;
}

static struct blob
option(const struct gathering *g, int code)
{
	return message_option(g->m, (enum option)code, g->d->mem);
}

/* How long an option of that type is; 0: as it likes. */
static size_t
width(const struct key *k)
{
	return k->type == &type_ip4 ? 4 : k->type->size;
}

/* A value of these bytes; NULL after saying what was expected. */
static struct value *
from_bytes(const struct gathering *g, const struct key *k, struct blob b)
{
	struct value *v = new_value(g, k);

	if ((width(k) && b.n != width(k)) || k->type->get(k, v, b.b, b.n, g->d->mem) < 0) {
		doubt(g->d, k, NULL, NULL);
		return NULL;
	}
	if (k->type->size && !type_in_range(k, v->num, false)) {
		doubt(g->d, k, v, NULL);
		return NULL;
	}
	return v;
}

static struct value *
plain(const struct gathering *g, const struct key *k)
{
	struct blob b = option(g, k->attr);

	return b.b ? from_bytes(g, k, b) : NULL;
}

/* The option, else the field that is older than it. */
static struct value *
or_field(const struct gathering *g, const struct key *k, struct blob field)
{
	struct blob b = option(g, k->attr);

	if (b.b)
		return from_bytes(g, k, b);
	return field.n ? from_bytes(g, k, field) : NULL;
}

static struct value *
tftp_server(const struct gathering *g, const struct key *k)
{
	return or_field(g, k, g->m->sname);
}

static struct value *
bootfile(const struct gathering *g, const struct key *k)
{
	return or_field(g, k, g->m->file);
}

/* An address of the fixed part; NULL when it is 0.0.0.0. */
static struct value *
from_field(const struct gathering *g, const struct key *k, const uint8_t b[4])
{
	struct value *v;

	if (!type_decode(&type_be32, b))
		return NULL;
	v = new_value(g, k);
	v->ip = (struct ip) { .family = AF_INET, .len = 32 };
	(void)memcpy(v->ip.b, b, 4);
	return v;
}

static struct value *
next_server(const struct gathering *g, const struct key *k)
{
	return from_field(g, k, g->m->siaddr);
}

/* Without a mask, or with one that is none, the length stays untold. */
static struct value *
address(const struct gathering *g, const struct key *k)
{
	struct value *v = from_field(g, k, g->m->yiaddr);
	struct blob b = option(g, OPTION_MASK);
	uint32_t hosts;

	if (!v || !b.b)
		return v;
	hosts = b.n == 4 ? ~(uint32_t)type_decode(&type_be32, b.b) : 0;
	if (b.n != 4 || (hosts & (hosts + 1))) {
		doubt(g->d, k, NULL, "expected a mask of ones, then zeros");
		return v;
	}
	v->ip.with_len = true;
	for (v->ip.len = 32; hosts; hosts >>= 1)
		v->ip.len--;
	return v;
}

/* BOOTP has no such option: who it was is told by a field, RFC 951, 3. */
static struct value *
server(const struct gathering *g, const struct key *k)
{
	struct value *v = plain(g, k);

	return v || !g->m->no_type ? v : from_field(g, k, g->m->siaddr);
}

/* What BOOTP gives is given for ever: RFC 1534, 2. */
static struct value *
lifetime(const struct gathering *g, const struct key *k)
{
	if (g->m->no_type && !option(g, k->attr).b) {
		struct value *v = new_value(g, k);

		v->num = LEASE_FOREVER;
		return v;
	}
	return plain(g, k);
}

/* A list and its end. */
struct list {
	struct value *v, **last;
	struct key *of;
};

static struct list
begin(const struct gathering *g, const struct key *k)
{
	struct list l = { .v = new_value(g, k), .of = mem_get(g->d->mem, sizeof(*l.of)) };

	*l.of = *k;
	l.of->type = k->of;
	l.last = &l.v->items;
	return l;
}

static struct value *
append(const struct gathering *g, struct list *l)
{
	struct value *v = new_value(g, l->of);

	*l->last = v;
	l->last = &v->next;
	return v;
}

static struct value *
addresses(const struct gathering *g, const struct key *k)
{
	struct blob b = option(g, k->attr);
	struct list l = begin(g, k);

	if (b.b && (!b.n || b.n % 4))
		doubt(g->d, k, NULL, "cut off");
	for (; b.n >= 4; b.b += 4, b.n -= 4)
		(void)k->of->get(l.of, append(g, &l), b.b, 4, g->d->mem); /* any four bytes are */
	return l.v->items ? l.v : NULL;
}

/* Where a server tells routes with lengths, the older options do not count: RFC 3442. */
static struct blob
classless(const struct gathering *g)
{
	struct blob b = option(g, OPTION_ROUTES);

	return b.b ? b : option(g, OPTION_MS_ROUTES);
}

static struct value *
router(const struct gathering *g, const struct key *k)
{
	return classless(g).b ? NULL : addresses(g, k);
}

static void
read_classless(const struct gathering *g, struct list *l, struct blob b)
{
	struct value *v;
	size_t n;

	while (b.n) {
		n = (b.b[0] + 7U) / 8;
		if (b.b[0] > 32 || b.n < 1 + n + 4) {
			doubt(g->d, l->of, NULL, "cut off, or a length beyond 32");
			return;
		}
		v = append(g, l);
		v->ip = (struct ip) { .family = AF_INET, .len = b.b[0], .with_len = true };
		(void)memcpy(v->ip.b, b.b + 1, n);
		v->to = (uint32_t)type_decode(&type_be32, b.b + 1 + n);
		b.b += 1 + n + 4;
		b.n -= 1 + n + 4;
	}
}

/* The length that the class tells; a destination with bits behind that is a host's. */
static uint8_t
class_len(uint32_t a)
{
	uint8_t len = judge_class(a);

	return a & (UINT32_MAX >> len) ? 32 : len;
}

static void
read_classful(const struct gathering *g, struct list *l, struct blob b)
{
	struct value *v;
	uint32_t to;

	if (!b.b)
		return;
	if (!b.n || b.n % 8)
		doubt(g->d, l->of, NULL, "cut off");
	for (; b.n >= 8; b.b += 8, b.n -= 8) {
		to = (uint32_t)type_decode(&type_be32, b.b);
		v = append(g, l);
		v->ip = (struct ip) { .family = AF_INET, .len = class_len(to), .with_len = true };
		(void)memcpy(v->ip.b, b.b, 4);
		v->to = (uint32_t)type_decode(&type_be32, b.b + 4);
	}
}

static struct value *
routes(const struct gathering *g, const struct key *k)
{
	struct blob b = classless(g);
	struct list l = begin(g, k);

	if (b.b)
		read_classless(g, &l, b);
	else
		read_classful(g, &l, option(g, OPTION_STATIC_ROUTES));
	return l.v->items ? l.v : NULL;
}

static struct value *
search(const struct gathering *g, const struct key *k)
{
	struct blob b = option(g, k->attr);
	struct list l = begin(g, k);
	char name[NAME_SIZE];
	size_t at = 0, n = 0;

	for (; at < b.n && n <= LEASE_MOST; n++) {
		struct value v = { 0 };

		if (name_read(b, &at, name) < 0) {
			doubt(g->d, k, NULL, "cut off, or a pointer that does not lead back");
			break;
		}
		if (k->of->parse(k, &v, name, g->d->mem) < 0)
			doubt(g->d, l.of, NULL, NULL);
		else
			append(g, &l)->text = v.text;
	}
	return l.v->items ? l.v : NULL;
}

enum { FQDN_E = 4, FQDN_HEAD = 3 }; /* flags and two RCODEs, RFC 4702, 2 */

/* A name that is not a whole one lacks its root: RFC 4702, 2.3. */
static struct value *
from_fqdn(const struct gathering *g, const struct key *k, struct blob b)
{
	const void *ended = mem_text(g->d->mem, (const char *)b.b, b.n);
	struct blob labels = { ended, b.n + 1 };
	char name[NAME_SIZE];
	size_t at = FQDN_HEAD;

	if (b.n < FQDN_HEAD || ((*b.b & FQDN_E) && name_read(labels, &at, name) < 0)) {
		doubt(g->d, k, NULL, NULL);
		return NULL;
	}
	if (*b.b & FQDN_E)
		b = (struct blob) { (const uint8_t *)name, strlen(name) };
	else
		b = (struct blob) { b.b + FQDN_HEAD, b.n - FQDN_HEAD };
	return b.n ? from_bytes(g, k, b) : NULL;
}

static struct value *
hostname(const struct gathering *g, const struct key *k)
{
	struct blob b = option(g, k->attr), fqdn = option(g, OPTION_FQDN);

	if (b.b)
		return from_bytes(g, k, b);
	return fqdn.b ? from_fqdn(g, k, fqdn) : NULL;
}

/* How each is found; what others set is not looked for. */
static struct value *(*const find[LEASE_ROWS])(const struct gathering *, const struct key *) = {
	[ADDRESS] = address,
	[SERVER] = server,
	[LIFETIME] = lifetime,
	[RENEW_AFTER] = plain,
	[REBIND_AFTER] = plain,
	[BROADCAST] = plain,
	[ROUTER] = router,
	[ROUTES] = routes,
	[DNS] = addresses,
	[DOMAIN] = plain,
	[SEARCH] = search,
	[HOSTNAME] = hostname,
	[NTP] = addresses,
	[MTU] = plain,
	[ROOT_PATH] = plain,
	[NEXT_SERVER] = next_server,
	[TFTP_SERVER] = tftp_server,
	[BOOTFILE] = bootfile,
	[VENDOR] = plain,
	[NIS_DOMAIN] = plain,
	[AUTO_CONFIGURE] = plain,
};

struct value *
gather_values(const struct message *m, struct doubts *d)
{
	const struct gathering g = { m, d };
	struct value *vals = NULL, *v;

	for (size_t i = 0; i < LEASE_ROWS; i++)
		if (find[i] && (v = find[i](&g, &lease_keys.keys[i])))
			value_add(&vals, v);
	return vals;
}
