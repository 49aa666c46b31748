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
judge 'a trial without its time' 2 '^nbs: --confirm: lacks its value' up --confirm
judge 'a trial of a time that is none' 2 "^nbs: --confirm: 'x': expected a time" up --confirm x
judge 'a trial without end' 2 "^nbs: --confirm: '0': expected time" up --confirm 0
judge 'a trial of what has none' 2 "^nbs: 'check': it has no --confirm" check --confirm 3
judge 'JSON of what has none' 2 "^nbs: 'up': it has no -j" -j up
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
echo '[dummy d]' >"$dir/empty/d.cnf"
judge 'a folder without files' 2 "^$dir/empty: no file in it whose name ends in .conf$" -c "$dir/empty" check
: >"$dir/empty/d.conf"
judge 'a folder with an empty file' 0 '^$' -c "$dir/empty" check
printf 'ip=192.0.2.9:::24::eth0:none ip=nonsense:x\n' >"$dir/line"
judge 'a command line' 0 '^address = 192.0.2.9/24 broadcast +$' cmdline "$dir/line"
judge 'a word that is wrong' 0 "^$dir/line:2: ip=nonsense:x: left out: " cmdline "$dir/line"
judge 'a command line that is not there' 2 "^$dir/none: cannot be read: " cmdline "$dir/none"
judge 'a command line to judge' 0 "left out: 'x'" -K "$dir/line" check
judge 'a command line to judge that is not there' 2 "^$dir/none: cannot be read: " -K "$dir/none" check
judge 'the same, at the end' 2 "^$dir/none: 1 error; nothing was changed" -K "$dir/none" check
judge 'two command lines' 2 'see nbs --help$' cmdline "$dir/line" "$dir/line"
judge 'a drawing' 0 '^graph {$' graph -c "$dir/good.conf"
judge 'a drawing of a bad file' 2 'nothing was changed$' -c "$dir/bad.conf" graph
judge 'a drawing of what runs' 0 '^graph {$' graph -r -c "$dir/bad.conf"
judge 'a drawing of a link' 2 'see nbs --help$' graph -r lo
judge 'what runs where it cannot be asked for' 2 "^nbs: 'check': it has no -r" -r check
judge 'keys' 0 'nbs keys KIND' keys
judge 'keys of a kind' 0 'protocol' keys vlan
judge 'keys as JSON' 0 '^{"key":"protocol",' keys -j vlan
judge 'what has no JSON' 2 "^nbs: 'check': it has no -j; see nbs --help$" -j check
judge 'keys of no kind' 2 "^nbs: 'vlann': no such kind" keys vlann
judge 'a dump of something' 2 'see nbs --help$' dump lo
judge 'a dump of a file' 2 'dump reads no file; see nbs --help$' -c "$dir/good.conf" dump

