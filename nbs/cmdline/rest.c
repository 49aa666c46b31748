#include "cmdline/rest.h"

#include <string.h>
#include <sys/socket.h>

#include "base/mem.h"
#include "key/type.h"
#include "kind/kind.h"
#include "model/phrase.h"

/* True when an address of the section is of the router's network. */
static bool
reaches(const struct reader *r, const struct section *s, const struct ip *via)
{
	struct ip ip;

	for (const struct entry *e = s->entries; e; e = e->next) {
		const char *peer = strstr(e->value, " peer "),
			   *net = peer ? peer + strlen(" peer ") : e->value;

		net = mem_text(r->conf.mem, net, strcspn(net, " "));
		if (!strcmp(e->key, "address") && type_read_ip(&ip, net) == 0 &&
			phrase_covers(&ip, via))
			return true;
	}
	return false;
}

static bool
is_one(const struct section *s)
{
	return kind_named(s->word) && (!text_is_glob(s->name) || reader_value(s, "single"));
}

/*
 * The link of a route that names none: the one that reaches the router, the
 * one the machine booted from, or the only one there is.
 */
static struct section *
link_of(struct reader *r, const struct ip *via)
{
	struct section *only = NULL, *boot;
	unsigned n = 0;

	for (struct section *s = r->conf.sections; s; s = s->next) {
		if (via->family && is_one(s) && reaches(r, s, via))
			return s;
		if (kind_named(s->word) && reader_wants(r, s)) {
			only = s;
			n++;
		}
	}
	if ((boot = reader_boot(r)))
		return boot;
	return n == 1 && is_one(only) ? only : NULL;
}

/* NETWORK/LENGTH:ROUTER[:DEVICE] */
void
rest_read_route(struct reader *r, const char *value)
{
	struct mem *mem = r->conf.mem;
	const char *f[3] = { "", "", "" }, *words;
	struct ip net, via = { 0 };
	int n = words_cut(mem, value, ':', f, 3);
	struct section *s;

	if (n < 2 || type_read_ip(&net, f[0]) < 0 ||
		(*f[1] && (type_read_ip(&via, f[1]) < 0 || via.with_len))) {
		reader_leave(r, "expected NETWORK/LENGTH:ROUTER[:DEVICE], IPv6 in brackets");
		return;
	}
	s = *f[2] ? reader_device(r, f[2]) : link_of(r, &via);
	if (!s) {
		reader_leave(r, "%s",
			*f[2] ? "expected the name or MAC address of a device"
			      : "more than one device might have it; expected :DEVICE");
		return;
	}
	s = conf_section(&r->conf, s->word, s->name, r->file, r->now->no);
	words = type_ip_text(&net, net.with_len, mem);
	if (via.family)
		words = mem_printf(mem, "%s via %s%s", words, type_ip_text(&via, false, mem),
			reaches(r, s, &via) ? "" : " onlink");
	reader_add(r, s, "route", words);
}

/* Addresses with commas between them. */
void
rest_read_dns(struct reader *r, const char *value)
{
	const char *f[16];
	int n = words_cut(r->conf.mem, value, ',', f, (int)LEN(f));
	struct ip ip;

	if (n < 0)
		reader_leave(r, "expected an address");
	for (int i = 0; i < n; i++)
		if (type_read_ip(&ip, f[i]) == 0 && !ip.with_len)
			reader_add(
				r, reader_global(r), "dns", type_ip_text(&ip, false, r->conf.mem));
		else
			reader_leave(r, "'%s': expected an address", f[i]);
}

/* Gives a key to every link that asks a DHCP server. */
static void
set_asking(struct reader *r, const char *key, const char *value)
{
	for (struct section *s = r->conf.sections; s; s = s->next)
		if (reader_asks(s))
			reader_set(r, conf_section(&r->conf, s->word, s->name, r->file, r->now->no),
				key, value);
}

void
rest_read_peerdns(struct reader *r, const char *value)
{
	if (!strcmp(value, "0") || !strcmp(value, "no"))
		set_asking(r, "dhcp-use", "routes mtu hostname ntp");
}

void
rest_read_class(struct reader *r, const char *value)
{
	struct mem_stream out;

	type_print_text(value, mem_open(&out));
	set_asking(r, "dhcp-class", mem_close(&out, r->conf.mem));
}

static void
set_optional(struct reader *r, const struct section *but)
{
	for (struct section *s = r->conf.sections; s; s = s->next)
		if (s != but && kind_named(s->word) && reader_wants(r, s))
			reader_set(r, s, "required", "no");
}

void
rest_read_needed(struct reader *r, const char *value)
{
	if (!strcmp(value, "0") || !strcmp(value, "no"))
		set_optional(r, NULL);
}

