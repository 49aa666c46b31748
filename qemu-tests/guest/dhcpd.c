/*
 * A DHCPv4 server that does as it is told, well or badly, and tells of each
 * message that it gets in one line.
 *
 *	usage: dhcpd IFACE [WORD...]
 *
 * Without words it offers 192.0.2.100/24 for an hour as 192.0.2.1.  Words are
 * those of the table below, options by number
 *
 *	ip=CODE:ADDRESS,...  hex=CODE:BYTES  text=CODE:TEXT
 *	long=CODE:LENGTH     so many letters, as several options (RFC 3396)
 *	claim=CODE:LENGTH    at the end, an option longer than what is left
 *
 * and arp=ADDRESS, which may repeat: somebody has it.  One server, one address:
 * a DECLINE makes it offer the next.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/sockios.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <netpacket/packet.h>
#include <poll.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define LEN(a) (sizeof(a) / sizeof((a)[0]))

enum { DISCOVER = 1, OFFER, REQUEST, DECLINE, ACK, NAK, RELEASE, INFORM, FORCERENEW };
enum { MAC = 6, HEAD = 236, COOKIE = 4, SIZE = 9000 };

static const char *const types[] = { "BOOTP", "DISCOVER", "OFFER", "REQUEST", "DECLINE", "ACK",
	"NAK", "RELEASE", "INFORM", "FORCERENEW" };

/* What the words say. */
static unsigned lease = 3600, t1, t2, ignore, delay, truncated, cut, flood, vlan, port = 67, overload;
static uint32_t server, pool, mask, giaddr, siaddr, from, second, acked;
static unsigned silent, no_offer, no_ack, nak, nak_renew, authoritative, greedy, rapid, rapid_unasked;
static unsigned broadcast, unicast, wrong_xid, wrong_chaddr, wrong_op, wrong_cookie, no_id, no_type;
static unsigned no_lease, echo, wrong_echo, bad_ip, bad_udp, no_udp, evil, forcerenew;

enum type { FLAG, NUMBER, ADDRESS };

/* clang-format off */
static const struct word {
	const char *name;
	enum type type;
	void *to;
} words[] = {
	{ "server",        ADDRESS, &server },        /* its identifier, and where it sends from */
	{ "pool",          ADDRESS, &pool },          /* what it offers */
	{ "mask",          ADDRESS, &mask },
	{ "lease",         NUMBER,  &lease },
	{ "t1",            NUMBER,  &t1 },
	{ "t2",            NUMBER,  &t2 },
	{ "giaddr",        ADDRESS, &giaddr },        /* as if it came by this relay */
	{ "siaddr",        ADDRESS, &siaddr },
	{ "from",          ADDRESS, &from },          /* sends from here instead */
	{ "port",          NUMBER,  &port },          /* and from this port */
	{ "second",        ADDRESS, &second },        /* offers as this server, too */
	{ "acked",         ADDRESS, &acked },         /* the ACK is for another address than the OFFER */
	{ "ignore",        NUMBER,  &ignore },        /* the first so many messages */
	{ "delay",         NUMBER,  &delay },         /* ms before each answer */
	{ "truncate",      NUMBER,  &truncated },     /* the message to so many bytes */
	{ "cut",           NUMBER,  &cut },           /* the frame, whose headers say otherwise */
	{ "flood",         NUMBER,  &flood },         /* so many offers, of as many servers */
	{ "vlan",          NUMBER,  &vlan },          /* puts a tag on all it sends */
	{ "overload",      NUMBER,  &overload },      /* options in file (1), sname (2), both (3) */
	{ "silent",        FLAG,    &silent },
	{ "no-offer",      FLAG,    &no_offer },
	{ "no-ack",        FLAG,    &no_ack },
	{ "nak",           FLAG,    &nak },           /* to every REQUEST */
	{ "nak-renew",     FLAG,    &nak_renew },     /* to those with ciaddr */
	{ "authoritative", FLAG,    &authoritative }, /* NAK to a REQUEST for what is not its */
	{ "greedy",        FLAG,    &greedy },        /* answers a REQUEST for another server */
	{ "rapid",         FLAG,    &rapid },         /* RFC 4039, to who asks for it */
	{ "rapid-unasked", FLAG,    &rapid_unasked },
	{ "broadcast",     FLAG,    &broadcast },
	{ "unicast",       FLAG,    &unicast },
	{ "wrong-xid",     FLAG,    &wrong_xid },
	{ "wrong-chaddr",  FLAG,    &wrong_chaddr },
	{ "wrong-op",      FLAG,    &wrong_op },
	{ "wrong-cookie",  FLAG,    &wrong_cookie },
	{ "no-id",         FLAG,    &no_id },         /* no option 54 */
	{ "no-type",       FLAG,    &no_type },       /* no option 53 */
	{ "no-lease",      FLAG,    &no_lease },      /* no option 51 */
	{ "echo",          FLAG,    &echo },          /* option 61: RFC 6842 */
	{ "wrong-echo",    FLAG,    &wrong_echo },
	{ "bad-ip",        FLAG,    &bad_ip },        /* checksums */
	{ "bad-udp",       FLAG,    &bad_udp },
	{ "no-udp",        FLAG,    &no_udp },
	{ "evil",          FLAG,    &evil },          /* every string is an attempt */
	{ "forcerenew",    FLAG,    &forcerenew },    /* after each ACK: RFC 3203 */
};
/* clang-format on */

