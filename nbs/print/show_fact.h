/* What the table and the JSON of show have to say of a link, as text. */
#ifndef PRINT_SHOW_FACT_H
#define PRINT_SHOW_FACT_H

#include "print/show.h"

/* Its names; the namespace is "" for nbs's own. */
const char *fact_name(const struct shown *);
const char *fact_space(const struct shown *);

/* The word of nbs's for its kind, else the kernel's. */
const char *fact_kind(const struct shown *);

/* "up", "no carrier", "down" or "missing". */
const char *fact_state(const struct shown *);

/* What it stands on, which may be in another namespace, and whose port it is; NULL. */
const struct link *fact_parent(const struct shown *);
const struct link *fact_master(const struct shown *);

/* A list of what the kernel has, which is read backwards, in the kernel's order; NULL ends it. */
const struct phrase **fact_said(const struct phrase *, struct mem *);

/* An address with its prefix length; "10.0.0.1 peer 10.0.0.2/32" where it has another end. */
const char *fact_address(const struct phrase *, struct mem *);

/* Of an address: it is the kernel's own, made for the link alone (fe80::). */
bool fact_is_own(const struct phrase *);

/* The router that a route of the main table leads to, if it is a default route by this link; NULL. */
const char *fact_gateway(const struct phrase *, const struct link *, struct mem *);

/* The seconds that are left of its lease; SHOW_FOREVER. */
long long fact_left(const struct show *, const struct shown *);

#endif
