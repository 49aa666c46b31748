/*
 * What tun and tap have in common: all but the name.  Both are made
 * through /dev/net/tun, and the kernel tells of both as "tun".
 */
#include "model/model.h"

extern const struct table tun_keys;

/* True when a link the kernel told of is of this type: IFF_TUN or IFF_TAP. */
bool tun_is(const struct link *, unsigned type);
