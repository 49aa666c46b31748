#include "kernel/apply.h"

#include <errno.h>
#include <libmnl/libmnl.h>
#include <string.h>

#include "kernel/act.h"
#include "kernel/blame.h"
#include "kernel/encode.h"
#include "kernel/took.h"

enum { BATCH = 65536, LARGEST = 16384, MOST = 128 };

/* The messages that wait to be sent, and the steps they are of. */
struct batch {
	struct world *world;
	struct space *space;
	struct mem *mem;
	char *buf;
	size_t len;
	struct nlmsghdr *last;
	struct step *steps[MOST];
	size_t n;
	const struct kind *kinds[64]; /* that this round has made one of */
	size_t nkinds;
};

static struct step *
step_of(const struct batch *b, uint32_t seq)
{
	uint32_t first = b->space->talk.seq - (uint32_t)b->n + 1, i = seq - first;

	return i < b->n ? b->steps[i] : NULL;
}

/* Called for each message that was refused. */
static void
failed(void *user, const struct nl_error *e)
{
	struct batch *b = user;
	struct step *s = step_of(b, e->seq);

	if (!s)
		return;
	s->failed = true;
	blame(s, e, b->mem);
}

static void
flush(struct batch *b)
{
	int bad;

	if (!b->n)
		return;
	bad = nl_batch(&b->space->talk, b->buf, b->len, b->last, failed, b);
	/* answers that were lost: the next round sees what is missing, and sends less at once */
	if (bad < 0 && errno == ENOBUFS)
		b->world->most = 16;
	else if (bad < 0)
		diag(NULL, "netlink: %s", strerror(errno));
	for (size_t i = 0; i < b->n && bad == 0; i++)
		if (!b->steps[i]->failed)
			took(b->steps[i]);
	b->n = b->len = 0;
}

static void
refused(struct batch *b, struct step *s, int code, const char *what)
{
	struct nl_error e = { .code = code };

	if (what)
		(void)snprintf(e.text, sizeof(e.text), "%s", what); /* cut where it is long */
	s->failed = true;
	blame(s, &e, b->mem);
}

static void
append(struct batch *b, struct step *s)
{
	struct space *space = world_space(b->world, encode_space(s));
	struct msg m = { 0 };

	if (!space) {
		refused(b, s, errno, "the namespace is not there");
		return;
	}
	if (b->n && (space != b->space || b->n == b->world->most || b->len + LARGEST > BATCH))
		flush(b);
	b->space = space;
	encode(&m, b->buf + b->len, LARGEST, s);
	if (m.full) {
		refused(b, s, EMSGSIZE, NULL);
		return;
	}
	m.h->nlmsg_seq = ++space->talk.seq;
	b->last = m.h;
	b->len += MNL_ALIGN(m.h->nlmsg_len);
	b->steps[b->n++] = s;
}

/*
 * The first link of a kind may load its module, and some bring a link along
 * that has the very name (bond0, dummy0): what came of it is looked at before
 * anything that leans on it is sent.
 */
static bool
is_first(struct batch *b, const struct step *s)
{
	if (s->verb != MAKE_LINK)
		return false;
	for (size_t i = 0; i < b->nkinds; i++)
		if (b->kinds[i] == s->link->kind)
			return false;
	if (b->nkinds < LEN(b->kinds))
		b->kinds[b->nkinds++] = s->link->kind;
	return true;
}

static void
act_on(struct batch *b, struct step *s)
{
	const char *what;

	flush(b);
	if (act(b->world, s, &what) < 0) {
		refused(b, s, errno, what);
		return;
	}
	took(s);
}

void
apply(struct world *w, struct plan *p, void (*explain)(const struct step *, struct mem *))
{
	static _Alignas(16) char buf[BATCH];
	struct batch b = { .world = w, .mem = p->mem, .buf = buf };

	for (struct step *s = plan_steps(p); s; s = s->next) {
		if (blame_blocked(s))
			continue;
		if (explain)
			explain(s, p->mem);
		if (encode_possible(s)) {
			append(&b, s);
			if (is_first(&b, s))
				flush(&b);
		} else {
			act_on(&b, s);
		}
	}
	flush(&b);
}
