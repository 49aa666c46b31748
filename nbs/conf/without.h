/* All sections but those of some links and of what stands on them. */
#ifndef CONF_WITHOUT_H
#define CONF_WITHOUT_H

#include "conf/read.h"
#include "model/model.h"

/*
 * Takes the sections of the named links, and of those that stand on them,
 * out of what was read, and out of the lists that name them; the sections
 * that before has of them are put in their place.  m is the model of it.
 * Returns 0, or -1 after reporting a name that has no section.
 */
int conf_without(
	struct conf *, const struct model *m, const struct conf *before, char *const *names);

#endif
