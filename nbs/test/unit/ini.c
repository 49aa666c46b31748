/*
 * What a model is printed as reads back as the same model: every example,
 * and files with one of everything, are read, completed and printed, and
 * what was printed likewise.  Both times the text is the same.
 */
#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "check/check.h"
#include "resolve/complete.h"
#include "conf/build.h"
#include "print/ini.h"
#include "test/support/read.h"

static int bad;

static struct model *
build(struct conf *c)
{
	struct model *m = conf_build(c);

	complete_model(m);
	if (!c->own)
		check(m);
	return m;
}

static char *
print(const struct model *m)
{
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	print_ini(f, m);
	(void)fclose(f);
	return text;
}

static char *
again(const char *text, const char *name, bool own)
{
	struct mem *mem = mem_new();
	struct conf c = { .mem = mem, .own = own };
	char *printed;

	read_text(&c, text, name);
	printed = print(build(&c));
	mem_free(mem);
	return printed;
}

static bool
same(const char *name, const char *want, const char *have)
{
	if (!strcmp(want, have))
		return true;
	printf("# %s: expected\n%s# but have\n%s", name, want, have);
	return false;
}

static void
say(const char *name, bool good)
{
	bad += !good;
	printf("%s %s\n", good ? "ok" : "not ok", name);
}

/* want: what is to be printed, or NULL where anything is that reads back. */
static void
judge(struct conf *c, const char *name, const char *want)
{
	int before = diag_count();
	char *first = print(build(c)), *second = again(first, name, c->own);
	bool good = same(name, want ? want : first, first) && same(name, first, second);

	say(name, good && diag_count() == before);
	free(first);
	free(second);
}

static const struct {
	const char *name, *text, *want;
} texts[] = {
	{ "empty", "[loopback lo]\n",
		"[loopback lo]\n"
		"up = yes\n" },
	{ "global",
		"[global]\ntimeout=90\ndns=192.0.2.1 2001:db8::1\ndns=192.0.2.2\nsearch=\n[netns b]\n",
		"[global]\n"
		"timeout = 90s\n"
		"dns = 192.0.2.1 2001:db8::1 192.0.2.2\n"
		"search =\n"
		"\n"
		"[netns b]\n" },
	{ "names that need an escape",
		"[nic a;b\\x5d]\nalias = \\x20a;b \\x3b\\\\x5c\n[vlan v\\y]\nparent=a;b]\nid=1\n",
		"[nic a\\x3bb\\x5d]\n"
		"alias = \\x20a\\x3bb \\x3b\\x5c\\x5c\n"
		"up = yes\n"
		"\n"
		"[vlan v\\x5cy]\n"
		"parent = a\\x3bb]\n"
		"id = 1\n"
		"up = yes\n" },
	{ "sysctls",
		"[global]\nip-forward = yes\n[netns b]\nipv6-forward = no\n"
		"[sysctl]\nnet/ipv4/conf/eth0.1/rp_filter=1\nnet.ipv4.tcp_rmem=1  2\t3\n[sysctl b]\nnet.core.x=\\x3b\n",
		"[global]\n"
		"ip-forward = yes\n"
		"\n"
		"[sysctl]\n"
		"net/ipv4/conf/eth0.1/rp_filter = 1\n"
		"net/ipv4/tcp_rmem = 1 2 3\n"
		"\n"
		"[netns b]\n"
		"ipv6-forward = no\n"
		"\n"
		"[sysctl b]\n"
		"net/core/x = \\x3b\n" },
	{ "shadowed keys",
		"[bridge b]\nports=p\n[dummy p]\nproxy-arp=yes\nport-proxy-arp=no\n"
		"[tap t]\ngroup=5\nlink-group=6\n",
		"[bridge b]\n"
		"ports = p\n"
		"up = yes\n"
		"forward-delay = 0\n"
		"\n"
		"[dummy p]\n"
		"proxy-arp = yes\n"
		"port-proxy-arp = no\n"
		"up = yes\n"
		"addr-gen-mode = none\n"
		"\n"
		"[tap t]\n"
		"group = 5\n"
		"link-group = 6\n"
		"up = yes\n" },
	{ "made",
		"[netns b]\nmade=yes\n[veth v]\npeer=b/w\nmade=yes\n[peer b/w]\nmade=1\nup=no\n[nic eth*]\nrequired=no\nmade=no\n",
		"[netns b]\n"
		"made = yes\n"
		"\n"
		"[veth v]\n"
		"made = yes\n"
		"peer = b/w\n"
		"up = yes\n"
		"\n"
		"[peer b/w]\n"
		"made = yes\n"
		"up = no\n"
		"\n"
		"[nic eth*]\n"
		"required = no\n"
		"up = yes\n" },
	{ "phrases",
		"[dummy d]\naddress=192.0.2.1/24 brd + valid_lft 1h\naddress=2001:db8::1/64 nodad\ngateway=192.0.2.9\n"
		"route=2001:db8:1::/48 via 2001:db8::2 mtu lock 1400\nroute=blackhole 10.0.0.0/8\n"
		"neighbor=192.0.2.3 lladdr 02:00:00:00:00:01\n[global]\nrule=to 10.0.0.0/8 lookup 7\nrule=not from 2001:db8::/32 prohibit\n",
		NULL },
	{ "words with blanks in them",
		"[global]\nsearch=a\\x20b c\n[dummy d]\naddress=192.0.2.1/24 label d:a\\x20b\\x3bc scope link\n",
		"[global]\nsearch = a\\x20b c\n\n[dummy d]\nup = yes\n"
		"address = 192.0.2.1/24 label d:a\\x20b\\x3bc scope link\n" },
	{ "several hops",
		"[dummy d]\naddress=192.0.2.1/24\nroute=10.0.0.0/8 via 192.0.2.2 weight 2\n"
		"[dummy e]\naddress=198.51.100.1/24\nroute=10.0.0.0/8 via 198.51.100.2 weight 3\n",
		"[dummy d]\n"
		"up = yes\n"
		"address = 192.0.2.1/24\n"
		"route = 10.0.0.0/8 nexthop via 192.0.2.2 weight 2"
		" nexthop dev e via 198.51.100.2 weight 3\n"
		"\n"
		"[dummy e]\n"
		"up = yes\n"
		"address = 198.51.100.1/24\n" },
	{ "IPv6 hops",
		"[dummy d]\naddress=2001:db8::1/64\nroute=2001:db8:1::/48 via 2001:db8::2 weight 2\n"
		"route=2001:db8:1::/48 via 2001:db8::3 weight 3\n",
		"[dummy d]\n"
		"up = yes\n"
		"address = 2001:db8::1/64\n"
		"route = 2001:db8:1::/48 nexthop via 2001:db8::2 weight 2"
		" nexthop via 2001:db8::3 weight 3\n" },
};

