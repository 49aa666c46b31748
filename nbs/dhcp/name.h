/* Names as DNS has them on the wire: labels, and pointers to labels before (RFC 1035, 4.1.4). */
#ifndef DHCP_NAME_H
#define DHCP_NAME_H

#include "dhcp/message.h"

enum { NAME_SIZE = 256 }; /* 255 bytes, RFC 1035, 2.3.4, and a NUL */

/*
 * Reads a name from *at on as text with dots, and sets *at behind it.  Returns
 * 0, or -1 when it is cut off, too long, or a pointer does not lead back.  Any
 * byte may stand in a label; a dot or a NUL comes out as '?'.
 */
int name_read(struct blob, size_t *at, char name[NAME_SIZE]);

#endif
