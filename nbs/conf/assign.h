/* Gives a line of the file to the key, phrase or setting that it is of. */
#ifndef CONF_ASSIGN_H
#define CONF_ASSIGN_H

#include "conf/read.h"
#include "model/model.h"

/* A line of a link's section. */
void assign_link(struct model *, struct link *, const struct entry *);

/* A line of [global], [netns N] or [sysctl]. */
void assign_other(struct model *, const struct section *, const struct entry *);

#endif
