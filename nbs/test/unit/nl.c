/*
 * Answers of the kernel made by hand, over a pair of plain sockets: late,
 * foreign, cut short, overtaken, refused; and whose line a refusal is.
 */
#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/rtnetlink.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "kernel/nl.h"
#include "test/support/say.h"

enum { SIZE = 8192, FIRST = 100, MOST = 16 };

/* What an answer is made of; it ends in a message of length 0. */
struct part {
	uint16_t type, flags;
	uint32_t seq;
	int code; /* of an error, or of the end of a dump */
	const char *text;
	uint32_t offset;
	uint32_t repeated; /* bytes of the refused message that are told again */
	uint32_t len;      /* said to be so long; 0: as it is */
	bool next;         /* begins another datagram */
	bool stranger;     /* of which is sent by a process */
};

static struct {
	int kernel, stranger; /* what answers */
	struct nl nl;
} wire;

/* What has come out of nl. */
static char told[SIZE];

/* A socket that has a name, of the system's choice or this one. */
static int
named(const struct sockaddr_un *name, socklen_t len)
{
	const struct sockaddr_un any = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (!name) {
		name = &any;
		len = sizeof(sa_family_t);
	}
	if (fd < 0 || bind(fd, (const struct sockaddr *)name, len) < 0)
		_exit(1);
	return fd;
}

static void
join(int from, int to)
{
	struct sockaddr_un name;
	socklen_t len = sizeof(name);

	if (getsockname(to, (struct sockaddr *)&name, &len) < 0 ||
		connect(from, (struct sockaddr *)&name, len) < 0)
		_exit(1);
}

