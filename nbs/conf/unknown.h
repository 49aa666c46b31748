/* What is in no table: where else it stands, or what was perhaps meant. */
#ifndef CONF_UNKNOWN_H
#define CONF_UNKNOWN_H

#include "base/diag.h"
#include "key/key.h"

/* Complains about a key that "a vlan" or "[global]", whose, does not have. */
void unknown_key(
	const struct origin *, const struct table *const *tables, size_t n, const char *whose);

/* Complains about a word that opens no section. */
void unknown_section(const struct origin *, const char *word);

#endif
