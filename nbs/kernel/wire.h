/*
 * Frames on a link, past the kernel's own IP: packet sockets for DHCP and
 * ARP, and the UDP port that has to be open beside them.  All descriptors do
 * not block.
 */
#ifndef KERNEL_WIRE_H
#define KERNEL_WIRE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "kernel/world.h"

/* The longest hardware address that is sent to: InfiniBand's, INFINIBAND_ALEN. */
enum { WIRE_ADDRESS = 20 };

struct wire_frame {
	uint8_t from[WIRE_ADDRESS]; /* hardware address of the sender */
	uint8_t nfrom;
	bool direct;    /* to the link's own address, not to all */
	bool offloaded; /* the checksum was left to the sender's hardware */
};

/*
 * Opens a socket for UDP to the DHCP client's port, or for ARP that speaks
 * of an address (network order), on a link that is up.  Returns it, or -1 with errno.
 */
int wire_open_dhcp(const struct world *, const struct space *, uint32_t index);
int wire_open_arp(const struct world *, const struct space *, uint32_t index, const uint8_t ip[4]);

/*
 * Opens UDP port 68 on a link: whoever has it open is why the kernel does not
 * answer the server with "port unreachable".  What arrives there is dropped, for the
 * packet socket has it, too; it is for sending.  Returns it, or -1 with errno.
 */
int wire_open_port(const struct world *, const struct space *, const char *name);

/*
 * Receives one packet without its link layer header.  Returns its length; 0
 * when it is for another VLAN or host; -1 with errno, EAGAIN when there is none.
 */
ssize_t wire_receive(int fd, void *buf, size_t size, struct wire_frame *);

/* Sends a packet of an Ethernet type to a hardware address.  0, or -1 with errno. */
int wire_send(int fd, uint32_t index, uint16_t type, const uint8_t *to, size_t nto,
	const void *packet, size_t len);

/* Sends a datagram from the port to another, from an address of the link.  0, or -1 with errno. */
int wire_send_port(int fd, uint32_t index, const uint8_t from[4], const uint8_t to[4],
	uint16_t port, void *data, size_t len);

#endif
