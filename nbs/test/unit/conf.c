/*
 * Reading files: what inih would hide is told, every line keeps its number,
 * and a later file goes on where an earlier one ended.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "conf/build.h"
#include "test/support/say.h"

enum { FILES = 3 };

#define TEN "xxxxxxxxxx"
#define HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN

/*
 * What files hold, what is read from them, [WORD NAME]@LINE and
 * KEY=VALUE@LINE, and what is complained of.
 */
static const struct {
	const char *name, *files[FILES], *read, *heard;
} cases[] = {
	{ "nothing", { "" }, "", "" },
	{ "comments and blank lines",
		{ "; a\n\n# b\n \t\n[nic a] ; c\n\n  # d\n;e\nmtu = 5 ; f\n" },
		"[nic a]@5\nmtu=5@9\n", "" },
	{ "a section without keys", { "[nic a]\n[nic b]\n\n[nic c]" },
		"[nic a]@1\n[nic b]@2\n[nic c]@4\n", "" },
	{ "no end of the last line", { "[nic a]\nmtu = 5" }, "[nic a]@1\nmtu=5@2\n", "" },
	{ "indented lines", { "[nic a]\nports = b\n\t c = d\n   e = f\n  [nic g]\n h = i\n" },
		"[nic a]@1\nports=b@2\nc=d@3\ne=f@4\n[nic g]@5\nh=i@6\n", "" },
	{ "an indented line without a key", { "[nic a]\nports = b\n\tc d\nup = no\n" },
		"[nic a]@1\nports=b@2\nup=no@4\n", "1:3: 'c d': expected KEY = VALUE\n" },
	{ "a line of 197 bytes",
		{ "[nic a]\nk = " HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN "xxx\nl = m\n" },
		"[nic a]@1\nk=" HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN "xxx@2\nl=m@3\n", "" },
	{ "a line of 198 bytes",
		{ "[nic a]\nk = " HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN "xxxx\nl = m\n" },
		"[nic a]@1\nl=m@3\n",
		"1:2: 'k = xxxxxxxxxxxxxxxxxxxxxxxxxxxx...': expected a line of at most 197 bytes\n" },
	{ "the same with CR",
		{ "[nic a]\r\nk = " HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN
		  "xxx\r\nl = m\r\n" },
		"[nic a]@1\nk=" HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN "xxx@2\nl=m@3\n", "" },
	{ "a long line is no other line",
		{ "[nic a]\nk = " HUNDRED HUNDRED "\nl = m\nk = " HUNDRED HUNDRED HUNDRED HUNDRED
		  "\nn = o\n" },
		"[nic a]@1\nl=m@3\nn=o@5\n",
		"1:2: 'k = xxxxxxxxxxxxxxxxxxxxxxxxxxxx...': expected a line of at most 197 bytes\n"
		"1:4: 'k = xxxxxxxxxxxxxxxxxxxxxxxxxxxx...': expected a line of at most 197 bytes\n" },
	{ "a long comment",
		{ "# " HUNDRED HUNDRED HUNDRED "[x]\n[nic a]\n; " HUNDRED HUNDRED "\nl = m\n" },
		"[nic a]@2\nl=m@4\n", "" },
	{ "a section's name of 60 bytes", { "[nic " TEN TEN TEN TEN TEN "123456789*]\nk = v\n" },
		"[nic " TEN TEN TEN TEN TEN "123456789*]@1\nk=v@2\n", "" },
	{ "names alike in 49 bytes",
		{ "[nic " TEN TEN TEN TEN TEN "1*]\nk = v\n[nic " TEN TEN TEN TEN TEN "2*]\n" },
		"[nic " TEN TEN TEN TEN TEN "1*]@1\nk=v@2\n[nic " TEN TEN TEN TEN TEN "2*]@3\n",
		"" },
	{ "an unclosed head", { "[nic a]\nk = v\n[nic b\nl = m\n[nic c]\nn = o\n" },
		"[nic a]@1\nk=v@2\n[nic c]@5\nn=o@6\n", "1:3: '[nic b': expected a closing ]\n" },
	{ "a head closed in a comment", { "[nic a ; ]\nk = v\n" }, "",
		"1:1: '[nic a ; ]': expected a closing ]\n" },
	{ "more after a head", { "[nic a] b\n[nic c] = d\n" }, "",
		"1:1: '[nic a] b': expected nothing after the ]\n1:2: '[nic c] = d': expected nothing after the ]\n" },
	{ "a colon before the equals sign", { "[nic a]\na:b = 3\na: 3\na = b:c\n" },
		"[nic a]@1\na=b:c@4\n",
		"1:2: 'a:b = 3': expected KEY = VALUE\n1:3: 'a: 3': expected KEY = VALUE\n" },
	{ "an empty key", { "[nic a]\n: = 3\n= 3\n  = 3\n" }, "[nic a]@1\n",
		"1:2: ': = 3': expected KEY = VALUE\n1:3: '= 3': expected KEY = VALUE\n1:4: '= 3': expected KEY = VALUE\n" },
	{ "an empty value", { "[nic a]\nk =\nl=\nm = ; n\n" }, "[nic a]@1\nk=@2\nl=@3\nm=@4\n",
		"" },
	{ "signs within a value", { "[nic a]\nk = a=b#c;d \"e\" ; f\nl = # g\nm = ' ; h'\n" },
		"[nic a]@1\nk=a=b#c;d \"e\"@2\nl=# g@3\nm='@4\n", "" },
	{ "a comment before the equals sign", { "[nic a]\nk ; = v\n" }, "[nic a]@1\n",
		"1:2: 'k ; = v': expected KEY = VALUE\n" },
	{ "a byte order mark", { "\xEF\xBB\xBF[nic a]\nk = v\n" }, "[nic a]@1\nk=v@2\n", "" },
	{ "a mark where none belongs", { "[nic a]\n\xEF\xBB\xBFk = v\n" },
		"[nic a]@1\n\xEF\xBB\xBFk=v@2\n", "" },
	{ "CRLF", { "[nic a]\r\n\r\nk = v\r\n# c\r\nl = m \r\n" }, "[nic a]@1\nk=v@3\nl=m@5\n",
		"" },
	{ "a key before any section", { "k = v\nl = m\n[nic a]\nn = o\n" }, "[nic a]@3\nn=o@4\n",
		"1:1: 'k': expected a [section] before the first key\n" },
	{ "heads that name nothing", { "[]\n[ ]\n[a b c]\n[ nic   a\t]\n" }, "[nic a]@4\n",
		"1:1: '[]': expected [KIND NAME]\n1:2: '[ ]': expected [KIND NAME]\n1:3: '[a b c]': expected [KIND NAME]\n" },
	{ "escapes in a name", { "[nic a\\x3bb]\n[nic \\x5d]\n[nic \\x00]\n" },
		"[nic a;b]@1\n[nic ]]@2\n", "1:3: '[nic \\x00]': expected [KIND NAME]\n" },
	{ "a section twice", { "[nic a]\nk = v\n[nic b]\n[nic a]\nl = m\n[global]\n[global]\n" },
		"[nic a]@1\nk=v@2\n[nic b]@3\n[global]@6\n",
		"1:4: a: [nic a] already stands on line 1\n1:7: global: [global] already stands on line 6\n" },
	{ "a later file",
		{ "[nic a]\nmtu = 5\naddress = b\naddress = c\nup = no\n",
			"[nic b]\n[nic a]\naddress = d\nmtu = 6\n" },
		"[nic a]@2\nup=no@5\naddress=d@3\nmtu=6@4\n[nic b]@1\n", "" },
	{ "a list emptied by a later file",
		{ "[nic a]\nports = b\nports = c\n", "[nic a]\nports =\n" },
		"[nic a]@1\nports=@2\n", "" },
	{ "a third file",
		{ "[nic a]\nk = 1\nk = 2\n", "[nic a]\nk = 3\nk = 4\n",
			"[nic a]\nk = 5\nl = 6\nk = 7\n" },
		"[nic a]@1\nk=5@2\nl=6@3\nk=7@4\n", "" },
	{ "a section twice in a later file", { "[nic a]\n", "\n[nic a]\n\n[nic a]\nk = v\n" },
		"[nic a]@2\n", "2:4: a: [nic a] already stands on line 2\n" },
	{ "an end within a head", { "[nic a]\nk = v\n[nic b", "l = m\n[nic c]\n" },
		"[nic a]@1\nk=v@2\n[nic c]@2\n",
		"1:3: '[nic b': expected a closing ]\n2:1: 'l': expected a [section] before the first key\n" },
};

