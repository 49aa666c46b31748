/* ip= and what belongs to it, in every dialect. */
#ifndef CMDLINE_IP_H
#define CMDLINE_IP_H

#include "cmdline/reader.h"

void ip_read(struct reader *, const char *value);  /* ip=, nfsaddrs= */
void ip_read6(struct reader *, const char *value); /* ip6= */

/* True when an ip= names the device that it is for. */
bool ip_is_named(struct mem *, const char *value);

#endif
