# The DHCP servers and what counts their packets, judged with BusyBox's client.
# Runs with e1000 alone.
# shellcheck shell=sh
. /tests/dhcp.sh

cat >/tmp/script <<'E'
#!/bin/sh
[ "$1" = bound ] && ip addr replace "$ip/24" dev "$interface"
env >/tmp/said.udhcpc
E
chmod +x /tmp/script

# client NAME: asks for a lease on v0, and forgets it again.
client() {
	ip addr flush dev v0
	check "$1 gives a lease" busybox udhcpc -f -q -n -i v0 -s /tmp/script -t 10 -T 2
	leased "$1: it is there" - v0
}

# option NAME TEXT
option() {
	check "$1: $2" grep -qxF -e "$2" /tmp/said.udhcpc
}

spaces far
wire - v0 far eth0
ip link set v0 up
for kind in dnsmasq udhcpd dhcpd kea; do
	began=$(now)
	serve $kind far eth0 lease=600 router=192.0.2.1 dns=192.0.2.1,192.0.2.2 mtu=1400 \
		domain=example.org search=a.example,b.example hostname=guest7 \
		routes=198.51.100.0/24,192.0.2.7,0.0.0.0/0,192.0.2.1
	echo "# $kind is ready after $(($(now) - began))/100 s"
	watch - v0
	client $kind
	n=$(watched)
	equal "$kind: packets" 2 "$n"
	for o in router=192.0.2.1 'dns=192.0.2.1 192.0.2.2' domain=example.org lease=600; do
		option $kind "$o"
	done
	unserve $kind
done

serve fake far eth0 text=15:fake.example t1=7
client fake
told "fake hears DISCOVER" fake '^DISCOVER .*list=1,3,' 1 1
told "fake hears REQUEST" fake '^REQUEST .*address=192.0.2.100 server=192.0.2.1 ' 1 1
option fake domain=fake.example
unserve fake

serve fake far eth0 nak
timeout 4 busybox udhcpc -f -q -n -i v0 -s /tmp/script -t 2 -T 1 -A 1 >/tmp/log 2>&1
told "fake refuses" fake '^sent NAK' 1
unserve fake

plug_user
# shellcheck disable=SC2154 # of plug_user
ip link set "$user" up
check "QEMU's lease" busybox udhcpc -f -q -n -i "$user" -s /tmp/script -t 10 -T 2
leased "QEMU's: it is there" - "$user" 10.0.2.15
