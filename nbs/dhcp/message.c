#include "dhcp/message.h"

#include <string.h>

#include "base/mem.h"
#include "key/type.h"

/* The fixed fields, RFC 2131, 2, and where they stand. */
enum {
	OP = 0,
	HTYPE = 1,
	HLEN = 2,
	XID = 4,
	SECS = 8,
	FLAGS = 10,
	CIADDR = 12,
	YIADDR = 16,
	SIADDR = 20,
	GIADDR = 24,
	CHADDR = 28,
	SNAME = 44,
	SNAME_SIZE = 64,
	FILE_NAME = 108,
	FILE_SIZE = 128,
	COOKIE = 236,
	OPTIONS = 240,
};

enum { BOOTREQUEST = 1, BOOTREPLY = 2 };  /* op, RFC 951, 3 */
enum { BROADCAST_FLAG = 0x80 };           /* the first bit of flags, RFC 2131, 2 */
enum { FILE_HOLDS = 1, SNAME_HOLDS = 2 }; /* option 52, RFC 2132, 9.3 */
enum { SHORTEST = 300 };                  /* RFC 1542, 2.1 */
enum { OPTION_LONGEST = 255 };            /* one byte of length */
enum { LABEL_LONGEST = 63 };              /* RFC 1035, 2.3.4 */
enum { FQDN_S = 1, FQDN_E = 4 };          /* flags of option 81, RFC 4702, 2.1 */

static const uint8_t cookie[4] = { 99, 130, 83, 99 }; /* RFC 2131, 3 */

static const char cut_off[] = "an option is longer than what is left";

/* Takes the next option off what is left: 1, 0 at the end, -1 when it is cut off. */
static int
next_option(struct blob *left, uint8_t *code, struct blob *data)
{
	while (left->n && *left->b == OPTION_PAD) {
		left->b++;
		left->n--;
	}
	if (!left->n || *left->b == OPTION_END)
		return 0;
	if (left->n < 2 || left->n - 2 < left->b[1])
		return -1;
	*code = left->b[0];
	*data = (struct blob) { left->b + 2, left->b[1] };
	left->b += 2 + data->n;
	left->n -= 2 + data->n;
	return 1;
}

/* Joins what one part has of an option to what is found already, counting pieces. */
static int
collect(struct blob part, enum option wanted, struct blob *found, size_t *pieces, uint8_t *to)
{
	struct blob data;
	uint8_t code;
	int r;

	while ((r = next_option(&part, &code, &data)) > 0) {
		if (code == wanted) {
			if (to && data.n)
				(void)memcpy(to + found->n, data.b, data.n);
			found->b = data.b;
			found->n += data.n;
			++*pieces;
		}
	}
	return r;
}

struct blob
message_option(const struct message *m, enum option wanted, struct mem *mem)
{
	struct blob found = { 0 }, again = { 0 };
	size_t pieces = 0, counted = 0;
	uint8_t *to;

	for (size_t i = 0; i < 3; i++)
		(void)collect(m->parts[i], wanted, &found, &pieces, NULL); /* message_read looked */
	if (pieces < 2)
		return found;
	to = mem_get(mem, found.n + 1);
	for (size_t i = 0; i < 3; i++)
		(void)collect(m->parts[i], wanted, &again, &counted, to);
	return (struct blob) { to, again.n };
}

/* A field of text ends at the first NUL. */
static struct blob
field(const uint8_t *b, size_t size)
{
	return (struct blob) { b, strnlen((const char *)b, size) };
}

