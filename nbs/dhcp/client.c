#include "dhcp/client.h"

#include <stddef.h>

#include "base/text.h"

/* Milliseconds. */
enum {
	SECOND = 1000,
	CALM_AFTER = 800,          /* the last of the quick waits for an OFFER */
	CALM = 2 * SECOND,         /* between DISCOVERs from then on */
	CALM_FOR = 60 * SECOND,    /* 802.1D needs 50: max age and twice forward delay */
	DECLINED = 10 * SECOND,    /* RFC 2131, 3.1, 5 */
	REFUSED_MAX = 64 * SECOND, /* where RFC 2131, 4.1 stops doubling */
	RENEW_FLOOR = 60 * SECOND, /* RFC 2131, 4.4.5 */
};

/* Sets of states. */
enum {
	ANY = (1 << CLIENT_STATES) - 1,
	HOLDING = 1 << BOUND | 1 << RENEWING | 1 << REBINDING,
	ASKING = 1 << REQUESTING | 1 << REBOOTING | 1 << RENEWING | 1 << REBINDING,
};

/* A rule's state to go to: the one it is in, with its timer. */
enum { STAY = CLIENT_STATES };

enum given { ALWAYS, LEASED, REFUSED /* by a NAK, and not served since */ };

/* What a rule begins: nothing, only a new xid, or a new attempt, for "secs". */
enum fresh { KEEP, XID, ANEW };

/*
 * RFC 2131, figure 5.  What is not listed is ignored, as the text asks; of
 * several that fit, the first holds.
 */
/* clang-format off */
static const struct rule {
	unsigned in;
	enum client_event on;
	enum given given;
	unsigned to;
	enum client_do act;
	enum fresh fresh;
} rules[] = {
	{ 1 << HALTED,             GOT_CARRIER,  ALWAYS,  SELECTING,  SEND_DISCOVER,     ANEW },
	{ 1 << HALTED,             CAME_BACK,    ALWAYS,  REBOOTING,  SEND_REBOOT,       ANEW },
	{ 1 << HALTED,             TAKEN_OVER,   ALWAYS,  BOUND,      NOTHING,           KEEP },
	{ ANY,                     LOST_CARRIER, ALWAYS,  HALTED,     NOTHING,           KEEP },
	{ ANY,                     STOPPED,      LEASED,  HALTED,     DROP_AND_RELEASE,  ANEW },
	{ ANY,                     STOPPED,      ALWAYS,  HALTED,     NOTHING,           KEEP },

	{ 1 << SELECTING,          GOT_OFFER,    ALWAYS,  REQUESTING, SEND_REQUEST,      KEEP },
	{ 1 << SELECTING | ASKING, GOT_ACK,      ALWAYS,  BOUND,      TAKE_LEASE,        KEEP },
	{ ASKING,                  GOT_NAK,      LEASED,  SELECTING,  DROP_AND_DISCOVER, ANEW },
	{ ASKING,                  GOT_NAK,      REFUSED, INIT,       NOTHING,           KEEP },
	{ ASKING,                  GOT_NAK,      ALWAYS,  SELECTING,  SEND_DISCOVER,     ANEW },
	{ HOLDING,                 GOT_CONFLICT, ALWAYS,  INIT,       DROP_AND_DECLINE,  XID  },

	{ 1 << INIT,               RESEND,       ALWAYS,  SELECTING,  SEND_DISCOVER,     ANEW },
	{ 1 << SELECTING,          RESEND,       ALWAYS,  SELECTING,  SEND_DISCOVER,     KEEP },
	{ 1 << REQUESTING,         RESEND,       ALWAYS,  REQUESTING, SEND_REQUEST,      KEEP },
	{ 1 << REBOOTING,          RESEND,       ALWAYS,  REBOOTING,  SEND_REBOOT,       KEEP },
	{ 1 << RENEWING,           RESEND,       ALWAYS,  RENEWING,   SEND_RENEW,        KEEP },
	{ 1 << REBINDING,          RESEND,       ALWAYS,  REBINDING,  SEND_REBIND,       KEEP },
	{ 1 << REQUESTING,         GAVE_UP,      ALWAYS,  SELECTING,  SEND_DISCOVER,     XID  },
	{ 1 << REBOOTING,          GAVE_UP,      ALWAYS,  SELECTING,  SEND_DISCOVER,     XID  },

	{ 1 << BOUND,              T1_CAME,      ALWAYS,  RENEWING,   SEND_RENEW,        ANEW },
	{ 1 << BOUND,              T2_CAME,      ALWAYS,  REBINDING,  SEND_REBIND,       ANEW },
	{ 1 << RENEWING,           T2_CAME,      ALWAYS,  REBINDING,  SEND_REBIND,       XID  },
	{ HOLDING,                 EXPIRED,      LEASED,  SELECTING,  DROP_AND_DISCOVER, ANEW },
	{ 1 << REBOOTING,          EXPIRED,      LEASED,  SELECTING,  DROP_AND_DISCOVER, ANEW },
	{ ANY,                     EXPIRED,      LEASED,  STAY,       DROP_LEASE,        KEEP },
};

