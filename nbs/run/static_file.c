#include "run/static_file.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "dhcp/handover.h"
#include "kernel/act.h"
#include "kind/kind.h"
#include "run/lease_file.h"

/* By its first line nbs knows its own: ipconfig's files have the same names. */
static const char mark[] = "# by nbs, of its files\n";

/* A loopback is no way to anybody. */
static bool
is_meant(struct lease *lease, const struct model *want, const struct link *l, struct mem *mem)
{
	return !*l->ns->name && !l->template && !l->learnt && l->kind != kind_named("loopback") &&
	       handover_gather(lease, want, l, mem);
}

static void
write_one(const struct link *l, const struct lease *lease, struct mem *mem)
{
	const char *path = lease_file_handover(l->name, mem);
	const struct origin o = { path, 0, NULL, NULL };
	struct mem_stream s;

	(void)fputs(mark, mem_open(&s));
	handover_print(s.f, l, lease);
	if (act_write_file(path, mem_close(&s, mem), 0644) < 0)
		diag_warn(&o, "%s; who comes after is not told of %s", strerror(errno), l->name);
}

void
static_file_write(const struct model *want, long long now)
{
	struct mem *mem = mem_new();
	struct lease lease;

	if (want->booting)
		static_file_sweep(want);
	for (const struct link *l = want->booting ? want->links : NULL; l; l = l->next)
		if (is_meant(&lease, want, l, mem)) {
			lease_file_set(&lease, "taken", mem_printf(mem, "%lld", now), mem);
			write_one(l, &lease, mem);
		}
	mem_free(mem);
}

static bool
is_own(const char *path, struct mem *mem)
{
	const char *text = act_read_file(path, mem);

	return text && !strncmp(text, mark, strlen(mark));
}

void
static_file_sweep(const struct model *want)
{
	struct mem *mem = mem_new();
	DIR *d = opendir("/run");
	struct dirent *e;

	while (d && (e = readdir(d))) {
		size_t n = strlen(e->d_name);
		const struct link *l;
		const char *name;

		if (n <= 9 || strncmp(e->d_name, "net-", 4) != 0 ||
			strcmp(e->d_name + n - 5, ".conf") != 0)
			continue;
		name = mem_text(mem, e->d_name + 4, n - 9);
		l = model_find(want->spaces, name);
		if (!(l && l->said[ADDRESS]) && is_own(lease_file_handover(name, mem), mem))
			(void)unlink(lease_file_handover(name, mem)); /* it is only a courtesy */
	}
	if (d)
		(void)closedir(d); /* only read from */
	mem_free(mem);
}
