#include "test/support/bed.h"

#include <linux/if.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "check/check.h"
#include "resolve/complete.h"
#include "conf/build.h"
#include "diff/diff.h"
#include "diff/saved.h"
#include "dump/dump.h"
#include "model/link.h"
#include "model/phrase.h"
#include "print/ini.h"
#include "state/merge.h"
#include "test/support/read.h"
#include "test/support/say.h"

enum { MANY = 10 };

const char bed_all[] = "[global]\n"
		       "ip-forward = yes\n"
		       "hostname = gate\n"
		       "dns = 192.0.2.53\n"
		       "rule = from 192.0.2.0/24 lookup 7 priority 100\n"
		       "route = blackhole 10.255.0.0/16\n"
		       "[sysctl]\n"
		       "net.ipv4.tcp_ecn = 1\n"
		       "[netns blue]\n"
		       "[nic eth0]\n"
		       "mtu = 9000\n"
		       "promiscuous = yes\n"
		       "proxy-arp = yes\n"
		       "address = 192.0.2.1/24\n"
		       "gateway = 192.0.2.254\n"
		       "route = 10.0.0.0/8 via 192.0.2.253 metric 5\n"
		       "route = 10.1.0.0/16\n"
		       "neighbor = 192.0.2.7 lladdr 02:00:00:00:00:07\n"
		       "[bond bond0]\n"
		       "mode = active-backup\n"
		       "ports = eth1 eth2\n"
		       "[vlan v5]\n"
		       "parent = bond0\n"
		       "id = 5\n"
		       "[bridge br0]\n"
		       "vlan-filtering = yes\n"
		       "ports = v5 tap0\n"
		       "address = 2001:db8::1/64\n"
		       "route = 2001:db8:1::/48 via 2001:db8::2\n"
		       "[tap tap0]\n"
		       "vlans = 5 7-9\n"
		       "pvid = 5\n"
		       "untagged = 5\n"
		       "hairpin = yes\n"
		       "[veth w]\n"
		       "peer = blue/w\n"
		       "[peer blue/w]\n"
		       "address = 172.16.0.1/24\n"
		       "[macvlan blue/m]\n"
		       "parent = eth3\n"
		       "mode = bridge\n";

static const char *const verbs[] = {
	[MAKE_SPACE] = "make",
	[DROP_SPACE] = "drop",
	[MAKE_LINK] = "make",
	[DROP_LINK] = "drop",
	[MOVE_LINK] = "move",
	[RENAME_LINK] = "rename",
	[DROP_ALTNAME] = "drop altname",
	[ADD_ALTNAME] = "add altname",
	[KEEP_MAC] = "keep mac",
	[SET_LINK] = "set",
	[RAISE] = "raise",
	[LOWER] = "lower",
	[JOIN_GROUP] = "group",
	[DROP_GROUP] = "drop group",
	[JOIN] = "join",
	[LEAVE] = "leave",
	[ADD_VLANS] = "add",
	[DROP_VLANS] = "drop",
	[ADD_SAID] = "add",
	[SET_SAID] = "set",
	[DROP_SAID] = "drop",
	[PUT_BACK] = "put back",
	[SET_SYSCTL] = "sysctl",
	[SET_HOSTNAME] = "hostname",
	[WRITE_RESOLV] = "write",
};

/* What a step is about, after its verb. */
static void
print_object(FILE *f, const struct step *s, struct mem *mem)
{
	switch (s->verb) {
	case MAKE_SPACE:
	case DROP_SPACE:
		(void)fprintf(f, " netns %s%s", s->ns->name, s->path ? " over a file" : "");
		break;
	case MOVE_LINK:
		if (strcmp(s->was, s->text) != 0)
			(void)fprintf(f, " from %s", s->was);
		break;
	case RENAME_LINK:
	case DROP_ALTNAME:
	case ADD_ALTNAME:
		(void)fprintf(f, " %s %s", s->was, s->text);
		break;
	case SET_LINK:
		for (size_t i = 0; i < s->n; i++)
			(void)fprintf(
				f, " %s=%s", s->vals[i]->key->name, value_text(s->vals[i], mem));
		break;
	case JOIN:
		(void)fprintf(f, " %s", s->link->master->section);
		break;
	case ADD_VLANS:
	case DROP_VLANS:
		(void)fprintf(f, " vlans %u-%u%s%s", s->from, s->to,
			s->flags & VLAN_PVID ? " pvid" : "",
			s->flags & VLAN_UNTAGGED ? " untagged" : "");
		break;
	case ADD_SAID:
	case SET_SAID:
	case DROP_SAID:
	case PUT_BACK:
		(void)fprintf(f, " %s %s", phrase_topic(s->said->topic), phrase_text(s->said, mem));
		break;
	case SET_SYSCTL:
		(void)fprintf(f, " %s=%s", s->sysctl->path, s->sysctl->text);
		break;
	case SET_HOSTNAME:
	case WRITE_RESOLV:
		(void)fprintf(f, " %s", s->text);
		break;
	case MAKE_LINK:
	case DROP_LINK:
	case KEEP_MAC:
	case RAISE:
	case LOWER:
	case JOIN_GROUP:
	case DROP_GROUP:
	case LEAVE:
		break;
	}
}

