#include "dhcp/ask.h"

#include <libmnl/libmnl.h>
#include <linux/if_arp.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "base/mem.h"
#include "dhcp/learn.h"
#include "key/type.h"
#include "model/link.h"

/* RFC 4361, 6.1: a client id of type 255, the IAID, and a DUID made of the link's address. */
static void
make_duid(struct identity *w, const struct bytes *mac)
{
	/* RFC 8415, 11.4: DUID-LL; of InfiniBand the port's GUID, the last eight bytes */
	size_t n = mac->n > 8 ? 8 : mac->n, short_of = n < 4 ? 4 - n : 0;
	const uint8_t *from = mac->b + mac->n - n;

	w->id[0] = 255;
	(void)memset(w->id + 1, 0, 4);
	(void)memcpy(w->id + 1 + short_of, from + n - (4 - short_of), 4 - short_of);
	w->id[5] = 0;
	w->id[6] = 3;
	w->id[7] = 0;
	w->id[8] = w->htype;
	(void)memcpy(w->id + 9, from, n);
	w->nid = 9 + n;
}

/* RFC 2132, 9.14: the hardware type and address. */
static void
make_mac_id(struct identity *w, const struct bytes *mac)
{
	w->id[0] = w->htype;
	(void)memcpy(w->id + 1, mac->b, mac->n);
	w->nid = 1U + mac->n;
}

void
ask_identity_as(struct identity *w, const char *text)
{
	for (w->nid = 0; *text && w->nid < sizeof(w->id); text += text[2] ? 3 : 2)
		w->id[w->nid++] = (uint8_t)(type_hex(text[0]) * 16 + type_hex(text[1]));
}

/* Frames for one that shares its hardware address with others find it only by broadcast. */
static bool
needs_broadcast(const struct link *l, uint8_t htype)
{
	bool shared =
		htype == ARPHRD_INFINIBAND || (l->have->info && !strcmp(l->have->info, "ipvlan"));

	return value_num(l->vals, "dhcp-broadcast", shared);
}

/* As the file has it; of InfiniBand never by the address, which holds what changes: RFC 4390, 2. */
static void
make_id(struct identity *w, const struct link *l)
{
	const struct value *id = link_value(l, "dhcp-client-id");
	const char *how = id ? id->text : "mac";

	if (strcmp(how, "mac") != 0 && strcmp(how, "duid") != 0)
		ask_identity_as(w, how);
	else if (w->htype == ARPHRD_INFINIBAND || !strcmp(how, "duid"))
		make_duid(w, &l->have->mac);
	else
		make_mac_id(w, &l->have->mac);
}

int
ask_identity(struct identity *to, const struct link *l)
{
	const struct ifinfomsg *i = mnl_nlmsg_get_payload(l->have->raw);
	const struct nlattr *all = link_attr(l->have, IFLA_BROADCAST);
	const struct bytes *mac = &l->have->mac;
	struct identity w = { .htype = (uint8_t)i->ifi_type };

	if (!mac->n || i->ifi_type > UINT8_MAX || !all ||
		mnl_attr_get_payload_len(all) > sizeof(w.all))
		return -1;
	w.nall = mnl_attr_get_payload_len(all);
	(void)memcpy(w.all, mnl_attr_get_payload(all), w.nall);
	if (w.htype != ARPHRD_INFINIBAND) {
		if (mac->n > sizeof(w.chaddr))
			return -1;
		w.hlen = mac->n;
		(void)memcpy(w.chaddr, mac->b, mac->n);
	}
	w.broadcast = needs_broadcast(l, w.htype);
	make_id(&w, l);
	*to = w;
	return 0;
}

char *
ask_id_text(const struct identity *w, struct mem *mem)
{
	struct mem_stream s;
	FILE *f = mem_open(&s);

	for (size_t i = 0; i < w->nid; i++)
		(void)fprintf(f, "%s%02x", i ? ":" : "", w->id[i]);
	return mem_close(&s, mem);
}

/* What is asked for, as far as it is obeyed; classless routes before others: RFC 3442. */
static struct blob
parameters(const struct link *l, uint8_t list[32])
{
	static const struct {
		enum option option;
		int use; /* USE_…; -1: always */
	} wanted[] = {
		{ OPTION_MASK, -1 },
		{ OPTION_ROUTES, USE_ROUTES },
		{ OPTION_MS_ROUTES, USE_ROUTES },
		{ OPTION_STATIC_ROUTES, USE_ROUTES },
		{ OPTION_ROUTER, USE_ROUTES },
		{ OPTION_DNS, USE_DNS },
		{ OPTION_HOSTNAME, USE_HOSTNAME },
		{ OPTION_DOMAIN, USE_SEARCH },
		{ OPTION_SEARCH, USE_SEARCH },
		{ OPTION_ROOT_PATH, -1 },
		{ OPTION_MTU, USE_MTU },
		{ OPTION_BROADCAST, -1 },
		{ OPTION_NIS_DOMAIN, -1 },
		{ OPTION_NTP, USE_NTP },
		{ OPTION_VENDOR, -1 },
		{ OPTION_LEASE_TIME, -1 },
		{ OPTION_SERVER, -1 },
		{ OPTION_T1, -1 },
		{ OPTION_T2, -1 },
		{ OPTION_TFTP_SERVER, -1 },
		{ OPTION_BOOTFILE, -1 },
	};
	size_t n = 0;

	for (size_t i = 0; i < LEN(wanted); i++)
		if (wanted[i].use < 0 || learn_uses(l, (unsigned)wanted[i].use))
			list[n++] = (uint8_t)wanted[i].option;
	return (struct blob) { list, n };
}

