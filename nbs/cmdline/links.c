#include "cmdline/links.h"

#include <ctype.h>
#include <string.h>

#include "base/mem.h"
#include "key/type.h"
#include "kind/kind.h"

/* The words bond=, bridge= and vlan= are called as what they make. */
static struct section *
make(struct reader *r, const char *name)
{
	return conf_section(&r->conf, r->now->name, name, r->file, r->now->no);
}

/* Text as a line carries it. */
static const char *
quote(struct reader *r, const char *text)
{
	struct mem_stream out;

	type_print_text(text, mem_open(&out));
	return mem_close(&out, r->conf.mem);
}

/* NAME:MAC */
void
links_read_ifname(struct reader *r, const char *value)
{
	const char *colon = strchr(value, ':');
	const char *mac = colon ? reader_read_mac(r->conf.mem, colon + 1) : NULL;
	const char *name = colon ? mem_text(r->conf.mem, value, (size_t)(colon - value)) : "";
	const char *nic = kind_default(NULL)->name;

	if (mac && reader_is_name(name))
		reader_set(r, conf_section(&r->conf, nic, name, r->file, r->now->no), "match-mac",
			mac);
	else
		reader_leave(r, "expected NAME:MAC");
}

/* The digits at the end of the name: vlan5, eth0.0005. */
static const char *
id_of(const char *name)
{
	const char *p = name + strlen(name);

	while (p > name && isdigit((unsigned char)p[-1]))
		p--;
	while (*p == '0' && p[1])
		p++;
	return p;
}

/* NAME:PARENT */
void
links_read_vlan(struct reader *r, const char *value)
{
	const char *f[2];
	int n = words_cut(r->conf.mem, value, ':', f, 2);
	struct section *s;

	if (n != 2 || !reader_is_name(f[0]) || !reader_is_name(f[1]) || !*id_of(f[0])) {
		reader_leave(
			r, "expected NAME:PARENT, the number at the end of the name: eth0.5:eth0");
		return;
	}
	s = make(r, f[0]);
	reader_set(r, s, "parent", quote(r, f[1]));
	reader_set(r, s, "id", id_of(f[0]));
}

static void
add_ports(struct reader *r, struct section *s, const char *list)
{
	char *rest = mem_text(r->conf.mem, list, strlen(list)), *name;

	for (char *p = rest; *p; p++)
		if (*p == ',')
			*p = ' ';
	while ((name = text_word(&rest)))
		if (reader_is_name(name))
			reader_add(r, s, "ports", quote(r, name));
		else
			reader_warn(r, "'%s': expected the name of a port; left out", name);
}

/* What the kernel calls by a number has a word here. */
static const char *
word_of(const struct key *k, const char *text)
{
	const char *end;
	uint64_t n;

	if (type_read_digits(&n, text, &end) < 0 || *end)
		return text;
	for (size_t i = 0; k->words && k->words[i].name; i++)
		if (k->words[i].num == n)
			return k->words[i].name;
	return text;
}

/* One NAME=VALUE of a bond, in the kernel's spelling; several values have semicolons between them. */
static void
bond_option(struct reader *r, struct section *s, const char *option)
{
	struct mem *mem = r->conf.mem;
	const char *equals = strchr(option, '=');
	char *name = mem_text(mem, option, equals ? (size_t)(equals - option) : 0);
	char *value = mem_text(mem, equals ? equals + 1 : "", equals ? strlen(equals + 1) : 0);
	struct value v = { 0 };
	const struct key *k;

	for (char *p = name; *p; p++)
		*p = *p == '_' ? '-' : *p;
	for (char *p = value; *p; p++)
		*p = *p == ';' ? ' ' : *p;
	k = key_find(kind_named(s->word)->keys, name);
	if (!k) {
		reader_warn(r, "'%s': no such option of a bond; left out", option);
		return;
	}
	v.key = k;
	if (key_parse(k, &v, quote(r, word_of(k, value)), mem) < 0)
		reader_warn(r, "'%s': expected %s; left out", option, key_expects(k, mem));
	else
		reader_set(r, s, k->name, quote(r, word_of(k, value)));
}

/* NAME[:PORTS[:OPTIONS[:MTU]]] */
void
links_read_bond(struct reader *r, const char *value)
{
	const char *f[4] = { "bond0", "eth0,eth1", "mode=balance-rr", "" }, *options[32];
	int n = words_cut(r->conf.mem, *value ? value : "bond0", ':', f, 4), m;
	struct section *s;

	m = n < 0 ? -1 : words_cut(r->conf.mem, f[2], ',', options, (int)LEN(options));
	if (m < 0 || !reader_is_name(f[0])) {
		reader_leave(r, "expected NAME:PORT,...:OPTION=VALUE,...:MTU");
		return;
	}
	s = make(r, f[0]);
	add_ports(r, s, f[1]);
	for (int i = 0; i < m; i++)
		if (*options[i])
			bond_option(r, s, options[i]);
	if (*f[3])
		reader_set(r, s, "mtu", f[3]);
}

/* NAME:PORTS */
void
links_read_bridge(struct reader *r, const char *value)
{
	const char *f[2] = { "br0", "eth0" };
	int n = words_cut(r->conf.mem, *value ? value : "br0", ':', f, 2);

	if (n < 0 || !reader_is_name(f[0]))
		reader_leave(r, "expected NAME:PORT,...");
	else
		add_ports(r, make(r, f[0]), f[1]);
}

void
links_read_team(struct reader *r, const char *value)
{
	(void)value;
	reader_leave(r, "nbs makes no team devices; a bond does the same");
}