static void
print_step(FILE *f, const struct step *s, struct mem *mem)
{
	(void)fputs(verbs[s->verb], f);
	if (s->link && s->verb != RENAME_LINK && s->verb != DROP_ALTNAME && s->verb != ADD_ALTNAME)
		(void)fprintf(f, " %s", s->link->section);
	else if ((s->verb == SET_SYSCTL || s->verb == WRITE_RESOLV) && *s->ns->name)
		(void)fprintf(f, " %s", s->ns->name);
	print_object(f, s, mem);
	(void)fputc('\n', f);
}

static struct model *
build(struct mem *mem, const char *text, const char *name)
{
	struct conf c = { .mem = mem, .entries = mem_new(), .own = !strcmp(name, "applied") };
	struct model *m;

	read_text(&c, text, name);
	m = conf_build(&c);
	mem_free(c.entries);
	complete_model(m);
	return m;
}

struct bed *
bed_new(void)
{
	struct mem *mem = mem_new();
	struct bed *b = mem_get(mem, sizeof(*b));

	b->mem = mem;
	b->kernel = kernel_new(mem);
	for (char name[] = "eth0"; name[3] < '4'; name[3]++)
		(void)kernel_nic(b->kernel, name);
	b->saved = model_new(mem);
	b->heard = "";
	return b;
}

void
bed_free(struct bed *b)
{
	mem_free(b->round);
	attempts_forget(&b->attempts);
	mem_free(b->mem);
}

void
bed_want(struct bed *b, const char *text)
{
	int count = diag_count();

	b->file = build(b->mem, mem_text(b->mem, text, strlen(text)), "f");
	check(b->file);
	if (diag_count() != count)
		exit(1);
	b->choice = NULL;
	b->grants = NULL;
	attempts_forget(&b->attempts);
}

static const struct model *
make_target(struct bed *b, const struct model *found, struct mem *mem)
{
	const struct target_from from = { .file = b->file,
		.choice = b->choice,
		.grants = b->grants,
		.applied = b->applied,
		.saved = b->saved,
		.found = found,
		.attempts = &b->attempts,
		.keep = b->choice && b->choice->only };

	for (struct grant *g = b->grants; g; g = g->next) {
		g->with.now = b->kernel->now;
		g->with.hostname = strcmp(b->kernel->hostname, "none") ? b->kernel->hostname : NULL;
	}
	return target_make(mem, &from);
}

struct plan *
bed_look(struct bed *b, struct mem *mem)
{
	struct model *found = kernel_have(b->kernel, mem);
	const struct model *target = make_target(b, found, mem);
	const struct compared c = { .target = target,
		.found = found,
		.applied = b->applied,
		.attempts = &b->attempts,
		.keep = b->choice && b->choice->only };

	kernel_sysctls(b->kernel, found, target);
	return diff(mem, &c);
}

struct grant *
bed_lend(struct bed *b, const char *section, const struct lease *lease, long long until)
{
	struct grant *g = b->grants;

	while (g && strcmp(g->section, section) != 0)
		g = g->next;
	if (!g) {
		g = mem_get(b->mem, sizeof(*g));
		g->next = b->grants;
		b->grants = g;
	}
	*g = (struct grant) { .next = g->next,
		.section = section,
		.lease = lease,
		.asking = lease ? NULL : "no lease yet",
		.with = { .file = "lease", .until = until, .hostname = "(none)" } };
	return g;
}

const struct link *
bed_target(struct bed *b, const char *section)
{
	return model_named(b->plan ? b->plan->target : b->file, section);
}

/* As client/lessee.c: the name of the host that a lease has given. */
static void
remember_name(struct bed *b, const struct model *target)
{
	const struct value *name = value_named(target->vals, "hostname");

	for (struct grant *g = name && name->leased ? b->grants : NULL; g; g = g->next)
		if (!strcmp(name->link->section, g->section))
			g->with.applied = mem_text(b->mem, name->text, strlen(name->text));
}

