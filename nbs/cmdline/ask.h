/* What one ip= asks for, whatever dialect it is written in. */
#ifndef CMDLINE_ASK_H
#define CMDLINE_ASK_H

#include "cmdline/reader.h"

struct ask {
	const char *device;                /* its name or MAC address; "": none is named */
	struct ip client, server, gateway; /* family 0: not given */
	struct ip dns[2], ntp;             /* likewise */
	const char *hostname;              /* "": none */
	const char *mtu, *mac;             /* NULL: none */
	bool dhcp, off;                    /* both false: nothing is said of it */
	const char *ipv6, *client_id;      /* NULL: nothing is said of it */
};

/* Puts it into lines. */
void ask_put(struct reader *, struct ask *);

/* Reads words such as dhcp,dhcp6.  0, or -1 after saying why the word at hand is left out. */
int ask_method(struct reader *, struct ask *, const char *text);

/* True when the text is such words, and no name or address. */
bool ask_is_method(struct mem *, const char *text);

#endif
