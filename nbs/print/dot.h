/*
 * The language of Graphviz, dot(1).  Whatever bytes stand in a text, what is written
 * is UTF-8 and fit for XML: other bytes, and backslashes, are written \xHH as in a file,
 * so that two texts never become one.
 */
#ifndef PRINT_DOT_H
#define PRINT_DOT_H

#include <stdio.h>

/* The name of a node or cluster, quoted; two parts of it one after the other. */
void dot_name(FILE *, const char *one, const char *two);

/* Text within a label of <...>. */
void dot_text(FILE *, const char *);

#endif
