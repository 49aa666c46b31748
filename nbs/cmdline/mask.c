#include "cmdline/mask.h"

#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>

#include "key/type.h"

/* A prefix length, or for IPv4 a mask of leading ones; -1 when it is neither. */
static int
read_mask(const char *text, int family)
{
	const char *end;
	uint64_t n;
	uint32_t mask;
	int len = 0;

	if (reader_is_digits(text))
		return type_read_digits(&n, text, &end) < 0 || n > (family == AF_INET ? 32 : 128)
		               ? -1
		               : (int)n;
	if (family != AF_INET || inet_pton(AF_INET, text, &mask) != 1)
		return -1;
	for (mask = ntohl(mask); mask & 0x80000000; mask <<= 1)
		len++;
	return mask ? -1 : len;
}

/* As inet_abc_len() of the kernel's net/ipv4/devinet.c; -1 where there is no class. */
static int
class_of(const struct ip *ip)
{
	return ip->b[0] < 128 ? 8 : ip->b[0] < 192 ? 16 : ip->b[0] < 224 ? 24 : -1;
}

static int
guess_mask(struct reader *r, const struct ip *ip)
{
	int len = ip->family == AF_INET6 ? 64 : class_of(ip);

	if (len < 0)
		reader_leave(r, "field 4: missing, and the address has no class to tell it");
	else if (ip->family == AF_INET6)
		reader_warn(r, "field 4: empty: /64 (systemd: /128)");
	else
		reader_warn(r, "field 4: empty: /%d by class (systemd: /32; dracut: stops)", len);
	return len;
}

int
mask_take(struct reader *r, struct ip *client, const char *text)
{
	int len = -1;

	if (!client->family)
		return 0;
	if (*text && strcmp(text, "0.0.0.0") != 0) {
		if ((len = read_mask(text, client->family)) < 0) {
			reader_leave(r,
				"field 4: '%s': expected a netmask or the length of a prefix",
				text);
			return -1;
		}
		if (reader_is_digits(text) && client->family == AF_INET)
			reader_warn(r, "field 4: /%d (kernel: %d.0.0.0; klibc: 0.0.0.%d)", len, len,
				len);
		if (client->with_len && len != client->len)
			reader_warn(r, "field 4: '%s' counts, and not the /%u of field 1", text,
				client->len);
	} else if (client->with_len) {
		return 0;
	} else if ((len = guess_mask(r, client)) < 0) {
		return -1;
	}
	client->len = (uint8_t)len;
	client->with_len = true;
	return 0;
}
