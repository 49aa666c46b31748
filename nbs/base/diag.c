#include "base/diag.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { LINE = 1024 };

static int errors;
static enum verbosity verbosity = NORMAL;
static int kmsg = -1;

void
diag_setup(enum verbosity v, bool to_kmsg)
{
	verbosity = v;
	if (to_kmsg)
		kmsg = open("/dev/kmsg", O_WRONLY | O_CLOEXEC);
}

bool
diag_verbose(void)
{
	return verbosity == VERBOSE;
}

/* Bytes that would move the cursor or start a new line become '?'. */
static void
tame(char *s)
{
	for (; *s; s++)
		if ((unsigned char)*s < 0x20 || *s == 0x7f)
			*s = '?';
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

__attribute__((format(printf, 2, 0))) static void
emit(const struct origin *o, const char *format, va_list ap)
{
	char s[LINE + 1];
	size_t n;

	if (o && o->file && o->line)
		n = addf(s, 0, "%s:%d: ", o->file, o->line);
	else
		n = addf(s, 0, "%s: ", o && o->file ? o->file : "nbs");
	if (o && o->section)
		n = addf(s, n, "%s: ", o->section);
	if (o && o->key)
		n = addf(s, n, "%s: ", o->key);
	n = add(s, n, format, ap);
	tame(s);
	s[n++] = '\n';
	/* Nobody is left to hear that a complaint could not be printed. */
	if (write(kmsg >= 0 ? kmsg : STDERR_FILENO, s, n) < 0)
		return;
}

void
diag(const struct origin *o, const char *format, ...)
{
	va_list ap;

	errors++;
	va_start(ap, format);
	emit(o, format, ap);
	va_end(ap);
}

void
diag_warn(const struct origin *o, const char *format, ...)
{
	va_list ap;

	if (verbosity == QUIET)
		return;
	va_start(ap, format);
	emit(o, format, ap);
	va_end(ap);
}

void
diag_step(const struct origin *o, const char *format, ...)
{
	va_list ap;

	if (verbosity != VERBOSE)
		return;
	va_start(ap, format);
	emit(o, format, ap);
	va_end(ap);
}

int
diag_count(void)
{
	return errors;
}
