/* Runs of the client against a made-up clock and server: how much goes out, and when. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "dhcp/client.h"
#include "test/support/say.h"

enum { LOG = 4096, DOS = DROP_AND_RELEASE + 1 };

/* Noise that makes no jitter. */
#define MIDDLE (UINT32_MAX / 2 + 1)

/* Not at 0, as no clock of a running system is. */
static const long long epoch = 5000, S = 1000;

static const char *const dos[DOS] = {
	[NOTHING] = "nothing",
	[SEND_DISCOVER] = "discover",
	[SEND_REQUEST] = "request",
	[SEND_REBOOT] = "reboot",
	[SEND_RENEW] = "renew",
	[SEND_REBIND] = "rebind",
	[TAKE_LEASE] = "take",
	[DROP_LEASE] = "drop",
	[DROP_AND_DISCOVER] = "drop, discover",
	[DROP_AND_DECLINE] = "drop, decline",
	[DROP_AND_RELEASE] = "drop, release",
};

static bool
sends(enum client_do act)
{
	return act != NOTHING && act != TAKE_LEASE && act != DROP_LEASE;
}

/* What every step must keep, whatever it is. */
static const char *
sound(const struct client *c, const struct client *old, enum client_do act, long long now)
{
	bool holds = c->state == BOUND || c->state == RENEWING || c->state == REBINDING;
	bool goes_on = act == SEND_REQUEST || (c->state == old->state && c->state != HALTED);

	if (holds && !c->leased)
		return "holds an address without a lease";
	if (act >= DROP_LEASE && c->leased)
		return "keeps a lease that it drops";
	if (sends(act) && (!c->xid || c->sent != now))
		return "sends without an xid, or forgets when";
	if (sends(act) && goes_on != (c->xid == old->xid))
		return "sends with the wrong xid";
	if (sends(act) && c->state != HALTED && c->tries < 1)
		return "does not count what it sends";
	return NULL;
}

/*
 * What a server answers, at once, to what is sent, and for how long; to the rest it is
 * silent, since no server answers GOT_CARRIER, which is 0.
 */
struct server {
	enum client_event answers[DOS];
	uint32_t t1, t2, seconds;
};

#define OFFERS [SEND_DISCOVER] = GOT_OFFER
#define SERVES OFFERS, [SEND_REQUEST] = GOT_ACK

/* clang-format off */
static const struct server
	silent  = { { 0 } },
	tease   = { { OFFERS } },
	refuse  = { { OFFERS, [SEND_REQUEST] = GOT_NAK, [SEND_REBOOT] = GOT_NAK } },
	rapid   = { { [SEND_DISCOVER] = GOT_ACK, [SEND_RENEW] = GOT_ACK }, 1800, 3150, 3600 },
	hour    = { { SERVES, [SEND_REBOOT] = GOT_ACK }, 1800, 3150, 3600 },
	other   = { { SERVES, [SEND_REBIND] = GOT_ACK }, 1800, 3150, 3600 },
	brief   = { { SERVES }, 2, 3, 4 },
	month   = { { SERVES }, 1296000, 2268000, 2592000 },
	endless = { { SERVES }, 1, 2, UINT32_MAX },
	longest = { { SERVES }, UINT32_MAX - 3, UINT32_MAX - 2, UINT32_MAX - 1 };
/* clang-format on */

static struct {
	struct client c;
	const struct server *server;
	long long now;
	uint32_t noise, seed; /* where seed is not 0, noise is what follows from it */
	unsigned count[DOS];
	const char *bad;
	char log[LOG];
	size_t len;
} run;

static void on(enum client_event);

static uint32_t
noise(void)
{
	if (run.seed)
		run.noise = run.seed = run.seed * 1664525 + 1013904223; /* Numerical Recipes, 7.1 */
	return run.noise;
}

static void
answer(enum client_do act)
{
	const struct server *s = run.server;
	enum client_event e = s->answers[act == DROP_AND_DISCOVER ? SEND_DISCOVER : act];

	if (!e)
		return;
	if (e == GOT_ACK)
		client_lease(&run.c, run.c.sent, s->t1, s->t2, s->seconds);
	on(e);
}

