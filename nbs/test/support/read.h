/* Text as if it stood in a file. */
#ifndef TEST_SUPPORT_READ_H
#define TEST_SUPPORT_READ_H

#include "conf/build.h"
#include "diff/plan.h"

/* Reads it as a file of that name. */
void read_text(struct conf *, const char *text, const char *name);

/* What it stands for, completed but not judged. */
struct model *read_model(struct mem *, const char *text, const char *name);

/* The plan from a machine to a file, as "nbs plan" makes it. */
struct plan *read_plan(struct mem *, const struct model *file, const struct model *found);

#endif
