/*
 * A machine at the other end of a TAP, as simple as can be: it answers ARP
 * for every address, and echo requests, until it is killed.
 *
 *	usage: tap [-u USER] [-q QUEUES] [-v] NAME
 *
 * It takes the device as that user id, with several queues, with virtio
 * headers.  Says "open" once it is ready, or why not.
 */
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { QUEUES = 8, MAC = 6, HEAD = 14 };

static const unsigned char mine[MAC] = { 0x02, 0, 0, 0, 0, 0xaa };

static int
die(const char *what)
{
	perror(what);
	return 1;
}

static void
swap(unsigned char *a, unsigned char *b, size_t n)
{
	unsigned char c;

	while (n--) {
		c = a[n];
		a[n] = b[n];
		b[n] = c;
	}
}

/* Turns a request into its answer; 0 if it is none. */
static int
answer(unsigned char *f, size_t n)
{
	unsigned char *p = f + HEAD;

	if (n >= HEAD + 28 && f[12] == 8 && f[13] == 6 && p[7] == 1) {
		p[7] = 2; /* a reply: RFC 826 */
		swap(p + 14, p + 24, 4);
		memcpy(p + 18, p + 8, MAC);
		memcpy(p + 8, mine, MAC);
	} else if (n >= HEAD + 28 && f[12] == 8 && f[13] == 0 && p[0] == 0x45 && p[9] == 1 && p[20] == 8) {
		unsigned sum = (unsigned)(p[22] << 8 | p[23]) + 0x800;

		p[20] = 0; /* an echo reply: RFC 792; the sum grows by what the type shrinks */
		sum = (sum & 0xffff) + (sum >> 16);
		p[22] = (unsigned char)(sum >> 8);
		p[23] = (unsigned char)sum;
		swap(p + 12, p + 16, 4);
	} else {
		return 0;
	}
	memcpy(f, f + MAC, MAC);
	memcpy(f + MAC, mine, MAC);
	return 1;
}

static int
attach(int fd, const char *name, int flags)
{
	struct ifreq r = { .ifr_flags = (short)(IFF_TAP | IFF_NO_PI | flags) };

	snprintf(r.ifr_name, sizeof(r.ifr_name), "%s", name);
	return ioctl(fd, TUNSETIFF, &r);
}

static void
serve(int fd, size_t skip)
{
	unsigned char buf[65600];
	ssize_t n = read(fd, buf, sizeof(buf));

	if (n > (ssize_t)skip && answer(buf + skip, (size_t)n - skip)) {
		memset(buf, 0, skip); /* nothing for the virtio header to say */
		if (write(fd, buf, (size_t)n) < 0)
			perror("write");
	}
}

int
main(int argc, char **argv)
{
	struct pollfd p[QUEUES];
	int c, queues = 1, flags = 0, user = 0;

	while ((c = getopt(argc, argv, "u:q:v")) != -1) {
		if (c == 'u')
			user = atoi(optarg);
		if (c == 'q')
			queues = atoi(optarg), flags |= IFF_MULTI_QUEUE;
		if (c == 'v')
			flags |= IFF_VNET_HDR;
	}
	if (optind + 1 != argc || queues < 1 || queues > QUEUES)
		return 2;
	for (int i = 0; i < queues; i++) {
		p[i] = (struct pollfd) { .fd = open("/dev/net/tun", O_RDWR), .events = POLLIN };
		if (p[i].fd < 0)
			return die("/dev/net/tun");
	}
	/* Without udev only root may open the node; the TAP has an owner of its own. */
	if (user && (setgid((gid_t)user) < 0 || setuid((uid_t)user) < 0))
		return die("setuid");
	for (int i = 0; i < queues; i++)
		if (attach(p[i].fd, argv[optind], flags) < 0)
			return die(argv[optind]);
	puts("open");
	fflush(stdout);
	while (poll(p, (nfds_t)queues, -1) > 0)
		for (int i = 0; i < queues; i++)
			if (p[i].revents)
				serve(p[i].fd, flags & IFF_VNET_HDR ? 10 : 0);
	return die("poll");
}
