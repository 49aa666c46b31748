/* Every state of the client with every event, and what is asked of it besides. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "dhcp/client.h"
#include "test/support/say.h"

enum { S = 1000 };

/* Noise that makes no jitter. */
#define MIDDLE (UINT32_MAX / 2 + 1)

/* Not at 0, as no clock of a running system is. */
static const long long epoch = 5000;

static const char *const events[CLIENT_EVENTS] = {
	[GOT_CARRIER] = "got carrier",
	[CAME_BACK] = "came back",
	[TAKEN_OVER] = "taken over",
	[LOST_CARRIER] = "lost carrier",
	[GOT_OFFER] = "got offer",
	[GOT_ACK] = "got ack",
	[GOT_NAK] = "got nak",
	[GOT_CONFLICT] = "got conflict",
	[STOPPED] = "stopped",
	[RESEND] = "resend",
	[GAVE_UP] = "gave up",
	[T1_CAME] = "T1 came",
	[T2_CAME] = "T2 came",
	[EXPIRED] = "expired",
};

static const char *const dos[] = {
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

/* All that may happen; what is not here must be ignored. */
/* clang-format off */
static const struct step {
	enum client_state in;
	enum client_event on;
	enum { ANY, FREE, LEASED, FREE_1ST, FREE_2ND /* NAK */ } when;
	enum client_state to;
	enum client_do act;
} steps[] = {
	{ HALTED,     GOT_CARRIER,  ANY,      SELECTING,  SEND_DISCOVER },
	{ HALTED,     CAME_BACK,    ANY,      REBOOTING,  SEND_REBOOT },
	{ HALTED,     TAKEN_OVER,   ANY,      BOUND,      NOTHING },
	{ HALTED,     LOST_CARRIER, ANY,      HALTED,     NOTHING },
	{ HALTED,     STOPPED,      FREE,     HALTED,     NOTHING },
	{ HALTED,     STOPPED,      LEASED,   HALTED,     DROP_AND_RELEASE },
	{ HALTED,     EXPIRED,      LEASED,   HALTED,     DROP_LEASE },

	{ INIT,       LOST_CARRIER, ANY,      HALTED,     NOTHING },
	{ INIT,       STOPPED,      FREE,     HALTED,     NOTHING },
	{ INIT,       STOPPED,      LEASED,   HALTED,     DROP_AND_RELEASE },
	{ INIT,       RESEND,       ANY,      SELECTING,  SEND_DISCOVER },
	{ INIT,       EXPIRED,      LEASED,   INIT,       DROP_LEASE },

	{ SELECTING,  LOST_CARRIER, ANY,      HALTED,     NOTHING },
	{ SELECTING,  GOT_OFFER,    ANY,      REQUESTING, SEND_REQUEST },
	{ SELECTING,  GOT_ACK,      ANY,      BOUND,      TAKE_LEASE },
	{ SELECTING,  STOPPED,      FREE,     HALTED,     NOTHING },
	{ SELECTING,  STOPPED,      LEASED,   HALTED,     DROP_AND_RELEASE },
	{ SELECTING,  RESEND,       ANY,      SELECTING,  SEND_DISCOVER },
	{ SELECTING,  EXPIRED,      LEASED,   SELECTING,  DROP_LEASE },

	{ REQUESTING, LOST_CARRIER, ANY,      HALTED,     NOTHING },
	{ REQUESTING, GOT_ACK,      ANY,      BOUND,      TAKE_LEASE },
	{ REQUESTING, GOT_NAK,      LEASED,   SELECTING,  DROP_AND_DISCOVER },
	{ REQUESTING, GOT_NAK,      FREE_1ST, SELECTING,  SEND_DISCOVER },
	{ REQUESTING, GOT_NAK,      FREE_2ND, INIT,       NOTHING },
	{ REQUESTING, STOPPED,      FREE,     HALTED,     NOTHING },
	{ REQUESTING, STOPPED,      LEASED,   HALTED,     DROP_AND_RELEASE },
	{ REQUESTING, RESEND,       ANY,      REQUESTING, SEND_REQUEST },
	{ REQUESTING, GAVE_UP,      ANY,      SELECTING,  SEND_DISCOVER },
	{ REQUESTING, EXPIRED,      LEASED,   REQUESTING, DROP_LEASE },

	{ REBOOTING,  LOST_CARRIER, ANY,      HALTED,     NOTHING },
	{ REBOOTING,  GOT_ACK,      ANY,      BOUND,      TAKE_LEASE },
	{ REBOOTING,  GOT_NAK,      LEASED,   SELECTING,  DROP_AND_DISCOVER },
	{ REBOOTING,  GOT_NAK,      FREE_1ST, SELECTING,  SEND_DISCOVER },
	{ REBOOTING,  GOT_NAK,      FREE_2ND, INIT,       NOTHING },
	{ REBOOTING,  STOPPED,      FREE,     HALTED,     NOTHING },
	{ REBOOTING,  STOPPED,      LEASED,   HALTED,     DROP_AND_RELEASE },
	{ REBOOTING,  RESEND,       ANY,      REBOOTING,  SEND_REBOOT },
	{ REBOOTING,  GAVE_UP,      ANY,      SELECTING,  SEND_DISCOVER },
	{ REBOOTING,  EXPIRED,      LEASED,   SELECTING,  DROP_AND_DISCOVER },

	{ BOUND,      LOST_CARRIER, LEASED,   HALTED,     NOTHING },
	{ BOUND,      GOT_CONFLICT, LEASED,   INIT,       DROP_AND_DECLINE },
	{ BOUND,      STOPPED,      LEASED,   HALTED,     DROP_AND_RELEASE },
	{ BOUND,      T1_CAME,      LEASED,   RENEWING,   SEND_RENEW },
	{ BOUND,      T2_CAME,      LEASED,   REBINDING,  SEND_REBIND },
	{ BOUND,      EXPIRED,      LEASED,   SELECTING,  DROP_AND_DISCOVER },

	{ RENEWING,   LOST_CARRIER, LEASED,   HALTED,     NOTHING },
	{ RENEWING,   GOT_ACK,      LEASED,   BOUND,      TAKE_LEASE },
	{ RENEWING,   GOT_NAK,      LEASED,   SELECTING,  DROP_AND_DISCOVER },
	{ RENEWING,   GOT_CONFLICT, LEASED,   INIT,       DROP_AND_DECLINE },
	{ RENEWING,   STOPPED,      LEASED,   HALTED,     DROP_AND_RELEASE },
	{ RENEWING,   RESEND,       LEASED,   RENEWING,   SEND_RENEW },
	{ RENEWING,   T2_CAME,      LEASED,   REBINDING,  SEND_REBIND },
	{ RENEWING,   EXPIRED,      LEASED,   SELECTING,  DROP_AND_DISCOVER },

	{ REBINDING,  LOST_CARRIER, LEASED,   HALTED,     NOTHING },
	{ REBINDING,  GOT_ACK,      LEASED,   BOUND,      TAKE_LEASE },
	{ REBINDING,  GOT_NAK,      LEASED,   SELECTING,  DROP_AND_DISCOVER },
	{ REBINDING,  GOT_CONFLICT, LEASED,   INIT,       DROP_AND_DECLINE },
	{ REBINDING,  STOPPED,      LEASED,   HALTED,     DROP_AND_RELEASE },
	{ REBINDING,  RESEND,       LEASED,   REBINDING,  SEND_REBIND },
	{ REBINDING,  EXPIRED,      LEASED,   SELECTING,  DROP_AND_DISCOVER },
};
/* clang-format on */

static bool
fits(const struct step *s, bool leased, unsigned naks)
{
	switch (s->when) {
	case ANY:
		return true;
	case LEASED:
		return leased;
	case FREE:
		return !leased;
	case FREE_1ST:
		return !leased && naks == 0;
	case FREE_2ND:
		return !leased && naks > 0;
	}
	return false;
}

static const struct step *
step_of(const struct client *c, enum client_event on)
{
	for (size_t i = 0; i < LEN(steps); i++)
		if (steps[i].in == c->state && steps[i].on == on &&
			fits(&steps[i], c->leased, c->naks))
			return &steps[i];
	return NULL;
}

/* "secs" counts on from the DISCOVER to the last REQUEST, and from T1 to the end. */
static bool
begins(enum client_state in, enum client_event on, enum client_do act)
{
	if (act == NOTHING || act == TAKE_LEASE || act == DROP_LEASE || act == DROP_AND_DECLINE)
		return false;
	if (on == RESEND)
		return in == INIT;
	return on != GOT_OFFER && on != GAVE_UP && (on != T2_CAME || in != RENEWING);
}

static const char *
judge_step(struct client *c, enum client_event on)
{
	const struct step *want = step_of(c, on);
	enum client_do act;
	struct client old;

	memcpy(&old, c, sizeof(old));
	act = client_on(c, on, epoch, old.xid);
	if (act != (want ? want->act : NOTHING))
		return dos[act];
	if (!want)
		return memcmp(&old, c, sizeof(old)) ? "changes what it ignores" : NULL;
	if (c->state != want->to)
		return client_word(c->state);
	if ((c->began == epoch) != begins(old.state, on, act))
		return "secs are wrong";
	return NULL;
}

static void
test_steps(enum client_state in, enum client_event on)
{
	const bool holds = in == BOUND || in == RENEWING || in == REBINDING;
	const char *bad = NULL;
	char title[64];

	(void)snprintf(title, sizeof(title), "%s, %s", client_word(in), events[on]);
	for (unsigned i = holds; i < 4 && !bad; i += 1 + holds) {
		struct client c;

		memset(&c, 0, sizeof(c)); /* padding too: it is compared */
		c.state = in;
		c.xid = 7;
		c.wait = 100;
		c.timer = epoch + 100;
		c.leased = i & 1;
		c.naks = i >> 1;
		c.start = epoch;
		c.t1 = epoch + 10 * S;
		c.t2 = epoch + 20 * S;
		c.end = epoch + 30 * S;
		bad = judge_step(&c, on);
	}
	say(!bad, title, "%s", bad);
}

/* How long it waits, at the edges of the rules. */
static const struct {
	const char *name;
	enum client_state in;
	unsigned wait;                /* before */
	long long asked, left, lease; /* since it began to ask; of T2 or the lease; in all */
	uint32_t noise;
	long long want;
} waits[] = {
	{ "quick", SELECTING, 400, 0, 0, 0, MIDDLE, 800 },
	{ "calm", SELECTING, 800, 0, 0, 0, MIDDLE, 2000 },
	{ "calm for a minute", SELECTING, 2000, 59999, 0, 0, MIDDLE, 2000 },
	{ "and no more", SELECTING, 2000, 60000, 0, 0, MIDDLE, 4000 },
	{ "the slowest", SELECTING, 64000, 70000, 0, 0, MIDDLE, 64000 },
	{ "its earliest", SELECTING, 64000, 70000, 0, 0, 0, 56000 },
	{ "its latest", SELECTING, 64000, 70000, 0, 0, UINT32_MAX, 72000 },
	{ "quick, once more", SELECTING, 50, 70000, 0, 0, MIDDLE, 100 },
	{ "half of what is left", RENEWING, 0, 0, 130 * S, 86400 * S, 0, 65 * S },
	{ "at least a minute", RENEWING, 0, 0, 119 * S, 86400 * S, 0, 60 * S },
	{ "the same when rebinding", REBINDING, 0, 0, 119 * S, 86400 * S, 0, 60 * S },
	{ "less of a short lease", RENEWING, 0, 0, 19 * S, 640 * S, 0, 10 * S },
	{ "but half is more", RENEWING, 0, 0, 21 * S, 640 * S, 0, 10500 },
	{ "at least a second", REBINDING, 0, 0, 1500, 4 * S, 0, S },
};

static void
test_wait(size_t i)
{
	struct client c = { .state = waits[i].in, .wait = waits[i].wait };
	const long long now = 3600 * S + epoch;

	c.began = now - waits[i].asked;
	c.leased = waits[i].lease > 0;
	c.end = now + waits[i].left;
	c.start = c.end - waits[i].lease;
	c.t2 = c.state == RENEWING ? c.end : now;
	(void)client_on(&c, RESEND, now, waits[i].noise);
	say(c.timer - now == waits[i].want, waits[i].name, "waits %lld ms", c.timer - now);
}

/* A server must not have us ask it as fast as it can answer. */
static void
test_short(void)
{
	struct client c = { .state = REQUESTING };

	client_lease(&c, epoch, 0, 0, 1);
	say(c.t1 == epoch + S && c.t2 == epoch + S && c.end == epoch + S, "a lease of a second",
		"is renewed after %lld ms", c.t1 - epoch);
	client_lease(&c, epoch, 0, 1, 3600);
	(void)client_on(&c, GOT_ACK, epoch, 0);
	say(client_next(&c) == epoch + S, "renewed at once", "in %lld ms", client_next(&c) - epoch);
}

static void
test_words(void)
{
	struct client c = { .began = epoch };

	say(client_next(&c) == CLIENT_NEVER, "a new client", "is not at rest");
	say(client_secs(&c, epoch + 999) == 0 && client_secs(&c, epoch + 1000) == 1, "secs",
		"wrong");
	say(client_secs(&c, epoch + 65536 * S) == 65535, "secs have an end", "they have not");
	say(client_secs(&c, 0) == 0, "secs of a clock that went back", "not 0");
	(void)client_on(&c, GOT_CARRIER, epoch, 0);
	(void)client_on(&c, RESEND, epoch + 3 * S, 0);
	(void)client_on(&c, GOT_OFFER, epoch + 5 * S, 0);
	say(client_secs(&c, epoch + 5 * S) == 3, "secs of a REQUEST", "are not its DISCOVER's");
	say_same("a word", "rebinding", client_word(REBINDING));
}

int
main(void)
{
	for (int s = 0; s < CLIENT_STATES; s++)
		for (int e = 0; e < CLIENT_EVENTS; e++)
			test_steps((enum client_state)s, (enum client_event)e);
	for (size_t i = 0; i < LEN(waits); i++)
		test_wait(i);
	test_short();
	test_words();
	return say_end();
}
