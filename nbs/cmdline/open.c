/* The command line from a file. */
#include <errno.h>
#include <string.h>

#include "base/diag.h"
#include "base/file.h"
#include "base/mem.h"
#include "cmdline/cmdline.h"

/* COMMAND_LINE_SIZE is 4096 or less on most machines; more than this is something else. */
enum { LONGEST = 32768 };

static struct cmdline *
cannot_read(const char *path, const char *why)
{
	const struct origin o = { path, 0, NULL, NULL };

	diag(&o, "cannot be read: %s", why);
	return NULL;
}

struct cmdline *
cmdline_open(struct mem *mem, const char *path)
{
	bool standard = !strcmp(path, "-");
	FILE *f = standard ? stdin : file_stream(path);
	char *text = mem_get(mem, LONGEST + 1);
	const char *why;
	size_t n;
	bool bad;

	if (!f)
		return cannot_read(path, strerror(errno));
	n = fread(text, 1, LONGEST, f);
	bad = ferror(f);
	why = strerror(errno);
	if (!standard)
		(void)fclose(f); /* only read from */
	if (bad)
		return cannot_read(path, why);
	if (n == LONGEST)
		return cannot_read(path, "longer than a command line can be");
	for (size_t i = 0; i < n; i++)
		if (!text[i])
			text[i] = ' ';
	while (n && (text[n - 1] == '\n' || text[n - 1] == ' '))
		text[--n] = '\0'; /* no quote reaches over the end */
	return cmdline_read(mem, text, standard ? "(command line)" : path);
}