static const char attempt[] = "x'\"`>/tmp/owned`$(>/tmp/owned);\n>/tmp/owned\n[nic eth0]\naddress = 6.6.6.6/8\r\n\\' #%n%s";
static const uint8_t strings[] = { 12, 15, 17, 40, 43, 56, 60, 66, 67, 114, 119 };

static uint8_t extra[4096]; /* options by number, as in a message */
static size_t extras;
static unsigned claim_code, claim_length;
static uint32_t taken[16];
static unsigned ntaken;
static uint8_t mine[MAC];
static int raw;

/* A message, as far as it is of interest. */
struct seen {
	unsigned type;
	uint8_t head[HEAD];
	uint32_t from, to, address, server;
	uint8_t mac[MAC];
	uint8_t id[255], list[255];
	unsigned nid, nlist;
	bool rapid;
};

static void
die(const char *what)
{
	perror(what);
	exit(1);
}

static long long
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_BOOTTIME, &t);
	return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}

/* One line is one write, so that lines of several servers can share a file. */
static void
say(const char *format, ...)
{
	static char line[4096];
	static size_t n;
	va_list ap;

	va_start(ap, format);
	n += (size_t)vsnprintf(line + n, sizeof(line) - n, format, ap);
	va_end(ap);
	if (n >= sizeof(line))
		n = sizeof(line) - 1;
	if (n && line[n - 1] == '\n') {
		if (write(1, line, n) < 0)
			exit(1);
		n = 0;
	}
}

static const char *
dotted(uint32_t a)
{
	static char text[4][INET_ADDRSTRLEN];
	static unsigned i;

	i = (i + 1) % LEN(text);
	return inet_ntop(AF_INET, &a, text[i], sizeof(text[i]));
}

static uint32_t
address(const char *text)
{
	uint32_t a;

	if (inet_pton(AF_INET, text, &a) == 1)
		return a;
	fprintf(stderr, "no address: %s\n", text);
	exit(2);
}

/* -- Words ---------------------------------------------------------------- */

static void
add(unsigned code, const void *data, size_t n)
{
	const uint8_t *d = data;

	do {
		size_t part = n > 255 ? 255 : n;

		if (extras + 2 + part > sizeof(extra))
			return;
		extra[extras++] = (uint8_t)code;
		extra[extras++] = (uint8_t)part;
		memcpy(extra + extras, d, part);
		extras += part;
		d += part;
		n -= part;
	} while (n);
}

