# What boot waits for, and what not: cables, many NICs, spanning tree, and who comes after.
# shellcheck shell=sh
. /tests/dhcp.sh

carrier() {
	[ "$(cat "/sys/class/net/$1/carrier" 2>/dev/null)" = "$2" ]
}

spaces far
give eth1 far
serve fake far eth1 ip=3:192.0.2.1

# A NIC without a cable beside one with.
ip link set eth2 up
host link nic2 off
wait_for 10 carrier eth2 0
conf <<'E'
[global]
ready = any

[nic eth0]
dhcp = ipv4

[nic eth2]
dhcp = ipv4
E
exits "any of two" 0 up -t 20
within "without waiting for the other" 0 300
leased "the one with a cable" - eth0
exits "down" 0 down
sed -i s/any/all/ /etc/nbs.conf
exits "all of two" 3 up -t 4
leased "all of two: the one has it" - eth0
says "the other is named" "eth2: not ready: no carrier"
exits "down" 0 down
host link nic2 on

# A carrier that takes three seconds.
conf <<'E'
[nic eth0]
dhcp = ipv4
E
ip link set eth0 up
host link nic0 off
wait_for 10 carrier eth0 0
forget fake
begins up
sleep 3
host link nic0 on
ends "a carrier that takes three seconds" 0
# shellcheck disable=SC2154 # of ends
echo "# carrier after 3 s: $took/100 s"
# QEMU's e1000 receives nothing for a second, and tells of the carrier later.
if [ "$(model)" = e1000 ]; then
	within "up ends as soon as it is there" 300 700
else
	within "up ends as soon as it is there" 300 400
	told "and no packet was lost before" fake '^DISCOVER' 1 1
fi

# Up, then hold: nobody notices.
forget fake
ip netns exec far ping -n -i 0.1 -W 1 192.0.2.100 >/tmp/pings 2>&1 &
pinger=$!
sleep 1
hold
sleep 3
kill -INT $pinger
wait $pinger
not_told "hold takes over without a packet" fake '^(DISCOVER|REQUEST)'
check "no ping is lost" grep -q ' 0% packet loss' /tmp/pings || tail -n 3 /tmp/pings
hold_ends KILL
check "killed: the address stays" has_address - eth0 192.0.2.100
pings "and is of use" far 192.0.2.100
exits "down" 0 down
unserve fake

# Four in the time of one: each server takes a second for an answer, and a lease two.
: >/tmp/four
for i in 0 1 2 3; do
	spaces far$i
	wire - v$i far$i eth0
	serve fake far$i eth0 as=f$i pool=192.0.2.11$i delay=1000
	printf '[nic v%s]\ndhcp = ipv4\n\n' $i >>/tmp/four
done
head -n 3 /tmp/four | conf
exits "one of four" 0 up
one=$took
exits "down" 0 down
conf </tmp/four
exits "four" 0 up
echo "# one: $one/100 s, four: $took/100 s"
within "four in the time of one" 0 $((one + 100))
exits "down" 0 down