static void
note(enum client_do act, const struct client *old)
{
	const char *bad = sound(&run.c, old, act, run.now);
	long long ms = run.now - epoch;

	if (bad)
		run.bad = bad;
	if (act == NOTHING)
		return;
	run.count[act]++;
	if (run.len < LOG - 64)
		run.len += (size_t)snprintf(run.log + run.len, LOG - run.len, "%lld.%03lld %s\n",
			ms / S, ms % S, dos[act]);
	answer(act);
}

static void
on(enum client_event e)
{
	struct client old = run.c;

	note(client_on(&run.c, e, run.now, noise()), &old);
}

/* Time comes to a point, with no look at the clock before: as after a suspend. */
static void
jump(long long ms)
{
	struct client old;
	enum client_do act;

	run.now = epoch + ms;
	do {
		old = run.c;
		act = client_tick(&run.c, run.now, noise());
		note(act, &old);
	} while (act != NOTHING && run.len < LOG - 64);
	if (client_next(&run.c) <= run.now)
		run.bad = "leaves something undone";
}

static void
until(long long ms)
{
	while (client_next(&run.c) <= epoch + ms && run.now <= epoch + ms)
		jump(client_next(&run.c) - epoch);
	jump(ms);
}

static void
forget(void)
{
	memset(run.count, 0, sizeof(run.count));
	run.len = 0;
	run.log[0] = '\0';
}

static void
begin(const struct server *s, uint32_t with, uint32_t seed)
{
	memset(&run, 0, sizeof(run));
	run.server = s;
	run.now = epoch;
	run.noise = with;
	run.seed = seed;
}

/* Judges what has been done since the last time. */
static void
say_log(const char *title, const char *want)
{
	say_same(title, want, run.log);
	if (run.bad)
		say(false, title, "%s", run.bad);
	run.bad = NULL;
	forget();
}

static void
say_count(const char *title, const char *span, unsigned n, unsigned least, unsigned most)
{
	char name[96];

	(void)snprintf(name, sizeof(name), "%s: %s", title, span);
	say(n >= least && n <= most && !run.bad, name, "%u are sent, not %u to %u%s%s", n, least,
		most, run.bad ? ", and it " : "", run.bad ? run.bad : "");
}

/* The least and the most that may go out within 3 s, a minute and ten. */
static void
count_silence(const char *title, uint32_t with, uint32_t seed)
{
	uint32_t xid;

	begin(&silent, with, seed);
	on(GOT_CARRIER);
	xid = run.c.xid;
	until(2999);
	say_count(title, "DISCOVERs in 3 s", run.count[SEND_DISCOVER], 6, 6);
	until(59999);
	say_count(title, "DISCOVERs in 60 s", run.count[SEND_DISCOVER], 31, 40);
	until(600 * S - 1);
	say_count(title, "DISCOVERs in 10 min", run.count[SEND_DISCOVER], 42, 54);
	say(run.c.xid == xid, title, "the xid has changed");
}

static void
test_silence(void)
{
	count_silence("no jitter", MIDDLE, 0);
	count_silence("earliest", 0, 0);
	count_silence("latest", UINT32_MAX, 0);
	for (uint32_t seed = 1; seed < 4; seed++)
		count_silence("any", 0, seed);
	begin(&silent, MIDDLE, 0);
	on(GOT_CARRIER);
	until(6 * S);
	say_log("nobody there",
		"0.000 discover\n0.050 discover\n0.150 discover\n0.350 discover\n0.750 discover\n"
		"1.550 discover\n3.550 discover\n5.550 discover\n");
	until(59 * S);
	forget();
	until(300 * S);
	say_log("nobody there for long",
		"59.550 discover\n61.550 discover\n65.550 discover\n73.550 discover\n"
		"89.550 discover\n121.550 discover\n185.550 discover\n249.550 discover\n");
}

static void
test_no_ack(void)
{
	uint32_t xid;

	begin(&tease, MIDDLE, 0);
	on(GOT_CARRIER);
	xid = run.c.xid;
	until(4699);
	say_log("an offer and no more",
		"0.000 discover\n0.000 request\n0.100 request\n0.300 request\n0.700 request\n"
		"1.500 request\n3.100 request\n");
	say(run.c.xid == xid, "one xid from DISCOVER to the last REQUEST", "it changed");
	until(4700);
	say_log("it gives up", "4.700 discover\n4.700 request\n");
	say(run.c.xid != xid && client_secs(&run.c, run.now) == 4, "it goes on asking",
		"xid %" PRIu32 ", secs %d", run.c.xid, client_secs(&run.c, run.now));
}

