/*
 * The only printer of complaints.  Each call prints one line:
 * FILE:LINE: SECTION: KEY: what is wrong.  Parts that the origin does
 * not have are left out; without a file the line starts with "nbs".
 */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include <stdbool.h>

/* Where something was asked for; any part may be NULL or 0. */
struct origin {
	const char *file;
	int line;
	const char *section;
	const char *key;
};

enum verbosity { QUIET, NORMAL, NOTES, VERBOSE };

/* Says how much to print, and whether to /dev/kmsg instead of stderr. */
void diag_setup(enum verbosity, bool kmsg);

/* True when diag_step prints. */
bool diag_verbose(void);

/* An error: printed always and counted. */
void diag(const struct origin *, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Something that does not count as a failure; not printed with -q. */
void diag_warn(const struct origin *, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* A likely slip in a file; printed with NOTES only. */
void diag_note(const struct origin *, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Progress; printed with -v only. */
void diag_step(const struct origin *, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * A line on the terminal that stays until something else is printed or it is taken
 * away by NULL: what is going on.  Cut to the terminal's width.
 */
void diag_status(const char *text);

/* True when somebody could see it: messages go to a terminal, and not with -q. */
bool diag_has_status(void);

/*
 * From here on, or no longer, an error is told as a warning and not counted: for
 * notes of nbs's own that it can do without.
 */
void diag_lenient(bool);

/*
 * From here on, or no longer where NULL, nothing is printed or counted: errors are
 * noted there instead.  For judging what will be left out if it is wrong.
 */
struct diag_trial {
	int errors;
	int line;        /* of the first of them; 0 where it has none */
	char first[256]; /* without the file and line */
};
void diag_trial(struct diag_trial *);

/* How many errors were reported so far. */
int diag_count(void);

#endif
