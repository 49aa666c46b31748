/* Leases made by hand, where no server has any part in it. */
#ifndef TEST_SUPPORT_LEND_H
#define TEST_SUPPORT_LEND_H

#include "dhcp/lease.h"

struct mem;

/* 192.0.2.5/24 of 192.0.2.1 for an hour, and what lines of KEY = VALUE say; the last one counts. */
struct lease *lend(struct mem *, const char *lines);

/* Sets a text of a lease, or appends one to a list of texts, unread: whatever bytes it has. */
void lend_raw(struct lease *, const char *key, const char *text, struct mem *);

#endif
