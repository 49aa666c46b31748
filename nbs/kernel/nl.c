#include "kernel/nl.h"

#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/netlink.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "key/msg.h"

/* The kernel fills at most 32 KiB of a dump at a time: netlink_recvmsg(). */
enum { RECEIVE = 65536, ROOM = 1 << 20, PATIENCE = 60 };

/* Opens a socket that belongs to some multicast groups; 0, or -1 with errno. */
static int
open_socket(struct nl *nl, uint32_t groups)
{
	const struct sockaddr_nl any = { .nl_family = AF_NETLINK, .nl_groups = groups };
	const int room = ROOM;
	int e;

	nl->seq = 0;
	if ((nl->fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE)) < 0)
		return -1;
	if (bind(nl->fd, (const struct sockaddr *)(const void *)&any, sizeof(any)) < 0) {
		e = errno;
		nl_close(nl);
		errno = e;
		return -1;
	}
	/* without it there are more overruns, which are dealt with */
	(void)setsockopt(nl->fd, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof(room));
	return 0;
}

int
nl_open(struct nl *nl)
{
	const struct timeval patience = { .tv_sec = PATIENCE };
	const int on = 1;

	if (open_socket(nl, 0) < 0)
		return -1;
	/* Without these we lose the reason for a refusal, or some time, never the refusal. */
	(void)setsockopt(nl->fd, SOL_NETLINK, NETLINK_EXT_ACK, &on, sizeof(on));
	(void)setsockopt(nl->fd, SOL_NETLINK, NETLINK_CAP_ACK, &on, sizeof(on));
	(void)setsockopt(nl->fd, SOL_NETLINK, NETLINK_GET_STRICT_CHK, &on, sizeof(on));
	(void)setsockopt(nl->fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	return 0;
}

int
nl_listen(struct nl *nl, const int *groups, size_t n)
{
	uint32_t mask = 0;

	/* a kernel without IPv6 has nothing to tell of its groups */
	for (size_t i = 0; i < n; i++)
		mask |= 1U << (groups[i] - 1);
	return open_socket(nl, mask);
}

void
nl_close(struct nl *nl)
{
	if (nl->fd >= 0)
		(void)close(nl->fd); /* nothing is left to be written */
	nl->fd = -1;
}

/* Receives one datagram of the kernel's; its length, or -1 with errno. */
static ssize_t
receive(struct nl *nl, void *buf, size_t size, int flags)
{
	struct sockaddr_nl from = { 0 };
	struct iovec iov = { buf, size };
	struct msghdr m = {
		.msg_name = &from, .msg_namelen = sizeof(from), .msg_iov = &iov, .msg_iovlen = 1
	};
	ssize_t n;

	do {
		m.msg_namelen = sizeof(from);
		n = recvmsg(nl->fd, &m, flags);
		/* only port 0 is the kernel; a process may send to us, too */
	} while ((n < 0 && errno == EINTR) ||
		 (n >= 0 && m.msg_namelen == sizeof(from) && from.nl_pid != 0));
	if (n >= 0 && m.msg_flags & MSG_TRUNC) {
		errno = ENOBUFS;
		return -1;
	}
	return n;
}

/* As mnl_nlmsg_ok(), which takes lengths beyond INT_MAX for negative ones. */
static bool
is_whole(const struct nlmsghdr *h, int left)
{
	return left >= (int)sizeof(*h) && h->nlmsg_len >= sizeof(*h) &&
	       h->nlmsg_len <= (uint32_t)left;
}

/* Reads the attributes that follow an error: NLMSGERR_ATTR_…, linux/netlink.h. */
static void
read_tlvs(const struct nlmsghdr *h, const struct nlmsgerr *err, struct nl_error *e)
{
	size_t skip = sizeof(*err);
	const struct nlattr *a;
	const char *attrs, *s;

	if (!(h->nlmsg_flags & NLM_F_ACK_TLVS))
		return;
	/* the refused message is repeated unless it was left out */
	if (!(h->nlmsg_flags & NLM_F_CAPPED) && err->msg.nlmsg_len >= sizeof(err->msg))
		skip += MNL_ALIGN(err->msg.nlmsg_len - sizeof(err->msg));
	if (NLMSG_HDRLEN + skip > h->nlmsg_len)
		return;
	attrs = (const char *)err + skip;
	if ((a = msg_find(attrs, h->nlmsg_len - NLMSG_HDRLEN - skip, NLMSGERR_ATTR_MSG))) {
		s = mnl_attr_get_payload(a);
		(void)memcpy(e->text, s,
			strnlen(s, mnl_attr_get_payload_len(a) < sizeof(e->text) - 1
					   ? mnl_attr_get_payload_len(a)
					   : sizeof(e->text) - 1));
	}
	if ((a = msg_find(attrs, h->nlmsg_len - NLMSG_HDRLEN - skip, NLMSGERR_ATTR_OFFS)) &&
		mnl_attr_get_payload_len(a) >= sizeof(uint32_t))
		e->offset = mnl_attr_get_u32(a);
}

/* Reads an error or acknowledgement; -1 when it is cut short. */
static int
read_error(const struct nlmsghdr *h, struct nl_error *e)
{
	const struct nlmsgerr *err = mnl_nlmsg_get_payload(h);

	*e = (struct nl_error) { .seq = h->nlmsg_seq };
	if (h->nlmsg_len < NLMSG_HDRLEN + sizeof(*err)) {
		e->code = EBADMSG;
		return -1;
	}
	e->code = err->error < 0 && err->error > -4096 ? -err->error : err->error ? EBADMSG : 0;
	read_tlvs(h, err, e);
	return 0;
}

/* A dump that fails half way ends like any other, but for a number: netlink_dump_done(). */
static int
read_done(const struct nlmsghdr *h)
{
	int code;

	if (h->nlmsg_len < NLMSG_HDRLEN + sizeof(code))
		return 0;
	(void)memcpy(&code, mnl_nlmsg_get_payload(h), sizeof(code));
	return code < 0 && code > -4096 ? -code : 0;
}

int
nl_batch(struct nl *nl, void *buf, size_t len, struct nlmsghdr *last,
	void (*failed)(void *user, const struct nl_error *), void *user)
{
	static _Alignas(NLMSG_ALIGNTO) char answer[RECEIVE];
	const uint32_t first = ((const struct nlmsghdr *)buf)->nlmsg_seq;
	const struct nlmsghdr *h;
	struct nl_error e;
	bool done = false;
	ssize_t got;
	int left;

	last->nlmsg_flags |= NLM_F_ACK;
	if (send(nl->fd, buf, len, 0) < 0)
		return -1;
	while (!done) {
		if ((got = receive(nl, answer, sizeof(answer), 0)) < 0)
			return -1;
		left = (int)got;
		for (h = (const void *)answer; is_whole(h, left); h = mnl_nlmsg_next(h, &left)) {
			/* a late answer to an earlier request is not for us */
			if (h->nlmsg_type != NLMSG_ERROR ||
				h->nlmsg_seq - first > last->nlmsg_seq - first)
				continue;
			if (read_error(h, &e) < 0 || e.code)
				failed(user, &e);
			done = done || h->nlmsg_seq == last->nlmsg_seq;
		}
	}
	return 0;
}

int
nl_dump(struct nl *nl, struct nlmsghdr *request, void (*each)(void *user, const struct nlmsghdr *),
	void *user)
{
	static _Alignas(NLMSG_ALIGNTO) char answer[RECEIVE];
	const struct nlmsghdr *h;
	struct nl_error e = { 0 };
	bool done = false, overtaken = false;
	ssize_t got;
	int left;

	request->nlmsg_seq = ++nl->seq;
	if (send(nl->fd, request, request->nlmsg_len, 0) < 0)
		return -1;
	while (!done) {
		if ((got = receive(nl, answer, sizeof(answer), 0)) < 0)
			return -1;
		left = (int)got;
		for (h = (const void *)answer; !done && is_whole(h, left);
			h = mnl_nlmsg_next(h, &left)) {
			if (h->nlmsg_seq != request->nlmsg_seq)
				continue;
			overtaken = overtaken || h->nlmsg_flags & NLM_F_DUMP_INTR;
			if (h->nlmsg_type == NLMSG_ERROR)
				(void)read_error(h, &e); /* the code is set whatever comes back */
			else if (h->nlmsg_type == NLMSG_DONE)
				e.code = read_done(h);
			else if (h->nlmsg_type >= NLMSG_MIN_TYPE)
				each(user, h);
			done = h->nlmsg_type == NLMSG_ERROR || h->nlmsg_type == NLMSG_DONE ||
			       !(h->nlmsg_flags & NLM_F_MULTI);
		}
	}
	errno = e.code ? e.code : EAGAIN;
	return e.code || overtaken ? -1 : 0;
}

unsigned
nl_drain(struct nl *nl)
{
	static _Alignas(NLMSG_ALIGNTO) char answer[RECEIVE];
	unsigned n = 0;

	if (nl->fd < 0)
		return 0;
	/* an overrun is news, too: what follows is looked at whole anyway */
	while (receive(nl, answer, sizeof(answer), MSG_DONTWAIT) >= 0 || errno == ENOBUFS)
		n++;
	return n;
}
