#include "cmdline/reader.h"

#include <stdarg.h>
#include <string.h>

#include "base/mem.h"
#include "key/type.h"
#include "kind/kind.h"

__attribute__((format(printf, 2, 0))) static struct note *
note(struct reader *r, const char *format, va_list ap)
{
	struct note *n = mem_get(r->conf.mem, sizeof(*n));
	char text[512];

	(void)vsnprintf(text, sizeof(text), format, ap); /* cut is good enough */
	n->of = r->now;
	n->text = mem_text(r->conf.mem, text, strlen(text));
	*r->last = n;
	r->last = &n->next;
	return n;
}

void
reader_warn(struct reader *r, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	(void)note(r, format, ap); /* it is kept */
	va_end(ap);
}

void
reader_remark(struct reader *r, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	note(r, format, ap)->remark = true;
	va_end(ap);
}

void
reader_leave(struct reader *r, const char *format, ...)
{
	const char *whole = mem_printf(r->conf.mem, "left out: %s", format);
	va_list ap;

	va_start(ap, format);
	note(r, whole, ap)->left = true;
	va_end(ap);
}

static struct section *
open_section(struct reader *r, const char *word, const char *name)
{
	return conf_section(&r->conf, word, name, r->file, r->now->no);
}

static struct section *
find_link(const struct reader *r, const char *name)
{
	for (struct section *s = r->conf.sections; s; s = s->next)
		if (kind_named(s->word) && !strcmp(s->name, name))
			return s;
	return NULL;
}

struct section *
reader_link(struct reader *r, const char *name)
{
	const struct section *s = find_link(r, name);

	return open_section(r, s ? s->word : kind_default(name)->name, name);
}

static struct section *
find_mac(const struct reader *r, const char *mac)
{
	for (struct section *s = r->conf.sections; s; s = s->next) {
		const char *text = reader_value(s, "match-mac");
		const char *theirs = text ? reader_read_mac(r->conf.mem, text) : NULL;

		if (theirs && !strcmp(theirs, mac))
			return s;
	}
	return NULL;
}

/* A plain name would rename the NIC; any number of stars stands for any name. */
struct section *
reader_mac(struct reader *r, const char *mac)
{
	struct section *s = find_mac(r, mac);
	const char *name = "**";

	if (s)
		return open_section(r, s->word, s->name);
	while (find_link(r, name))
		name = mem_printf(r->conf.mem, "%s*", name);
	s = open_section(r, kind_default(name)->name, name);
	reader_set(r, s, "single", "yes");
	reader_set(r, s, "match-mac", mac);
	return s;
}

struct section *
reader_device(struct reader *r, const char *text)
{
	const char *mac = reader_read_mac(r->conf.mem, text);

	if (mac)
		return reader_mac(r, mac);
	return reader_is_name(text) ? reader_link(r, text) : NULL;
}

/* The boot loader's word, which is always a MAC address. */
static const struct token *
bootif(const struct reader *r)
{
	const struct token *w = words_last(r->words, "BOOTIF"),
			   *off = words_last(r->words, "rd.bootif");

	if (!w)
		w = words_last(r->words, "bootif"); /* as NetworkManager */
	if (!w || (off && !strcmp(off->value, "0")))
		return NULL;
	return reader_read_mac(r->conf.mem, w->value) ? w : NULL;
}

/* What is said by hand comes first. */
static const struct token *
boot_word(const struct reader *r)
{
	const struct token *w = words_last(r->words, "bootdev");

	if (w)
		return w;
	w = words_last(r->words, "ksdevice");
	if (!w || !strcmp(w->value, "bootif"))
		return bootif(r);
	return strcmp(w->value, "link") != 0 && strcmp(w->value, "ibft") != 0 ? w : NULL;
}

struct section *
reader_boot(struct reader *r)
{
	const struct token *w = boot_word(r), *now = r->now;
	struct section *s = NULL;

	if (w) {
		r->now = w;
		s = reader_device(r, w->value);
		r->now = now;
	}
	if (s)
		reader_remark(r, "its device is that of word %d: %s", w->no, w->text);
	return s;
}

struct section *
reader_find_boot(struct reader *r)
{
	const struct token *w = boot_word(r);
	const char *mac = w ? reader_read_mac(r->conf.mem, w->value) : NULL;

	return mac ? find_mac(r, mac) : w ? find_link(r, w->value) : NULL;
}

struct section *
reader_global(struct reader *r)
{
	return open_section(r, "global", "");
}

static bool
is_long(struct reader *r, const char *key, const char *value)
{
	if (strlen(key) + strlen(" = ") + strlen(value) <= CONF_LINE)
		return false;
	reader_warn(r, "%s: too long for a line of %d bytes; left out", key, CONF_LINE);
	return true;
}

void
reader_set(struct reader *r, struct section *s, const char *key, const char *value)
{
	if (is_long(r, key, value))
		return;
	for (struct entry *e = s->entries; e; e = e->next)
		if (e->file == r->file && !strcmp(e->key, key)) {
			e->value = mem_text(r->conf.mem, value, strlen(value));
			e->line = r->now->no;
			return;
		}
	conf_entry(&r->conf, s, key, value, r->file, r->now->no);
}

void
reader_add(struct reader *r, struct section *s, const char *key, const char *value)
{
	if (is_long(r, key, value))
		return;
	for (const struct entry *e = s->entries; e; e = e->next)
		if (e->file == r->file && !strcmp(e->key, key) && !strcmp(e->value, value))
			return;
	conf_entry(&r->conf, s, key, value, r->file, r->now->no);
}

const char *
reader_value(const struct section *s, const char *key)
{
	const char *value = NULL;

	for (const struct entry *e = s->entries; e; e = e->next)
		if (!strcmp(e->key, key))
			value = e->value;
	return value;
}

void
reader_ask(struct reader *r, struct section *s)
{
	reader_set(r, s, "dhcp", "ipv4");
	if (!reader_value(s, "dhcp-lifetime"))
		reader_set(r, s, "dhcp-lifetime", "forever");
}

bool
reader_asks(const struct section *s)
{
	const char *dhcp = kind_named(s->word) ? reader_value(s, "dhcp") : NULL;

	return dhcp && strcmp(dhcp, "no") != 0;
}

bool
reader_wants(const struct reader *r, const struct section *s)
{
	for (const struct entry *e = s->entries; e; e = e->next)
		if (e->file == r->file && (!strcmp(e->key, "address") || !strcmp(e->key, "dhcp")))
			return true;
	return false;
}

const char *
reader_read_mac(struct mem *mem, const char *text)
{
	struct value v = { 0 };
	struct mem_stream out;

	/* the type of hardware goes before it in BOOTIF=: "01-" of three bytes, 20 in all */
	if (strlen(text) == 20 && strchr("-:", text[2]) && type_hex(text[0]) == 0)
		text += 3;
	if (type_mac.parse(NULL, &v, text, mem) < 0)
		return NULL;
	type_mac.print(NULL, &v, mem_open(&out));
	return mem_close(&out, mem);
}

bool
reader_is_name(const char *text)
{
	return type_is_name(text) && !text_is_glob(text);
}

bool
reader_is_digits(const char *s)
{
	return *s && !s[strspn(s, "0123456789")];
}
