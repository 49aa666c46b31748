/*
 * DHCPv4 messages, RFC 2131 and 2132: taken apart with every length
 * checked, and written.  No socket, no clock, no file.
 */
#ifndef DHCP_MESSAGE_H
#define DHCP_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct mem;

/* Option 53, RFC 2132, 9.6. */
enum message_type { DISCOVER = 1, OFFER, REQUEST, DECLINE, ACK, NAK, RELEASE, INFORM };

/* Options by number: RFC 2132, and where it is told. */
enum option {
	OPTION_PAD = 0,
	OPTION_MASK = 1,
	OPTION_ROUTER = 3,
	OPTION_DNS = 6,
	OPTION_HOSTNAME = 12,
	OPTION_DOMAIN = 15,
	OPTION_ROOT_PATH = 17,
	OPTION_MTU = 26,
	OPTION_BROADCAST = 28,
	OPTION_STATIC_ROUTES = 33,
	OPTION_NIS_DOMAIN = 40,
	OPTION_NTP = 42,
	OPTION_VENDOR = 43,
	OPTION_ADDRESS = 50,
	OPTION_LEASE_TIME = 51,
	OPTION_OVERLOAD = 52,
	OPTION_TYPE = 53,
	OPTION_SERVER = 54,
	OPTION_PARAMETERS = 55,
	OPTION_TEXT = 56,
	OPTION_MAX_SIZE = 57,
	OPTION_T1 = 58,
	OPTION_T2 = 59,
	OPTION_CLASS = 60,
	OPTION_CLIENT_ID = 61,
	OPTION_TFTP_SERVER = 66,
	OPTION_BOOTFILE = 67,
	OPTION_USER_CLASS = 77,      /* RFC 3004 */
	OPTION_RAPID_COMMIT = 80,    /* RFC 4039 */
	OPTION_FQDN = 81,            /* RFC 4702 */
	OPTION_AUTO_CONFIGURE = 116, /* RFC 2563 */
	OPTION_SEARCH = 119,         /* RFC 3397 */
	OPTION_ROUTES = 121,         /* RFC 3442 */
	OPTION_MS_ROUTES = 249,      /* the same, as older Windows asks for it */
	OPTION_END = 255,
};

/* Ports, RFC 2131, 4.1. */
enum { SERVER_PORT = 67, CLIENT_PORT = 68 };

/* The largest message: what a packet of 1500 bytes has left after IP and UDP. */
enum { MESSAGE_MAX = 1472 };

/* Bytes of any option or name of the client's own. */
struct blob {
	const uint8_t *b;
	size_t n;
};

/* A message from a server.  Addresses are in network order, as in the packet. */
struct message {
	enum message_type type;
	uint32_t xid; /* in host order */
	uint8_t ciaddr[4], yiaddr[4], siaddr[4], giaddr[4];
	uint8_t htype, hlen;
	uint8_t chaddr[16];
	uint16_t secs;
	bool broadcast;
	bool no_type;            /* a BOOTP reply without option 53: the type is ACK */
	struct blob sname, file; /* as fields; empty where they hold options (52) */
	struct blob parts[3];    /* where options stand, in the order of RFC 3396, 5 */
};

/*
 * Takes a message apart; it points into the bytes.  Returns NULL, or why it
 * is none: too short, not a reply, no magic cookie, an option longer than what
 * is left, an unknown type.  Whose it is, by xid and chaddr, is the caller's to see.
 */
const char *message_read(struct message *, const uint8_t *bytes, size_t len);

/*
 * An option, all its parts joined (RFC 3396), in the arena where there are
 * several; .b is NULL when it is not there.
 */
struct blob message_option(const struct message *, enum option, struct mem *);

/* What a client writes into a message.  Empty blobs and zeros are left out. */
struct request {
	enum message_type type;
	uint32_t xid;        /* in host order */
	uint16_t secs;       /* since it began to ask */
	bool broadcast;      /* the server is to answer by broadcast */
	bool rapid;          /* RFC 4039 */
	bool auto_configure; /* asks whether it may: RFC 2563 */
	uint8_t htype, hlen; /* ARPHRD_…; for InfiniBand hlen is 0 and chaddr empty (RFC 4390) */
	uint8_t chaddr[16];
	uint8_t ciaddr[4];
	uint8_t address[4]; /* option 50 */
	uint8_t server[4];  /* option 54 */
	struct blob client_id, hostname, class, user_class, parameters;
	struct blob fqdn;  /* as text; a name without a dot is no whole one (RFC 4702, 2.3) */
	uint16_t max_size; /* option 57 */
	const char *text;  /* option 56: why it declines */
};

/*
 * Writes it: a BOOTP message of at least 300 bytes (RFC 1542, 2.1), fqdn as
 * option 81 with flags S and E, user_class as one class of option 77.
 * Returns its length; 0 when it does not fit, or fqdn is no name.
 */
size_t message_write(uint8_t *buf, size_t size, const struct request *);

#endif
