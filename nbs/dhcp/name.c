#include "dhcp/name.h"

/* A dot or a NUL within a label would make another name of it. */
static void
copy_label(char *to, const uint8_t *from, size_t n)
{
	for (size_t i = 0; i < n; i++)
		to[i] = from[i] && from[i] != '.' ? (char)from[i] : '?';
}

/* A pointer leads before the labels that it ends, so that the way has an end. */
int
name_read(struct blob b, size_t *at, char name[NAME_SIZE])
{
	size_t i = *at, first = i, end = 0, n = 0;

	while (i < b.n && b.b[i]) {
		size_t len = b.b[i];

		if (len >= 0xc0) {
			if (i + 1 >= b.n || ((len & 0x3f) << 8 | b.b[i + 1]) >= first)
				return -1;
			end = end ? end : i + 2;
			i = first = (len & 0x3f) << 8 | b.b[i + 1];
		} else {
			if (len >= 0x40 || b.n - i - 1 < len || NAME_SIZE - n < len + 2)
				return -1;
			if (n)
				name[n++] = '.';
			copy_label(name + n, b.b + i + 1, len);
			n += len;
			i += 1 + len;
		}
	}
	if (i >= b.n)
		return -1;
	*at = end ? end : i + 1;
	name[n] = '\0';
	return 0;
}
