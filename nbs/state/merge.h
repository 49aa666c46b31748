/* Two models in one: what was applied and what is about to be, for what is remembered. */
#ifndef STATE_MERGE_H
#define STATE_MERGE_H

#include "model/model.h"

/* All that either model has; where both have a link, its settings are those of the first. */
struct model *merge_models(struct mem *, const struct model *, const struct model *);

#endif
