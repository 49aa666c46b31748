/*
 * What is told to who started nbs: by the socket that NOTIFY_SOCKET names,
 * as a path or in the abstract namespace, and by a descriptor.
 */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/mem.h"
#include "run/notify.h"
#include "test/support/say.h"

static char folder[] = "/tmp/nbs-notify-XXXXXX";

/* Listens where a name says; '@' stands for the NUL of an abstract one. */
static int
listen_at(const char *name)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	(void)memcpy(a.sun_path, name, strlen(name));
	if (*name == '@')
		a.sun_path[0] = '\0';
	if (fd < 0 ||
		bind(fd, (const struct sockaddr *)(const void *)&a,
			(socklen_t)(offsetof(struct sockaddr_un, sun_path) + strlen(name))) < 0)
		abort();
	return fd;
}

/* The next message that came; "nothing" where there is none. */
static const char *
heard(int fd)
{
	static char text[256];
	ssize_t n = recv(fd, text, sizeof(text) - 1, 0);

	text[n < 0 ? 0 : n] = '\0';
	return n < 0 ? "nothing" : text;
}

static void
test_socket(const char *name)
{
	int fd = listen_at(name);
	const char *text;

	(void)setenv("NOTIFY_SOCKET", name, 1);
	notify_ready(-1);
	say_same("ready", "READY=1", heard(fd));
	notify_reload();
	text = heard(fd);
	say(!strncmp(text, "RELOADING=1\nMONOTONIC_USEC=", 27) && atoll(text + 27) > 0 &&
			strspn(text + 27, "0123456789") == strlen(text + 27),
		"reload", "%s", text);
	notify_stop();
	say_same("the end", "STOPPING=1", heard(fd));
	say_same("and no more", "nothing", heard(fd));
	(void)close(fd);
}

/* Who does not listen, or is nobody, holds up nothing. */
static void
test_nobody(struct mem *mem)
{
	static char name[200];
	const char *const names[] = { "", "/", "relative", mem_printf(mem, "%s/none", folder),
		memset(name, '/', sizeof(name) - 1) };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		(void)setenv("NOTIFY_SOCKET", names[i], 1);
		notify_ready(-1);
	}
	(void)unsetenv("NOTIFY_SOCKET");
	notify_ready(-1);
	say(true, "nobody listens", " ");
}

/* A newline, and the end: s6's notification-fd. */
static void
test_descriptor(void)
{
	char text[8] = "";
	int fds[2];

	if (pipe(fds) < 0)
		abort();
	notify_ready(fds[1]);
	say(read(fds[0], text, sizeof(text)) == 1 && *text == '\n', "a newline", "something else");
	say(read(fds[0], text, sizeof(text)) == 0, "is the end", "it is left open");
	(void)close(fds[0]);
}

int
main(void)
{
	struct mem *mem = mem_new();
	const char *path;

	if (!mkdtemp(folder))
		abort();
	path = mem_printf(mem, "%s/socket", folder);
	test_socket(path);
	(void)unlink(path);
	test_socket(mem_printf(mem, "@%s", folder));
	test_nobody(mem);
	test_descriptor();
	(void)rmdir(folder);
	mem_free(mem);
	return say_end();
}