static const struct effect {
	bool sends, drops;
} effects[] = {
	[NOTHING]           = { false, false },
	[SEND_DISCOVER]     = { true,  false },
	[SEND_REQUEST]      = { true,  false },
	[SEND_REBOOT]       = { true,  false },
	[SEND_RENEW]        = { true,  false },
	[SEND_REBIND]       = { true,  false },
	[TAKE_LEASE]        = { false, false },
	[DROP_LEASE]        = { false, true  },
	[DROP_AND_DISCOVER] = { true,  true  },
	[DROP_AND_DECLINE]  = { true,  true  },
	[DROP_AND_RELEASE]  = { true,  true  },
};

/*
 * Waits for an answer double from the first to the last.  RFC 2131, 4.1 has
 * them begin at 4 s, which is for ever in a boot, and end at 64 s.
 */
static const struct pace {
	unsigned first, last;
	unsigned tries; /* messages before it gives up; 0: it does not */
} paces[CLIENT_STATES] = {
	[SELECTING]  = {  50, 64 * SECOND, 0 },
	[REQUESTING] = { 100,        1600, 6 },
	[REBOOTING]  = {  50,         800, 6 },
};
/* clang-format on */

static const struct rule *
find(const struct client *c, enum client_event on)
{
	const bool given[] = { [ALWAYS] = true, [LEASED] = c->leased, [REFUSED] = c->naks > 0 };

	for (size_t i = 0; i < LEN(rules); i++)
		if (rules[i].in & 1 << c->state && rules[i].on == on && given[rules[i].given])
			return &rules[i];
	return NULL;
}

static uint32_t
next_xid(uint32_t old, uint32_t noise)
{
	while (noise == 0 || noise == old)
		noise++;
	return noise;
}

/* An eighth more or less, so that what booted together does not ask together. */
static long long
jitter(unsigned wait, uint32_t noise)
{
	return wait - wait / 8 + (long long)((uint64_t)noise * (2 * (wait / 8) + 1) >> 32);
}

/* Two servers that quarrel over an address are not to make a storm. */
static unsigned
init_wait(const struct client *c)
{
	unsigned wait = SECOND;

	if (c->naks == 0)
		return DECLINED;
	for (unsigned i = 2; i < c->naks && wait < REFUSED_MAX; i++)
		wait *= 2;
	return wait;
}

/*
 * A port that learns where its neighbours are passes nothing for 30 to 50 s and
 * must cost little more than that, hence the calm.  It does not begin after
 * 1600 ms but sooner, or seven DISCOVERs could go out within 3 s.
 */
static unsigned
longer_wait(const struct client *c, long long now)
{
	unsigned last = paces[c->state].last;

	if (c->state == SELECTING && c->wait >= CALM_AFTER && now - c->began < CALM_FOR)
		return CALM;
	return c->wait < last / 2 ? 2 * c->wait : last;
}

/*
 * Half of the time that is left, RFC 2131, 4.4.5.  The text has at least 60 s,
 * of which a lease of seconds has none.
 */
static long long
half(const struct client *c, long long left)
{
	long long least = (c->end - c->start) / 64;

	if (least < SECOND)
		least = SECOND;
	if (least > RENEW_FLOOR)
		least = RENEW_FLOOR;
	return left / 2 > least ? left / 2 : least;
}

static long long
next_timer(const struct client *c, long long now, uint32_t noise)
{
	switch (c->state) {
	case INIT:
		return now + c->wait;
	case SELECTING:
	case REQUESTING:
	case REBOOTING:
		return now + jitter(c->wait, noise);
	case RENEWING:
		return now + half(c, c->t2 - now);
	case REBINDING:
		return now + half(c, c->end - now);
	case HALTED:
	case BOUND:
	case CLIENT_STATES:
		break;
	}
	return CLIENT_NEVER;
}

/*
 * A server that offers and does not acknowledge in time may have been buried
 * in the quick DISCOVERs: it is asked calmly from then on.
 */
