#include "client/lessee_do.h"

#include <string.h>

#include "base/mem.h"
#include "key/type.h"
#include "model/link.h"
#include "client/lease_file.h"
#include "client/lessee_wire.h"

struct origin
lessee_at(const struct lessee *e)
{
	return model_at(e->link, link_value(e->link, "dhcp"));
}

void
lessee_learn(struct lessee *e)
{
	e->granted = e->lease;
	e->fallback = false;
	e->news = GIVEN;
}

void
lessee_unlearn(struct lessee *e)
{
	e->granted.vals = NULL;
	e->news = LOST;
}

/* What nbs adds to what the server said. */
static void
note(struct lessee *e)
{
	struct lease *l = &e->lease;
	const char *mac = "";

	for (size_t i = 0; i < e->nhop; i++)
		mac = mem_printf(e->other, "%s%s%02x", mac, i ? ":" : "", e->hop[i]);
	if (e->nhop == 6)
		lease_file_set(l, "server-mac", mac, e->mem);
	lease_file_set(l, "client-id", ask_id_text(&e->who, e->mem), e->mem);
	lease_file_set(l, "boot", lease_file_boot(e->mem), e->mem);
}

/* The times of a renewal take the place of the old ones. */
static void
note_times(struct lessee *e, const struct lease *from)
{
	struct lease *l = &e->lease;

	l->seconds = from->seconds;
	l->renew = from->renew;
	l->rebind = from->rebind;
	lease_file_set(l, "taken", mem_printf(e->other, "%lld", e->client.start), e->mem);
	lease_file_set(l, "lifetime", mem_printf(e->other, "%u", l->seconds), e->mem);
	lease_file_set(l, "renew-after", mem_printf(e->other, "%u", l->renew), e->mem);
	lease_file_set(l, "rebind-after", mem_printf(e->other, "%u", l->rebind), e->mem);
}

static void
write_file(struct lessee *e)
{
	const struct origin o = lessee_at(e);
	bool bad = lease_file_write(e->link, &e->lease, e->other) < 0, told = e->unwritten;

	e->unwritten = bad;
	if (!bad || told)
		return;
	diag_warn(&o, "the lease cannot be written to %s; it is not remembered", lease_folder);
}

void
lessee_tell(struct lessee *e, const char *what)
{
	const struct origin o = lessee_at(e);
	const struct lease *l = &e->lease;
	const char *life = "";

	if (!diag_verbose())
		return;
	if (e->client.leased)
		life = mem_printf(e->other, " for %u s", l->seconds);
	diag_step(&o, "%s %s/%u of %s%s", what, type_ip_text(&l->address, false, e->other),
		l->address.len, type_ip_text(&l->server, false, e->other), life);
}

void
lessee_fall_back(struct lessee *e, const uint8_t address[4])
{
	mem_reset(e->mem);
	e->lease.vals = e->granted.vals = NULL;
	(void)memmove(e->claim.address, address, sizeof(e->claim.address));
	e->fallback = true;
	e->news = LOST;
}

/* e->offer is what the server acknowledged; it is in the other arena. */
static void
take(struct lessee *e, long long now)
{
	struct mem *mem = e->mem;
	bool same = e->lease.vals && e->learnt && lease_same(&e->lease, &e->offer);

	if (same) {
		note_times(e, &e->offer);
		e->granted = e->lease;
		e->news = GIVEN;
	} else {
		e->mem = e->other;
		e->other = mem;
		mem_reset(mem);
		e->lease = e->offer;
		note(e);
		note_times(e, &e->lease);
		lessee_learn(e);
		lessee_unclaim(e);
		e->owned = e->disputed = false;
	}
	if (e->arp < 0) /* RFC 5227, 2.1: also when the link has been away */
		lessee_claim(e, e->lease.address.b, false, now);
	e->learnt = true;
	lessee_tell(e, same ? "kept" : "got");
	write_file(e);
	mem_reset(e->other);
	e->offer.vals = NULL;
}

void
lessee_shun(struct lessee *e, long long now)
{
	enum { SHUNNED = 3000 }; /* ms */

	(void)memcpy(e->shunned, e->offer.server.b, sizeof(e->shunned));
	e->shunned_until = now + SHUNNED;
}

/* The lease no longer holds; an address for a network root stays until another comes. */
void
lessee_drop(struct lessee *e, bool stays)
{
	const struct origin o = lessee_at(e);

	if (e->lease.vals)
		diag_warn(&o, "%s no longer holds%s",
			type_ip_text(&e->lease.address, false, e->other),
			stays ? "; it stays, as dhcp-lifetime says" : "");
	lessee_unclaim(e);
	e->lease.vals = NULL;
	if (stays)
		return;
	lease_file_remove(e->space, e->name, e->other);
	lessee_unlearn(e);
	e->learnt = false;
}

void
lessee_do(struct lessee *e, enum client_do what, long long now)
{
	switch (what) {
	case NOTHING:
		return;
	case TAKE_LEASE:
		take(e, now);
		return;
	case DROP_LEASE:
		lessee_drop(e, e->forever);
		return;
	case DROP_AND_DISCOVER:
		lessee_drop(e, e->forever);
		break;
	case DROP_AND_DECLINE:
		lessee_send(e, what, now);
		lessee_drop(e, false);
		return;
	case DROP_AND_RELEASE:
		lessee_send(e, what, now);
		lessee_tell(e, "gave back");
		e->lease.vals = NULL;
		lessee_drop(e, false);
		return;
	case SEND_DISCOVER:
	case SEND_REQUEST:
	case SEND_REBOOT:
	case SEND_RENEW:
	case SEND_REBIND:
		break;
	}
	lessee_send(e, what, now);
}

void
lessee_on(struct lessee *e, enum client_event what, long long now)
{
	lessee_do(e, client_on(&e->client, what, now, lessee_noise(e)), now);
}
