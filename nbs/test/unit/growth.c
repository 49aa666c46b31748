/* What nbs hold does at each event, many times over: no arena grows by it. */
#include <stddef.h>

#include "base/mem.h"
#include "diff/saved.h"
#include "test/support/bed.h"
#include "test/support/say.h"

/* Of AddressSanitizer, which all unit tests are built with: bytes that are allocated. */
size_t __sanitizer_get_current_allocated_bytes(void);

/* Looks, notes what is there, and takes back what a lease has brought. */
static void
go_round(struct bed *b)
{
	struct mem *mem = mem_new();
	const struct plan *p = bed_look(b, mem);

	plan_learn(&b->attempts, p);
	saved_note(b->saved, p, b->applied);
	saved_prune(b->saved, p);
	mem_free(mem);
}

static size_t
grown(struct bed *b)
{
	enum { FEW = 10, MANY = 1000 };
	size_t began;

	for (int i = 0; i < FEW; i++)
		go_round(b);
	began = __sanitizer_get_current_allocated_bytes();
	for (int i = 0; i < MANY; i++)
		go_round(b);
	return __sanitizer_get_current_allocated_bytes() - began;
}

static void
test(const char *name, const char *text)
{
	struct bed *b = bed_made(text);
	size_t n = grown(b);

	say(!n, name, "grows by %zu bytes", n);
	bed_free(b);
}

int
main(void)
{
	test("a NIC", "[global]\nip-forward = yes\n"
		      "[sysctl]\nnet.ipv4.tcp_syncookies = 0\n"
		      "[nic eth0]\nmtu = 1400\nproxy-arp = yes\naddress = 192.0.2.1/24\n");
	test("one of nearly everything", bed_all);
	return say_end();
}
