/*
 * Arenas.  Everything that belongs to one model lives in one arena and
 * is given back at once; nothing in it is ever freed by itself.
 */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>
#include <stdio.h>

struct mem;

/* Returns a new, empty arena.  Running out of memory ends the process. */
struct mem *mem_new(void);

/* Forgets all that the arena holds and keeps its blocks for reuse. */
void mem_reset(struct mem *);

/* Gives the arena and all that it holds back. */
void mem_free(struct mem *);

/* Returns size zeroed bytes, aligned for pointers and numbers of 64 bits. */
void *mem_get(struct mem *, size_t size);

/* Returns a copy of the first len bytes of text, ended by a NUL. */
char *mem_text(struct mem *, const char *text, size_t len);

/* Returns what printf would print, in the arena. */
char *mem_printf(struct mem *, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A stream whose text goes to an arena. */
struct mem_stream {
	FILE *f;
	char *text;
	size_t size;
};

/* Opens it; what mem_close returns is all that was written. */
FILE *mem_open(struct mem_stream *);
char *mem_close(struct mem_stream *, struct mem *);

#endif
