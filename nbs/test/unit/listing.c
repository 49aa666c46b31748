/*
 * The lists of keys: what one looks like, to the letter; and of all, that
 * no line is wider than a terminal and no key is missing.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "kind/kind.h"
#include "model/link.h"
#include "model/phrase.h"
#include "print/keys.h"
#include "print/keysjson.h"

static int bad;

static void
say(const char *what, const char *name, bool good)
{
	bad += !good;
	printf("%s %s: %s\n", good ? "ok" : "not ok", name, what);
}

/* What one of them prints; NULL when there is nothing of that name. */
static char *
list(int (*print)(FILE *, const char *), const char *name)
{
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);
	int r = print(f, name);

	(void)fclose(f);
	if (r < 0) {
		free(text);
		return NULL;
	}
	return text;
}

static bool
is_narrow(const char *text)
{
	for (size_t n; *text; text += n + 1)
		if ((n = strcspn(text, "\n")) > 80)
			return false;
	return true;
}

static bool
has_all(const char *text, const char *before, const char *after, const struct table *t)
{
	char row[80];

	for (size_t i = 0; t && i < t->n; i++) {
		(void)snprintf(row, sizeof(row), "%s%s%s", before, t->keys[i].name, after);
		if (!strstr(text, row))
			return false;
	}
	return true;
}

static void
judge(const char *name, const struct table *a, const struct table *b)
{
	char *text = list(print_keys, name), *json = list(keysjson_print, name);

	say("is at most 80 columns wide", name ? name : "all", text && is_narrow(text));
	say("has every key", name ? name : "all",
		text && has_all(text, "\n  ", " ", a) && has_all(text, "\n  ", " ", b));
	say("has every key as JSON", name ? name : "all",
		json && has_all(json, "{\"key\":\"", "\",", a) &&
			has_all(json, "{\"key\":\"", "\",", b));
	free(text);
	free(json);
}

static bool
begins(const char *text, const char *with)
{
	return !strncmp(text, with, strlen(with));
}

static void
judge_json(void)
{
	char *json = list(keysjson_print, "tun"), *hop = list(keysjson_print, "nexthop");

	say("is as expected as JSON", "tun",
		begins(json,
			"{\"sections\":[{\"section\":\"tun\",\"named\":\"yes\",\"link\":true,"
			"\"meaning\":\"a link whose other end is a program that reads and writes packets\"}],\n"
			"\"keys\":[{\"key\":\"owner\",\"in\":\"kind\",\"of\":\"tun\",\"type\":\"number\","
			"\"takes\":\"a number from 0 to 4294967294\",\"from\":0,\"to\":4294967294,"
			"\"meaning\":\"user id that may open it\",\"needed\":false,\"list\":false,"
			"\"repeats\":false,\"unnamed\":false,\"secret\":false,\"change\":\"live\"},\n"));
	say("has no section", "nexthop", begins(hop, "{\"sections\":[],\n"));
	free(json);
	free(hop);
}

int
main(void)
{
	static const struct table *const others[] = {
		&global_keys,
		&netns_keys,
		&common_keys,
		&address_keys,
		&route_keys,
		&hop_keys,
		&rule_keys,
		&neighbor_keys,
		&fdb_keys,
	};
	char *tun = list(print_keys, "tun");

	say("is as expected", "tun",
		!strcmp(tun,
			"[tun NAME]: a link whose other end is a program that reads and writes packets\n"
			"  owner                 user id that may open it\n"
			"                          a number from 0 to 4294967294\n"
			"  group                 group id that may open it\n"
			"                          a number from 0 to 4294967294\n"
			"  no-pi                 packets without four bytes of information before them\n"
			"                          yes or no; default yes; changed by making the link\n"
			"                          anew\n"
			"  vnet-hdr              packets with a virtio header before them\n"
			"                          yes or no; default no; changed by making the link anew\n"
			"  multi-queue           can be opened several times, a queue each\n"
			"                          yes or no; default no; changed by making the link anew\n"
			"\n"
			"The keys of every link: nbs keys link\n"));
	free(tun);
	for (size_t i = 0; i < kinds_len; i++)
		judge(kinds[i]->name, kinds[i]->keys, kinds[i]->ports);
	for (size_t i = 0; i < LEN(others); i++) {
		judge(others[i]->name, others[i], NULL);
		judge(NULL, others[i], NULL);
	}
	judge_json();
	say("is nothing", "vlam", !list(print_keys, "vlam") && !list(keysjson_print, "vlam"));
	return bad > 0;
}
