/* The parts that make a target, one file each. */
#ifndef TARGET_INTERNAL_H
#define TARGET_INTERNAL_H

#include "target/target.h"

struct making {
	struct mem *mem;
	const struct target_from *from;
	struct model *target;
	struct link **links;         /* of the target, by their place in the file; NULL: left out */
	struct netns **spaces;       /* likewise */
	const struct link **claimed; /* who of the target has a found link, by its place */
};

/* Gives a link of the target what the kernel has of it. */
void bind_to(struct making *, struct link *, const struct link *have);

/* Finds for each link the one that was found, by name or as a [nic] section describes it. */
void bind_all(struct making *);

/* Makes links of those NICs that a template stands for and nobody else has. */
void bind_templates(struct making *);

/* The link that a saved one is by now, by the name that it was given; NULL: it is not there. */
const struct link *bind_saved(const struct making *, const struct link *saved, const char *section);

/*
 * What the file no longer says goes back: for what nbs did not make to what others
 * had, for what it made to the key's default.
 */
void restore_all(struct making *);

/* A copy of a list, so that more can be appended to it. */
void own_values(struct mem *, struct value **);
void own_entries(struct mem *, struct phrase **);
void own_hops(struct mem *, struct nexthop **, const struct link *); /* over another link */
void own_sysctls(struct mem *, struct sysctl **);

#endif
