#include "base/diag.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"

/* What the kernel's log takes of a line: LOG_LINE_MAX of printk.c, its older and shorter one. */
enum { LINE = 992 };

/* Levels of the kernel's log: KERN_ERR and KERN_INFO. */
enum level { ERROR = 3, INFO = 6 };

static int errors;
static enum verbosity verbosity = NORMAL;
static bool kmsg, lenient;
static bool status; /* a line of diag_status stands on the terminal */
static struct diag_trial *trial;

/* To the first column, and all behind it away: CR of ECMA-48 8.3.15, EL of 8.3.41. */
static const char wipe[] = "\r\033[K";

void
diag_setup(enum verbosity v, bool to_kmsg)
{
	verbosity = v;
	kmsg = to_kmsg;
}

bool
diag_verbose(void)
{
	return verbosity == VERBOSE;
}

/* What a terminal would obey, such as a new line, becomes '?', and what is no character. */
static void
tame(char *s)
{
	while (*s) {
		unsigned n = text_visible(s);

		if (!n)
			*s = '?';
		s += n ? n : 1;
	}
}

/* Appends at s[n] and returns the new length; never passes the end. */
__attribute__((format(printf, 3, 0))) static size_t
add(char *s, size_t n, const char *format, va_list ap)
{
	int r = vsnprintf(s + n, LINE - n, format, ap);

	if (r < 0)
		return n;
	return n + (size_t)r < LINE ? n + (size_t)r : LINE - 1;
}

__attribute__((format(printf, 3, 4))) static size_t
addf(char *s, size_t n, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	n = add(s, n, format, ap);
	va_end(ap);
	return n;
}

/* Nobody is left to hear that a complaint could not be printed. */
static void
put(int fd, const char *s, size_t n)
{
	if (write(fd, s, n) < 0)
		return;
}

static void
put_stderr(const char *s, size_t n)
{
	diag_status(NULL);
	put(STDERR_FILENO, s, n);
}

bool
diag_has_status(void)
{
	const char *terminal = getenv("TERM");

	return !kmsg && verbosity != QUIET && isatty(STDERR_FILENO) && terminal &&
	       strcmp(terminal, "dumb") != 0;
}

void
diag_status(const char *text)
{
	char s[LINE];
	struct winsize w = { 0 };
	size_t n;

	if (status)
		put(STDERR_FILENO, wipe, strlen(wipe));
	status = false;
	if (!text || !diag_has_status())
		return;
	n = addf(s, 0, "%s", text);
	tame(s);
	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &w) < 0 || !w.ws_col)
		w.ws_col = 80;
	put(STDERR_FILENO, s, n < w.ws_col ? n : w.ws_col - 1U);
	status = true;
}

/*
 * The kernel takes ten lines in five seconds and drops the rest, of each open
 * file: so it is opened for each line.  Among the lines of others, each of ours
 * begins with the name, one about a file, too.
 */
static void
put_kmsg(enum level level, const char *s, size_t n)
{
	static const char name[] = "nbs: ";
	int fd = file_open("/dev/kmsg", O_WRONLY | O_APPEND, 0);
	char line[LINE + 4];
	size_t len;

	if (fd < 0) {
		kmsg = false;
		len = addf(line, 0, "nbs: /dev/kmsg: %s; messages go to stderr\n", strerror(errno));
		put_stderr(line, len);
		put_stderr(s, n);
		return;
	}
	len = addf(line, 0, "<%d>%s%s", (int)level, strncmp(s, name, strlen(name)) ? name : "", s);
	line[len - 1] = '\n'; /* it may have been cut */
	put(fd, line, len);
	(void)close(fd); /* nothing is buffered */
}

/* What is wrong, and with what, but for the file. */
__attribute__((format(printf, 4, 0))) static size_t
add_text(char *s, size_t n, const struct origin *o, const char *format, va_list ap)
{
	if (o && o->section)
		n = addf(s, n, "%s: ", o->section);
	if (o && o->key)
		n = addf(s, n, "%s: ", o->key);
	n = add(s, n, format, ap);
	tame(s);
	return n;
}

__attribute__((format(printf, 2, 0))) static void
note(const struct origin *o, const char *format, va_list ap)
{
	char s[LINE];

	if (trial->errors++)
		return;
	trial->line = o ? o->line : 0;
	(void)add_text(s, 0, o, format, ap);
	s[sizeof(trial->first) - 1] = '\0';
	(void)memcpy(trial->first, s, strlen(s) + 1);
}

__attribute__((format(printf, 3, 0))) static void
emit(enum level level, const struct origin *o, const char *format, va_list ap)
{
	char s[LINE + 2];
	size_t n;

	if (o && o->file && o->line)
		n = addf(s, 0, "%s:%d: ", o->file, o->line);
	else
		n = addf(s, 0, "%s: ", o && o->file ? o->file : "nbs");
	n = add_text(s, n, o, format, ap);
	s[n++] = '\n';
	s[n] = '\0';
	if (kmsg)
		put_kmsg(level, s, n);
	else
		put_stderr(s, n);
}

void
diag(const struct origin *o, const char *format, ...)
{
	va_list ap;

	if (!trial && lenient && verbosity == QUIET)
		return;
	va_start(ap, format);
	if (trial) {
		note(o, format, ap);
	} else {
		errors += !lenient;
		emit(lenient ? INFO : ERROR, o, format, ap);
	}
	va_end(ap);
}

void
diag_lenient(bool on)
{
	lenient = on;
}

void
diag_trial(struct diag_trial *t)
{
	trial = t;
}

void
diag_warn(const struct origin *o, const char *format, ...)
{
	va_list ap;

	if (trial || verbosity == QUIET)
		return;
	va_start(ap, format);
	emit(INFO, o, format, ap);
	va_end(ap);
}

void
diag_note(const struct origin *o, const char *format, ...)
{
	va_list ap;

	if (trial || verbosity != NOTES)
		return;
	va_start(ap, format);
	emit(INFO, o, format, ap);
	va_end(ap);
}

void
diag_step(const struct origin *o, const char *format, ...)
{
	va_list ap;

	if (trial || verbosity != VERBOSE)
		return;
	va_start(ap, format);
	emit(INFO, o, format, ap);
	va_end(ap);
}

int
diag_count(void)
{
	return errors;
}