static char *
dump(const struct conf *c)
{
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	for (const struct section *s = c->sections; s; s = s->next) {
		(void)fprintf(f, "[%s%s%s]@%d\n", s->word, *s->name ? " " : "", s->name, s->line);
		for (const struct entry *e = s->entries; e; e = e->next)
			(void)fprintf(f, "%s=%s@%d\n", e->key, e->value, e->line);
	}
	(void)fclose(f);
	return text;
}

static void
read_text(struct conf *c, const char *text, size_t len, int number)
{
	conf_text(c, text, len, (const char[]) { (char)('0' + number), '\0' });
}

static void
test_case(size_t i, struct mem *mem)
{
	struct conf c = { .mem = mem };
	char *read, *heard;

	say_hush();
	for (int n = 0; n < FILES && cases[i].files[n]; n++)
		read_text(&c, cases[i].files[n], strlen(cases[i].files[n]), n + 1);
	heard = say_heard();
	read = dump(&c);
	say_same(mem_printf(mem, "%s: what is read", cases[i].name), cases[i].read, read);
	say_same(mem_printf(mem, "%s: what is said", cases[i].name), cases[i].heard, heard);
	free(read);
}

/* A NUL cuts nothing in silence, wherever it stands. */
static void
test_nul(struct mem *mem)
{
	static const char text[] = "[nic a]\nk = v\0w\n\0\nl\0 = m\n[nic b\0]\nn = o\n";
	struct conf c = { .mem = mem };
	char *read;

	say_hush();
	read_text(&c, text, sizeof(text) - 1, 1);
	say_same("NUL bytes: what is said",
		"1:2: 'k = v': expected text, not a NUL byte\n1:3: '': expected text, not a NUL byte\n"
		"1:4: 'l': expected text, not a NUL byte\n1:5: '[nic b': expected text, not a NUL byte\n",
		say_heard());
	read = dump(&c);
	say_same("NUL bytes: what is read", "[nic a]@1\n", read);
	free(read);
}