/* It may have too much to do: after that it is asked calmly. */
static void
test_buried(void)
{
	begin(&tease, MIDDLE, 0);
	on(GOT_CARRIER);
	until(4699);
	forget();
	run.server = &silent;
	until(10 * S);
	say_log("asked calmly", "4.700 discover\n6.700 discover\n8.700 discover\n");
}

static void
test_reboot(void)
{
	static const char asks[] = "0.000 reboot\n0.050 reboot\n0.150 reboot\n0.350 reboot\n"
				   "0.750 reboot\n1.550 reboot\n";

	begin(&silent, MIDDLE, 0);
	on(CAME_BACK);
	until(2349);
	say_log("nobody knows the address", asks);
	until(2350);
	say_log("it discovers", "2.350 discover\n");

	begin(&hour, MIDDLE, 0);
	on(CAME_BACK);
	say_log("the address is confirmed", "0.000 reboot\n0.000 take\n");
	on(LOST_CARRIER);
	run.server = &silent;
	run.now = epoch + 3598 * S;
	on(CAME_BACK);
	forget();
	until(3599999);
	say(run.c.leased, "a lease lasts while nobody answers", "it does not");
	forget();
	until(3600 * S);
	say_log("its end", "3600.000 drop, discover\n");
	say(run.c.state == SELECTING, "there is nothing to ask for again", "is %s",
		client_word(run.c.state));

	begin(&hour, MIDDLE, 0);
	on(GOT_CARRIER);
	on(LOST_CARRIER);
	run.server = &refuse;
	forget();
	jump(7 * S);
	on(CAME_BACK);
	say(run.c.state == INIT && !run.c.leased, "a NAK drops what was leased", "is %s",
		client_word(run.c.state));
	say_log("and begins anew", "7.000 reboot\n7.000 drop, discover\n7.000 request\n");
}

static void
test_times(void)
{
	begin(&hour, UINT32_MAX, 0);
	on(GOT_CARRIER);
	say_log("an hour", "0.000 discover\n0.000 request\n0.000 take\n");
	until(3599999);
	say_log("nobody renews it",
		"1800.000 renew\n2475.000 renew\n2812.500 renew\n2981.250 renew\n3065.625 renew\n"
		"3121.875 renew\n3150.000 rebind\n3375.000 rebind\n3487.500 rebind\n3543.750 rebind\n");
	until(3600 * S);
	say_log("it expires", "3600.000 drop, discover\n3600.000 request\n3600.000 take\n");

	begin(&brief, 0, 0);
	on(GOT_CARRIER);
	until(4 * S);
	say_log("four seconds",
		"0.000 discover\n0.000 request\n0.000 take\n2.000 renew\n3.000 rebind\n"
		"4.000 drop, discover\n4.000 request\n4.000 take\n");

	begin(&month, 0, 0);
	on(GOT_CARRIER);
	until(2591999 * S);
	say(run.count[SEND_RENEW] == 15 && run.count[SEND_REBIND] == 14, "a month",
		"%u renewals, %u rebindings", run.count[SEND_RENEW], run.count[SEND_REBIND]);
}

static void
test_renewed(void)
{
	begin(&rapid, MIDDLE, 0);
	on(GOT_CARRIER);
	until(1900 * S);
	say_log("rapid commit, and renewed",
		"0.000 discover\n0.000 take\n1800.000 renew\n1800.000 take\n");
	say(run.c.start == epoch + 1800 * S && client_next(&run.c) == epoch + 3600 * S,
		"from when it asked", "next at %lld", client_next(&run.c) - epoch);
	begin(&other, MIDDLE, 0);
	on(GOT_CARRIER);
	forget();
	until(3200 * S);
	say(run.count[SEND_REBIND] == 1 && run.c.state == BOUND &&
			client_secs(&run.c, run.now) == 1400,
		"another server takes over", "%s, secs %d", client_word(run.c.state),
		client_secs(&run.c, run.now));
}

static void
test_long(void)
{
	begin(&endless, MIDDLE, 0);
	on(GOT_CARRIER);
	say(client_next(&run.c) == CLIENT_NEVER, "for ever", "something is due");
	forget();
	jump(1LL << 50);
	say_log("for ever lasts", "");
	begin(&longest, MIDDLE, 0);
	run.now = 1LL << 50;
	on(GOT_CARRIER);
	say(run.c.end == (1LL << 50) + 4294967294 * S && client_next(&run.c) == run.c.end - 2 * S,
		"just not for ever", "next at %lld", client_next(&run.c));
}

