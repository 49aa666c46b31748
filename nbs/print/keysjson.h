/* The tables of keys as JSON, for editors; the members are told of in nbs(8). */
#ifndef PRINT_KEYSJSON_H
#define PRINT_KEYSJSON_H

#include <stdio.h>

/* As print_keys, with the sections that there are. */
int keysjson_print(FILE *, const char *kind);

#endif
