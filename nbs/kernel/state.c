#include "kernel/state.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "check/complete.h"
#include "conf/build.h"
#include "conf/without.h"
#include "diff/before.h"
#include "diff/join.h"
#include "kernel/act.h"
#include "model/link.h"
#include "print/ini.h"

static const char directory[] = "/run/nbs", lock_file[] = "/run/nbs/lock",
		  applied_file[] = "/run/nbs/applied.conf", before_file[] = "/run/nbs/before.conf",
		  resolv_file[] = "/run/nbs/resolv.conf";

static int
busy(int fd)
{
	const struct origin o = { lock_file, 0, NULL, NULL };
	char pid[16] = "";
	ssize_t n = pread(fd, pid, sizeof(pid) - 1, 0);

	pid[n > 0 ? n : 0] = '\0';
	pid[strcspn(pid, "\n")] = '\0';
	diag(&o, "another nbs is at work, process %s", *pid ? pid : "unknown");
	return -1;
}

int
state_lock(struct state *s)
{
	const struct origin o = { lock_file, 0, NULL, NULL };
	char pid[16];
	int fd, n, e;

	(void)mkdir("/run", 0755); /* there already, or what follows tells */
	e = mkdir(directory, 0755) < 0 ? errno : 0;
	fd = open(lock_file, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0) {
		if (errno != ENOENT)
			e = errno;
		diag_warn(&o, "%s; what is applied will not be remembered", strerror(e));
		s->forgetful = true;
		return 0;
	}
	if (flock(fd, LOCK_EX | LOCK_NB) < 0)
		return busy(fd);
	n = snprintf(pid, sizeof(pid), "%d\n", (int)getpid());
	/* the number is a courtesy; the lock is held by the open file, to the end */
	if (ftruncate(fd, 0) < 0 || pwrite(fd, pid, (size_t)n, 0) < 0)
		return 0;
	return 0;
}

/* What a state file must say to count: this boot, this namespace. */
static const char *
here(struct mem *mem)
{
	const char *boot = act_read_file("/proc/sys/kernel/random/boot_id", mem);
	struct stat st = { 0 };

	(void)stat("/proc/self/ns/net", &st); /* 0 where /proc does not tell */
	return mem_printf(mem, "%.*s %llu", boot ? (int)strcspn(boot, "\n") : 1, boot ? boot : "?",
		(unsigned long long)st.st_ino);
}

/* True when the file's first section says so; it is taken out. */
static bool
is_current(struct conf *c)
{
	struct section *s = c->sections;
	struct entry *e = s && !strcmp(s->word, "applied") ? s->entries : NULL;

	if (!e || strcmp(e->key, "bound-to") != 0 || strcmp(e->value, here(c->mem)) != 0)
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

static struct model *
build(struct conf *c)
{
	struct model *m = conf_build(c);

	complete_stored(m);
	take_made(m);
	return m;
}

/* Returns the model; *said is what was read, without its first section. */
static struct model *
read_model(const char *path, struct mem *mem, struct conf **said)
{
	struct conf *c = mem_get(mem, sizeof(*c));

	c->mem = mem;
	c->own = true;
	*said = c;
	if (access(path, F_OK) < 0 || conf_read(c, path) < 0 || !is_current(c)) {
		c->sections = NULL;
		return NULL;
	}
	return build(c);
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
	s->applied = read_model(applied_file, mem, &s->said);
	s->before = read_model(before_file, mem, &s->said_before);
	if (!s->applied)
		s->before = NULL; /* of an up that did not get to its first step */
	if (s->before)
		drop_implied(s->before);
}

static void
write_model(struct state *s, const char *path, const struct model *m)
{
	const struct origin o = { path, 0, NULL, NULL };
	char *text = NULL;
	size_t size;
	FILE *f = s->forgetful ? NULL : open_memstream(&text, &size);

	if (!f)
		return;
	(void)fprintf(f, "[applied]\nbound-to = %s\n", here(s->mem));
	print_state(f, m);
	if (fclose(f) != 0 || act_write_file(path, text, 0600) < 0)
		diag_warn(&o, "%s; what is applied will not be remembered", strerror(errno));
	free(text);
}

void
state_write_both(struct state *s, struct model *want)
{
	write_model(s, applied_file, s->applied ? join_models(s->mem, want, s->applied) : want);
}

void
state_write(struct state *s, const struct model *want)
{
	write_model(s, applied_file, want);
	if (s->before)
		write_model(s, before_file, s->before);
}

struct model *
state_without(struct state *s, char *const *links)
{
	/* the model that is cut up is another than that which is compared */
	if (conf_without(s->said, build(s->said), s->said_before, links) < 0)
		return NULL;
	return build(s->said);
}

static bool
has_names(const struct model *m)
{
	return value_named(m->vals, "dns") || value_named(m->vals, "search");
}

/* The old resolv.conf is kept as a file; an empty one stands for none. */
static void
note_resolv(struct state *s, const struct model *want, const struct model *have)
{
	if (s->forgetful || access(resolv_file, F_OK) == 0)
		return;
	if (!has_names(want))
		return;
	(void)act_write_file(resolv_file, have->resolv ? have->resolv : "",
		0600); /* then down cannot restore it */
}

void
state_note(struct state *s, const struct model *want, const struct model *have)
{
	if (!s->before)
		s->before = model_new(s->mem);
	before_note(s->before, want, have, s->applied);
	note_resolv(s, want, have);
	write_model(s, before_file, s->before);
}

void
state_restore_names(struct state *s, const struct model *want)
{
	const char *text = act_read_file(resolv_file, s->mem), *path;
	struct origin o;

	if (!s->applied || !text || !has_names(s->applied) || has_names(want))
		return;
	path = model_resolv(s->applied);
	o = (struct origin) { path, 0, NULL, NULL };
	if (*text ? act_write_file(path, text, 0644) < 0 : act_remove_file(path) < 0)
		diag(&o, "cannot be put back: %s", strerror(errno));
	(void)unlink(resolv_file); /* written back, or told of */
}

void
state_forget(void)
{
	/* what is not there is forgotten */
	(void)unlink(applied_file);
	(void)unlink(before_file);
	(void)unlink(resolv_file);
}
