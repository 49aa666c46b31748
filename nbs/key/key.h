/*
 * Keys and their values.  A key is a row of a table: its name, the type
 * of its value, the kernel's attribute, the range and the meaning.  From
 * that row it is read, printed, described, compared, sent and read back.
 * This part knows the columns, and no particular key.
 */
#ifndef KEY_KEY_H
#define KEY_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct key;
struct link;
struct mem;
struct msg;
struct type;

/* How nbs sends the values of a table, and has a link made that has them. */
enum channel {
	RTNETLINK, /* a link message: RTM_NEWLINK */
	TUN_IOCTL, /* ioctls on /dev/net/tun; rtnetlink only tells of them */
	LAST_CHANNEL = TUN_IOCTL
};

/* Where the value of a key is. */
enum home {
	IN_DATA,    /* IFLA_LINKINFO, IFLA_INFO_DATA: the kind's own data */
	IN_PORT,    /* IFLA_LINKINFO, IFLA_INFO_SLAVE_DATA */
	IN_LINK,    /* an attribute of the link message */
	IN_FLAGS,   /* a bit of ifi_flags */
	IN_INET,    /* IFLA_AF_SPEC, AF_INET, IFLA_INET_CONF */
	IN_INET6,   /* IFLA_AF_SPEC, AF_INET6 */
	IN_ATTR,    /* an attribute of a message that is not a link's */
	IN_HEAD,    /* a field of its fixed header; the attribute is the offset */
	IN_METRICS, /* RTA_METRICS */
	IN_SYSCTL,  /* a file under /proc/sys */
	IN_NBS,     /* nbs itself */
};

/* When the kernel takes a change of the value. */
enum change {
	LIVE,     /* at any time */
	IN_DOWN,  /* while the link is down */
	NO_PORTS, /* while the link has no ports */
	ANEW,     /* never: the link is made anew */
};

/* Of a key's modes: the kernel takes it in others, too, without effect. */
enum { VAIN = 0x80 };

struct word {
	const char *name; /* NULL ends the list */
	uint64_t num;
};

/* An address, or a network where len counts. */
struct ip {
	uint8_t family; /* AF_INET, AF_INET6; 0: any ("default", "all") */
	uint8_t len;    /* bits of the prefix */
	bool with_len;  /* the prefix was written */
	uint8_t b[16];
};

/* A link-layer address; INFINIBAND_ALEN, linux/if_infiniband.h, is the longest there is. */
struct bytes {
	uint8_t n;
	uint8_t b[20];
};

/* What one key was set to. */
struct value {
	struct value *next;
	const struct key *key;
	const char *file;
	union {
		struct {
			union {
				uint64_t num; /* signed numbers as two's complement */
				const char *text;
				struct value *items;
			};
			const struct link *link; /* the link that a name stands for */
		};
		struct ip ip;
		struct bytes bytes;
	};
	uint32_t to;      /* the end of a range, the second of a pair */
	int line : 26;    /* where it was set; 0: a default of nbs's own */
	bool invalid : 1; /* what was written is no such value: said once */
	bool leased : 1;  /* target: a lease says so */
	bool saved : 1;   /* target: others had it so, or the kernel's default */
	bool foreign : 1; /* printed as the kernel has it; nbs did not set it */
};
_Static_assert(sizeof(void *) != 8 || sizeof(struct value) <= 56, "every entry has several values");

