#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"

/* The folder that the process began in, once it may be another. */
static int home = AT_FDCWD;

/* What the kernel or a tmpfs answers for, wherever the root is. */
static struct mount {
	const char *path;
	int fd;
} mounts[] = { { "/dev", -1 }, { "/proc", -1 }, { "/run", -1 }, { "/sys", -1 } };

/* Where a path begins: at a mount that is kept, to which it is then relative, or where it says. */
static int
start(const char **path)
{
	for (size_t i = 0; i < LEN(mounts); i++) {
		size_t n = strlen(mounts[i].path);

		if (mounts[i].fd < 0 || strncmp(*path, mounts[i].path, n) != 0 ||
			((*path)[n] != '/' && (*path)[n]))
			continue;
		*path += n + strspn(*path + n, "/");
		if (!**path)
			*path = ".";
		return mounts[i].fd;
	}
	return home;
}

void
file_keep_mounts(void)
{
	struct stat root, here;

	if (stat("/", &root) < 0 || (home = open(".", O_PATH | O_DIRECTORY | O_CLOEXEC)) < 0) {
		home = AT_FDCWD; /* then all is as without */
		return;
	}
	for (size_t i = 0; i < LEN(mounts); i++) {
		int fd = open(mounts[i].path, O_PATH | O_DIRECTORY | O_CLOEXEC);

		/* a plain folder may have something mounted on it later */
		if (fd >= 0 && fstat(fd, &here) == 0 && here.st_dev != root.st_dev)
			mounts[i].fd = fd;
		else if (fd >= 0)
			(void)close(fd); /* nothing was opened */
	}
}

bool
file_is(const char *path)
{
	int at = start(&path);

	return faccessat(at, path, F_OK, 0) == 0;
}

int
file_open(const char *path, int flags, mode_t mode)
{
	int at = start(&path);

	return openat(at, path, flags | O_CLOEXEC, mode);
}

FILE *
file_stream(const char *path)
{
	int fd = file_open(path, O_RDONLY, 0);
	FILE *f = fd < 0 ? NULL : fdopen(fd, "r");

	if (fd >= 0 && !f)
		(void)close(fd); /* nothing was read */
	return f;
}

DIR *
file_folder(const char *path)
{
	int fd = file_open(path, O_RDONLY | O_DIRECTORY, 0);
	DIR *d = fd < 0 ? NULL : fdopendir(fd);

	if (fd >= 0 && !d)
		(void)close(fd); /* nothing was read */
	return d;
}

int
file_stat(const char *path, struct stat *st)
{
	int at = start(&path);

	return fstatat(at, path, st, 0);
}

int
file_link(const char *path, char *to, size_t size)
{
	int at = start(&path);
	ssize_t n = readlinkat(at, path, to, size);

	if (n >= 0 && (size_t)n >= size) {
		errno = ENAMETOOLONG;
		return -1;
	}
	if (n >= 0)
		to[n] = '\0';
	return n < 0 ? -1 : 0;
}

int
file_watch(int inotify, const char *path, uint32_t events)
{
	int at = start(&path);

	/* the one call that begins at a folder only if that is the process's */
	if (at != home && fchdir(at) < 0)
		return -1;
	return inotify_add_watch(inotify, path, events);
}

int
file_unlink(const char *path)
{
	int at = start(&path);

	return unlinkat(at, path, 0);
}

int
file_remove_folder(const char *path)
{
	int at = start(&path);

	return unlinkat(at, path, AT_REMOVEDIR);
}

int
file_make_folder(const char *path, mode_t mode)
{
	int at = start(&path);

	return mkdirat(at, path, mode);
}

/* Of one file in one folder. */
static int
rename_to(const char *from, const char *to)
{
	int at = start(&from), there = start(&to);

	return renameat(at, from, there, to);
}

char *
file_read(const char *path, struct mem *mem)
{
	char buf[4096];
	char *text = NULL;
	int fd = file_open(path, O_RDONLY, 0), e;
	size_t len = 0, size = 0;
	ssize_t n;

	if (fd < 0)
		return NULL;
	while ((n = read(fd, buf, sizeof(buf))) > 0 && len < FILE_MOST) {
		if (len + (size_t)n >= size) {
			const char *first = text;

			size = 2 * size + (size_t)n + 1;
			text = mem_get(mem, size);
			(void)memcpy(text, first ? first : "", len);
		}
		(void)memcpy(text + len, buf, (size_t)n);
		len += (size_t)n;
	}
	text = text ? text : mem_text(mem, "", 0);
	e = errno;
	(void)close(fd); /* only read from */
	errno = e;
	return n < 0 ? NULL : text;
}

/* The mode of what is at a path, which may be a link; 0: nothing. */
static mode_t
mode_of(const char *path)
{
	struct stat st;
	int at = start(&path);

	return fstatat(at, path, &st, AT_SYMLINK_NOFOLLOW) == 0 ? st.st_mode : 0;
}

