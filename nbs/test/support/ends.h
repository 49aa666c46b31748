/* What a key takes at both its ends, as text: made from its row of the table. */
#ifndef TEST_SUPPORT_ENDS_H
#define TEST_SUPPORT_ENDS_H

#include "key/key.h"

/* Text for one end of what a type takes under a key; NULL: the type is not known here. */
const char *ends_text(const struct key *, const struct type *, bool upper, struct mem *);

bool ends_is_number(const struct type *);
bool ends_is_switch(const struct type *);

#endif
