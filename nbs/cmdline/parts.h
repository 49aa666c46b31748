/* What a command line consists of, for those who read and print it. */
#ifndef CMDLINE_PARTS_H
#define CMDLINE_PARTS_H

#include "cmdline/reader.h"

/* Of ip= and its like the line has none, only such that are left out, or more. */
enum saying { UNSAID, MISSAID, SAID };

struct cmdline {
	struct mem *mem;
	const char *file;
	struct words words;
	struct token implied; /* ip=dhcp, where nothing else says what to configure */
	struct note *notes;
	enum saying saying;
};

#endif
