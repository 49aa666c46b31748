/* The MAC address that nbs gives to a bridge which has none of its own. */
#ifndef DIFF_MAC_H
#define DIFF_MAC_H

#include "model/model.h"

/* That of the first NIC it stands on, by its ports in order; NULL where none is there. */
const struct bytes *mac_of_bridge(const struct link *);

#endif
