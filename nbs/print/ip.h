/*
 * A plan as commands of ip(8), bridge(8) and the like that do the same:
 * for people to read, and for sh(1) to run where there is no nbs.
 */
#ifndef PRINT_IP_H
#define PRINT_IP_H

#include <stdio.h>

#include "diff/plan.h"

struct command;
struct missing;

/* The commands of one step, in order, in the arena: see sh.h. */
struct command *print_commands(struct mem *, const struct step *);

/* Modules that a plan has loaded so far: there are three. */
struct modules {
	const char *names[4];
	size_t n;
};

/*
 * What ip(8) needs before a step, in the arena, or NULL.  The kernel loads a link's module, but
 * with some a link comes that is in the way of one of its name; and the node of TUN devices is
 * there only once udev or their module is.
 */
char *print_module(struct mem *, const struct step *, struct modules *);

/*
 * Each step as one or more lines, followed by where it was asked for; at the end
 * how many things there is no command for, if there are any.
 */
void print_plan(FILE *, struct plan *);

/* As comments, what a plan leaves out, and why. */
void print_missing(FILE *, const struct missing *);

/* One step in one line, without its origin, in the arena. */
char *print_step(struct mem *, const struct step *);

#endif
