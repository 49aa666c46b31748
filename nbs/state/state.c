#include "state/state.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/mem.h"
#include "resolve/complete.h"
#include "conf/build.h"
#include "diff/saved.h"
#include "state/lock.h"
#include "state/merge.h"
#include "state/resolv.h"
#include "model/link.h"
#include "print/ini.h"

static const char directory[] = "/run/nbs", applied_file[] = "/run/nbs/applied.conf",
		  saved_file[] = "/run/nbs/before.conf";

int
state_lock(struct state *s, bool hold)
{
	const struct origin o = { lock_path, 0, NULL, NULL };
	int e;

	(void)file_make_folder("/run", 0755); /* there already, or what follows tells */
	e = file_make_folder(directory, 0755) < 0 ? errno : 0;
	s->lock = lock_take(hold ? "" : NULL);
	if (s->lock >= 0)
		return 0;
	if (errno == EWOULDBLOCK)
		return -1;
	e = errno == ENOENT ? e : errno; /* why there is no folder for it */
	diag_warn(&o, "%s; what is applied will not be remembered", strerror(e));
	s->forgetful = true;
	return 0;
}

/* What a state file must say to count: this boot, this namespace. */
static const char *
read_here(struct mem *mem)
{
	const char *boot = file_read("/proc/sys/kernel/random/boot_id", mem);
	struct stat st = { 0 };

	(void)file_stat("/proc/self/ns/net", &st); /* 0 where /proc does not tell */
	return mem_printf(mem, "%.*s %llu", boot ? (int)strcspn(boot, "\n") : 1, boot ? boot : "?",
		(unsigned long long)st.st_ino);
}

/* True when the file's first section says so; it is taken out. */
static bool
is_current(struct conf *c, const char *here)
{
	struct section *s = c->sections;
	struct entry *e = s && !strcmp(s->word, "applied") ? s->entries : NULL;

	if (!e || strcmp(e->key, "bound-to") != 0 || strcmp(e->value, here) != 0)
		return false;
	c->sections = s->next;
	return true;
}

/* Keys that only state files have. */
static void
take_made(struct model *m)
{
	for (struct netns *n = m->spaces; n; n = n->next)
		n->made = value_num(n->vals, "made", 0);
	for (struct link *l = m->links; l; l = l->next)
		l->made = value_num(l->vals, "made", 0);
}

/* The model of what was read, and is read no more; NULL if it does not count. */
static struct model *
build(struct conf *c, const char *here)
{
	struct model *m = is_current(c, here) ? conf_build(c) : NULL;

	mem_free(c->entries);
	return m;
}

static struct model *
read_model(const char *path, const char *here, struct mem *mem)
{
	struct conf c = { .mem = mem, .entries = mem_new(), .own = true };

	if (file_is(path) && conf_read(&c, path) < 0)
		c.sections = NULL; /* what cannot be read whole does not count */
	return build(&c, here);
}

/* What is stored is complete but for what follows from it. */
static struct model *
complete(struct model *m)
{
	if (!m)
		return NULL;
	complete_stored(m);
	take_made(m);
	return m;
}

/* What was before is only what was noted: a loopback that nobody noted is left as it is. */
static void
drop_implied(struct model *m)
{
	struct link **l = &m->links;

	while (*l)
		if ((*l)->implied)
			*l = (*l)->next;
		else
			l = &(*l)->next;
	m->last = l;
}

void
state_read(struct state *s, struct mem *mem)
{
	s->mem = mem;
	s->here = read_here(mem);
	s->applied = complete(read_model(applied_file, s->here, mem));
	s->saved = complete(read_model(saved_file, s->here, mem));
	if (!s->applied)
		s->saved = NULL; /* of an up that did not get to its first step */
	if (s->saved)
		drop_implied(s->saved);
	s->kept = s->applied;
}

static void
print(const struct state *s, const struct model *m, FILE *f)
{
	(void)fprintf(f, "[applied]\nbound-to = %s\n", s->here);
	print_state(f, m);
}

static void
write_model(struct state *s, const char *path, const struct model *m)
{
	const struct origin o = { path, 0, NULL, NULL };
	FILE *f = s->forgetful ? NULL : file_begin(path);

	if (f)
		print(s, m, f);
	if (s->forgetful || (f && file_end(f, path) == 0))
		return;
	if (!s->told)
		diag_warn(&o, "%s; what is applied will not be remembered", strerror(errno));
	s->told = true;
}

/* The same as if it were read from the file, which may not be there to be read. */
void
state_adopt(struct state *s, const struct model *target)
{
	struct mem *mem = s->adopted ? s->adopted : mem_new();
	struct conf c = { .mem = mem, .entries = mem_new(), .own = true };
	struct mem_stream text;
	const char *all;

	write_model(s, applied_file, target);
	print(s, target, mem_open(&text));
	mem_reset(mem);
	all = mem_close(&text, c.entries);
	conf_text(&c, all, strlen(all), applied_file);
	s->applied = complete(build(&c, s->here));
	s->adopted = mem;
}

void
state_write_both(struct state *s, const struct model *target)
{
	struct mem *mem = mem_new();

	write_model(s, applied_file, s->applied ? merge_models(mem, target, s->applied) : target);
	mem_free(mem);
}

void
state_write(struct state *s, const struct plan *p)
{
	write_model(s, applied_file, p->target);
	if (!s->saved)
		return;
	saved_prune(s->saved, p);
	write_model(s, saved_file, s->saved);
}

struct model *
state_again(struct state *s)
{
	struct model *m = s->applied ? read_model(applied_file, s->here, mem_new()) : NULL;

	if (m)
		complete_model(m); /* the loopback is not stored where nobody spoke of it */
	return m;
}

void
state_note(struct state *s, const struct plan *p)
{
	if (!s->saved)
		s->saved = model_new(s->mem);
	saved_note(s->saved, p, s->applied);
	resolv_note(s, p);
	write_model(s, saved_file, s->saved);
}

void
state_forget(void)
{
	/* what is not there is forgotten */
	(void)file_unlink(applied_file);
	(void)file_unlink(saved_file);
}