static size_t
from_ips(char *text, uint8_t *to)
{
	size_t n = 0;

	for (char *p = strtok(text, ","); p; p = strtok(NULL, ",")) {
		uint32_t a = address(p);

		memcpy(to + n, &a, 4);
		n += 4;
	}
	return n;
}

static size_t
from_hex(const char *text, uint8_t *to)
{
	size_t n = 0;
	unsigned byte;

	for (; sscanf(text, "%2x", &byte) == 1 && text[1]; text += 2)
		to[n++] = (uint8_t)byte;
	return n;
}

/* Options by number; 0 if it is none. */
static int
option(const char *name, char *text)
{
	static uint8_t data[2048];
	char *colon = strchr(text, ':');
	unsigned code = (unsigned)atoi(text);
	size_t n;

	if (!colon || strlen(colon) > sizeof(data))
		return 0;
	if (!strcmp(name, "ip")) {
		n = from_ips(colon + 1, data);
	} else if (!strcmp(name, "hex")) {
		n = from_hex(colon + 1, data);
	} else if (!strcmp(name, "text")) {
		n = strlen(colon + 1);
		memcpy(data, colon + 1, n);
	} else if (!strcmp(name, "long")) {
		n = (size_t)atoi(colon + 1);
		n = n > sizeof(data) ? sizeof(data) : n;
		memset(data, 'a', n);
	} else if (!strcmp(name, "claim")) {
		claim_code = code;
		claim_length = (unsigned)atoi(colon + 1);
		return 1;
	} else {
		return 0;
	}
	add(code, data, n);
	return 1;
}

/* 0 if there is no such word. */
static int
word(char *name)
{
	char *value = strchr(name, '=');

	if (value)
		*value++ = 0;
	for (size_t i = 0; i < LEN(words); i++) {
		if (strcmp(name, words[i].name) || (words[i].type == FLAG) == !!value)
			continue;
		if (words[i].type == ADDRESS)
			*(uint32_t *)words[i].to = address(value);
		else
			*(unsigned *)words[i].to = value ? (unsigned)strtoul(value, NULL, 0) : 1;
		return 1;
	}
	if (value && !strcmp(name, "arp") && ntaken < LEN(taken)) {
		taken[ntaken++] = address(value);
		return 1;
	}
	return value && option(name, value);
}

/* -- What comes in -------------------------------------------------------- */

static void
say_bytes(const char *name, const uint8_t *b, size_t n)
{
	say(" %s=", name);
	for (size_t i = 0; i < n; i++)
		say("%02x", b[i]);
}

static void
say_text(const char *name, const uint8_t *b, size_t n)
{
	say(" %s=", name);
	for (size_t i = 0; i < n; i++)
		say(b[i] > ' ' && b[i] < 127 ? "%c" : "\\%03o", b[i]);
}

static void
say_list(const uint8_t *b, size_t n)
{
	say(" list=");
	for (size_t i = 0; i < n; i++)
		say(i ? ",%u" : "%u", b[i]);
}

static void
say_option(unsigned code, const uint8_t *b, unsigned n)
{
	switch (code) {
	case 12: say_text("host", b, n); break;
	case 55: say_list(b, n); break;
	case 56: say_text("text", b, n); break;
	case 57: say(" max=%u", n == 2 ? b[0] << 8 | b[1] : 0); break;
	case 60: say_text("class", b, n); break;
	case 61: say_bytes("id", b, n); break;
	case 77: say_text("user-class", b, n); break;
	case 80: say(" rapid"); break;
	case 81: say_bytes("fqdn", b, n); break;
	case 116: say_bytes("auto", b, n); break;
	}
}

