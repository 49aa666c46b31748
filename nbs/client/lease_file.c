#include "client/lease_file.h"

#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/file.h"
#include "base/mem.h"
#include "conf/read.h"
#include "dhcp/handover.h"

const char lease_folder[] = "/run/nbs/leases";

char *
lease_file_path(const char *space, const char *name, struct mem *mem)
{
	return mem_printf(mem, "%s/%s/%s", lease_folder, *space ? space : ":", name);
}

char *
lease_file_handover(const char *name, struct mem *mem)
{
	return mem_printf(mem, "/run/net-%s.conf", name);
}

char *
lease_file_handover6(const char *name, struct mem *mem)
{
	return mem_printf(mem, "/run/net6-%s.conf", name);
}

const char *
lease_file_boot(struct mem *mem)
{
	char *boot = file_read("/proc/sys/kernel/random/boot_id", mem);

	if (!boot)
		return "?";
	boot[strcspn(boot, "\n")] = '\0';
	return boot;
}

void
lease_file_set(struct lease *l, const char *key, const char *text, struct mem *mem)
{
	const struct key *k = key_find(&lease_keys, key);
	struct value *v = value_of(l->vals, k);

	if (!v) {
		v = mem_get(mem, sizeof(*v));
		value_add(&l->vals, v);
	}
	if (key_parse(k, v, text, mem) < 0)
		v->key = k; /* nbs's own words fit */
}

static int
write_file(const char *path, void (*print)(FILE *, const struct link *, const struct lease *),
	const struct link *l, const struct lease *lease, unsigned mode, struct mem *mem)
{
	struct mem_stream s;

	print(mem_open(&s), l, lease);
	file_make_folders(path);
	return file_write(path, mem_close(&s, mem), mode);
}

static void
print_lease(FILE *f, const struct link *l, const struct lease *lease)
{
	(void)fprintf(f, "[lease %s]\n", l->name);
	lease_print(lease, f);
}

int
lease_file_write(const struct link *l, const struct lease *lease, struct mem *mem)
{
	const char *path = lease_file_path(l->ns->name, l->name, mem);

	if (write_file(path, print_lease, l, lease, 0600, mem) < 0)
		return -1;
	if (*l->ns->name)
		return 0;
	return write_file(lease_file_handover(l->name, mem), handover_print, l, lease, 0644, mem);
}

/* Values of the table's keys, from the lines of the file's one section. */
static struct value *
read_values(const struct section *s, struct mem *mem)
{
	struct value *vals = NULL, *v;

	for (const struct entry *e = s ? s->entries : NULL; e; e = e->next) {
		const struct key *k = key_find(&lease_keys, e->key);

		if (!k || value_of(vals, k))
			continue;
		v = mem_get(mem, sizeof(*v));
		v->file = e->file;
		v->line = e->line;
		if (key_parse(k, v, e->value, mem) == 0)
			value_add(&vals, v);
	}
	return vals;
}

/* From the file, or from the text that it should have held. */
static int
read_sections(struct conf *c, const char *path, const char *text)
{
	if (!text)
		return !file_is(path) ? -1 : conf_read(c, path);
	conf_text(c, text, strlen(text), path);
	return 0;
}

int
lease_file_read(const char *path, const char *text, struct lease *l, struct mem *mem)
{
	struct conf c = { .mem = mem, .own = true };
	int bad;

	diag_lenient(true);
	bad = read_sections(&c, path, text);
	diag_lenient(false);
	if (bad < 0)
		return -1;
	return lease_restore(l, read_values(c.sections, mem), mem);
}

char *
lease_file_text(const struct link *l, const struct lease *lease, struct mem *mem)
{
	struct mem_stream s;

	print_lease(mem_open(&s), l, lease);
	return mem_close(&s, mem);
}

bool
lease_file_holds(const struct link *l, struct lease *lease, struct mem *mem)
{
	const char *path = lease_file_path(l->ns->name, l->name, mem);
	const struct value *boot;

	if (!file_is(path) || lease_file_read(path, NULL, lease, mem) < 0)
		return false;
	boot = value_named(lease->vals, "boot");
	return boot && !strcmp(boot->text, lease_file_boot(mem));
}

void
lease_file_remove(const char *space, const char *name, struct mem *mem)
{
	/* what is not there is taken away */
	(void)file_unlink(lease_file_path(space, name, mem));
	(void)file_remove_folder(mem_printf(mem, "%s/%s", lease_folder, *space ? space : ":"));
	(void)file_remove_folder(lease_folder);
	if (!*space)
		(void)file_unlink(lease_file_handover(name, mem));
}
