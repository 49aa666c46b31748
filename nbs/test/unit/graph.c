/* Drawings for Graphviz to the letter: who is above whom, and names of any bytes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "check/check.h"
#include "print/graph.h"
#include "test/support/read.h"
#include "test/support/say.h"

/* What stands before the first node is taste, and the same in all. */
static const char *
body(const char *text)
{
	const char *edge = strstr(text, "\tedge [");

	return edge ? strchr(edge, '\n') + 1 : text;
}

static void
judge(const char *name, const char *text, const char *want)
{
	struct mem *mem = mem_new();
	struct model *m;
	FILE *to;
	char *drawn = NULL;
	size_t size;
	int before = diag_count();

	m = read_model(mem, text, name);
	check(m);
	say(diag_count() == before, name, "the file has mistakes");
	to = open_memstream(&drawn, &size);
	print_graph(to, m);
	(void)fclose(to);
	say_same(name, want, body(drawn));
	free(drawn);
	mem_free(mem);
}

static const struct {
	const char *name, *text, *want;
} texts[] = {
	{ "nothing", "[global]\nhostname=\n", "}\n" },
	{ "what stands on what",
		"[bond bond0]\nmode=active-backup\nports=eth0 eth1\n[vlan bond0.42]\nparent=bond0\nid=42\n"
		"[bridge br0]\nports=bond0.42 tap0\naddress=192.0.2.10/24\ngateway=192.0.2.1\n[tap tap0]\nup=no\n",
		"\t{\n"
		"\t\trank=sink;\n"
		"\t\t\"eth0\" [label=<<b>eth0</b><font point-size=\"10\"><br/>NIC</font>>"
		", style=\"filled\", fillcolor=\"#eeeeee\"];\n"
		"\t\t\"eth1\" [label=<<b>eth1</b><font point-size=\"10\"><br/>NIC</font>>"
		", style=\"filled\", fillcolor=\"#eeeeee\"];\n"
		"\t}\n"
		"\t\"bond0\" [label=<<b>bond0</b><font point-size=\"10\"><br/>bond, active-backup</font>>"
		", fillcolor=\"#e3edf7\"];\n"
		"\t\"bond0.42\" [label=<<b>bond0.42</b><font point-size=\"10\"><br/>VLAN 42</font>>];\n"
		"\t\"br0\" [label=<<b>br0</b><font point-size=\"10\"><br/>bridge"
		"<br/>192.0.2.10/24<br/>default via 192.0.2.1</font>>, fillcolor=\"#e3edf7\"];\n"
		"\t\"tap0\" [label=<<b>tap0</b><font point-size=\"10\"><br/>TAP</font>>"
		", style=\"rounded,filled,dashed\"];\n"
		"\t\"bond0.42\" -- \"bond0\";\n"
		"\t\"br0\" -- \"bond0.42\";\n"
		"\t\"tap0\" -- \"br0\";\n"
		"\t\"bond0\" -- \"eth0\";\n"
		"\t\"bond0\" -- \"eth1\";\n"
		"}\n" },
	{ "namespaces",
		"[global]\nhostname=h\n[netns a]\n[netns none]\n[bridge br0]\nvlan-filtering=yes\nports=v\n"
		"[veth v]\npeer=a/v\nvlans=7 9-10\npvid=7\nuntagged=7\n[peer a/v]\ndhcp=ipv4\nmtu=1400\n"
		"[macvlan a/m]\nparent=e\nmode=vepa\naddress=10.0.0.1 peer 10.0.0.2/24\n"
		"[netns b]\n[nic b/e]\nmatch-path=00*\nalias=x\n",
		"\tlabel=<<b>h</b>>; labelloc=t;\n"
		"\t{\n"
		"\t\trank=sink;\n"
		"\t\t\"e\" [label=<<b>e</b><font point-size=\"10\"><br/>NIC</font>>"
		", style=\"filled\", fillcolor=\"#eeeeee\"];\n"
		"\t}\n"
		"\t\"br0\" [label=<<b>br0</b><font point-size=\"10\"><br/>bridge, VLAN-aware</font>>"
		", fillcolor=\"#e3edf7\"];\n"
		"\t\"v\" [label=<<b>v</b><font point-size=\"10\"><br/>veth</font>>];\n"
		"\tsubgraph \"cluster_a\" {\n"
		"\t\tlabel=<<b>a</b>>; labeljust=l; style=\"rounded,filled\";"
		" fillcolor=\"#faf6e8\"; color=\"#c8b878\";\n"
		"\t\t\"a/v\" [label=<<b>v</b><font point-size=\"10\"><br/>veth<br/>DHCP ipv4<br/>MTU 1400</font>>];\n"
		"\t\t\"a/m\" [label=<<b>m</b><font point-size=\"10\"><br/>macvlan, vepa"
		"<br/>10.0.0.1 to 10.0.0.2/24</font>>];\n"
		"\t}\n"
		"\tsubgraph \"cluster_none\" {\n"
		"\t\tlabel=<<b>none</b>>; labeljust=l; style=\"rounded,filled\";"
		" fillcolor=\"#faf6e8\"; color=\"#c8b878\";\n"
		"\t\t\"none/\" [style=invis, label=\"\"];\n"
		"\t}\n"
		"\tsubgraph \"cluster_b\" {\n"
		"\t\tlabel=<<b>b</b>>; labeljust=l; style=\"rounded,filled\";"
		" fillcolor=\"#faf6e8\"; color=\"#c8b878\";\n"
		"\t\t\"b/e\" [label=<<b>e</b><font point-size=\"10\"><br/>NIC<br/>path 00*<br/>x</font>>"
		", style=\"filled\", fillcolor=\"#eeeeee\"];\n"
		"\t}\n"
		"\t\"v\" -- \"br0\" [label=\"  VLAN 7 9-10\\l  7 untagged\\l\"];\n"
		"\t\"a/v\" -- \"v\" [style=bold];\n"
		"\t\"a/m\" -- \"e\";\n"
		"}\n" },
	{ "NICs in the file's own words",
		"[nic wan]\nmatch-mac=52:54:00:12:34:56\n[nic eth*]\nrequired=no\n[nic en*]\nsingle=yes\n",
		"\t{\n"
		"\t\trank=sink;\n"
		"\t\t\"wan\" [label=<<b>wan</b><font point-size=\"10\"><br/>NIC<br/>52:54:00:12:34:56</font>>"
		", style=\"filled\", fillcolor=\"#eeeeee\"];\n"
		"\t\t\"eth*\" [label=<<b>eth*</b><font point-size=\"10\"><br/>NICs</font>>"
		", style=\"filled,dashed\", fillcolor=\"#eeeeee\", peripheries=2];\n"
		"\t\t\"en*\" [label=<<b>en*</b><font point-size=\"10\"><br/>NIC</font>>"
		", style=\"filled\", fillcolor=\"#eeeeee\"];\n"
		"\t}\n"
		"}\n" },
	{ "names of any bytes",
		"[dummy \"\\x5cN<&>]\nalias=\\x0a</b>\\xef\\xbf\\xbf \\xc3\\xa4\\xe4\\xc2\\x9b\n[netns \\x5c\\xff\\x22]\n",
		"\t\"\\\"\\\\x5cN<&>\" [label=<<b>&quot;\\\\x5cN&lt;&amp;&gt;</b><font point-size=\"10\">"
		"<br/>dummy<br/>\\\\x0a&lt;/b&gt;\\\\xef\\\\xbf\\\\xbf \xc3\xa4\\\\xe4\\\\xc2\\\\x9b</font>>];\n"
		"\tsubgraph \"cluster_\\\\x5c\\\\xff\\\"\" {\n"
		"\t\tlabel=<<b>\\\\x5c\\\\xff&quot;</b>>; labeljust=l; style=\"rounded,filled\";"
		" fillcolor=\"#faf6e8\"; color=\"#c8b878\";\n"
		"\t\t\"\\\\x5c\\\\xff\\\"/\" [style=invis, label=\"\"];\n"
		"\t}\n"
		"}\n" },
};

int
main(void)
{
	for (size_t i = 0; i < LEN(texts); i++)
		judge(texts[i].name, texts[i].text, texts[i].want);
	return say_end();
}
