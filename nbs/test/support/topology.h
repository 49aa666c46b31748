/* Files of links on links, by chance: the same number gives the same file. */
#ifndef TEST_SUPPORT_TOPOLOGY_H
#define TEST_SUPPORT_TOPOLOGY_H

struct mem;

/* Over eth0 to eth3; every line says what would not hold without it. */
const char *topology(struct mem *, unsigned seed);

#endif
