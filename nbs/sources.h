/* Where what is wanted is written: files, and the kernel command line. */
#ifndef SOURCES_H
#define SOURCES_H

#include "model/model.h"

enum { FILES = 64 };

struct sources {
	const char *files[FILES];
	size_t nfiles;    /* 0: the standard one, or that of the command line, or none */
	const char *line; /* the kernel command line is read, too: from this file */
};

/* Reads and judges them; NULL when there was a mistake, after counting them. */
struct model *sources_read(const struct sources *);

#endif
