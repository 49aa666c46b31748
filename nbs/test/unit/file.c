/*
 * Files: what a path stands for when it is written or taken away, and that what is under
 * mounts that are kept does not need the root.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"
#include "test/support/say.h"

/* A folder where each path has its own beginnings. */
static char folder[] = "/tmp/nbs-file.XXXXXX";

static const char *
in(struct mem *mem, const char *name)
{
	return mem_printf(mem, "%s/%s", folder, name);
}

/* What is written to, and where the text then stands. */
static const struct {
	const char *what, *name, *target;
} writes[] = {
	{ "a new file", "a", "a" },
	{ "a file that is there", "a", "a" },
	{ "through a link", "b", "a" },
	{ "through a link to nothing", "c", "new" },
	{ "through two, one absolute", "d", "f" },
};

static void
test_write(struct mem *mem)
{
	say(symlink("a", in(mem, "b")) == 0 && symlink("new", in(mem, "c")) == 0 &&
			symlink("e", in(mem, "d")) == 0 && symlink(in(mem, "f"), in(mem, "e")) == 0,
		"links", "%s", strerror(errno));
	for (size_t i = 0; i < LEN(writes); i++) {
		const char *text = mem_printf(mem, "text %zu\n", i);

		say(file_write(in(mem, writes[i].name), text, 0640) == 0, writes[i].what, "%s",
			strerror(errno));
		say_same(mem_printf(mem, "%s: its text", writes[i].what), text,
			file_read(in(mem, writes[i].target), mem));
	}
}

static mode_t
mode_of(const char *path)
{
	struct stat st = { 0 };

	(void)lstat(path, &st); /* 0, which is no mode of these */
	return st.st_mode;
}

static void
test_rest(struct mem *mem)
{
	char to[8];

	say((mode_of(in(mem, "a")) & 07777) == 0640, "a new file has the mode", "%o",
		mode_of(in(mem, "a")));
	(void)chmod(in(mem, "a"), 0604);
	say(symlink("gone", in(mem, "a.nbs")) == 0, "what a run that was cut short has left", "%s",
		strerror(errno));
	(void)file_write(in(mem, "b"), "again\n", 0640);
	say((mode_of(in(mem, "a")) & 07777) == 0604, "another keeps its own", "%o",
		mode_of(in(mem, "a")));
	say_same("and is written", "again\n", file_read(in(mem, "a"), mem));
	say(S_ISLNK(mode_of(in(mem, "b"))), "a link stays one", "%o", mode_of(in(mem, "b")));
	say(!file_is(in(mem, "a.nbs")), "nothing is left beside it", "a.nbs");
	say(file_remove(in(mem, "b")) == 0 && !file_is(in(mem, "a")) &&
			S_ISLNK(mode_of(in(mem, "b"))),
		"what a link leads to is taken away", "%s", strerror(errno));
	say(file_remove(in(mem, "a")) < 0 && errno == ENOENT, "what is not there is told of", "%s",
		strerror(errno));
	(void)symlink("loop", in(mem, "loop"));
	say(file_read(in(mem, "loop"), mem) == NULL && errno == ELOOP, "a circle is not read", "%s",
		strerror(errno));
	say(file_write(in(mem, "loop"), "", 0640) < 0 && errno == ELOOP, "nor written", "%s",
		strerror(errno));
	say(S_ISLNK(mode_of(in(mem, "loop"))), "and stays one", "%o", mode_of(in(mem, "loop")));
	say(file_link(in(mem, "d"), to, 1) < 0 && errno == ENAMETOOLONG,
		"a link that is too long is told of", "%s", strerror(errno));
	file_make_folders(in(mem, "x/y/z"));
	say(file_is(in(mem, "x/y")) && !file_is(in(mem, "x/y/z")), "folders on the way", "%s",
		folder);
	say(file_write(in(mem, "no/such"), "", 0600) < 0 && errno == ENOENT,
		"a folder that is missing is told of", "%s", strerror(errno));
}

/* With an empty root, as with one whose server is silent, only what is kept is there. */
static void
test_mounts(struct mem *mem)
{
	int root = open("/", O_RDONLY | O_CLOEXEC), watch = inotify_init1(IN_CLOEXEC);
	struct stat st;
	DIR *d;

	if (geteuid() != 0) {
		(void)puts("skip file mounts: only root can change it");
		return;
	}
	if (chdir(in(mem, "x")) < 0)
		say(false, "a folder", "%s", strerror(errno));
	file_keep_mounts();
	if (chroot(in(mem, "x/y")) < 0 || chdir("/") < 0) {
		say(false, "an empty root", "%s", strerror(errno));
		return;
	}
	say(file_read("/proc/self/stat", mem) != NULL, "/proc is read", "%s", strerror(errno));
	say(file_is("/proc") && file_is("/proc//self"), "as it may be written", "%s",
		strerror(errno));
	say(file_stat("/proc/self/ns/net", &st) == 0, "what it links to", "%s", strerror(errno));
	say((d = file_folder("/proc/self/fd")) != NULL, "a folder of it", "%s", strerror(errno));
	if (d)
		(void)closedir(d); /* only read from */
	say(file_watch(watch, "/proc/self", IN_CLOSE_WRITE) >= 0, "it is watched", "%s",
		strerror(errno));
	say(file_is("y") && file_write("y/z", "here", 0640) == 0,
		"a relative path begins where it did", "%s", strerror(errno));
	say_same("and so it is read", "here", file_read("y/z", mem));
	say(!file_is("/process") && !file_is("/etc"), "others are not there", "they are");
	if (fchdir(root) < 0 || chroot(".") < 0)
		say(false, "the root again", "%s", strerror(errno));
	(void)close(watch); /* only held open, as the other */
	(void)close(root);
}

int
main(void)
{
	struct mem *mem = mem_new();

	if (!mkdtemp(folder)) {
		say(false, "a folder to work in", "%s", strerror(errno));
		return say_end();
	}
	test_write(mem);
	test_rest(mem);
	test_mounts(mem);
	if (system(mem_printf(mem, "rm -r %s", folder)) != 0)
		(void)fprintf(stderr, "%s is left\n", folder);
	mem_free(mem);
	return say_end();
}
