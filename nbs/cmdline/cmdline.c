#include "cmdline/cmdline.h"

#include <string.h>

#include "base/mem.h"
#include "check/check.h"
#include "resolve/complete.h"
#include "cmdline/ip.h"
#include "cmdline/links.h"
#include "cmdline/parts.h"
#include "cmdline/rest.h"
#include "conf/build.h"

/* What is shown of a word: less where it counts, and its number tells which it is. */
enum { SHOWN = 24, SHOWN_WRONG = 100 };

/* Links are made before they are configured, and what they have for a name before all NICs. */
enum pass { MAKE, NAMED, OTHERS, REST, PASSES };

static const struct row {
	const char *name;
	enum pass pass;
	void (*read)(struct reader *, const char *value);
	bool bare;
} rows[] = {
#define WORD(name, pass, read) { name, pass, read, false },
#define BARE(name, pass, read) { name, pass, read, true },
#include "cmdline/words.def"
};

/* A word that has a row, and its reader. */
struct job {
	const struct token *word;
	const struct row *row;
};

struct cmdline *
cmdline_read(struct mem *mem, const char *text, const char *file)
{
	struct cmdline *c = mem_get(mem, sizeof(*c));

	c->mem = mem;
	c->file = file;
	c->words = words_split(mem, text);
	return c;
}

const char *
cmdline_file(const struct cmdline *c)
{
	const struct token *w = words_last(&c->words, "nbs.conf");

	return w && *w->value ? w->value : NULL;
}

/* How much is wrong with all that there is so far; why is that of the first. */
static int
judge(struct reader *r, struct diag_trial *t)
{
	struct mem *mem = mem_new();
	struct conf c = conf_copy(&r->conf, mem);
	struct model *m;

	*t = (struct diag_trial) { 0 };
	diag_trial(t);
	m = conf_build(&c);
	complete_model(m);
	check(m);
	diag_trial(NULL);
	mem_free(mem);
	return t->errors;
}

/*
 * Reads some words.  If that makes something wrong, each half of them is
 * read for itself, until the one that is wrong is found and left out.
 */
static void
settle(struct reader *r, const struct job *t, size_t n)
{
	struct conf before = conf_copy(&r->conf, r->conf.mem);
	struct note **last = r->last;
	struct diag_trial trial;

	for (size_t i = 0; i < n; i++) {
		r->now = t[i].word;
		t[i].row->read(r, t[i].word->value);
	}
	if (!n || judge(r, &trial) <= r->errors)
		return;
	r->conf = before;
	r->last = last;
	*last = NULL;
	if (n > 1) {
		settle(r, t, n / 2);
		settle(r, t + n / 2, n - n / 2);
	} else {
		reader_leave(r, "%s", r->errors ? "the files and it do not fit" : trial.first);
	}
}

/* An ip= that names its device comes before one that does not. */
static enum pass
pass_of(const struct reader *r, const struct job *t)
{
	return t->row->pass == NAMED && !ip_is_named(r->conf.mem, t->word->value) ? OTHERS
	                                                                          : t->row->pass;
}

static void
read_pass(struct reader *r, const struct job *all, size_t n, enum pass pass)
{
	struct job *some = mem_get(r->conf.mem, (n + 1) * sizeof(*some));
	size_t m = 0;

	for (size_t i = 0; i < n; i++)
		if (pass_of(r, &all[i]) == pass)
			some[m++] = all[i];
	settle(r, some, m);
}

static const struct row *
row_of(const struct token *w)
{
	for (size_t i = 0; i < LEN(rows); i++)
		if ((w->value || rows[i].bare) && words_called(w, rows[i].name))
			return &rows[i];
	return NULL;
}

/* The words that have a row. */
static size_t
find_tokens(const struct cmdline *c, struct job *all)
{
	const struct row *row;
	size_t n = 0;

	for (size_t i = 0; i < c->words.n; i++)
		if ((row = row_of(&c->words.all[i])))
			all[n++] = (struct job) { &c->words.all[i], row };
	return n;
}

static bool
is_left(const struct cmdline *c, const struct token *w)
{
	for (const struct note *n = c->notes; n; n = n->next)
		if (n->of == w && n->left)
			return true;
	return false;
}

/* What the line has of ip=: nothing, only what is left out, or some that counts. */
static enum saying
saying_of(const struct cmdline *c, const struct job *all, size_t n)
{
	enum saying s = UNSAID;

	for (size_t i = 0; i < n; i++)
		if (all[i].row->pass == NAMED) {
			if (!is_left(c, all[i].word))
				return SAID;
			s = MISSAID;
		}
	return s;
}

/* ip=dhcp, where there is no ip= that counts and no file either. */
static void
imply(struct cmdline *c, struct reader *r)
{
	struct job job = { &c->implied, NULL };

	c->implied = (struct token) { (int)c->words.n + 1, "ip", "dhcp",
		c->saying == UNSAID ? "no ip=, as ip=dhcp" : "no ip= that counts, as ip=dhcp" };
	job.row = row_of(&c->implied);
	settle(r, &job, 1);
}

static const char *
shown(const struct cmdline *c, const char *text, int most)
{
	return strlen(text) > (size_t)most ? mem_printf(c->mem, "%.*s...", most, text) : text;
}

/* Of a word that is left out, only why. */
static void
tell(const struct cmdline *c, const struct token *of)
{
	bool left = is_left(c, of);
	const struct origin o = { c->file, of->no, shown(c, of->text, left ? SHOWN_WRONG : SHOWN),
		NULL };

	for (const struct note *n = c->notes; n; n = n->next)
		if (n->of == of && !n->remark && n->left == left)
			diag_warn(&o, "%s", n->text);
}

/* What is left out was wanted, and what takes its place may be something else. */
static void
tell_implied(const struct cmdline *c)
{
	const struct origin o = { c->file, 0, NULL, NULL };

	if (c->implied.text && c->saying == MISSAID)
		diag_warn(&o, "no ip= that counts, and no file: DHCP is asked, as with ip=dhcp");
}

void
cmdline_add(struct cmdline *c, struct conf *conf, bool alone)
{
	struct job *all = mem_get(c->mem, (c->words.n + 1) * sizeof(*all));
	struct reader r = { .conf = *conf,
		.words = &c->words,
		.file = c->file,
		.last = &c->notes,
		.implied = &c->implied };
	size_t n = find_tokens(c, all);
	struct diag_trial trial;

	r.errors = judge(&r, &trial);
	read_pass(&r, all, n, MAKE);
	read_pass(&r, all, n, NAMED);
	read_pass(&r, all, n, OTHERS);
	c->saying = saying_of(c, all, n);
	if (alone && c->saying != SAID)
		imply(c, &r);
	rest_conclude(&r);
	read_pass(&r, all, n, REST);
	*conf = r.conf;
	for (size_t i = 0; i < n; i++)
		tell(c, all[i].word);
	tell_implied(c);
}