# The kernel's command line beside files: LINE stands in its place, the folder etc in that
# of /etc, and the only link is lo.
# hears NAME PATTERN LINE ARGUMENT...: plan has such a line; with ! before it, none.
hears() {
	name=$1 pattern=$2 want=yes
	echo "$3" >"$dir/line"
	shift 3
	case $pattern in !*) pattern=${pattern#!} want=no ;; esac
	# shellcheck disable=SC2016 # the inner shell's
	said=$(unshare -mn sh -c 'dir=$1 nbs=$2
		shift 2
		mount -t tmpfs none /run &&
			mount --bind "$dir/line" /proc/cmdline && mount --bind "$dir/etc" /etc &&
			exec "$nbs" "$@" -k plan' sh "$dir" "$(realpath "$nbs")" "$@" 2>&1)
	if [ "$(echo "$said" | grep -qe "$pattern" && echo yes || echo no)" = $want ]; then
		echo "ok $name"
	else
		echo "not ok $name: says '$said'"
		failed=1
	fi
}
mkdir -p "$dir/etc"
printf '[loopback lo]\naddress = 192.0.2.1/24\nmtu = 1000\n' >"$dir/lo.conf"
line='ip=192.0.2.9:::24::lo:none'
if unshare -mn sh -c 'mount -t tmpfs none /run' 2>/dev/null; then
	hears 'a command line alone' 'address add 192.0.2.9/24 .*dev lo' "$line"
	hears 'a command line without a word for nbs' 'no NIC that could ask is there' 'quiet'
	hears 'only words that are wrong' 'no NIC that could ask is there' 'ip=dhpc ip6=eth/0'
	hears 'only words that are wrong are told of' 'line: no ip= that counts, and no file' 'ip=dhpc'
	hears 'a word that asks nothing' '!no NIC that could ask is there' 'ip=off'
	hears 'a wrong word beside one that asks nothing' '!no NIC that could ask is there' 'ip=dhpc ip=none'
	hears 'a wrong word beside a file' '!no NIC that could ask is there' 'ip=dhpc' -c "$dir/lo.conf"
	hears 'a file beside a command line' 'mtu 1000' "$line" -c "$dir/lo.conf"
	hears 'a list takes the place of a list' '!192.0.2.1/24' "$line" -c "$dir/lo.conf"
	hears 'a file beside no word for nbs' 'address add 192.0.2.1/24' 'quiet' -c "$dir/lo.conf"
	hears 'a word that does not fit the file' 'left out: lo: ' 'ip=[2001:db8::1]:::64::lo:none' -c "$dir/lo.conf"
	hears 'nbs.conf=' 'mtu 1000' "$line nbs.conf=$dir/lo.conf"
	hears 'nbs.conf= beside -c' '!mtu 1000' "$line nbs.conf=$dir/lo.conf" -c "$dir/good.conf"
	hears 'nbs.conf= that is not there' "^$dir/none.conf: cannot be read" "$line nbs.conf=$dir/none.conf"
	hears 'nbs.conf= that is not there, at the end' "^$dir/none.conf: 1 error" "$line nbs.conf=$dir/none.conf"
	cp "$dir/lo.conf" "$dir/etc/nbs.conf"
	hears 'the file that is always read' 'mtu 1000' 'quiet'
	hears 'the file that is always read, beside a word' 'address add 192.0.2.9/24' "$line"
else
	echo 'skip the kernel command line: no namespaces here'
fi

# Without root, what is in a namespace that is there is not seen.
# unseen NAME ARGUMENT...: what is said of that, by a file with such a namespace.
unseen() {
	# shellcheck disable=SC2016 # the inner shell's
	unshare -mn sh -c 'mount -t tmpfs none /run && mkdir /run/netns && : >/run/netns/blue &&
		mount --bind /proc/self/ns/net /run/netns/blue &&
		printf "[netns %s]\n" "$2" >/run/conf && cp "$1" /run/program && shift 2 &&
		exec setpriv --reuid 65534 --clear-groups /run/program -c /run/conf "$@"' sh "$nbs" "$@" 2>&1 |
		grep 'only root sees'
}
if unshare -mn sh -c 'mount -t tmpfs none /run && setpriv --reuid 65534 --clear-groups true' 2>/dev/null; then
	for what in plan 'graph -r'; do
		# shellcheck disable=SC2086 # words
		if [ "$(unseen blue $what)" = 'nbs: blue: is there, and only root sees what is in it' ]; then
			echo "ok $what without root"
		else
			echo "not ok $what without root: '$(unseen blue $what)'"
			failed=1
		fi
	done
	if [ -z "$(unseen red plan)" ]; then
		echo 'ok a plan without root and such a namespace'
	else
		echo "not ok a plan without root and such a namespace: '$(unseen red plan)'"
		failed=1
	fi
else
	echo 'skip a plan without root: no namespaces here'
fi

# The kernel's log: a file in its place holds all lines, and their levels.
if unshare -m true 2>/dev/null; then
	yes '[dummy x]' | head -n 12 >"$dir/many.conf"
	: >"$dir/log"
	said=$(unshare -m sh -c 'mount --bind "$1/log" /dev/kmsg && "$2" -l kmsg -c "$1/many.conf" check
		cat "$1/log"' sh "$dir" "$nbs" 2>&1)
	if [ "$(echo "$said" | grep -c '^<3>nbs: .*many.conf')" = 12 ] && [ "$(echo "$said" | wc -l)" = 12 ]; then
		echo 'ok the kernel log holds all'
	else
		echo "not ok the kernel log holds all: '$said'"
		failed=1
	fi
	: >"$dir/log"
	long=$(head -c 2000 /dev/zero | tr '\0' x)
	unshare -m sh -c 'mount --bind "$1/log" /dev/kmsg && "$2" -l kmsg "$3"; "$2" -l kmsg -K "$1/line" check' \
		sh "$dir" "$nbs" "$long" >"$dir/said" 2>&1
	if [ "$(grep -c '^<[36]>nbs: [^n]' "$dir/log")" = "$(grep -c '' "$dir/log")" ] && [ ! -s "$dir/said" ] &&
		grep -q '^<6>nbs: .*line:' "$dir/log" && [ "$(head -n 1 "$dir/log" | wc -c)" -le 992 ]; then
		echo 'ok each of its lines begins with the name'
	else
		echo "not ok each of its lines begins with the name: '$(cat "$dir/log" "$dir/said")'"
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