/* Keeps what answers need of an option. */
static void
keep(struct seen *s, unsigned code, const uint8_t *b, unsigned n)
{
	if (code == 53 && n == 1 && b[0] < LEN(types))
		s->type = b[0];
	if (code == 50 && n == 4)
		memcpy(&s->address, b, 4);
	if (code == 54 && n == 4)
		memcpy(&s->server, b, 4);
	if (code == 61)
		memcpy(s->id, b, s->nid = n);
	if (code == 80)
		s->rapid = true;
}

static void
each(const uint8_t *o, size_t len, struct seen *s)
{
	for (size_t i = 0; i < len && o[i] != 255;) {
		if (!o[i]) {
			i++;
			continue;
		}
		if (i + 2 > len || i + 2 + o[i + 1] > len) {
			say(" broken");
			return;
		}
		if (s)
			keep(s, o[i], o + i + 2, o[i + 1]);
		else
			say_option(o[i], o + i + 2, o[i + 1]);
		i += 2u + o[i + 1];
	}
}

static uint32_t
field(const uint8_t *head, size_t at)
{
	uint32_t v;

	memcpy(&v, head + at, 4);
	return v;
}

static void
tell(const struct seen *s, const uint8_t *options, size_t n)
{
	const uint8_t *h = s->head;

	say("%s at=%lld xid=%08x secs=%u flags=%02x%02x", types[s->type], now(), ntohl(field(h, 4)),
		h[8] << 8 | h[9], h[10], h[11]);
	say(" from=%s to=%s%s", dotted(s->from), dotted(s->to), s->mac[0] & 1 ? "" : " by-unicast");
	say(" mac=%02x:%02x:%02x:%02x:%02x:%02x", h[28], h[29], h[30], h[31], h[32], h[33]);
	say(" size=%zu", HEAD + COOKIE + n);
	if (field(h, 12))
		say(" ciaddr=%s", dotted(field(h, 12)));
	if (field(h, 24))
		say(" giaddr=%s", dotted(field(h, 24)));
	if (s->address)
		say(" address=%s", dotted(s->address));
	if (s->server)
		say(" server=%s", dotted(s->server));
	each(options, n, NULL);
	say("\n");
}

/* -- What goes out -------------------------------------------------------- */

static uint16_t
sum(const uint8_t *p, size_t n, uint32_t start)
{
	uint32_t total = start;

	for (size_t i = 0; i < n; i++)
		total += i & 1 ? p[i] : (uint32_t)p[i] << 8;
	while (total >> 16)
		total = (total & 0xffff) + (total >> 16);
	return (uint16_t)~total;
}

static void
put16(uint8_t *p, unsigned v)
{
	p[0] = (uint8_t)(v >> 8);
	p[1] = (uint8_t)v;
}

static size_t
put(uint8_t *p, unsigned code, const void *data, size_t n)
{
	p[0] = (uint8_t)code;
	p[1] = (uint8_t)n;
	memcpy(p + 2, data, n);
	return n + 2;
}

static size_t
put32(uint8_t *p, unsigned code, uint32_t v)
{
	v = htonl(v);
	return put(p, code, &v, 4);
}

/* Options by number into a field of so many bytes, from *at on. */
static void
fill(uint8_t *p, size_t size, size_t *at)
{
	size_t n = 0;

	while (*at < extras && n + 2 + extra[*at + 1] < size) {
		memcpy(p + n, extra + *at, 2u + extra[*at + 1]);
		n += 2u + extra[*at + 1];
		*at += 2u + extra[*at + 1];
	}
	p[n] = 255;
}

