/* Sysctls, which are not netlink's. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "diff/parts.h"

/* The same words, whatever is between them: the kernel prints tabs. */
static bool
same_words(const char *a, const char *b)
{
	size_t n;

	for (;;) {
		a += strspn(a, " \t\n");
		b += strspn(b, " \t\n");
		n = strcspn(a, " \t\n");
		if (n != strcspn(b, " \t\n") || memcmp(a, b, n) != 0)
			return false;
		if (!n)
			return true;
		a += n;
		b += n;
	}
}

/* True of numbers that are no farther apart than the kernel rounds. */
static bool
is_near(const char *a, const char *b, int64_t slack)
{
	long long gap = strtoll(a, NULL, 10) - strtoll(b, NULL, 10);

	return slack && gap <= slack && -gap <= slack;
}

static enum phase
phase_of(const struct sysctl *c)
{
	if (c->early)
		return SETTINGS_IPV6;
	if (c->link)
		return SYSCTLS; /* raising would set it back */
	/* what holds for links to come is there before they come, or come back */
	if (!strncmp(c->path, "net/ipv4/conf/default/", 22) ||
		!strncmp(c->path, "net/ipv6/conf/default/", 22))
		return FORWARDING;
	/* ip_forward sets forwarding of all links: theirs come after it */
	return c->section && c->key && strchr(c->key, '.') == NULL && strchr(c->key, '/') == NULL
	               ? FORWARDING
	               : SYSCTLS;
}

static void
did_not_take(struct diff *d, const struct sysctl *c, const char *text)
{
	plan_refuse(d->plan, attempt_sysctl(c), 0,
		(struct origin) { c->file, c->line, c->section, c->key },
		mem_printf(d->plan->mem, "'%s': the kernel took it and still has '%.*s'; left so",
			c->text, (int)strcspn(text, "\n"), text));
}

static void
one(struct diff *d, const struct netns *n, const struct sysctl *c)
{
	enum { AGAIN = 30000 };
	const char *name = c->link ? NULL : model_setting_link(c->path, d->plan->mem);
	const struct link *l = c->link ? c->link : name ? model_find(n, name) : NULL;
	const struct sysctl *h = model_sysctl(n->have, c->path);
	const struct attempt *a = attempts_of(d->plan->attempts, attempt_sysctl(c));
	struct step *s;

	if (a->refused && a->stamp == plan_stamp_sysctl(n, c) && !(h && h->text))
		d->plan->again = AGAIN; /* nobody tells when its module comes */
	if ((a->refused && (!a->stamp || a->stamp == plan_stamp_sysctl(n, c))) ||
		plan_space_failed(d->plan, n))
		return;
	if (l ? !planned(d->plan, l)->index : name && !model_find(n->have, name))
		return; /* the link comes late, or never */
	if (!d->have->spaces->ipv6 && c->link && !strcmp(c->key, "ipv6"))
		return; /* there is no IPv6 to be switched off */
	if (h && h->text && (same_words(c->text, h->text) || is_near(c->text, h->text, c->slack))) {
		if (a->accepted)
			plan_find(d->plan, a->id, 0, false);
		return;
	}
	if (a->accepted && h && h->text) {
		did_not_take(d, c, h->text);
		return;
	}
	s = plan_add(d->plan, phase_of(c), SET_SYSCTL, n, NULL);
	s->sysctl = c;
	s->at = (struct origin) { c->file, c->line, c->section, c->key };
}

void
diff_settings(struct diff *d)
{
	for (const struct netns *n = d->want->spaces; n; n = n->next)
		for (const struct sysctl *c = n->sysctls; c; c = c->next)
			one(d, n, c);
}
