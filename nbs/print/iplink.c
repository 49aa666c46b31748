#include "print/iplink.h"

#include <string.h>

#include "base/mem.h"
#include "key/type.h"
#include "model/link.h"
#include "print/sh.h"

const char *
iplink_word(const struct key *k, struct mem *mem)
{
	char *word;

	if (k->ip)
		return k->ip;
	word = mem_text(mem, k->name, strlen(k->name));
	for (char *p = word; *p; p++)
		if (*p == '-')
			*p = '_';
	return word;
}

static bool
is_switch(const struct key *k)
{
	return k->type->print == type_yes8.print;
}

/* False for what ip(8) has no word for, and no way to take a link's name out of. */
static bool
can_say(const struct link *l, const struct value *v)
{
	return link_via(l, v->key) == RTNETLINK && (!v->key->ip || *v->key->ip) &&
	       (v->key->type != &type_link || v->link);
}

static void
cannot(struct sh *s, const struct link *l, const struct value *v, const struct origin *at)
{
	sh_cannot(s, mem_printf(s->mem, "%s = %s", v->key->name, value_text(v, s->mem)), l->section,
		at);
}

/* Addresses are one word with commas, MAC addresses and pairs a word each. */
static void
list(struct sh *s, const struct value *v)
{
	bool comma = v->key->of == &type_ip4 || v->key->of == &type_ip6;
	const char *text = "";

	for (const struct value *i = v->items; i; i = i->next)
		if (comma)
			text = mem_printf(
				s->mem, "%s%s%s", text, *text ? "," : "", value_text(i, s->mem));
		else
			sh_word(s, value_text(i, s->mem));
	if (comma)
		sh_word(s, text);
}

static void
value(struct sh *s, const struct link *l, const struct value *v)
{
	const struct key *k = v->key;
	const struct table *t = l->kind->keys;
	bool digits = t && t->digits && k->home == IN_DATA && !k->on_off;

	sh_add(s, iplink_word(k, s->mem));
	if (is_switch(k))
		sh_add(s, digits ? (v->num ? "1" : "0") : v->num ? "on" : "off");
	else if (k->type == &type_list)
		list(s, v);
	else if (k->type == &type_link)
		sh_word(s, v->link->name);
	else if (k->type == &type_text || k->type == &type_name)
		sh_word(s, v->text);
	else
		sh_word(s, value_text(v, s->mem));
}

/*
 * A macvlan's flags are bare words and go together; ip(8) takes nopromisc
 * only where it is told the mode, too.
 */
static void
flags(struct sh *s, const struct link *l, bool change)
{
	const struct value *mode = link_value(l, "mode");
	bool any = false;

	if (change && mode)
		value(s, l, mode);
	for (const struct value *v = l->vals; v; v = v->next)
		if (v->key->type == &type_flag16 && v->num) {
			sh_add(s, iplink_word(v->key, s->mem));
			any = true;
		}
	if (change && !any)
		sh_add(s, "flag null");
}

/* ip(8) takes what follows a list of MAC addresses for one more, and says that it is none. */
static bool
is_last(const struct value *v)
{
	return v->key->of == &type_mac;
}

/* What the message that makes a link carries in one place. */
static void
birth(struct sh *s, const struct link *l, enum home home)
{
	if (home == IN_DATA)
		flags(s, l, false);
	for (int last = 0; last < 2; last++)
		for (const struct value *v = l->vals; v; v = v->next)
			if (v->key->home == home && link_at_birth(v) && can_say(l, v) &&
				v->key->type != &type_flag16 && is_last(v) == last)
				value(s, l, v);
}

static void
base(struct sh *s, const struct link *l, const char *name)
{
	sh_words(s, "name %s", name);
	birth(s, l, IN_LINK);
}

static void
make_tun(struct sh *s, const struct link *l, const struct origin *at)
{
	sh_start(s, "ip", l->ns);
	sh_words(s, "tuntap add dev %s mode %s", l->name, l->kind->name);
	for (const struct value *v = l->vals; v; v = v->next) {
		if (link_via(l, v->key) != TUN_IOCTL)
			continue;
		if (!is_switch(v->key)) {
			sh_add(s, iplink_word(v->key, s->mem));
			sh_word(s, value_text(v, s->mem));
		} else if (!v->num == v->key->invert) {
			sh_add(s, iplink_word(v->key, s->mem));
		}
	}
	sh_end(s, at);
}

static void
unsaid(struct sh *s, const struct link *l, const struct origin *at)
{
	for (const struct value *v = l->vals; v; v = v->next)
		if (link_at_birth(v) && !can_say(l, v))
			cannot(s, l, v, at);
}

