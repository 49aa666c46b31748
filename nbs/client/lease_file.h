/*
 * Where leases are kept: /run/nbs/leases/NETNS/NAME for the next nbs, and
 * /run/net-NAME.conf for who comes after it.  nbs's own namespace is the
 * folder ":", which no namespace can be called.
 */
#ifndef CLIENT_LEASE_FILE_H
#define CLIENT_LEASE_FILE_H

#include "dhcp/lease.h"
#include "model/model.h"

extern const char lease_folder[];

/* The path of a link's file; in the arena. */
char *lease_file_path(const char *space, const char *name, struct mem *);

/* The path of the file for who comes after it; in the arena. */
char *lease_file_handover(const char *name, struct mem *);
char *lease_file_handover6(const char *name, struct mem *); /* of IPv6 */

/* Sets one of the values that nbs adds to what a server said. */
void lease_file_set(struct lease *, const char *key, const char *text, struct mem *);

/*
 * Writes both files.  Returns 0, or -1 with errno: what the lease is good for
 * does not depend on it.
 */
int lease_file_write(const struct link *, const struct lease *, struct mem *);

/* What the lease's own file holds. */
char *lease_file_text(const struct link *, const struct lease *, struct mem *);

/*
 * Reads it back, or where text is not NULL that in its place.  Returns 0, or -1 when
 * there is none, or none that makes sense.
 */
int lease_file_read(const char *path, const char *text, struct lease *, struct mem *);

/*
 * Reads that of a link, if there is one of this boot: the times of another mean nothing.
 * False without one.
 */
bool lease_file_holds(const struct link *, struct lease *, struct mem *);

/* Takes both files away. */
void lease_file_remove(const char *space, const char *name, struct mem *);

/* The boot that times are counted from. */
const char *lease_file_boot(struct mem *);

#endif
