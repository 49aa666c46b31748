#include "print/planjson.h"

#include <string.h>

#include "base/mem.h"
#include "key/type.h"
#include "model/link.h"
#include "model/phrase.h"
#include "print/ip.h"
#include "print/json.h"
#include "print/sh.h"
#include "print/verb.h"

static unsigned
commands(struct json *j, const struct step *s, struct modules *printed)
{
	const struct command *all = print_commands(j->mem, s);
	const char *module = print_module(j->mem, s, printed);
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

static void
what(struct json *j, const struct step *s)
{
	json_open(j, "what", '{');
	if (verb_row(s)->fields)
		verb_row(s)->fields(j, s);
	json_close(j, '}');
}

/* A veth is made with its far end. */
static void
far_end(struct json *j, const struct step *s)
{
	struct step far = { .verb = s->verb, .link = s->link->peer };

	json_open(j, "peer", '{');
	json_text(j, "netns", far.link->ns->name);
	json_text(j, "link", far.link->name);
	what(j, &far);
	json_close(j, '}');
}

/* Returns for how many things of the step there is no command. */
static unsigned
step(struct json *j, const struct step *s, struct modules *printed)
{
	const struct kind *k = s->link ? s->link->kind : NULL;
	const struct verb_row *v = verb_row(s);
	unsigned missing;

	json_open(j, NULL, '{');
	json_text(j, "do", v->verb);
	json_text(j, "object", v->object ? v->object : phrase_topic(s->said->topic));
	json_text(j, "netns", s->ns->name);
	if (s->link) {
		json_text(j, "link", s->link->name);
		json_text(j, "kind", k ? k->name : s->link->info);
	}
	what(j, s);
	if (s->verb == MAKE_LINK && k && k->far_end)
		far_end(j, s);
	missing = commands(j, s, printed);
	json_text(j, "made-anew", s->why);
	origin(j, &s->at);
	json_close(j, '}');
	return missing;
}

void
planjson_print(FILE *f, struct plan *p, const struct missing *waits)
{
	struct json j = { .f = f, .mem = mem_new(), .fold = 1 };
	unsigned missing = 0;
	struct modules printed = { 0 };

	json_open(&j, NULL, '{');
	json_open(&j, "steps", '[');
	for (const struct step *s = plan_steps(p); s; s = s->next) {
		missing += step(&j, s, &printed);
		mem_reset(j.mem);
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
	mem_free(j.mem);
}
