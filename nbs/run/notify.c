#include "run/notify.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

/* Who does not listen is not told: nothing depends on it. */
static void
tell(const char *text)
{
	const char *path = getenv("NOTIFY_SOCKET");
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	size_t n = path ? strlen(path) : 0;
	int fd;

	if (n < 2 || n >= sizeof(a.sun_path) || (*path != '/' && *path != '@'))
		return;
	(void)memcpy(a.sun_path, path, n);
	if (*path == '@') /* the abstract namespace */
		a.sun_path[0] = '\0';
	if ((fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) < 0)
		return;
	(void)sendto(fd, text, strlen(text), MSG_NOSIGNAL,
		(const struct sockaddr *)(const void *)&a,
		(socklen_t)(offsetof(struct sockaddr_un, sun_path) + n));
	(void)close(fd);
}

void
notify_ready(int fd)
{
	tell("READY=1");
	if (fd < 0)
		return;
	(void)!write(fd, "\n", 1);
	(void)close(fd);
}

void
notify_reload(void)
{
	struct timespec t = { 0 };
	char text[64];

	(void)clock_gettime(CLOCK_MONOTONIC, &t); /* as systemd asks of Type=notify-reload */
	(void)snprintf(text, sizeof(text), "RELOADING=1\nMONOTONIC_USEC=%" PRIu64,
		(uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_nsec / 1000); /* fits */
	tell(text);
}

void
notify_stop(void)
{
	tell("STOPPING=1");
}
