/*
 * Reading INI files: sections and their lines, in order, each with file
 * and line.  inih cuts the lines; what it would cut away in silence is
 * refused before it gets there.
 */
#ifndef CONF_READ_H
#define CONF_READ_H

#include <stdbool.h>
#include <stdio.h>

#include "base/text.h"

struct mem;

/* The longest line of a file: INI_MAX_LINE of ini.h, less what ends a line. */
enum { CONF_LINE = 197 };

struct entry {
	struct entry *next;
	const char *key, *value;
	const char *file;
	int line;
};

struct section {
	struct section *next;
	const char *word;  /* what it is of: "vlan" */
	const char *name;  /* "" where there is none */
	const char *title; /* the name, or the word */
	const char *file;
	int line;
	struct entry *entries, *newest;
	bool again; /* an earlier file has it, too */
};

struct conf {
	struct mem *mem;
	struct mem *entries; /* where entries are: of no use once the model is built; NULL: mem */
	struct section *sections, *newest;
	struct map names; /* of sections: "WORD NAME" */
	unsigned lines;   /* of all files */
	bool own;         /* nbs's own state: no line is too long */
};

/*
 * Appends what a file, or each *.conf of a directory, holds.  A section of
 * an earlier file is gone on with: a key that stands again takes the place
 * of all its earlier lines.  Mistakes are reported; returns -1 when the
 * file cannot be read at all, else 0.
 */
int conf_read(struct conf *, const char *path);

/* The same from an open stream, or from a text. */
void conf_stream(struct conf *, FILE *, const char *name);
void conf_text(struct conf *, const char *text, size_t len, const char *name);

/*
 * The same for what comes from elsewhere than from lines of a file: finds
 * or adds a section, and appends a line to it.  file is told from another
 * by its pointer.
 */
struct section *conf_section(
	struct conf *, const char *word, const char *name, const char *file, int line);
void conf_entry(struct conf *, struct section *, const char *key, const char *value,
	const char *file, int line);

/* A copy in another arena; text is shared. */
struct conf conf_copy(const struct conf *, struct mem *);

#endif
