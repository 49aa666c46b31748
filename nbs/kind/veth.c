/* A veth: a cable; what goes in at one end comes out at the other. */
#include <libmnl/libmnl.h>
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
	far->ifi_index = (int)l->peer->index;
	link_put_base(m, l->peer);
	if (l->peer->ns != l->ns)
		msg_put_u32(m, IFLA_NET_NS_FD, (uint32_t)l->peer->ns->fd);
	msg_end(m);
}

const struct kind kind_veth = {
	.name = "veth",
	.info = "veth",
	.help = "a cable; what goes in at one end comes out at the other",
	.far_end = &kind_peer,
	.put = put,
};
