/* The far end of a veth: made by the message that makes the near one. */
#include "model/model.h"

const struct kind kind_peer = {
	.name = "peer",
	.help = "the far end of a veth",
	.made_by_peer = true,
};
