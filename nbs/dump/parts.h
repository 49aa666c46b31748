/* The parts that make a model of what a file would say, one file each. */
#ifndef DUMP_PARTS_H
#define DUMP_PARTS_H

#include "model/model.h"

struct dumping {
	struct mem *mem;
	struct model *have, *out;
	const struct model *applied; /* or NULL */
	struct map sysctls;          /* that were read: "NETNS PATH" */
	unsigned kept;               /* routes that programs keep */
};

/* What is applied of a link, or NULL. */
struct link *dump_applied(const struct dumping *, const struct link *);

/* ARPHRD_... of a link that is there. */
unsigned dump_type(const struct link *);

/* Remarks about a link, or about a namespace. */
void dump_remark(struct dumping *, struct link *, const char *text);
void dump_remark_space(struct dumping *, struct netns *, const char *text);

/* Sets a value of a link, given as text; nothing where the link has no such key. */
void dump_set(struct dumping *, struct link *, const char *key, const char *text);

/* Appends a copy of a value. */
void dump_add(struct dumping *, struct value **, const struct value *);

/* The content of a sysctl; NULL where it was not read.  '%' in a path is a link's name, or another. */
const char *dump_sysctl(const struct dumping *, const struct netns *, const char *path);
const char *dump_setting(
	const struct dumping *, const struct link *, const struct key *, const char *name);

/* Puts the links into an order that is the same however they came about. */
void dump_order(struct model *);

/* Addresses, routes, rules, neighbours, forwarding entries: before values. */
void dump_said(struct dumping *);

/* The values of a link and of a namespace. */
void dump_values(struct dumping *, struct link *);
void dump_space(struct dumping *, struct netns *);

/* A value of a link that is one of its settings in IPv4 or IPv6, and "ipv6". */
void dump_take_setting(struct dumping *, struct link *, const struct key *);
void dump_take_ipv6(struct dumping *, struct link *);

/* True when a value is what the kernel has where nobody says anything. */
bool dump_is_usual(const struct dumping *, const struct link *, const struct value *);

/* True when routers have told the host something over a link. */
bool dump_hears_router(const struct link *);

#endif
