/* A dummy: a link that leads nowhere, for addresses to stand on. */
#include "model/model.h"

const struct kind kind_dummy = {
	.name = "dummy",
	.info = "dummy",
	.brought = "dummy0",
	.unbrought = "numdummies=0",
	.help = "a link that leads nowhere, for addresses to stand on",
};