/* With the headers, RFC 2132, 9.10; a packet socket would not put fragments together. */
static uint16_t
max_size(const struct link *l)
{
	enum { LEAST = 576, MOST = MESSAGE_MAX + 28 };
	const struct nlattr *a = l->have ? link_attr(l->have, IFLA_MTU) : NULL;
	uint32_t mtu = a && mnl_attr_get_payload_len(a) >= sizeof(mtu) ? mnl_attr_get_u32(a) : MOST;

	return (uint16_t)(mtu < LEAST ? LEAST : mtu < MOST ? mtu : MOST);
}

static struct blob
text_of(const struct link *l, const char *key)
{
	const struct value *v = link_value(l, key);

	return (struct blob) { v ? (const uint8_t *)v->text : NULL, v ? strlen(v->text) : 0 };
}

/* RFC 4702, 3.1: who tells a full name by option 81 does not tell it by 12. */
static void
tell_name(struct request *r, const struct question *q)
{
	struct blob name = text_of(q->link, "dhcp-hostname");

	if (!name.b && q->hostname)
		name = (struct blob) { (const uint8_t *)q->hostname, strlen(q->hostname) };
	if (name.n > 253)
		return;
	if (name.n && memchr(name.b, '.', name.n))
		r->fqdn = name;
	else
		r->hostname = name;
}

static enum message_type
type_of(enum client_do what)
{
	switch (what) {
	case SEND_DISCOVER:
	case DROP_AND_DISCOVER:
		return DISCOVER;
	case SEND_REQUEST:
	case SEND_REBOOT:
	case SEND_RENEW:
	case SEND_REBIND:
		return REQUEST;
	case DROP_AND_DECLINE:
		return DECLINE;
	case DROP_AND_RELEASE:
		return RELEASE;
	case NOTHING:
	case TAKE_LEASE:
	case DROP_LEASE:
		break;
	}
	return 0;
}

/* RFC 2131, table 5: what stands in which message. */
static void
name_addresses(struct request *r, const struct question *q, enum client_do what)
{
	const struct lease *l = q->lease;
	bool held = what == SEND_RENEW || what == SEND_REBIND || what == DROP_AND_RELEASE;
	bool named = what == SEND_REQUEST || what == DROP_AND_DECLINE;

	if (!l)
		return;
	if (held)
		(void)memcpy(r->ciaddr, l->address.b, sizeof(r->ciaddr));
	else
		(void)memcpy(r->address, l->address.b, sizeof(r->address));
	if (named || what == DROP_AND_RELEASE)
		(void)memcpy(r->server, l->server.b, sizeof(r->server));
}

size_t
ask_write(uint8_t *buf, size_t size, const struct question *q, enum client_do what, bool *direct)
{
	uint8_t list[32];
	struct request r = { .type = type_of(what),
		.xid = q->client->xid,
		.htype = q->who->htype,
		.hlen = q->who->hlen,
		.client_id = { q->who->id, q->who->nid } };
	size_t n;

	if (!r.type)
		return 0;
	*direct = what == SEND_RENEW || what == DROP_AND_RELEASE;
	(void)memcpy(r.chaddr, q->who->chaddr, sizeof(r.chaddr));
	name_addresses(&r, q, what);
	if (r.type == DISCOVER || r.type == REQUEST) {
		r.secs = client_secs(q->client, q->now);
		r.broadcast = q->who->broadcast && !r.ciaddr[0];
		r.rapid = r.type == DISCOVER && value_num(q->link->vals, "dhcp-rapid-commit", 1);
		r.auto_configure =
			r.type == DISCOVER && value_num(q->link->vals, "dhcp-fallback", 0);
		r.class = text_of(q->link, "dhcp-class");
		r.user_class = text_of(q->link, "dhcp-user-class");
		r.parameters = parameters(q->link, list);
		r.max_size = max_size(q->link);
		tell_name(&r, q);
	}
	if (r.type == DECLINE)
		r.text = "somebody else uses the address";
	n = message_write(buf, size, &r);
	if (n || !r.fqdn.n)
		return n;
	r.fqdn.n = 0; /* a host may be called what no DNS name is: it asks all the same */
	return message_write(buf, size, &r);
}

static bool
same_address(const struct value *v, const struct ip *ip)
{
	return !memcmp(v->ip.b, ip->b, 4);
}

bool
ask_refuses(const struct link *l, const struct ip *server)
{
	const struct value *list = link_value(l, "dhcp-server");

	for (const struct value *v = list ? list->items : NULL; v; v = v->next)
		if (v->to && same_address(v, server))
			return true;
	return false;
}

bool
ask_prefers_others(const struct link *l, const struct ip *server)
{
	const struct value *list = link_value(l, "dhcp-server");
	bool prefers = false;

	for (const struct value *v = list ? list->items : NULL; v; v = v->next) {
		if (!v->to && same_address(v, server))
			return false;
		prefers = prefers || !v->to;
	}
	return prefers;
}
