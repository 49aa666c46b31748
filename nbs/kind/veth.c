/* A veth: a cable; what goes in at one end comes out at the other. */
#include <libmnl/libmnl.h>
#include <linux/if_arp.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>

#include "key/msg.h"
#include "model/link.h"

extern const struct kind kind_peer;

/* The far end: a whole link message, its fixed header first. */
static void
put(struct msg *m, const struct link *l)
{
	const size_t size = MNL_ALIGN(sizeof(struct ifinfomsg));
	struct ifinfomsg *far;

	if (!l->peer)
		return;
	msg_nest(m, VETH_INFO_PEER);
	if (m->full || m->h->nlmsg_len + size > m->size) {
		m->full = true;
		return;
	}
	far = mnl_nlmsg_put_extra_header(m->h, size);
	far->ifi_index = (int)link_index(m, l->peer);
	link_put_base(m, l->peer);
	if (l->peer->ns != l->ns)
		msg_put_u32(m, IFLA_NET_NS_FD, link_space(m, l->peer->ns));
	msg_end(m);
}

static void
check(const struct link *l, struct map *said, struct mem *mem)
{
	const struct origin o = model_at(l, link_value(l, "peer"));

	(void)said;
	(void)mem;
	if (l->peer && l->peer->kind != l->kind->far_end)
		diag(&o, "'%s': expected a name without a section, or that of a [peer]",
			l->peer->section);
	else if (l->peer && l->peer->peer != l)
		diag(&o, "'%s': already the peer of %s", l->peer->section, l->peer->peer->section);
}

const struct kind kind_veth = {
	.name = "veth",
	.info = "veth",
	.help = "a cable; what goes in at one end comes out at the other",
	.type = ARPHRD_ETHER,
	.far_end = &kind_peer,
	.put = put,
	.check = check,
};
