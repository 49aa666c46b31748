#include "kernel/apply.h"

#include <errno.h>
#include <libmnl/libmnl.h>
#include <string.h>

#include "kernel/step.h"
#include "key/msg.h"

enum { BATCH = 65536, LARGEST = 16384, MOST = 128 };

/* The words of rtnl_newlink() when there is no such kind, nor a module for it. */
static const char unknown_kind[] = "Unknown device type";

/* The messages that wait to be sent, and the steps they are of. */
struct batch {
	struct names names; /* first: see space_of */
	struct world *world;
	struct doing doing;
	struct space *space;
	char *buf;
	size_t len;
	struct nlmsghdr *last;
	struct step *steps[MOST];
	size_t n;
	struct tried {
		const struct kind *kind;
		bool unknown; /* the kernel has no such kind, nor a module for it */
	} tried[64];          /* kinds that this round has made one of */
	size_t ntried;
};

static struct tried *
tried(struct batch *b, const struct kind *k)
{
	for (size_t i = 0; i < b->ntried; i++)
		if (b->tried[i].kind == k)
			return &b->tried[i];
	return NULL;
}

static int
space_of(const struct names *names, const struct netns *n)
{
	const struct batch *b = (const struct batch *)(const void *)names;
	const struct space *space = world_space(b->world, n->name);

	return space ? space->fd : -1;
}

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
	if (s->verb == MAKE_LINK && !strcmp(e->text, unknown_kind) && tried(b, s->link->kind))
		tried(b, s->link->kind)->unknown = true;
	step_refused(&b->doing, s, e);
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
			step_accepted(&b->doing, b->steps[i]);
	b->n = b->len = 0;
}

static void
refused(struct batch *b, struct step *s, int code, const char *what)
{
	struct nl_error e = { .code = code };

	if (what)
		(void)snprintf(e.text, sizeof(e.text), "%s", what); /* cut where it is long */
	step_refused(&b->doing, s, &e);
}

static void
append(struct batch *b, struct step *s)
{
	struct space *space = world_space(b->world, step_space(s, b->doing.plan));
	struct msg m = { .names = &b->names };

	if (!space) {
		refused(b, s, errno, "the namespace is not there");
		return;
	}
	if (b->n && (space != b->space || b->n == b->world->most || b->len + LARGEST > BATCH))
		flush(b);
	b->space = space;
	step_encode(&m, b->buf + b->len, LARGEST, s);
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
	if (s->verb != MAKE_LINK || tried(b, s->link->kind))
		return false;
	if (b->ntried < LEN(b->tried))
		b->tried[b->ntried++].kind = s->link->kind;
	return true;
}

/* The kernel would look for the module once more for each link of the kind. */
static bool
is_unknown(struct batch *b, const struct step *s)
{
	const struct tried *t = s->verb == MAKE_LINK ? tried(b, s->link->kind) : NULL;

	return t && t->unknown;
}

static void
execute(struct batch *b, struct step *s)
{
	const char *what;

	flush(b);
	if (step_execute(b->world, b->doing.plan, s, &what) < 0)
		refused(b, s, errno, what);
	else
		step_accepted(&b->doing, s);
}

void
apply(struct world *w, struct plan *p, struct attempts *attempts,
	void (*explain)(const struct step *, struct mem *))
{
	static _Alignas(16) char buf[BATCH];
	struct batch b = {
		.names = { p->now, space_of }, .world = w, .doing = { p, attempts }, .buf = buf
	};

	for (struct step *s = plan_steps(p); s; s = s->next) {
		if (step_blocked(&b.doing, s))
			continue;
		if (explain)
			explain(s, p->mem);
		if (is_unknown(&b, s)) {
			refused(&b, s, EOPNOTSUPP, unknown_kind);
		} else if (step_is_message(s)) {
			bool first = is_first(&b, s);

			append(&b, s);
			if (first)
				flush(&b);
		} else {
			execute(&b, s);
		}
	}
	flush(&b);
}
