#include "kernel/step.h"

#include <errno.h>
#include <string.h>

#include "kernel/act.h"
#include "kernel/encode.h"
#include "kernel/outcome.h"
#include "model/link.h"
#include "model/phrase.h"

/* Gone already is as good as taken away. */
static bool
is_gone(int code)
{
	return code == ENODEV || code == ESRCH || code == ENOENT || code == EADDRNOTAVAIL ||
	       code == ENXIO;
}

/* The kernel has put it back by itself. */
static bool
is_back(int code)
{
	return code == EEXIST;
}

/* The next round adds it. */
static bool
is_unknown(int code)
{
	return code == ENOENT || code == EADDRNOTAVAIL;
}

/* How a link is made, and its values set, by what way. */
static const struct channel_row {
	encode_step *make, *set; /* NULL: no message */
	act_step *make_by, *set_by;
} channels[] = {
	[RTNETLINK] = { encode_make, encode_set, NULL, NULL },
	[TUN_IOCTL] = { NULL, NULL, act_make_tun, act_make_tun },
};
_Static_assert(LEN(channels) == LAST_CHANNEL + 1, "each channel has a row");

static const struct row {
	encode_step *encode;              /* NULL: not netlink's, or the channel's */
	act_step *execute;                /* what is not */
	outcome_keep *accepted, *refused; /* what is remembered of it; NULL: nothing */
	bool (*fine)(int code);           /* refusals that are as good; NULL: none */
} rows[] = {
	/*               encode              execute           accepted          refused           fine */
	[MAKE_SPACE] = { NULL, act_make_space, outcome_made_space, outcome_no_space, NULL },
	[DROP_SPACE] = { NULL, act_drop_space, NULL, NULL, is_gone },
	[MAKE_LINK] = { NULL, NULL, outcome_made, outcome_not_made, NULL },
	[DROP_LINK] = { encode_drop, NULL, NULL, NULL, is_gone },
	[MOVE_LINK] = { encode_move, NULL, NULL, outcome_no_link, NULL },
	[RENAME_LINK] = { encode_rename, NULL, NULL, outcome_no_link, NULL },
	[DROP_ALTNAME] = { encode_altname, NULL, NULL, outcome_no_link, is_gone },
	[ADD_ALTNAME] = { encode_altname, NULL, NULL, NULL, is_back },
	[KEEP_MAC] = { NULL, act_keep_mac, NULL, NULL, NULL },
	[SET_LINK] = { NULL, NULL, outcome_set, outcome_not_set, NULL },
	[RAISE] = { encode_up_or_down, NULL, outcome_raised, outcome_not_up, NULL },
	[LOWER] = { encode_up_or_down, NULL, NULL, NULL, NULL },
	[JOIN_GROUP] = { encode_join_group, NULL, NULL, NULL, is_gone },
	[DROP_GROUP] = { encode_drop_group, NULL, NULL, NULL, is_gone },
	[JOIN] = { encode_join, NULL, outcome_joined, outcome_no_port, NULL },
	[LEAVE] = { encode_leave, NULL, NULL, NULL, is_gone },
	[ADD_VLANS] = { encode_vlans, NULL, NULL, outcome_no_vlans, NULL },
	[DROP_VLANS] = { encode_vlans, NULL, NULL, outcome_no_vlans, is_gone },
	[ADD_SAID] = { encode_entry, NULL, outcome_added, outcome_no_entry, NULL },
	[SET_SAID] = { encode_entry, NULL, outcome_added, outcome_no_entry, is_unknown },
	[DROP_SAID] = { encode_entry, NULL, NULL, outcome_no_drop, is_gone },
	[PUT_BACK] = { encode_back, NULL, NULL, NULL, is_back },
	[SET_SYSCTL] = { NULL, act_set_sysctl, outcome_sysctl, outcome_no_sysctl, NULL },
	[SET_HOSTNAME] = { NULL, act_set_hostname, NULL, outcome_no_name, NULL },
	[WRITE_RESOLV] = { NULL, act_write_resolv, NULL, outcome_no_resolv, NULL },
};

