/*
 * Plans as JSON, to the letter: what a machine with nothing but an eth0 is to
 * do, what it waits for, and steps made by hand for what it never comes to.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "check/check.h"
#include "diff/diff.h"
#include "model/link.h"
#include "print/planjson.h"
#include "print/verb.h"
#include "test/support/read.h"
#include "test/support/say.h"

static struct model *
build(struct mem *mem, const char *text)
{
	struct model *m = read_model(mem, text, "f");

	check(m);
	return m;
}

/* A machine with its loopback, which is up, and eth0. */
static struct model *
machine(struct mem *mem)
{
	struct model *m = model_new(mem);
	struct link *lo = model_link(m, NULL, m->spaces, "lo");

	m->spaces->there = m->spaces->ipv6 = true;
	m->hostname = "none";
	lo->flags = 1; /* IFF_UP */
	model_index(m, lo, 1);
	model_index(m, model_link(m, NULL, m->spaces, "eth0"), 2);
	return m;
}

static void
judge(const char *name, struct plan *p, const struct missing *waits, const char *want)
{
	char *have = NULL;
	size_t size;
	FILE *f = open_memstream(&have, &size);

	planjson_print(f, p, waits);
	(void)fclose(f);
	say_same(name, want, have);
	free(have);
}

static void
judge_text(const char *name, const char *text, const struct missing *waits, const char *want)
{
	struct mem *mem = mem_new();

	judge(name, read_plan(mem, build(mem, text), machine(mem)), waits, want);
	mem_free(mem);
}

/* One step of a namespace b, as the line it becomes. */
static void
judge_step(struct mem *mem, struct step s, const char *want)
{
	struct plan *p = plan_new(mem, NULL, NULL, NULL);
	struct step *made = plan_add(p, SPACES, s.verb, s.ns, s.link);

	s.next = made->next;
	*made = s;
	judge(want, p, NULL,
		mem_printf(mem, "{\"steps\":[%s],\n\"waits\":[],\n\"without-command\":0}\n", want));
}

static void
judge_links(struct mem *mem, struct link *l, struct netns *own)
{
	struct step s = { .ns = l->ns, .link = l };

	s.verb = DROP_LINK;
	judge_step(mem, s,
		"{\"do\":\"delete\",\"object\":\"link\",\"netns\":\"b\",\"link\":\"d\",\"kind\":\"dummy\","
		"\"what\":{},\"commands\":[\"ip -n b link delete dev d\"],\"without-command\":[]}");
	s.verb = LEAVE;
	judge_step(mem, s,
		"{\"do\":\"leave\",\"object\":\"link\",\"netns\":\"b\",\"link\":\"d\",\"kind\":\"dummy\","
		"\"what\":{},\"commands\":[\"ip -n b link set dev d nomaster\"],\"without-command\":[]}");
	s.verb = RENAME_LINK;
	s.was = "e";
	s.text = "d";
	judge_step(mem, s,
		"{\"do\":\"rename\",\"object\":\"link\",\"netns\":\"b\",\"link\":\"d\",\"kind\":\"dummy\","
		"\"what\":{\"from\":\"e\",\"name\":\"d\"},"
		"\"commands\":[\"ip -n b link set dev e name d\"],\"without-command\":[]}");
	s.verb = MOVE_LINK;
	s.from_ns = own;
	judge_step(mem, s,
		"{\"do\":\"move\",\"object\":\"link\",\"netns\":\"b\",\"link\":\"d\",\"kind\":\"dummy\","
		"\"what\":{\"from\":\"\",\"name\":\"e\",\"new-name\":\"d\"},"
		"\"commands\":[\"ip link set dev e netns b name d\"],\"without-command\":[]}");
	s.verb = JOIN_GROUP;
	s.group = 7;
	judge_step(mem, s,
		"{\"do\":\"change\",\"object\":\"link\",\"netns\":\"b\",\"link\":\"d\",\"kind\":\"dummy\","
		"\"what\":{\"group\":\"7\"},\"commands\":[\"ip -n b link set dev d group 7\"],\"without-command\":[]}");
}

static void
judge_others(struct mem *mem, struct link *br, struct netns *b)
{
	struct step s = { .verb = DROP_VLANS, .ns = br->ns, .link = br, .from = 5, .to = 7 };

	judge_step(mem, s,
		"{\"do\":\"delete\",\"object\":\"vlans\",\"netns\":\"\",\"link\":\"br\",\"kind\":\"bridge\","
		"\"what\":{\"vlans\":\"5-7\"},"
		"\"commands\":[\"bridge vlan delete dev br vid 5-7 self\"],\"without-command\":[]}");
	s = (struct step) { .verb = DROP_SPACE, .ns = b };
	judge_step(mem, s,
		"{\"do\":\"delete\",\"object\":\"netns\",\"netns\":\"b\","
		"\"what\":{},\"commands\":[\"ip netns delete b\"],\"without-command\":[]}");
	s.verb = DROP_GROUP;
	s.group = 7;
	judge_step(mem, s,
		"{\"do\":\"delete\",\"object\":\"group\",\"netns\":\"b\","
		"\"what\":{\"group\":\"7\"},\"commands\":[\"ip -n b link delete group 7\"],\"without-command\":[]}");
	s = (struct step) { .verb = DROP_SAID, .ns = b, .said = b->said[ROUTE] };
	judge_step(mem, s,
		"{\"do\":\"delete\",\"object\":\"route\",\"netns\":\"b\","
		"\"what\":{\"route\":\"blackhole 10.0.0.0/8 table main protocol static scope global\"},"
		"\"commands\":[\"ip -n b route delete blackhole 10.0.0.0/8\"],\"without-command\":[]}");
}

