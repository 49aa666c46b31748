/*
 * Phrases: lines of ip(8)'s words.  Each topic has one table of keys and
 * one file; reading, printing and comparing are the same for all.
 */
#ifndef MODEL_PHRASE_H
#define MODEL_PHRASE_H

#include "model/model.h"

/* What is wrong with a text: the word, its key if known, what was expected. */
struct fault {
	const char *key;
	const char *text;
	const char *expected;
};

extern const struct table address_keys, route_keys, hop_keys, rule_keys, neighbor_keys, fdb_keys;

/* The keys of a topic. */
const struct table *phrase_table(enum topic);

/* The word for a topic in the file: "address". */
const char *phrase_topic(enum topic);

/* The same for an entry: "gateway" is a route, too. */
const char *phrase_key(const struct phrase *);

/* Reads a phrase.  Returns it, or NULL with the fault filled. */
struct phrase *phrase_parse(
	struct mem *, enum topic, const char *text, const char *file, int line, struct fault *);

/* Prints a phrase as the file has it. */
void phrase_print(const struct phrase *, FILE *);

/* Phrase as text in the arena. */
char *phrase_text(const struct phrase *, struct mem *);

/* The address of a named key, or NULL. */
const struct ip *phrase_ip(const struct phrase *, const char *key);

/* The router of a next hop, or NULL. */
const struct ip *phrase_via(const struct nexthop *);

/* IFA_F_… of an address that the kernel told of. */
uint32_t phrase_address_flags(const struct phrase *);

/* True when an address is within a network. */
bool phrase_covers(const struct ip *net, const struct ip *);

/* True when two phrases are the same thing, whatever their settings. */
bool phrase_same(const struct phrase *want, const struct phrase *have);

/* True when one of a list is the same thing. */
bool phrase_stands(const struct phrase *list, const struct phrase *);

/* True when have is the kernel's own: what is wanted does not drive it out. */
bool phrase_stays(const struct phrase *have);

/* True when have is all that want says. */
bool phrase_equal(const struct phrase *want, const struct phrase *have);

/* A hash that is equal for phrases that are the same thing. */
uint32_t phrase_hash(const struct phrase *);

/* Appends the message's header and attributes; the verb is type and flags. */
void phrase_put(struct msg *, void *buf, size_t size, const struct phrase *, bool remove);

/* Reads a message of the kernel; NULL when it is malformed or of no concern. */
struct phrase *phrase_get(struct model *, struct netns *, const struct nlmsghdr *);

/*
 * Fills in what ip(8) would take for granted, so that it can be compared; what like, an entry
 * of the same type or NULL, has of it is shared.
 */
void phrase_complete(struct phrase *, const struct phrase *like, struct mem *);

#endif
