#include "print/verb.h"

#include <string.h>

#include "base/mem.h"
#include "model/link.h"
#include "model/phrase.h"
#include "print/iplink.h"
#include "print/ipsaid.h"
#include "print/json.h"
#include "print/sh.h"

static const struct netns own = { .name = "" };

static void
netns(struct sh *s, const struct step *st)
{
	if (st->path)
		sh_command(s, "rm", &own, &st->at, "%s", st->path);
	sh_command(s, "ip", &own, &st->at, "netns %s %s", verb_row(st)->verb, st->ns->name);
}

static void
make_link(struct sh *s, const struct step *st)
{
	iplink_make(s, st->link, &st->at);
}

static void
value(struct json *j, const struct link *l, const struct value *v)
{
	json_text(j, link_key_name(l, v->key, j->mem), value_text(v, j->mem));
}

static void
made_link(struct json *j, const struct step *st)
{
	for (const struct value *v = st->link->vals; v; v = v->next)
		if (link_at_birth(v) || !strcmp(v->key->name, "parent"))
			value(j, st->link, v);
}

static void
drop_link(struct sh *s, const struct step *st)
{
	sh_command(s, "ip", st->ns, &st->at, "link delete dev %s", st->link->name);
}

static void
move_link(struct sh *s, const struct step *st)
{
	sh_start(s, "ip", st->from_ns);
	sh_words(s, "link set dev %s netns", st->was);
	sh_netns(s, st->ns);
	if (strcmp(st->was, st->text) != 0)
		sh_words(s, "name %s", st->text);
	sh_end(s, &st->at);
}

static void
moved_link(struct json *j, const struct step *st)
{
	json_text(j, "from", st->from_ns->name);
	json_text(j, "name", st->was);
	if (strcmp(st->was, st->text) != 0)
		json_text(j, "new-name", st->text);
}

static void
rename_link(struct sh *s, const struct step *st)
{
	sh_command(s, "ip", st->ns, &st->at, "link set dev %s name %s", st->was, st->text);
}

static void
renamed_link(struct json *j, const struct step *st)
{
	json_text(j, "from", st->was);
	json_text(j, "name", st->text);
}

static void
altname(struct sh *s, const struct step *st)
{
	sh_command(s, "ip", st->ns, &st->at, "link property %s dev %s altname %s",
		st->verb == ADD_ALTNAME ? "add" : "del", st->was, st->text);
}

static void
other_name(struct json *j, const struct step *st)
{
	json_text(j, "altname", st->text);
}

static void
keep_mac(struct sh *s, const struct step *st)
{
	sh_start(s, "ip", st->ns);
	sh_words(s, "link set dev %s address", st->link->name);
	sh_add(s, "$(ip");
	if (*st->ns->name)
		sh_words(s, "-n %s", st->ns->name);
	sh_words(s, "-o link show dev %s", st->link->name);
	sh_add(s, "| sed 's/.*ether //; s/ .*//')");
	sh_end(s, &st->at);
}

static void
kept_mac(struct json *j, const struct step *st)
{
	(void)st;
	json_text(j, "mac", "kept");
}

static void
set_link(struct sh *s, const struct step *st)
{
	iplink_set(s, st->link, st->vals, st->n);
}

static void
changed_values(struct json *j, const struct step *st)
{
	for (size_t i = 0; i < st->n; i++)
		value(j, st->link, st->vals[i]);
}

static void
up_or_down(struct sh *s, const struct step *st)
{
	sh_command(s, "ip", st->ns, &st->at, "link set dev %s %s",
		st->was ? st->was : st->link->name, st->verb == RAISE ? "up" : "down");
}

static void
join_group(struct sh *s, const struct step *st)
{
	sh_command(s, "ip", st->ns, &st->at, "link set dev %s group %u", st->link->name, st->group);
}

static void
drop_group(struct sh *s, const struct step *st)
{
	sh_command(s, "ip", st->ns, &st->at, "link delete group %u", st->group);
}

static void
group(struct json *j, const struct step *st)
{
	json_text(j, "group", mem_printf(j->mem, "%u", st->group));
}

static void
join(struct sh *s, const struct step *st)
{
	sh_command(s, "ip", st->ns, &st->at, "link set dev %s master %s", st->link->name,
		st->link->master->name);
}

static void
joined(struct json *j, const struct step *st)
{
	json_text(j, "master", st->link->master->name);
}

static void
leave(struct sh *s, const struct step *st)
{
	sh_command(s, "ip", st->ns, &st->at, "link set dev %s nomaster", st->link->name);
}

static const char *
vlan_range(const struct step *st, struct mem *mem)
{
	return st->from == st->to ? mem_printf(mem, "%u", st->from)
	                          : mem_printf(mem, "%u-%u", st->from, st->to);
}

