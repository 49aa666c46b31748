/* A dummy: a link that leads nowhere, for addresses to stand on. */
#include <linux/if_arp.h>

#include "model/model.h"

/* dummy_setup() */
static const struct initial initials[] = { { "arp", 0 }, { "multicast", 0 }, { "carrier", 1 },
	{ 0 } };

const struct kind kind_dummy = {
	.name = "dummy",
	.info = "dummy",
	.alone = "numdummies=0",
	.initials = initials,
	.type = ARPHRD_ETHER,
	.help = "a link that leads nowhere, for addresses to stand on",
};
