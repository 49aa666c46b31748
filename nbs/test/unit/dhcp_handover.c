/*
 * A lease in the words of klibc's ipconfig: as they are written, and as
 * sh(1) reads them, whatever bytes somebody has put into a lease.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"
#include "dhcp/handover.h"
#include "kind/kind.h"
#include "model/link.h"
#include "model/phrase.h"
#include "test/support/lend.h"
#include "test/support/read.h"
#include "test/support/say.h"

enum { SIZE = 4096 };

static char folder[] = "/tmp/nbs-handover-XXXXXX";

static const char *
print_by(void (*print)(FILE *, const struct link *, const struct lease *), const struct lease *l,
	const char *device, struct mem *mem)
{
	struct model *m = model_new(mem);
	const struct link *link = model_link(m, kind_named("nic"), m->spaces, device);
	struct mem_stream s;

	print(mem_open(&s), link, l);
	return mem_close(&s, mem);
}

static const char *
printed(const struct lease *l, const char *device, struct mem *mem)
{
	return print_by(handover_print, l, device, mem);
}

static const char all[] = "DEVICE='eth0'\n"
			  "PROTO='dhcp'\n"
			  "IPV4ADDR='192.0.2.5'\n"
			  "IPV4BROADCAST='192.0.2.255'\n"
			  "IPV4NETMASK='255.255.255.0'\n"
			  "IPV4GATEWAY='192.0.2.1'\n"
			  "IPV4DNS0='192.0.2.53'\n"
			  "IPV4DNS1='192.0.2.54'\n"
			  "IPV4DNS2='8.8.8.8'\n"
			  "IPV4NTP0='192.0.2.123'\n"
			  "HOSTNAME='lent'\n"
			  "DNSDOMAIN='example.org'\n"
			  "NISDOMAIN='yellow'\n"
			  "ROOTSERVER='192.0.2.9'\n"
			  "ROOTPATH='192.0.2.9:/srv/root,ro'\n"
			  "filename='pxe/boot file'\n"
			  "UPTIME='12'\n"
			  "DHCPLEASETIME='3600'\n"
			  "SERVERADDR='192.0.2.1'\n"
			  "DOMAINSEARCH='b.example a.example'\n";

static const char none[] = "DEVICE='eth0'\n"
			   "PROTO='dhcp'\n"
			   "IPV4ADDR='192.0.2.5'\n"
			   "IPV4BROADCAST='192.0.2.255'\n"
			   "IPV4NETMASK='255.255.255.0'\n"
			   "IPV4GATEWAY='0.0.0.0'\n"
			   "IPV4DNS0='0.0.0.0'\n"
			   "IPV4DNS1='0.0.0.0'\n"
			   "HOSTNAME=''\n"
			   "DNSDOMAIN=''\n"
			   "NISDOMAIN=''\n"
			   "ROOTSERVER='192.0.2.1'\n"
			   "ROOTPATH=''\n"
			   "filename=''\n"
			   "UPTIME='0'\n"
			   "DHCPLEASETIME='3600'\n"
			   "SERVERADDR='192.0.2.1'\n"
			   "DOMAINSEARCH=''\n";

static void
test_all(struct mem *mem)
{
	const struct lease *l = lend(mem,
		"taken = 12999\nrouter = 192.0.2.1 192.0.2.2\ndns = 192.0.2.53 192.0.2.54 8.8.8.8\n"
		"ntp = 192.0.2.123\nhostname = lent\ndomain = example.org\nnis-domain = yellow\n"
		"next-server = 192.0.2.9\nroot-path = 192.0.2.9:/srv/root,ro\n"
		"bootfile = pxe/boot file\nsearch = b.example a.example");

	say_same("every variable", all, printed(l, "eth0", mem));
	say_same("no more than an address", none, printed(lend(mem, ""), "eth0", mem));
}

/* Lines that a lease is to have, and the beginning of those that it is not to have. */
static const struct {
	const char *name, *lines, *want, *not ;
} cases[] = {
	{ "a network of 8", "address = 10.1.2.3/8", "\nIPV4NETMASK='255.0.0.0'\n", "-" },
	{ "its broadcast", "address = 10.1.2.3/8", "\nIPV4BROADCAST='10.255.255.255'\n", "-" },
	{ "a network of 25", "address = 192.0.2.5/25", "\nIPV4NETMASK='255.255.255.128'\n", "-" },
	{ "a network of 1", "address = 10.1.2.3/1", "\nIPV4NETMASK='128.0.0.0'\n", "-" },
	{ "its broadcast, of 1", "address = 10.1.2.3/1", "\nIPV4BROADCAST='127.255.255.255'\n",
		"-" },
	{ "a network of 31", "address = 192.0.2.4/31", "\nIPV4NETMASK='255.255.255.254'\n", "-" },
	{ "an address alone", "address = 192.0.2.5/32", "\nIPV4NETMASK='255.255.255.255'\n", "-" },
	{ "its broadcast, alone", "address = 192.0.2.5/32", "\nIPV4BROADCAST='192.0.2.5'\n", "-" },
	{ "one DNS server", "dns = 192.0.2.53",
		"\nIPV4DNS0='192.0.2.53'\nIPV4DNS1='0.0.0.0'\nHOSTNAME", "IPV4DNS2" },
	{ "for ever", "lifetime = forever", "\nDHCPLEASETIME='4294967295'\n", "-" },
	{ "routes", "routes = 10.0.0.0/8=192.0.2.9 0.0.0.0/0=192.0.2.1 198.51.100.7/32",
		"\nIPV4ROUTE0SUBNET='10.0.0.0/8'\nIPV4ROUTE0GATEWAY='192.0.2.9'\n"
		"IPV4ROUTE1SUBNET='0.0.0.0/0'\nIPV4ROUTE1GATEWAY='192.0.2.1'\n"
		"IPV4ROUTE2SUBNET='198.51.100.7/32'\nIPV4ROUTE2GATEWAY='0.0.0.0'\nIPV4DNS0",
		"IPV4GATEWAY" },
};

