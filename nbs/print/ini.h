/*
 * A model as an INI file that reads back as the same model: what was
 * applied before, and what the kernel has.  Every value is printed,
 * secrets and nbs's own defaults too, but for what completing a phrase
 * adds to it by itself.
 */
#ifndef PRINT_INI_H
#define PRINT_INI_H

#include <stdio.h>

#include "model/model.h"

/* What does not fit in a line of a file is told by a comment in its place. */
void print_ini(FILE *, const struct model *);

/* For nbs's own state: lines are as long as they need to be; see struct conf. */
void print_state(FILE *, const struct model *);

#endif
