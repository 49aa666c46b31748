/* What the parts of the made-up kernel share. */
#ifndef TEST_SUPPORT_KERNEL_PARTS_H
#define TEST_SUPPORT_KERNEL_PARTS_H

#include "test/support/kernel.h"

struct nlattr;

/* Namespaces: found by name, or by descriptor where name is NULL. */
struct place *kernel_add_place(struct kernel *, const char *name);
struct place *kernel_place(struct kernel *, const char *name, int fd);

/* Links: index 0 is for the kernel to choose.  Of one that is made, it tells all that nbs asks. */
struct device *kernel_add(struct kernel *, struct place *, uint32_t index, const char *name);
struct device *kernel_make(struct kernel *, struct place *, uint32_t index, const char *name);
void kernel_add_loopback(struct kernel *, struct place *);
void kernel_born(struct kernel *, struct device *);
struct device *kernel_indexed(struct kernel *, const struct place *, uint32_t index);

/* Other names of links: one each. */
bool kernel_is_altname(const struct kernel *, const struct place *, const char *name);
int kernel_take_altname(struct kernel *, struct place *, const struct nlmsghdr *);

/* Sets all attributes of a nest. */
void kernel_set_nest(struct kernel *, struct device *, enum home, const struct nlattr *nest);

/* Takes away addresses, routes, … that a function says are gone. */
void kernel_forget(struct kernel *, struct place *,
	bool (*gone)(const struct phrase *, const struct device *), const struct device *);
bool kernel_is_on(const struct phrase *, const struct device *);

/* A link is a port no more: its VLANs and settings of a port are gone, as by del_nbp(). */
void kernel_leave(struct device *);

/* Raises or lowers a link, and the VLANs on it; deletes it with what stands on it. */
void kernel_raise(struct kernel *, struct device *, bool up);
void kernel_drop(struct kernel *, struct device *);

#endif
