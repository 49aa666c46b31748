/* The route to an address's own network, which the kernel makes with the address. */
#ifndef DIFF_NETWORK_H
#define DIFF_NETWORK_H

#include "diff/parts.h"

/* True when an address that is there should have such a route, and somebody took it away. */
bool network_lost(const struct diff *, const struct phrase *address);

#endif
