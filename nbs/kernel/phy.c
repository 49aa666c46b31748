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
waited_for(struct world *w, unsigned index)
{
	struct waited *e = w->waited;

	while (e && e->index != index)
		e = e->next;
	if (e)
		return e;
	if (!(e = malloc(sizeof(*e))))
		abort(); /* as running out of memory anywhere: see mem_new */
	*e = (struct waited) { w->waited, index, now() };
	w->waited = e;
	return e;
}

static bool
is_e1000(int fd, struct ifreq *q)
{
	struct ethtool_drvinfo info = { .cmd = ETHTOOL_GDRVINFO };

	q->ifr_data = (void *)&info;
	return ioctl(fd, SIOCETHTOOL, q) == 0 && !strcmp(info.driver, "e1000");
}

/* Its PHY has no link; false when it does not tell. */
static bool
lacks_link(int fd, struct ifreq *q)
{
	struct mii_ioctl_data mii = { .reg_num = MII_BMSR };

	(void)memcpy(&q->ifr_ifru, &mii, sizeof(mii));
	if (ioctl(fd, SIOCGMIIPHY, q) < 0)
		return false;
	(void)memcpy(&mii, &q->ifr_ifru, sizeof(mii));
	mii.reg_num = MII_BMSR;
	(void)memcpy(&q->ifr_ifru, &mii, sizeof(mii));
	if (ioctl(fd, SIOCGMIIREG, q) < 0)
		return false;
	(void)memcpy(&mii, &q->ifr_ifru, sizeof(mii));
	return !(mii.val_out & BMSR_LSTATUS);
}

const char *
phy_negotiates(struct world *w, const struct link *l)
{
	enum { MOST = 1000, AGAIN = 25 }; /* ms: twice what QEMU's takes; and how exact that is */
	struct ifreq q = { 0 };
	struct waited *e;
	bool negotiates;
	int fd;

	if (!w->patient || !l->device || l->flags & IFF_UP || strlen(l->name) >= sizeof(q.ifr_name))
		return NULL;
	(void)memcpy(q.ifr_name, l->name, strlen(l->name));
	if ((fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) < 0)
		return NULL;
	negotiates = is_e1000(fd, &q) && lacks_link(fd, &q);
	(void)close(fd); /* nothing was written */
	if (!negotiates)
		return NULL;
	e = waited_for(w, l->index);
	if (now() - e->since >= MOST)
		return NULL;
	w->again = now() + AGAIN;
	return "its PHY negotiates";
}
