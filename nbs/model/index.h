/* Entries by what makes them the same thing: routes are many. */
#ifndef MODEL_INDEX_H
#define MODEL_INDEX_H

#include "model/model.h"

struct index {
	const struct phrase **slots;
	size_t size; /* a power of two */
};

/* Makes an index of one type of entries that a model holds, of its links and namespaces. */
void index_model(struct index *, struct mem *, const struct model *, enum topic);

/* Makes an index of one list. */
void index_list(struct index *, struct mem *, const struct phrase *);

/* Finds the entry that is the same thing, in a namespace of that name; NULL if there is none. */
const struct phrase *index_find(const struct index *, const struct phrase *, const char *space);

/* One of the same hash that was added before it; NULL if there is none. */
const struct phrase *index_before(const struct index *, const struct phrase *);

#endif
