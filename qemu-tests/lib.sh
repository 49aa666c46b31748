# What a case can use.  A case is a script in qemu-tests/cases; it starts with
# eth0 to eth3 down and bare, no other link, no namespace, and need not tidy up.
# eth0 and eth1 are on one hub, eth2 and eth3 on another.
# shellcheck shell=sh

# -- Results ---------------------------------------------------------------

ok() {
	: >/tmp/said
	echo "ok $CASE: $*"
}

# not_ok NAME WHY: further lines of WHY are shown as comments.
not_ok() {
	: >/tmp/said
	echo "not ok $CASE: $1: $(echo "$2" | head -n 1)"
	echo "$2" | sed '1d; s/^/#   /'
}

skip() {
	: >/tmp/said
	echo "skip $CASE: $1: $2"
}

# check NAME COMMAND...: must succeed; if not, what it said is the reason.
check() {
	name=$1
	shift
	if why=$("$@" 2>&1); then
		ok "$name"
	else
		not_ok "$name" "failed: $*
$why"
		return 1
	fi
}

# fails NAME COMMAND...: must not succeed.
fails() {
	name=$1
	shift
	if why=$("$@" 2>&1); then
		not_ok "$name" "succeeded: $*
$why"
		return 1
	else
		ok "$name"
	fi
}

# equal NAME WANT HAVE
equal() {
	if [ "$2" = "$3" ]; then
		ok "$1"
	else
		not_ok "$1" "wanted: $2
have: $3"
		return 1
	fi
}

# wait_for SECONDS COMMAND...: until it succeeds, for so long at most.
wait_for() {
	deadline=$(($(now) + $1 * 100))
	shift
	until "$@" >/dev/null 2>&1; do
		[ "$(now)" -lt $deadline ] || return 1
		sleep 0.1
	done
}

# Hundredths of a second since boot.
now() {
	cut -d ' ' -f 1 /proc/uptime | tr -d .
}

# -- nbs -------------------------------------------------------------------

# conf [FILE]: keeps stdin as the file that nbs reads, without keys that are newer than the
# kernel, which are said to be skipped.
conf() {
	awk -v out="${1:-/etc/nbs.conf}" -v case="$CASE" '
	BEGIN {
		while ((getline < "/tests/too-new") > 0)
			since[$1] = $2
		printf "" >out
	}
	/^[a-z0-9-]+ *=/ {
		key = $1
		sub(/=.*/, "", key)
		if (key in since) {
			print "skip " case ": " key ": it came with Linux " since[key]
			$0 = "; " $0
		}
	}
	{ print >out }'
}

# older_than VERSION: the kernel is.
older_than() {
	uname -r | awk -F '[.-]' -v than="$1" '{ split(than, v, "."); exit !($1 < v[1] || ($1 == v[1] && $2 < v[2])) }'
}

# What of nbs's tables is newer than the kernel: a key and a version a line.
find_too_new() {
	/sbin/nbs keys -j | sed -n 's/^{"key":"\([^"]*\)".*"since":"\([^"]*\)".*/\1 \2/p' | sort -u |
		while read -r key since; do
			! older_than "$since" || echo "$key $since"
		done >/tests/too-new
}

# nbs ARG...: under a time limit.  Sets $status; stdout is in /tmp/out, stderr
# in /tmp/err, the time it took in $took (hundredths of a second).
nbs() {
	took=$(now)
	status=0
	timeout -s KILL "${NBS_SECONDS:-60}" ${NBS_IN:+nsenter "--net=/run/netns/$NBS_IN"} \
		/sbin/nbs "$@" >/tmp/out 2>/tmp/err || status=$?
	took=$(($(now) - took))
	return $status
}

