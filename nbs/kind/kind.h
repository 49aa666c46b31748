/*
 * The list of link kinds.  A kind is one file here and one row of
 * kinds.def; everything else follows from its table.
 */
#ifndef KIND_KIND_H
#define KIND_KIND_H

#include <stddef.h>

#include "model/model.h"

/* Every kind, in the order of kinds.def. */
extern const struct kind *const kinds[];
extern const size_t kinds_len;

/* Finds a kind by the word that opens its section; NULL if there is none. */
const struct kind *kind_named(const char *word);

/* Finds the kind of a link the kernel told of; NULL if nbs makes none such. */
const struct kind *kind_of(const struct link *);

/* The same, or that of a device or a loopback; NULL if it was made by others. */
const struct kind *kind_given(const struct link *);

/* Reports a key of a link that has no effect, or is refused, where another is not set or 0. */
void kind_needs(const struct link *, const char *key, const char *other);

/* Reports a parent without Ethernet frames. */
void kind_needs_ethernet(const struct link *);

/* The kind of a link that has a name, or NULL, and no section. */
const struct kind *kind_default(const char *name);

#endif
