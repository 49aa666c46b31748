/* The loopback: in every namespace from its beginning. */
#include "model/model.h"

const struct kind kind_loopback = {
	.name = "loopback",
	.help = "the link to oneself, in every namespace from its beginning",
	.always = "lo",
	.given = true,
};
