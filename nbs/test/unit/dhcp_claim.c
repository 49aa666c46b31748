/*
 * Claims against a made-up clock and link: when probes and announcements go
 * out, what takes an address away and what does not, and which one is chosen.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "dhcp/claim.h"
#include "test/support/say.h"

enum { LOG = 1024, MIDDLE = INT32_MAX, ALL = 254 * 256 };

static const uint8_t ours[4] = { 192, 0, 2, 17 }, others[4] = { 192, 0, 2, 18 }, none[4];
static const uint8_t mac[6] = { 0x52, 0x54, 0, 0x12, 0x34, 0x56 };

/* Before a boot is 10 s old, nothing has been defended either. */
static const long long epoch = 100;

static const char *const dos[] = {
	[CLAIM_NOTHING] = "nothing",
	[SEND_PROBE] = "probe",
	[SEND_ANNOUNCE] = "announce",
	[CLAIM_WON] = "won",
	[CLAIM_LOST] = "lost",
};

static char told[LOG];

static void
tell(enum claim_do act, long long now)
{
	size_t n = strlen(told);

	(void)snprintf(told + n, sizeof(told) - n, "%lld %s\n", now - epoch, dos[act]);
}

/* Lets time pass, up to and with a point of it. */
static void
until(struct claim *c, long long ms, uint32_t noise)
{
	long long now;

	while ((now = claim_next(c)) <= epoch + ms) {
		if (claim_tick(c, now - 1, noise) != CLAIM_NOTHING)
			tell(CLAIM_NOTHING, now - 1);
		tell(claim_tick(c, now, noise), now);
	}
}

static void
begin(struct claim *c, int patient, uint32_t noise)
{
	told[0] = '\0';
	claim_begin(c, ours, mac, patient, epoch, noise);
}

static const struct {
	const char *name;
	int patient;
	unsigned conflicts;
	uint32_t noise;
	const char *told;
} plans[] = {
	{ "at once", 0, 0, MIDDLE,
		"0 probe\n1500 probe\n3000 probe\n5000 won\n5000 announce\n7000 announce\n" },
	{ "at its fastest", 1, 0, 0,
		"0 probe\n1000 probe\n2000 probe\n4000 won\n4000 announce\n6000 announce\n" },
	{ "at its slowest", 1, 0, UINT32_MAX,
		"1000 probe\n3000 probe\n5000 probe\n7000 won\n7000 announce\n9000 announce\n" },
	{ "after nine conflicts", 0, 9, 0,
		"0 probe\n1000 probe\n2000 probe\n4000 won\n4000 announce\n6000 announce\n" },
	{ "after ten conflicts", 0, 10, 0,
		"60000 probe\n61000 probe\n62000 probe\n64000 won\n64000 announce\n66000 announce\n" },
	{ "after more, patient", 1, 4000000000, UINT32_MAX,
		"61000 probe\n63000 probe\n65000 probe\n67000 won\n67000 announce\n"
		"69000 announce\n" },
};

static void
test_plan(size_t i)
{
	struct claim c = { .conflicts = plans[i].conflicts };

	begin(&c, plans[i].patient, plans[i].noise);
	until(&c, 1000000, plans[i].noise);
	say_same(plans[i].name, plans[i].told, told);
	say(c.state == CLAIMED && claim_next(&c) == INT64_MAX, plans[i].name, "does not end");
}

struct packet {
	int operation;
	const uint8_t *sender, *target;
	size_t len;   /* 0: as long as it is */
	size_t at;    /* the byte that is spoilt, */
	uint8_t with; /* by this; 0: none is */
	int own;      /* we have sent it */
};

static size_t
write_packet(uint8_t b[64], const struct packet *p)
{
	const uint8_t head[8] = { 0, 1, 8, 0, 6, 4, 0, (uint8_t)p->operation };

	memset(b, 0, 64);
	memcpy(b, head, sizeof(head));
	memcpy(b + 8, mac, sizeof(mac));
	b[13] = (uint8_t)(b[13] + !p->own);
	memcpy(b + 14, p->sender, 4);
	memcpy(b + 24, p->target, 4);
	b[p->at] ^= p->with;
	return p->len ? p->len : ARP_SIZE;
}

