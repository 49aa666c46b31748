/*
 * The file that a lease is kept in, read by another nbs: what is no lease
 * is none.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "client/lease_file.h"
#include "test/support/lend.h"
#include "test/support/say.h"

static char folder[] = "/tmp/nbs-lease-XXXXXX";

#define TEXT(t) t, sizeof(t) - 1
#define GOOD "address = 192.0.2.5/24\nserver = 192.0.2.1\nlifetime = 60\n"
#define LEASE GOOD "renew-after = 30\nrebind-after = 52\n"

/* A file, and the lease that it holds. */
static const struct {
	const char *name, *text;
	size_t n;
	const char *want;
} files[] = {
	{ "a lease", TEXT("[lease eth0]\n" GOOD), LEASE },
	{ "with what nbs adds",
		TEXT("[lease eth0]\n" GOOD "taken = 12345\nboot = 7d-a\nclient-id = 01:02\n"
		     "server-mac = 02:00:00:00:00:01\n"),
		"address = 192.0.2.5/24\nserver = 192.0.2.1\nserver-mac = 02:00:00:00:00:01\n"
		"client-id = 01:02\ntaken = 12345\nboot = 7d-a\nlifetime = 60\n"
		"renew-after = 30\nrebind-after = 52\n" },
	{ "keys that nobody knows", TEXT("[lease eth0]\nfuture = 1\n" GOOD), LEASE },
	{ "a value that does not fit", TEXT("[lease eth0]\n" GOOD "mtu = 7\ndns = a\n"), LEASE },
	{ "a key twice", TEXT("[lease eth0]\n" GOOD "address = 192.0.2.6/24\n"), LEASE },
	{ "a lease of another link behind it",
		TEXT("[lease eth0]\n" GOOD "[lease eth1]\naddress = 192.0.2.6/24\n"), LEASE },
	{ "bytes of a text", TEXT("[lease eth0]\n" GOOD "bootfile = a\\x3b b\n"),
		LEASE "bootfile = a\\x3b b\n" },
	{ "nothing", TEXT(""), NULL },
	{ "no section", TEXT(GOOD), NULL },
	{ "a section", TEXT("[lease eth0]\n"), NULL },
	{ "a lease cut off", TEXT("[lease eth0]\naddress = 192.0.2.5/24\nserver = 192.0."), NULL },
	{ "an address of IPv6",
		TEXT("[lease eth0]\naddress = ::1\nserver = 192.0.2.1\nlifetime = 60\n"), NULL },
	{ "NULs", TEXT("\0\0\0\0\0\0\0\0"), NULL },
	{ "no text", TEXT("\xff\xfe[lease\x01\x02]]]==\n=\n"), NULL },
};

static const char *
printed(const struct lease *l, struct mem *mem)
{
	struct mem_stream s;

	lease_print(l, mem_open(&s));
	return mem_close(&s, mem);
}

static const char *
read_file(const char *path, struct mem *mem)
{
	struct lease l = { 0 };

	return lease_file_read(path, NULL, &l, mem) < 0 ? "no lease\n" : printed(&l, mem);
}

static void
test_file(size_t i, struct mem *mem)
{
	const char *path = mem_printf(mem, "%s/eth0", folder), *have;
	FILE *f = fopen(path, "w");

	if (!f || fwrite(files[i].text, 1, files[i].n, f) != files[i].n || fclose(f) != 0)
		abort();
	say_hush();
	have = read_file(path, mem);
	(void)say_heard();
	say_same(files[i].name, files[i].want ? files[i].want : "no lease\n", have);
	(void)unlink(path);
}

static void
test_none(struct mem *mem)
{
	say_same("no file", "no lease\n", read_file(mem_printf(mem, "%s/none", folder), mem));
	say_same("a folder without files", "no lease\n", read_file(folder, mem));
}

static void
test_set(struct mem *mem)
{
	struct lease *l = lend(mem, "");

	lease_file_set(l, "taken", "5", mem);
	lease_file_set(l, "taken", "6", mem);
	lease_file_set(l, "lifetime", "forever", mem);
	lease_file_set(l, "boot", "b", mem);
	say_same("values that nbs adds",
		"address = 192.0.2.5/24\nserver = 192.0.2.1\nlifetime = forever\n"
		"renew-after = 1800\nrebind-after = 3150\ntaken = 6\nboot = b\n",
		printed(l, mem));
}

int
main(void)
{
	struct mem *mem = mem_new();

	if (!mkdtemp(folder))
		abort();
	for (size_t i = 0; i < LEN(files); i++)
		test_file(i, mem);
	test_none(mem);
	test_set(mem);
	say_same("a path", "/run/nbs/leases/:/eth0", lease_file_path("", "eth0", mem));
	say_same("a path of a namespace", "/run/nbs/leases/blue/eth0",
		lease_file_path("blue", "eth0", mem));
	(void)rmdir(folder);
	mem_free(mem);
	return say_end();
}
