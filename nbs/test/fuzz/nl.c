/*
 * Whatever datagrams come as an answer, both readers of answers end: with
 * what they were told, or for want of more.
 */
#include <fcntl.h>
#include <libmnl/libmnl.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "kernel/nl.h"

enum { MESSAGES = 3 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
on_error(void *user, const struct nl_error *e)
{
	*(size_t *)user += strlen(e->text) + (size_t)e->code;
}

static void
on_message(void *user, const struct nlmsghdr *h)
{
	const unsigned char *p = (const void *)h;

	for (uint32_t i = 0; i < h->nlmsg_len; i++)
		*(size_t *)user += p[i];
}

/* Datagrams are the input cut by two bytes of length. */
static void
answer(int fd, const uint8_t *data, size_t size)
{
	size_t n;

	while (size > 2) {
		n = data[0] | (size_t)data[1] << 8;
		n = n < size - 2 ? n : size - 2;
		if (send(fd, data + 2, n, MSG_DONTWAIT) < 0)
			return;
		data += 2 + n;
		size -= 2 + n;
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static _Alignas(16) char buf[4096];
	struct nlmsghdr *h = NULL;
	struct nl nl = { 0 };
	size_t sum = 0, len = 0;
	int pair[2];

	if (!size || socketpair(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, pair) < 0)
		return 0;
	nl.fd = pair[0];
	answer(pair[1], data + 1, size - 1);
	for (int i = 0; i < MESSAGES; i++) {
		h = mnl_nlmsg_put_header(buf + len);
		h->nlmsg_type = RTM_GETLINK;
		h->nlmsg_seq = data[0] & 1 ? ++nl.seq : 0;
		len += h->nlmsg_len;
	}
	if (data[0] & 1)
		(void)nl_batch(&nl, buf, len, h, on_error, &sum);
	else
		(void)nl_dump(&nl, h, on_message, &sum);
	(void)nl_drain(&nl);
	(void)close(pair[0]);
	(void)close(pair[1]);
	return 0;
}