/* Finds where options stand, and looks whether each ends where its part does. */
static const char *
find_parts(struct message *m, const uint8_t *b, size_t len)
{
	struct blob over = { 0 };
	size_t pieces = 0;
	unsigned holds;

	m->parts[0] = (struct blob) { b + OPTIONS, len - OPTIONS };
	if (collect(m->parts[0], OPTION_OVERLOAD, &over, &pieces, NULL) < 0)
		return cut_off;
	if (pieces && (over.n != 1 || !*over.b || *over.b > (FILE_HOLDS | SNAME_HOLDS)))
		return "an unknown overload";
	holds = pieces ? *over.b : 0;
	m->file = field(b + FILE_NAME, holds & FILE_HOLDS ? 0 : FILE_SIZE);
	m->sname = field(b + SNAME, holds & SNAME_HOLDS ? 0 : SNAME_SIZE);
	if (holds & FILE_HOLDS)
		m->parts[1] = (struct blob) { b + FILE_NAME, FILE_SIZE };
	if (holds & SNAME_HOLDS)
		m->parts[2] = (struct blob) { b + SNAME, SNAME_SIZE };
	for (size_t i = 1; i < 3; i++)
		if (collect(m->parts[i], OPTION_OVERLOAD, &over, &pieces, NULL) < 0)
			return cut_off;
	return NULL;
}

static const char *
find_type(struct message *m)
{
	struct blob type = { 0 };
	size_t pieces = 0;

	for (size_t i = 0; i < 3; i++)
		(void)collect(m->parts[i], OPTION_TYPE, &type, &pieces, NULL);
	m->no_type = !pieces;
	m->type = ACK; /* what a BOOTP reply comes to, RFC 1534, 2 */
	if (!pieces)
		return NULL;
	if (type.n != 1 || *type.b < DISCOVER || *type.b > INFORM)
		return "an unknown type";
	m->type = *type.b;
	return NULL;
}

static void
read_fields(struct message *m, const uint8_t *b)
{
	m->htype = b[HTYPE];
	m->hlen = b[HLEN];
	m->xid = (uint32_t)type_decode(&type_be32, b + XID);
	m->secs = (uint16_t)type_decode(&type_be16, b + SECS);
	m->broadcast = b[FLAGS] & BROADCAST_FLAG;
	(void)memcpy(m->ciaddr, b + CIADDR, sizeof(m->ciaddr));
	(void)memcpy(m->yiaddr, b + YIADDR, sizeof(m->yiaddr));
	(void)memcpy(m->siaddr, b + SIADDR, sizeof(m->siaddr));
	(void)memcpy(m->giaddr, b + GIADDR, sizeof(m->giaddr));
	(void)memcpy(m->chaddr, b + CHADDR, sizeof(m->chaddr));
}

const char *
message_read(struct message *to, const uint8_t *b, size_t len)
{
	struct message m = { 0 };
	const char *why;

	if (len < OPTIONS)
		return "too short";
	if (b[OP] != BOOTREPLY)
		return "not a reply";
	if (memcmp(b + COOKIE, cookie, sizeof(cookie)) != 0)
		return "no magic cookie";
	if (b[HLEN] > sizeof(m.chaddr))
		return "a hardware address that is too long";
	read_fields(&m, b);
	if ((why = find_parts(&m, b, len)) || (why = find_type(&m)))
		return why;
	*to = m;
	return NULL;
}

/* Once something does not fit, the message is spoilt and stays so. */
struct writer {
	uint8_t *b;
	size_t size, n;
	bool full;
};

static void
put_bytes(struct writer *w, const void *b, size_t n)
{
	if (w->full || w->size - w->n < n) {
		w->full = true;
		return;
	}
	if (n)
		(void)memcpy(w->b + w->n, b, n);
	w->n += n;
}

static void
put_byte(struct writer *w, uint8_t b)
{
	put_bytes(w, &b, 1);
}

/* What is longer than an option goes as several of them: RFC 3396, 5. */
static void
put_option(struct writer *w, enum option code, const uint8_t *b, size_t n)
{
	size_t now;

	do {
		now = n < OPTION_LONGEST ? n : OPTION_LONGEST;
		put_byte(w, (uint8_t)code);
		put_byte(w, (uint8_t)now);
		put_bytes(w, b, now);
		b = now ? b + now : b;
		n -= now;
	} while (n);
}

static void
put_blob(struct writer *w, enum option code, struct blob data)
{
	if (data.n)
		put_option(w, code, data.b, data.n);
}

static void
put_address(struct writer *w, enum option code, const uint8_t b[4])
{
	static const uint8_t none[4];

	if (memcmp(b, none, sizeof(none)) != 0)
		put_option(w, code, b, sizeof(none));
}

