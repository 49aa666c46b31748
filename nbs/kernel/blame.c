#include "kernel/blame.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "kernel/encode.h"
#include "model/link.h"
#include "model/phrase.h"

/* True when the link cannot be there: it, or what it stands on, could not be made. */
static bool
link_failed(const struct link *l)
{
	return l && (l->failed || l->again || (l->ns && l->ns->failed) ||
			    (!l->have && link_failed(l->parent)));
}

static bool
stays_down(const struct link *l)
{
	const struct value *up = l ? value_named(l->vals, "up") : NULL;

	return up && up->failed;
}

/* A step that makes sense only once the link is a port of its master. */
static bool
is_about_port(const struct step *s)
{
	const struct value *master = s->said ? value_named(s->said->vals, "master") : NULL;

	return s->verb == JOIN || s->verb == ADD_VLANS || s->verb == DROP_VLANS ||
	       (s->verb == SET_LINK && s->vals[0]->key->home == IN_PORT) ||
	       (s->said && s->said->topic == FDB && master && master->num);
}

bool
blame_blocked(const struct step *s)
{
	const struct link *l = s->link;

	if (s->verb == DROP_LINK || s->verb == JOIN_GROUP || s->verb == DROP_SAID ||
		s->verb == LEAVE)
		return false;
	if (s->ns->failed || link_failed(l))
		return true;
	if (l && !s->said &&
		(link_failed(l->peer) || (s->verb == MAKE_LINK && link_failed(l->parent))))
		return true;
	if (is_about_port(s) && link_failed(l->master))
		return true;
	if (s->sysctl && link_failed(s->sysctl->link))
		return true;
	for (const struct phrase *h = s->said ? s->said->hops : NULL; h; h = h->next)
		if (link_failed(h->link) || stays_down(h->link))
			return true;
	return false;
}

/* Finds the value whose bytes the offset points into, by building the message once more. */
static const struct value *
value_at(const struct step *s, uint32_t offset)
{
	static _Alignas(16) char buf[16384];
	struct msg m = { .seek = offset };

	if (!offset || !encode_possible(s))
		return NULL;
	encode(&m, buf, sizeof(buf), s);
	return m.blame;
}

static const char *
module_of(const struct kind *k)
{
	return k->module ? k->module : k->info ? k->info : k->name;
}

/* What a bare error code means for a step, where that is known. */
static const char *
hint(const struct step *s, int code, struct mem *mem)
{
	if (code == EOPNOTSUPP && s->verb == MAKE_LINK)
		return mem_printf(mem,
			"is the module %s, with all that is asked for, in this kernel?",
			module_of(s->link->kind));
	if (code == EPERM && geteuid() != 0)
		return "not allowed; is nbs run by root?";
	if (code == ENETUNREACH && s->verb == ADD_SAID)
		return "the gateway is not within a network of the link";
	return NULL;
}

/* The kernel's words, and what we know beyond them. */
static const char *
words(const struct step *s, const struct nl_error *e, struct mem *mem)
{
	if (s->verb == MAKE_LINK && !strcmp(e->text, "Unknown device type"))
		return mem_printf(mem, "%s; is the module %s in this kernel?", e->text,
			module_of(s->link->kind));
	return e->text[0] ? e->text : hint(s, e->code, mem);
}

static void
report(struct step *s, const struct nl_error *e, const struct value *v, struct mem *mem)
{
	struct origin o = s->at;
	const char *text = words(s, e, mem);

	if (v && s->link && !s->said && s->verb != JOIN)
		o = model_at(s->link, v);
	if (text)
		diag(&o, "kernel: %s (%s)", text, strerror(e->code));
	else
		diag(&o, "kernel: %s", strerror(e->code));
}