# nbs_in NS ARG...: nbs, started in a namespace, or in our own if that is -.  Not
# by ip(8), which would hide from us the namespaces that nbs makes.
nbs_in() {
	NBS_IN=${1#-}
	shift
	nbs "$@" || :
	NBS_IN=''
	return $status
}

# exits NAME STATUS ARG...: runs nbs, which must end so.
exits() {
	name=$1 want=$2
	shift 2
	nbs "$@" || :
	if [ $status = "$want" ]; then
		ok "$name"
	else
		not_ok "$name" "exit status $status instead of $want
$(cat /tmp/err)"
		return 1
	fi
}

# within NAME LEAST MOST: nbs took so many hundredths of a second.
within() {
	if [ "$took" -ge "$2" ] && [ "$took" -le "$3" ]; then
		ok "$1"
	else
		not_ok "$1" "took $took/100 s, not $2 to $3"
	fi
}

# begins ARG...: nbs in the background; ends NAME STATUS: it must end so.
begins() {
	timeout -s KILL "${NBS_SECONDS:-60}" /sbin/nbs "$@" >/tmp/out 2>/tmp/err &
	nbs=$! began=$(now)
}

ends() {
	status=0
	wait "$nbs" || status=$?
	took=$(($(now) - began))
	if [ "$status" = "$2" ]; then
		ok "$1"
	else
		not_ok "$1" "exit status $status instead of $2
$(cat /tmp/err)"
		return 1
	fi
}

# says NAME TEXT...: what nbs wrote last to stderr or stdout holds such a text, of this or
# that kernel.
says() {
	name=$1
	shift
	if cat /tmp/err /tmp/out | grep -qF -e "$(printf '%s\n' "$@")"; then
		ok "$name"
	else
		not_ok "$name" "not said: $1
$(cat /tmp/err /tmp/out)"
		return 1
	fi
}

# -- Namespaces and traffic ------------------------------------------------

# spaces NAME...: namespaces with lo up.
spaces() {
	for ns; do
		ip netns add "$ns" && ip -n "$ns" link set lo up || return
	done
}

# in_ns NS COMMAND...: NS may be - for our own.
in_ns() {
	ns=$1
	shift
	if [ "$ns" = - ]; then
		"$@"
	else
		ip netns exec "$ns" "$@"
	fi
}

# give NIC NS [NAME]: the far end of a hub, moved away, up.
give() {
	ip link set "$1" netns "$2" name "${3:-$1}" && ip -n "$2" link set "${3:-$1}" up
}

# pings NAME NS ADDRESS [OPTION...]: is reached within ten seconds.
pings() {
	name=$1 ns=$2 to=$3
	shift 3
	if wait_for 10 in_ns "$ns" ping -n -c 1 -W 1 "$@" "$to"; then
		ok "$name"
	else
		not_ok "$name" "no answer from $to
$(in_ns "$ns" ip -br addr; in_ns "$ns" ip route; in_ns "$ns" ip neigh)"
		return 1
	fi
}

# no_pings NAME NS ADDRESS [OPTION...]: is not reached.
no_pings() {
	name=$1 ns=$2 to=$3
	shift 3
	fails "$name" in_ns "$ns" ping -n -c 2 -i 0.5 -W 1 "$@" "$to"
}

# sees NAME NS DEV FILTER COMMAND...: tcpdump sees such a frame on the device
# while the command runs.
sees() {
	name=$1 ns=$2 dev=$3 filter=$4
	shift 4
	: >/tmp/seen
	: >/tmp/dump
	in_ns "$ns" timeout 15 tcpdump -Z root -n -e -l -U -c 1 -i "$dev" "$filter" >/tmp/seen 2>/tmp/dump &
	dump=$!
	wait_for 5 grep -q 'listening on' /tmp/dump
	"$@" >/dev/null 2>&1 || :
	wait_for 5 test -s /tmp/seen
	kill $dump 2>/dev/null
	wait $dump 2>/dev/null
	if [ -s /tmp/seen ]; then
		ok "$name"
	else
		not_ok "$name" "no frame on $dev for: $filter
$(cat /tmp/dump)"
		return 1
	fi
}

# -- Hardware --------------------------------------------------------------

# host plug MODEL hot0|hot1, host unplug hot0|hot1, host link nic0 on|off.
# It is asked for, not done, when this returns.
host() {
	case $1 in
	plug) : >"/tmp/plugged.$3" ;;
	unplug) rm -f "/tmp/plugged.$2" ;;
	link) : >"/tmp/pulled.$2" ;;
	esac
	echo "@host $*"
}

