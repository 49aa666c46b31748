#include "kernel/wire.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/filter.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <netinet/in.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/text.h"

enum { CLIENT = 68 }; /* RFC 2131, 4.1 */

/*
 * UDP to the client's port, not in fragments: offsets of RFC 791 and 768.  Not const, as the
 * others, because struct sock_fprog points to what it could write.
 */
static struct sock_filter dhcp_filter[] = {
	BPF_STMT(BPF_LD | BPF_B | BPF_ABS, 9),
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, IPPROTO_UDP, 0, 6),
	BPF_STMT(BPF_LD | BPF_H | BPF_ABS, 6),
	BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, 0x1fff, 4, 0),
	BPF_STMT(BPF_LDX | BPF_B | BPF_MSH, 0),
	BPF_STMT(BPF_LD | BPF_H | BPF_IND, 2),
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, CLIENT, 0, 1),
	BPF_STMT(BPF_RET | BPF_K, 0xffff),
	BPF_STMT(BPF_RET | BPF_K, 0),
};

/* Nothing at all. */
static struct sock_filter deaf_filter[] = { BPF_STMT(BPF_RET | BPF_K, 0) };

static int
filter(int fd, struct sock_filter *f, size_t n)
{
	const struct sock_fprog p = { (unsigned short)n, f };

	return setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &p, sizeof(p));
}

/* Closes it and keeps errno. */
static int
fail(int fd)
{
	int e = errno;

	if (fd >= 0)
		(void)close(fd); /* what is told is what went wrong before */
	errno = e;
	return -1;
}

/* Goes into the namespace for as long as it takes to open a socket. */
static int
open_in(const struct world *w, const struct space *s, int family, int type, int protocol)
{
	int fd;

	if (world_enter(w, s) < 0)
		return -1;
	fd = socket(family, type | SOCK_CLOEXEC | SOCK_NONBLOCK, protocol);
	return world_leave(w) < 0 ? fail(fd) : fd;
}

/*
 * A packet socket hears nothing until it is bound, by when the filter is in
 * place.  On a link that is down the first to receive would get ENETDOWN.
 */
static int
open_packet(const struct world *w, const struct space *s, uint32_t index, uint16_t type,
	struct sock_filter *f, size_t n)
{
	const struct sockaddr_ll to = {
		.sll_family = AF_PACKET, .sll_protocol = htons(type), .sll_ifindex = (int)index
	};
	const int on = 1, room = 1 << 20;
	int fd = open_in(w, s, AF_PACKET, SOCK_DGRAM, 0);

	if (fd < 0)
		return -1;
	/* without it a checksum that hardware was to fill in looks wrong */
	(void)setsockopt(fd, SOL_PACKET, PACKET_AUXDATA, &on, sizeof(on));
	/* a flood of one server's offers is not to drown another's */
	(void)setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof(room));
	if (filter(fd, f, n) < 0 ||
		bind(fd, (const struct sockaddr *)(const void *)&to, sizeof(to)) < 0)
		return fail(fd);
	return fd;
}

int
wire_open_dhcp(const struct world *w, const struct space *s, uint32_t index)
{
	return open_packet(w, s, index, ETH_P_IP, dhcp_filter, LEN(dhcp_filter));
}

int
wire_open_arp(const struct world *w, const struct space *s, uint32_t index, const uint8_t ip[4])
{
	uint32_t a = (uint32_t)ip[0] << 24 | (uint32_t)ip[1] << 16 | (uint32_t)ip[2] << 8 | ip[3];
	/* the sender's address or the one that is asked for: RFC 826 with four bytes of IPv4 */
	struct sock_filter f[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 14),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, a, 2, 0),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 24),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, a, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, 0xffff),
		BPF_STMT(BPF_RET | BPF_K, 0),
	};

	return open_packet(w, s, index, ETH_P_ARP, f, LEN(f));
}

int
wire_open_port(const struct world *w, const struct space *s, const char *name)
{
	const struct sockaddr_in any = { .sin_family = AF_INET, .sin_port = htons(CLIENT) };
	const int on = 1;
	int fd = open_in(w, s, AF_INET, SOCK_DGRAM, 0);

	if (fd < 0)
		return -1;
	if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) < 0 ||
		setsockopt(fd, SOL_SOCKET, SO_BROADCAST, &on, sizeof(on)) < 0 ||
		setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, name, (socklen_t)strlen(name)) < 0 ||
		filter(fd, deaf_filter, LEN(deaf_filter)) < 0 ||
		bind(fd, (const struct sockaddr *)(const void *)&any, sizeof(any)) < 0)
		return fail(fd);
	return fd;
}

