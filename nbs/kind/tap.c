/* A tap: a link whose other end is a program that reads and writes frames. */
#include <linux/if_tun.h>

#include "kind/tun.h"

static bool
is(const struct link *l)
{
	return tun_is(l, IFF_TAP);
}

const struct kind kind_tap = {
	.name = "tap",
	.info = "tun",
	.help = "a link whose other end is a program that reads and writes frames",
	.keys = &tun_keys,
	.tun = true,
	.is = is,
};
