#!/bin/sh
# Drawings of the examples, and of names that are none: each link stands in them
# once, and Graphviz reads them.  NBS is the binary.
nbs=${NBS:-build/nbs}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
failed=0

say() {
	if [ "$2" ]; then
		echo "not ok $1: $2"
		failed=1
	else
		echo "ok $1"
	fi
}

# reads NAME NODES: Graphviz reads the drawing, without a word, and finds so many nodes.
reads() {
	if ! command -v dot >/dev/null; then
		echo "skip $1 can be read: no dot here, which is in Debian's graphviz"
		return
	fi
	say "$1 can be read" "$(dot -Tcanon "$dir/drawn" 2>&1 >/dev/null || echo "exit status $?")"
	have=$(dot -Tplain "$dir/drawn" 2>/dev/null | grep -c '^node')
	say "$1 has all nodes" "$([ "$have" = "$2" ] || echo "$have, not $2")"
}

nodes() {
	sed -n 's/^\t*"\(.*\)" \[label=<.*/\1/p' "$dir/drawn" | sort
}

# Both ends of each line.
ends() {
	sed -n 's/^\t"\(.*\)" -- "\(.*\)"\(;\| \[.*\)$/\1\n\2/p' "$dir/drawn" | sort -u
}

links() {
	sed -n 's/^\[\([a-z]*\) \([^]]*\)\].*/\1 \2/p' "$1" | grep -v '^\(netns\|sysctl\) ' | cut -d ' ' -f 2 | sort
}

for f in conf/*.conf; do
	name=${f##*/}
	say "$name is drawn" "$("$nbs" -c "$f" graph 2>&1 >"$dir/drawn" || echo "exit status $?")"
	nodes >"$dir/nodes"
	links "$f" >"$dir/links"
	ends >"$dir/ends"
	say "$name: each link is there" "$(comm -13 "$dir/nodes" "$dir/links")"
	say "$name: each link is there once" "$(uniq -d "$dir/nodes")"
	say "$name: no line ends in nothing" "$(comm -13 "$dir/nodes" "$dir/ends")"
	reads "$name" "$(wc -l <"$dir/nodes")"
done

cat >"$dir/odd.conf" <<'END'
[global]
hostname = \x22>\xff
[dummy "\x5cN<&>]
alias = \x0a</b>\xef\xbf\xbf \xc3\xa4\xe4
[dummy x\xc3\xa4\xff\x01]
alias = \x20
[dummy &amp;]
alias = ]]>--><!--\x5c
[dummy &]
[dummy graph]
[bridge subgraph]
ports = node \x5c "\x5cN<&> {}
[netns \x5c\xff\x22]
[netns -->]
[dummy -->/\x5c]
END
say 'odd names are drawn' "$("$nbs" -c "$dir/odd.conf" graph 2>&1 >"$dir/drawn" || echo "exit status $?")"
reads 'a drawing of odd names' 11
say 'a drawing of odd names is UTF-8' "$(iconv -f UTF-8 -t UTF-8 "$dir/drawn" 2>&1 >/dev/null)"

# The first example of README and the picture of it there: what the nodes say stands in it.
# block N: the Nth indented block below that head.
block() {
	awk -v n="$1" '
	/^A file in ten lines/ { on = 1 }
	on && /^    / && !was { seen++ }
	{ was = /^    / }
	on && was && seen == n { print substr($0, 5) }' README
}
block 1 >"$dir/ten.conf"
block 2 >"$dir/picture"
say 'the first example is drawn' "$("$nbs" -c "$dir/ten.conf" graph 2>&1 >"$dir/drawn" || echo "exit status $?")"
sed -n 's/.*label=<\(.*\)>[],].*/\1/p' "$dir/drawn" | sed 's,<br/>,\n,g' | sed 's/<[^>]*>//g' | sort -u |
while read -r said; do
	grep -qF -e "$said" "$dir/picture" || echo "'$said' is missing"
done >"$dir/missing"
say 'the picture in README says all of it' "$([ -s "$dir/ten.conf" ] && cat "$dir/missing" || echo 'no example there')"
exit $failed
