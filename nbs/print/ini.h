/*
 * A model as an INI file that reads back as the same model: what was
 * applied before, and what the kernel has.  Every value is printed,
 * nbs's own defaults and secrets too.
 */
#ifndef PRINT_INI_H
#define PRINT_INI_H

#include <stdio.h>

#include "model/model.h"

void print_ini(FILE *, const struct model *);

#endif
