#include "check/check.h"

#include <linux/if_arp.h>
#include <linux/if_ether.h>
#include <string.h>

#include "base/mem.h"
#include "key/type.h"
#include "model/link.h"

/* A value that could be read; what was wrong with others has been said. */
static const struct value *
good(const struct link *l, const char *key)
{
	const struct value *v = link_value(l, key);

	return v && !v->invalid ? v : NULL;
}

static void
missing(const struct link *l, const char *key)
{
	const struct origin o = { l->file, l->line, l->section, key };

	diag(&o, "missing; %s %s needs one", text_article(l->kind->name), l->kind->name);
}

/* A required key that nobody set is the section's fault, so blame its line. */
static void
check_needed(const struct link *l)
{
	const struct table *t = l->kind->keys;

	for (size_t i = 0; t && i < t->n; i++)
		if (t->keys[i].need && !value_of(l->vals, &t->keys[i]))
			missing(l, t->keys[i].name);
	if (l->kind->parent == NEEDS && !link_value(l, "parent"))
		missing(l, "parent");
	if (l->kind->far_end && !link_value(l, "peer"))
		missing(l, "peer");
}

/* Keys of every link that only some kinds have a use for. */
static void
check_unused(const struct link *l)
{
	const struct value *v;
	struct origin o;

	if (l->kind->parent == NONE && (v = link_value(l, "parent"))) {
		o = model_at(l, v);
		diag(&o, "%s %s has no parent", text_article(l->kind->name), l->kind->name);
	}
	if (!l->kind->ports && (v = link_value(l, "ports"))) {
		o = model_at(l, v);
		diag(&o, "%s %s has no ports", text_article(l->kind->name), l->kind->name);
	}
	if (!l->kind->far_end && (v = link_value(l, "peer"))) {
		o = model_at(l, v);
		diag(&o, "%s %s has no peer", text_article(l->kind->name), l->kind->name);
	}
}

/*
 * A link stands on its parent and on its ports.  Links seen on this way
 * are marked by their place, so that it ends in a circle, too.
 */
static bool
stands_on(const struct link *l, const struct link *what, unsigned way, unsigned *marks)
{
	const struct value *ports;

	if (!l || marks[l->place] == way)
		return false;
	marks[l->place] = way;
	if (l == what || stands_on(l->parent, what, way, marks))
		return true;
	ports = link_value(l, "ports");
	for (const struct value *v = ports ? ports->items : NULL; v; v = v->next)
		if (stands_on(v->link, what, way, marks))
			return true;
	return false;
}

static void
check_circle(const struct link *l, unsigned *marks)
{
	const struct value *ports = link_value(l, "ports");
	const struct origin p = model_at(l, link_value(l, "parent"));
	unsigned way = 2 * l->place + 1;

	if (stands_on(l->parent, l, way, marks))
		diag(&p, "'%s': stands on %s itself", l->parent->section, l->section);
	for (const struct value *v = ports ? ports->items : NULL; v; v = v->next)
		if (stands_on(v->link, l, way + 1, marks)) {
			const struct origin o = model_at(l, v);

			diag(&o, "'%s': stands on %s itself", v->link->section, l->section);
		}
}

static void
check_master(const struct link *l)
{
	const struct link *m = l->master;
	const char *why;
	struct origin o;

	if (!m || !m->kind->ports)
		return;
	o = model_at(m, l->master_at);
	if (m->ns != l->ns)
		diag(&o, "'%s': expected a link of the same namespace", l->section);
	else if ((why = m->kind->refuses(m, l)))
		diag(&o, "'%s': expected %s", l->section, why);
	if (l->said[ADDRESS]) {
		o = model_said_at(l->said[ADDRESS]);
		diag_note(&o, "%s is a port and receives nothing itself; expected at %s",
			l->section, m->section);
	}
}

