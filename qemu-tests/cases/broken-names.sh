# What is in the way: links of others, indexes that are taken, several NICs that fit,
# mistakes, another nbs, a user without rights, a setting that is refused.
# Runs with virtio-net-pci alone.
# shellcheck shell=sh
status=0

# A foreign link of another kind has the name: it is not touched, nor what stands on it.
ip link add br0 type dummy
ip link set dev br0 mtu 1234 up
ip addr add 203.0.113.1/24 dev br0
ip -d addr show dev br0 >/tmp/mine
conf <<'E'
[bridge br0]
mtu = 1300
ports = eth0
address = 192.0.2.1/24

[dummy d0]
address = 198.51.100.1/24

[nic eth0]
mtu = 1400

[vlan br0.5]
parent = br0
id = 5
E
exits "a name that is taken" 1 up -t 5
says "it is said who has it" "br0: a link of that name is there, of kind dummy, and nbs did not make it"
equal "it is not touched" "$(cat /tmp/mine)" "$(ip -d addr show dev br0)"
check "the rest is done" sh -e -c '
	ip addr show dev d0 | grep 198.51.100.1
	ip link show dev eth0 | grep "mtu 1400"'
exits "down leaves it, too" 0 down
equal "it is still not touched" "$(cat /tmp/mine)" "$(ip -d addr show dev br0)"
ip link del br0

# A foreign link of the same kind is taken over, and not deleted.
ip link add br0 type bridge
ip link add link eth0 name v5 type vlan id 6
conf <<'E'
[bridge br0]
address = 192.0.2.1/24

[vlan v5]
parent = eth0
id = 5
E
exits "a VLAN of another id" 1 up -t 5
says "is not made anew" "v5: id of the link that is there cannot be changed, and nbs did not make it"
check "and stays as it is" sh -c 'ip -d link show dev v5 | grep "id 6 "'
check "a bridge of the same kind is used" sh -c 'ip addr show dev br0 | grep 192.0.2.1'
exits "down" 0 down
check "and stays when all is taken back" sh -c 'ip link show dev br0 && ! ip addr show dev br0 | grep 192.0.2.1'
ip link del v5
ip link del br0

# Indexes that others take at the same time.
conf <<'E'
[netns a]
[veth v1]
peer = a/v1
[veth v2]
peer = a/v2
[bridge b1]
ports = v1 v2
[dummy d1]
[dummy d2]
[vlan d1.1]
parent = d1
id = 1
[macvlan a/m1]
parent = d2
E
for round in 1 2 3; do
	i=0
	while [ $i -lt 200 ]; do
		ip link add "t$i" type dummy && ip link del "t$i"
		i=$((i + 1))
	done 2>/dev/null &
	other=$!
	exits "indexes are taken meanwhile ($round)" 0 up -t 9
	exits "down ($round)" 0 down
	kill $other 2>/dev/null
	wait $other 2>/dev/null
done
sleep 0.5
for link in /sys/class/net/t*; do
	[ ! -e "$link" ] || ip link del "${link##*/}"
done

# Loading the module makes a bond0 just when nbs makes one; with it the other modules'.
without_bonding() {
	rmmod bonding
	rmmod dummy
	! grep -E '^(bonding|dummy) ' /proc/modules
}
check "no such module is loaded" without_bonding
conf <<'E'
[bond bond0]
mode = 802.3ad
ports = eth0 eth1
address = 192.0.2.1/24

[vlan bond0.3]
parent = bond0
id = 3
address = 198.51.100.1/24

[dummy dummy0]
mtu = 1400
E
exits "bond0 comes by itself" 0 up -t 20
check "and is ours" sh -e -c '
	grep -q 802.3ad /sys/class/net/bond0/bonding/mode
	[ "$(cat /sys/class/net/bond0/bonding/slaves)" = "eth0 eth1" ]
	ip addr show dev bond0.3 | grep 198.51.100.1
	ip link show dev dummy0 | grep "mtu 1400"'
nbs -v up -t 20 || :
equal "a second up does nothing" '' "$(cat /tmp/err)"
exits "down" 0 down

# Several NICs that fit.
conf <<'E'
[nic wan]
match-name = eth[0-2]
address = 192.0.2.1/24

[nic eth3]
mtu = 1400
E
exits "several fit" 1 up -t 5
says "they are named" "wan: several NICs fit: eth0, eth1, eth2; done to none of them"
equal "in one line" 1 "$(wc -l </tmp/err)"
check "done to none of them" sh -c '! ip link show dev wan && ip link show dev eth0 && ! ip addr | grep 192.0.2.1'
check "the rest is done" sh -c 'ip link show dev eth3 | grep "mtu 1400"'
exits "down" 0 down