/* A bridge's own VLANs are those of the link itself, a port's those of its master. */
static void
vlans(struct sh *s, const struct step *st)
{
	bool add = st->verb == ADD_VLANS;

	sh_start(s, "bridge", st->ns);
	sh_words(s, "vlan %s dev %s vid %s", verb_row(st)->verb, st->link->name,
		vlan_range(st, s->mem));
	if (add && st->flags & VLAN_PVID)
		sh_add(s, "pvid");
	if (add && st->flags & VLAN_UNTAGGED)
		sh_add(s, "untagged");
	if (st->link->kind->has_vlans)
		sh_add(s, "self");
	sh_end(s, &st->at);
}

static void
dropped_vlans(struct json *j, const struct step *st)
{
	json_text(j, "vlans", vlan_range(st, j->mem));
}

static void
added_vlans(struct json *j, const struct step *st)
{
	dropped_vlans(j, st);
	json_text(j, "pvid", st->flags & VLAN_PVID ? "yes" : "no");
	json_text(j, "untagged", st->flags & VLAN_UNTAGGED ? "yes" : "no");
}

/* The kernel may have put one back by itself. */
static void
said(struct sh *s, const struct step *st)
{
	ipsaid_put(s, st->said, st->verb == PUT_BACK ? "replace" : verb_row(st)->verb, &st->at);
}

static void
topic(struct json *j, const struct step *st)
{
	json_text(j, phrase_topic(st->said->topic), phrase_text(st->said, j->mem));
}

static bool
is_secret(const struct sysctl *c)
{
	const struct key *k = c->link && c->key ? link_key(c->link, c->key) : NULL;

	return k && k->secret;
}

static void
set_sysctl(struct sh *s, const struct step *st)
{
	const struct sysctl *c = st->sysctl;

	if (is_secret(c))
		sh_cannot(s, mem_printf(s->mem, "%s = (hidden)", c->key), c->section, &st->at);
	else
		sh_sysctl(s, st->ns, c->path, c->text, &st->at);
}

static void
changed_sysctl(struct json *j, const struct step *st)
{
	json_text(j, st->sysctl->path, is_secret(st->sysctl) ? "(hidden)" : st->sysctl->text);
}

static void
set_hostname(struct sh *s, const struct step *st)
{
	sh_command(
		s, *st->text == '-' ? "hostname --" : "hostname", st->ns, &st->at, "%s", st->text);
}

static void
hostname(struct json *j, const struct step *st)
{
	json_text(j, "hostname", st->text);
}

static void
write_file(struct sh *s, const struct step *st)
{
	const char *program = *st->text ? "printf" : ":";

	sh_start(s, *st->ns->name ? "mkdir -p" : program, &own);
	if (*st->ns->name) { /* ip-netns(8) has a folder for each, where somebody made it */
		sh_word(s, mem_text(s->mem, st->path, (size_t)(strrchr(st->path, '/') - st->path)));
		sh_words(s, "&& %s", program);
	}
	if (*st->text)
		sh_word(s, "%s\\n");
	for (const char *p = st->text; *p; p += strcspn(p, "\n") + 1)
		sh_word(s, mem_text(s->mem, p, strcspn(p, "\n")));
	sh_words(s, "> %s", st->path);
	sh_end(s, &st->at);
}

static void
file(struct json *j, const struct step *st)
{
	json_text(j, "path", st->path);
	json_text(j, "content", st->text);
}

static const struct verb_row rows[] = {
	[MAKE_SPACE] = { "add", "netns", netns },
	[DROP_SPACE] = { "delete", "netns", netns },
	[MAKE_LINK] = { "add", "link", make_link, made_link },
	[DROP_LINK] = { "delete", "link", drop_link, .may_fail = true },
	[MOVE_LINK] = { "move", "link", move_link, moved_link },
	[RENAME_LINK] = { "rename", "link", rename_link, renamed_link },
	[DROP_ALTNAME] = { "delete", "altname", altname, other_name },
	[ADD_ALTNAME] = { "add", "altname", altname, other_name },
	[KEEP_MAC] = { "change", "link", keep_mac, kept_mac },
	[SET_LINK] = { "change", "link", set_link, changed_values },
	[RAISE] = { "raise", "link", up_or_down },
	[LOWER] = { "lower", "link", up_or_down },
	[JOIN_GROUP] = { "change", "link", join_group, group },
	[DROP_GROUP] = { "delete", "group", drop_group, group },
	[JOIN] = { "join", "link", join, joined },
	[LEAVE] = { "leave", "link", leave },
	[ADD_VLANS] = { "add", "vlans", vlans, added_vlans },
	[DROP_VLANS] = { "delete", "vlans", vlans, dropped_vlans },
	[ADD_SAID] = { "add", NULL, said, topic },
	[SET_SAID] = { "change", NULL, said, topic },
	[DROP_SAID] = { "delete", NULL, said, topic, .may_fail = true },
	[PUT_BACK] = { "restore", NULL, said, topic },
	[SET_SYSCTL] = { "change", "sysctl", set_sysctl, changed_sysctl },
	[SET_HOSTNAME] = { "change", "hostname", set_hostname, hostname },
	[WRITE_RESOLV] = { "write", "file", write_file, file },
};
_Static_assert(LEN(rows) == LAST_VERB + 1, "each verb has a row");

const struct verb_row *
verb_row(const struct step *st)
{
	return &rows[st->verb];
}