static void
test_suspend(void)
{
	begin(&hour, MIDDLE, 0);
	on(GOT_CARRIER);
	forget();
	jump(3200 * S);
	say_log("slept beyond T2", "3200.000 rebind\n");
	jump(9999 * S);
	say_log("slept beyond the end",
		"9999.000 drop, discover\n9999.000 request\n9999.000 take\n");
	on(LOST_CARRIER);
	jump(99999 * S);
	say_log("slept without carrier", "99999.000 drop\n");
	on(GOT_CARRIER);
	run.server = &silent;
	forget();
	jump(999999 * S);
	say_log("slept bound", "999999.000 drop, discover\n");
	jump(9999999 * S);
	say_log("slept while it asked", "9999999.000 discover\n");
}

static void
test_naks(void)
{
	begin(&refuse, MIDDLE, 0);
	on(GOT_CARRIER);
	until(3 * S);
	say_log("refused again and again",
		"0.000 discover\n0.000 request\n0.000 discover\n0.000 request\n"
		"1.000 discover\n1.000 request\n3.000 discover\n3.000 request\n");
	until(600 * S);
	say_count("refused for long", "REQUESTs in 10 min", run.count[SEND_REQUEST], 10, 14);
	forget();
	run.server = &hour;
	until(700 * S);
	say(run.c.state == BOUND && run.c.naks == 0, "an ACK forgives", "%u NAKs", run.c.naks);
}

static void
test_conflict(void)
{
	begin(&hour, MIDDLE, 0);
	on(GOT_CARRIER);
	forget();
	on(GOT_CONFLICT);
	until(9999);
	say_log("somebody has it", "0.000 drop, decline\n");
	until(10 * S);
	say_log("ten seconds later", "10.000 discover\n10.000 request\n10.000 take\n");
}

/* An ACK that comes twice changes nothing the second time, and neither do the times in it. */
static void
test_late_ack(void)
{
	begin(&hour, MIDDLE, 0);
	on(GOT_CARRIER);
	client_lease(&run.c, epoch, 1, 2, 3);
	forget();
	on(GOT_ACK);
	say(client_next(&run.c) == epoch + 1800 * S, "a late ACK", "changes the lease");
	on(STOPPED);
	until(9999 * S);
	say_log("stopped", "0.000 drop, release\n");
}

static void
take_over(const char *title, long long at, const char *want)
{
	begin(&silent, MIDDLE, 0);
	client_lease(&run.c, epoch, 1800, 3150, 3600);
	run.now = epoch + at;
	on(TAKEN_OVER);
	say(client_next(&run.c) <= epoch + 3600 * S, title, "is not looked after");
	jump(at);
	say_log(title, want);
}

static void
test_take_over(void)
{
	take_over("taken over", 1799 * S, "");
	take_over("taken over after T1", 1900 * S, "1900.000 renew\n");
	take_over("taken over after T2", 3200 * S, "3200.000 rebind\n");
	take_over("taken over after its end", 3700 * S, "3700.000 drop, discover\n");
	begin(&silent, MIDDLE, 0);
	client_lease(&run.c, epoch, 1800, 3150, 3600);
	run.c.leased = true;
	until(4000 * S);
	say_log("remembered, but no carrier comes", "3600.000 drop\n");
}

/* Anything may happen at any time. */
static void
test_anything(void)
{
	begin(&silent, 0, 1);
	for (unsigned i = 0; i < 200000 && !run.bad; i++) {
		enum client_event e = (noise() >> 8) % CLIENT_EVENTS;

		forget();
		client_lease(&run.c, run.now, noise() >> 20, noise() >> 19, noise() >> 18);
		if (e < RESEND)
			on(e);
		jump(run.now - epoch + (noise() >> (i % 32)) % (4000 * S));
	}
	say(!run.bad, "anything", "%s", run.bad);
}

int
main(void)
{
	test_silence();
	test_no_ack();
	test_buried();
	test_reboot();
	test_times();
	test_renewed();
	test_long();
	test_suspend();
	test_naks();
	test_conflict();
	test_late_ack();
	test_take_over();
	test_anything();
	return say_end();
}
