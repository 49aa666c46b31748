/*
 * IPv4 and UDP headers around a DHCP message, as packet sockets need them:
 * RFC 791, 768, 1071.
 */
#ifndef DHCP_UDP_H
#define DHCP_UDP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes before the payload. */
enum { UDP_HEAD = 28 };

/* Both ends; addresses in network order, ports in host order. */
struct udp_ends {
	uint8_t from[4], to[4];
	uint16_t from_port, to_port;
};

/*
 * Writes both headers before a payload of n bytes that stands at buf +
 * UDP_HEAD.  Returns the length of the packet.
 */
size_t udp_wrap(uint8_t *buf, const struct udp_ends *, size_t n);

/*
 * Checks both headers of a packet: version, lengths, no fragment, UDP, the
 * checksums (but not UDP's where offloaded says that the sender's hardware was
 * to fill it in, or where it is 0), the client's port.  Returns NULL, or why it
 * is dropped.
 */
const char *udp_unwrap(const uint8_t *packet, size_t len, bool offloaded, struct udp_ends *,
	const uint8_t **payload, size_t *n);

#endif
