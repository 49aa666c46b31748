/* The MAC address that nbs gives to a link that would follow its ports otherwise. */
#ifndef TARGET_MAC_H
#define TARGET_MAC_H

#include "model/model.h"

/*
 * That of the first NIC that a link stands on, by its ports in order, or of a later one if
 * that is what it has now (NULL: nothing); NULL where no NIC is there.  links has what stands for the links that keys name, by their place; NULL:
 * they stand for themselves.
 */
const struct bytes *mac_of_ports(
	const struct link *, struct link *const *links, const struct bytes *now);

#endif
