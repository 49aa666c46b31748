/*
 * The next hops of a route.  A route without RTA_MULTIPATH has one, told
 * by its own attributes; both are kept as a list.
 */
#ifndef MODEL_HOP_H
#define MODEL_HOP_H

#include "model/phrase.h"

struct rtmsg;
struct nlattr;

/* Sends the router of a hop; of another family than the destination, as RTA_VIA. */
void hop_put_gateway(struct msg *, const struct nexthop *, int family);

/* Sends all hops as RTA_MULTIPATH. */
void hop_put_all(struct msg *, const struct phrase *route, int family);

/* Reads the hops of RTA_MULTIPATH, or the one that the route's own attributes tell. */
void hop_get_all(struct phrase *route, const struct nlattr *multi, struct model *);
void hop_get_one(
	struct phrase *route, const struct rtmsg *, const void *attrs, size_t len, struct model *);

/* True when router and link are the same; a link that is not named fits any. */
bool hop_same(const struct nexthop *, const struct nexthop *);

/* True when each hop of the first list stands in the second with its weight. */
bool hop_within(const struct nexthop *, const struct nexthop *);

#endif
