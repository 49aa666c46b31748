/*
 * Text from elsewhere, such as a link's name: how files, lists and
 * messages have it, so that a terminal obeys nothing of it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/mem.h"
#include "base/text.h"
#include "key/type.h"
#include "test/support/say.h"

/* printed, head, told: NULL where it is the text as it is. */
static const struct {
	const char *name, *text, *printed, *head, *told;
} texts[] = {
	{ "ASCII", "eth0.1", NULL, NULL, NULL },
	{ "special characters", "a;b\\c]d e", "a\\x3bb\\x5cc]d e", "a\\x3bb\\x5cc\\x5dd\\x20e",
		NULL },
	{ "blanks at the ends", " a ", "\\x20a\\x20", "\\x20a\\x20", NULL },
	{ "C0 and DEL", "\x1b[2J\x7f", "\\x1b[2J\\x7f", "\\x1b[2J\\x7f", "?[2J?" },
	{ "characters of two, three and four bytes", "\xc3\xa4\xe2\x82\xac\xf0\x9f\x90\xa7", NULL,
		NULL, NULL },
	{ "C1 as a byte",
		"\x9b"
		"2J\x80",
		"\\x9b2J\\x80", "\\x9b2J\\x80", "?2J?" },
	{ "C1 as a character",
		"\xc2\x9b"
		"2J\xc2\x80",
		"\\xc2\\x9b2J\\xc2\\x80", "\\xc2\\x9b2J\\xc2\\x80", "??2J??" },
	{ "the character after them", "\xc2\xa0", NULL, NULL, NULL },
	{ "a byte of Latin-1", "\xe4!", "\\xe4!", "\\xe4!", "?!" },
	{ "a character that is cut off", "a\xe2\x82", "a\\xe2\\x82", "a\\xe2\\x82", "a??" },
	{ "half of a pair", "\xed\xa0\x80", "\\xed\\xa0\\x80", "\\xed\\xa0\\x80", "???" },
};

static char *
printed(void (*print)(const char *, FILE *), const char *text, struct mem *mem)
{
	struct mem_stream s;

	print(text, mem_open(&s));
	return mem_close(&s, mem);
}

static const char *
told(const char *text)
{
	static struct diag_trial trial;

	trial = (struct diag_trial) { 0 };
	diag_trial(&trial);
	diag(NULL, "%s", text);
	diag_trial(NULL);
	return trial.first;
}

static void
test(size_t i, struct mem *mem)
{
	const char *text = texts[i].text, *name = texts[i].name;
	char *line = printed(type_print_text, text, mem),
	     *head = printed(type_print_name, text, mem);

	say_same(name, texts[i].printed ? texts[i].printed : text, line);
	say_same(mem_printf(mem, "%s, read back", name), text, type_read_text(line, mem));
	say_same(
		mem_printf(mem, "%s, as a name", name), texts[i].head ? texts[i].head : text, head);
	say_same(mem_printf(mem, "%s, the name read back", name), text, type_read_text(head, mem));
	say_same(mem_printf(mem, "%s, told", name), texts[i].told ? texts[i].told : text,
		told(text));
}

int
main(void)
{
	struct mem *mem = mem_new();

	for (size_t i = 0; i < LEN(texts); i++)
		test(i, mem);
	mem_free(mem);
	return say_end();
}
