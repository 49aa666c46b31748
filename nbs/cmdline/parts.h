/* What a command line consists of, for those who read and print it. */
#ifndef CMDLINE_PARTS_H
#define CMDLINE_PARTS_H

#include "cmdline/reader.h"

struct cmdline {
	struct mem *mem;
	const char *file;
	struct words words;
	struct token implied; /* ip=dhcp, where nothing else says what to configure */
	struct note *notes;
};

#endif
