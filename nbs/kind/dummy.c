/* A dummy: a link that leads nowhere, for addresses to stand on. */
#include "model/model.h"

const struct kind kind_dummy = {
	.name = "dummy",
	.info = "dummy",
	.alone = "numdummies=0",
	.help = "a link that leads nowhere, for addresses to stand on",
};