/* Gone already is as good as taken away; there already as good as added. */
static bool
harmless(const struct step *s, int code)
{
	switch (s->verb) {
	case DROP_LINK:
	case JOIN_GROUP:
	case DROP_GROUP:
	case DROP_SAID:
	case DROP_VLANS:
	case DROP_SPACE:
	case LEAVE:
		return code == ENODEV || code == ESRCH || code == ENOENT || code == EADDRNOTAVAIL ||
		       code == ENXIO;
	case PUT_BACK:
		return code == EEXIST; /* the kernel has put it back itself */
	case ADD_SAID:
		if (code != EEXIST || s->said->sent)
			return false;
		s->said->sent = true; /* the next round tells whether it is ours */
		return true;
	case SET_SAID:
		return code == ENOENT || code == EADDRNOTAVAIL; /* the next round adds it */
	case MAKE_LINK:
	case SET_LINK:
	case MAKE_SPACE:
	case MOVE_LINK:
	case RENAME_LINK:
	case RAISE:
	case LOWER:
	case JOIN:
	case ADD_VLANS:
	case SET_SYSCTL:
	case SET_HOSTNAME:
	case WRITE_RESOLV:
		break;
	}
	return false;
}

/*
 * An address that was taken away may have taken others with it, which are back
 * in the next round: so the network of a gateway, or the source of a route.
 */
static bool
lost_meanwhile(const struct step *s, int code)
{
	return s->verb == ADD_SAID && s->said->topic == ROUTE && !s->said->again &&
	       (code == ENETUNREACH || code == EHOSTUNREACH ||
		       (code == EINVAL && value_named(s->said->vals, "src")));
}

enum { TRIES = 4 };

/* A link that was looked at and is gone: the next round finds it so, and what leans on it waits. */
static bool
went_away(const struct step *s, int code)
{
	return code == ENODEV && s->verb != MAKE_LINK && s->link && s->link->have &&
	       s->link->tries++ < TRIES;
}

/* True when another way is open: the next round takes it. */
static bool
another_way(struct step *s, int code)
{
	if (went_away(s, code))
		return true;

	/* the index was taken meanwhile, or the module brought a link of that name with it */
	if (s->verb == MAKE_LINK && code == EEXIST && s->link->tries++ < TRIES) {
		s->link->again = true;
		return true;
	}
	if (lost_meanwhile(s, code)) {
		s->said->again = true;
		return true;
	}
	if (s->verb != SET_LINK || s->vals[0]->key->home == IN_TUN)
		return false;
	if (code == EBUSY && !s->vals[0]->lower && s->n == 1) {
		s->vals[0]->lower = true;
		return true;
	}
	if (s->n > 1) {
		s->link->singly = true;
		return true;
	}
	return false;
}

/* What could not be made is nobody's: one of that name that comes later is not nbs's to delete. */
static void
disown(struct link *l)
{
	l->made = false;
	if (l->peer)
		l->peer->made = false;
}

void
blame_keep(struct step *s)
{
	struct value *up;

	for (size_t i = 0; i < s->n; i++)
		s->vals[i]->failed = true;
	if (s->said && (s->verb == ADD_SAID || s->verb == SET_SAID))
		s->said->failed = true;
	if (s->sysctl)
		s->sysctl->failed = true;
	if (s->verb == DROP_SAID && s->cause)
		s->cause->failed = true;
	if (s->verb == MAKE_SPACE) {
		s->ns->failed = true;
		s->ns->made = false;
	}
	if (s->verb == MAKE_LINK)
		disown(s->link);
	if (s->verb == MAKE_LINK || s->verb == MOVE_LINK || s->verb == RENAME_LINK)
		s->link->failed = true;
	if (s->verb == JOIN)
		s->link->master_at->failed = true;
	if (s->verb == RAISE && (up = value_named(s->link->vals, "up")))
		up->failed = true;
	if (s->verb == SET_HOSTNAME || s->verb == WRITE_RESOLV)
		s->vals[0]->failed = true;
	if (s->verb == ADD_VLANS || s->verb == DROP_VLANS)
		link_value(s->link, "vlans")->failed = true;
}

void
blame(struct step *s, const struct nl_error *e, struct mem *mem)
{
	struct phrase *told = s->cause ? s->cause : s->said;

	if (harmless(s, e->code) || blame_blocked(s) || another_way(s, e->code))
		return;
	/* a gateway whose network nbs has taken away needs no route */
	if (s->verb == PUT_BACK && (e->code == ENETUNREACH || e->code == EHOSTUNREACH))
		return;
	if (s->verb == PUT_BACK) {
		diag_warn(&s->at, "'%s' cannot be put back: %s", phrase_text(s->said, mem),
			strerror(e->code));
		return;
	}
	if (!told || !told->told)
		report(s, e, value_at(s, e->offset), mem);
	if (told)
		told->told = true;
	blame_keep(s);
}
