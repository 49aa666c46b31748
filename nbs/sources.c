#include "sources.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "base/mem.h"
#include "check/check.h"
#include "resolve/complete.h"
#include "cmdline/cmdline.h"
#include "conf/build.h"

static const char standard_file[] = "/etc/nbs.conf";

/* What stands in for a file where there is none. */
static const char no_file[] = "[global]\nready = any\n[nic *]\ndhcp = ipv4\n";

static bool
has_standard(void)
{
	return access(standard_file, F_OK) == 0 || errno != ENOENT;
}

/*
 * The files, and the command line where it is wanted; mistakes are counted by diag.
 * Returns the name of the last file.
 */
static const char *
read_all(const struct sources *s, struct conf *c)
{
	struct cmdline *k = s->line ? cmdline_open(c->mem, s->line) : NULL;
	const char *named = k && !s->nfiles ? cmdline_file(k) : NULL;
	bool alone = !s->nfiles && !named && !has_standard();

	for (size_t i = 0; i < s->nfiles; i++)
		(void)conf_read(c, s->files[i]);
	if (named)
		(void)conf_read(c, named);
	else if (alone && !k)
		conf_text(c, no_file, sizeof(no_file) - 1, "(no file)");
	else if (!s->nfiles && !alone)
		(void)conf_read(c, standard_file);
	if (k)
		cmdline_add(k, c, alone);
	if (s->line && !k)
		return s->line;
	return s->nfiles ? s->files[s->nfiles - 1] : named ? named : standard_file;
}

struct model *
sources_read(const struct sources *s)
{
	struct origin last = { 0 };
	struct conf c = { .mem = mem_new(), .entries = mem_new() };
	struct model *m;
	int before = diag_count();

	last.file = read_all(s, &c);
	m = conf_build(&c);
	mem_free(c.entries);
	m->booting = s->line;
	complete_model(m);
	check(m);
	if (diag_count() == before)
		return m;
	diag(&last, "%d %s; nothing was changed", diag_count() - before,
		diag_count() - before == 1 ? "error" : "errors");
	mem_free(c.mem);
	return NULL;
}