static encode_step *
encode_of(const struct step *s)
{
	if (s->verb == MAKE_LINK)
		return channels[link_made_via(s->link->kind)].make;
	if (s->verb == SET_LINK)
		return channels[link_via(s->link, s->vals[0]->key)].set;
	return rows[s->verb].encode;
}

static act_step *
execute_of(const struct step *s)
{
	if (s->verb == MAKE_LINK)
		return channels[link_made_via(s->link->kind)].make_by;
	if (s->verb == SET_LINK)
		return channels[link_via(s->link, s->vals[0]->key)].set_by;
	return rows[s->verb].execute;
}

bool
step_is_message(const struct step *s)
{
	return encode_of(s) != NULL;
}

void
step_encode(struct msg *m, void *buf, size_t size, const struct step *s)
{
	encode_of(s)(m, buf, size, s);
}

const char *
step_space(const struct step *s, const struct plan *p)
{
	if (s->verb == MAKE_LINK && s->link->parent)
		return s->link->parent->ns->name;
	if (s->verb == MOVE_LINK)
		return planned(p, s->link)->have->ns->name;
	return s->ns->name;
}

int
step_execute(struct world *w, const struct plan *p, const struct step *s, const char **what)
{
	*what = NULL;
	return execute_of(s)(w, p, s, what);
}

/* True when the link cannot be there: it, or what it stands on, could not be made. */
static bool
link_failed(const struct plan *p, const struct link *l)
{
	const struct planned *w = l && !l->raw ? planned(p, l) : NULL;

	return w && (w->failed || w->again || p->failed_spaces[l->ns->place] ||
			    (!w->have && link_failed(p, l->parent)));
}

static bool
stays_down(const struct doing *d, const struct link *l)
{
	const struct value *up = l ? value_named(l->vals, "up") : NULL;

	return up && attempts_of(d->attempts, attempt_value(l, up->key))->refused;
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

/* The step stands in a namespace of the target, which could not be made. */
static bool
space_failed(const struct plan *p, const struct step *s)
{
	return !s->ns->there && plan_space_failed(p, s->ns);
}

bool
step_blocked(const struct doing *d, const struct step *s)
{
	const struct plan *p = d->plan;
	const struct link *l = s->link;

	if (s->verb == DROP_LINK || s->verb == JOIN_GROUP || s->verb == DROP_GROUP ||
		s->verb == DROP_SAID || s->verb == LEAVE)
		return false;
	if (space_failed(p, s) || link_failed(p, l))
		return true;
	if (l && !l->raw && !s->said &&
		(link_failed(p, l->peer) || (s->verb == MAKE_LINK && link_failed(p, l->parent))))
		return true;
	if (is_about_port(s) && link_failed(p, l->master))
		return true;
	if (s->sysctl && link_failed(p, s->sysctl->link))
		return true;
	if (s->verb == PUT_BACK)
		return false;
	for (const struct nexthop *h = s->said ? s->said->hops : NULL; h; h = h->next)
		if (link_failed(p, h->link) || stays_down(d, h->link))
			return true;
	return false;
}

void
step_accepted(const struct doing *d, const struct step *s)
{
	if (rows[s->verb].accepted)
		rows[s->verb].accepted(d, s);
}

void
step_give_up(const struct doing *d, const struct step *s)
{
	if (rows[s->verb].refused)
		rows[s->verb].refused(d, s);
}

void
step_refused(const struct doing *d, struct step *s, const struct nl_error *e)
{
	s->failed = true;
	if ((rows[s->verb].fine && rows[s->verb].fine(e->code)) || step_blocked(d, s) ||
		outcome_other_way(d, s, e->code))
		return;
	outcome_report(d, s, e);
	step_give_up(d, s);
}
