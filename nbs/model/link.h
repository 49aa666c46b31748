/*
 * Links on the wire: the keys that every link has, the messages that
 * make and change one, and reading what the kernel tells of one.
 */
#ifndef MODEL_LINK_H
#define MODEL_LINK_H

#include "model/model.h"

struct nlattr;

/* Words of "dhcp". */
enum { DHCP_NO, DHCP_IPV4, DHCP_IPV6, DHCP_YES };

/* Words of "dhcp-use". */
enum { USE_ROUTES, USE_DNS, USE_MTU, USE_HOSTNAME, USE_NTP, USE_SEARCH };

/* True when the link asks a DHCPv4 server. */
bool link_asks(const struct link *);

/* The name of a link, sent as its index. */
extern const struct type type_link;

/* A DHCP server, with ! before it (to is 1) one to refuse; mac, duid or bytes of a client id. */
extern const struct type type_server, type_client_id;

/* The keys of every link. */
extern const struct table common_keys;

/*
 * Finds a key of a link: its kind's, then the common ones, then those of a
 * port of its master.  "link-NAME" and "port-NAME" are the shadowed ones.
 */
const struct key *link_key(const struct link *, const char *name);

/* The three tables of a link, in the order of search; NULL where there is none. */
void link_tables(const struct link *, const struct table *tables[3]);

/* The name that link_key finds the key under. */
const char *link_key_name(const struct link *, const struct key *, struct mem *);

/* True when a key is for the mode that the link is in, or its master for a key of a port. */
bool link_in_mode(const struct link *, const struct key *);

/* A value set on a link, or NULL. */
struct value *link_value(const struct link *, const char *key);

/* Makes the link: NLM_F_CREATE and NLM_F_EXCL, with the index it has been given. */
void link_put_new(struct msg *, void *buf, size_t size, const struct link *);

/* Changes n of its values. */
void link_put_set(struct msg *, void *buf, size_t size, const struct link *,
	const struct value *const *vals, size_t n);

/* Name, MAC, MTU and the like: what the message that makes a link can carry. */
void link_put_base(struct msg *, const struct link *);

/* How a link of a kind is made, and how a key of a link is set: see struct table. */
enum channel link_made_via(const struct kind *);
enum channel link_via(const struct link *, const struct key *);

/* True when the link is made with the value. */
bool link_at_birth(const struct value *);

/* Reads a link of a kernel's message, and appends it to the model; NULL when malformed. */
struct link *link_get(struct model *, struct netns *, const struct nlmsghdr *);

/* IFLA_INFO_DATA of a link the kernel told of, or NULL. */
const struct nlattr *link_data(const struct link *);

/* True when the kernel tells of the link's settings in an address family. */
bool link_has_family(const struct link *, int family);

/* The index that a link has for the kernel when the message is sent; 0 if it has none. */
uint32_t link_index(const struct msg *, const struct link *);

/* The number of an open file of a namespace, for IFLA_NET_NS_FD. */
uint32_t link_space(const struct msg *, const struct netns *);

/* True when a found link has another name beside its own that fits a pattern: IFLA_ALT_IFNAME. */
bool link_has_altname(const struct link *, const char *pattern);

/* An attribute of the link's message, or NULL. */
const struct nlattr *link_attr(const struct link *, int attr);

/* Reads what the kernel has for a key; false when it does not tell. */
bool link_read(const struct link *have, const struct key *, struct value *, struct mem *);

#endif
