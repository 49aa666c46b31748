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
	return s->verb == JOIN || (s->verb == SET_LINK && s->vals[0]->key->home == IN_PORT);
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

/* What a bare error code means for a step, where that is known. */
static const char *
hint(const struct step *s, int code, struct mem *mem)
{
	const struct kind *k = s->link ? s->link->kind : NULL;

	if (code == EOPNOTSUPP && s->verb == MAKE_LINK)
		return mem_printf(mem, "Unknown device type; is the module %s in this kernel?",
			k->module ? k->module : k->info ? k->info : k->name);
	if (code == EPERM && geteuid() != 0)
		return "not allowed; is nbs run by root?";
	if (code == ENETUNREACH && s->verb == ADD_SAID)
		return "the gateway is not within a network of the link";
	return NULL;
}

/* False of words that say less than we know. */
static bool
says_more(const struct nl_error *e)
{
	return e->text[0] && strcmp(e->text, "Unknown device type") != 0;
}

static void
report(struct step *s, const struct nl_error *e, const struct value *v, struct mem *mem)
{
	struct origin o = s->at;
	const char *text = says_more(e) ? e->text : hint(s, e->code, mem);

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
		return true; /* the kernel may have put it back itself */
	case ADD_SAID:
		if (code != EEXIST || s->said->sent)
			return false;
		s->said->sent = true; /* the next round tells whether it is ours */
		return true;
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

/* True when another way is open: the next round takes it. */
static bool
another_way(struct step *s, int code)
{
	enum { TRIES = 4 };

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

/* Keeps the failure where the next round looks for it. */
static void
keep(struct step *s)
{
	for (size_t i = 0; i < s->n; i++)
		s->vals[i]->failed = true;
	if (s->said && s->verb == ADD_SAID)
		s->said->failed = true;
	if (s->sysctl)
		s->sysctl->failed = true;
	if (s->verb == MAKE_SPACE)
		s->ns->failed = true;
	if (s->verb == MAKE_LINK || s->verb == MOVE_LINK || s->verb == RENAME_LINK)
		s->link->failed = true;
	if (s->verb == JOIN)
		s->link->master_at->failed = true;
	if (s->verb == RAISE)
		value_named(s->link->vals, "up")->failed = true;
	if (s->verb == SET_HOSTNAME || s->verb == WRITE_RESOLV)
		s->vals[0]->failed = true;
	if (s->verb == ADD_VLANS || s->verb == DROP_VLANS)
		link_value(s->link, "vlans")->failed = true;
}

void
blame(struct step *s, const struct nl_error *e, struct mem *mem)
{
	if (harmless(s, e->code) || blame_blocked(s) || another_way(s, e->code))
		return;
	if (!s->said || !s->said->told)
		report(s, e, value_at(s, e->offset), mem);
	if (s->said)
		s->said->told = true;
	keep(s);
}
