/* nbs: options, and the way from a file to the network, on one screen. */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "cmdline/cmdline.h"
#include "key/type.h"
#include "print/graph.h"
#include "print/keys.h"
#include "print/keysjson.h"
#include "run/confirm.h"
#include "run/run.h"
#include "run/running.h"
#include "sources.h"

#ifndef VERSION
#define VERSION "unknown"
#endif

/* What a long option without a letter is to getopt_long(3). */
enum { CONFIRM = 256 };

struct options {
	struct sources from;
	enum verbosity verbosity;
	bool kmsg;
	bool json;
	bool running;    /* what is, and not what is wanted */
	long long wait;  /* milliseconds; -1: as the file says */
	long long grace; /* milliseconds for nbs confirm; -1: none is waited for */
	int notify;      /* a descriptor to tell that all is ready; -1: none */
};

static const char usage[] =
	"usage: nbs [-c FILE]... [-k | -K FILE] [-q | -v] [-l stderr|kmsg] COMMAND\n"
	"\n"
	"  up [-t SECONDS] [LINK...]  make it so and wait until ready\n"
	"  up --confirm SECONDS ...   the same, and go back unless confirm comes in time\n"
	"  confirm                    what is waited with may stay\n"
	"  down [LINK...]             undo what is applied\n"
	"  hold [-n FD]               as up, then stay: renew leases, follow what changes\n"
	"  check                      read and judge the file; touches nothing\n"
	"  plan [-j] [LINK...]        what up would do now, as ip(8) commands or JSON\n"
	"  show [-j]                  what is: links, addresses, leases, what is not ready\n"
	"  dump                       the running network as a file\n"
	"  cmdline [FILE]             the kernel command line as a file of nbs\n"
	"  graph [-r]                 the network of the file, or the running one, for Graphviz\n"
	"  keys [-j] [KIND]           every key: what it takes, default, meaning\n"
	"\n"
	"The file is /etc/nbs.conf unless -c names others; without one, DHCP is asked on\n"
	"every physical NIC. -k reads the kernel command line, too, as the last file, and\n"
	"-K one that stands in a file. See nbs(8), nbs.conf(5) and nbs-cmdline(7).\n";

static const char kernel_line[] = "/proc/cmdline";

static int
refuse(const char *text)
{
	diag(NULL, "%s; see nbs --help", text);
	return REFUSED;
}

static int
refuse_word(const char *word, const char *text)
{
	diag(NULL, "'%s': %s; see nbs --help", word, text);
	return REFUSED;
}

static struct model *
read_files(const struct options *o)
{
	return sources_read(&o->from);
}

static int
up(const struct options *o, char **args)
{
	struct model *want = read_files(o);
	long long wait = o->wait;

	if (!want)
		return REFUSED;
	if (wait < 0)
		wait = (long long)value_num(want->vals, "timeout", TIMEOUT);
	return o->grace < 0 ? run_up(want, wait, args) : run_trial(want, wait, args, o->grace);
}

static struct model *
read_again(void *options)
{
	return read_files(options);
}

static int
hold(const struct options *o, char **args)
{
	struct options again = *o;

	if (*args)
		return refuse("hold takes no arguments");
	return run_hold(read_again, &again, o->notify);
}

static int
down(const struct options *o, char **args)
{
	(void)o;
	return run_down(args);
}

static int
confirm(const struct options *o, char **args)
{
	(void)o;
	return *args ? refuse("confirm takes no arguments") : run_confirm();
}

static int
check_files(const struct options *o, char **args)
{
	if (*args)
		return refuse("check takes no arguments");
	if (o->verbosity != QUIET)
		diag_setup(NOTES, o->kmsg);
	return read_files(o) ? DONE : REFUSED;
}

/* Who may not enter a namespace is not told what is in it, but that nothing is. */
static void
warn_unseen(const struct model *want)
{
	char path[256];

	for (const struct netns *n = geteuid() ? want->spaces : NULL; n; n = n->next) {
		const struct origin o = { NULL, 0, n->name, NULL };

		(void)snprintf(path, sizeof(path), "/run/netns/%s", n->name); /* as type_is_name */
		if (*n->name && access(path, F_OK) == 0)
			diag_warn(&o, "is there, and only root sees what is in it");
	}
}

static int
plan(const struct options *o, char **args)
{
	struct model *want = read_files(o);

	if (!want)
		return REFUSED;
	warn_unseen(want);
	return run_plan(want, args, o->json);
}

static int
show(const struct options *o, char **args)
{
	return *args ? refuse("show takes no arguments") : run_show(o->json);
}

static int
dump(const struct options *o, char **args)
{
	if (*args)
		return refuse("dump takes no arguments");
	if (o->from.nfiles || o->from.line)
		return refuse("dump reads no file");
	return run_dump();
}

static int
cmdline(const struct options *o, char **args)
{
	struct conf c = { .mem = mem_new() };
	struct cmdline *k;

	(void)o;
	if (*args && args[1])
		return refuse("cmdline takes one file at most");
	if (!(k = cmdline_open(c.mem, *args ? *args : kernel_line)))
		return REFUSED;
	cmdline_add(k, &c, false);
	cmdline_print(stdout, k, &c);
	return DONE;
}

