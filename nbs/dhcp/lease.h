/*
 * A lease: what a server said, checked, as values of one table of keys.
 * From that table come reading it from a message, the file it is kept in
 * and reading it back.  Nothing a server says is trusted: what makes no
 * sense is left out and counted, and without a usable address there is no lease.
 */
#ifndef DHCP_LEASE_H
#define DHCP_LEASE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "key/key.h"

struct message;

/*
 * The keys; .attr is the number of the option, 0 where it is no option; the
 * address has that of its mask.  Where .home is IN_NBS, no server says it: who
 * keeps the lease appends such values.
 */
extern const struct table lease_keys;

/* For ever: RFC 2131, 3.3. */
#define LEASE_FOREVER UINT32_MAX

struct lease {
	struct value *vals;     /* of lease_keys */
	uint32_t seconds;       /* it is valid for; LEASE_FOREVER */
	uint32_t renew, rebind; /* T1 and T2: renew <= rebind < seconds, or all for ever */
	struct ip address;      /* with the length of its prefix */
	struct ip server;       /* option 54 */
	unsigned dropped;       /* options that made no sense */
};

/*
 * Reads an OFFER or ACK into the arena.  Returns NULL, or why it cannot be
 * used.  told, which may be NULL, is called with each option that is left out.
 */
const char *lease_read(struct lease *, const struct message *, struct mem *,
	void (*told)(void *user, const char *what), void *user);

/*
 * Prints it as "KEY = VALUE" lines of INI, whatever bytes a server has put
 * into its strings; reads the same back from values already parsed by the table's
 * types, with the same checks.  Returns 0, or -1 when they make no lease.
 */
void lease_print(const struct lease *, FILE *);
int lease_restore(struct lease *, struct value *vals, struct mem *);

/* True when a server says the same in both, in the same order, but for the times. */
bool lease_same(const struct lease *, const struct lease *);

#endif
