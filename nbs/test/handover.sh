#!/bin/sh
# /run/net-NAME.conf and /run/net6-NAME.conf of links with an address of the files: where nbs
# writes them, and when they go.  In a network and a /run of its own.  NBS is the binary.
nbs=$(realpath "${NBS:-build/nbs}")
if ! unshare -mn sh -c 'mount -t tmpfs none /run' 2>/dev/null; then
	echo 'skip handover: no namespaces here'
	exit 0
fi
[ "${1-}" = inside ] || exec unshare -mn sh "$0" inside
mount -t tmpfs none /run
mkdir /run/etc
mount --bind /run/etc /etc
ip link set lo up
ip link add eth0 type veth peer name eth1
ip link set eth1 up
for nic in eth0 eth1; do
	echo 0 >/proc/sys/net/ipv6/conf/$nic/accept_dad
done
failed=0

# up WORD...: with these on the kernel command line; holds NAME FILES: what is there then.
up() {
	echo "$*" >/run/line
	mount --bind /run/line /proc/cmdline
	"$nbs" -q -k up -t 5 >/run/said 2>&1 || echo "not ok up: exit status $?: $(cat /run/said)"
	umount /proc/cmdline
}
holds() {
	files=$(cd /run && for f in net-*.conf net6-*.conf; do [ ! -e "$f" ] || printf ' %s' "$f"; done)
	files=${files# }
	if [ "$files" = "$2" ]; then
		echo "ok $1"
	else
		echo "not ok $1: $files"
		failed=1
	fi
}
# says NAME VALUE: a variable of the file of eth0, as sh(1) reads it.
says() {
	case $1 in
	*6*) file=/run/net6-eth0.conf ;;
	*) file=/run/net-eth0.conf ;;
	esac
	# shellcheck disable=SC1090 # one of the two
	value=$(. $file && eval "echo \"\${$1-none}\"")
	if [ "$value" = "$2" ]; then
		echo "ok $1"
	else
		echo "not ok $1: '$value'"
		failed=1
	fi
}

echo by ipconfig >/run/net-eth9.conf
up ip=192.0.2.10:192.0.2.9:192.0.2.1:255.255.255.0:box:eth0:none:192.0.2.53
holds 'an address of the command line' 'net-eth0.conf net-eth9.conf'
says DEVICE eth0
says PROTO none
says IPV4ADDR 192.0.2.10
says IPV4NETMASK 255.255.255.0
says IPV4GATEWAY 192.0.2.1
says IPV4DNS0 192.0.2.53
says HOSTNAME box
says ROOTSERVER 192.0.2.9
up ip=192.0.2.10:::255.255.255.0::eth1:none
holds 'a link that no longer has one' 'net-eth1.conf net-eth9.conf'
"$nbs" down
holds 'nothing is wanted' 'net-eth9.conf'

six='ip=[2001:db8::10]::[2001:db8::1]:64:box:eth0:none:[2001:db8::53]'
up "$six"
holds 'an IPv6 address' 'net-eth9.conf net6-eth0.conf'
says DEVICE6 eth0
says IPV6PROTO none
says IPV6ADDR 2001:db8::10
says IPV6NETMASK 64
says IPV6GATEWAY 2001:db8::1
says IPV6DNS0 2001:db8::53
says IPV6DNS1 none
says IPV6DOMAINSEARCH ''
up "$six" ip=192.0.2.10:::24::eth0:none
holds 'one of each' 'net-eth0.conf net-eth9.conf net6-eth0.conf'
up ip=192.0.2.10:::24::eth0:none
holds 'the one of IPv6 is no longer wanted' 'net-eth0.conf net-eth9.conf'
up "$six"
printf "# by nbs, of its files\nDEVICE='eth0'\n" >/run/net-eth0.conf
"$nbs" down
holds 'nothing is wanted of IPv6' 'net-eth9.conf'
printf '[nic eth0]\naddress = 192.0.2.10/24\n' >/run/conf
"$nbs" -q -c /run/conf up -t 5
holds 'no command line' 'net-eth9.conf'
up "quiet nbs.conf=/run/conf"
holds 'a file beside a command line' 'net-eth0.conf net-eth9.conf'
exit $failed
