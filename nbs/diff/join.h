/* Models put together and cut down: for what is remembered, and for single links. */
#ifndef DIFF_JOIN_H
#define DIFF_JOIN_H

#include "model/model.h"

/* All that either model has; where both have a link, its settings are those of the first. */
struct model *join_models(struct mem *, const struct model *, const struct model *);

#endif