# The NIC's model in this boot, as QEMU names it.
model() {
	if [ -d /sys/bus/pci/drivers/e1000/0000:00:04.0 ]; then
		echo e1000
	else
		echo virtio-net-pci
	fi
}

# without MODULE COMMAND...: runs it on a kernel that lacks the module.
without() {
	ko=$(find /lib/modules -name "$1.ko")
	if [ -z "$ko" ] || { grep -q "^$1 " /proc/modules && ! rmmod "$1"; }; then
		not_ok without "cannot take away $1"
		return 1
	fi
	shift
	mv "$ko" /tmp/taken.ko
	missing=0
	"$@" || missing=$?
	mv /tmp/taken.ko "$ko"
	return $missing
}

# -- What stands -----------------------------------------------------------

# json COMMAND...: its output, or an empty list where it prints nothing.
json() {
	list=$("$@" 2>/dev/null)
	echo "${list:-[]}"
}

# lists NS: all that ip(8) and bridge(8) tell of a namespace.
lists() {
	if [ "$1" = - ]; then
		set --
	else
		set -- -n "$1"
	fi
	json ip "$@" -d -j link
	json ip "$@" -j addr
	json ip "$@" -j route show table all
	json ip "$@" -6 -j route show table all
	json ip "$@" -j rule
	json ip "$@" -6 -j rule
	json ip "$@" -j neigh show nud permanent
	json ip "$@" -j neigh show proxy
	json ip "$@" -j netconf
	json bridge "$@" -j vlan
	json bridge "$@" -j fdb
}

# facts NS...: the same as sorted JSON, one object for each, without what differs
# between two makings of the same thing.  One jq for all, since it is slow to start.
facts() {
	for ns; do
		lists "$ns"
	done | jq -S -s -f /tests/facts.jq
}

# same NAME NS NS: the two hold the same.
same() {
	rm -f /tmp/facts.1 /tmp/facts.2
	facts "$2" "$3" | awk -v n=1 '{ print >("/tmp/facts." n) } /^}/ { n++ }'
	if [ ! -s /tmp/facts.1 ] || [ ! -s /tmp/facts.2 ]; then
		not_ok "$1" "nothing to compare"
		return 1
	fi
	if why=$(diff -U 3 /tmp/facts.1 /tmp/facts.2); then
		ok "$1"
	else
		not_ok "$1" "$2 (-) and $3 (+) differ
$why"
		return 1
	fi
}

# same_soon NAME NS NS: they do so in a few seconds, when carriers have come and
# the kernel has made its addresses.
same_soon() {
	for try in 1 2 3; do
		same "$@" >/tmp/same && break
		sleep $try
	done
	cat /tmp/same
}

# state [NS]: a namespace, our own if none is named, with its sysctls, to compare
# before with after.
state() {
	facts "${1:--}"
	cat /proc/sys/kernel/hostname
	ls /run/netns
	cat /etc/resolv.conf 2>/dev/null
	at "${1:--}" sysctls
}

# at NS FUNCTION...: like in_ns, for a function of this file.
at() {
	if [ "$1" = - ]; then
		shift
		"$@"
	else
		# The slash keeps BusyBox from taking its own shell, and that its own ip.
		nsenter --net="/run/netns/$1" /bin/sh -c '. /tests/lib.sh; shift; "$@"' sh "$@"
	fi
}

sysctls() {
	grep -r . /proc/sys/net/ipv4/conf /proc/sys/net/ipv6/conf /proc/sys/net/ipv4/ip_forward \
		2>/dev/null | grep -v stable_secret | sort
}

# -- The whole way, for a file ---------------------------------------------

# ups NAME NS: nbs up in a namespace (- is our own) with the file on stdin: all is
# done and ready, and nothing is complained of; then a second up has nothing to do.
ups() {
	ups_once "$@" && again "$1: a second up" "$2"
}

ups_once() {
	conf /etc/nbs.conf
	state "$2" >/tmp/before
	nbs_in "$2" up || :
	if [ $status != 0 ] || [ -s /tmp/err ]; then
		not_ok "$1" "up ends with exit status $status
$(cat /tmp/err)"
		return 1
	fi
	ok "$1"
}

