/* nbs show: looks, as plan does, and says what there is instead of what is to be done. */
#include "print/show.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "key/type.h"
#include "client/lease_file.h"
#include "run/round.h"
#include "run/run.h"
#include "run/running.h"

static void
add_lease(struct shown *s, struct mem *mem)
{
	struct lease lease = { 0 };

	if (!lease_file_holds(s->have ? s->have : s->want, &lease, mem))
		return;
	s->leased = type_ip_text(&lease.address, true, mem);
	s->server = type_ip_text(&lease.server, false, mem);
	s->end = lease.seconds == LEASE_FOREVER
	                 ? SHOW_FOREVER
	                 : (long long)value_num(lease.vals, "taken", 0) + lease.seconds * 1000LL;
}

static bool
is_coloured(void)
{
	const char *none = getenv("NO_COLOR"), *terminal = getenv("TERM");

	return isatty(STDOUT_FILENO) && !(none && *none) &&
	       !(terminal && !strcmp(terminal, "dumb"));
}

int
run_show(bool json)
{
	struct show show = { .colour = !json && is_coloured() };
	struct model *want;
	struct run r;
	int status = round_peek(&r);

	if (status != DONE)
		return status;
	want = state_again(&r.state);
	r.file = want = want ? want : model_new(mem_new());
	r.keep = true;
	running_spaces(&r.world, want);
	if (!round_look(&r))
		return FAILED;
	show.have = r.found;
	show.links = show_links(r.round, r.plan);
	for (struct shown *l = show.links; l; l = l->next)
		add_lease(l, r.round);
	(json ? print_show_json : print_show)(stdout, &show);
	return diag_count() ? FAILED : DONE;
}