static void
test_case(size_t i, struct mem *mem)
{
	const char *text = printed(lend(mem, cases[i].lines), "eth0", mem);

	say(strstr(text, cases[i].want) && !strstr(text, cases[i].not ), cases[i].name, "%s", text);
}

/* What the files say, with what they do not: addresses of a lease, of IPv6, not there yet. */
static void
test_gather(struct mem *mem)
{
	static const char text[] =
		"[global]\nhostname = it\ndns = 2001:db8::53 192.0.2.53\n"
		"search = b.example a.example\n"
		"[nic eth0]\nboot-server = 192.0.2.9\n"
		"address = fe80::5/64\naddress = 2001:db8::5/56\naddress = 192.0.2.7/24\n"
		"address = 192.0.2.5/25\ngateway = 2001:db8::1\n"
		"route = 198.51.100.0/24 via 192.0.2.8\ngateway = 192.0.2.1\n";
	static const char want[] = "PROTO='none'\nIPV4ADDR='192.0.2.5'\n"
				   "IPV4BROADCAST='192.0.2.127'\nIPV4NETMASK='255.255.255.128'\n"
				   "IPV4GATEWAY='192.0.2.1'\nIPV4DNS0='192.0.2.53'\n"
				   "IPV4DNS1='0.0.0.0'\nHOSTNAME='it'\nDNSDOMAIN=''\nNISDOMAIN=''\n"
				   "ROOTSERVER='192.0.2.9'\nROOTPATH=''\nfilename=''\nUPTIME='0'\n"
				   "DHCPLEASETIME='0'\nDOMAINSEARCH='b.example a.example'\n";
	static const char want6[] = "DEVICE6='eth0'\nIPV6PROTO='none'\nIPV6ADDR='2001:db8::5'\n"
				    "IPV6NETMASK='56'\nIPV6GATEWAY='2001:db8::1'\n"
				    "IPV6DNS0='2001:db8::53'\n"
				    "IPV6DOMAINSEARCH='b.example a.example'\nHOSTNAME='it'\n";
	struct model *m = read_model(mem, text, "f");
	struct link *l = model_find(m->spaces, "eth0");
	struct link have = { 0 };
	struct mem_stream s;
	struct lease lease;

	say(!handover_gather(&lease, m, l, AF_INET, mem), "an address that is not there",
		"is told");
	l->have = &have;
	for (const struct phrase *p = l->said[ADDRESS]; p; p = p->next) {
		struct phrase *copy = mem_get(mem, sizeof(*copy));

		if (strstr(phrase_text(p, mem), "192.0.2.7"))
			continue;
		*copy = *p;
		copy->next = have.said[ADDRESS];
		have.said[ADDRESS] = copy;
	}
	say(handover_gather(&lease, m, l, AF_INET, mem), "an address that is there", "is not told");
	handover_print(mem_open(&s), l, &lease);
	say_same("an address of the files", mem_printf(mem, "DEVICE='eth0'\n%s", want),
		mem_close(&s, mem));
	say(handover_gather(&lease, m, l, AF_INET6, mem), "one of IPv6", "is not told");
	handover_print6(mem_open(&s), l, &lease);
	say_same("an address of IPv6", want6, mem_close(&s, mem));
	l->said[ADDRESS]->next->next = NULL;
	say(!handover_gather(&lease, m, l, AF_INET, mem), "IPv6 alone", "is told");
	l->said[ADDRESS]->next->leased = true;
	say(!handover_address(l, AF_INET6, true), "a lease of IPv6", "is told");
	say(!handover_address(l, AF_INET6, false), "one that is not there, of a lease", "is told");
}

