/* The loopback: in every namespace from its beginning. */
#include <linux/if_arp.h>
#include <string.h>

#include "model/model.h"

/* loopback_setup() */
static const struct initial initials[] = { { "mtu", 65536 }, { "multicast", 0 }, { 0 } };

static void
check(const struct link *l, struct map *said, struct mem *mem)
{
	const struct origin o = model_at(l, NULL);

	(void)said;
	(void)mem;
	if (strcmp(l->name, l->kind->always) != 0)
		diag(&o, "'%s': expected %s; there is no other loopback", l->name, l->kind->always);
}

const struct kind kind_loopback = {
	.name = "loopback",
	.help = "the link to oneself, in every namespace from its beginning",
	.initials = initials,
	.type = ARPHRD_LOOPBACK,
	.always = "lo",
	.given = true,
	.check = check,
};
