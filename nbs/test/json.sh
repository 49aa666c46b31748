#!/bin/sh
# What is printed with -j: each member is one that nbs(8) tells of, and what plan -j
# has is what plan has.  NBS is the binary.
nbs=$(realpath "${NBS:-build/nbs}")
schemas=nbs/test/json
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
failed=0

say() {
	if [ "$2" ]; then
		echo "not ok $1: $(echo "$2" | head -n 1)"
		echo "$2" | sed '1d; s/^/#   /'
		failed=1
	else
		echo "ok $1"
	fi
}

# fits SCHEMA FILE: what is wrong with it.
fits() {
	[ -s "$2" ] || echo 'nothing is printed'
	jq -r -f "$schemas/$1.jq" "$2" 2>&1
}

# told FILE: members that nbs(8) does not tell of; those of "what" are keys.
told() {
	jq -r 'walk(if type == "object" then del(.what) else . end) | .. | objects | keys[]' "$1" |
		sort -u | while read -r member; do
		grep -qx "\.It Li $member" nbs/man/nbs.8 || echo "$member: not there"
	done
}

command -v jq >/dev/null || { echo 'skip json: no jq here'; exit; }

"$nbs" keys -j >"$dir/keys"
say 'keys' "$(fits keys "$dir/keys")"
say 'keys in the manual' "$(told "$dir/keys")"
for kind in $(jq -r '.keys[].of' "$dir/keys" | sort -u); do
	"$nbs" keys -j "$kind" >"$dir/kind"
	say "keys $kind" "$(fits keys "$dir/kind")"
	"$nbs" keys "$kind" | sed -n 's/^  \([a-z0-9-][^ ]*\).*/\1/p' | sort >"$dir/names"
	say "keys $kind: the same" "$(jq -r '.keys[] | select(.type != "line").key' "$dir/kind" | sort | diff "$dir/names" -)"
done
say 'keys of no kind' "$("$nbs" keys -j vlann 2>/dev/null)"

# alone COMMAND...: where there is nothing but lo.
alone() {
	# shellcheck disable=SC2016 # the inner shell's
	unshare -mnu sh -c 'mount -t tmpfs none /run && exec "$@"' sh "$@"
}

if ! alone true 2>/dev/null; then
	echo 'skip plan: no namespaces here'
	exit $failed
fi
cat >"$dir/odd.conf" <<'X'
[netns -n]
[veth a"\x5c]
peer = -n/\xc3\xa4
stable-secret = ::1:2
mcast-max-groups = 9
[bridge $(x)]
ports = a"\x5c
[nic late]
dhcp = ipv4
[global]
rule = from 198.51.100.0/24 table 100
resolv-conf = /tmp/a"
dns = 192.0.2.1
X
for f in conf/*.conf "$dir/odd.conf"; do
	name=${f##*/}
	alone "$nbs" -c "$f" plan >"$dir/plain" 2>"$dir/said"
	alone "$nbs" -c "$f" plan -j >"$dir/plan" 2>>"$dir/said"
	say "plan of $name" "$(cat "$dir/said"; fits plan "$dir/plan")"
	say "plan of $name in the manual" "$(told "$dir/plan")"
	sed -n 's/^# ip(8) cannot say: //; /^# /d; s/\( || :\)*  # [^#]*$//p' "$dir/plain" | sort >"$dir/commands"
	say "plan of $name: the same" "$(jq -r '.steps[] | .commands[], ."without-command"[]' "$dir/plan" |
		sort | diff "$dir/commands" -)"
done
say 'a new namespace has a loopback' "$(jq -r '.waits[].section' "$dir/plan" | grep -vx late)"
exit $failed