static size_t
options(uint8_t *p, const struct seen *s, unsigned type, uint32_t as, size_t at)
{
	uint8_t t = (uint8_t)type, *start = p;

	if (!no_type)
		p += put(p, 53, &t, 1);
	if (!no_id)
		p += put(p, 54, &as, 4);
	if (type == ACK || type == OFFER) {
		if (!no_lease && s->type != INFORM)
			p += put32(p, 51, lease);
		if (t1)
			p += put32(p, 58, t1);
		if (t2)
			p += put32(p, 59, t2);
		if (mask)
			p += put(p, 1, &mask, 4);
		if (s->rapid && rapid && type == ACK && s->type == DISCOVER)
			p += put(p, 80, "", 0);
		t = (uint8_t)overload;
		if (overload)
			p += put(p, 52, &t, 1);
		memcpy(p, extra + at, extras - at);
		p += extras - at;
	}
	if (echo)
		p += put(p, 61, s->id, s->nid);
	if (wrong_echo)
		p += put(p, 61, "\1\2\3\4\5\6\7", 7);
	if (claim_code) {
		*p++ = (uint8_t)claim_code;
		*p++ = (uint8_t)claim_length;
		return (size_t)(p - start);
	}
	*p++ = 255;
	return (size_t)(p - start);
}

static size_t
message(uint8_t *p, const struct seen *s, unsigned type, uint32_t yiaddr, uint32_t as)
{
	static const uint8_t cookie[COOKIE] = { 99, 130, 83, 99 };
	size_t n, at = 0;

	memset(p, 0, HEAD);
	memcpy(p, s->head, 44);
	memset(p + 8, 0, 2);
	p[0] = wrong_op ? 1 : 2;
	p[4] = (uint8_t)(p[4] ^ (wrong_xid ? 0xff : 0));
	p[33] = (uint8_t)(p[33] ^ (wrong_chaddr ? 0xff : 0));
	if (type == NAK || type == OFFER)
		memset(p + 12, 0, 4);
	memcpy(p + 16, &yiaddr, 4);
	memcpy(p + 20, &siaddr, 4);
	memcpy(p + 24, &giaddr, 4);
	if (evil) {
		memcpy(p + 44, attempt, 60);
		memcpy(p + 108, attempt, sizeof(attempt));
	}
	if (type != NAK && overload & 1)
		fill(p + 108, 128, &at);
	if (type != NAK && overload & 2)
		fill(p + 44, 64, &at);
	memcpy(p + HEAD, cookie, COOKIE);
	p[HEAD] = (uint8_t)(p[HEAD] ^ wrong_cookie);
	n = HEAD + COOKIE + options(p + HEAD + COOKIE, s, type, as, at);
	if (n < 300 && !claim_code) {
		memset(p + n, 0, 300 - n);
		n = 300;
	}
	return truncated && truncated < n ? truncated : n;
}

static void
headers(uint8_t *ip, size_t n, uint32_t source, uint32_t to)
{
	uint8_t *udp = ip + 20;
	uint32_t start = (uint32_t)(17 + 8 + n);

	memset(ip, 0, 28);
	ip[0] = 0x45;
	put16(ip + 2, (unsigned)n + 28);
	ip[8] = 64;
	ip[9] = 17;
	memcpy(ip + 12, &source, 4);
	memcpy(ip + 16, &to, 4);
	put16(ip + 10, (unsigned)sum(ip, 20, 0) ^ (bad_ip ? 0x55u : 0));
	put16(udp, port);
	put16(udp + 2, 68);
	put16(udp + 4, (unsigned)n + 8);
	for (int i = 12; i < 20; i += 2)
		start += (uint32_t)(ip[i] << 8 | ip[i + 1]);
	if (!no_udp)
		put16(udp + 6, (unsigned)sum(udp, n + 8, start) ^ (bad_udp ? 0x55u : 0));
}

/* Where an answer goes: RFC 2131, 4.1. */
static bool
to_all(const struct seen *s, unsigned type)
{
	return !unicast && (broadcast || type == NAK || (s->head[10] & 0x80 && !field(s->head, 12)));
}

