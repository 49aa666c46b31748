#include "print/node.h"

#include <linux/if.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#include "base/mem.h"
#include "key/type.h"
#include "model/link.h"
#include "model/phrase.h"
#include "print/dot.h"

bool
node_is_nic(const struct link *l)
{
	return l->kind && l->kind->matched;
}

static bool
is_loopback(const struct link *l)
{
	return l->kind && l->kind->always;
}

/* Within 127.0.0.0/8, ::1, or of the link alone. */
static bool
is_own(const struct ip *ip)
{
	static const uint8_t one[16] = { [15] = 1 };

	if (ip->family == AF_INET)
		return ip->b[0] == 127;
	return !memcmp(ip->b, one, sizeof(one)) || type_is_link_local(ip);
}

bool
node_is_drawn(const struct link *l)
{
	if (!is_loopback(l))
		return true;
	for (const struct phrase *p = l->said[ADDRESS]; p; p = p->next)
		if (!is_own(phrase_ip(p, "local")))
			return true;
	return false;
}

static bool
is_default(const struct phrase *p)
{
	const struct ip *dst = phrase_ip(p, "dst");

	return dst && !dst->len && value_num(p->vals, "table", RT_TABLE_MAIN) == RT_TABLE_MAIN &&
	       value_num(p->vals, "type", RTN_UNICAST) == RTN_UNICAST;
}

static struct way **
add_ways(struct way **last, const struct phrase *routes, struct mem *mem)
{
	for (const struct phrase *p = routes; p; p = p->next)
		for (const struct nexthop *h = is_default(p) ? p->hops : NULL; h; h = h->next) {
			*last = mem_get(mem, sizeof(**last));
			(*last)->link = h->link;
			(*last)->via = value_named(h->vals, "via");
			last = &(*last)->next;
		}
	return last;
}

struct way *
node_ways(const struct model *m, struct mem *mem)
{
	struct way *all = NULL, **last = &all;

	for (const struct netns *n = m->spaces; n; n = n->next)
		last = add_ways(last, n->said[ROUTE], mem);
	for (const struct link *l = m->links; l; l = l->next)
		last = add_ways(last, l->said[ROUTE], mem);
	return all;
}

/* Text as it is: dot_text does what has to be done to it. */
static const char *
text_of(const struct link *l, const char *key, struct mem *mem)
{
	const struct value *v = link_value(l, key);

	if (!v)
		return NULL;
	return v->key->type == &type_text ? v->text : value_text(v, mem);
}

static const char *
spell(const struct link *l)
{
	if (l->kind)
		return l->kind->title ? l->kind->title : l->kind->name;
	return l->info ? l->info : "of no known kind";
}

/* One section may be for many. */
static bool
is_pattern(const struct link *l)
{
	return l->template && !value_num(l->vals, "single", 0);
}

/* "VLAN 7, 802.1ad", "bond, active-backup" */
static const char *
what(const struct link *l, struct mem *mem)
{
	const char *id = text_of(l, "id", mem), *mode = text_of(l, "mode", mem);
	const struct value *protocol = link_value(l, "protocol");

	if (protocol && strcmp(value_text(protocol, mem), protocol->key->standard) != 0)
		mode = value_text(protocol, mem);
	if (value_num(l->vals, "vlan-filtering", 0))
		mode = "VLAN-aware";
	return mem_printf(mem, "%s%s%s%s%s%s", spell(l), is_pattern(l) ? "s" : "", id ? " " : "",
		id ? id : "", mode ? ", " : "", mode ? mode : "");
}

static void
line(FILE *f, const char *before, const char *text)
{
	if (!text || !*text)
		return;
	(void)fprintf(f, "<br/>%s", before);
	dot_text(f, text);
}

/* By what a NIC is known whose name is not it. */
static void
matches(FILE *f, const struct link *l, struct mem *mem)
{
	line(f, "", text_of(l, "match-mac", mem));
	line(f, "driver ", text_of(l, "match-driver", mem));
	line(f, "path ", text_of(l, "match-path", mem));
	line(f, "was ", text_of(l, "match-name", mem));
	line(f, "was ", text_of(l, "match-link", mem));
}

static void
addresses(FILE *f, const struct link *l, struct mem *mem)
{
	const struct value *local, *peer;

	for (const struct phrase *p = l->said[ADDRESS]; p; p = p->next) {
		local = value_named(p->vals, "local");
		peer = value_named(p->vals, "peer");
		if (is_own(&local->ip))
			continue;
		line(f, "", value_text(local, mem));
		if (peer)
			(void)fprintf(f, " to %s", value_text(peer, mem));
	}
}

