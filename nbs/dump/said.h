/* What the files about addresses, routes and the like share. */
#ifndef DUMP_SAID_H
#define DUMP_SAID_H

#include "dump/parts.h"

/* A copy of a phrase of the kernel's, without the words that hold without being said. */
struct phrase *dump_phrase(struct dumping *, const struct phrase *, struct netns *, struct link *);

/* Appends one to a list. */
void dump_append(struct phrase **list, struct phrase *);

/* Those of a list, side by side. */
struct phrase **dump_array(struct phrase *list, struct mem *, size_t *n);

/* A remark in its place. */
void dump_instead(struct dumping *, const struct phrase *, const char *why);

/* True when nbs has set it in a link's section. */
bool dump_is_applied(const struct dumping *, const struct link *, const struct phrase *);

/* The routes of a namespace; and when addresses and routes are known, what routers need to be reached. */
void dump_routes(struct dumping *, struct netns *, const struct netns *have);
void dump_reach(struct dumping *);

#endif
