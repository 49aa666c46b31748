#include "kind/kind.h"

#include <string.h>

#define KIND(word) extern const struct kind kind_##word;
#include "kind/kinds.def"
#undef KIND

#define KIND(word) &kind_##word,
const struct kind *const kinds[] = {
#include "kind/kinds.def"
};
#undef KIND

const size_t kinds_len = LEN(kinds);

const struct kind *
kind_named(const char *word)
{
	for (size_t i = 0; i < kinds_len; i++)
		if (!strcmp(kinds[i]->name, word))
			return kinds[i];
	return NULL;
}

const struct kind *
kind_of(const struct link *l)
{
	for (size_t i = 0; l->info && i < kinds_len; i++)
		if (kinds[i]->info && !strcmp(kinds[i]->info, l->info) &&
			(!kinds[i]->is || kinds[i]->is(l)))
			return kinds[i];
	return NULL;
}
