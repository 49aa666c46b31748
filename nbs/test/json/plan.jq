# What "nbs plan -j" may print, member by member: see nbs(8).  Says what is wrong.

def members(need; may): (keys - (need + may) | map("\(.): no such member")[]),
	(need - keys | map("\(.): missing")[]);
def is(name; kind): if has(name) and (.[name] | type) != kind then "\(name): not \(kind)" else empty end;
def words(name; list): if has(name) and (.[name] as $w | list | index($w) | not) then "\(name): \(.[name])" else empty end;
def texts(name): if all(.[name][]; type == "string") then empty else "\(name): not of strings" end;

def origin: is("file"; "string"), is("line"; "number"), is("section"; "string"), is("key"; "string"),
	if has("file") == has("line") then empty else "file without line" end;

def peer: members(["netns", "link", "what"]; []), is("netns"; "string"), is("link"; "string"), texts("what");

def step:
	members(["do", "object", "netns", "what", "commands", "without-command"];
		["link", "kind", "peer", "made-anew", "file", "line", "section", "key"]),
	words("do"; ["add", "delete", "change", "move", "rename", "raise", "lower", "join", "leave", "restore", "write"]),
	words("object"; ["netns", "link", "altname", "group", "vlans", "address", "route", "rule", "neighbor", "fdb",
		"sysctl", "hostname", "file"]),
	is("netns"; "string"), is("link"; "string"), is("kind"; "string"), is("made-anew"; "string"),
	is("what"; "object"), texts("what"), texts("commands"), texts("without-command"),
	if (.commands + ."without-command") == [] then "neither a command nor why there is none" else empty end,
	(.peer // empty | "peer: \(peer)"), origin;

def wait: members(["why"]; ["file", "line", "section", "key"]), is("why"; "string"), origin;

[ members(["steps", "waits", "without-command"]; []),
	(.steps | to_entries[] | "step \(.key): \(.value | step)"),
	(.waits[] | "wait: \(wait)"),
	if ."without-command" == ([.steps[]."without-command" | length] | add // 0) then empty
		else "without-command: miscounted" end
] | .[]
