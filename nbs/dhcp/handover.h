/*
 * A lease in the words of klibc's ipconfig, for the scripts of an initramfs
 * that source them: every value is quoted against every byte.
 */
#ifndef DHCP_HANDOVER_H
#define DHCP_HANDOVER_H

#include <stdio.h>

struct lease;

/* Prints it: DEVICE='eth0', PROTO='dhcp', IPV4ADDR=… as initramfs-tools and cloud-init read them. */
void handover_print(FILE *, const char *device, const struct lease *);

#endif
