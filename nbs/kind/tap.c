/* A tap: a link whose other end is a program that reads and writes frames. */
#include <linux/if_arp.h>
#include <linux/if_tun.h>

#include "kind/tun.h"

static bool
is(const struct link *l)
{
	return tun_is(l, IFF_TAP);
}

const struct kind kind_tap = {
	.name = "tap",
	.title = "TAP",
	.info = "tun",
	.help = "a link whose other end is a program that reads and writes frames",
	.keys = &tun_keys,
	.type = ARPHRD_ETHER,
	.tun = IFF_TAP,
	.is = is,
};
