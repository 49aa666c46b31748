#include "print/ip.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "key/type.h"
#include "model/link.h"
#include "print/iplink.h"
#include "print/ipsaid.h"
#include "print/planjson.h"
#include "print/sh.h"

/* ip link set dev NAME, and one or two words. */
static void
set(struct sh *s, const struct step *st, const char *name, const char *words, const char *word)
{
	sh_start(s, "ip", st->ns);
	sh_add(s, "link set dev");
	sh_word(s, name);
	sh_add(s, words);
	if (word)
		sh_word(s, word);
	sh_end(s, &st->at);
}

static const struct netns own = { .name = "" };

static void
netns(struct sh *s, const struct step *st)
{
	sh_start(s, "ip", &own);
	sh_add(s, st->verb == MAKE_SPACE ? "netns add" : "netns delete");
	sh_word(s, st->ns->name);
	sh_end(s, &st->at);
}

static void
move(struct sh *s, const struct step *st)
{
	sh_start(s, "ip", st->from_ns);
	sh_add(s, "link set dev");
	sh_word(s, st->was);
	sh_add(s, "netns");
	sh_netns(s, st->ns);
	sh_end(s, &st->at);
}

static void
drop_link(struct sh *s, const struct step *st)
{
	sh_start(s, "ip", st->ns);
	sh_add(s, "link delete dev");
	sh_word(s, st->link->name);
	sh_end(s, &st->at);
}

static void
drop_group(struct sh *s, const struct step *st)
{
	sh_start(s, "ip", st->ns);
	sh_add(s, mem_printf(s->mem, "link delete group %u", st->group));
	sh_end(s, &st->at);
}

/* A bridge's own VLANs are those of the link itself, a port's those of its master. */
static void
vlans(struct sh *s, const struct step *st)
{
	bool add = st->verb == ADD_VLANS;

	sh_start(s, "bridge", st->ns);
	sh_add(s, "vlan");
	sh_add(s, add ? "add" : "delete");
	sh_add(s, "dev");
	sh_word(s, st->link->name);
	sh_add(s, "vid");
	sh_add(s, st->from == st->to ? mem_printf(s->mem, "%u", st->from)
				     : mem_printf(s->mem, "%u-%u", st->from, st->to));
	if (add && st->flags & VLAN_PVID)
		sh_add(s, "pvid");
	if (add && st->flags & VLAN_UNTAGGED)
		sh_add(s, "untagged");
	if (!strcmp(st->link->kind->name, "bridge"))
		sh_add(s, "self");
	sh_end(s, &st->at);
}

static bool
is_secret(const struct sysctl *c)
{
	const struct key *k = c->link && c->key ? link_key(c->link, c->key) : NULL;

	return k && k->secret;
}

const char *
print_sysctl(const struct sysctl *c)
{
	return is_secret(c) ? "(hidden)" : c->text;
}

static void
set_sysctl(struct sh *s, const struct step *st)
{
	const struct sysctl *c = st->sysctl;

	if (is_secret(c)) {
		sh_cannot(s, mem_printf(s->mem, "%s = (hidden)", c->key), c->section, &st->at);
		return;
	}
	sh_sysctl(s, st->ns, c->path, c->text, &st->at);
}

static void
set_hostname(struct sh *s, const struct step *st)
{
	sh_start(s, *st->text == '-' ? "hostname --" : "hostname", st->ns);
	sh_word(s, st->text);
	sh_end(s, &st->at);
}

static void
write_file(struct sh *s, const struct step *st)
{
	const char *program = *st->text ? "printf" : ":";

	sh_start(s, *st->ns->name ? "mkdir -p" : program, &own);
	if (*st->ns->name) { /* ip-netns(8) has a folder for each, where somebody made it */
		sh_word(s, mem_text(s->mem, st->path, (size_t)(strrchr(st->path, '/') - st->path)));
		sh_add(s, "&&");
		sh_add(s, program);
	}
	if (*st->text)
		sh_add(s, "'%s\\n'");
	for (const char *p = st->text; *p; p += strcspn(p, "\n") + 1)
		sh_word(s, mem_text(s->mem, p, strcspn(p, "\n")));
	sh_add(s, ">");
	sh_word(s, st->path);
	sh_end(s, &st->at);
}

static void
said(struct sh *s, const struct step *st)
{
	ipsaid_put(s, st->said,
		st->verb == DROP_SAID  ? "delete"
		: st->verb == SET_SAID ? "change"
		: st->verb == PUT_BACK ? "replace" /* the kernel may have been faster */
				       : "add",
		&st->at);
}

