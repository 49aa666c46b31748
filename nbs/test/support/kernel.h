/*
 * A made-up kernel: it takes the messages that steps are sent as, keeps
 * what they say, and tells of it in messages again.  It knows what nbs
 * leans on: that ports leave with their master, that going down loses
 * routes, that a VLAN goes up with its parent.
 */
#ifndef TEST_SUPPORT_KERNEL_H
#define TEST_SUPPORT_KERNEL_H

#include "diff/plan.h"
#include "model/model.h"

/* One attribute of a link, as it came. */
struct attribute {
	struct attribute *next;
	enum home home;
	int attr;
	size_t len;
	unsigned char data[256];
};

/* A namespace, and what it holds beside links. */
struct place {
	struct place *next;
	const char *name;
	int fd;
	struct told {
		struct told *next;
		struct nlmsghdr *h; /* as it was sent */
		long long at;       /* when its life was what it says */
		bool alone;         /* of an address: the route to its network is gone */
	} * said;
	struct sysctl *sysctls;
	const char *resolv; /* what its resolv.conf holds */
	bool hidden;        /* it has no name */
};

struct device {
	struct device *next;
	struct place *at, *parent_at;
	uint32_t index, flags, parent, master;
	uint16_t type; /* ARPHRD_… */
	char name[16], info[16], altname[16];
	bool nic, unsettled;
	struct device *peer;
	struct attribute *attrs;
	uint8_t vlans[VLANS];
};

struct kernel {
	struct mem *mem;
	struct place *places; /* the first is nbs's own */
	struct device *devices;
	const char *hostname;
	const char *lacks;    /* what the paths of sysctls that it has not begin with; NULL: none */
	struct map obstacles; /* see struct model */
	long long now;        /* ms since boot */
	unsigned release;
	/* Asked before each step: 0 to do it, an errno value to refuse it, -1 to take it and do nothing. */
	int (*judge)(const struct step *);
};

/* A kernel with a loopback. */
struct kernel *kernel_new(struct mem *);

/* Plugs a NIC in, with a MAC address that ends in its index. */
struct device *kernel_nic(struct kernel *, const char *name);

/* Finds a link; NULL if it is not there. */
struct device *kernel_find(struct kernel *, const char *place, const char *name);

/* Deletes a namespace: NICs go back to the first one, all else goes: default_device_exit_net() */
void kernel_delete(struct kernel *, const char *place);

/* Moves a link into a namespace without a name, as those who run containers do. */
void kernel_hide(struct kernel *, struct device *);

/* Sets an attribute behind nbs's back. */
void kernel_set(struct kernel *, struct device *, enum home, int attr, const void *, size_t);

/* Lets time pass: addresses live as long as they were given. */
void kernel_pass(struct kernel *, long long ms);

/* Takes one netlink message in a namespace.  0, or an errno value. */
int kernel_take(struct kernel *, struct place *, const struct nlmsghdr *);

/* Carries out all steps; refusals are reported and kept, as in kernel/apply.c. */
void kernel_carry_out(struct kernel *, struct plan *, struct attempts *);

/* What there is, as a model; and the sysctls that another asks for. */
struct model *kernel_have(struct kernel *, struct mem *);
void kernel_sysctls(const struct kernel *, struct model *found, const struct model *ask);

/* All that there is, as sorted lines, in the arena. */
const char *kernel_text(struct kernel *, struct mem *);

#endif
