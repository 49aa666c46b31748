/*
 * The driver e1000, of the NIC that QEMU has by default and that VMware and VirtualBox have, too,
 * looks for a link when it is raised, and from then on every two seconds: its interrupt for a
 * link that has come asks for a look that is already put off (e1000_intr() and
 * e1000_watchdog() of e1000_main.c).  Its PHY negotiates from when the driver is loaded.  Raised
 * meanwhile, such a NIC has a carrier after two seconds; raised half a second later, at once.
 */
#include "kernel/phy.h"

#include <linux/ethtool.h>
#include <linux/mii.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* Since when a link has been waited for, in ms of CLOCK_BOOTTIME. */
struct waited {
	struct waited *next;
	unsigned index;
	long long since;
};

static long long
now(void)
{
	struct timespec t = { 0 };

	(void)clock_gettime(CLOCK_BOOTTIME, &t); /* since 2.6.39 it is always there */
	return (long long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static struct waited *
find(const struct world *w, unsigned index)
{
	struct waited *e = w->waited;

	while (e && e->index != index)
		e = e->next;
	return e;
}

static void
begin(struct world *w, unsigned index)
{
	struct waited *e = malloc(sizeof(*e));

	if (!e)
		abort(); /* as running out of memory anywhere: see mem_new */
	*e = (struct waited) { w->waited, index, now() };
	w->waited = e;
}

static bool
is_e1000(int fd, const struct ifreq *link)
{
	struct ethtool_drvinfo info = { .cmd = ETHTOOL_GDRVINFO };
	struct ifreq q = *link;

	q.ifr_data = (void *)&info;
	return ioctl(fd, SIOCETHTOOL, &q) == 0 && !strcmp(info.driver, "e1000");
}

/* A register of its PHY, the address of which is in the request; 0 when it does not tell. */
static unsigned
read_register(int fd, struct ifreq *q, unsigned number)
{
	struct mii_ioctl_data mii;

	(void)memcpy(&mii, &q->ifr_ifru, sizeof(mii));
	mii.reg_num = (uint16_t)number;
	(void)memcpy(&q->ifr_ifru, &mii, sizeof(mii));
	if (ioctl(fd, SIOCGMIIREG, q) < 0)
		return 0;
	(void)memcpy(&mii, &q->ifr_ifru, sizeof(mii));
	return mii.val_out;
}

/* One that was lowered has no power, and negotiates when it is raised. */
static bool
lacks_link(int fd, struct ifreq *q)
{
	unsigned status;

	if (ioctl(fd, SIOCGMIIPHY, q) < 0 || read_register(fd, q, MII_BMCR) & BMCR_PDOWN)
		return false;
	status = read_register(fd, q, MII_BMSR);
	return status && !(status & BMSR_LSTATUS);
}

static bool
negotiates(const char *name)
{
	struct ifreq q = { 0 };
	int fd = strlen(name) < sizeof(q.ifr_name) ? socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)
	                                           : -1;
	bool does;

	if (fd < 0)
		return false;
	(void)memcpy(q.ifr_name, name, strlen(name));
	does = is_e1000(fd, &q) && lacks_link(fd, &q);
	(void)close(fd); /* nothing was written */
	return does;
}

const char *
phy_negotiates(struct world *w, const struct link *l)
{
	enum { MOST = 1000, AGAIN = 25 }; /* ms: twice what QEMU's takes; and how exact that is */
	struct waited *e = find(w, l->index);

	if (!w->patient || !l->device || l->flags & IFF_UP || (e && now() - e->since >= MOST) ||
		!negotiates(l->name))
		return NULL;
	if (!e)
		begin(w, l->index);
	w->again = now() + AGAIN;
	return "its PHY negotiates";
}