static void
open_wire(void)
{
	/* as long as a netlink address, so that it is looked at as one */
	const struct sockaddr_un stranger = { .sun_family = AF_UNIX, .sun_path = "\0stranger!" };
	const struct timeval patience = { .tv_usec = 20000 };

	wire.nl = (struct nl) { .fd = named(NULL, 0), .seq = FIRST };
	wire.kernel = named(NULL, 0);
	wire.stranger = named(&stranger, sizeof(struct sockaddr_nl));
	join(wire.kernel, wire.nl.fd);
	join(wire.stranger, wire.nl.fd);
	(void)setsockopt(wire.nl.fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	told[0] = '\0';
}

static void
close_wire(void)
{
	nl_close(&wire.nl);
	(void)close(wire.kernel);
	(void)close(wire.stranger);
}

static void
put_error(struct nlmsghdr *h, const struct part *p)
{
	struct nlmsgerr *e = mnl_nlmsg_put_extra_header(h, sizeof(*e));

	e->error = -p->code;
	e->msg.nlmsg_len = sizeof(e->msg) + p->repeated;
	e->msg.nlmsg_seq = p->seq;
	if (p->repeated)
		(void)memset(mnl_nlmsg_put_extra_header(h, p->repeated), 0xee, p->repeated);
	if (!p->text && !p->offset)
		return;
	h->nlmsg_flags |= NLM_F_ACK_TLVS;
	if (!p->repeated)
		h->nlmsg_flags |= NLM_F_CAPPED;
	if (p->text)
		mnl_attr_put_strz(h, NLMSGERR_ATTR_MSG, p->text);
	if (p->offset)
		mnl_attr_put_u32(h, NLMSGERR_ATTR_OFFS, p->offset);
}

static size_t
put_part(char *at, const struct part *p)
{
	struct nlmsghdr *h = mnl_nlmsg_put_header(at);
	size_t len;

	h->nlmsg_type = p->type;
	h->nlmsg_flags = p->flags;
	h->nlmsg_seq = p->seq;
	if (p->type == NLMSG_ERROR)
		put_error(h, p);
	else if (p->type == NLMSG_DONE)
		*(int *)mnl_nlmsg_put_extra_header(h, sizeof(int)) = -p->code;
	len = MNL_ALIGN(h->nlmsg_len);
	if (p->len)
		h->nlmsg_len = p->len;
	return len;
}

/* Answers beforehand: what is asked is not looked at. */
static void
answer(const struct part *parts)
{
	static _Alignas(16) char buf[SIZE];
	size_t len = 0;

	for (const struct part *p = parts; p->type; p++) {
		len += put_part(buf + len, p);
		if (p[1].type && !p[1].next)
			continue;
		if (send(p->stranger ? wire.stranger : wire.kernel, buf, len, 0) < 0)
			_exit(1);
		len = 0;
	}
	join(wire.nl.fd, wire.kernel); /* from now on only the kernel could send */
}

static void
note_error(void *user, const struct nl_error *e)
{
	char *end = told + strlen(told);

	(void)user;
	(void)snprintf(end, (size_t)(told + sizeof(told) - end), "%u: %s%s%s%s at %u\n",
		e->seq - FIRST,
		e->code == EINVAL    ? "EINVAL"
		: e->code == EEXIST  ? "EEXIST"
		: e->code == EBADMSG ? "EBADMSG"
				     : "?",
		*e->text ? " '" : "", e->text, *e->text ? "'" : "", e->offset);
}

static void
note_message(void *user, const struct nlmsghdr *h)
{
	char *end = told + strlen(told);

	(void)user;
	(void)snprintf(end, (size_t)(told + sizeof(told) - end), "message %u\n", h->nlmsg_type);
}

static const char *
result(int r, int e)
{
	return !r                ? "0"
	       : e == EAGAIN     ? "EAGAIN"
	       : e == ENOBUFS    ? "ENOBUFS"
	       : e == EINVAL     ? "EINVAL"
	       : e == EOPNOTSUPP ? "EOPNOTSUPP"
	       : e == EBADMSG    ? "EBADMSG"
	                         : "?";
}

/* Three messages are sent, of sequence numbers 1 to 3 beyond the first. */
static const char *
batch(void)
{
	static _Alignas(16) char buf[SIZE];
	struct nlmsghdr *h = NULL;
	size_t len = 0;
	int r;

	for (int i = 0; i < 3; i++) {
		h = mnl_nlmsg_put_header(buf + len);
		h->nlmsg_seq = ++wire.nl.seq;
		len += h->nlmsg_len;
	}
	r = nl_batch(&wire.nl, buf, len, h, note_error, NULL);
	return result(r, errno);
}

static const char *
dump(void)
{
	static _Alignas(16) char buf[SIZE];
	struct nlmsghdr *h = mnl_nlmsg_put_header(buf);
	int r = nl_dump(&wire.nl, h, note_message, NULL);

	return result(r, errno);
}

#define ACK(n)                                  \
	{                                       \
		NLMSG_ERROR, .seq = FIRST + (n) \
	}
#define LINK(n, f)                                                          \
	{                                                                   \
		RTM_NEWLINK, .flags = NLM_F_MULTI | (f), .seq = FIRST + (n) \
	}
#define DONE(n)                                                      \
	{                                                            \
		NLMSG_DONE, .flags = NLM_F_MULTI, .seq = FIRST + (n) \
	}

static const char long_text[] = "a text of the kernel's that is longer than what is kept of one: "
				"a text of the kernel's that is longer than what is kept of one: "
				"a text of the kernel's that is longer than what is kept of one";

static const struct {
	const char *name;
	const char *(*ask)(void);
	struct part parts[MOST];
	const char *result, *told;
} cases[] = {
	{ "all taken", batch, { ACK(3) }, "0", "" },
	{ "no answer", batch, { { 0 } }, "EAGAIN", "" },
	{ "one refused", batch, { { NLMSG_ERROR, .seq = FIRST + 2, .code = EINVAL }, ACK(3) }, "0",
		"2: EINVAL at 0\n" },
	{ "each refused, in datagrams of their own", batch,
		{ { NLMSG_ERROR, .seq = FIRST + 1, .code = EINVAL },
			{ NLMSG_ERROR, .seq = FIRST + 2, .code = EEXIST, .next = true },
			{ NLMSG_ERROR, .seq = FIRST + 3, .code = EINVAL, .next = true } },
		"0", "1: EINVAL at 0\n2: EEXIST at 0\n3: EINVAL at 0\n" },
	{ "the kernel's words, capped", batch,
		{ { NLMSG_ERROR, .seq = FIRST + 1, .code = EINVAL, .text = "Invalid VLAN id",
			  .offset = 44 },
			ACK(3) },
		"0", "1: EINVAL 'Invalid VLAN id' at 44\n" },
	{ "the kernel's words behind the message", batch,
		{ { NLMSG_ERROR, .seq = FIRST + 1, .code = EINVAL, .text = "Invalid VLAN id",
			  .offset = 44, .repeated = 60 },
			ACK(3) },
		"0", "1: EINVAL 'Invalid VLAN id' at 44\n" },
	{ "words without an offset", batch,
		{ { NLMSG_ERROR, .seq = FIRST + 1, .code = EINVAL, .text = "No" }, ACK(3) }, "0",
		"1: EINVAL 'No' at 0\n" },
	{ "an offset without words", batch,
		{ { NLMSG_ERROR, .seq = FIRST + 1, .code = EINVAL, .offset = 20 }, ACK(3) }, "0",
		"1: EINVAL at 20\n" },
	{ "too many words", batch,
		{ { NLMSG_ERROR, .seq = FIRST + 1, .code = EINVAL, .text = long_text }, ACK(3) },
		"0",
		"1: EINVAL 'a text of the kernel's that is longer than what is kept of one: a text of the kernel's that is "
		"longer than what is kept of one: a text of the kernel's that is ' at 0\n" },
	{ "a late refusal of an earlier batch", batch,
		{ { NLMSG_ERROR, .seq = FIRST, .code = EINVAL },
			{ NLMSG_ERROR, .seq = FIRST - 70000, .code = EINVAL }, ACK(3) },
		"0", "" },
	{ "a refusal of what was never sent", batch,
		{ { NLMSG_ERROR, .seq = FIRST + 4, .code = EINVAL },
			{ NLMSG_ERROR, .seq = 0, .code = EINVAL }, ACK(3) },
		"0", "" },
	{ "a late end of another dump", batch, { DONE(0), LINK(0, 0), ACK(3) }, "0", "" },
	{ "a process that answers in the kernel's place", batch,
		{ { NLMSG_ERROR, .seq = FIRST + 1, .code = EINVAL, .stranger = true },
			{ NLMSG_ERROR, .seq = FIRST + 3, .stranger = true, .next = true },
			{ NLMSG_ERROR, .seq = FIRST + 2, .code = EEXIST, .next = true }, ACK(3) },
		"0", "2: EEXIST at 0\n" },
	{ "a process alone", batch, { { NLMSG_ERROR, .seq = FIRST + 3, .stranger = true } },
		"EAGAIN", "" },
	{ "an error cut short", batch, { { NLMSG_ERROR, .seq = FIRST + 2, .len = 18 } }, "EAGAIN",
		"2: EBADMSG at 0\n" },
	{ "an error without its number", batch, { { NLMSG_ERROR, .seq = FIRST + 3, .len = 16 } },
		"0", "3: EBADMSG at 0\n" },
	{ "a number that is no error", batch, { { NLMSG_ERROR, .seq = FIRST + 3, .code = -7 } },
		"0", "3: EBADMSG at 0\n" },
	{ "a length beyond the datagram", batch, { { NLMSG_ERROR, .seq = FIRST + 3, .len = 4096 } },
		"EAGAIN", "" },
	{ "a length of four thousand million", batch,
		{ { NLMSG_ERROR, .seq = FIRST + 3, .len = UINT32_MAX } }, "EAGAIN", "" },
	{ "a length below the header", batch, { { NLMSG_ERROR, .seq = FIRST + 3, .len = 4 } },
		"EAGAIN", "" },
	{ "garbage, then the answer", batch,
		{ { NLMSG_ERROR, .seq = FIRST + 3, .len = 4 },
			{ NLMSG_ERROR, .seq = FIRST + 3, .next = true } },
		"0", "" },
	{ "a refused message longer than the answer", batch,
		{ { NLMSG_ERROR, .seq = FIRST + 3, .code = EINVAL, .text = "x", .repeated = 40,
			.len = 44 } },
		"0", "3: EINVAL at 0\n" },

	{ "a dump", dump,
		{ LINK(1, 0), LINK(1, 0),
			{ RTM_NEWLINK, NLM_F_MULTI, .seq = FIRST + 1, .next = true }, DONE(1) },
		"0", "message 16\nmessage 16\nmessage 16\n" },
	{ "an empty dump", dump, { DONE(1) }, "0", "" },
	{ "one message and no more", dump, { { RTM_NEWLINK, .seq = FIRST + 1 } }, "0",
		"message 16\n" },
	{ "a dump that is not there", dump,
		{ { NLMSG_ERROR, .seq = FIRST + 1, .code = EOPNOTSUPP } }, "EOPNOTSUPP", "" },
	{ "a dump refused half way", dump,
		{ LINK(1, 0), { NLMSG_ERROR, .seq = FIRST + 1, .code = EINVAL } }, "EINVAL",
		"message 16\n" },
	{ "a dump that ends in an error", dump,
		{ LINK(1, 0), { NLMSG_DONE, NLM_F_MULTI, .seq = FIRST + 1, .code = EINVAL } },
		"EINVAL", "message 16\n" },
	{ "a dump that was overtaken", dump, { LINK(1, NLM_F_DUMP_INTR), LINK(1, 0), DONE(1) },
		"EAGAIN", "message 16\nmessage 16\n" },
	{ "a dump overtaken at its end", dump,
		{ LINK(1, 0), { NLMSG_DONE, NLM_F_MULTI | NLM_F_DUMP_INTR, .seq = FIRST + 1 } },
		"EAGAIN", "message 16\n" },
	{ "a dump cut off", dump, { LINK(1, 0) }, "EAGAIN", "message 16\n" },
	{ "messages of another dump", dump,
		{ LINK(0, 0), DONE(0), LINK(1, 0), LINK(7, NLM_F_DUMP_INTR), DONE(1) }, "0",
		"message 16\n" },
	{ "messages of a process", dump,
		{ { RTM_NEWLINK, NLM_F_MULTI, .seq = FIRST + 1, .stranger = true },
			{ NLMSG_DONE, NLM_F_MULTI, .seq = FIRST + 1, .next = true } },
		"0", "" },
	{ "a message longer than the datagram", dump,
		{ LINK(1, 0), { RTM_NEWLINK, NLM_F_MULTI, .seq = FIRST + 1, .len = 64 },
			{ NLMSG_DONE, NLM_F_MULTI, .seq = FIRST + 1, .next = true } },
		"0", "message 16\n" },
	{ "notices in between", dump,
		{ LINK(1, 0), { NLMSG_NOOP, NLM_F_MULTI, .seq = FIRST + 1 }, DONE(1) }, "0",
		"message 16\n" },
};

static void
test_case(size_t i)
{
	char name[160];
	const char *r;

	open_wire();
	answer(cases[i].parts);
	r = cases[i].ask();
	(void)snprintf(name, sizeof(name), "%s: result", cases[i].name);
	say_same(name, cases[i].result, r);
	(void)snprintf(name, sizeof(name), "%s: what is told", cases[i].name);
	say_same(name, cases[i].told, told);
	close_wire();
}

/* A datagram longer than any the kernel sends: a part of it is lost. */
static void
test_lost(void)
{
	static char big[70000];

	open_wire();
	join(wire.nl.fd, wire.kernel);
	(void)setsockopt(wire.kernel, SOL_SOCKET, SO_SNDBUF, &(int) { 1 << 18 }, sizeof(int));
	if (send(wire.kernel, big, sizeof(big), 0) < 0)
		say(false, "an answer that was cut", "cannot be sent");
	else
		say_same("an answer that was cut", "ENOBUFS", dump());
	close_wire();
}

static void
test_drain(void)
{
	const struct part parts[] = { LINK(1, 0), { RTM_NEWLINK, .seq = 7, .next = true },
		{ RTM_NEWLINK, .seq = 7, .next = true, .stranger = true },
		{ RTM_NEWLINK, .next = true }, { 0 } };

	open_wire();
	answer(parts);
	say(nl_drain(&wire.nl) == 3, "what is drained is counted", "wrong number");
	say(nl_drain(&wire.nl) == 0, "nothing is left to drain", "there was");
	close_wire();
}

/* The socket went away. */
static void
test_closed(void)
{
	open_wire();
	join(wire.nl.fd, wire.kernel);
	(void)close(wire.kernel);
	say(strcmp(dump(), "0") != 0, "nobody to ask", "answered");
	close_wire();
}

int
main(void)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		test_case(i);
	test_lost();
	test_drain();
	test_closed();
	return say_end();
}
