#include "model/phrase.h"

#include <libmnl/libmnl.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "base/mem.h"
#include "key/msg.h"
#include "key/type.h"
#include "model/topic.h"

static const struct topic_def *const topics[TOPICS] = {
	[ADDRESS] = &topic_address,
	[ROUTE] = &topic_route,
	[RULE] = &topic_rule,
	[NEIGHBOR] = &topic_neighbor,
	[FDB] = &topic_fdb,
};

const struct table *
phrase_table(enum topic t)
{
	return topics[t]->keys;
}

const char *
phrase_topic(enum topic t)
{
	return topics[t]->word;
}

const char *
phrase_key(const struct phrase *p)
{
	return p->gateway ? "gateway" : phrase_topic(p->topic);
}

/*
 * Metrics that are locked are told by a mask: RTAX_LOCK, linux/rtnetlink.h.
 * TCP heeds RTO_MIN only where it is locked: tcp_rto_min().
 */
static bool
is_locked(const struct value *v)
{
	return v->key->home == IN_METRICS && (v->to || v->key->attr == RTAX_RTO_MIN);
}

/* Of RTO_MIN it goes without saying. */
static bool
says_lock(const struct value *v)
{
	return is_locked(v) && v->key->attr != RTAX_RTO_MIN;
}

static void
print_values(const struct value *v, FILE *f, const char **gap)
{
	for (; v; v = v->next) {
		if (v->key->type->bare && !v->num)
			continue;
		(void)fputs(*gap, f);
		*gap = " ";
		if (!v->key->first || v->key->type->bare)
			(void)fputs(v->key->name, f);
		if (v->key->type->bare)
			continue;
		if (!v->key->first)
			(void)fputs(says_lock(v) ? " lock " : " ", f);
		type_print_word(v, f);
	}
}

/* What opens a phrase comes first, whatever order it was set in. */
void
phrase_print(const struct phrase *p, FILE *f)
{
	const char *gap = "";
	const struct table *t = phrase_table(p->topic);
	struct value *v, *rest = NULL, copies[64];
	size_t n = 0;

	for (size_t i = 0; i < t->n; i++)
		if (t->keys[i].first && (v = value_of(p->vals, &t->keys[i]))) {
			struct value one = *v;

			one.next = NULL;
			print_values(&one, f, &gap);
		}
	for (v = p->vals; v && n < LEN(copies); v = v->next)
		if (!v->key->first) {
			copies[n] = *v;
			copies[n].next = NULL;
			value_add(&rest, &copies[n++]);
		}
	print_values(rest, f, &gap);
	for (const struct nexthop *h = p->hops; h; h = h->next) {
		if (p->hops->next)
			(void)fputs(" nexthop", f);
		gap = " ";
		print_values(h->vals, f, &gap);
	}
}

char *
phrase_text(const struct phrase *p, struct mem *mem)
{
	struct mem_stream s;

	phrase_print(p, mem_open(&s));
	return mem_close(&s, mem);
}

bool
phrase_covers(const struct ip *net, const struct ip *ip)
{
	unsigned whole = net->len / 8, rest = net->len % 8;

	if (net->family != ip->family || memcmp(net->b, ip->b, whole) != 0)
		return false;
	return !rest || !((net->b[whole] ^ ip->b[whole]) >> (8 - rest));
}

bool
phrase_same(const struct phrase *a, const struct phrase *b)
{
	return a->topic == b->topic && topics[a->topic]->same(a, b);
}

/* What the kernel tells by leaving it out: nothing, none and 0. */
static bool
says_nothing(const struct value *v)
{
	if (v->key->type == &type_masked)
		return !v->num && !v->to;
	if (v->key->type == &type_net)
		return !v->ip.len;
	return v->key->type->size && !v->num && !v->to;
}

/* What the kernel learnt gives way to the file: routes of routers, neighbours. */
bool
phrase_stays(const struct phrase *p)
{
	enum { IFAPROT_KERNEL_LO_ = 1 }; /* linux/if_addr.h of 5.18 */

	switch (p->topic) {
	case ADDRESS:
		return topic_num(p, "proto", 0) == IFAPROT_KERNEL_LO_;
	case ROUTE:
	case RULE:
		return topic_num(p, "protocol", RTPROT_UNSPEC) == RTPROT_KERNEL;
	case NEIGHBOR:
	case FDB:
	case TOPICS:
		break;
	}
	return false;
}

