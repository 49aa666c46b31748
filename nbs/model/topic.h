/*
 * What the topics of phrases differ in: the message that carries them
 * and the few things that their tables cannot say.
 */
#ifndef MODEL_TOPIC_H
#define MODEL_TOPIC_H

#include "model/phrase.h"

struct topic_def {
	const char *word; /* as the file has it */
	const struct table *keys;
	uint16_t add, del; /* RTM_… */
	size_t head;       /* bytes of the fixed header */
	bool alike;        /* get reads the header, to share what most have in common */
	/* Fills the header and what the table cannot say. */
	void (*put)(struct msg *, void *head, const struct phrase *);
	/* Reads the same; false when the message is of no concern. */
	bool (*get)(struct phrase *, const struct nlmsghdr *, struct model *);
	/* What makes two of them the same thing. */
	bool (*same)(const struct phrase *, const struct phrase *);
	uint32_t (*hash)(const struct phrase *);
	/* Fills in what ip(8) takes for granted, shared with like where it can be; may be NULL. */
	void (*complete)(struct phrase *, const struct phrase *like, struct mem *);
	/* Compares what is not in the table; may be NULL. */
	bool (*equal)(const struct phrase *, const struct phrase *);
};

extern const struct topic_def topic_address, topic_route, topic_rule, topic_neighbor, topic_fdb;

extern const struct word topic_scopes[], topic_tables[], topic_setters[];

/* Bytes of an address. */
size_t topic_ip_size(int family);

/* The address of a named key, or one of family 0. */
const struct ip *topic_ip(const struct phrase *, const char *key);

/* A number of a named key, or other. */
uint64_t topic_num(const struct phrase *, const char *key, uint64_t other);

/* What a key is set to. */
struct number {
	const char *key;
	uint64_t num;
};

/*
 * Appends those numbers whose keys are not set; foreign: the kernel tells of them.  Where like,
 * the values of another entry or NULL, ends in the same ones, they are shared with it: nobody
 * appends to values that have been filled.
 */
void topic_fill(struct value **, const struct table *, const struct number *, size_t n,
	struct value *like, bool foreign, struct mem *);

/* Sets a named key to what the value holds. */
void topic_set(struct value **, const struct table *, const char *key, struct value, struct mem *);

/* True when a named key is the same in both, or in neither. */
bool topic_agree(const struct phrase *, const struct phrase *, const char *key);

#endif