/* No server has a network of all addresses; who has one by hand gets its mask. */
static void
test_everything(struct mem *mem)
{
	struct lease *l = lend(mem, "");
	const char *text;

	l->address.len = 0;
	text = printed(l, "eth0", mem);
	say(strstr(text, "\nIPV4NETMASK='0.0.0.0'\n") &&
			strstr(text, "\nIPV4BROADCAST='255.255.255.255'\n"),
		"a network of 0", "%s", text);
}

static void
run(char *const argv[], int out)
{
	pid_t pid = fork();
	int status;

	if (!pid && dup2(out, STDOUT_FILENO) >= 0 && dup2(out, STDERR_FILENO) >= 0)
		(void)execv(*argv, argv);
	if (!pid)
		_exit(127);
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		abort();
}

/* What sh(1) says a variable is, after it has read the file. */
static const char *
sourced(const char *text, const char *name, struct mem *mem)
{
	char *path = mem_printf(mem, "%s/net.conf", folder), *answer = mem_get(mem, SIZE),
	     *argv[] = { "/bin/sh", "-c",
		     mem_printf(
			     mem, "cd %s && . ./net.conf && printf '%%s.' \"$%s\"", folder, name),
		     NULL };
	FILE *f = fopen(path, "w"), *said = tmpfile();

	if (!f || !said || fputs(text, f) < 0 || fclose(f) != 0)
		abort();
	run(argv, fileno(said));
	rewind(said);
	answer[fread(answer, 1, SIZE - 1, said)] = '\0';
	(void)fclose(said);
	(void)unlink(path);
	return answer;
}

static const char *const hostile[] = { "'", "''", "'; touch bad; '", "$(touch bad)", "`touch bad`",
	"a\nb", "\n", "'\ntouch bad\n'", "\\", "\\'; touch bad", "a\\", "\"", "$HOME ${HOME}",
	"!! *?[a]~", " a  b ", "\x01\x7f\x80\xff", "#", "a=b;c&d|e>bad<f", "'\"'\"'" };

static const struct {
	const char *variable, *key;
} texts[] = { { "HOSTNAME", "hostname" }, { "DNSDOMAIN", "domain" }, { "NISDOMAIN", "nis-domain" },
	{ "ROOTPATH", "root-path" }, { "filename", "bootfile" }, { "DOMAINSEARCH", "search" } };

/* A lease of which every text is hostile, read by sh(1). */
static void
test_hostile(const char *text, struct mem *mem)
{
	struct lease *l = lend(mem, "");
	const char *file;

	for (size_t i = 0; i < LEN(texts); i++)
		lend_raw(l, texts[i].key, text, mem);
	file = printed(l, text, mem);
	for (size_t i = 0; i < LEN(texts); i++)
		say_same(mem_printf(mem, "%s of hostile bytes", texts[i].variable),
			mem_printf(mem, "%s.", text), sourced(file, texts[i].variable, mem));
	say_same("a device of hostile bytes", mem_printf(mem, "%s.", text),
		sourced(file, "DEVICE", mem));
	file = print_by(handover_print6, l, text, mem);
	say_same("a device of IPv6 of hostile bytes", mem_printf(mem, "%s.", text),
		sourced(file, "DEVICE6", mem));
	say_same("a domain of IPv6 of hostile bytes", mem_printf(mem, "%s.", text),
		sourced(file, "IPV6DOMAINSEARCH", mem));
	say_same("a host of IPv6 of hostile bytes", mem_printf(mem, "%s.", text),
		sourced(file, "HOSTNAME", mem));
	file = printed(l, text, mem);
	say_same(
		"what stands behind hostile bytes", "192.0.2.1.", sourced(file, "SERVERADDR", mem));
	say(access(mem_printf(mem, "%s/bad", folder), F_OK) < 0, "hostile bytes", "are obeyed");
}

static void
test_list(struct mem *mem)
{
	struct lease *l = lend(mem, "");

	lend_raw(l, "search", "a'", mem);
	lend_raw(l, "search", "'b", mem);
	say_same("several of hostile bytes", "a' 'b.",
		sourced(printed(l, "eth0", mem), "DOMAINSEARCH", mem));
}

int
main(void)
{
	struct mem *mem = mem_new();

	if (!mkdtemp(folder))
		abort();
	test_all(mem);
	for (size_t i = 0; i < LEN(cases); i++)
		test_case(i, mem);
	test_everything(mem);
	test_gather(mem);
	for (size_t i = 0; i < LEN(hostile); i++)
		test_hostile(hostile[i], mem);
	test_list(mem);
	(void)unlink(mem_printf(mem, "%s/bad", folder)); /* there only where a test failed */
	(void)rmdir(folder);
	mem_free(mem);
	return say_end();
}
