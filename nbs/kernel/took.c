#include "kernel/took.h"

/* A link is not made again for what it had to be made with and has not. */
static void
took_link(struct link *l)
{
	for (struct value *v = l->vals; v; v = v->next)
		if (v->key->change == ANEW)
			v->sent = true;
}

void
took(struct step *s)
{
	struct value *up;

	for (size_t i = 0; i < s->n; i++)
		s->vals[i]->sent = true;
	if (s->verb == ADD_SAID || s->verb == SET_SAID)
		s->said->sent = s->said->ours = true;
	if (s->verb == SET_SYSCTL)
		s->sysctl->sent = true;
	if (s->verb == RAISE && (up = value_named(s->link->vals, "up")))
		up->sent = true;
	if (s->verb == JOIN)
		s->link->master_at->sent = true;
	if (s->verb == MAKE_LINK)
		took_link(s->link);
	if (s->verb == MAKE_LINK && s->link->peer)
		took_link(s->link->peer);
}
