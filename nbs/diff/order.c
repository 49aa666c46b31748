#include "diff/order.h"

#include <string.h>

#include "base/mem.h"
#include "diff/traits.h"
#include "model/link.h"

enum { DEEPEST = 32 }; /* links on links: more than the kernel takes */

/*
 * A node is a run of steps that no rule tells apart, or a junction: what a rule has
 * come before leads to it, what it has come after leads from it.  So there are no
 * more edges than there are ties, however many steps two sides of a rule have.
 */
struct node {
	struct edge *out, *in;
	struct node *other; /* of a junction: the next of the same hash */
	struct node *last;  /* likewise: of those that keep their turn */
	uint64_t traits;    /* of a run; of a junction its key */
	uint32_t first, n;  /* of a run: which steps */
	uint32_t waits;     /* for so many edges */
	uint32_t seen;      /* by a walk */
	uint8_t rule;       /* of a junction */
	bool done, open;
};

struct edge {
	struct edge *next_out, *next_in;
	struct node *from, *to;
	uint8_t rule;
	bool cut; /* it gave way */
};

struct order {
	struct mem *mem;
	const struct plan *plan;
	struct step **steps;
	struct node *runs, **slots;
	size_t n, mask;
	struct node **ready; /* a heap of runs, the first at its top */
	size_t nready;
	struct node *run; /* whose ties are followed */
	unsigned depth;
	uint8_t rule;
};

static void
add_edge(struct order *o, struct node *from, struct node *to)
{
	struct edge *e = mem_get(o->mem, sizeof(*e));

	*e = (struct edge) { from->out, to->in, from, to, o->rule, false };
	from->out = to->in = e;
	to->waits++;
}

static struct node **
slot(struct order *o, uint64_t key)
{
	return &o->slots[text_hash(&key, sizeof(key)) & o->mask];
}

/* The junction of the rule at hand for a key; NULL. */
static struct node *
find(struct order *o, uint64_t key)
{
	struct node *j = *slot(o, key);

	while (j && (j->rule != o->rule || j->traits != key))
		j = j->other;
	return j;
}

static struct node *
make(struct order *o, uint64_t key)
{
	struct node *j = mem_get(o->mem, sizeof(*j)), **s = slot(o, key);

	j->rule = o->rule;
	j->traits = key;
	j->other = *s;
	*s = j;
	return j;
}

static void
come_before(void *order, uint64_t key, const struct link *l)
{
	struct order *o = order;
	struct node *j = find(o, key);

	(void)l;
	add_edge(o, o->run, j ? j : make(o, key));
}

/* Here the junction has no edges: it only knows who came last. */
static void
come_in_turn(void *order, uint64_t key, const struct link *l)
{
	struct order *o = order;
	struct node *j = find(o, key);

	(void)l;
	j = j ? j : make(o, key);
	if (j->last)
		add_edge(o, j->last, o->run);
	j->last = o->run;
}

static void open_below(void *, uint64_t key, const struct link *);

/* The junction of a link, with those of the links that it stands on leading to it. */
static struct node *
opened(struct order *o, uint64_t key, const struct link *l)
{
	const struct teller t = { open_below, o, o->plan };
	const struct value *ports = l->kind->follows_ports ? link_value(l, "ports") : NULL;
	struct node *j = find(o, key), *run = o->run;

	j = j ? j : make(o, key);
	if (j->open || o->depth == DEEPEST)
		return j;
	j->open = true;
	o->run = j;
	o->depth++;
	traits_tie_link(&t, l->parent);
	for (const struct value *v = ports ? ports->items : NULL; v; v = v->next)
		traits_tie_link(&t, v->link);
	o->depth--;
	o->run = run;
	return j;
}

static void
open_below(void *order, uint64_t key, const struct link *l)
{
	struct order *o = order;
	struct node *j = opened(o, key, l);

	if (j->waits)
		add_edge(o, j, o->run);
}

static void
come_after(void *order, uint64_t key, const struct link *l)
{
	struct order *o = order;
	struct node *j = l && rules[o->rule].upwards ? opened(o, key, l) : find(o, key);

	/* it does not wait for itself; such an edge would be among those made last */
	for (const struct edge *e = o->run->out; j && e && e->rule == o->rule; e = e->next_out)
		if (e->to == j)
			return;
	if (j && j->waits)
		add_edge(o, j, o->run);
}

/* Follows the ties of all runs that have some traits and none of some others. */
static void
each_run(struct order *o, uint64_t some, uint64_t none, enum tie by,
	void (*each)(void *, uint64_t, const struct link *))
{
	const struct teller t = { each, o, o->plan };

	for (o->run = o->runs; o->run < o->runs + o->n; o->run++)
		if (o->run->traits & some && !(o->run->traits & none))
			traits_ties(o->steps[o->run->first], by, &t);
}

