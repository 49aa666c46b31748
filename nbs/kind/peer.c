/* The far end of a veth: made by the message that makes the near one. */
#include <linux/if_arp.h>

#include "model/model.h"

static void
check(const struct link *l, struct map *said, struct mem *mem)
{
	const struct origin o = model_at(l, NULL);

	(void)said;
	(void)mem;
	if (!l->peer)
		diag(&o, "no [veth] names it as its peer");
}

const struct kind kind_peer = {
	.name = "peer",
	.title = "veth",
	.help = "the far end of a veth",
	.type = ARPHRD_ETHER,
	.made_by_peer = true,
	.check = check,
};
