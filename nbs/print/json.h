/*
 * JSON (RFC 8259), as ip(8) prints it with -j, but with a line for each element of
 * the outermost array or object.  Whatever bytes stand in a text, what is written is
 * UTF-8: a byte that is not part of a character of it is written as that of its number.
 */
#ifndef PRINT_JSON_H
#define PRINT_JSON_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct mem;

struct json {
	FILE *f;
	struct mem *mem; /* for what its texts are made of; NULL where there is no need */
	unsigned depth;
	unsigned fold; /* so much deeper, too, each element has a line */
	bool more;     /* something stands before this at the same depth */
};

/*
 * In all of these name is that of a member of the object that is open; NULL for an
 * element of an array, or for the outermost value.
 */

/* Opens an object by '{' or an array by '['. */
void json_open(struct json *, const char *name, char bracket);

/* Closes it, by '}' or ']'; behind the outermost the line ends. */
void json_close(struct json *, char bracket);

/* Without a text, nothing is written. */
void json_text(struct json *, const char *name, const char *text);
void json_number(struct json *, const char *name, uint64_t number);
void json_signed(struct json *, const char *name, int64_t number);
void json_bool(struct json *, const char *name, bool is);

#endif
