#!/bin/sh
# How nbs is called, what it says where that is wrong, and how it ends.
# Nothing here reaches the network.  NBS is the binary.
nbs=${NBS:-build/nbs}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
printf '[dummy d]\n' >"$dir/good.conf"
printf '[dummy d]\nmtu = 5\n' >"$dir/bad.conf"
failed=0

# judge NAME STATUS PATTERN ARGUMENT...: how it ends, and a line of what it says.
judge() {
	name=$1 want=$2 pattern=$3
	shift 3
	said=$("$nbs" "$@" 2>&1)
	status=$?
	if [ $status != "$want" ]; then
		echo "not ok $name: exit status $status, expected $want"
	elif ! echo "$said" | grep -qe "$pattern"; then
		echo "not ok $name: says '$said'"
	else
		echo "ok $name"
		return
	fi
	failed=1
}

judge 'help' 0 '^usage: nbs' --help
judge 'version' 0 '^nbs [0-9]' --version
judge 'no command' 2 '^nbs: no command; see nbs --help$'
judge 'a command that is not there' 2 "^nbs: 'upp': no such command; see nbs --help$" upp
judge 'an option that is not there' 2 'see nbs --help$' -x check
judge 'a time that is none' 2 "^nbs: -t: 'soon': expected a time" up -t soon
judge 'a place to complain to that is none' 2 "^nbs: -l: 'nowhere': expected stderr or kmsg" -l nowhere check
judge 'an argument too many' 2 'see nbs --help$' -c "$dir/good.conf" check this
judge 'a good file' 0 '^$' -c "$dir/good.conf" check
judge 'a bad file' 2 "^$dir/bad.conf:2: d: mtu: '5': expected a number from 68 to 65536$" -c "$dir/bad.conf" check
judge 'a bad file, at its end' 2 "^$dir/bad.conf: 1 error; nothing was changed$" -c "$dir/bad.conf" check
judge 'a bad file to bring up' 2 'nothing was changed$' -c "$dir/bad.conf" up
judge 'a bad file to plan' 2 'nothing was changed$' -c "$dir/bad.conf" plan
judge 'a bad file, quietly' 2 "'5': expected" -q -c "$dir/bad.conf" check
judge 'options behind the command' 2 "'5': expected" check -c "$dir/bad.conf"
judge 'a file that is not there' 2 "^$dir/none.conf: cannot be read: " -c "$dir/none.conf" check
judge 'a folder of files' 2 "^$dir/bad.conf:2: " -c "$dir" check
mkdir "$dir/empty"
judge 'a folder without files' 0 '^$' -c "$dir/empty" check
judge 'keys' 0 'nbs keys KIND' keys
judge 'keys of a kind' 0 'protocol' keys vlan
judge 'keys of no kind' 2 "^nbs: 'vlann': no such kind" keys vlann

# The kernel's log: a file in its place holds all lines, and their levels.
if unshare -m true 2>/dev/null; then
	yes '[dummy x]' | head -n 12 >"$dir/many.conf"
	: >"$dir/log"
	said=$(unshare -m sh -c 'mount --bind "$1/log" /dev/kmsg && "$2" -l kmsg -c "$1/many.conf" check
		cat "$1/log"' sh "$dir" "$nbs" 2>&1)
	if [ "$(echo "$said" | grep -c '^<3>.*many.conf')" = 12 ] && [ "$(echo "$said" | wc -l)" = 12 ]; then
		echo 'ok the kernel log holds all'
	else
		echo "not ok the kernel log holds all: '$said'"
		failed=1
	fi
	said=$(unshare -m sh -c 'mount -t tmpfs none /dev && "$2" -l kmsg -c "$1/many.conf" check' \
		sh "$dir" "$nbs" 2>&1)
	if [ "$(echo "$said" | grep -c 'kmsg: .*; messages go to stderr$')" = 1 ] &&
		[ "$(echo "$said" | grep -c '^/.*many.conf')" = 12 ]; then
		echo 'ok no kernel log'
	else
		echo "not ok no kernel log: '$said'"
		failed=1
	fi
else
	echo "skip the kernel log: no mount namespaces here"
fi
exit $failed
