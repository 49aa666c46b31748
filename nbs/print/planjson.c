#include "print/planjson.h"

#include <string.h>

#include "base/mem.h"
#include "key/type.h"
#include "model/link.h"
#include "model/phrase.h"
#include "print/ip.h"
#include "print/json.h"
#include "print/sh.h"

/* What a step does, and to what; NULL: the topic of what is said. */
static const struct {
	const char *verb, *object;
} words[] = {
	[MAKE_SPACE] = { "add", "netns" },
	[DROP_SPACE] = { "delete", "netns" },
	[MAKE_LINK] = { "add", "link" },
	[DROP_LINK] = { "delete", "link" },
	[MOVE_LINK] = { "move", "link" },
	[RENAME_LINK] = { "rename", "link" },
	[SET_LINK] = { "change", "link" },
	[RAISE] = { "raise", "link" },
	[LOWER] = { "lower", "link" },
	[JOIN_GROUP] = { "change", "link" },
	[DROP_GROUP] = { "delete", "group" },
	[JOIN] = { "join", "link" },
	[LEAVE] = { "leave", "link" },
	[ADD_VLANS] = { "add", "vlans" },
	[DROP_VLANS] = { "delete", "vlans" },
	[ADD_SAID] = { "add", NULL },
	[SET_SAID] = { "change", NULL },
	[DROP_SAID] = { "delete", NULL },
	[PUT_BACK] = { "restore", NULL },
	[SET_SYSCTL] = { "change", "sysctl" },
	[SET_HOSTNAME] = { "change", "hostname" },
	[WRITE_RESOLV] = { "write", "file" },
};

static void
value(struct json *j, const struct link *l, const struct value *v, struct mem *mem)
{
	json_text(j, link_key_name(l, v->key, mem), value_text(v, mem));
}

static void
born(struct json *j, const struct link *l, struct mem *mem)
{
	json_open(j, "what", '{');
	for (const struct value *v = l->vals; v; v = v->next)
		if (link_at_birth(v) || !strcmp(v->key->name, "parent"))
			value(j, l, v, mem);
	json_close(j, '}');
}

/* A veth is made with its far end. */
static void
make(struct json *j, const struct link *l, struct mem *mem)
{
	born(j, l, mem);
	if (!l->kind->far_end)
		return;
	json_open(j, "peer", '{');
	json_text(j, "netns", l->peer->ns->name);
	json_text(j, "link", l->peer->name);
	born(j, l->peer, mem);
	json_close(j, '}');
}

static void
vlans(struct json *j, const struct step *s, struct mem *mem)
{
	json_text(j, "vlans",
		s->from == s->to ? mem_printf(mem, "%u", s->from)
				 : mem_printf(mem, "%u-%u", s->from, s->to));
	if (s->verb == DROP_VLANS)
		return;
	json_text(j, "pvid", s->flags & VLAN_PVID ? "yes" : "no");
	json_text(j, "untagged", s->flags & VLAN_UNTAGGED ? "yes" : "no");
}

/* Keys as the file has them, and their values. */
static void
pairs(struct json *j, const struct step *s, struct mem *mem)
{
	switch (s->verb) {
	case SET_LINK:
		for (size_t i = 0; i < s->n; i++)
			value(j, s->link, s->vals[i], mem);
		break;
	case MOVE_LINK:
		json_text(j, "from", s->from_ns->name);
		json_text(j, "name", s->was);
		break;
	case RENAME_LINK:
		json_text(j, "from", s->was);
		json_text(j, "name", s->text);
		break;
	case JOIN_GROUP:
	case DROP_GROUP:
		json_text(j, "group", mem_printf(mem, "%u", s->group));
		break;
	case JOIN:
		json_text(j, "master", s->link->master->name);
		break;
	case ADD_VLANS:
	case DROP_VLANS:
		vlans(j, s, mem);
		break;
	case ADD_SAID:
	case SET_SAID:
	case DROP_SAID:
	case PUT_BACK:
		json_text(j, phrase_topic(s->said->topic), phrase_text(s->said, mem));
		break;
	case SET_SYSCTL:
		json_text(j, s->sysctl->path, print_sysctl(s->sysctl));
		break;
	case SET_HOSTNAME:
		json_text(j, "hostname", s->text);
		break;
	case WRITE_RESOLV:
		json_text(j, "path", s->path);
		json_text(j, "content", s->text);
		break;
	case MAKE_SPACE:
	case DROP_SPACE:
	case MAKE_LINK:
	case DROP_LINK:
	case RAISE:
	case LOWER:
	case LEAVE:
		break;
	}
}

static unsigned
commands(struct json *j, const struct step *s, struct modules *printed, struct mem *mem)
{
	const struct command *all = print_commands(mem, s);
	const char *module = print_module(mem, s, printed);
	unsigned missing = 0;

	json_open(j, "commands", '[');
	if (module)
		json_text(j, NULL, module);
	for (const struct command *c = all; c; c = c->next)
		if (!c->missing)
			json_text(j, NULL, c->text);
	json_close(j, ']');
	json_open(j, "without-command", '[');
	for (const struct command *c = all; c; c = c->next)
		if (c->missing) {
			json_text(j, NULL, c->text);
			missing++;
		}
	json_close(j, ']');
	return missing;
}

static void
origin(struct json *j, const struct origin *at)
{
	if (at->line && at->file) {
		json_text(j, "file", at->file);
		json_number(j, "line", (uint64_t)at->line);
	}
	json_text(j, "section", at->section);
	json_text(j, "key", at->key);
}

/* Returns for how many things of the step there is no command. */
static unsigned
step(struct json *j, const struct step *s, struct modules *printed, struct mem *mem)
{
	const char *object = words[s->verb].object;
	unsigned missing;

	json_open(j, NULL, '{');
	json_text(j, "do", words[s->verb].verb);
	json_text(j, "object", object ? object : phrase_topic(s->said->topic));
	json_text(j, "netns", s->ns->name);
	if (s->link) {
		json_text(j, "link", s->link->name);
		json_text(j, "kind", s->link->kind ? s->link->kind->name : s->link->info);
	}
	if (s->verb == MAKE_LINK) {
		make(j, s->link, mem);
	} else {
		json_open(j, "what", '{');
		pairs(j, s, mem);
		json_close(j, '}');
	}
	missing = commands(j, s, printed, mem);
	json_text(j, "made-anew", s->why);
	origin(j, &s->at);
	json_close(j, '}');
	return missing;
}

void
planjson_print(FILE *f, struct plan *p, const struct missing *waits)
{
	struct json j = { .f = f, .fold = 1 };
	struct mem *mem = mem_new();
	unsigned missing = 0;
	struct modules printed = { 0 };

	json_open(&j, NULL, '{');
	json_open(&j, "steps", '[');
	for (const struct step *s = plan_steps(p); s; s = s->next) {
		missing += step(&j, s, &printed, mem);
		mem_reset(mem);
	}
	json_close(&j, ']');
	json_open(&j, "waits", '[');
	for (; waits; waits = waits->next) {
		json_open(&j, NULL, '{');
		json_text(&j, "why", waits->why);
		origin(&j, &waits->at);
		json_close(&j, '}');
	}
	json_close(&j, ']');
	json_number(&j, "without-command", missing);
	json_close(&j, '}');
	mem_free(mem);
}
