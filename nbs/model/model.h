/*
 * The model: links, addresses, routes, rules, neighbours and settings of
 * one or more network namespaces.  What the file wants, what the kernel
 * has and what was applied before are three models of the same make.
 * Plain data: nothing here touches the world.
 */
#ifndef MODEL_MODEL_H
#define MODEL_MODEL_H

#include "base/diag.h"
#include "base/text.h"
#include "key/key.h"

struct mem;
struct msg;
struct nlmsghdr;

/* What a line of words stands for: a phrase as ip(8) has it. */
enum topic { ADDRESS, ROUTE, RULE, NEIGHBOR, FDB, TOPICS };

/* A line of text about a part of a model, for people. */
struct remark {
	struct remark *next;
	const char *text;
};

/* Where a route leads. */
struct nexthop {
	struct nexthop *next;
	const struct link *link; /* NULL: none is named */
	struct value *vals;
};

/* An address, route, rule, neighbour or forwarding entry. */
struct phrase {
	struct phrase *next;
	const struct netns *ns;
	const struct link *link; /* whose section it stands in, or NULL */
	struct value *vals;
	struct nexthop *hops; /* of a route */
	const char *file;
	union {
		const struct nlmsghdr *raw; /* found: as the kernel told it */
		int64_t until;              /* leased: for how long: ms since boot; 0: for ever */
	};
	int line;
	unsigned place : 25; /* in its model: no two entries have the same */
	enum topic topic : 3;
	bool gateway : 1; /* a route that "gateway" stands for, where it can */
	bool foreign : 1; /* found: the kernel's own: never removed */
	bool leased : 1;  /* target: a lease says so */
	bool saved : 1;   /* target: others had it before nbs */
};
_Static_assert(sizeof(void *) != 8 || sizeof(struct phrase) <= 64, "routes are many");

/* A file under /proc/sys and its content. */
struct sysctl {
	struct sysctl *next;
	const struct netns *ns;
	const struct link *link; /* whose settings these are, or NULL */
	const char *path;        /* below /proc/sys, with slashes */
	const char *text;
	const char *file;
	int line;
	const char *section, *key;
	bool early;    /* before its link is raised */
	bool saved;    /* target: others had it so */
	int64_t slack; /* what the kernel may round by */
};

/* What a link is to a VLAN: bits of link.vlans. */
enum { VLAN_MEMBER = 1, VLAN_PVID = 2, VLAN_UNTAGGED = 4, VLANS = 4096 };

/* How a kind stands to another link. */
enum need { NONE, NEEDS };

/* A key that is set where the file does not set it, if another is not set or 0. */
struct preset {
	const char *key, *text, *unless;
};

/* A number that a new link has of a key. */
struct initial {
	const char *key;
	uint64_t num;
};

/* A kind of link: one file of kind/, one row of kinds.def. */
struct kind {
	const char *name;               /* the word that opens its section */
	const char *title;              /* as people write it, if otherwise */
	const char *info;               /* IFLA_INFO_KIND; NULL: not made by netlink */
	const char *module;             /* that has it, where it is called otherwise */
	const char *alone;              /* module parameter without which it brings a link along */
	const char *help;               /* what it is, in a few words */
	const struct table *keys;       /* its own keys, or NULL */
	const struct table *ports;      /* keys of its ports; NULL: it has none */
	const struct preset *presets;   /* up to one without a key, or NULL */
	const struct initial *initials; /* likewise: where it differs from other kinds */
	uint16_t type;                  /* ARPHRD_..., linux/if_arp.h */
	uint16_t tun;                   /* made through /dev/net/tun: IFF_TUN or IFF_TAP; else 0 */
	enum need parent;
	const char *always;         /* name of the one in each namespace from its beginning */
	const struct kind *far_end; /* the kind of its peer; NULL: it has none */
	bool made_by_peer;          /* by the message that makes its peer */
	bool given;                 /* there without being made */
	bool matched;               /* found by match- keys, else by its name */
	bool raised;                /* raised and lowered with its parent */
	bool has_vlans;             /* of its ports and of its own: vlans, pvid, untagged */
	bool follows_ports;         /* has its MAC address and MTU of them */
	/* takes ports that are down, gives them its MAC address and MTU, raises them: bond_enslave() */
	bool leads_ports;
	/* What the table cannot say; may be NULL. */
	void (*put)(struct msg *, const struct link *);
	/* Tells whether a link of the same info is of this kind; NULL: always. */
	bool (*is)(const struct link *);
	/* What is expected instead of a port that the kernel refuses; NULL: it takes it. */
	const char *(*refuses)(const struct link *, const struct link *port);
	/*
	 * Reports what no key alone can tell is wrong.  What only one link may
	 * say is put into a map: a text of it, and the section.
	 */
	void (*check)(const struct link *, struct map *said, struct mem *);
};

struct link {
	struct link *next;
	const struct kind *kind; /* NULL: one that nbs does not know */
	struct netns *ns;
	const char *name;    /* without the namespace */
	const char *section; /* as written: "blue/eth0" */
	const char *file;
	int line;
	struct value *vals;
	struct phrase *said[TOPICS]; /* its addresses, routes, … */
	struct link *parent, *master, *peer;
	struct value *master_at; /* the list that names it a port */
	unsigned place;          /* in its model: no two links have the same */
	unsigned mark;           /* of whoever makes the model and walks its links */
	bool template;           /* stands for every NIC that fits */
	bool implied;            /* named somewhere, without a section */
	bool made;               /* applied, target: nbs made it; found: not there by itself */
	bool failed;             /* dump: of a kind that nbs does not make */
	struct remark *remarks;

