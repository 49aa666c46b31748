#include "print/ip.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "key/type.h"
#include "model/link.h"
#include "print/planjson.h"
#include "print/sh.h"
#include "print/verb.h"

struct command *
print_commands(struct mem *mem, const struct step *st)
{
	struct sh s = { .mem = mem };

	verb_row(st)->commands(&s, st);
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

char *
print_module(struct mem *mem, const struct step *st, struct modules *printed)
{
	const struct kind *k = st->verb == MAKE_LINK ? st->link->kind : NULL;
	const char *module = k && k->module ? k->module : k ? k->info : NULL;

	if (!k || (!k->alone && link_made_via(k) == RTNETLINK))
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
		(void)fputs(verb_row(st)->may_fail ? " || :" : "", f);
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
