/*
 * The parts of a lease, one file each: the types of its values, what a
 * message says, and what of that makes sense.
 */
#ifndef DHCP_LEASE_PARTS_H
#define DHCP_LEASE_PARTS_H

#include "key/type.h"

struct message;

/* The rows of lease_keys. */
enum lease_row {
	ADDRESS,
	SERVER,
	SERVER_MAC,
	CLIENT_ID,
	TAKEN,
	BOOT,
	LIFETIME,
	RENEW_AFTER,
	REBIND_AFTER,
	BROADCAST,
	ROUTER,
	ROUTES,
	DNS,
	DOMAIN,
	SEARCH,
	HOSTNAME,
	NTP,
	MTU,
	ROOT_PATH,
	NEXT_SERVER,
	TFTP_SERVER,
	BOOTFILE,
	VENDOR,
	NIS_DOMAIN,
	AUTO_CONFIGURE,
	LEASE_ROWS
};

/* A route, DESTINATION[=ROUTER]: .ip, and .to in host order, which is 0 without a router. */
extern const struct type type_route;

/* The name of a host or a domain; a dot at its end is cut. */
extern const struct type type_domain;

/* Any bytes, as text: 01:02:03. */
extern const struct type type_octets;

/* Text that is not empty and has no control characters. */
extern const struct type type_clean;

/* Items of a list that are looked at: many more than anyone has use for. */
enum { LEASE_MOST = 64 };

/* Counts what is left out, and tells it. */
struct doubts {
	unsigned n;
	struct mem *mem;
	void (*told)(void *user, const char *what); /* or NULL */
	void *user;
};

/* Leaves out a value of a key, or all that is there of it (NULL); why may be NULL: it does not fit. */
void doubt(struct doubts *, const struct key *, const struct value *, const char *why);

/* The values that a message has, each by itself well-formed. */
struct value *gather_values(const struct message *, struct doubts *);

/* An address in host order. */
uint32_t judge_number(const struct ip *);

/* How long the prefix of its class is: RFC 791, 2.3.  0 when it has none. */
uint8_t judge_class(uint32_t address);

/* NULL, or why it is no host's address; own, which may be NULL, is ours with its network. */
const char *judge_host(const struct ip *own, uint32_t address);

/* A copy of what makes sense of a value, for a host of that address; NULL when nothing does. */
struct value *judge_value(
	enum lease_row, const struct ip *own, const struct value *, struct doubts *);

#endif
