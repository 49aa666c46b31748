/* A tun: a link whose other end is a program that reads and writes packets. */
#include "kind/tun.h"

#include <libmnl/libmnl.h>
#include <linux/if_arp.h>
#include <linux/if_link.h>
#include <linux/if_tun.h>
#include <stdint.h>

#include "key/msg.h"
#include "key/type.h"
#include "model/link.h"

/* Whoever opens the device chooses these two anew: TUN_FEATURES of drivers/net/tun.c */
static bool
any(const struct value *want, const struct value *have)
{
	(void)want;
	(void)have;
	return true;
}

/* clang-format off */
static const struct key keys[] = {
	/* name          type        attribute             from to       meaning */
	{ "owner",       &type_u32,  IFLA_TUN_OWNER,       0, UINT32_MAX - 1, "user id that may open it", .ip = "user" },
	{ "group",       &type_u32,  IFLA_TUN_GROUP,       0, UINT32_MAX - 1, "group id that may open it" },
	{ "no-pi",       &type_yes8, IFLA_TUN_PI,          0, 0,         "packets without four bytes of information before them", .invert = true, .standard = "yes", .change = ANEW, .same = any, .ip = "pi" },
	{ "vnet-hdr",    &type_yes8, IFLA_TUN_VNET_HDR,    0, 0,         "packets with a virtio header before them", .standard = "no", .change = ANEW, .same = any },
	{ "multi-queue", &type_yes8, IFLA_TUN_MULTI_QUEUE, 0, 0,         "can be opened several times, a queue each", .standard = "no", .change = ANEW },
};
/* clang-format on */

const struct table tun_keys = { "tun", keys, LEN(keys), .via = TUN_IOCTL };

bool
tun_is(const struct link *l, unsigned type)
{
	const struct nlattr *data = link_data(l), *a = NULL;

	if (data)
		a = msg_find(
			mnl_attr_get_payload(data), mnl_attr_get_payload_len(data), IFLA_TUN_TYPE);
	return a && mnl_attr_get_payload_len(a) && mnl_attr_get_u8(a) == type;
}

static bool
is(const struct link *l)
{
	return tun_is(l, IFF_TUN);
}

/* TUN_READQ_SIZE; tun_net_initialize() */
static const struct initial initials[] = { { "txqueuelen", 500 }, { "arp", 0 }, { 0 } };

const struct kind kind_tun = {
	.name = "tun",
	.title = "TUN",
	.info = "tun",
	.help = "a link whose other end is a program that reads and writes packets",
	.keys = &tun_keys,
	.initials = initials,
	.type = ARPHRD_NONE,
	.tun = IFF_TUN,
	.is = is,
};