static unsigned
first_wait(const struct client *c, enum client_state to)
{
	if (to == INIT)
		return init_wait(c);
	return to == SELECTING && c->state == REQUESTING ? CALM : paces[to].first;
}

static void
enter(struct client *c, enum client_state to, long long now, uint32_t noise)
{
	if (to == c->state) {
		c->wait = longer_wait(c, now);
	} else {
		c->wait = first_wait(c, to);
		c->state = to;
		c->tries = 0;
	}
	c->timer = next_timer(c, now, noise);
}

/* With a new carrier it may be another network, whose NAKs are its own. */
static void
count_naks(struct client *c, const struct rule *r)
{
	if (r->on == GOT_NAK)
		c->naks++;
	else if (r->to == BOUND || c->state == HALTED)
		c->naks = 0;
}

enum client_do
client_on(struct client *c, enum client_event on, long long now, uint32_t noise)
{
	const struct rule *r = find(c, on);

	if (!r)
		return NOTHING;
	if (effects[r->act].drops)
		c->leased = false;
	if (r->to == BOUND)
		c->leased = true;
	if (r->fresh != KEEP)
		c->xid = next_xid(c->xid, noise);
	if (r->fresh == ANEW)
		c->began = now;
	count_naks(c, r);
	if (r->to != STAY)
		enter(c, r->to, now, noise);
	if (effects[r->act].sends) {
		if (c->state == SELECTING)
			c->discovered = now;
		c->sent = now;
		c->tries++;
	}
	return r->act;
}

enum { ALARMS = 4 };

struct alarm {
	long long at;
	enum client_event on;
};

/* Each time that matters in this state; of those that have come, the first counts. */
static void
set_alarms(const struct client *c, struct alarm a[ALARMS])
{
	unsigned state = 1 << c->state, tries = paces[c->state].tries;
	bool spent = tries && c->tries >= tries;

	a[0] = (struct alarm) { c->leased ? c->end : CLIENT_NEVER, EXPIRED };
	a[1] = (struct alarm) { state & (1 << BOUND | 1 << RENEWING) ? c->t2 : CLIENT_NEVER,
		T2_CAME };
	a[2] = (struct alarm) { c->state == BOUND ? c->t1 : CLIENT_NEVER, T1_CAME };
	a[3] = (struct alarm) { c->state == HALTED ? CLIENT_NEVER : c->timer,
		spent ? GAVE_UP : RESEND };
}

long long
client_next(const struct client *c)
{
	struct alarm a[ALARMS];
	long long at = CLIENT_NEVER;

	set_alarms(c, a);
	for (size_t i = 0; i < LEN(a); i++)
		if (a[i].at < at)
			at = a[i].at;
	return at;
}

enum client_do
client_tick(struct client *c, long long now, uint32_t noise)
{
	struct alarm a[ALARMS];

	set_alarms(c, a);
	for (size_t i = 0; i < LEN(a); i++)
		if (a[i].at <= now)
			return client_on(c, a[i].on, now, noise);
	return NOTHING;
}

/* At least a second: a server that says less would be asked as fast as it answers. */
static long long
after(long long start, uint32_t seconds)
{
	return start + (long long)(seconds ? seconds : 1) * SECOND;
}

void
client_lease(struct client *c, long long start, uint32_t t1, uint32_t t2, uint32_t seconds)
{
	bool forever = seconds == UINT32_MAX; /* RFC 2131, 3.3 */

	if (c->state == BOUND)
		return;
	c->start = start;
	c->t1 = forever ? CLIENT_NEVER : after(start, t1);
	c->t2 = forever ? CLIENT_NEVER : after(start, t2);
	c->end = forever ? CLIENT_NEVER : after(start, seconds);
}

uint16_t
client_secs(const struct client *c, long long now)
{
	/* so that relays pass both on to the same servers: RFC 2131, 3.1, 3 */
	long long at = c->state == REQUESTING ? c->discovered : now, s = (at - c->began) / SECOND;

	if (s < 0)
		return 0;
	return s < UINT16_MAX ? (uint16_t)s : UINT16_MAX;
}

const char *
client_word(enum client_state s)
{
	static const char *const words[CLIENT_STATES] = {
		[HALTED] = "halted",
		[INIT] = "init",
		[SELECTING] = "selecting",
		[REQUESTING] = "requesting",
		[REBOOTING] = "rebooting",
		[BOUND] = "bound",
		[RENEWING] = "renewing",
		[REBINDING] = "rebinding",
	};

	return words[s];
}