enum { REQUEST = 1, REPLY };

/* What comes of it in a claim that probes, and in one that has won. */
static const struct {
	const char *name;
	struct packet p;
	enum claim_do probing, won;
} heard[] = {
	{ "a reply from it", { REPLY, ours, others }, CLAIM_LOST, SEND_ANNOUNCE },
	{ "a request from it", { REQUEST, ours, others }, CLAIM_LOST, SEND_ANNOUNCE },
	{ "an announcement of it", { REQUEST, ours, ours }, CLAIM_LOST, SEND_ANNOUNCE },
	{ "padded", { REPLY, ours, others, .len = 46 }, CLAIM_LOST, SEND_ANNOUNCE },
	{ "a probe of it", { REQUEST, none, ours }, CLAIM_LOST, CLAIM_NOTHING },
	{ "a reply to nobody's probe", { REPLY, none, ours }, CLAIM_NOTHING, CLAIM_NOTHING },
	{ "a request for it", { REQUEST, others, ours }, CLAIM_NOTHING, CLAIM_NOTHING },
	{ "a probe of another", { REQUEST, none, others }, CLAIM_NOTHING, CLAIM_NOTHING },
	{ "a reply from another", { REPLY, others, ours }, CLAIM_NOTHING, CLAIM_NOTHING },
	{ "our own probe", { REQUEST, none, ours, .own = 1 }, CLAIM_NOTHING, CLAIM_NOTHING },
	{ "our own announcement", { REQUEST, ours, ours, .own = 1 }, CLAIM_NOTHING, CLAIM_NOTHING },
	{ "cut short", { REPLY, ours, others, .len = 27 }, CLAIM_NOTHING, CLAIM_NOTHING },
	{ "not Ethernet", { REPLY, ours, others, .at = 1, .with = 0x21 }, CLAIM_NOTHING,
		CLAIM_NOTHING },
	{ "not IPv4", { REPLY, ours, others, .at = 2, .with = 0x80 }, CLAIM_NOTHING,
		CLAIM_NOTHING },
	{ "a long MAC", { REPLY, ours, others, .at = 4, .with = 14 }, CLAIM_NOTHING,
		CLAIM_NOTHING },
	{ "a long address", { REPLY, ours, others, .at = 5, .with = 20 }, CLAIM_NOTHING,
		CLAIM_NOTHING },
	{ "RARP", { 3, ours, others }, CLAIM_NOTHING, CLAIM_NOTHING },
	{ "no operation", { 0, ours, others }, CLAIM_NOTHING, CLAIM_NOTHING },
};

/* Hears it at a time, where the claim has come to then. */
static enum claim_do
hear(struct claim *c, const struct packet *p, long long ms)
{
	uint8_t b[64];
	size_t len = write_packet(b, p);

	until(c, ms, 0);
	return claim_heard(c, b, len, true, epoch + ms);
}

static void
say_heard_at(const char *name, const struct packet *p, long long ms, enum claim_do want)
{
	char title[96];
	struct claim c = { .conflicts = 3 };
	unsigned before = ms < 99999 ? 3 : 0; /* one that was won ends the count */
	enum claim_do act;

	(void)snprintf(title, sizeof(title), "%s after %lld ms", name, ms);
	begin(&c, 0, 0);
	act = hear(&c, p, ms);
	say_same(title, dos[want], dos[act]);
	if ((act == CLAIM_LOST) != (c.state == UNCLAIMED) ||
		c.conflicts != before + (act == CLAIM_LOST))
		say(0, title, "state %d, %u conflicts", (int)c.state, c.conflicts);
	until(&c, 1000000, 0);
	if (act == CLAIM_LOST && claim_next(&c) != INT64_MAX)
		say(0, title, "a lost claim goes on");
}

