/* A NIC: a link that is there, or will be, without being made. */
#include <linux/if_arp.h>
#include <string.h>

#include "base/mem.h"
#include "key/type.h"
#include "model/link.h"

/* clang-format off */
static const struct key keys[] = {
	/* name           type        attr from to meaning */
	{ "match-mac",    &type_mac,  0, 0, 0, "the device with this permanent MAC address, or this one now if it has none", .home = IN_NBS, .unicast = 1 },
	{ "match-driver", &type_text, 0, 0, 0, "a device of a driver whose name fits, such as virtio*", .home = IN_NBS },
	{ "match-path",   &type_text, 0, 0, 0, "a device whose parent's name fits, such as 0000:00:1f.*", .home = IN_NBS },
	{ "match-name",   &type_text, 0, 0, 0, "a device whose name so far fits, such as en*", .home = IN_NBS },
	{ "match-link",   &type_link, 0, 0, 0, "the link of this name so far, in whatever namespace", .home = IN_NBS },
	{ "single",       &type_yes8, 0, 0, 0, "a pattern stands for one NIC only, the first that is there; it comes before other patterns", .home = IN_NBS, .standard = "no" },
};
/* clang-format on */

static const struct table table = { "nic", keys, LEN(keys) };

/* Without a further pattern that tells two sections apart, both are for one device. */
static bool
are_apart(const struct link *l, struct value *others)
{
	static const char *const patterns[] = { "match-driver", "match-path", "match-name" };

	for (size_t i = 0; i < LEN(patterns); i++) {
		const struct value *a = link_value(l, patterns[i]);
		const struct value *b = value_named(others, patterns[i]);

		if (a && b && strcmp(a->text, b->text) != 0)
			return true;
	}
	return false;
}

static void
check(const struct link *l, struct map *said, struct mem *mem)
{
	const struct value *mac = link_value(l, "match-mac"), *first;
	const struct origin o = model_at(l, mac);
	const char *text;
	struct value *others;

	if (!mac || mac->invalid || l->template)
		return;
	text = mem_printf(mem, "match-mac %s", value_text(mac, mem));
	if ((others = map_get(said, text)) && !are_apart(l, others)) {
		first = value_named(others, "match-mac");
		diag(&o, "'%s': expected another; the section on %s has it", value_text(mac, mem),
			model_place(mem, first->file, first->line, o.file));
	}
	map_put(said, mem, text, l->vals);
}

const struct kind kind_nic = {
	.name = "nic",
	.title = "NIC",
	.help = "a device that is there, or will be",
	.keys = &table,
	.type = ARPHRD_ETHER, /* nearly always */
	.given = true,
	.matched = true,
	.check = check,
};
