/* Words for numbers that several topics share: linux/rtnetlink.h. */
#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include "model/topic.h"

const struct word topic_scopes[] = {
	{ "global", RT_SCOPE_UNIVERSE },
	{ "site", RT_SCOPE_SITE },
	{ "link", RT_SCOPE_LINK },
	{ "host", RT_SCOPE_HOST },
	{ "nowhere", RT_SCOPE_NOWHERE },
	{ 0 },
};

const struct word topic_tables[] = {
	{ "main", RT_TABLE_MAIN },
	{ "local", RT_TABLE_LOCAL },
	{ "default", RT_TABLE_DEFAULT },
	{ 0 },
};

const struct word topic_setters[] = {
	{ "boot", RTPROT_BOOT },
	{ "static", RTPROT_STATIC },
	{ "kernel", RTPROT_KERNEL },
	{ "ra", RTPROT_RA },
	{ "dhcp", RTPROT_DHCP },
	{ 0 },
};

size_t
topic_ip_size(int family)
{
	return family == AF_INET6 ? 16 : 4;
}