static void
apply_rules(struct order *o)
{
	uint64_t present = 0;

	for (size_t i = 0; i < o->n; i++)
		present |= o->runs[i].traits;
	for (o->rule = 0; o->rule < rules_n; o->rule++) {
		const struct rule *r = &rules[o->rule];
		const uint64_t before = traits_mask(r->before), after = traits_mask(r->after);

		if (before & present && !after)
			each_run(o, before, 0, r->before_by, come_in_turn);
		if (!(before & present) || !(after & present))
			continue;
		/* before the last is anything else */
		each_run(
			o, before, r->before[0] == ANYTHING ? after : 0, r->before_by, come_before);
		each_run(o, after, 0, r->after_by, come_after);
	}
}

static void
push(struct order *o, struct node *run)
{
	size_t i = o->nready++, up;

	for (; i && o->ready[up = (i - 1) / 2] > run; i = up)
		o->ready[i] = o->ready[up];
	o->ready[i] = run;
}

static struct node *
pop(struct order *o)
{
	struct node *top = o->ready[0], *last = o->ready[--o->nready];
	size_t i = 0, down;

	while ((down = 2 * i + 1) < o->nready) {
		if (down + 1 < o->nready && o->ready[down + 1] < o->ready[down])
			down++;
		if (o->ready[down] > last)
			break;
		o->ready[i] = o->ready[down];
		i = down;
	}
	o->ready[i] = last;
	return top;
}

static bool
is_run(const struct order *o, const struct node *n)
{
	return n >= o->runs && n < o->runs + o->n;
}

static void finish(struct order *, struct node *);

static void
let_go(struct order *o, struct node *n)
{
	if (--n->waits)
		return;
	if (is_run(o, n))
		push(o, n);
	else
		finish(o, n);
}

static void
finish(struct order *o, struct node *n)
{
	n->done = true;
	for (const struct edge *e = n->out; e; e = e->next_out)
		if (!e->cut)
			let_go(o, e->to);
}

/* An edge from what a node waits for. */
static struct edge *
waited_for(const struct node *n)
{
	struct edge *e = n->in;

	while (e->from->done || e->cut)
		e = e->next_in;
	return e;
}

/* Rules that go round in a circle: of those on it the last of the list gives way. */
static void
break_circle(struct order *o, uint32_t walk)
{
	const struct node *n = o->runs, *start;
	struct edge *weakest, *e;

	while (n->done)
		n++;
	for (; n->seen != walk; n = e->from) {
		e = waited_for(n);
		e->to->seen = walk;
	}
	start = n;
	weakest = waited_for(n);
	do {
		e = waited_for(n);
		if (e->rule > weakest->rule)
			weakest = e;
		n = e->from;
	} while (n != start);
	weakest->cut = true;
	let_go(o, weakest->to);
}

static bool
same_hops(const struct phrase *a, const struct phrase *b)
{
	const struct nexthop *x = a->hops, *y = b->hops;

	for (; x && y; x = x->next, y = y->next)
		if (x->link != y->link)
			return false;
	return !x && !y;
}

/* True for two steps that no rule can tell apart: routes are many. */
static bool
are_alike(const struct step *a, const struct step *b)
{
	return a->said && b->said && a->verb == b->verb && a->said->topic == b->said->topic &&
	       a->said->topic != FDB && a->ns == b->ns && a->link == b->link &&
	       same_hops(a->said, b->said);
}

/* Steps of the same run follow each other already; returns how many runs there are. */
static size_t
make_runs(const struct plan *p, struct node *runs, struct step *const *steps, size_t n)
{
	struct node now = { 0 };
	size_t count = 0;

	for (size_t i = 0; i < n; i++) {
		uint64_t traits = traits_of(p, steps[i]);

		if (!i || traits != now.traits || !are_alike(steps[i - 1], steps[i])) {
			now = (struct node) { .traits = traits, .first = (uint32_t)i };
			count++;
		}
		now.n++;
		if (runs)
			runs[count - 1] = now;
	}
	return count;
}

static void
sort(struct order *o, size_t n)
{
	struct step **sorted = mem_get(o->mem, n * sizeof(*sorted));
	uint32_t circles = 0;
	struct node *run;
	size_t done = 0;

	for (size_t i = 0; i < o->n; i++)
		if (!o->runs[i].waits)
			push(o, &o->runs[i]);
	while (done < n) {
		while (!o->nready)
			break_circle(o, ++circles);
		run = pop(o);
		(void)memcpy(sorted + done, o->steps + run->first, run->n * sizeof(*sorted));
		done += run->n;
		finish(o, run);
	}
	(void)memcpy(o->steps, sorted, n * sizeof(*sorted));
}

void
order_steps(const struct plan *p, struct step **steps, size_t n)
{
	struct order o = { .plan = p, .steps = steps, .mask = 15 };

	if (n < 2)
		return;
	o.mem = mem_new();
	o.n = make_runs(p, NULL, steps, n);
	o.runs = mem_get(o.mem, o.n * sizeof(*o.runs));
	(void)make_runs(p, o.runs, steps, n);
	while (o.mask < o.n)
		o.mask = 2 * o.mask + 1;
	o.slots = mem_get(o.mem, (o.mask + 1) * sizeof(struct node *));
	o.ready = mem_get(o.mem, o.n * sizeof(struct node *));
	apply_rules(&o);
	sort(&o, n);
	mem_free(o.mem);
}
