/* Settings of IPv4 and IPv6: said where they are not the namespace's default. */
#include <errno.h>
#include <linux/if.h>
#include <linux/if_arp.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <libmnl/libmnl.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "dump/parts.h"
#include "key/type.h"
#include "model/link.h"
#include "model/phrase.h"

unsigned
dump_type(const struct link *l)
{
	return ((const struct ifinfomsg *)mnl_nlmsg_get_payload(l->have->raw))->ifi_type;
}

bool
dump_hears_router(const struct link *l)
{
	for (const struct phrase *p = l->have->ns->said[ROUTE]; p; p = p->next)
		if (p->link == l->have && value_num(p->vals, "protocol", 0) == RTPROT_RA)
			return true;
	return false;
}

/* Reads the text of a sysctl as a value of a key; false where it has none. */
static bool
read_text(const char *text, const struct key *k, struct value *v, struct mem *mem)
{
	char *word, *end, *copy = text ? mem_text(mem, text, strcspn(text, "\n")) : NULL;

	*v = (struct value) { .key = k };
	if (!copy || !(word = text_word(&copy)))
		return false;
	if (k->type == &type_ip6)
		return key_parse(k, v, word, mem) == 0;
	errno = 0;
	v->num = (uint64_t)strtoll(word, &end, 10);
	return !*end && !errno;
}

static const struct key key_number = { .name = "number", .type = &type_s32 };

static int64_t
number_of(const struct dumping *d, const struct link *l, const char *path, bool usual)
{
	struct key k = key_number;
	struct value v;

	k.path = path;
	return read_text(dump_setting(d, l, &k, usual ? "default" : l->name), &k, &v, d->mem)
	               ? (int64_t)v.num
	               : 0;
}

/* inetdev_init() and ipv6_add_dev() give some links other defaults. */
static bool
is_kind_default(const struct link *l, const struct key *k, int64_t n)
{
	const unsigned type = dump_type(l);

	if (!strcmp(k->name, "accept-dad"))
		return n < 0;
	if (!strcmp(k->name, "use-tempaddr"))
		return n < 0 && (type == ARPHRD_LOOPBACK || type == ARPHRD_NONE || l->failed);
	if (!strcmp(k->name, "disable-policy") || !strcmp(k->name, "disable-xfrm"))
		return n == 1 && type == ARPHRD_LOOPBACK;
	/* addrconf_dev_config(): without a MAC address they are random */
	return !strcmp(k->name, "addr-gen-mode") && type == ARPHRD_NONE &&
	       n == IN6_ADDR_GEN_MODE_RANDOM;
}

/* What follows from something else than the file. */
static bool
is_derived(
	const struct dumping *d, const struct link *l, const struct key *k, const struct value *v)
{
	struct value other;

	if (!strcmp(k->name, "hop-limit"))
		return dump_hears_router(l);
	if (!strcmp(k->name, "ipv6-mtu"))
		return dump_hears_router(l) || v->num < (uint64_t)k->min ||
		       (link_read(l->have, key_find(&common_keys, "mtu"), &other, d->mem) &&
			       other.num == v->num);
	if (!strcmp(k->name, "stable-secret"))
		return link_read(
			       l->have, key_find(&common_keys, "addr-gen-mode"), &other, d->mem) &&
		       other.num == IN6_ADDR_GEN_MODE_RANDOM;
	return false;
}

/* conf/default of the namespace. */
static bool
is_default(const struct dumping *d, const struct link *l, const struct value *v)
{
	struct key k = *v->key;
	struct value w;

	if (!strcmp(k.name, "ipv6-mtu"))
		return false;
	if (!strcmp(k.name, "addr-gen-mode"))
		k.path = "net/ipv6/conf/%/addr_gen_mode";
	if (!k.path || !read_text(dump_setting(d, l, &k, "default"), v->key, &w, d->mem))
		return k.standard ? dump_is_usual(d, l, v) : !v->num && k.type != &type_ip6;
	return k.type->same(&k, &w, v);
}

static bool
read_setting(const struct dumping *d, const struct link *l, const struct key *k, struct value *v)
{
	if (k->home == IN_SYSCTL)
		return read_text(dump_setting(d, l, k, l->name), k, v, d->mem);
	return link_read(l->have, k, v, d->mem);
}

/* "ipv6 = link-local" stands for these. */
static bool
is_link_local(const struct dumping *d, const struct link *l)
{
	return number_of(d, l, "net/ipv6/conf/%/accept_ra", true) &&
	       !number_of(d, l, "net/ipv6/conf/%/accept_ra", false) &&
	       number_of(d, l, "net/ipv6/conf/%/autoconf", true) &&
	       !number_of(d, l, "net/ipv6/conf/%/autoconf", false) &&
	       !number_of(d, l, "net/ipv6/conf/%/disable_ipv6", false);
}

static bool
is_part_of_mode(const struct dumping *d, const struct link *l, const struct key *k)
{
	return (!strcmp(k->name, "accept-ra") || !strcmp(k->name, "autoconf")) &&
	       is_link_local(d, l);
}

void
dump_take_setting(struct dumping *d, struct link *l, const struct key *k)
{
	const bool is_number = k->type != &type_ip6;
	struct value v;
	int64_t n;

	if (!read_setting(d, l, k, &v))
		return;
	n = (int64_t)v.num;
	if ((is_number && is_kind_default(l, k, n)) || is_derived(d, l, k, &v) ||
		is_default(d, l, &v) || is_part_of_mode(d, l, k))
		return;
	if (is_number && (k->min || k->max) && !type_in_range(k, (uint64_t)n, n < 0)) {
		dump_remark(d, l,
			mem_printf(d->mem, "%s is %lld, which no file can say", k->name,
				(long long)n));
		return;
	}
	dump_add(d, &l->vals, &v);
}

void
dump_take_ipv6(struct dumping *d, struct link *l)
{
	static const char path[] = "net/ipv6/conf/%/disable_ipv6";

	if (number_of(d, l, path, false))
		dump_set(d, l, "ipv6", "no");
	else if (is_link_local(d, l))
		dump_set(d, l, "ipv6", "link-local");
	else if (number_of(d, l, path, true))
		dump_set(d, l, "ipv6", "auto");
}