static void
answer(const struct seen *s, unsigned type, uint32_t yiaddr, uint32_t as)
{
	static uint8_t f[SIZE];
	uint8_t *p = f + 12;
	bool all = to_all(s, type);
	uint32_t to = all ? INADDR_BROADCAST : field(s->head, 12) ? field(s->head, 12) : yiaddr;
	size_t n;

	memset(f, 0xff, MAC);
	if (!all)
		memcpy(f, s->head + 28, MAC);
	memcpy(f + MAC, mine, MAC);
	if (vlan) {
		put16(p, ETH_P_8021Q);
		put16(p + 2, vlan);
		p += 4;
	}
	put16(p, ETH_P_IP);
	p += 2;
	n = message(p + 28, s, type, yiaddr, as);
	headers(p, n, from ? from : as, to);
	n += (size_t)(p - f) + 28;
	if (cut && cut < n)
		n = cut;
	if (!flood)
		say("sent %s at=%lld %s\n", types[type], now(), dotted(yiaddr));
	if (write(raw, f, n) < 0 && !flood)
		say("cannot send: %m\n");
}

static void
offers(const struct seen *s)
{
	for (unsigned i = 0; i < flood; i++)
		answer(s, OFFER, htonl(ntohl(pool) + i % 100), htonl(ntohl(server) + i % 1000));
	if (flood)
		return;
	answer(s, OFFER, pool, server);
	if (second)
		answer(s, OFFER, htonl(ntohl(pool) + 1), second);
}

static void
request(const struct seen *s)
{
	uint32_t ciaddr = field(s->head, 12), wanted = s->address ? s->address : ciaddr;

	if (nak || (nak_renew && ciaddr))
		answer(s, NAK, 0, server);
	else if (s->server && s->server != server && s->server != second && !greedy)
		say("not for us\n");
	else if (wanted != pool && !greedy && !second && !authoritative)
		say("not ours: %s\n", dotted(wanted));
	else if (wanted != pool && authoritative)
		answer(s, NAK, 0, server);
	else if (!no_ack)
		answer(s, ACK, acked ? acked : wanted, s->server ? s->server : server);
	if (forcerenew)
		answer(s, FORCERENEW, wanted, server);
}

/* Each message is answered so much after it came, however many wait. */
static void
wait_delay(void)
{
	struct timeval came, t;
	long long left;

	if (!delay || ioctl(raw, SIOCGSTAMP, &came) < 0 || gettimeofday(&t, NULL) < 0)
		return;
	left = delay * 1000LL - (t.tv_sec - came.tv_sec) * 1000000LL - (t.tv_usec - came.tv_usec);
	if (left > 0)
		usleep((useconds_t)left);
}

static void
serve(const struct seen *s)
{
	if (ignore) {
		ignore--;
		return;
	}
	if (silent)
		return;
	wait_delay();
	if (s->type == DISCOVER && (rapid_unasked || (rapid && s->rapid)))
		answer(s, ACK, pool, server);
	else if (s->type == DISCOVER && !no_offer)
		offers(s);
	else if (s->type == REQUEST)
		request(s);
	else if (s->type == DECLINE)
		pool = htonl(ntohl(pool) + 1);
	else if (s->type == INFORM)
		answer(s, ACK, 0, server);
}

/* -- Frames --------------------------------------------------------------- */

/* True with the length of the next frame that others sent to us or to all. */
static bool
next(int fd, uint8_t *f, size_t size, size_t *n)
{
	struct sockaddr_ll who = { 0 };
	socklen_t len = sizeof(who);
	ssize_t r = recvfrom(fd, f, size, 0, (struct sockaddr *)&who, &len);

	/* A link that goes down is to be heard again when it is up. */
	if (r < 0 && errno != ENETDOWN)
		die("recv");
	*n = r < 0 ? 0 : (size_t)r;
	return who.sll_pkttype != PACKET_OUTGOING && who.sll_pkttype != PACKET_OTHERHOST;
}