static void
test_heard(size_t i)
{
	static const long long probing[] = { 0, 1500, 3999 }, won[] = { 4000, 5000, 99999 };

	for (size_t k = 0; k < LEN(probing); k++)
		say_heard_at(heard[i].name, &heard[i].p, probing[k], heard[i].probing);
	for (size_t k = 0; k < LEN(won); k++)
		say_heard_at(heard[i].name, &heard[i].p, won[k], heard[i].won);
}

static void
test_defence(void)
{
	static const struct packet p = { REPLY, ours, others };
	struct claim c = { 0 };

	begin(&c, 0, 0);
	say_same("first conflict", "announce", dos[hear(&c, &p, 4500)]);
	say_same("second, ten seconds later", "announce", dos[hear(&c, &p, 14500)]);
	say_same("third, too soon", "lost", dos[hear(&c, &p, 24499)]);
	say_same("a claim that is lost hears nothing", "nothing", dos[hear(&c, &p, 99999)]);
	say_same("nor does it send",
		"0 probe\n1000 probe\n2000 probe\n4000 won\n4000 announce\n6000 announce\n", told);
	claim_begin(&c, ours, mac, 0, epoch + 25000, 0);
	until(&c, 29000, 0);
	say_same("a new claim is defended anew", "announce", dos[hear(&c, &p, 29001)]);
}

/* One tick a minute, as on a machine that sleeps. */
static void
test_sleep(void)
{
	struct claim c = { 0 };

	begin(&c, 0, MIDDLE);
	for (long long t = 0; t < 600000; t += 60000)
		for (enum claim_do act; (act = claim_tick(&c, epoch + t, MIDDLE)) != CLAIM_NOTHING;)
			tell(act, epoch + t);
	say_same("sleeping between",
		"0 probe\n60000 probe\n120000 probe\n180000 won\n180000 announce\n240000 announce\n",
		told);
}

static void
test_write(void)
{
	static const uint8_t probe[ARP_SIZE] = { 0, 1, 8, 0, 6, 4, 0, 1, 0x52, 0x54, 0, 0x12, 0x34,
		0x56, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 192, 0, 2, 17 };
	static const uint8_t announce[ARP_SIZE] = { 0, 1, 8, 0, 6, 4, 0, 1, 0x52, 0x54, 0, 0x12,
		0x34, 0x56, 192, 0, 2, 17, 0, 0, 0, 0, 0, 0, 192, 0, 2, 17 };
	struct claim c = { 0 };
	uint8_t b[ARP_SIZE];

	begin(&c, 0, 0);
	claim_write(&c, SEND_PROBE, b);
	say(!memcmp(b, probe, sizeof(b)), "a probe", "is written otherwise");
	say(claim_heard(&c, b, sizeof(b), true, epoch) == CLAIM_NOTHING, "its echo", "is heard");
	claim_write(&c, SEND_ANNOUNCE, b);
	say(!memcmp(b, announce, sizeof(b)), "an announcement", "is written otherwise");
}

/* Two that want the same address at the same time see each other. */
static void
test_two(void)
{
	const uint8_t mine[6] = { 2, 0, 0, 0, 0, 1 }, yours[6] = { 2, 0, 0, 0, 0, 2 };
	struct claim a = { 0 }, b = { 0 };
	uint8_t arp[ARP_SIZE];

	claim_begin(&a, ours, mine, 0, epoch, 0);
	claim_begin(&b, ours, yours, 0, epoch, 0);
	claim_write(&a, claim_tick(&a, epoch, 0), arp);
	say(claim_heard(&b, arp, sizeof(arp), false, epoch) == CLAIM_NOTHING, "a switch's look",
		"is a conflict");
	say(claim_heard(&b, arp, sizeof(arp), true, epoch) == CLAIM_LOST, "two at once",
		"do not notice");
}

static uint32_t
random_of(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223; /* Numerical Recipes, 7.1 */
	return *seed >> 8;
}

