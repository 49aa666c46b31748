/*
 * What the readers of the single words have in common: where their lines
 * go, what they say, and which NIC is the one the machine booted from.
 */
#ifndef CMDLINE_READER_H
#define CMDLINE_READER_H

#include "cmdline/words.h"
#include "conf/read.h"
#include "key/key.h"

/* What is to be said of a word: a warning, or a remark for those who read the lines. */
struct note {
	struct note *next;
	const struct token *of;
	const char *text;
	bool remark;
	bool left; /* the word, or a part of it, is left out */
};

struct reader {
	struct conf conf; /* what the files say, and the words so far */
	const struct words *words;
	const char *file;
	const struct token *now;     /* the word at hand */
	const struct token *implied; /* ip=dhcp where nobody said it */
	struct note *notes, **last;
	int errors; /* what the files have of them */
};

void reader_warn(struct reader *, const char *format, ...) __attribute__((format(printf, 2, 3)));
void reader_remark(struct reader *, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Says why the word at hand is left out. */
void reader_leave(struct reader *, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The section of a link of this name, whatever its kind; where there is none, a NIC's. */
struct section *reader_link(struct reader *, const char *name);

/* The section of the NIC with a MAC address, whatever its name; it may have no name. */
struct section *reader_mac(struct reader *, const char *mac);

/* Of a link given by its name or MAC address; NULL when it is neither. */
struct section *reader_device(struct reader *, const char *text);

/* Of the NIC that bootdev=, ksdevice= or BOOTIF= names; NULL when none does. */
struct section *reader_boot(struct reader *);

/* The same, NULL where it has no section yet. */
struct section *reader_find_boot(struct reader *);

struct section *reader_global(struct reader *);

/* Gives a key its one value. */
void reader_set(struct reader *, struct section *, const char *key, const char *value);

/* Adds to a key's values, where it does not stand there yet. */
void reader_add(struct reader *, struct section *, const char *key, const char *value);

/* The last value of a key, of files too; NULL when it has none. */
const char *reader_value(const struct section *, const char *key);

/*
 * Has a link ask by DHCPv4.  The root may be on what is leased, and nobody
 * renews it before that is there, or ever: the address stays, as with the
 * kernel and klibc, unless a file says otherwise.
 */
void reader_ask(struct reader *, struct section *);

/* True when the link asks a DHCP server. */
bool reader_asks(const struct section *);

/* True when the command line says of the section what it is to have. */
bool reader_wants(const struct reader *, const struct section *);

/* A MAC address with colons, of one with colons or hyphens; also with 01- before it; or NULL. */
const char *reader_read_mac(struct mem *, const char *text);

/* True when a link may be called so. */
bool reader_is_name(const char *);

/* True of one digit or more, and nothing else. */
bool reader_is_digits(const char *);

#endif
