# What "nbs keys -j" may print, member by member: see nbs(8).  Says what is wrong.

def members(need; may): (keys - (need + may) | map("\(.): no such member")[]),
	(need - keys | map("\(.): missing")[]);
def is(name; kind): if has(name) and (.[name] | type) != kind then "\(name): not \(kind)" else empty end;
def words(name; list): if has(name) and (.[name] as $w | list | index($w) | not) then "\(name): \(.[name])" else empty end;

def section: members(["section", "named", "link", "meaning"]; ["needs"]), is("section"; "string"),
	words("named"; ["yes", "no", "may"]), is("link"; "boolean"), is("meaning"; "string"),
	words("needs"; ["parent", "peer"]);

def key:
	members(["key", "in", "of", "type", "takes", "meaning", "needed", "list", "repeats", "unnamed",
		"secret", "change"]; ["from", "to", "second-to", "unit", "words", "words-of", "default", "since"]),
	words("in"; ["kind", "port", "link", "global", "netns", "line"]),
	words("type"; ["number", "word", "switch", "time", "text", "name", "link", "mac", "ipv4", "ipv6",
		"ip", "network", "pair", "range", "masked", "server", "client-id", "line", "none"]),
	words("change"; ["live", "down", "no-ports", "anew"]),
	(["key", "of", "takes", "meaning", "unit", "words-of", "default", "since"][] as $n | is($n; "string")),
	(["from", "to", "second-to"][] as $n | is($n; "number")),
	(["needed", "list", "repeats", "unnamed", "secret"][] as $n | is($n; "boolean")),
	if has("from") == has("to") and (.from // 0) <= (.to // 0) then empty else "from and to" end,
	if .words == null or all(.words[]; type == "string") then empty else "words: not of strings" end,
	if .type == "word" and (.words | length) == 0 then "without a word" else empty end;

[ members(["sections", "keys"]; []),
	(.sections[] | "section \(.section): \(section)"),
	(.keys[] | "\(.of) \(.key): \(key)"),
	(.keys | group_by([.in, .of, .key])[] | select(length > 1) | "\(.[0].of) \(.[0].key): twice")
] | .[]