static void
ways(FILE *f, const struct link *l, const struct way *w, struct mem *mem)
{
	for (; w; w = w->next)
		if (w->link == l && w->via)
			line(f, "default via ", value_text(w->via, mem));
		else if (w->link == l)
			line(f, "", "default");
}

static void
lines(FILE *f, const struct link *l, const struct way *w, struct mem *mem)
{
	enum { ETHERNET = 1500 };
	uint64_t mtu = value_num(l->vals, "mtu", ETHERNET);

	matches(f, l, mem);
	line(f, "", text_of(l, "alias", mem));
	if (link_asks(l))
		line(f, "DHCP ", text_of(l, "dhcp", mem));
	addresses(f, l, mem);
	ways(f, l, w, mem);
	if (mtu != ETHERNET && !is_loopback(l))
		line(f, "MTU ", mem_printf(mem, "%llu", (unsigned long long)mtu));
	if (l->raw && l->flags & IFF_UP && !(l->flags & IFF_LOWER_UP))
		line(f, "", "no carrier");
}

/* NICs are square and grey, what has ports is blue, a pattern has a double border. */
static void
look(FILE *f, const struct link *l)
{
	bool nic = node_is_nic(l);
	bool faint = !value_num(l->vals, "up", 1) || !value_num(l->vals, "required", 1);

	if (nic || faint)
		(void)fprintf(
			f, ", style=\"%sfilled%s\"", nic ? "" : "rounded,", faint ? ",dashed" : "");
	if (nic)
		(void)fputs(", fillcolor=\"#eeeeee\"", f);
	if (l->kind && l->kind->ports)
		(void)fputs(", fillcolor=\"#e3edf7\"", f);
	if (is_pattern(l))
		(void)fputs(", peripheries=2", f);
}

void
node_print(FILE *f, const struct link *l, const struct way *w, struct mem *mem)
{
	dot_name(f, l->section, "");
	(void)fputs(" [label=<<b>", f);
	dot_text(f, l->name);
	(void)fputs("</b><font point-size=\"10\">", f);
	line(f, "", what(l, mem));
	lines(f, l, w, mem);
	(void)fputs("</font>>", f);
	look(f, l);
	(void)fputs("];\n", f);
}

static void
mark(uint8_t *vlans, const struct value *list, uint8_t bit)
{
	for (const struct value *v = list ? list->items : NULL; v; v = v->next)
		for (uint64_t n = v->num; n <= v->to; n++)
			vlans[n] |= bit;
}

static const uint8_t *
vlans_of(const struct link *l, struct mem *mem)
{
	uint8_t *vlans;

	if (l->vlans || !link_value(l, "vlans"))
		return l->vlans;
	vlans = mem_get(mem, VLANS);
	mark(vlans, link_value(l, "vlans"), VLAN_MEMBER);
	mark(vlans, link_value(l, "untagged"), VLAN_UNTAGGED);
	return vlans;
}

/* "1 42-43": those that have at least these bits. */
static const char *
ranges(const uint8_t *vlans, uint8_t bits, struct mem *mem)
{
	const char *text = "";
	unsigned to;

	for (unsigned n = 1; n < VLANS; n = to + 1) {
		for (to = n; to < VLANS && (vlans[to] & bits) == bits; to++)
			;
		if (to == n)
			continue;
		text = mem_printf(mem, "%s%s%u", text, *text ? " " : "", n);
		if (to - n > 1)
			text = mem_printf(mem, "%s-%u", text, to - 1);
	}
	return text;
}

const char *
node_vlans(const struct link *l, struct mem *mem)
{
	const uint8_t *vlans = vlans_of(l, mem);
	const char *all, *untagged;

	if (!l->master || !vlans || !value_num(l->master->vals, "vlan-filtering", 0))
		return "";
	all = ranges(vlans, VLAN_MEMBER, mem);
	untagged = ranges(vlans, VLAN_UNTAGGED, mem);
	if (!*all)
		return "";
	if (!strcmp(all, untagged))
		return mem_printf(mem, "VLAN %s untagged", all);
	return mem_printf(mem, "VLAN %s%s%s%s", all, *untagged ? "\\l  " : "", untagged,
		*untagged ? " untagged" : "");
}
