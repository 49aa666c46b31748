/* The sysctls that tell of links and of forwarding. */
#include <string.h>

#include "base/mem.h"
#include "dump/dump.h"
#include "dump/parts.h"
#include "model/link.h"

static void
ask(struct model *m, struct netns *n, const char *path)
{
	struct sysctl *c = mem_get(m->mem, sizeof(*c));

	*c = (struct sysctl) { .next = n->sysctls, .ns = n, .path = path };
	n->sysctls = c;
}

static const char *
path_of(struct mem *mem, const char *path, const char *name)
{
	const char *mark = strchr(path, '%');

	return mark ? mem_printf(mem, "%.*s%s%s", (int)(mark - path), path, name, mark + 1) : path;
}

/* Beside the keys of links: the mode of IPv6, and what its addresses are made of. */
static const char *const others[] = {
	"net/ipv6/conf/%/disable_ipv6",
	"net/ipv6/conf/%/addr_gen_mode",
};

static void
ask_of(struct model *m, struct netns *n, const char *name, bool all)
{
	for (size_t i = 0; i < common_keys.n; i++) {
		const struct key *k = &common_keys.keys[i];

		/* netlink tells all of IPv4's, but not what is usual */
		if (k->path && (k->home == IN_SYSCTL || all))
			ask(m, n, path_of(m->mem, k->path, name));
	}
	for (size_t i = 0; i < LEN(others); i++)
		ask(m, n, path_of(m->mem, others[i], name));
}

static void
ask_of_space(struct model *m, struct netns *n, const struct model *applied)
{
	const struct netns *a = model_netns(applied, n->name);

	for (size_t i = 0; i < global_keys.n; i++)
		if (global_keys.keys[i].home == IN_SYSCTL)
			ask(m, n, global_keys.keys[i].path);
	ask_of(m, n, "default", true);
	for (const struct sysctl *c = a ? a->sysctls : NULL; c; c = c->next)
		ask(m, n, c->path);
}

struct model *
dump_ask(struct mem *mem, const struct model *have, const struct model *applied)
{
	struct model *m = model_new(mem);

	if (!applied)
		applied = m;
	for (const struct netns *n = have->spaces; n; n = n->next)
		ask_of_space(m, model_space(m, n->name, true), applied);
	for (const struct link *l = have->links; l; l = l->next)
		ask_of(m, model_space(m, l->ns->name, true), l->name, false);
	return m;
}

const char *
dump_sysctl(const struct dumping *d, const struct netns *n, const char *path)
{
	const struct sysctl *c = map_get(&d->sysctls, mem_printf(d->mem, "%s %s", n->name, path));

	return c ? c->text : NULL;
}

const char *
dump_setting(const struct dumping *d, const struct link *l, const struct key *k, const char *name)
{
	return dump_sysctl(d, l->ns, path_of(d->mem, k->path, name));
}