/*
 * The file that a path stands for: who links it elsewhere means the file
 * there, even if that is yet to be made, and has no mode.  0, or -1 with errno.
 */
static int
resolve(const char *path, char *to, size_t size, mode_t *mode)
{
	enum { HOPS = 40 }; /* linux/namei.h, MAXSYMLINKS */
	char link[PATH_MAX];
	int n = snprintf(to, size, "%s", path), hop;

	for (hop = 0; n < (int)size && hop < HOPS && S_ISLNK(*mode = mode_of(to)) &&
		      file_link(to, link, sizeof(link)) == 0;
		hop++) {
		char *slash = strrchr(to, '/');
		size_t folder = *link != '/' && slash ? (size_t)(slash - to) + 1 : 0;

		n = (int)folder + snprintf(to + folder, size - folder, "%s", link);
	}
	if (n < (int)size && hop < HOPS)
		return 0;
	errno = hop < HOPS ? ENAMETOOLONG : ELOOP;
	return -1;
}

int
file_remove(const char *path)
{
	char to[PATH_MAX];
	mode_t mode;

	return resolve(path, to, sizeof(to), &mode) < 0 ? -1 : file_unlink(to);
}

enum { PRIVATE = 0600 }; /* the mode of a new file until it has another */

/* Writes and closes; -1 with errno of what went wrong first. */
static int
fill(int fd, const char *text, mode_t mode)
{
	ssize_t len = (ssize_t)strlen(text), n = -1;
	int e;

	if (mode == PRIVATE || fchmod(fd, mode) == 0)
		n = write(fd, text, (size_t)len);
	e = n < 0 ? errno : ENOSPC;
	if (close(fd) < 0 && n == len)
		return -1;
	errno = e;
	return n == len ? 0 : -1;
}

/* Where another file cannot be put in its place, as with one that is mounted. */
static int
write_in_place(const char *path, const char *text, mode_t mode)
{
	int fd = file_open(path, O_WRONLY | O_TRUNC, 0);

	return fd < 0 ? -1 : fill(fd, text, mode);
}

int
file_write(const char *path, const char *text, mode_t mode)
{
	char to[PATH_MAX], temp[PATH_MAX + 8];
	mode_t there;
	int fd, e;

	if (resolve(path, to, sizeof(to), &there) < 0)
		return -1;
	if (there)
		mode = there & 07777;
	(void)snprintf(temp, sizeof(temp), "%s.nbs", to); /* room for it, above */
	fd = file_open(temp, O_WRONLY | O_CREAT | O_EXCL, PRIVATE);
	if (fd < 0 && errno == EEXIST && file_unlink(temp) == 0) /* of a run that was cut short */
		fd = file_open(temp, O_WRONLY | O_CREAT | O_EXCL, PRIVATE);
	if (fd >= 0 && fill(fd, text, mode) == 0 && rename_to(temp, to) == 0)
		return 0;
	e = errno;
	if (fd >= 0)
		(void)file_unlink(temp); /* what is told is why it could not be written */
	if ((e == EBUSY || e == EXDEV || e == EROFS || e == EACCES) &&
		write_in_place(to, text, mode) == 0)
		return 0;
	errno = e;
	return -1;
}

FILE *
file_begin(const char *path)
{
	static char buf[32768];
	char temp[PATH_MAX];
	FILE *f;
	int fd;

	(void)snprintf(temp, sizeof(temp), "%s.nbs", path); /* nbs's own are short */
	fd = file_open(temp, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, PRIVATE);
	f = fd < 0 ? NULL : fdopen(fd, "w");
	if (f)
		(void)setvbuf(f, buf, _IOFBF, sizeof(buf)); /* else it takes longer */
	else if (fd >= 0)
		(void)close(fd); /* nothing was written */
	return f;
}

int
file_end(FILE *f, const char *path)
{
	char temp[PATH_MAX];
	bool lost = ferror(f);
	int e;

	(void)snprintf(temp, sizeof(temp), "%s.nbs", path);
	if (fclose(f) == 0 && !lost && rename_to(temp, path) == 0)
		return 0;
	e = lost ? ENOSPC : errno;
	(void)file_unlink(temp); /* what is told is why it could not be written */
	errno = e;
	return -1;
}

void
file_make_folders(const char *path)
{
	char to[PATH_MAX];
	mode_t mode;

	if (resolve(path, to, sizeof(to), &mode) < 0)
		return; /* writing the file tells why not */
	for (char *p = strchr(to + 1, '/'); p; p = strchr(p + 1, '/')) {
		*p = '\0';
		(void)file_make_folder(to, 0755); /* there, or writing the file tells why not */
		*p = '/';
	}
}
