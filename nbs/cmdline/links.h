/* The words that make links, or rename them. */
#ifndef CMDLINE_LINKS_H
#define CMDLINE_LINKS_H

#include "cmdline/reader.h"

void links_read_ifname(struct reader *, const char *value);
void links_read_vlan(struct reader *, const char *value);
void links_read_bond(struct reader *, const char *value);
void links_read_bridge(struct reader *, const char *value);
void links_read_team(struct reader *, const char *value);

#endif
