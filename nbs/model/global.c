/* The keys of [global] and of [netns NAME]. */
#include "key/type.h"
#include "model/model.h"

static const struct word modes[] = { { "auto", 0 }, { "link-local", 1 }, { "no", 2 }, { 0 } };

static const struct word readies[] = { { "all", 0 }, { "any", 1 }, { 0 } };

/* clang-format off */
static const struct key keys[] = {
	/* name            type         attr from to            meaning */
	{ "timeout",      &type_span,   0,   0,   86400000,     "the one deadline of up", .home = IN_NBS, .standard = "45s" },
	{ "ready",        &type_u8,     0,   0,   0,            "all: every link that boot waits for; any: the first of those with dhcp", .home = IN_NBS, .words = readies, .standard = "all" },
	{ "hostname",     &type_text,   0,   0,   64,           "name of the host", .home = IN_NBS },
	{ "dns",          &type_list,   0,   0,   0,            "name servers, written to resolv-conf", .home = IN_NBS, .of = &type_ip, .many = true },
	{ "search",       &type_list,   0,   0,   253,          "domains to search, written to resolv-conf", .home = IN_NBS, .of = &type_text, .many = true },
	{ "resolv-conf",  &type_text,   0,   0,   0,            "the file that dns and search are written to", .home = IN_NBS, .standard = "/etc/resolv.conf" },
	{ "ip-forward",   &type_yes32,  0,   0,   1,            "pass IPv4 packets on from link to link", .home = IN_SYSCTL, .path = "net/ipv4/ip_forward", .standard = "no" },
	{ "ipv6-forward", &type_yes32,  0,   0,   1,            "pass IPv6 packets on from link to link", .home = IN_SYSCTL, .path = "net/ipv6/conf/all/forwarding", .standard = "no" },
	{ "ipv6",         &type_u8,     0,   0,   0,            "IPv6 of the links that do not say it themselves", .home = IN_NBS, .words = modes, .standard = "auto" },
};

static const struct key space[] = {
	/* name            type         attr from to            meaning */
	{ "ip-forward",   &type_yes32,  0,   0,   1,            "pass IPv4 packets on from link to link", .home = IN_SYSCTL, .path = "net/ipv4/ip_forward", .standard = "no" },
	{ "ipv6-forward", &type_yes32,  0,   0,   1,            "pass IPv6 packets on from link to link", .home = IN_SYSCTL, .path = "net/ipv6/conf/all/forwarding", .standard = "no" },
	{ "ipv6",         &type_u8,     0,   0,   0,            "IPv6 of the links that do not say it themselves", .home = IN_NBS, .words = modes, .standard = "that of [global]" },
	{ "made",         &type_yes8,   0,   0,   0,            "nbs made the namespace; only in its own state", .home = IN_NBS, .standard = "no" },
};
/* clang-format on */

const struct table global_keys = { "global", keys, LEN(keys) };
const struct table netns_keys = { "netns", space, LEN(space) };
