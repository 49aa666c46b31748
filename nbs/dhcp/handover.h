/*
 * A lease in the words of klibc's ipconfig, and of Ubuntu's initramfs-tools
 * for IPv6, for the scripts of an initramfs that source them: every value is
 * quoted against every byte.
 */
#ifndef DHCP_HANDOVER_H
#define DHCP_HANDOVER_H

#include <stdbool.h>
#include <stdio.h>

struct ip;
struct lease;
struct link;
struct mem;
struct model;

/*
 * Prints the lease of a link: DEVICE='eth0', PROTO='dhcp', IPV4ADDR=… as
 * initramfs-tools and cloud-init read them; PROTO='none' where no server gave it.
 */
void handover_print(FILE *, const struct link *, const struct lease *);

/* The same of IPv6, which nobody leased: DEVICE6='eth0', IPV6PROTO='none', IPV6ADDR=… */
void handover_print6(FILE *, const struct link *, const struct lease *);

/*
 * The first address of a family that a link has of the files and others can
 * reach it by; there: that the kernel has, too.  NULL where there is none.
 */
const struct ip *handover_address(const struct link *, int family, bool there);

/*
 * Makes a lease, without a server, of what the files say of a link whose
 * address is there.  False where it has none of the family of theirs.
 */
bool handover_gather(
	struct lease *, const struct model *want, const struct link *, int family, struct mem *);

#endif
