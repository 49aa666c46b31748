#include "conf/read.h"

#include <errno.h>
#include <ini.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/diag.h"
#include "base/file.h"
#include "base/mem.h"
#include "key/type.h"

/* The state of reading one file. */
struct reader {
	struct conf *conf;
	FILE *stream;
	const char *file;
	int line;
	char *buf; /* of getline */
	size_t size;
	struct section *now;
	bool lost; /* the section's head was wrong: its keys are not judged */
};

static void
complain(const struct reader *r, const char *text, const char *expected)
{
	const struct origin o = { r->file, r->line, NULL, NULL };

	diag(&o, "'%s': expected %s", text, expected);
}

/* Where a comment begins: a semicolon after a blank, as inih has it. */
static char *
comment(char *s)
{
	for (char *p = strchr(s, ';'); p; p = strchr(p + 1, ';'))
		if (p > s && (p[-1] == ' ' || p[-1] == '\t'))
			return p;
	return NULL;
}

/* Cuts blanks off the end; gives the length that is left. */
static size_t
trim(char *s)
{
	size_t n = strlen(s);

	while (n && strchr(" \t\r\n", s[n - 1]))
		s[--n] = '\0';
	return n;
}

struct section *
conf_section(struct conf *c, const char *word, const char *name, const char *file, int line)
{
	const char *id = mem_printf(c->mem, "%s %s", word, name);
	struct section *s = map_get(&c->names, id);

	if (s && s->file == file)
		return s;
	if (!s) {
		s = mem_get(c->mem, sizeof(*s));
		s->word = mem_text(c->mem, word, strlen(word));
		s->name = mem_text(c->mem, name, strlen(name));
		s->title = *name ? s->name : s->word;
		*(c->newest ? &c->newest->next : &c->sections) = s;
		c->newest = s;
		map_put(&c->names, c->mem, id, s);
	}
	s->again = s->file != NULL;
	s->file = file;
	s->line = line;
	return s;
}

/* Opens a section, or goes on with one of an earlier file. */
static void
open_section(struct reader *r, const char *word, const char *name)
{
	struct conf *c = r->conf;
	struct section *s = map_get(&c->names, mem_printf(c->mem, "%s %s", word, name));
	const struct origin o = { r->file, r->line, *name ? name : word, NULL };

	if (s && s->file == r->file) {
		diag(&o, "[%s%s%s] already stands on line %d", word, *name ? " " : "", name,
			s->line);
		r->lost = true;
		return;
	}
	r->now = conf_section(c, word, name, r->file, r->line);
}

/* Reads [WORD] or [WORD NAME]; s starts with the bracket. */
static void
head(struct reader *r, char *s)
{
	const char *whole = mem_text(r->conf->mem, s, strlen(s));
	char *end = strchr(s, ']'), *stop = comment(s), *word, *name;

	r->now = NULL;
	r->lost = true;
	if (!end || (stop && stop < end)) {
		complain(r, s, "a closing ]");
		return;
	}
	if (end[1 + strspn(end + 1, " \t")] && end[1 + strspn(end + 1, " \t")] != ';') {
		complain(r, s, "nothing after the ]");
		return;
	}
	*end = '\0';
	word = s + 1 + strspn(s + 1, " \t");
	name = word + strcspn(word, " \t");
	if (*name)
		*name++ = '\0';
	name += strspn(name, " \t");
	(void)trim(name);
	if (!*word || strpbrk(name, " \t") || !(name = type_read_text(name, r->conf->mem))) {
		complain(r, whole, "[KIND NAME]");
		return;
	}
	r->lost = false;
	open_section(r, word, name);
}

/* True when the line is KEY = VALUE; else it is complained about. */
static bool
is_entry(struct reader *r, char *s)
{
	char *equals = strchr(s, '=');
	bool key = equals && equals != s;

	if (key) {
		*equals = '\0';
		key = !strchr(s, ':') && !comment(s);
		*equals = '=';
	}
	if (key)
		return true;
	(void)trim(s);
	complain(r, s, "KEY = VALUE");
	return false;
}