static void
judge_network(void)
{
	judge_text("links and their settings",
		"[netns b]\n"
		"[veth v]\n"
		"peer = b/w\n"
		"mtu = 1400\n"
		"proxy-arp = yes\n"
		"stable-secret = ::1:2\n"
		"cost = 5\n"
		"mcast-max-groups = 9\n"
		"[peer b/w]\n"
		"mac = 02:00:00:00:00:01\n"
		"[bridge br]\n"
		"ports = v\n"
		"vlans = 1\n"
		"pvid = 1\n"
		"[nic eth0]\n"
		"address = 192.0.2.1/24\n"
		"gateway = 192.0.2.2\n"
		"[global]\n"
		"hostname = x\n"
		"dns = 192.0.2.3\n"
		"resolv-conf = /tmp/r\n",
		NULL,
		"{\"steps\":[{\"do\":\"add\",\"object\":\"netns\",\"netns\":\"b\",\"what\":{},\"commands\":[\"ip netns add b\"],\"without-command\":[],\"file\":\"f\",\"line\":1,\"section\":\"b\"},\n"
		"{\"do\":\"add\",\"object\":\"link\",\"netns\":\"\",\"link\":\"br\",\"kind\":\"bridge\",\"what\":{\"forward-delay\":\"0\"},\"commands\":[\"ip link add name br type bridge forward_delay 0\"],\"without-command\":[],\"file\":\"f\",\"line\":11,\"section\":\"br\"},\n"
		"{\"do\":\"change\",\"object\":\"link\",\"netns\":\"\",\"link\":\"br\",\"kind\":\"bridge\",\"what\":{\"mac\":\"kept\"},\"commands\":[\"ip link set dev br address $(ip -o link show dev br | sed 's/.*ether //; s/ .*//')\"],\"without-command\":[],\"file\":\"f\",\"line\":11,\"section\":\"br\"},\n"
		"{\"do\":\"add\",\"object\":\"link\",\"netns\":\"\",\"link\":\"v\",\"kind\":\"veth\",\"what\":{\"mtu\":\"1400\"},\"peer\":{\"netns\":\"b\",\"link\":\"w\",\"what\":{\"mac\":\"02:00:00:00:00:01\"}},\"commands\":[\"ip link add name v mtu 1400 type veth peer name w address 02:00:00:00:00:01 netns b\"],\"without-command\":[],\"file\":\"f\",\"line\":2,\"section\":\"v\"},\n"
		"{\"do\":\"change\",\"object\":\"link\",\"netns\":\"\",\"link\":\"v\",\"kind\":\"veth\",\"what\":{\"proxy-arp\":\"yes\"},\"commands\":[\"sysctl -w net/ipv4/conf/v/proxy_arp=1\"],\"without-command\":[],\"file\":\"f\",\"line\":5,\"section\":\"v\",\"key\":\"proxy-arp\"},\n"
		"{\"do\":\"change\",\"object\":\"sysctl\",\"netns\":\"\",\"what\":{\"net/ipv6/conf/v/stable_secret\":\"(hidden)\"},\"commands\":[],\"without-command\":[\"stable-secret = (hidden) of v\"],\"file\":\"f\",\"line\":6,\"section\":\"v\",\"key\":\"stable-secret\"},\n"
		"{\"do\":\"join\",\"object\":\"link\",\"netns\":\"\",\"link\":\"v\",\"kind\":\"veth\",\"what\":{\"master\":\"br\"},\"commands\":[\"ip link set dev v master br\"],\"without-command\":[],\"file\":\"f\",\"line\":12,\"section\":\"br\",\"key\":\"ports\"},\n"
		"{\"do\":\"add\",\"object\":\"vlans\",\"netns\":\"\",\"link\":\"br\",\"kind\":\"bridge\",\"what\":{\"vlans\":\"1\",\"pvid\":\"yes\",\"untagged\":\"no\"},\"commands\":[\"bridge vlan add dev br vid 1 pvid self\"],\"without-command\":[],\"file\":\"f\",\"line\":13,\"section\":\"br\",\"key\":\"vlans\"},\n"
		"{\"do\":\"change\",\"object\":\"link\",\"netns\":\"\",\"link\":\"v\",\"kind\":\"veth\",\"what\":{\"cost\":\"5\",\"mcast-max-groups\":\"9\",\"addr-gen-mode\":\"none\"},\"commands\":[\"ip link set dev v addrgenmode none\",\"ip link set dev v type bridge_slave cost 5\"],\"without-command\":[\"mcast-max-groups = 9 of v\"],\"file\":\"f\",\"line\":7,\"section\":\"v\",\"key\":\"cost\"},\n"
		"{\"do\":\"add\",\"object\":\"address\",\"netns\":\"\",\"link\":\"eth0\",\"kind\":\"nic\",\"what\":{\"address\":\"192.0.2.1/24 scope global\"},\"commands\":[\"ip address add 192.0.2.1/24 dev eth0\"],\"without-command\":[],\"file\":\"f\",\"line\":16,\"section\":\"eth0\",\"key\":\"address\"},\n"
		"{\"do\":\"raise\",\"object\":\"link\",\"netns\":\"b\",\"link\":\"lo\",\"kind\":\"loopback\",\"what\":{},\"commands\":[\"ip -n b link set dev lo up\"],\"without-command\":[],\"file\":\"f\",\"line\":1,\"section\":\"b/lo\"},\n"
		"{\"do\":\"raise\",\"object\":\"link\",\"netns\":\"\",\"link\":\"eth0\",\"kind\":\"nic\",\"what\":{},\"commands\":[\"ip link set dev eth0 up\"],\"without-command\":[],\"file\":\"f\",\"line\":15,\"section\":\"eth0\"},\n"
		"{\"do\":\"raise\",\"object\":\"link\",\"netns\":\"b\",\"link\":\"w\",\"kind\":\"peer\",\"what\":{},\"commands\":[\"ip -n b link set dev w up\"],\"without-command\":[],\"file\":\"f\",\"line\":9,\"section\":\"b/w\"},\n"
		"{\"do\":\"raise\",\"object\":\"link\",\"netns\":\"\",\"link\":\"v\",\"kind\":\"veth\",\"what\":{},\"commands\":[\"ip link set dev v up\"],\"without-command\":[],\"file\":\"f\",\"line\":2,\"section\":\"v\"},\n"
		"{\"do\":\"raise\",\"object\":\"link\",\"netns\":\"\",\"link\":\"br\",\"kind\":\"bridge\",\"what\":{},\"commands\":[\"ip link set dev br up\"],\"without-command\":[],\"file\":\"f\",\"line\":11,\"section\":\"br\"},\n"
		"{\"do\":\"add\",\"object\":\"route\",\"netns\":\"\",\"link\":\"eth0\",\"kind\":\"nic\",\"what\":{\"route\":\"unicast 0.0.0.0/0 table main protocol static scope global via 192.0.2.2\"},\"commands\":[\"ip route add default via 192.0.2.2 dev eth0 proto static\"],\"without-command\":[],\"file\":\"f\",\"line\":17,\"section\":\"eth0\",\"key\":\"gateway\"},\n"
		"{\"do\":\"change\",\"object\":\"hostname\",\"netns\":\"\",\"what\":{\"hostname\":\"x\"},\"commands\":[\"hostname x\"],\"without-command\":[],\"file\":\"f\",\"line\":19,\"section\":\"global\",\"key\":\"hostname\"},\n"
		"{\"do\":\"write\",\"object\":\"file\",\"netns\":\"\",\"what\":{\"path\":\"/tmp/r\",\"content\":\"nameserver 192.0.2.3\\u000a\"},\"commands\":[\"printf '%s\\\\n' 'nameserver 192.0.2.3' > /tmp/r\"],\"without-command\":[],\"file\":\"f\",\"line\":20,\"section\":\"global\",\"key\":\"dns\"}],\n"
		"\"waits\":[],\n"
		"\"without-command\":2}\n");
}