static int
graph(const struct options *o, char **args)
{
	struct model *m;

	if (*args)
		return refuse("graph takes no arguments");
	m = o->running ? running_read(mem_new()) : read_files(o);
	if (!m)
		return o->running ? FAILED : REFUSED;
	print_graph(stdout, m);
	return DONE;
}

static int
keys(const struct options *o, char **args)
{
	if ((o->json ? keysjson_print : print_keys)(stdout, *args) == 0)
		return DONE;
	diag(NULL, "'%s': no such kind", *args);
	return REFUSED;
}

static const struct command {
	const char *name;
	int (*run)(const struct options *, char **args);
	bool json; /* it can say it as JSON */
} commands[] = {
	{ "up", up, false },
	{ "down", down, false },
	{ "hold", hold, false },
	{ "confirm", confirm, false },
	{ "check", check_files, false },
	{ "plan", plan, true },
	{ "show", show, true },
	{ "dump", dump, false },
	{ "cmdline", cmdline, false },
	{ "graph", graph, false },
	{ "keys", keys, true },
};

static int
read_time(const char *option, long long *to, const char *text)
{
	const struct key *k = key_find(&global_keys, "timeout");
	struct value v = { 0 };

	if (key_parse(k, &v, text, NULL) < 0) {
		diag(NULL, "%s: '%s': expected a time such as 500ms, 30s or 2m", option, text);
		return -1;
	}
	*to = (long long)v.num;
	return 0;
}

static int
read_notify(struct options *o, const char *text)
{
	const char *end;
	uint64_t n;

	if (type_read_digits(&n, text, &end) < 0 || *end || n > INT_MAX ||
		fcntl((int)n, F_GETFD) < 0) {
		diag(NULL, "-n: '%s': expected the number of an open descriptor", text);
		return -1;
	}
	o->notify = (int)n;
	return 0;
}

static int
read_log(struct options *o, const char *text)
{
	o->kmsg = !strcmp(text, "kmsg");
	if (o->kmsg || !strcmp(text, "stderr"))
		return 0;
	diag(NULL, "-l: '%s': expected stderr or kmsg", text);
	return -1;
}

static int
add_file(struct options *o, const char *path)
{
	if (o->from.nfiles == FILES) {
		diag(NULL, "-c: '%s': expected at most %d files; a directory is one", path, FILES);
		return -1;
	}
	o->from.files[o->from.nfiles++] = path;
	return 0;
}

/* Takes one option.  Returns 0, or -1 after reporting. */
static int
take_option(struct options *o, int c, const char *given)
{
	switch (c) {
	case 'h':
		exit(fputs(usage, stdout) < 0);
	case 'V':
		exit(puts("nbs " VERSION) < 0);
	case 'c':
		return add_file(o, optarg);
	case 'k':
		o->from.line = kernel_line;
		return 0;
	case 'K':
		o->from.line = optarg;
		return 0;
	case 'q':
		o->verbosity = QUIET;
		return 0;
	case 'v':
		o->verbosity = VERBOSE;
		return 0;
	case 'l':
		return read_log(o, optarg);
	case 'j':
		o->json = true;
		return 0;
	case 'r':
		o->running = true;
		return 0;
	case 't':
		return read_time("-t", &o->wait, optarg);
	case CONFIRM:
		if (read_time("--confirm", &o->grace, optarg) == 0 && o->grace)
			return 0;
		if (!o->grace)
			diag(NULL, "--confirm: '%s': expected time enough to confirm", optarg);
		return -1;
	case 'n':
		return read_notify(o, optarg);
	default: /* what getopt_long(3) does not know */
		if (optopt == CONFIRM)
			diag(NULL, "--confirm: lacks its value, a time; see nbs --help");
		else if (optopt)
			diag(NULL, "-%c: no such option, or it lacks its value; see nbs --help",
				optopt);
		else
			diag(NULL, "'%s': no such option; see nbs --help", given);
		return -1;
	}
}

/* Options may stand before and after the command.  Returns 0, or -1 after reporting. */
static int
read_options(struct options *o, int argc, char **argv)
{
	static const struct option longs[] = { { "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },
		{ "confirm", required_argument, NULL, CONFIRM }, { 0 } };
	int c;

	opterr = 0;
	while ((c = getopt_long(argc, argv, "c:jkK:qrvl:t:n:", longs, NULL)) != -1)
		if (take_option(o, c, argv[optind - 1]) < 0)
			return -1;
	return 0;
}

int
main(int argc, char **argv)
{
	struct options o = { .verbosity = NORMAL, .wait = -1, .grace = -1, .notify = -1 };
	const struct command *c;
	int status;

	if (read_options(&o, argc, argv) < 0)
		return REFUSED;
	diag_setup(o.verbosity, o.kmsg);
	if (optind == argc)
		return refuse("no command");
	for (c = commands; c < commands + LEN(commands); c++)
		if (!strcmp(c->name, argv[optind]))
			break;
	if (c == commands + LEN(commands))
		return refuse_word(argv[optind], "no such command");
	if (o.grace >= 0 && c->run != up)
		return refuse_word(c->name, "it has no --confirm");
	if (o.json && !c->json)
		return refuse_word(c->name, "it has no -j");
	if (o.running && c->run != graph)
		return refuse_word(c->name, "it has no -r");
	status = c->run(&o, argv + optind + 1);
	return fflush(stdout) == 0 ? status : FAILED;
}
