/* Addresses, routes, rules, neighbours and forwarding entries as ip(8) and bridge(8) have them. */
#ifndef PRINT_IPSAID_H
#define PRINT_IPSAID_H

#include <stdbool.h>

struct origin;
struct phrase;
struct sh;

/* Adds it; or takes it away: then only what tells it from others is said. */
void ipsaid_put(struct sh *, const struct phrase *, const char *verb, const struct origin *);

#endif