	/* Of a target. */
	const struct link *have; /* what the kernel has of it; NULL: not there */
	const char *why;         /* why not */
	struct value *names;     /* DNS servers and domains that its lease names */
	const char *asking;      /* why it has no lease yet; NULL: it has, or needs none */
	bool taken;              /* a template that stands for a single NIC: it has one */
	bool expanded;           /* a NIC that a template stands for */
	bool saved;              /* others had it so, and the file does not name it */
	bool refused;            /* no single NIC is it: nothing is done to it */

	/* Of what was found. */
	uint32_t index;
	uint32_t flags; /* ifi_flags, linux/if.h */
	const struct nlmsghdr *raw;
	uint32_t parent_index, master_index;
	struct netns *parent_ns;
	const char *info;            /* IFLA_INFO_KIND as the kernel says it */
	const char *driver, *device; /* IFLA_PARENT_DEV_NAME, or NULL */
	struct bytes permanent;      /* IFLA_PERM_ADDRESS */
	struct bytes mac;            /* IFLA_ADDRESS */
	const char *unsettled;       /* why it is left alone for now; NULL: it is not */
	uint8_t *vlans;              /* of a bridge or port: VLAN_… for each VLAN */
	bool moved;                  /* as it will be in another namespace: see diff/move.c */
	bool radio;                  /* WLAN or WWAN: somebody else makes its connection */
	bool mac_set;                /* its MAC address was set by somebody: NET_ADDR_SET */
};

struct netns {
	struct netns *next;
	const char *name; /* "" is nbs's own */
	const char *file;
	int line;
	unsigned place; /* in its model */
	struct value *vals;
	struct phrase *said[TOPICS];
	struct sysctl *sysctls;
	struct map names, indexes; /* of its links */
	struct remark *remarks;
	bool made; /* applied, target: nbs made it */

	const struct netns *have; /* target: what the kernel has of it; NULL: not there */

	/* Of what was found. */
	bool there;          /* it exists */
	bool ipv6;           /* the kernel has IPv6 there */
	bool unread;         /* its resolv.conf has not been read yet */
	const char *resolv;  /* what that holds */
	uint32_t last_index; /* the highest index in use */
};

/* A file that stands where a namespace should be. */
struct obstacle {
	const char *path;
	const char *what; /* it is, for people; NULL: an empty file, in nobody's way */
};

struct model {
	struct mem *mem;
	struct netns *spaces; /* the first is nbs's own */
	struct link *links, **last;
	struct value *vals; /* of [global] */
	const char *file;
	int line;
	unsigned count, nspaces, nentries; /* of links and the like: their places are below it */
	bool booting;                      /* the kernel command line is part of it */
	struct phrase **said_list, **said_last; /* last appended to, and its end */

	/* Of what was found. */
	struct map obstacles; /* by the names of namespaces */
	const char *hostname; /* as it is */
	long long now;        /* when it was read, ms since boot */
	unsigned cpus;        /* that there may be; 0: not known */
	unsigned release;     /* RELEASE() of the kernel; 0: not known */
};

/* The keys of [global] and of [netns NAME]. */
extern const struct table global_keys, netns_keys;

/* Returns an empty model in an arena, with nbs's own namespace. */
struct model *model_new(struct mem *);

/* Finds a namespace by name, or makes it where add is set. */
struct netns *model_space(struct model *, const char *name, bool add);

/* Finds it in a model that is not one's own; NULL if it is not there. */
const struct netns *model_netns(const struct model *, const char *name);

/* Appends a link to the model. */
struct link *model_link(struct model *, const struct kind *, struct netns *, const char *name);

/* Finds a link by its name in a namespace. */
struct link *model_find(const struct netns *, const char *name);

/* Finds a link by what its section is called, NETNS/NAME. */
struct link *model_named(const struct model *, const char *section);

/* Gives a link the index by which model_indexed finds it. */
void model_index(struct model *, struct link *, uint32_t index);
struct link *model_indexed(const struct netns *, uint32_t index);

/* Splits NETNS/NAME; a name without a slash is in nbs's own namespace (""). */
const char *model_split(struct mem *, const char *text, const char **space);

/* Finds the sysctl of a path among those of a namespace (or NULL); NULL if it has none. */
const struct sysctl *model_sysctl(const struct netns *, const char *path);

/*
 * Splits the path of a setting that links have: NULL for any other path, or the setting's name;
 * *owner then begins with the name of the link, "all" or "default", and a slash.
 */
const char *model_setting(const char *path, const char **owner);

/* The name of the link whose setting a path has, such as net/ipv4/conf/eth0/…; NULL. */
const char *model_setting_link(const char *path, struct mem *);

/* True of a path whose writing sets that of each link: inet_forward_change() and the like. */
bool model_sets_all(const char *path);

/* The file that names of a namespace are written to: resolv-conf, or as ip-netns(8) has it. */
const char *model_resolv(const struct model *, const struct netns *, struct mem *);

/* "line N", or "FILE:N" where that is not the file at hand. */
const char *model_place(struct mem *, const char *file, int line, const char *here);

/* Appends a remark. */
void model_remark(struct remark **, struct mem *, const char *text);

/* Where a section, a value or a phrase was written. */
struct origin model_at(const struct link *, const struct value *);
struct origin model_said_at(const struct phrase *);

#endif