/* Any bytes: whatever is no good packet with our address in its place is nothing. */
static void
test_anything(void)
{
	const struct packet good = { REPLY, ours, others };
	uint32_t seed = 1;
	unsigned bad = 0, taken = 0;

	for (unsigned i = 0; i < 300000; i++) {
		struct claim c = { .state = random_of(&seed) % 4, .defended = -20000 };
		uint8_t b[64], whole[64];
		size_t len = write_packet(b, &good);
		enum claim_do act;

		memcpy(c.address, ours, 4);
		memcpy(c.mac, mac, 6);
		for (unsigned n = random_of(&seed) % 4; n > 0; n--)
			b[random_of(&seed) % ARP_SIZE] = (uint8_t)random_of(&seed);
		len = random_of(&seed) % 4 ? len : random_of(&seed) % sizeof(b);
		memcpy(whole, b, sizeof(b));
		act = claim_heard(&c, b, len, true, epoch);
		taken += act != CLAIM_NOTHING;
		bad += act != CLAIM_NOTHING &&
		       (len < ARP_SIZE || memcmp(b, "\0\1\10\0\6\4\0", 7) ||
			       (memcmp(b + 14, ours, 4) && memcmp(b + 24, ours, 4)));
		bad += memcmp(whole, b, sizeof(b)) != 0;
	}
	say(!bad && taken > 1000, "any bytes", "%u wrong, %u of use", bad, taken);
}

static void
test_choice(void)
{
	static uint8_t seen[65536];
	uint8_t a[4] = { 0 }, b[4] = { 0 };
	unsigned bad = 0, alike = 0;

	for (unsigned i = 0; i < ALL; i++) {
		claim_choose(mac, i, a);
		bad += a[0] != 169 || a[1] != 254 || a[2] < 1 || a[2] > 254 ||
		       seen[a[2] << 8 | a[3]]++;
	}
	say(!bad, "each address once", "%u are not", bad);
	claim_choose(mac, 0, a);
	claim_choose(mac, ALL, b);
	say(!memcmp(a, b, 4), "then the first again", "it is another");
	claim_choose(mac, UINT32_MAX, b);
	say(b[0] == 169 && b[1] == 254 && b[2] >= 1 && b[2] <= 254, "the last of all", "is none");
	for (unsigned i = 0; i < 1000; i++) {
		const uint8_t one[6] = { 2, 0, 0, 0, (uint8_t)(i >> 8), (uint8_t)i },
			      two[6] = { 2, 0, 0, 0, (uint8_t)((i + 1) >> 8), (uint8_t)(i + 1) };

		claim_choose(one, 0, a);
		claim_choose(two, 0, b);
		alike += !memcmp(a, b, 4);
	}
	say(alike < 3, "neighbours choose apart", "%u alike", alike);
}

/* A step with a factor of their number would leave some out: no MAC has one. */
static void
test_steps(void)
{
	unsigned bad = 0;

	for (unsigned i = 0; i < 65536; i++) {
		const uint8_t m[6] = { 2, 0, 0, 0, (uint8_t)(i >> 8), (uint8_t)i };
		uint8_t a[4] = { 0 }, b[4] = { 0 }, c[4] = { 0 };

		claim_choose(m, 0, a);
		claim_choose(m, ALL / 2, b);
		claim_choose(m, ALL / 127, c);
		bad += !memcmp(a, b, 4) || !memcmp(a, c, 4);
	}
	say(!bad, "no MAC comes around early", "%u do", bad);
}

int
main(void)
{
	const struct claim c = { 0 };

	say(claim_next(&c) == INT64_MAX, "a new claim", "is not at rest");
	for (size_t i = 0; i < LEN(plans); i++)
		test_plan(i);
	for (size_t i = 0; i < LEN(heard); i++)
		test_heard(i);
	test_defence();
	test_sleep();
	test_write();
	test_two();
	test_anything();
	test_choice();
	test_steps();
	return say_end();
}