/* True of a frame with the tag of a VLAN that no link has; VLAN 0 is only a priority. */
static bool
is_tagged(const struct tpacket_auxdata *a)
{
	return a->tp_status & TP_STATUS_VLAN_VALID && (a->tp_vlan_tci & 0x0fff) != 0;
}

/* Reads what the kernel tells beside the packet; false when it is for another VLAN. */
static bool
read_aux(struct msghdr *m, struct wire_frame *f)
{
	struct tpacket_auxdata a;

	for (struct cmsghdr *c = CMSG_FIRSTHDR(m); c; c = CMSG_NXTHDR(m, c)) {
		if (c->cmsg_level != SOL_PACKET || c->cmsg_type != PACKET_AUXDATA ||
			c->cmsg_len < CMSG_LEN(sizeof(a)))
			continue;
		(void)memcpy(&a, CMSG_DATA(c), sizeof(a));
		f->offloaded = a.tp_status & TP_STATUS_CSUMNOTREADY;
		return !is_tagged(&a);
	}
	return true;
}

/* Longer than struct sockaddr_ll has room for. */
struct address {
	struct sockaddr_ll ll;
	uint8_t more[WIRE_ADDRESS];
};

ssize_t
wire_receive(int fd, void *buf, size_t size, struct wire_frame *f)
{
	_Alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof(struct tpacket_auxdata))];
	struct address from = { 0 };
	struct iovec iov = { buf, size };
	struct msghdr m = { .msg_name = &from,
		.msg_namelen = sizeof(from),
		.msg_iov = &iov,
		.msg_iovlen = 1,
		.msg_control = control,
		.msg_controllen = sizeof(control) };
	ssize_t n = recvmsg(fd, &m, 0);

	if (n < 0)
		return -1;
	*f = (struct wire_frame) { 0 };
	if (!read_aux(&m, f) || m.msg_flags & MSG_TRUNC ||
		from.ll.sll_pkttype == PACKET_OTHERHOST || from.ll.sll_pkttype == PACKET_OUTGOING)
		return 0;
	f->direct = from.ll.sll_pkttype == PACKET_HOST;
	f->nfrom = from.ll.sll_halen < WIRE_ADDRESS ? from.ll.sll_halen : WIRE_ADDRESS;
	(void)memcpy(
		f->from, (const char *)&from + offsetof(struct sockaddr_ll, sll_addr), f->nfrom);
	return n;
}

int
wire_send(int fd, uint32_t index, uint16_t type, const uint8_t *to, size_t nto, const void *packet,
	size_t len)
{
	struct address a = { .ll = {
				     .sll_family = AF_PACKET,
				     .sll_protocol = htons(type),
				     .sll_ifindex = (int)index,
			     } };
	size_t head = offsetof(struct sockaddr_ll, sll_addr);

	if (nto > WIRE_ADDRESS) {
		errno = EINVAL;
		return -1;
	}
	a.ll.sll_halen = (uint8_t)nto;
	(void)memcpy((char *)&a + head, to, nto);
	return sendto(fd, packet, len, 0, (const struct sockaddr *)(const void *)&a,
		       (socklen_t)(nto > sizeof(a.ll.sll_addr) ? head + nto : sizeof(a.ll))) < 0
	               ? -1
	               : 0;
}

int
wire_send_port(int fd, uint32_t index, const uint8_t from[4], const uint8_t to[4], uint16_t port,
	void *data, size_t len)
{
	_Alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof(struct in_pktinfo))] = { 0 };
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(port) };
	struct in_pktinfo info = { .ipi_ifindex = (int)index };
	struct iovec iov = { data, len };
	struct msghdr m = { .msg_name = &a,
		.msg_namelen = sizeof(a),
		.msg_iov = &iov,
		.msg_iovlen = 1,
		.msg_control = control,
		.msg_controllen = sizeof(control) };
	struct cmsghdr *c = CMSG_FIRSTHDR(&m);

	(void)memcpy(&a.sin_addr, to, sizeof(a.sin_addr));
	(void)memcpy(&info.ipi_spec_dst, from, sizeof(info.ipi_spec_dst));
	c->cmsg_level = IPPROTO_IP;
	c->cmsg_type = IP_PKTINFO;
	c->cmsg_len = CMSG_LEN(sizeof(info));
	(void)memcpy(CMSG_DATA(c), &info, sizeof(info));
	return sendmsg(fd, &m, 0) < 0 ? -1 : 0;
}
