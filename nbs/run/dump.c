/* The running network as a file: all namespaces that have a name. */
#include <string.h>

#include "base/mem.h"
#include "dump/dump.h"
#include "key/type.h"
#include "kernel/have.h"
#include "client/lease_file.h"
#include "run/round.h"
#include "run/run.h"
#include "run/running.h"

/* Namespaces that a section can be called as; of others it is said. */
static struct model *
all_spaces(struct run *r)
{
	struct model *m = model_new(r->round);
	struct netns **n = &m->spaces->next;

	running_spaces(&r->world, m);
	while (*n) {
		const struct origin o = { NULL, 0, (*n)->name, NULL };

		if (type_is_name((*n)->name) && !text_is_glob((*n)->name)) {
			n = &(*n)->next;
			continue;
		}
		diag_warn(&o, "a namespace that no section can be called as; left out");
		*n = (*n)->next;
	}
	return m;
}

/* The lease that nbs holds for a link: what it brought is not the file's. */
static void
take_lease(struct run *r, struct link *l)
{
	struct lease lease = { 0 };

	if (lease_file_holds(l, &lease, r->round))
		l->names = lease.vals;
}

int
run_dump(void)
{
	struct model *have;
	struct run r;
	int status = round_peek(&r);

	if (status != DONE)
		return status;
	if (!(have = have_read_all(&r.world, r.round, all_spaces(&r))))
		return FAILED;
	have_sysctls(&r.world, have, dump_ask(r.round, have, r.state.applied));
	for (struct link *l = have->links; l; l = l->next)
		take_lease(&r, l);
	dump_print(stdout, dump_make(r.round, have, r.state.applied));
	return diag_count() ? FAILED : DONE;
}