# again NAME NS: up has nothing to do.
again() {
	nbs_in "$2" -v up || :
	if [ $status != 0 ] || [ -s /tmp/err ] || [ -s /tmp/out ]; then
		not_ok "$1" "up ends with exit status $status, and was to do nothing
$(cat /tmp/err /tmp/out)"
		return 1
	fi
	ok "$1 does nothing"
}

# silent NAME NS COMMAND...: while it runs, the kernel tells of no change of links,
# addresses, routes or rules there.
silent() {
	name=$1 ns=$2
	shift 2
	in_ns "$ns" ip monitor link address route rule >/tmp/events 2>&1 &
	monitor=$!
	# Carriers and the kernel's own addresses may still be on their way.
	wait_for 15 no_news
	events=$(wc -l </tmp/events)
	"$@"
	sleep 0.5
	kill $monitor
	wait $monitor 2>/dev/null
	if [ "$(wc -l </tmp/events)" = "$events" ]; then
		ok "$name changes nothing"
	else
		not_ok "$name" "changes
$(tail -n +$((events + 1)) /tmp/events)"
	fi
}

no_news() {
	news=$(wc -l </tmp/events)
	sleep 2.2
	[ "$(wc -l </tmp/events)" = "$news" ]
}

# downs NAME NS: nbs down leaves all as it was before ups.
downs() {
	nbs_in "$2" down || :
	state "$2" >/tmp/after
	if [ $status != 0 ] || [ -s /tmp/err ]; then
		not_ok "$1: down" "exit status $status
$(cat /tmp/err)"
	elif why=$(diff -U 3 /tmp/before /tmp/after); then
		ok "$1: down leaves all as it was"
	else
		not_ok "$1: down" "before (-) and after (+) differ
$why"
	fi
}

# twin NAME A B [C D]...: stdin is a file for nbs, a line of "---", and commands
# that make the same thing.  The commands run in namespace B, nbs works in A; then
# these hold the same, and so do C and D, which the two may have made.
twin() {
	cat >/tmp/twin
	sed '1,/^---$/d' /tmp/twin >/tmp/by-hand
	check "$1, by hand" nsenter --net="/run/netns/$3" /bin/sh -e /tmp/by-hand || return
	sed '/^---$/,$d' /tmp/twin >/tmp/twin.conf
	like_twin "$@" </tmp/twin.conf
}

