/* JSON to the letter, and that what comes out is UTF-8 whatever goes in. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "print/json.h"

static int bad;

static void
judge(const char *what, const char *is, const char *should)
{
	bool good = !strcmp(is, should);

	bad += !good;
	printf("%s %s\n", good ? "ok" : "not ok", what);
	if (!good)
		printf("#   %s\n#   %s\n", is, should);
}

static void
test_text(const char *what, const char *text, const char *should)
{
	char *out = NULL;
	size_t size;
	struct json j = { .f = open_memstream(&out, &size) };

	json_open(&j, NULL, '[');
	json_text(&j, NULL, text);
	json_close(&j, ']');
	(void)fclose(j.f);
	judge(what, out, should);
	free(out);
}

static const struct {
	const char *what, *text, *should;
} texts[] = {
	{ "nothing", NULL, "[]\n" },
	{ "an empty text", "", "[\"\"]\n" },
	{ "quotes", "a\"b\\c/", "[\"a\\\"b\\\\c/\"]\n" },
	{ "control characters", "\x01\n\x1f\x7f", "[\"\\u0001\\u000a\\u001f\\u007f\"]\n" },
	{ "controls of two bytes", "\xc2\x80\xc2\x9b\xc2\xa0", "[\"\\u0080\\u009b\xc2\xa0\"]\n" },
	{ "characters of two, three and four bytes", "\xc3\xa4\xe2\x82\xac\xf0\x9f\x90\xa7",
		"[\"\xc3\xa4\xe2\x82\xac\xf0\x9f\x90\xa7\"]\n" },
	{ "a byte of Latin-1", "\xe4!", "[\"\\u00e4!\"]\n" },
	{ "a character that is cut off", "a\xe2\x82", "[\"a\\u00e2\\u0082\"]\n" },
	{ "longer than it need be", "\xc0\xaf", "[\"\\u00c0\\u00af\"]\n" },
	{ "three bytes for two", "\xe0\x9f\xbf", "[\"\\u00e0\\u009f\\u00bf\"]\n" },
	{ "four bytes for three", "\xf0\x8f\xbf\xbf", "[\"\\u00f0\\u008f\\u00bf\\u00bf\"]\n" },
	{ "half of a pair", "\xed\xa0\x80", "[\"\\u00ed\\u00a0\\u0080\"]\n" },
	{ "beyond the last character", "\xf4\x90\x80\x80", "[\"\\u00f4\\u0090\\u0080\\u0080\"]\n" },
};

static void
test_nest(void)
{
	char *out = NULL;
	size_t size;
	struct json j = { .f = open_memstream(&out, &size) };

	json_open(&j, NULL, '[');
	json_open(&j, NULL, '{');
	json_text(&j, "a", "b");
	json_text(&j, "none", NULL);
	json_number(&j, "n", UINT64_MAX);
	json_open(&j, "l", '[');
	json_bool(&j, NULL, true);
	json_bool(&j, NULL, false);
	json_close(&j, ']');
	json_close(&j, '}');
	json_open(&j, NULL, '{');
	json_close(&j, '}');
	json_close(&j, ']');
	(void)fclose(j.f);
	judge("objects and arrays", out,
		"[{\"a\":\"b\",\"n\":18446744073709551615,\"l\":[true,false]},\n{}]\n");
	free(out);
}

int
main(void)
{
	for (size_t i = 0; i < LEN(texts); i++)
		test_text(texts[i].what, texts[i].text, texts[i].should);
	test_nest();
	return bad > 0;
}
