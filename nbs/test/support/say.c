#include "test/support/say.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { HEARD = 65536 };

static int bad, saved = -1;

void
say(bool good, const char *name, const char *why, ...)
{
	va_list ap;

	bad += !good;
	(void)printf("%s %s", good ? "ok" : "not ok", name);
	if (!good) {
		(void)fputs(": ", stdout);
		va_start(ap, why);
		(void)vprintf(why, ap);
		va_end(ap);
	}
	(void)putchar('\n');
	(void)fflush(stdout);
}

static void
quote(const char *title, const char *text)
{
	size_t n;

	(void)printf("#   %s\n", title);
	for (; *text; text += n + (text[n] == '\n')) {
		n = strcspn(text, "\n");
		(void)printf("#   | %.*s\n", (int)n, text);
	}
}

void
say_same(const char *name, const char *want, const char *have)
{
	if (!strcmp(want, have)) {
		say(true, name, " ");
		return;
	}
	say(false, name, "not what was expected");
	quote("expected", want);
	quote("have", have);
	(void)fflush(stdout);
}

int
say_end(void)
{
	return bad > 0;
}

void
say_hush(void)
{
	int fd = memfd_create("heard", MFD_CLOEXEC);

	saved = dup(STDERR_FILENO);
	if (fd < 0 || saved < 0 || dup2(fd, STDERR_FILENO) < 0)
		abort();
	(void)close(fd);
}

char *
say_heard(void)
{
	static char text[HEARD];
	ssize_t n = pread(STDERR_FILENO, text, sizeof(text) - 1, 0);

	if (saved < 0 || dup2(saved, STDERR_FILENO) < 0)
		abort();
	(void)close(saved);
	saved = -1;
	text[n > 0 ? n : 0] = '\0';
	return text;
}