/* The kernel does not raise it while its parent is down. */
static void
check_up(const struct link *l)
{
	const struct value *below = l->parent ? good(l->parent, "up") : NULL;
	const struct origin o = model_at(l, link_value(l, "parent"));

	if (!l->kind->raised || !below || below->num || !value_num(l->vals, "up", 1) ||
		value_num(l->vals, "loose-binding", 0))
		return;
	diag(&o, "'%s': says up = no; expected the same here, or loose-binding = yes",
		l->parent->section);
}

/* The kernel would lower it in silence, or refuse it. */
static void
check_mtu(const struct link *l)
{
	const struct value *mine = good(l, "mtu"),
			   *below = l->parent ? good(l->parent, "mtu") : NULL;
	struct origin o;

	if (!mine || !below || mine->num <= below->num || l->kind->parent != NEEDS)
		return;
	o = model_at(l, mine);
	diag(&o, "'%u': expected at most the %u of %s", (unsigned)mine->num, (unsigned)below->num,
		l->parent->section);
}

static bool
in_list(const struct value *list, uint64_t n)
{
	for (const struct value *v = list ? list->items : NULL; v; v = v->next)
		if (v->num <= n && n <= v->to)
			return true;
	return false;
}

/* pvid and untagged speak of VLANs that vlans must have. */
static void
check_vlans(const struct link *l)
{
	const struct value *vlans = link_value(l, "vlans"), *pvid = good(l, "pvid"),
			   *untagged = link_value(l, "untagged");
	struct origin o;

	if (vlans && vlans->invalid)
		return;
	if (!vlans && (pvid || untagged)) {
		o = model_at(l, pvid ? pvid : untagged);
		diag(&o, "expected together with vlans, which it is one of");
		return;
	}
	if (pvid && !in_list(vlans, pvid->num)) {
		o = model_at(l, pvid);
		diag(&o, "'%u': expected one of vlans", (unsigned)pvid->num);
	}
	for (const struct value *v = untagged ? untagged->items : NULL; v; v = v->next)
		for (uint64_t n = v->num; n <= v->to; n++)
			if (!in_list(vlans, n)) {
				o = model_at(l, v);
				diag(&o, "'%u': expected one of vlans", (unsigned)n);
				break;
			}
}

/* The words that have a bit: "a", "a or b", "a, b or c". */
static const char *
words_of(const struct key *k, unsigned bits, struct mem *mem)
{
	const char *text = "";

	for (unsigned i = 0; k->words[i].name; i++)
		if (bits & 1U << i)
			text = mem_printf(mem, "%s%s%s", text,
				!*text            ? ""
				: bits >> (i + 1) ? ", "
						  : " or ",
				k->words[i].name);
	return text;
}

/* Most keys of a bond are for some of its modes only. */
static void
check_mode(const struct link *l, const struct value *v, struct mem *mem)
{
	const struct link *of = v->key->home == IN_PORT ? l->master : l;
	const struct key *k = link_key(of, "mode");
	const struct value *mode = value_of(of->vals, k);
	const char *now = mode ? value_text(mode, mem) : k->standard;
	const char *modes = words_of(k, v->key->modes & ~(unsigned)VAIN, mem);
	const struct origin o = model_at(l, v);

	if (mode && mode->invalid)
		return;
	if (v->key->modes & VAIN)
		diag_note(&o, "'%s': has no effect in mode %s, only in %s", value_text(v, mem), now,
			modes);
	else
		diag(&o, "'%s': expected mode = %s; the mode is %s", value_text(v, mem), modes,
			now);
}

/* is_valid_ether_addr(); where all zeros are what holds anyway, they mean none */
static void
check_unicast(const struct link *l, const struct value *v, struct mem *mem)
{
	const struct value *items = v->key->of ? v->items : v;
	const struct origin o = model_at(l, v);

	for (const struct value *i = items; i; i = v->key->of ? i->next : NULL)
		if (i->bytes.n == ETH_ALEN &&
			(i->bytes.b[0] & 1 ||
				(!v->key->standard && !memcmp(i->bytes.b, "\0\0\0\0\0", ETH_ALEN))))
			diag(&o,
				"'%s': expected the MAC address of one device, not of a group or none",
				value_text(i, mem));
}