/* The bytes up to the next dot. */
static size_t
label(struct blob name)
{
	const uint8_t *dot = name.n ? memchr(name.b, '.', name.n) : NULL;

	return dot ? (size_t)(dot - name.b) : name.n;
}

/*
 * A name in the form of RFC 1035, 3.1.  One that has no dot is no whole one,
 * which the missing root label tells: RFC 4702, 2.3.
 */
static void
put_labels(struct writer *w, struct blob name)
{
	bool whole = memchr(name.b, '.', name.n);

	while (name.n) {
		size_t n = label(name), past = n + (n < name.n);

		if (!n || n > LABEL_LONGEST)
			w->full = true;
		put_byte(w, (uint8_t)n);
		put_bytes(w, name.b, n);
		name.b += past;
		name.n -= past;
	}
	if (whole)
		put_byte(w, 0);
}

static void
put_fqdn(struct writer *w, struct blob name)
{
	uint8_t data[OPTION_LONGEST];
	struct writer inner = { data, sizeof(data), 0, false };

	if (!name.n)
		return;
	put_byte(&inner, FQDN_S | FQDN_E);
	put_bytes(&inner, (const uint8_t[2]) { 0 }, 2); /* both RCODEs, RFC 4702, 2.2 */
	put_labels(&inner, name);
	if (inner.full)
		w->full = true;
	else
		put_option(w, OPTION_FQDN, data, inner.n);
}

/* One class, which has a length of its own: RFC 3004, 4. */
static void
put_user_class(struct writer *w, struct blob class)
{
	if (!class.n)
		return;
	if (class.n >= OPTION_LONGEST) {
		w->full = true;
		return;
	}
	put_byte(w, OPTION_USER_CLASS);
	put_byte(w, (uint8_t)(class.n + 1));
	put_byte(w, (uint8_t) class.n);
	put_bytes(w, class.b, class.n);
}

static void
put_options(struct writer *w, const struct request *r)
{
	uint8_t size[8];

	put_option(w, OPTION_TYPE, (const uint8_t[1]) { (uint8_t)r->type }, 1);
	put_blob(w, OPTION_CLIENT_ID, r->client_id);
	put_address(w, OPTION_ADDRESS, r->address);
	put_address(w, OPTION_SERVER, r->server);
	if (r->max_size)
		put_option(w, OPTION_MAX_SIZE, size, type_encode(&type_be16, r->max_size, size));
	if (r->rapid)
		put_option(w, OPTION_RAPID_COMMIT, NULL, 0);
	if (r->auto_configure)
		put_option(w, OPTION_AUTO_CONFIGURE, (const uint8_t[1]) { 1 }, 1);
	put_blob(w, OPTION_CLASS, r->class);
	put_user_class(w, r->user_class);
	put_blob(w, OPTION_HOSTNAME, r->hostname);
	put_fqdn(w, r->fqdn);
	put_blob(w, OPTION_PARAMETERS, r->parameters);
	if (r->text && *r->text)
		put_option(w, OPTION_TEXT, (const uint8_t *)r->text, strlen(r->text));
	put_byte(w, OPTION_END);
}

static void
put_fields(uint8_t *b, const struct request *r)
{
	b[OP] = BOOTREQUEST;
	b[HTYPE] = r->htype;
	b[HLEN] = r->hlen;
	(void)type_encode(&type_be32, r->xid, b + XID);
	(void)type_encode(&type_be16, r->secs, b + SECS);
	b[FLAGS] = r->broadcast ? BROADCAST_FLAG : 0;
	(void)memcpy(b + CIADDR, r->ciaddr, sizeof(r->ciaddr));
	(void)memcpy(b + CHADDR, r->chaddr, r->hlen);
	(void)memcpy(b + COOKIE, cookie, sizeof(cookie));
}

size_t
message_write(uint8_t *buf, size_t size, const struct request *r)
{
	struct writer w = { buf, size, OPTIONS, false };

	if (size < SHORTEST || r->hlen > sizeof(r->chaddr))
		return 0;
	(void)memset(buf, 0, SHORTEST);
	put_fields(buf, r);
	put_options(&w, r);
	if (w.full)
		return 0;
	return w.n > SHORTEST ? w.n : SHORTEST;
}
