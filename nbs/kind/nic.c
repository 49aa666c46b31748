/* A NIC: a link that is there, or will be, without being made. */
#include <linux/if_arp.h>

#include "key/type.h"
#include "model/link.h"

/* clang-format off */
static const struct key keys[] = {
	/* name           type        attr from to meaning */
	{ "match-mac",    &type_mac,  0, 0, 0, "the device with this permanent MAC address, or this one now if it has none", .home = IN_NBS },
	{ "match-driver", &type_text, 0, 0, 0, "a device of a driver whose name fits, such as virtio*", .home = IN_NBS },
	{ "match-path",   &type_text, 0, 0, 0, "a device whose parent's name fits, such as 0000:00:1f.*", .home = IN_NBS },
	{ "match-name",   &type_text, 0, 0, 0, "a device whose name so far fits, such as en*", .home = IN_NBS },
	{ "match-link",   &type_link, 0, 0, 0, "the link of this name so far, in whatever namespace", .home = IN_NBS },
	{ "single",       &type_yes8, 0, 0, 0, "a pattern stands for one NIC only, the first that is there; it comes before other patterns", .home = IN_NBS, .standard = "no" },
};
/* clang-format on */

static const struct table table = { "nic", keys, LEN(keys) };

const struct kind kind_nic = {
	.name = "nic",
	.title = "NIC",
	.help = "a device that is there, or will be",
	.keys = &table,
	.type = ARPHRD_ETHER, /* nearly always */
	.given = true,
	.matched = true,
};
