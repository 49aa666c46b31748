/*
 * Runs a command and says when a link got an IPv4 address and a default route,
 * and how many packets had gone out by then.
 *
 *	usage: timed DEV SECONDS COMMAND...
 *
 * Says four numbers: tenths of a millisecond from before fork to the address and
 * to the route, DHCP messages, ARP requests; or "none" after so many seconds.
 * The command is left running.
 */
#include <linux/rtnetlink.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netpacket/packet.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { UNSEEN = -1 };

static int dev;
static long long address = UNSEEN, route = UNSEEN;
static unsigned messages, requests;

static void
die(const char *what)
{
	perror(what);
	exit(1);
}

static long long
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 10000LL + t.tv_nsec / 100000;
}

static int
is_ours(const struct rtmsg *r, int len)
{
	for (const struct rtattr *a = RTM_RTA(r); RTA_OK(a, len); a = RTA_NEXT(a, len))
		if (a->rta_type == RTA_OIF)
			return *(const int *)RTA_DATA(a) == dev;
	return 0;
}

static void
news(int fd, long long at)
{
	_Alignas(struct nlmsghdr) char buf[16384];
	ssize_t n = recv(fd, buf, sizeof(buf), 0);
	int len = (int)n;

	if (n < 0)
		die("netlink");
	for (const struct nlmsghdr *h = (const void *)buf; NLMSG_OK(h, len); h = NLMSG_NEXT(h, len)) {
		const struct ifaddrmsg *a = NLMSG_DATA(h);
		const struct rtmsg *r = NLMSG_DATA(h);

		if (h->nlmsg_type == RTM_NEWADDR && (int)a->ifa_index == dev && address == UNSEEN)
			address = at;
		if (h->nlmsg_type == RTM_NEWROUTE && !r->rtm_dst_len && route == UNSEEN &&
			r->rtm_table == RT_TABLE_MAIN && is_ours(r, (int)RTM_PAYLOAD(h)))
			route = at;
	}
}

static void
frame(int fd)
{
	uint8_t f[2048];
	struct sockaddr_ll who;
	socklen_t len = sizeof(who);
	ssize_t n = recvfrom(fd, f, sizeof(f), 0, (struct sockaddr *)&who, &len);

	if (n < 42 || who.sll_pkttype != PACKET_OUTGOING)
		return;
	if (f[12] == 8 && f[13] == 6 && f[21] == 1)
		requests++;
	else if (f[12] == 8 && f[13] == 0 && f[23] == IPPROTO_UDP && f[36] == 0 && f[37] == 67)
		messages++;
}

static int
hear_news(void)
{
	struct sockaddr_nl a = { .nl_family = AF_NETLINK, .nl_groups = RTMGRP_IPV4_IFADDR | RTMGRP_IPV4_ROUTE };
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);

	if (fd < 0 || bind(fd, (struct sockaddr *)&a, sizeof(a)) < 0)
		die("netlink");
	return fd;
}

static int
see_frames(void)
{
	struct sockaddr_ll a = { .sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL), .sll_ifindex = dev };
	int fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, htons(ETH_P_ALL));

	if (fd < 0 || bind(fd, (struct sockaddr *)&a, sizeof(a)) < 0)
		die("packet socket");
	return fd;
}

static void
run(char **command)
{
	pid_t pid = fork();

	if (pid < 0)
		die("fork");
	if (pid > 0)
		return;
	/* What it says is nobody's business here; its faults are. */
	if (!freopen("/dev/null", "r", stdin) || !freopen("/dev/null", "w", stdout))
		_exit(126);
	execvp(*command, command);
	perror(*command);
	_exit(127);
}

int
main(int argc, char **argv)
{
	struct pollfd p[2] = { { .events = POLLIN }, { .events = POLLIN } };
	long long began, end;

	if (argc < 4)
		return 2;
	dev = (int)if_nametoindex(argv[1]);
	p[0].fd = hear_news();
	p[1].fd = see_frames();
	began = now();
	end = began + atoll(argv[2]) * 10000;
	run(argv + 3);
	while ((address == UNSEEN || route == UNSEEN) && now() < end) {
		if (poll(p, 2, 100) < 0)
			die("poll");
		if (p[0].revents)
			news(p[0].fd, now());
		if (p[1].revents)
			frame(p[1].fd);
	}
	/* Frames go out before the news of what came of them. */
	while (poll(p + 1, 1, 0) > 0)
		frame(p[1].fd);
	if (address == UNSEEN || route == UNSEEN)
		puts("none");
	else
		printf("%lld %lld %u %u\n", address - began, route - began, messages, requests);
	return 0;
}
