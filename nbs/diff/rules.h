/*
 * What must come before what in a plan: a list of rules, each with its
 * reason.  A step has traits, and is tied to links, namespaces and the
 * like; a rule orders the steps of some traits that are tied to the same.
 */
#ifndef DIFF_RULES_H
#define DIFF_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a step does. */
enum trait {
	ANYTHING = 1,
	MAKES_NETNS,
	DELETES_NETNS,
	MAKES_LINK,
	MOVES_LINK,
	RENAMES_LINK,
	KEEPS_MAC,
	MARKS_LINK, /* to be deleted with others */
	DELETES_LINK,
	SETS_LINK,
	SETS_MTU,
	GROWS_MTU,
	SHRINKS_MTU,
	NEEDS_DOWN,
	NEEDS_NO_PORTS,
	SETS_IPV6,
	SETS_PORT,  /* what it has only as a port */
	SETS_NAMED, /* names a link that has to be a port, too */
	RAISES,
	LOWERS,
	LEAVES,
	JOINS,
	JOINS_LEADER, /* a master that takes only ports that are down, and raises them */
	SETS_VLANS,
	ADDS_ADDRESS,
	ADDS_PASSING_ADDRESS, /* one of IPv6 with a limited life */
	ADDS_NEAR_ROUTE,
	ADDS_FAR_ROUTE, /* via a router */
	ADDS_RULE,
	ADDS_NEIGHBOR,
	ADDS_FDB,
	DELETES_ENTRY,
	RETURNS_ADDRESS,
	RETURNS_ROUTE,
	RETURNS_NEIGHBOR,
	WRITES_ALL,
	WRITES_DEFAULT,
	WRITES_EARLY, /* of a link, before it is raised */
	WRITES_LATE,
	WRITES_SYSCTL, /* any other */
	ACCEPTS_RA,
	FORWARDS_IPV6,
};

/* What two steps of a rule have in common. */
enum tie {
	BY_PLAN,    /* nothing else */
	BY_NETNS,   /* a namespace */
	BY_LINK,    /* the link that the step is about */
	BY_PARENT,  /* the link that this one stands on */
	BY_MASTER,  /* the link that this one is a port of */
	BY_NAMED,   /* each link that the step names */
	BY_USED,    /* each of these, and the link that it is about */
	BY_FAMILY,  /* the link, and the family of the address */
	BY_SETTING, /* a setting of conf/, whosoever it is */
};

struct rule {
	const char *why;
	uint8_t before[12]; /* steps of any of these traits; 0 ends the list */
	enum tie before_by;
	uint8_t after[12]; /* none: those before keep the turn in which they were planned */
	enum tie after_by;
	bool upwards; /* it holds for what stands on the link, too */
};

/* The rules, the most important first: in a circle the last one gives way. */
extern const struct rule rules[];
extern const size_t rules_n;

#endif
