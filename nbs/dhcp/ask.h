/*
 * What a client of one link asks a server: who it is, which options it
 * wants, and the request that goes with each step of its states.
 */
#ifndef DHCP_ASK_H
#define DHCP_ASK_H

#include "dhcp/client.h"
#include "dhcp/lease.h"
#include "dhcp/message.h"
#include "model/model.h"

/* Who asks; from the link that the kernel has. */
struct identity {
	uint8_t htype, hlen; /* ARPHRD_…; for InfiniBand hlen is 0: RFC 4390 */
	uint8_t chaddr[16];
	uint8_t id[255]; /* option 61 */
	size_t nid;
	bool broadcast;  /* answers have to come by broadcast */
	uint8_t all[32]; /* the hardware address of everybody */
	size_t nall;
};

/* Fills it in; -1, and it is left alone, when the link has no address that DHCP knows. */
int ask_identity(struct identity *, const struct link *);

/* Gives it another client id: bytes in hexadecimal with colons. */
void ask_identity_as(struct identity *, const char *id);

/* The client id as text: bytes in hexadecimal with colons. */
char *ask_id_text(const struct identity *, struct mem *);

/* What a request is about. */
struct question {
	const struct link *link;
	const struct identity *who;
	const struct client *client;
	const struct lease *lease; /* offered, held or remembered; NULL for none */
	const char *hostname;      /* of the host, or NULL */
	long long now;
};

/*
 * Writes the message for a step that sends one; its length, 0 for other steps.
 * *direct is set where it goes to the server alone: renewing and releasing.
 */
size_t ask_write(uint8_t *buf, size_t size, const struct question *, enum client_do, bool *direct);

/* True when the link's dhcp-server refuses a server; and when it prefers others. */
bool ask_refuses(const struct link *, const struct ip *server);
bool ask_prefers_others(const struct link *, const struct ip *server);

#endif
