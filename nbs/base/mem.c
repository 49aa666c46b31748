#include "base/mem.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 16384, ALIGN = 8 };

struct block {
	struct block *next;
	size_t size, used;
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
	for (struct block *b = m->first; b; b = b->next)
		b->used = 0;
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

	if (size > SIZE_MAX - sizeof(*b) - ALIGN)
		(void)or_die(NULL); /* does not return */
	size = size > BLOCK ? size : BLOCK;
	b = or_die(malloc(sizeof(*b) + size));
	b->size = size;
	b->used = 0;
	b->next = m->now ? m->now->next : NULL;
	if (m->now)
		m->now->next = b;
	else
		m->first = b;
	m->now = b;
}

void *
mem_get(struct mem *m, size_t size)
{
	void *p;

	size = (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
	while (!m->now || m->now->size - m->now->used < size)
		if (m->now && m->now->next)
			m->now = m->now->next;
		else
			grow(m, size);
	p = m->now->data + m->now->used;
	m->now->used += size;
	return memset(p, 0, size);
}

char *
mem_text(struct mem *m, const char *text, size_t len)
{
	return memcpy(mem_get(m, len + 1), text, len);
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
	p = mem_get(m, (size_t)(n < 0 ? 0 : n) + 1);
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
