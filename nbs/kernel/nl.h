/*
 * Netlink sockets: many messages a send, errors matched to them by
 * sequence number, extended acknowledgements, and dumps that notice when
 * they were cut short or overtaken.
 */
#ifndef KERNEL_NL_H
#define KERNEL_NL_H

#include <stddef.h>
#include <stdint.h>

struct nlmsghdr;

struct nl {
	int fd; /* -1: not open */
	uint32_t seq;
};

/* Why the kernel refused a message. */
struct nl_error {
	uint32_t seq;
	int code;        /* an errno value */
	uint32_t offset; /* into the message, of the attribute at fault; 0: not told */
	char text[160];  /* the kernel's own words; "" if it has none */
};

/* Opens a NETLINK_ROUTE socket in the present namespace.  0, or -1 with errno. */
int nl_open(struct nl *);
void nl_close(struct nl *);

/* Opens one that hears of some groups, RTNLGRP_… up to 32, linux/rtnetlink.h.  0, or -1 with errno. */
int nl_listen(struct nl *, const int *groups, size_t n);

/*
 * Sends the messages in buf at once and waits until the kernel is through
 * with the last, which asks for an acknowledgement.  Their sequence numbers
 * are consecutive and end with nl->seq.  failed is called for each that was
 * refused.  Returns 0, or -1 with errno; ENOBUFS: answers were lost.
 */
int nl_batch(struct nl *, void *buf, size_t len, struct nlmsghdr *last,
	void (*failed)(void *user, const struct nl_error *), void *user);

/*
 * Sends one request and hands each message of the answer to each.  Returns
 * 0, or -1 with errno; EAGAIN: the answer was overtaken by a change, ENOBUFS:
 * parts of it were lost; ask again.
 */
int nl_dump(struct nl *, struct nlmsghdr *request,
	void (*each)(void *user, const struct nlmsghdr *), void *user);

/* Throws away what has been received so far; returns how many messages it was. */
unsigned nl_drain(struct nl *);

#endif