/*
 * Where the parent is, the kernel looks for the name, though the link is
 * not born there: one that is taken there is given in a second step.
 */
static const char *
birth_name(struct sh *s, const struct link *l)
{
	const struct netns *ns = l->parent ? l->parent->ns : l->ns;

	if (ns == l->ns || (!model_find(ns, l->name) && !model_find(ns->have, l->name)))
		return l->name;
	return mem_printf(s->mem, "nbs-new%u", l->place);
}

void
iplink_make(struct sh *s, const struct link *l, const struct origin *at)
{
	const struct link *p = l->parent, *far = l->kind->far_end ? l->peer : NULL;
	const char *name = birth_name(s, l);

	if (link_made_via(l->kind) == TUN_IOCTL) {
		make_tun(s, l, at);
		return;
	}
	sh_start(s, "ip", p ? p->ns : l->ns);
	sh_add(s, "link add");
	if (p)
		sh_words(s, "link %s", p->name);
	base(s, l, name);
	if (p && p->ns != l->ns) {
		sh_add(s, "netns");
		sh_netns(s, l->ns);
	}
	sh_words(s, "type %s", l->kind->info);
	birth(s, l, IN_DATA);
	if (far) {
		sh_add(s, "peer");
		base(s, far, far->name);
		if (far->ns != l->ns) {
			sh_add(s, "netns");
			sh_netns(s, far->ns);
		}
	}
	sh_end(s, at);
	if (name != l->name)
		sh_command(s, "ip", l->ns, at, "link set dev %s name %s", name, l->name);
	unsaid(s, l, at);
}

/* A setting of nbs's own has no line; the section's would be no help. */
static struct origin
at_value(const struct value *v)
{
	return (struct origin) { v->file, v->line, NULL, NULL };
}

/* Those of some values that belong to one command: plain, the kind's, the port's. */
static bool
goes(const struct value *v, enum home home)
{
	if (home == IN_LINK)
		return v->key->home == IN_LINK || v->key->home == IN_FLAGS ||
		       (v->key->home == IN_INET6 && v->key->type != &type_ip6);
	return v->key->home == home;
}

static void
start_group(struct sh *s, const struct link *l, enum home home)
{
	sh_start(s, "ip", l->ns);
	sh_words(s, "link set dev %s", l->name);
	if (home == IN_DATA)
		sh_words(s, "type %s", l->kind->info);
	else if (home == IN_PORT)
		sh_words(s, "type %s_slave", l->master->kind->info);
}

/* A command that sets several values. */
struct group {
	const struct link *l;
	enum home home;
	struct origin at;
	bool begun, flagged;
};

static void
add_to_group(struct sh *s, struct group *g, const struct value *v)
{
	if (!g->begun)
		start_group(s, g->l, g->home);
	g->begun = true;
	if (!g->at.line)
		g->at = at_value(v);
	if (v->key->type != &type_flag16)
		value(s, g->l, v);
	else if (!g->flagged)
		flags(s, g->l, g->flagged = true);
}

static void
group(struct sh *s, const struct link *l, const struct value *const *vals, size_t n, enum home home)
{
	struct group g = { .l = l, .home = home };

	for (int last = 0; last < 2; last++)
		for (size_t i = 0; i < n; i++)
			if (goes(vals[i], home) && can_say(l, vals[i]) && is_last(vals[i]) == last)
				add_to_group(s, &g, vals[i]);
	if (g.begun)
		sh_end(s, &g.at);
}

static void
set_conf(struct sh *s, const struct link *l, const struct value *v)
{
	const char *path = v->key->path, *mark = strchr(path, '%');
	const struct origin at = at_value(v);
	const char *text = is_switch(v->key) ? (v->num ? "1" : "0") : value_text(v, s->mem);

	sh_sysctl(s, l->ns,
		mem_printf(s->mem, "%.*s%s%s", (int)(mark - path), path, l->name, mark + 1), text,
		&at);
}

void
iplink_set(struct sh *s, const struct link *l, const struct value *const *vals, size_t n)
{
	struct origin at;

	group(s, l, vals, n, IN_LINK);
	group(s, l, vals, n, IN_DATA);
	group(s, l, vals, n, IN_PORT);
	for (size_t i = 0; i < n; i++) {
		at = at_value(vals[i]);
		if (vals[i]->key->home == IN_INET)
			set_conf(s, l, vals[i]);
		else if (!can_say(l, vals[i]))
			cannot(s, l, vals[i], &at);
		else if (vals[i]->key->home == IN_INET6 && vals[i]->key->type == &type_ip6)
			sh_command(s, "ip", l->ns, &at, "token set %s dev %s",
				value_text(vals[i], s->mem), l->name);
	}
}
