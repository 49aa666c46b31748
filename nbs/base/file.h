/*
 * Files by their paths: whole ones, read and written, and the calls of the system.
 *
 * Once mounts are kept, what lies under /dev, /proc, /run and /sys is reached from there and not
 * from the root: that may be on the very network which is to be mended, and each path that
 * begins at it then waits for a server.
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <dirent.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/stat.h>

struct mem;

/*
 * Keeps those of the four that are mounted by now, to the end of the process.  From then on the
 * process's own folder may change: relative paths mean what they did if they are used here.
 */
void file_keep_mounts(void);

/* Reads a whole file, or what of it is not much more than this, into the arena; NULL with errno. */
enum { FILE_MOST = 1 << 20 };
char *file_read(const char *path, struct mem *);

/*
 * Writes a file whole and renames it into place, or where a link at its place leads; one that
 * is there keeps its mode.  Returns 0, or -1 with errno.
 */
int file_write(const char *path, const char *text, mode_t mode);

/*
 * Begins a file of nbs's own, which no link stands for, and puts it in its place whole: one at
 * a time.  NULL, and -1, with errno.
 */
FILE *file_begin(const char *path);
int file_end(FILE *, const char *path);

/* Takes away the file that a path stands for; 0, or -1 with errno. */
int file_remove(const char *path);

/* Makes the folders on the way to a file, as far as they are missing. */
void file_make_folders(const char *path);

/* True when there is something at a path. */
bool file_is(const char *path);

/* As open(2), with O_CLOEXEC; of mode what the flags ask for. */
int file_open(const char *path, int flags, mode_t mode);

/* As fopen(3) to read, and as opendir(3). */
FILE *file_stream(const char *path);
DIR *file_folder(const char *path);

/* As stat(2), and readlink(2), but with a NUL behind what was read; 0, or -1 with errno. */
int file_stat(const char *path, struct stat *);
int file_link(const char *path, char *to, size_t size);

/* As inotify_add_watch(2), of an absolute path. */
int file_watch(int inotify, const char *path, uint32_t events);

/* As unlink(2), rmdir(2) and mkdir(2). */
int file_unlink(const char *path);
int file_remove_folder(const char *path);
int file_make_folder(const char *path, mode_t mode);

#endif
