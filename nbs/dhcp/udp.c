#include "dhcp/udp.h"

#include <netinet/in.h>
#include <string.h>

#include "dhcp/message.h"
#include "key/type.h"

/* Fields of the IPv4 header, RFC 791, 3.1. */
enum {
	VERSION_IHL = 0,
	TOTAL = 2,
	FRAGMENT = 6,
	TTL = 8,
	PROTOCOL = 9,
	HEAD_SUM = 10,
	SOURCE = 12,
	DESTINATION = 16,
	IP_HEAD = 20,
};

/* Fields of the UDP header, RFC 768. */
enum { FROM_PORT = 0, TO_PORT = 2, UDP_LENGTH = 4, UDP_SUM = 6, UDP_ONLY = 8 };

enum { DONT_FRAGMENT = 0x4000, MORE_OR_OFFSET = 0x3fff }; /* RFC 791, 3.1 */
enum { HOPS = 64 };                                       /* RFC 1700, "IP time to live" */

static uint16_t
get16(const uint8_t *b)
{
	return (uint16_t)type_decode(&type_be16, b);
}

static void
put16(uint8_t *b, size_t n)
{
	(void)type_encode(&type_be16, n, b);
}

/* The sum of RFC 1071, not yet inverted; from is that of what stands before. */
static uint16_t
sum(uint32_t from, const uint8_t *b, size_t n)
{
	for (; n > 1; b += 2, n -= 2) {
		from += get16(b);
		from = (from & 0xffff) + (from >> 16);
	}
	if (n)
		from += (uint32_t)*b << 8;
	return (uint16_t)((from & 0xffff) + (from >> 16));
}

/* What UDP's sum begins with: the addresses, the protocol, the length (RFC 768). */
static uint16_t
pseudo(const uint8_t *ip, size_t n)
{
	uint8_t b[4] = { 0, IPPROTO_UDP, (uint8_t)(n >> 8), (uint8_t)n };

	return sum(sum(0, ip + SOURCE, 8), b, sizeof(b));
}

static void
put_udp(uint8_t *udp, const uint8_t *ip, const struct udp_ends *e, size_t n)
{
	uint16_t inverted;

	(void)memset(udp, 0, UDP_ONLY);
	put16(udp + FROM_PORT, e->from_port);
	put16(udp + TO_PORT, e->to_port);
	put16(udp + UDP_LENGTH, n);
	inverted = (uint16_t)~sum(pseudo(ip, n), udp, n);
	put16(udp + UDP_SUM, inverted ? inverted : 0xffff); /* 0 says that there is none */
}

size_t
udp_wrap(uint8_t *buf, const struct udp_ends *e, size_t n)
{
	(void)memset(buf, 0, IP_HEAD);
	buf[VERSION_IHL] = 4 << 4 | IP_HEAD / 4;
	put16(buf + TOTAL, UDP_HEAD + n);
	/* what is never cut needs no identification: RFC 6864, 4.1 */
	put16(buf + FRAGMENT, DONT_FRAGMENT);
	buf[TTL] = HOPS;
	buf[PROTOCOL] = IPPROTO_UDP;
	(void)memcpy(buf + SOURCE, e->from, sizeof(e->from));
	(void)memcpy(buf + DESTINATION, e->to, sizeof(e->to));
	put16(buf + HEAD_SUM, (uint16_t)~sum(0, buf, IP_HEAD));
	put_udp(buf + IP_HEAD, buf, e, UDP_ONLY + n);
	return UDP_HEAD + n;
}

/* Checks the IPv4 header; *head and *total are its length and the packet's. */
static const char *
check_ip(const uint8_t *b, size_t len, size_t *head, size_t *total)
{
	if (len < IP_HEAD)
		return "too short for IPv4";
	*head = (b[VERSION_IHL] & (size_t)0xf) * 4;
	*total = get16(b + TOTAL);
	if (b[VERSION_IHL] >> 4 != 4)
		return "not IPv4";
	/* what comes behind is the padding of a short frame */
	if (*head < IP_HEAD || *total < *head || *total > len)
		return "a wrong length in the IPv4 header";
	if (sum(0, b, *head) != 0xffff)
		return "a wrong IPv4 checksum";
	if (get16(b + FRAGMENT) & MORE_OR_OFFSET)
		return "a fragment";
	if (b[PROTOCOL] != IPPROTO_UDP)
		return "not UDP";
	return NULL;
}

static const char *
check_udp(const uint8_t *udp, size_t room, const uint8_t *ip, bool offloaded)
{
	size_t n;

	if (room < UDP_ONLY)
		return "too short for UDP";
	n = get16(udp + UDP_LENGTH);
	if (n < UDP_ONLY || n > room)
		return "a wrong length in the UDP header";
	if (get16(udp + TO_PORT) != CLIENT_PORT)
		return "not to the client's port";
	if (!offloaded && get16(udp + UDP_SUM) && sum(pseudo(ip, n), udp, n) != 0xffff)
		return "a wrong UDP checksum";
	return NULL;
}

const char *
udp_unwrap(const uint8_t *packet, size_t len, bool offloaded, struct udp_ends *e,
	const uint8_t **payload, size_t *n)
{
	size_t head, total;
	const uint8_t *udp;
	const char *why;

	if ((why = check_ip(packet, len, &head, &total)))
		return why;
	udp = packet + head;
	if ((why = check_udp(udp, total - head, packet, offloaded)))
		return why;
	(void)memcpy(e->from, packet + SOURCE, sizeof(e->from));
	(void)memcpy(e->to, packet + DESTINATION, sizeof(e->to));
	e->from_port = get16(udp + FROM_PORT);
	e->to_port = get16(udp + TO_PORT);
	*payload = udp + UDP_ONLY;
	*n = get16(udp + UDP_LENGTH) - (size_t)UDP_ONLY;
	return NULL;
}
