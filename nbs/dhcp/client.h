/*
 * The states of a DHCPv4 client, RFC 2131, 4.4 and its figure 5.  What
 * happened goes in, what to do comes out; no socket, no clock, no random
 * number of its own.  All times are milliseconds of CLOCK_BOOTTIME.
 */
#ifndef DHCP_CLIENT_H
#define DHCP_CLIENT_H

#include <stdbool.h>
#include <stdint.h>

enum client_state {
	HALTED, /* no carrier, or not wanted */
	INIT,   /* waits before it begins anew: after a DECLINE, or NAKs in a row */
	SELECTING,
	REQUESTING,
	REBOOTING, /* asks for the address that it remembers */
	BOUND,
	RENEWING,
	REBINDING,
	CLIENT_STATES
};

enum client_event {
	GOT_CARRIER, /* the link carries, and nothing is remembered */
	CAME_BACK,   /* it carries, and there is a lease to ask for again */
	TAKEN_OVER,  /* it carries, and an unexpired lease is taken over from another nbs */
	LOST_CARRIER,
	GOT_OFFER, /* a usable one */
	GOT_ACK,   /* a usable one, for what was asked; see client_lease */
	GOT_NAK,
	GOT_CONFLICT, /* somebody else has the address: RFC 5227 */
	STOPPED,      /* no longer wanted */
	/* From client_tick only: */
	RESEND,
	GAVE_UP, /* has sent as often as makes sense */
	T1_CAME,
	T2_CAME,
	EXPIRED,
	CLIENT_EVENTS
};

enum client_do {
	NOTHING,
	SEND_DISCOVER,
	SEND_REQUEST,      /* for the offer: option 50 and 54 */
	SEND_REBOOT,       /* for the remembered address: option 50, no 54 */
	SEND_RENEW,        /* to the server, ciaddr set */
	SEND_REBIND,       /* to all, ciaddr set */
	TAKE_LEASE,        /* what the ACK says holds */
	DROP_LEASE,        /* it no longer holds */
	DROP_AND_DISCOVER, /* both */
	DROP_AND_DECLINE,  /* the address is somebody else's: send a DECLINE */
	DROP_AND_RELEASE,  /* send a RELEASE */
};

/* All zeros is how one begins: HALTED, and nothing leased. */
struct client {
	enum client_state state;
	uint32_t xid;    /* never 0 in what is sent */
	long long began; /* when it began to ask: for "secs" */
	long long sent;  /* when the last message went out: where a lease begins, RFC 2131, 4.4.1 */
	long long discovered; /* when the last DISCOVER did: its REQUEST has the same "secs" */
	unsigned tries;       /* messages sent in this state */
	unsigned naks;        /* in a row */
	unsigned wait;        /* for an answer to the last message, before jitter */
	long long timer;      /* when to send again, or to give up; CLIENT_NEVER */
	bool leased;          /* there is a lease that has not expired, in whatever state */
	long long start, t1, t2, end; /* of it; end is CLIENT_NEVER when it is for ever */
};

#define CLIENT_NEVER INT64_MAX

/*
 * Takes an event.  noise is any random number: jitter, and the next xid.
 * What does not fit the state is ignored, as RFC 2131 asks.
 */
enum client_do client_on(struct client *, enum client_event, long long now, uint32_t noise);

/* The time at which client_tick is due; CLIENT_NEVER. */
long long client_next(const struct client *);

/* Takes the passing of time; call it again until it gives NOTHING. */
enum client_do client_tick(struct client *, long long now, uint32_t noise);

/*
 * Sets the times of a lease, to be called before GOT_ACK or TAKEN_OVER: when it began, and
 * seconds from there; UINT32_MAX is for ever.  A bound client ignores it as it does the ACK.
 * Who remembers a lease while there is no carrier says so in .leased, and it expires in its time.
 */
void client_lease(struct client *, long long start, uint32_t t1, uint32_t t2, uint32_t seconds);

/* Seconds since it began to ask, as "secs" has them: at most 65535. */
uint16_t client_secs(const struct client *, long long now);

/* The state in words: "selecting", … */
const char *client_word(enum client_state);

#endif
