/*
 * A lease in the words of klibc's ipconfig, for the scripts of an initramfs
 * that source them: every value is quoted against every byte.
 */
#ifndef DHCP_HANDOVER_H
#define DHCP_HANDOVER_H

#include <stdbool.h>
#include <stdio.h>

struct lease;
struct link;
struct mem;
struct model;

/*
 * Prints the lease of a link: DEVICE='eth0', PROTO='dhcp', IPV4ADDR=… as
 * initramfs-tools and cloud-init read them; PROTO='none' where no server gave it.
 */
void handover_print(FILE *, const struct link *, const struct lease *);

/*
 * Makes a lease, without a server, of what the files say of a link whose
 * address is there.  False where it has no IPv4 address of theirs.
 */
bool handover_gather(struct lease *, const struct model *want, const struct link *, struct mem *);

#endif