# A refusal in the middle hurts only what depends on it.
conf <<'E'
[bond d0]
mtu = 65536
up = yes
alias = one

[dummy d1]
mtu = 1400
alias = two
protodown = yes
rp-filter = 2
address = 192.0.2.1/24
address = 192.0.2.2/24 scope nowhere
route = 203.0.113.0/24 via 198.51.100.9 onlink
route = 10.9.0.0/16 tos 255

[vlan d0.1]
parent = d0
id = 1

[vlan d1.1]
parent = d1
id = 1

[bridge br0]
ports = d0 d1.1
address = 192.0.2.65/26
E
exits "refusals" 1 up -t 9
says "with the line and the kernel's words: a link" ":1: d0: kernel: mtu greater than device maximum (Invalid argument)"
says "an address" ":12: d1: address: kernel: Invalid argument" \
	":12: d1: address: kernel: ipv4: Invalid scope value (Invalid argument)"
says "a setting" ":9: d1: protodown: kernel: Protodown not supported by device (Not supported)"
says "a route" ":14: d1: route: kernel: Invalid dsfield (tos): ECN bits must be 0 (Invalid argument)"
equal "each once" 4 "$(wc -l </tmp/err)"
check "what does not depend on them is done" sh -e -c '
	ip link show dev d1 | grep "mtu 1400"
	ip link show dev d1 | grep "alias two"
	[ "$(cat /proc/sys/net/ipv4/conf/d1/rp_filter)" = 2 ]
	ip addr show dev d1 | grep 192.0.2.1/24
	ip route | grep 203.0.113.0/24
	ip link show dev d1.1 | grep "master br0"
	ip addr show dev br0 | grep 192.0.2.65'
check "what does is not" sh -c '! ip link show dev d0 && ! ip link show dev d0.1'
exits "down" 0 down

# A file with mistakes changes nothing.
conf <<'E'
[nic eth0]
mtu = 1400
address = 192.0.2.1/24

[bridge br0]
ports = eth1

[dummy d0]
mtu = 12
adress = 192.0.2.2/24
gateway = 192.0.2.254
E
state - >/tmp/before
exits "mistakes" 2 up -t 5
equal "all of them are told" 3 "$(grep -c '^/etc/nbs.conf:[0-9]*: ' /tmp/err)"
state - >/tmp/after
equal "and nothing is changed" '' "$(diff -U 1 /tmp/before /tmp/after)"
exits "nor by plan" 2 plan
exits "no file" 2 -c /etc/none.conf up

# Another nbs is at work.
conf <<'E'
[nic eth9]
address = 192.0.2.1/24
E
begins up -t 30
wait_for 5 test -s /run/nbs/lock
sleep 0.5
exits "another nbs is at work" 2 up -t 5
says "which" "another nbs is at work, process $(cat /run/nbs/lock)"
exits "nor down" 2 down
exits "but check" 0 check
exits "and plan" 0 plan
# shellcheck disable=SC2154 # of begins
kill "$nbs"
ends "the other" 3

# A file stands in the place of a namespace.
conf <<'E'
[netns blue]

[dummy blue/d0]

[dummy d1]
E
mkdir -p /run/netns/blue
exits "a directory in the place of a namespace" 1 up -t 5
says "it is named" "blue: /run/netns/blue is a directory"
check "the rest is done" ip link show dev d1
rmdir /run/netns/blue
ip link del d1
: >/run/netns/blue
nbs plan || :
cp /tmp/out /tmp/plan
check "the plan works where an empty file is left" sh -e /tmp/plan
check "the namespace is there" ip -n blue link show dev d0
exits "and nothing is left to do" 0 -v up -t 5
equal "so nothing is done" '' "$(cat /tmp/err)"
ip netns del blue
: >/run/netns/blue
exits "an empty file" 0 up -t 5
check "it is a namespace now" ip -n blue link show dev d0
exits "and goes" 0 down
fails "with its file" test -e /run/netns/blue

# Not root.
mv /etc/passwd /tmp/passwd
echo 'nobody:x:65534:65534::/:/bin/sh' >/etc/passwd
conf <<'E'
[dummy d0]
E
status=0
start-stop-daemon -S -c nobody -x /sbin/nbs -- up -t 5 >/tmp/out 2>/tmp/err || status=$?
equal "not root" 2 "$status"
says "it is said" "root"
equal "in one line" 1 "$(wc -l </tmp/err)"
check "but check" start-stop-daemon -S -c nobody -x /sbin/nbs -- check
mv /tmp/passwd /etc/passwd
