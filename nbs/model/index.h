/* Phrases by what makes them the same thing: routes are many. */
#ifndef MODEL_INDEX_H
#define MODEL_INDEX_H

#include "model/model.h"

struct index {
	struct phrase **slots;
	size_t size;
};

/* Makes an index of one topic's phrases that a model holds, of its links and namespaces. */
void index_model(struct index *, struct mem *, const struct model *, enum topic);

/* Makes an index of one list. */
void index_list(struct index *, struct mem *, struct phrase *);

/* Finds the phrase that is the same thing, in a namespace of that name; NULL if there is none. */
struct phrase *index_find(const struct index *, const struct phrase *, const char *space);

#endif
