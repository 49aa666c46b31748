#include "run/static_file.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/socket.h>

#include "base/file.h"
#include "base/mem.h"
#include "dhcp/handover.h"
#include "kind/kind.h"
#include "client/lease_file.h"

/* By its first line nbs knows its own: ipconfig's files have the same names. */
static const char mark[] = "# by nbs, of its files\n";

/* A loopback is no way to anybody. */
static bool
is_meant(const struct link *l)
{
	return !*l->ns->name && !l->template && !l->kind->always;
}

static void
write_one(const struct link *l, const struct lease *lease, const char *path,
	void (*print)(FILE *, const struct link *, const struct lease *), struct mem *mem)
{
	const struct origin o = { path, 0, NULL, NULL };
	struct mem_stream s;

	(void)fputs(mark, mem_open(&s));
	print(s.f, l, lease);
	if (file_write(path, mem_close(&s, mem), 0644) < 0)
		diag_warn(&o, "%s; who comes after is not told of %s", strerror(errno), l->name);
}

/* What a server says of a link stands in a file already. */
static void
write_both(const struct model *want, const struct link *l, long long now, struct mem *mem)
{
	struct lease lease;

	if (!l->names && handover_gather(&lease, want, l, AF_INET, mem)) {
		lease_file_set(&lease, "taken", mem_printf(mem, "%lld", now), mem);
		write_one(l, &lease, lease_file_handover(l->name, mem), handover_print, mem);
	}
	if (handover_gather(&lease, want, l, AF_INET6, mem))
		write_one(l, &lease, lease_file_handover6(l->name, mem), handover_print6, mem);
}

void
static_file_write(const struct model *want, long long now)
{
	struct mem *mem = mem_new();

	for (const struct link *l = want->booting ? want->links : NULL; l; l = l->next)
		if (is_meant(l))
			write_both(want, l, now, mem);
	mem_free(mem);
}

static bool
is_own(const char *path, struct mem *mem)
{
	const char *text = file_read(path, mem);

	return text && !strncmp(text, mark, strlen(mark));
}

/* Takes a file away if its name is one of the family's, and its link has no such address. */
static void
sweep_one(const struct model *want, const char *file, int family, struct mem *mem)
{
	const char *prefix = family == AF_INET ? "net-" : "net6-", *path, *name;
	size_t n = strlen(prefix), len = strlen(file), end = strlen(".conf");
	const struct link *l;

	if (len <= n + end || strncmp(file, prefix, n) != 0 ||
		strcmp(file + len - end, ".conf") != 0)
		return;
	name = mem_text(mem, file + n, len - n - end);
	path = mem_printf(mem, "/run/%s", file);
	l = model_find(want->spaces, name);
	if (!(l && handover_address(l, family, false)) && is_own(path, mem))
		(void)file_unlink(path); /* it is only a courtesy */
}

void
static_file_sweep(const struct model *want)
{
	struct mem *mem = mem_new();
	DIR *d = file_folder("/run");
	struct dirent *e;

	while (d && (e = readdir(d))) {
		sweep_one(want, e->d_name, AF_INET, mem);
		sweep_one(want, e->d_name, AF_INET6, mem);
	}
	if (d)
		(void)closedir(d); /* only read from */
	mem_free(mem);
}