/* Ten thousand lines keep their numbers. */
static void
test_numbers(struct mem *mem)
{
	enum { LINES = 10000 };
	struct conf c = { .mem = mem };
	char *text = mem_get(mem, LINES * 40), *to = text;
	const struct entry *e;
	int n = 0;

	to += sprintf(to, "[nic a]\n");
	for (int i = 2; i <= LINES; i++)
		to += sprintf(to, i % 3 ? "k%d = v ; a comment\n" : i % 2 ? "\n" : "\t# %d\n", i);
	read_text(&c, text, (size_t)(to - text), 1);
	for (e = c.sections->entries; e && atoi(e->key + 1) == e->line; e = e->next)
		n++;
	say(!e && n == 6666, "numbers of many lines", "wrong after %d", n);
	say(c.lines == LINES, "count of many lines", "%u", c.lines);
}

static void
test_files(struct mem *mem)
{
	struct conf c = { .mem = mem };
	const char *heard;
	int bad;

	say_hush();
	bad = conf_read(&c, "/nowhere/nbs.conf");
	heard = say_heard();
	say(bad < 0 && !strncmp(heard, "/nowhere/nbs.conf: cannot be read: ", 35),
		"a file that is not there", "said: %s", heard);
	say(conf_read(&c, "conf") == 0 && c.sections, "a folder", "nothing read");
}

int
main(void)
{
	struct mem *mem = mem_new();

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		test_case(i, mem);
	test_nul(mem);
	test_numbers(mem);
	test_files(mem);
	mem_free(mem);
	return say_end();
}