/* Who set a rule, or what the kernel keeps for itself, matters where the file says it. */
static bool
is_open(const struct value *want, const struct phrase *have)
{
	return !want->line && !want->foreign && !strcmp(want->key->name, "protocol") &&
	       (have->topic == RULE || phrase_stays(have));
}

static bool
same_lock(const struct value *want, const struct value *have)
{
	return want->key->home != IN_METRICS || is_locked(want) == !!have->to;
}

bool
phrase_stands(const struct phrase *list, const struct phrase *p)
{
	for (; list; list = list->next)
		if (phrase_same(list, p))
			return true;
	return false;
}

bool
phrase_equal(const struct phrase *want, const struct phrase *have)
{
	const struct topic_def *t = topics[want->topic];

	for (const struct value *v = want->vals; v; v = v->next) {
		const struct value *h = value_of(have->vals, v->key);

		if (v->key->unread || is_open(v, have))
			continue;
		if (h ? !key_same(v, h) || !same_lock(v, h) : !says_nothing(v))
			return false;
	}
	return !t->equal || t->equal(want, have);
}

uint32_t
phrase_hash(const struct phrase *p)
{
	return topics[p->topic]->hash(p);
}

static void
put_values(struct msg *m, void *head, const struct phrase *p, enum home home)
{
	for (const struct value *v = p->vals; v; v = v->next) {
		if (v->key->home != home)
			continue;
		if (home == IN_HEAD)
			(void)type_encode(v->key->type, v->num, (uint8_t *)head + v->key->attr);
		else
			key_put(v, m);
	}
}

static uint32_t
locks(const struct phrase *p)
{
	uint32_t mask = 0;

	for (const struct value *v = p->vals; v; v = v->next)
		if (is_locked(v))
			mask |= 1U << v->key->attr;
	return mask;
}

void
phrase_put(struct msg *m, void *buf, size_t size, const struct phrase *p, bool remove)
{
	const struct topic_def *t = topics[p->topic];
	uint16_t flags = remove ? 0 : NLM_F_CREATE | NLM_F_EXCL;
	void *head = msg_start(m, buf, size, remove ? t->del : t->add, flags, t->head);
	uint32_t mask = locks(p);

	put_values(m, head, p, IN_HEAD);
	t->put(m, head, p);
	put_values(m, head, p, IN_ATTR);
	if (p->topic != ROUTE || remove)
		return;
	msg_nest(m, RTA_METRICS);
	put_values(m, head, p, IN_METRICS);
	if (mask)
		msg_put_u32(m, RTAX_LOCK, mask);
	msg_end(m);
}

static const struct nlattr *
find(int attr, const struct nlmsghdr *h, size_t head)
{
	size_t skip = MNL_ALIGN(head), len = h->nlmsg_len - NLMSG_HDRLEN;

	return len < skip
	               ? NULL
	               : msg_find((const char *)mnl_nlmsg_get_payload(h) + skip, len - skip, attr);
}

static const struct nlattr *
metric(int attr, const struct nlmsghdr *h, size_t head)
{
	const struct nlattr *a = find(RTA_METRICS, h, head);

	return a ? msg_find(mnl_attr_get_payload(a), mnl_attr_get_payload_len(a), attr) : NULL;
}

static const struct nlattr *
attr_of(const struct key *k, const struct nlmsghdr *h, size_t head)
{
	return k->home == IN_METRICS ? metric(k->attr, h, head) : find(k->attr, h, head);
}

static bool
tells_lock(const struct key *k, const struct nlmsghdr *h, size_t head)
{
	const struct nlattr *a = k->home == IN_METRICS ? metric(RTAX_LOCK, h, head) : NULL;

	return a && mnl_attr_get_payload_len(a) >= sizeof(uint32_t) &&
	       mnl_attr_get_u32(a) & 1U << k->attr;
}

