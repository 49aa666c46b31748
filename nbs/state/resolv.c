#include "state/resolv.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "diff/diff.h"

/* Followed by a point and its name for a namespace that has one. */
static const char folder[] = "/run/nbs", kept_name[] = "resolv.conf";

/* What the kept file begins with: that there was one, or none. */
static const char was_there[] = "# as it was before nbs\n", was_not[] = "# there was none\n";

void
resolv_read(struct model *found, const struct model *target)
{
	for (struct netns *n = found->spaces; n; n = n->next) {
		const struct netns *t = model_netns(target, n->name);

		if (!t || !diff_names_of(target, t, NULL))
			continue;
		n->resolv = file_read(model_resolv(target, n, found->mem), found->mem);
		n->unread = false;
	}
}

void
resolv_note(struct state *s, const struct plan *p)
{
	for (const struct netns *n = p->target->spaces; n && !s->forgetful; n = n->next) {
		const char *text = n->have ? n->have->resolv : NULL, *kept;

		if (!n->have || n->have->unread || !diff_names_of(p->target, n, NULL))
			continue;
		kept = mem_printf(
			p->mem, "%s/%s%s%s", folder, kept_name, *n->name ? "." : "", n->name);
		if (!file_is(kept)) /* else down cannot restore it */
			(void)file_write(kept,
				text ? mem_printf(p->mem, "%s%s", was_there, text) : was_not, 0600);
		s->kept = true;
	}
}

/* Writes a file as it was before nbs, or takes it away; 0, or -1 with errno. */
static int
put_back(const char *path, const char *text, struct mem *mem)
{
	const char *now = file_read(path, mem);

	if (strncmp(text, was_there, strlen(was_there)) != 0)
		return file_remove(path) < 0 && errno != ENOENT ? -1 : 0;
	text += strlen(was_there);
	if (now && !strcmp(now, text))
		return 0; /* it may be one that cannot be written, and never was */
	return file_write(path, text, 0644);
}

static void
restore(const struct state *s, const struct model *target, const char *kept, const struct netns *n,
	struct mem *mem)
{
	const char *text = file_read(kept, mem);
	const struct netns *t = model_netns(target, n->name);
	const char *path = model_resolv(s->applied ? s->applied : target, n, mem);
	const struct origin o = { path, 0, NULL, NULL };

	if (!text || (t && diff_names_of(target, t, NULL)))
		return;
	if (put_back(path, text, mem) < 0)
		diag(&o, "cannot be put back: %s", strerror(errno));
	(void)file_unlink(kept); /* written back, or told of */
	if (*n->name) {          /* both, where they are empty */
		(void)file_remove_folder(mem_printf(mem, "/etc/netns/%s", n->name));
		(void)file_remove_folder("/etc/netns");
	}
}

void
resolv_restore(struct state *s, const struct model *target)
{
	const size_t len = strlen(kept_name);
	struct mem *mem = mem_new(); /* the state's would grow with each renewal of a lease */
	DIR *d = s->kept ? file_folder(folder) : NULL;
	struct dirent *f;

	/* namespaces whose file is kept may be gone, and the target may not speak of them */
	while (d && (f = readdir(d))) {
		struct netns n = { .name = f->d_name + len };

		if (strncmp(f->d_name, kept_name, len) != 0)
			continue;
		n.name += *n.name == '.';
		restore(s, target, mem_printf(mem, "%s/%s", folder, f->d_name), &n, mem);
	}
	if (d)
		(void)closedir(d); /* only read from */
	mem_free(mem);
}
