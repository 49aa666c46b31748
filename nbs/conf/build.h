/*
 * From sections to the model: makes namespaces and links, finds out who
 * is whose port, then gives every line to its key.  All mistakes are
 * reported, not only the first.
 */
#ifndef CONF_BUILD_H
#define CONF_BUILD_H

#include "conf/read.h"
#include "model/model.h"

/*
 * Makes a model of what was read.  Whether it is any good is told by
 * diag_count: a model is returned even when there were mistakes, so that
 * further checks can find more of them.
 */
struct model *conf_build(struct conf *);

#endif