/* Seconds; the largest of all counts, and never makes the deadline shorter. */
void
rest_read_timeout(struct reader *r, const char *value)
{
	const struct key *k = key_find(&global_keys, "timeout");
	const char *set = reader_value(reader_global(r), "timeout");
	struct value v = { 0 };
	const char *end;
	uint64_t n;

	if (type_read_digits(&n, value, &end) < 0 || *end || n > (uint64_t)k->max / 1000) {
		reader_leave(
			r, "expected a number of seconds, at most %u", (unsigned)(k->max / 1000));
		return;
	}
	if (key_parse(k, &v, set ? set : k->standard, r->conf.mem) == 0 && n * 1000 > v.num)
		reader_set(r, reader_global(r), "timeout",
			mem_printf(r->conf.mem, "%us", (unsigned)n));
}

void
rest_read_retry(struct reader *r, const char *value)
{
	(void)value;
	reader_warn(r, "does nothing: nbs asks until its deadline");
}

void
rest_read_auto(struct reader *r, const char *value)
{
	(void)value;
	reader_warn(r, "does nothing: nbs does not wait for what routers tell");
}

void
rest_read_unknown(struct reader *r, const char *value)
{
	(void)value;
	reader_leave(r, "nbs has nothing of this name");
}

void
rest_read_firmware(struct reader *r, const char *value)
{
	if (!value || (strcmp(value, "0") != 0 && strcmp(value, "no") != 0))
		reader_leave(r, "nbs does not read the settings of the firmware");
}

static bool
check_device(struct reader *r, const char *value)
{
	if (reader_is_name(value) || reader_read_mac(r->conf.mem, value))
		return true;
	reader_leave(r, "'%s': expected the name or MAC address of a device", value);
	return false;
}

void
rest_read_boot(struct reader *r, const char *value)
{
	if (!reader_read_mac(r->conf.mem, value))
		reader_leave(r, "'%s': expected a MAC address such as 01-52-54-00-12-34-56", value);
}

/* Of several devices, boot waits for this one. */
void
rest_read_bootdev(struct reader *r, const char *value)
{
	const struct token *need = words_last(r->words, "rd.neednet");
	struct section *s;

	if (!check_device(r, value) || (need && !strcmp(need->value, "1")))
		return;
	s = reader_find_boot(r);
	if (s && reader_wants(r, s))
		set_optional(r, s);
}

void
rest_read_ksdevice(struct reader *r, const char *value)
{
	if (!strcmp(value, "link") || !strcmp(value, "ibft"))
		reader_leave(r, "'%s': nbs does not choose a NIC so", value);
	else if (strcmp(value, "bootif") != 0)
		(void)check_device(r, value);
}

void
rest_read_companion(struct reader *r, const char *value)
{
	struct ip ip;

	(void)value;
	for (size_t i = 0; i < r->words->n; i++) {
		const struct token *w = &r->words->all[i];

		if (w->value && words_called(w, "ip") && type_read_ip(&ip, w->value) == 0)
			return;
	}
	reader_leave(r, "belongs to ip=ADDRESS, which is not there");
}

/* True when a link is the parent or a port of another. */
static bool
is_used(struct reader *r, const char *name)
{
	char *rest, *word;

	for (const struct section *s = r->conf.sections; s; s = s->next)
		for (const struct entry *e = s->entries; e; e = e->next) {
			if (strcmp(e->key, "parent") != 0 && strcmp(e->key, "ports") != 0)
				continue;
			rest = mem_text(r->conf.mem, e->value, strlen(e->value));
			while ((word = text_word(&rest)))
				if (!strcmp(word, name))
					return true;
		}
	return false;
}

/* A link that the line makes, and says nothing else of. */
static bool
is_bare(struct reader *r, const struct section *s)
{
	const struct kind *k = kind_named(s->word);

	return k && !k->given && s->file == r->file && !reader_wants(r, s) &&
	       !reader_value(s, "address") && !reader_value(s, "dhcp") && !is_used(r, s->name);
}

static const struct token *
word_at(const struct reader *r, int no)
{
	return (size_t)no <= r->words->n ? &r->words->all[no - 1] : r->implied;
}

void
rest_conclude(struct reader *r)
{
	struct section *all = NULL;
	bool others = false;
	int line = 0;

	for (struct section *s = r->conf.sections; s; s = s->next) {
		bool any = !strcmp(s->name, "*"); /* only of NICs */

		for (const struct entry *e = any ? s->entries : NULL; e; e = e->next)
			if (e->file == r->file && !strcmp(e->key, "dhcp")) {
				all = s;
				line = e->line;
			}
		others = others || (!any && reader_asks(s));
	}
	if (!all)
		return;
	r->now = word_at(r, line);
	for (struct section *s = r->conf.sections; s; s = s->next) {
		if (is_bare(r, s))
			reader_ask(r, s);
		else if (s != all)
			continue;
		if (others)
			reader_set(r, s, "required", "no");
	}
	if (!others)
		reader_set(r, reader_global(r), "ready", "any");
}
