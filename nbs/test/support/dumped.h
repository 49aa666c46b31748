/*
 * Cases of dump: what nbs has applied, what others have set, and the file that
 * dump makes of both, without its empty lines.
 */
#ifndef TEST_SUPPORT_DUMPED_H
#define TEST_SUPPORT_DUMPED_H

#include "test/support/bed.h"

struct dumped {
	const char *name, *ours, *theirs;
	const char *dump;             /* NULL: what the last of them says */
	void (*kernel)(struct bed *); /* changes what no file can say */
	void (*have)(struct model *); /* or what is read of the kernel */
};

void dumped_say(const struct dumped *, size_t n);

#endif
