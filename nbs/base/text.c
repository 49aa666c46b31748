#include "base/text.h"

#include <fnmatch.h>
#include <string.h>

#include "base/mem.h"

struct slot {
	struct slot *next;
	const char *name;
	void *thing;
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

char *
text_word(char **rest)
{
	char *word = *rest, *end;

	while (is_blank(*word))
		word++;
	for (end = word; *end && !is_blank(*end); end++)
		;
	if (end == word)
		return NULL;
	*rest = end;
	if (*end)
		*(*rest)++ = '\0';
	return word;
}

bool
text_glob(const char *pattern, const char *name)
{
	return fnmatch(pattern, name, 0) == 0;
}

bool
text_is_glob(const char *text)
{
	return text[strcspn(text, "*?[")] != '\0';
}

unsigned
text_character(const char *text)
{
	const unsigned char *c = (const unsigned char *)text;
	unsigned n = *c < 0x80   ? 1
	             : *c < 0xc2 ? 0
	             : *c < 0xe0 ? 2
	             : *c < 0xf0 ? 3
	             : *c < 0xf5 ? 4
	                         : 0;

	for (unsigned i = 1; i < n; i++)
		if ((c[i] & 0xc0) != 0x80)
			return 0;
	if ((*c == 0xe0 && c[1] < 0xa0) || (*c == 0xf0 && c[1] < 0x90))
		return 0; /* longer than it need be */
	if ((*c == 0xed && c[1] > 0x9f) || (*c == 0xf4 && c[1] > 0x8f))
		return 0; /* half of a pair of UTF-16; beyond the last character */
	return n;
}

unsigned
text_visible(const char *text)
{
	const unsigned char *c = (const unsigned char *)text;

	if (*c < 0x20 || *c == 0x7f || (*c == 0xc2 && c[1] < 0xa0))
		return 0;
	return text_character(text);
}

const char *
text_article(const char *word)
{
	return *word && strchr("aeiou", *word) ? "an" : "a";
}

static int
least(int a, int b, int c)
{
	int n = a < b ? a : b;

	return n < c ? n : c;
}

int
text_distance(const char *a, const char *b)
{
	enum { LONGEST = 63 };
	size_t la = strlen(a), lb = strlen(b);
	int row[LONGEST + 1], last, up;

	if (la > LONGEST || lb > LONGEST)
		return 9;
	for (size_t j = 0; j <= lb; j++)
		row[j] = (int)j;
	for (size_t i = 1; i <= la; i++) {
		last = row[0];
		row[0] = (int)i;
		for (size_t j = 1; j <= lb; j++) {
			up = row[j];
			row[j] = least(up + 1, row[j - 1] + 1, last + (a[i - 1] != b[j - 1]));
			last = up;
		}
	}
	return row[lb] < 9 ? row[lb] : 9;
}

uint32_t
text_hash(const void *data, size_t len)
{
	const unsigned char *p = data;
	uint32_t h = 2166136261;

	while (len--)
		h = (h ^ *p++) * 16777619;
	return h;
}

/* Twice the slots once there are as many names as slots. */
static void
grow(struct map *m, struct mem *mem)
{
	struct map old = *m;
	struct slot *next, **to;

	m->size = old.size ? old.size * 2 : 16;
	m->slots = mem_get(mem, m->size * sizeof(struct slot *));
	for (size_t i = 0; i < old.size; i++)
		for (struct slot *s = old.slots[i]; s; s = next) {
			next = s->next;
			to = &m->slots[text_hash(s->name, strlen(s->name)) & (m->size - 1)];
			while (*to) /* keep the order, so that the last put stays first */
				to = &(*to)->next;
			*to = s;
			s->next = NULL;
		}
}

void
map_put(struct map *m, struct mem *mem, const char *name, void *thing)
{
	struct slot *s = mem_get(mem, sizeof(*s)), **to;

	if (m->used++ >= m->size)
		grow(m, mem);
	to = &m->slots[text_hash(name, strlen(name)) & (m->size - 1)];
	*s = (struct slot) { *to, name, thing };
	*to = s;
}

void *
map_get(const struct map *m, const char *name)
{
	if (!m->size)
		return NULL;
	for (struct slot *s = m->slots[text_hash(name, strlen(name)) & (m->size - 1)]; s;
		s = s->next)
		if (!strcmp(s->name, name))
			return s->thing;
	return NULL;
}
