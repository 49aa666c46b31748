# What cases about nbs dump share, which begin with ". /tests/dump.sh".
# shellcheck shell=sh
# shellcheck disable=SC2046 # lists of namespaces
# shellcheck disable=SC2154 # of lib.sh

# dumped NAME: dump goes into /tmp/told without a complaint; check takes it, and plan has no
# step to take, though it may wait for a carrier.
dumped() {
	nbs dump
	cp /tmp/out /tmp/told
	if [ "$status" != 0 ] || [ -s /tmp/err ]; then
		not_ok "$1: is told" "exit status $status
$(cat /tmp/err)"
		return 1
	fi
	# a running system may have what is likely a slip: without -q it would be told
	if ! nbs -q -c /tmp/told check || [ -s /tmp/err ]; then
		not_ok "$1: check takes what is told" "$(cat /tmp/err /tmp/told)"
		return 1
	fi
	if ! nbs -c /tmp/told plan || [ -s /tmp/err ] || grep -qv '^#' /tmp/out; then
		not_ok "$1: plan has nothing to do" "$(cat /tmp/err /tmp/out /tmp/told)"
		return 1
	fi
	ok "$1: is told"
}

# tells NAME LINE: a line of what is told.
tells() {
	if grep -qxF -e "$2" /tmp/told; then
		ok "$1"
	else
		not_ok "$1" "not told: $2
$(cat /tmp/told)"
	fi
}

# stand FILE: what stands in all namespaces with a name, but for MAC addresses by chance,
# what a bond's active port has of it, who set rules, and whom a hub made hear himself.
stand() {
	facts - $(ls /run/netns 2>/dev/null) |
		sed -E '/"(allmulti|promiscuity|dadfailed)"|"protocol": "static"/d; /"mac": "02:(00|42):/!{/"mac":/d}' >"$1"
}

# without_chance: stdin without the MAC addresses that a kernel made up for bridges: one
# that nbs made keeps its own, which another has only until it has ports.
without_chance() {
	awk '/^\[/ { bridge = /^\[bridge / } !(bridge && /^mac = / && !/02:00:/)'
}

# rebuilt NAME: what is told makes the same again, which /tmp/stood has, and is told so again.
rebuilt() {
	cp /tmp/told /tmp/told.first
	nbs -c /tmp/told.first up -t 20 || :
	case $status in
	0 | 3) ;;
	*) not_ok "$1: up" "exit status $status
$(cat /tmp/err /tmp/told.first)" ;;
	esac
	for try in 1 2 3; do
		stand /tmp/stands
		why=$(diff -U 3 /tmp/stood /tmp/stands) && break
		sleep "$try"
	done
	if [ -z "$why" ]; then
		ok "$1: is made again"
	else
		not_ok "$1: is made again" "before (-) and after (+) differ
$why
$(cat /tmp/told.first)"
	fi
	dumped "$1, again"
	for told in /tmp/told.first /tmp/told; do
		without_chance <$told >$told.sure
	done
	if why=$(diff -U 3 /tmp/told.first.sure /tmp/told.sure); then
		ok "$1: is told as before"
	else
		not_ok "$1: is told as before" "before (-) and after (+) differ
$why"
	fi
}

# goes_round EXAMPLE: up, dump, down, up with what was told, dump, down.
goes_round() {
	nbs -c "/tests/conf/$1.conf" up -t 5 || :
	dumped "$1" || return
	sleep 3 # carriers come, and the kernel makes its addresses
	stand /tmp/stood
	check "$1: down" /sbin/nbs down
	rebuilt "$1"
	check "$1: down again" /sbin/nbs down
}