static void
check_value(const struct link *l, const struct value *v, struct mem *mem)
{
	if (v->invalid)
		return;
	if (!link_in_mode(l, v->key))
		check_mode(l, v, mem);
	if ((v->key->type == &type_mac || v->key->of == &type_mac) && v->key->unicast)
		check_unicast(l, v, mem);
}

static void
check_template(const struct link *l)
{
	struct origin o;

	if (!l->template || value_num(l->vals, "single", 0))
		return;
	o = model_at(l, link_value(l, "match-mac"));
	if (link_value(l, "match-mac"))
		diag(&o, "a pattern that stands for several NICs has no MAC address to match");
}

/* Names that a link cannot have, a template's pattern can. */
static void
check_name(const struct link *l)
{
	const struct origin o = model_at(l, NULL);

	/* sysctl_dev_name_is_allowed(): these two stand for all links, and for those to come */
	if (!strcmp(l->name, "all") || !strcmp(l->name, "default"))
		diag(&o, "'%s': expected another name; the kernel refuses this one", l->name);
	/* dev_alloc_name(): br%d makes br0, then br1 */
	if (!l->template && strchr(l->name, '%'))
		diag(&o, "'%s': expected a name without '%%', which the kernel puts a number for",
			l->name);
}

/* Who made what is nbs's to know. */
static void
check_made(struct value *vals, const char *section)
{
	const struct value *v = value_named(vals, "made");

	if (v)
		diag(&(struct origin) { v->file, v->line, section, v->key->name },
			"only nbs's own state has it");
}

static bool
waits_for_lease(const struct value *v)
{
	for (const struct word *w = v->key->words; w && w->name; w++)
		if (w->num == v->num && !strcmp(w->name, "lease"))
			return true;
	return false;
}

static void
check_wait(const struct link *l)
{
	const struct value *wait = link_value(l, "wait");

	for (const struct value *v = wait ? wait->items : NULL; v; v = v->next)
		if (waits_for_lease(v) && !value_num(l->vals, "dhcp", DHCP_NO)) {
			const struct origin o = { v->file, v->line, l->section, "wait" };

			diag(&o, "'lease': expected together with dhcp = ipv4");
		}
}

/* Who has no frames of its own cannot ask by DHCP. */
static void
check_dhcp(const struct link *l)
{
	const struct value *v = good(l, "dhcp");
	const struct origin o = model_at(l, v);

	if (!v || v->num == DHCP_NO)
		return;
	if (v->num != DHCP_IPV4)
		diag(&o, "'%s': this nbs asks for IPv4 addresses only; expected ipv4 or no",
			v->num == DHCP_IPV6 ? "ipv6" : "yes");
	else if (l->kind->type != ARPHRD_ETHER)
		diag(&o, "%s %s has no Ethernet to ask over", text_article(l->kind->name),
			l->kind->name);
	else if (l->master && l->master->kind->ports)
		diag(&o, "a port of %s; expected there", l->master->section);
}

void
check(const struct model *m)
{
	unsigned *marks = mem_get(m->mem, m->count * sizeof(*marks));
	struct map said = { 0 };

	for (const struct netns *n = m->spaces; n; n = n->next)
		check_made(n->vals, n->name);
	for (const struct link *l = m->links; l; l = l->next) {
		check_made(l->vals, l->section);
		check_wait(l);
		check_dhcp(l);
		check_name(l);
		check_needed(l);
		check_unused(l);
		check_circle(l, marks);
		check_master(l);
		check_mtu(l);
		check_up(l);
		check_vlans(l);
		check_template(l);
		for (const struct value *v = l->vals; v; v = v->next)
			check_value(l, v, m->mem);
		if (l->kind->check)
			l->kind->check(l, &said, m->mem);
	}
	check_said(m);
}