/* A line that inih would cut. */
static void
unfit(const struct reader *r, char *s, bool by_nul)
{
	const struct origin o = { r->file, r->line, NULL, NULL };

	if (by_nul) {
		complain(r, s, "text, not a NUL byte");
		return;
	}
	s[32] = '\0';
	diag(&o, "'%s...': expected a line of at most %d bytes", s, CONF_LINE);
}

/* Judges one line: NULL when it must not reach inih. */
static char *
judge(struct reader *r, char *s, size_t len)
{
	size_t n;
	bool cut;

	if (r->line == 1 && !strncmp(s, "\xEF\xBB\xBF", 3))
		s += 3; /* a byte order mark */
	cut = strlen(s) < len - (size_t)(s - r->buf);
	s += strspn(s, " \t");
	if (!cut && (!*s || strchr(";#\r\n", *s)))
		return NULL;
	n = trim(s);
	if (cut || (!r->conf->own && n > CONF_LINE)) {
		r->lost = r->lost || *s == '[';
		unfit(r, s, cut);
		return NULL;
	}
	if (*s == '[') {
		head(r, s);
		return NULL;
	}
	return is_entry(r, s) ? s : NULL;
}

/* Hands inih the next line; one that was judged wrong goes as an empty one. */
static char *
next_line(char *to, int room, void *stream)
{
	struct reader *r = stream;
	ssize_t n = getline(&r->buf, &r->size, r->stream);
	char *s;

	if (n < 0)
		return NULL;
	r->line++;
	s = judge(r, r->buf, (size_t)n);
	n = s ? (ssize_t)strlen(s) : 0;
	if (n >= room)
		return NULL; /* CONF_LINE is less */
	(void)memcpy(to, s ? s : "", (size_t)n + 1);
	return to;
}

/* Takes away the lines of a key that an earlier file gave. */
static void
replace(struct section *s, const char *key, const char *file)
{
	struct entry **p = &s->entries;

	s->newest = NULL;
	while (*p)
		if (!strcmp((*p)->key, key) && (*p)->file != file) {
			*p = (*p)->next;
		} else {
			s->newest = *p;
			p = &(*p)->next;
		}
}

void
conf_entry(struct conf *c, struct section *s, const char *key, const char *value, const char *file,
	int line)
{
	struct mem *mem = c->entries ? c->entries : c->mem;
	struct entry *e = mem_get(mem, sizeof(*e)), *before = s->newest;
	bool goes_on = before && !strcmp(before->key, key);

	*e = (struct entry) {
		.key = goes_on ? before->key : mem_text(mem, key, strlen(key)),
		.value = mem_text(mem, value, strlen(value)),
		.file = file,
		.line = line,
	};
	if (s->again && !(goes_on && before->file == file))
		replace(s, key, file);
	*(s->newest ? &s->newest->next : &s->entries) = e;
	s->newest = e;
}

static int
handle(void *user, const char *section, const char *name, const char *value)
{
	struct reader *r = user;

	(void)section; /* cut at 49 bytes; ours is whole */
	if (r->lost)
		return 1;
	if (!r->now) {
		complain(r, name, "a [section] before the first key");
		r->lost = true;
		return 1;
	}
	conf_entry(r->conf, r->now, name, value, r->file, r->line);
	return 1;
}

/* Cuts a line as inih does, for lines that are longer than it takes. */
static void
cut_entry(struct reader *r, char *s)
{
	char *equals = strchr(s, '='), *stop = comment(equals), *value = equals + 1;

	if (stop)
		*stop = '\0';
	*equals = '\0';
	(void)trim(s);
	(void)trim(value);
	(void)handle(r, NULL, s, value + strspn(value, " \t"));
}

static void
read_own(struct reader *r)
{
	ssize_t n;
	char *s;

	while ((n = getline(&r->buf, &r->size, r->stream)) >= 0) {
		r->line++;
		if ((s = judge(r, r->buf, (size_t)n)))
			cut_entry(r, s);
	}
}

