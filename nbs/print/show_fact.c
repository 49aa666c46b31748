#include "print/show_fact.h"

#include <linux/if.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#include "base/mem.h"
#include "key/type.h"
#include "kind/kind.h"
#include "model/link.h"
#include "model/phrase.h"

static const struct link *
any(const struct shown *s)
{
	return s->have ? s->have : s->want;
}

const char *
fact_name(const struct shown *s)
{
	return any(s)->name;
}

const char *
fact_space(const struct shown *s)
{
	return any(s)->ns->name;
}

const char *
fact_kind(const struct shown *s)
{
	const struct link *l = any(s);

	const struct kind *k = l->kind ? l->kind : l->info ? kind_of(l) : kind_given(l);

	return k ? k->name : l->info;
}

const char *
fact_state(const struct shown *s)
{
	if (!s->have)
		return "missing";
	if (!(s->have->flags & IFF_UP))
		return "down";
	return s->have->flags & IFF_LOWER_UP ? "up" : "no carrier";
}

const struct link *
fact_parent(const struct shown *s)
{
	const struct link *l = s->have;
	const struct kind *k = l ? kind_of(l) : NULL;

	if (!k || k->parent != NEEDS || !l->parent_index)
		return NULL;
	return model_indexed(l->parent_ns ? l->parent_ns : l->ns, l->parent_index);
}

const struct link *
fact_master(const struct shown *s)
{
	return s->have && s->have->master_index ? model_indexed(s->have->ns, s->have->master_index)
	                                        : NULL;
}

const struct phrase **
fact_said(const struct phrase *list, struct mem *mem)
{
	const struct phrase **all;
	size_t n = 0;

	for (const struct phrase *p = list; p; p = p->next)
		n++;
	all = mem_get(mem, (n + 1) * sizeof(*all));
	for (const struct phrase *p = list; p; p = p->next)
		all[--n] = p;
	return all;
}

const char *
fact_address(const struct phrase *p, struct mem *mem)
{
	const struct ip *local = phrase_ip(p, "local"), *peer = phrase_ip(p, "peer");

	if (!peer)
		return type_ip_text(local, true, mem);
	return mem_printf(
		mem, "%s peer %s", type_ip_text(local, false, mem), type_ip_text(peer, true, mem));
}

bool
fact_is_own(const struct phrase *p)
{
	const struct ip *ip = phrase_ip(p, "local");

	return ip && type_is_link_local(ip);
}

const char *
fact_gateway(const struct phrase *p, const struct link *l, struct mem *mem)
{
	const struct ip *to = phrase_ip(p, "dst");

	if ((to && to->len) || value_num(p->vals, "table", RT_TABLE_MAIN) != RT_TABLE_MAIN)
		return NULL;
	for (const struct nexthop *h = p->hops; h; h = h->next) {
		const struct ip *via = phrase_via(h);

		if (h->link == l)
			return via ? type_ip_text(via, false, mem) : "on the link";
	}
	return NULL;
}

long long
fact_left(const struct show *show, const struct shown *s)
{
	if (s->end == SHOW_FOREVER)
		return SHOW_FOREVER;
	return s->end > show->have->now ? (s->end - show->have->now) / 1000 : 0;
}
