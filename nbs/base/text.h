/*
 * Small things about words: cutting text at blanks, matching globs,
 * finding the nearest of several names, finding an object by name.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LEN(a) (sizeof(a) / sizeof((a)[0]))

struct mem;

/*
 * Cuts the next word off *rest: returns its start, or NULL at the end.
 * The blank after it is overwritten by a NUL and *rest moved behind.
 */
char *text_word(char **rest);

/* True when name fits the pattern; '*', '?' and [a-z] as in sh(1). */
bool text_glob(const char *pattern, const char *name);

/* True when the text holds a glob's special characters. */
bool text_is_glob(const char *text);

/* How many single edits make a out of b; more than 9 counts as 9. */
int text_distance(const char *a, const char *b);

/* How many bytes the character has that begins here; 0 when it is none of UTF-8 (RFC 3629, 4). */
unsigned text_character(const char *text);

/* The same, and 0, too, for controls, which a terminal obeys (ECMA-48, 5.2 and 5.3). */
unsigned text_visible(const char *text);

/* The article of a word: "a" or "an". */
const char *text_article(const char *word);

/* A map from names to things.  Names and things are the caller's. */
struct map {
	struct slot **slots;
	size_t size, used;
};

/* Puts a thing under a name; a thing already there is shadowed. */
void map_put(struct map *, struct mem *, const char *name, void *thing);

/* Returns the thing last put under the name, or NULL. */
void *map_get(const struct map *, const char *name);

/* FNV-1a, 32 bits: http://www.isthe.com/chongo/tech/comp/fnv/ */
uint32_t text_hash(const void *data, size_t len);

#endif