/* Lists and routes longer than what one line can hold. */
static void
judge_long(void)
{
	struct mem *mem = mem_new();
	struct conf c = { .mem = mem };
	char *text = mem_printf(mem, "[bridge b]\nvlan-filtering = yes\n"), *printed;
	size_t longest = 0, n;

	for (int i = 0; i < 200; i++)
		text = mem_printf(mem, "%svlans = %d-%d\n", text, 20 * i + 1, 20 * i + 9);
	text = mem_printf(mem,
		"%saddress = 2001:db8:1111:2222:3333::1/64\nroute = 2001:db8:1:2:3:4:5::/112",
		text);
	for (int i = 2; i < 5; i++)
		text = mem_printf(mem, "%s nexthop via 2001:db8:1111:2222:3333::%d", text, i);
	read_text(&c, mem_printf(mem, "%s\n", text), "long");
	printed = print(build(&c));
	for (const char *p = printed; *p; p += n + 1) {
		n = strcspn(p, "\n");
		longest = n > longest ? n : longest;
	}
	say("no line is longer than what is read",
		longest > 150 && longest < 198 && !strstr(printed, "#"));
	free(printed);
	judge(&c, "long", NULL);
	mem_free(mem);
}

/* State as it is written and read: nothing is too long for it, and nothing grows. */
static void
judge_state(void)
{
	struct mem *mem = mem_new();
	struct conf c = { .mem = mem }, d = { .mem = mem, .own = true };
	char *route = mem_printf(mem,
		     "route = 2001:db8:1111:2222:3333:4444:5555:6666 from 2001:db8:1111:2222:3333:4444:5555:7777"
		     " metric 4294967295 src 2001:db8:aaaa:bbbb:cccc:dddd:eeee:ffff mtu lock 1400 cwnd 9 window 65535 rtt 100000"),
	     *alias = mem_printf(mem, "alias = "), *text = NULL, *next = NULL;
	size_t size;
	FILE *f;

	while (strlen(alias) < 196)
		alias = mem_printf(mem, "%s\\", alias);
	read_text(&c, mem_printf(mem, "[dummy d]\n%s\n%s\n", alias, route), "state");
	f = open_memstream(&text, &size);
	print_state(f, build(&c));
	(void)fclose(f);
	read_text(&d, text, "state");
	f = open_memstream(&next, &size);
	print_state(f, build(&d));
	(void)fclose(f);
	say("a state holds long lines", !diag_count() && strlen(route) > 190 &&
						strlen(route) < 198 && strstr(text, route) &&
						strlen(text) > 4 * 188 && !strchr(text, '#') &&
						same("state", text, next));
	free(text);
	free(next);
	mem_free(mem);
}

static void
judge_file(const char *path)
{
	struct mem *mem = mem_new();
	struct conf c = { .mem = mem };

	if (conf_read(&c, path) < 0)
		say(path, false);
	else
		judge(&c, path, NULL);
	mem_free(mem);
}

int
main(void)
{
	glob_t files;

	for (size_t i = 0; i < LEN(texts); i++) {
		struct mem *mem = mem_new();
		/* who made what stands in nbs's own state only */
		struct conf c = { .mem = mem, .own = !strcmp(texts[i].name, "made") };

		read_text(&c, texts[i].text, texts[i].name);
		judge(&c, texts[i].name, texts[i].want);
		mem_free(mem);
	}
	judge_long();
	judge_state();
	if (!glob("conf/*.conf", 0, NULL, &files))
		for (size_t i = 0; i < files.gl_pathc; i++)
			judge_file(files.gl_pathv[i]);
	globfree(&files);
	return bad > 0;
}