/* Reads the values of a type of entries from a message's header and attributes. */
static void
read_values(
	const struct topic_def *t, struct value **vals, const struct nlmsghdr *h, struct mem *mem)
{
	const uint8_t *payload = mnl_nlmsg_get_payload(h);
	const struct nlattr *a;

	for (size_t i = 0; i < t->keys->n; i++) {
		const struct key *k = &t->keys->keys[i];
		struct value v = { .key = k, .foreign = true }, *keep;
		int r = -1;

		if (k->home == IN_HEAD && !t->alike)
			r = k->type->get(k, &v, payload + k->attr, k->type->size, mem);
		else if ((k->home == IN_ATTR || k->home == IN_METRICS) &&
			 (a = attr_of(k, h, t->head)))
			r = k->type->get(
				k, &v, mnl_attr_get_payload(a), mnl_attr_get_payload_len(a), mem);
		if (r < 0)
			continue;
		if (tells_lock(k, h, t->head))
			v.to = 1;
		keep = mem_get(mem, sizeof(*keep));
		*keep = v;
		keep->next = *vals;
		*vals = keep;
	}
}

struct phrase *
phrase_get(struct model *model, struct netns *ns, const struct nlmsghdr *h)
{
	for (enum topic i = ADDRESS; i < TOPICS; i++) {
		const struct topic_def *t = topics[i];
		struct phrase *p;

		if (t->add != h->nlmsg_type || h->nlmsg_len < NLMSG_HDRLEN + MNL_ALIGN(t->head))
			continue;
		p = mem_get(model->mem, sizeof(*p));
		p->topic = i;
		p->place = model->nentries++;
		p->ns = ns;
		p->raw = h;
		read_values(t, &p->vals, h, model->mem);
		if (t->get(p, h, model)) /* neighbours and forwarding entries share a type */
			return p;
	}
	return NULL;
}

void
phrase_complete(struct phrase *p, const struct phrase *like, struct mem *mem)
{
	if (topics[p->topic]->complete)
		topics[p->topic]->complete(p, like, mem);
}

const struct ip *
phrase_ip(const struct phrase *p, const char *key)
{
	const struct value *v = value_named(p->vals, key);

	return v && v->ip.family ? &v->ip : NULL;
}

const struct ip *
phrase_via(const struct nexthop *h)
{
	const struct value *v = value_named(h->vals, "via");

	return v ? &v->ip : NULL;
}

const struct ip *
topic_ip(const struct phrase *p, const char *key)
{
	static const struct ip none;
	const struct value *v = value_named(p->vals, key);

	return v ? &v->ip : &none;
}

uint64_t
topic_num(const struct phrase *p, const char *key, uint64_t other)
{
	return value_num(p->vals, key, other);
}

void
topic_set(struct value **vals, const struct table *t, const char *key, struct value v,
	struct mem *mem)
{
	struct value *keep = mem_get(mem, sizeof(*keep));

	*keep = v;
	keep->key = key_find(t, key);
	keep->next = NULL;
	keep->foreign = true;
	value_add(vals, keep);
}

/* True when values are just these numbers, and said by the same. */
static bool
is_filled(const struct value *v, const struct number *u, size_t n, bool foreign)
{
	for (; v && n && v->num == u->num && !v->to && !v->line && v->foreign == foreign &&
		!strcmp(v->key->name, u->key);
		v = v->next, u++, n--)
		;
	return !v && !n;
}

void
topic_fill(struct value **vals, const struct table *t, const struct number *u, size_t n,
	struct value *shared, bool foreign, struct mem *mem)
{
	struct value **last = vals;
	struct number unset[8];
	size_t m = 0;

	for (size_t i = 0; i < n && m < LEN(unset); i++)
		if (!value_named(*vals, u[i].key))
			unset[m++] = u[i];
	while (*last)
		last = &(*last)->next;
	while (shared && !is_filled(shared, unset, m, foreign))
		shared = shared->next;
	if (shared)
		*last = shared;
	for (size_t i = 0; !shared && i < m; i++) {
		*last = mem_get(mem, sizeof(**last));
		(*last)->key = key_find(t, unset[i].key);
		(*last)->num = unset[i].num;
		(*last)->foreign = foreign;
		last = &(*last)->next;
	}
}

bool
topic_agree(const struct phrase *a, const struct phrase *b, const char *key)
{
	const struct value *v = value_named(a->vals, key), *w = value_named(b->vals, key);

	if (v && w)
		return key_same(v, w);
	return (!v || says_nothing(v)) && (!w || says_nothing(w));
}
