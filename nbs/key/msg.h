/*
 * Building one netlink message.  Once something does not fit, the
 * message is spoilt and stays so: nobody checks along the way, and the
 * sender refuses it.  The buffer is the caller's.
 *
 * To learn which value an extended ACK points at, the message is built
 * once more with seek set to the offset; blame then names the value.
 */
#ifndef KEY_MSG_H
#define KEY_MSG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct link;
struct netns;
struct nlattr;
struct nlmsghdr;
struct value;

/* What links and namespaces of a target are for the kernel at this time. */
struct names {
	const struct link *const *links; /* by their place; NULL where there is none */
	int (*space)(const struct names *, const struct netns *); /* an open file of it, or -1 */
};

struct msg {
	struct nlmsghdr *h;
	size_t size;            /* of the buffer */
	size_t head;            /* of the fixed header */
	bool full;              /* spoilt: something did not fit */
	struct nlattr *nest[6]; /* the open nests, outermost first */
	int depth;
	const struct names *names; /* NULL: links are the kernel's own */
	uint32_t seek;             /* offset to explain, 0 for none */
	const struct value *now;   /* the value being put */
	const struct value *blame; /* the value whose bytes hold the offset */
};

/* Starts a message with a fixed header of head bytes; returns that header. */
void *msg_start(struct msg *, void *buf, size_t size, uint16_t type, uint16_t flags, size_t head);

/* Appends one attribute. */
void msg_put(struct msg *, int attr, const void *data, size_t len);
void msg_put_u8(struct msg *, int attr, uint8_t);
void msg_put_u16(struct msg *, int attr, uint16_t);
void msg_put_u32(struct msg *, int attr, uint32_t);
void msg_put_text(struct msg *, int attr, const char *);

/* Opens a nest; msg_end closes the innermost, and takes it away if it is empty. */
void msg_nest(struct msg *, int attr);
void msg_end(struct msg *);

/* Closes the innermost nest even if it is empty: an empty list. */
void msg_end_list(struct msg *);

/*
 * Returns the payload of an attribute of the innermost nest (of the message
 * when none is open), appended with
 * zeros when it is not there yet; NULL when the message is spoilt.
 */
void *msg_join(struct msg *, int attr, size_t len);

/*
 * Finds an attribute in a run of attributes.  Returns it or NULL; what is
 * cut short or overlong ends the search.
 */
const struct nlattr *msg_find(const void *attrs, size_t len, int attr);

#endif