static void
step(struct sh *s, const struct step *st)
{
	switch (st->verb) {
	case MAKE_SPACE:
	case DROP_SPACE:
		netns(s, st);
		break;
	case MAKE_LINK:
		iplink_make(s, st->link, &st->at);
		break;
	case DROP_LINK:
		drop_link(s, st);
		break;
	case JOIN_GROUP:
		set(s, st, st->link->name, "group", mem_printf(s->mem, "%u", st->group));
		break;
	case DROP_GROUP:
		drop_group(s, st);
		break;
	case MOVE_LINK:
		move(s, st);
		break;
	case RENAME_LINK:
		set(s, st, st->was, "name", st->text);
		break;
	case SET_LINK:
		iplink_set(s, st->link, st->vals, st->n);
		break;
	case RAISE:
	case LOWER:
		set(s, st, st->was ? st->was : st->link->name, st->verb == RAISE ? "up" : "down",
			NULL);
		break;
	case JOIN:
		set(s, st, st->link->name, "master", st->link->master->name);
		break;
	case LEAVE:
		set(s, st, st->link->name, "nomaster", NULL);
		break;
	case ADD_VLANS:
	case DROP_VLANS:
		vlans(s, st);
		break;
	case ADD_SAID:
	case SET_SAID:
	case DROP_SAID:
	case PUT_BACK:
		said(s, st);
		break;
	case SET_SYSCTL:
		set_sysctl(s, st);
		break;
	case SET_HOSTNAME:
		set_hostname(s, st);
		break;
	case WRITE_RESOLV:
		write_file(s, st);
		break;
	}
}

struct command *
print_commands(struct mem *mem, const struct step *st)
{
	struct sh s = { .mem = mem };

	step(&s, st);
	return s.all;
}

static void
comment(FILE *f, const struct origin *at, const char *why)
{
	(void)fputs("  # ", f);
	if (at->line && at->file) {
		type_print_text(at->file, f);
		(void)fprintf(f, ":%d", at->line);
	} else {
		(void)fputs("nbs's default", f);
	}
	(void)fputs(why ? ": made anew: " : "", f);
	type_print_text(why ? why : "", f);
	(void)fputc('\n', f);
}

static void
print_command(FILE *f, const struct command *c)
{
	(void)fprintf(f, "%s%s", c->missing ? "# ip(8) cannot say: " : "", c->text);
}

/* What went with something else is gone already: for nbs, too, that is no failure. */
static bool
may_fail(const struct step *st)
{
	return st->verb == DROP_SAID || st->verb == DROP_LINK;
}

char *
print_module(struct mem *mem, const struct step *st, struct modules *printed)
{
	const struct kind *k = st->verb == MAKE_LINK ? st->link->kind : NULL;
	const char *module = k && k->module ? k->module : k ? k->info : NULL;

	if (!k || (!k->alone && !k->tun))
		return NULL;
	for (size_t i = 0; i < printed->n; i++)
		if (!strcmp(printed->names[i], module))
			return NULL;
	if (printed->n < LEN(printed->names))
		printed->names[printed->n++] = module;
	return mem_printf(
		mem, "modprobe -q %s%s%s", module, k->alone ? " " : "", k->alone ? k->alone : "");
}

static void
print_one(
	FILE *f, const struct step *st, struct modules *printed, struct mem *mem, unsigned *missing)
{
	const char *module = print_module(mem, st, printed);

	if (module) {
		(void)fprintf(f, "%s || :", module); /* it may be built in */
		comment(f, &st->at, NULL);
	}
	for (const struct command *c = print_commands(mem, st); c; c = c->next) {
		print_command(f, c);
		(void)fputs(may_fail(st) ? " || :" : "", f);
		comment(f, &c->at, st->why);
		*missing += c->missing;
	}
}

void
print_plan(FILE *f, struct plan *p)
{
	struct mem *mem = mem_new();
	unsigned missing = 0;
	struct modules printed = { 0 };

	for (const struct step *st = plan_steps(p); st; st = st->next) {
		print_one(f, st, &printed, mem, &missing);
		mem_reset(mem);
	}
	if (missing)
		(void)fprintf(f, "# without a command: %u\n", missing);
	mem_free(mem);
}

void
print_missing(FILE *f, const struct missing *m)
{
	for (; m; m = m->next) {
		(void)fputs("# waits for ", f);
		type_print_text(m->at.section ? m->at.section : "a NIC", f);
		(void)fputs(": ", f);
		type_print_text(m->why, f);
		(void)fputc('\n', f);
	}
}

char *
print_step(struct mem *mem, const struct step *st)
{
	struct mem_stream m;
	FILE *f = mem_open(&m);

	for (const struct command *c = print_commands(mem, st); c; c = c->next) {
		print_command(f, c);
		(void)fputs(c->next ? "; " : "", f);
	}
	return mem_close(&m, mem);
}