void
conf_stream(struct conf *c, FILE *f, const char *name)
{
	struct reader r = { .conf = c, .stream = f, .file = mem_text(c->mem, name, strlen(name)) };

	/* What inih could not read was complained about before it got there. */
	if (c->own)
		read_own(&r);
	else
		(void)ini_parse_stream(next_line, &r, handle, &r);
	c->lines += (unsigned)r.line;
	free(r.buf);
}

void
conf_text(struct conf *c, const char *text, size_t len, const char *name)
{
	struct mem *mem = c->entries ? c->entries : c->mem;
	FILE *f = len ? fmemopen(mem_text(mem, text, len), len, "r") : NULL;

	if (!f)
		return;
	conf_stream(c, f, name);
	(void)fclose(f); /* only read from */
}

static int
cannot_read(const char *path)
{
	const struct origin o = { path, 0, NULL, NULL };

	diag(&o, "cannot be read: %s", strerror(errno));
	return -1;
}

static int
read_file(struct conf *c, const char *path)
{
	FILE *f = file_stream(path);
	int bad;

	if (!f)
		return cannot_read(path);
	conf_stream(c, f, path);
	bad = ferror(f);
	(void)fclose(f); /* only read from */
	return bad ? cannot_read(path) : 0;
}

static bool
is_conf(const char *name)
{
	size_t n = strlen(name);

	return n > 5 && name[0] != '.' && !strcmp(name + n - 5, ".conf");
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Names in their order, and how many there are; -1 with errno. */
static ssize_t
list(DIR *d, char ***names, struct mem *mem)
{
	size_t n = 0;
	int e;

	for (struct dirent *f; errno = 0, (f = readdir(d));) {
		if (!is_conf(f->d_name))
			continue;
		if ((n & (n - 1)) == 0) { /* full */
			char **more = mem_get(mem, (n ? 2 * n : 1) * sizeof(*more));

			for (size_t i = 0; i < n; i++)
				more[i] = (*names)[i];
			*names = more;
		}
		(*names)[n++] = mem_text(mem, f->d_name, strlen(f->d_name));
	}
	e = errno;
	if (n)
		qsort(*names, n, sizeof(**names), by_name);
	errno = e;
	return e ? -1 : (ssize_t)n;
}

static int
read_directory(struct conf *c, const char *path)
{
	const struct origin o = { path, 0, NULL, NULL };
	DIR *d = file_folder(path);
	char **names = NULL;
	ssize_t n;
	int bad = 0, e;

	if (!d)
		return cannot_read(path);
	n = list(d, &names, c->mem);
	e = errno;
	(void)closedir(d); /* only read from */
	errno = e;
	if (n < 0)
		return cannot_read(path);
	if (!n) {
		diag(&o, "no file in it whose name ends in .conf");
		return -1;
	}
	for (ssize_t i = 0; i < n; i++)
		if (read_file(c, mem_printf(c->mem, "%s/%s", path, names[i])) < 0)
			bad = -1;
	return bad;
}

int
conf_read(struct conf *c, const char *path)
{
	struct stat st;

	if (file_stat(path, &st) < 0)
		return cannot_read(path);
	return S_ISDIR(st.st_mode) ? read_directory(c, path) : read_file(c, path);
}

static void
copy_section(struct conf *to, const struct section *from)
{
	struct section *s = mem_get(to->mem, sizeof(*s));

	*s = *from;
	s->next = NULL;
	s->entries = s->newest = NULL;
	for (const struct entry *e = from->entries; e; e = e->next) {
		struct entry *copy = mem_get(to->mem, sizeof(*copy));

		*copy = *e;
		copy->next = NULL;
		*(s->newest ? &s->newest->next : &s->entries) = copy;
		s->newest = copy;
	}
	*(to->newest ? &to->newest->next : &to->sections) = s;
	to->newest = s;
	map_put(&to->names, to->mem, mem_printf(to->mem, "%s %s", s->word, s->name), s);
}

struct conf
conf_copy(const struct conf *from, struct mem *mem)
{
	struct conf to = { .mem = mem, .lines = from->lines, .own = from->own };

	for (const struct section *s = from->sections; s; s = s->next)
		copy_section(&to, s);
	return to;
}