struct key {
	const char *name;
	const struct type *type;
	uint16_t attr;
	int32_t min; /* inclusive, as max is; both 0: no range */
	int64_t max;
	const char *help;
	const struct word *words;
	const struct type *of; /* what a list holds */
	const char *standard;  /* what holds when it is not set */
	const char *ip;        /* ip(8)'s word, where it is not the name; "": it has none */
	const char *also;      /* other words for it, blanks between */
	const char *path;      /* the file of an IN_SYSCTL */
	const char *after;     /* a key of the same link that has to be changed in a round before */
	bool (*same)(const struct value *want, const struct value *have);
	union {
		uint32_t bit;     /* of a flag */
		uint32_t second;  /* the greatest second of a pair; 0: as the first */
		uint32_t unicast; /* a MAC address of one device, not of a group */
	};
	uint16_t item;      /* attribute of each item of a list; 0: counted from 0 */
	uint16_t ms : 10;   /* milliseconds in one unit: the value is a time */
	uint16_t parts : 4; /* units in a millisecond: it takes a time, too */
	bool first : 1;     /* opens a phrase, without its name */
	bool on_off : 1;    /* ip(8) wants on or off where the table has digits */
	char since[5];      /* the first kernel that has it, or "" */
	uint8_t slack : 4;  /* what the kernel may round by */
	enum home home : 4;
	uint8_t modes; /* of the link that it is for: a bit for each word of mode, and VAIN; 0: all */
	enum change change : 2;
	bool invert : 1; /* the kernel's flag says the opposite */
	bool need : 1;   /* must be set */
	bool many : 1;   /* may stand on several lines */
	bool late : 1; /* not taken by the message that makes the link; a sysctl: not before it is up */
	bool unread : 1; /* the kernel does not tell it */
	bool secret : 1; /* never printed */
};
_Static_assert(sizeof(void *) != 8 || sizeof(struct key) <= 120, "there are hundreds of keys");

/* A kernel's version as a number to compare. */
#define RELEASE(major, minor) ((unsigned)(major) << 8 | (unsigned)(minor))

/* A list of keys, ended by its length. */
struct table {
	const char *name;
	const struct key *keys;
	size_t n;
	bool digits; /* ip(8) wants 1 or 0 for yes or no */
	enum channel via;
};

struct type {
	/* Reads text into the value.  Returns 0, or -1 when it does not fit. */
	int (*parse)(const struct key *, struct value *, const char *text, struct mem *);
	/* Prints the value so that parse reads it back. */
	void (*print)(const struct key *, const struct value *, FILE *);
	/* Says what parse takes, to follow "expected". */
	void (*describe)(const struct key *, FILE *);
	/* True when the kernel's value is what was wanted. */
	bool (*same)(const struct key *, const struct value *want, const struct value *have);
	/* Appends the attribute. */
	void (*put)(const struct key *, const struct value *, struct msg *);
	/* Reads the payload of the attribute.  Returns 0, or -1 when it is not one. */
	int (*get)(const struct key *, struct value *, const void *data, size_t len, struct mem *);
	uint8_t size; /* bytes on the wire */
	bool is_signed, big_endian;
	bool bare; /* takes no value in a phrase: being there is the value */
};

/* Finds a key by name; returns it or NULL. */
const struct key *key_find(const struct table *, const char *name);

/* Finds the name that is nearest to one that is not there; NULL if none is near. */
const char *key_nearest(const struct table *const *tables, size_t n, const char *name);

/* Reads a value of a key; -1 when the text does not fit.  Lists grow at their end. */
int key_parse(const struct key *, struct value *, const char *text, struct mem *);

/* True when have is what was wanted. */
bool key_same(const struct value *want, const struct value *have);

/* Appends the value to a message, and remembers whose bytes they are. */
void key_put(const struct value *, struct msg *);

/* Finds the value of a key among those set; NULL when it is not. */
struct value *value_of(struct value *values, const struct key *);

/* The value of a named key, or NULL. */
struct value *value_named(struct value *values, const char *name);

/* The number of a named key, or other when it is not set. */
uint64_t value_num(struct value *values, const char *name, uint64_t other);

/* Appends a value to a list of values. */
void value_add(struct value **values, struct value *);

/* A copy of values, lists with their items. */
struct value *values_copy(struct mem *, const struct value *);

/* The value as text, in the arena; secrets hidden. */
char *value_text(const struct value *, struct mem *);

/* The same, secrets too. */
char *value_plain(const struct value *, struct mem *);

/* What a key expects, as text in the arena. */
char *key_expects(const struct key *, struct mem *);

#endif