static void
udp(int fd)
{
	uint8_t f[SIZE];
	const uint8_t *ip = f + ETH_HLEN, *p;
	struct seen s = { 0 };
	size_t n, head;

	if (!next(fd, f, sizeof(f), &n) || n < ETH_HLEN + 28 || ip[9] != 17)
		return;
	head = (ip[0] & 15u) * 4u + 8u;
	p = ip + head;
	if (p[-6] || p[-5] != 67 || n < ETH_HLEN + head + HEAD + COOKIE)
		return;
	n -= ETH_HLEN + head + HEAD + COOKIE;
	memcpy(s.mac, f, MAC);
	memcpy(&s.from, ip + 12, 4);
	memcpy(&s.to, ip + 16, 4);
	memcpy(s.head, p, HEAD);
	each(p + HEAD + COOKIE, n, &s);
	tell(&s, p + HEAD + COOKIE, n);
	if (s.to == INADDR_BROADCAST || s.to == server || s.to == second)
		serve(&s);
}

/* Tells of requests, and answers those for what somebody has: RFC 826. */
static void
arp(int fd)
{
	uint8_t f[SIZE], *p = f + ETH_HLEN;
	size_t n;

	if (!next(fd, f, sizeof(f), &n) || n < ETH_HLEN + 28 || p[7] != 1)
		return;
	say("ARP at=%lld for=%s from=%s\n", now(), dotted(field(p, 24)), dotted(field(p, 14)));
	for (unsigned i = 0; i < ntaken; i++) {
		if (field(p, 24) != taken[i])
			continue;
		memcpy(f, f + MAC, MAC);
		memcpy(f + MAC, mine, MAC);
		p[7] = 2;
		memcpy(p + 18, p + 8, 10);
		memcpy(p + 8, mine, MAC);
		memcpy(p + 14, &taken[i], 4);
		if (write(fd, f, ETH_HLEN + 28) < 0)
			say("cannot send: %m\n");
	}
}

static int
listen_to(int protocol, int index)
{
	struct sockaddr_ll a = { .sll_family = AF_PACKET, .sll_protocol = htons((uint16_t)protocol),
		.sll_ifindex = index };
	int fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, htons((uint16_t)protocol));

	if (fd < 0 || bind(fd, (struct sockaddr *)&a, sizeof(a)) < 0)
		die("packet socket");
	return fd;
}

/* Without it the kernel would tell clients that nobody listens. */
static void
hold_port(const char *iface)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(67) };
	int on = 1, fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) < 0 ||
		setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, iface, (socklen_t)strlen(iface)) < 0 ||
		bind(fd, (struct sockaddr *)&a, sizeof(a)) < 0)
		die("port 67");
}

int
main(int argc, char **argv)
{
	struct ifreq r = { 0 };
	struct pollfd p[2];

	server = address("192.0.2.1");
	pool = address("192.0.2.100");
	mask = address("255.255.255.0");
	for (int i = 2; i < argc; i++)
		if (!word(argv[i])) {
			fprintf(stderr, "no such word: %s\n", argv[i]);
			return 2;
		}
	for (size_t i = 0; evil && i < sizeof(strings); i++)
		add(strings[i], attempt, sizeof(attempt));
	if (argc < 2)
		return 2;
	snprintf(r.ifr_name, sizeof(r.ifr_name), "%s", argv[1]);
	hold_port(argv[1]);
	p[0] = (struct pollfd) { .fd = listen_to(ETH_P_IP, (int)if_nametoindex(argv[1])), .events = POLLIN };
	p[1] = (struct pollfd) { .fd = listen_to(ETH_P_ARP, (int)if_nametoindex(argv[1])), .events = POLLIN };
	raw = p[0].fd;
	if (ioctl(raw, SIOCGIFHWADDR, &r) < 0)
		die(argv[1]);
	memcpy(mine, r.ifr_hwaddr.sa_data, MAC);
	say("ready\n");
	while (poll(p, 2, -1) > 0) {
		if (p[0].revents)
			udp(p[0].fd);
		if (p[1].revents)
			arp(p[1].fd);
	}
	die("poll");
}