/* Looks, compares, and carries out; how many steps it were. */
static size_t
go(struct bed *b)
{
	struct mem *mem = mem_new();
	struct plan *p = bed_look(b, mem);
	char *text = NULL;
	size_t size, n = p->n;
	FILE *f = open_memstream(&text, &size);

	plan_learn(&b->attempts, p);
	remember_name(b, p->target);
	for (const struct step *s = plan_steps(p); s; s = s->next)
		print_step(f, s, mem);
	(void)fclose(f);
	if (n && *b->steps)
		b->steps = mem_printf(b->mem, "%s--\n", b->steps);
	b->steps = mem_printf(b->mem, "%s%s", b->steps, text);
	free(text);
	saved_note(b->saved, p, b->applied);
	kernel_carry_out(b->kernel, p, &b->attempts);
	b->rounds++;
	mem_free(b->round);
	b->round = mem;
	b->plan = p;
	return n;
}

const char *
bed_round(struct bed *b)
{
	say_hush();
	b->steps = "";
	b->rounds = 0;
	(void)go(b);
	b->heard = mem_printf(b->mem, "%s", say_heard());
	return b->steps;
}

const char *
bed_up(struct bed *b)
{
	say_hush();
	b->steps = "";
	b->rounds = 0;
	while (go(b) && b->rounds < MANY)
		;
	b->heard = mem_printf(b->mem, "%s", say_heard());
	return b->steps;
}

/* What a file of nbs's own has of a model, as the next nbs reads it. */
static struct model *
read_back(struct bed *b, const struct model *m)
{
	struct mem_stream s;
	struct model *back;

	print_state(mem_open(&s), m);
	back = build(b->mem, mem_close(&s, b->mem), "applied");
	for (struct netns *n = back->spaces; n; n = n->next)
		n->made = value_num(n->vals, "made", 0);
	for (struct link *l = back->links; l; l = l->next)
		l->made = value_num(l->vals, "made", 0);
	return back;
}

void
bed_end(struct bed *b)
{
	saved_prune(b->saved, b->plan);
	b->applied = read_back(b, b->plan->target);
}

/* Steps that a dying nbs has yet to take. */
static size_t left;

static int
outlive(const struct step *s)
{
	(void)s;
	if (!left)
		return -1;
	left--;
	return 0;
}

bool
bed_crash(struct bed *b, size_t steps)
{
	struct model *applied = b->applied;
	bool more = true;

	say_hush();
	b->steps = "";
	b->rounds = 0;
	left = steps;
	b->kernel->judge = outlive;
	while (left && more && b->rounds < MANY) {
		more = go(b);
		applied =
			read_back(b, b->applied ? merge_models(b->mem, b->plan->target, b->applied)
						: b->plan->target);
	}
	b->kernel->judge = NULL;
	(void)say_heard();
	b->applied = applied;
	return more;
}

const char *
bed_down(struct bed *b)
{
	b->file = NULL;
	b->choice = NULL;
	attempts_forget(&b->attempts);
	return bed_up(b);
}

struct bed *
bed_made(const char *text)
{
	struct bed *b = bed_new();

	bed_want(b, text);
	(void)bed_up(b);
	bed_end(b);
	bed_want(b, text);
	return b;
}

struct device *
bed_link(struct bed *b, const char *name)
{
	return kernel_find(b->kernel, "", name);
}

static void
tell(struct bed *b, uint16_t type, const char *name, uint32_t change, uint32_t flags)
{
	struct {
		struct nlmsghdr h;
		struct ifinfomsg i;
	} m = {
		.h = { .nlmsg_len = sizeof(m), .nlmsg_type = type },
		.i = { .ifi_index = (int)bed_link(b, name)->index,
			.ifi_change = change,
			.ifi_flags = flags },
	};

	if (kernel_take(b->kernel, b->kernel->places, &m.h))
		abort();
}

void
bed_raise(struct bed *b, const char *name, bool up)
{
	tell(b, RTM_NEWLINK, name, IFF_UP, up ? IFF_UP : 0);
}

void
bed_take_away(struct bed *b, const char *name)
{
	tell(b, RTM_DELLINK, name, 0, 0);
}

const char *
bed_part(struct bed *b, const char *name, const char *part)
{
	return mem_printf(b->mem, "%s: %s", name, part);
}

void
bed_others(struct bed *b, const char *text)
{
	struct bed others = { .mem = b->mem, .kernel = b->kernel, .saved = model_new(b->mem) };

	bed_want(&others, text);
	(void)bed_up(&others);
	if (*others.heard)
		say(false, text, "others hear %s", others.heard);
	mem_free(others.round);
	attempts_forget(&others.attempts);
}

char *
bed_dump(struct bed *b, void (*change)(struct model *have))
{
	struct mem *mem = mem_new();
	struct model *have = kernel_have(b->kernel, mem);
	struct mem_stream s;
	FILE *f = mem_open(&s);

	kernel_sysctls(b->kernel, have, dump_ask(mem, have, b->applied));
	if (change)
		change(have);
	dump_print(f, dump_make(mem, have, b->applied));
	b->steps = mem_close(&s, b->mem);
	mem_free(mem);
	return b->steps;
}