/* What each verb does has a name and commands; what it is about is named or an entry. */
static void
judge_verbs(void)
{
	struct step s = { 0 };
	const struct verb_row *v;

	for (int i = 0; i <= LAST_VERB; i++) {
		s.verb = (enum verb)i;
		v = verb_row(&s);
		say(v->verb && v->commands && (v->object || v->fields), "a verb has its row", "%d",
			i);
	}
}

int
main(void)
{
	struct missing second = { NULL, { "f", 3, "d", "address" }, "no carrier" },
		       first = { &second, { 0 }, "no NIC" };
	struct mem *mem = mem_new();
	struct model *m = build(mem,
		"[netns b]\nroute = blackhole 10.0.0.0/8\n[dummy b/d]\n[bridge br]\nvlans = 5\n");

	judge_text("nothing to do", "", NULL,
		"{\"steps\":[],\n\"waits\":[],\n\"without-command\":0}\n");
	judge_text("what is waited for", "", &first,
		"{\"steps\":[],\n\"waits\":[{\"why\":\"no NIC\"},\n"
		"{\"why\":\"no carrier\",\"file\":\"f\",\"line\":3,\"section\":\"d\",\"key\":\"address\"}],\n"
		"\"without-command\":0}\n");
	judge_verbs();
	judge_network();
	judge_links(mem, model_find(m->spaces->next, "d"), m->spaces);
	judge_others(mem, model_find(m->spaces, "br"), m->spaces->next);
	mem_free(mem);
	return say_end();
}
