/*
 * The namespaces nbs works in, with the sockets it keeps in each.  A
 * socket belongs to the namespace it was opened in, whatever comes after.
 */
#ifndef KERNEL_WORLD_H
#define KERNEL_WORLD_H

#include <stdbool.h>

#include "kernel/nl.h"

struct mem;
struct obstacle;

struct space {
	struct space *next;
	char *name;       /* "" is nbs's own */
	int fd;           /* of the namespace; -1 where /proc does not tell */
	bool used;        /* since world_sweep */
	struct nl talk;   /* requests */
	struct nl events; /* what changes; not open before somebody listens */
};

struct world {
	struct space *spaces; /* the first is nbs's own */
	unsigned most;        /* messages a send */
	bool listens;         /* to what changes */
	bool stats;           /* without statistics, the kernel leaves out more than them */
	bool patient;         /* what is better done a little later is: see phy.h */
	long long again;      /* when that is to be looked at again; 0: it is not */
	struct waited *waited;
};

/* True when the process may change the network: CAP_NET_ADMIN. */
bool world_allowed(void);

/* Opens nbs's own namespace.  0, or -1 with errno. */
int world_open(struct world *);

/* Listens from now on to what changes in all namespaces.  0, or -1 with errno. */
int world_listen(struct world *);

/* Closes those that nobody has looked for since the last time: an open one lives on when it is deleted. */
void world_sweep(struct world *);

/* Finds a namespace, opening it if it is there; NULL with errno if not. */
struct space *world_space(struct world *, const char *name);

/* What stands at /run/netns/NAME and is no namespace, in an arena; NULL: there is none. */
struct obstacle *world_obstacle(const char *name, struct mem *);

/* Makes /run/netns/NAME as "ip netns add" does.  0, or -1 with errno. */
int world_make(struct world *, const char *name);

/* Takes it away.  0, or -1 with errno. */
int world_drop(struct world *, const char *name);

/* Goes into a namespace, and back into nbs's own.  0, or -1 with errno. */
int world_enter(const struct world *, const struct space *);
int world_leave(const struct world *);

#endif