# like_twin NAME A B [C D]...: stdin is a file that makes in A what the last twin
# made in B by hand.
like_twin() {
	like=$1 in=$2
	ups "$like" "$in"
	shift
	while [ $# -gt 1 ]; do
		same_soon "$like: $1 is as $2" "$1" "$2"
		shift 2
	done
	downs "$like" "$in"
}

# by_sh NAME: the commands of plan are run by sh(1).
by_sh() {
	nbs plan || :
	cp /tmp/out /tmp/commands
	if [ $status != 0 ] || [ -s /tmp/err ]; then
		not_ok "$1" "plan ends with exit status $status
$(cat /tmp/err)"
	elif why=$(/bin/sh -e </tmp/commands 2>&1); then
		ok "$1: sh(1) takes it"
	else
		not_ok "$1: sh(1) does not take it" "$why
$(cat /tmp/commands)"
	fi
	nbs plan || :
	equal "$1: nothing is left to do" '' "$(grep -v '^# waits' /tmp/out; cat /tmp/err)"
	nbs -v up -t 0 || :
	equal "$1: nor for up" '' "$(cat /tmp/out /tmp/err)"
}

# by_hand NAME: the same of a bare machine, which is bare again afterwards.
by_hand() {
	by_sh "$1"
	bare
	bare_sysctls /var/lib/sysctls
}

# -- Between cases, called by init -----------------------------------------

nics_are_back() {
	[ "$(cat /sys/class/net/*/address | grep -c '52:54:00:12:34:5[6-9]')" = 4 ] &&
		[ ! -e /sys/bus/pci/devices/0000:00:02.0 ] && [ ! -e /sys/bus/pci/devices/0000:00:03.0 ]
}

# has_mac MAC: some link of ours has it.
has_mac() {
	grep -q "$1" /sys/class/net/*/address
}

restore_hardware() {
	for i in 0 1; do
		[ -e /tmp/plugged.hot$i ] || continue
		# A guest that has not yet met the NIC would not let go of it either.
		wait_for 10 has_mac "52:54:00:12:34:6$((6 + i))"
		host unplug hot$i
	done
	for pulled in /tmp/pulled.*; do
		[ ! -e "$pulled" ] || echo "@host link ${pulled##*.} on"
	done
}

# Links that have no device beneath them, so that somebody made them.  Sysfs is
# asked since jq takes half a second to start under emulation.
delete_links() {
	for dir in /sys/class/net/*; do
		[ -e "$dir/device" ] || [ "${dir##*/}" = lo ] || ip link del dev "${dir##*/}" 2>/dev/null
	done
}

# A NIC gets its name, address and all that a case may have set, back.
bare_nic() {
	for dir in /sys/bus/pci/devices/0000:00:0$((4 + $1)).0/net/* \
		/sys/bus/pci/devices/0000:00:0$((4 + $1)).0/virtio*/net/*; do
		[ ! -e "$dir" ] || nic=${dir##*/}
	done
	ip link set "$nic" down nomaster
	ip link set "$nic" address 52:54:00:12:34:5$((6 + $1)) mtu 1500 txqueuelen 1000 \
		group default promisc off allmulticast off arp on multicast on alias '' \
		addrgenmode eui64
	ip link show "$nic" | sed -n 's/^ *altname //p' | while read -r alt; do
		ip link property del dev "$nic" altname "$alt"
	done
	ip addr flush dev "$nic" 2>/dev/null
	[ "$nic" = "eth$1" ] || ip link set "$nic" name "eth$1" || ip link set "$nic" name "bare$1"
}

bare_tables() {
	ip link set lo down
	ip addr flush dev lo 2>/dev/null
	for v in -4 -6; do
		ip $v route flush table all 2>/dev/null
		ip $v rule flush
		ip $v rule add pref 32766 table main
	done
	ip -4 rule add pref 32767 table default
	ip neigh flush nud all 2>/dev/null
	ip neigh show proxy | while read -r address _ dev _; do
		ip neigh del proxy "$address" dev "$dev"
	done
}

# Writes back every sysctl that is not as in the file; twice, since some, such
# as ip_forward, change others.
bare_sysctls() {
	for round in 1 2; do
		sysctls >/tmp/sysctls.$round
		diff -U 0 /tmp/sysctls.$round "$1" | sed -n 's/^+\//\//p' |
		while IFS=: read -r path value; do
			echo "$value" >"$path" 2>/dev/null
		done
	done
}

bare() {
	for ns in /run/netns/*; do
		[ ! -e "$ns" ] || ip netns del "${ns##*/}"
	done
	restore_hardware
	delete_links
	wait_for 10 nics_are_back || echo "not ok $CASE: NICs are missing afterwards"
	# Once more, since names may have been swapped.
	for i in 0 1 2 3 0 1 2 3; do
		bare_nic $i 2>/dev/null
	done
	bare_tables
	hostname guest
	rm -rf /run/nbs /run/net-*.conf /run/net6-*.conf /run/udev /etc/nbs.conf /etc/resolv.conf
}

reset_begin() {
	# The first time up is unlike the others: sysctls and queues appear.
	for i in 0 1 2 3; do
		ip link set eth$i up
	done
	CASE=begin bare
	mkdir -p /var/lib
	sysctls >/var/lib/sysctls
	state >/var/lib/state
}

# Everything that still runs is killed; init alone is spared.
reset_state() {
	kill -9 -1
	[ -e /proc/mounts ] || mount -t proc proc /proc
	mount -o remount,rw /run
	bare
	bare_sysctls /var/lib/sysctls
	state >/tmp/state
	if ! why=$(diff -U 3 /var/lib/state /tmp/state); then
		not_ok reset "the guest cannot be brought back
$(echo "$why" | head -n 40)"
	fi
	rm -rf /tmp/*
}
