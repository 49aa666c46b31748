#include "base/mem.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A new block is twice as large as the one before; what malloc(3) adds fits a page, too. */
enum { LEAST = 1024 - 64, MOST = 262144 - 64, ALIGN = 8 };

/* What has not been given out is zero.  Text, which needs no alignment, is taken from the end. */
struct block {
	struct block *next;
	size_t size, used, end;
	_Alignas(ALIGN) unsigned char data[];
};

struct mem {
	struct block *first, *now;
};

/* The one place where running out of memory is dealt with. */
static void *
or_die(void *p)
{
	static const char text[] = "nbs: out of memory\n";

	if (!p) {
		(void)fputs(text, stderr); /* nowhere left to report to */
		exit(1);
	}
	return p;
}

struct mem *
mem_new(void)
{
	return or_die(calloc(1, sizeof(struct mem)));
}

void
mem_reset(struct mem *m)
{
	for (struct block *b = m->first; b; b = b->next) {
		(void)memset(b->data, 0, b->used);
		(void)memset(b->data + b->end, 0, b->size - b->end);
		b->used = 0;
		b->end = b->size;
	}
	m->now = m->first;
}

void
mem_free(struct mem *m)
{
	struct block *next;

	if (!m)
		return;
	for (struct block *b = m->first; b; b = next) {
		next = b->next;
		free(b);
	}
	free(m);
}

/* Puts a new block of at least size bytes behind the one in use. */
static void
grow(struct mem *m, size_t size)
{
	struct block *b;
	size_t least;

	if (size > SIZE_MAX - sizeof(*b) - ALIGN)
		(void)or_die(NULL); /* does not return */
	least = !m->now ? LEAST : m->now->size < MOST / 2 ? 2 * m->now->size : MOST;
	size = size > least ? size : least;
	b = or_die(calloc(1, sizeof(*b) + size));
	b->size = b->end = size;
	b->next = m->now ? m->now->next : NULL;
	if (m->now)
		m->now->next = b;
	else
		m->first = b;
	m->now = b;
}

/* Makes room for size bytes in the block in use. */
static struct block *
room(struct mem *m, size_t size)
{
	while (!m->now || m->now->end - m->now->used < size)
		if (m->now && m->now->next)
			m->now = m->now->next;
		else
			grow(m, size);
	return m->now;
}

void *
mem_get(struct mem *m, size_t size)
{
	struct block *b;

	size = (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
	b = room(m, size);
	b->used += size;
	return b->data + b->used - size;
}

/* Room for a text of a length and its NUL. */
static char *
get_text(struct mem *m, size_t len)
{
	struct block *b = room(m, len + 1);

	b->end -= len + 1;
	return (char *)b->data + b->end;
}

char *
mem_text(struct mem *m, const char *text, size_t len)
{
	return memcpy(get_text(m, len), text, len);
}

char *
mem_printf(struct mem *m, const char *format, ...)
{
	va_list ap;
	char *p;
	int n;

	va_start(ap, format);
	n = vsnprintf(NULL, 0, format, ap);
	va_end(ap);
	p = get_text(m, (size_t)(n < 0 ? 0 : n));
	va_start(ap, format);
	(void)vsnprintf(p, (size_t)(n < 0 ? 0 : n) + 1, format, ap); /* measured above */
	va_end(ap);
	return p;
}

FILE *
mem_open(struct mem_stream *s)
{
	s->f = or_die(open_memstream(&s->text, &s->size));
	return s->f;
}

char *
mem_close(struct mem_stream *s, struct mem *mem)
{
	char *text;

	(void)fclose(s->f); /* fails only for want of memory: see or_die */
	text = mem_text(mem, or_die(s->text), strlen(s->text));
	free(s->text);
	return text;
}
