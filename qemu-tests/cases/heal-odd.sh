# What the kernel takes and does not do, or tells otherwise than it was set: up ends,
# and a second one has nothing to do.
# Runs with virtio-net-pci alone.
# shellcheck shell=sh
status=0

quiet() {
	nbs -v up -t 10 || :
	if [ "$status" = 0 ] && [ ! -s /tmp/err ]; then
		ok "$1: a second up has nothing to do"
	else
		not_ok "$1: a second up" "exit status $status
$(cat /tmp/err)"
	fi
}

conf <<'E'
[bridge br0]
stp = no
hello-time = 101
max-age = 601
ageing-time = 12345

[bridge br1]
stp = yes
forward-delay = 200

[bridge br3]
forward-delay = 150
mcast-query-interval = 12501

[bond bond0]
miimon = 100
updelay = 150
downdelay = 299

[bond bond1]
miimon = 70
peer-notify-delay = 100

[dummy d0]
token = 2001:db8::5
arp = yes
mldv1-unsolicited-report-interval = 1005

[vlan d0.7]
parent = d0
id = 7
ingress-qos-map = 0:0 1:1

[macvlan mac0]
parent = d0
mode = source
macaddr = 02:00:00:00:00:02 02:00:00:00:00:01
E
exits "rounded by the kernel" 0 up -t 10
quiet "rounded by the kernel"

# A route's MTU, forgotten by the kernel since the route is remade when its link is
# raised, and settings of links that are down.
conf <<'E'
[bond bond0]
mode = active-backup
miimon = 0
up = no

[dummy d0]
up = no
address = 192.0.2.1/24
address = 2001:db8::1/64

[nic eth0]
up = no
mtu = 1400
E
exits "links that stay down" 0 up -t 10
quiet "links that stay down"

# One that does not do as told: said once, exit 1, and no loop.
conf <<'E'
[dummy d0]
num-tx-queues = 2

[tap tap0]
num-tx-queues = 7
E
exits "not done: says so" 1 up -t 10
says "not done: in these words" "tap0: num-tx-queues: '7': the kernel took it and still has '1'; left so"
equal "not done: once" 1 "$(wc -l </tmp/err)"
within "not done: at once" 0 500

# Another who undoes it all the time: up ends.
conf <<'E'
[nic eth0]
mtu = 1400
address = 192.0.2.1/24
E
while :; do
	ip link set dev eth0 mtu 1500
	ip addr flush dev eth0
done 2>/dev/null &
fighter=$!
nbs up -t 5 || :
kill $fighter
wait $fighter 2>/dev/null
within "a fight ends" 0 900
exits "and is won when the other stops" 0 up -t 10
quiet "afterwards"

# SIGTERM and SIGINT end up as its deadline would.
conf <<'E'
[nic eth9]
address = 192.0.2.9/24

[nic eth0]
mtu = 1300
E
for signal in TERM INT; do
	begins up -t 60
	wait_for 10 sh -c '[ "$(cat /sys/class/net/eth0/mtu)" = 1300 ]'
	sleep 0.3
	# shellcheck disable=SC2034,SC2154 # of begins
	began=$(now)
	# shellcheck disable=SC2154
	kill -$signal "$nbs"
	ends "SIG$signal" 3
	within "SIG$signal at once" 0 100
	says "SIG$signal: what was missing is said" "eth9: not ready: not there"
	ip link set dev eth0 mtu 1500
done

# An end of a veth goes to a container, which has a namespace without a name.
conf <<'E'
[netns red]

[veth v]
peer = w
mtu = 1400

[veth x]
peer = red/y
E
exits "veths" 0 up -t 10
# contains LINK NS: the container has the link.
contains() {
	unshare -n sleep 60 &
	container=$!
	wait_for 5 sh -c "[ \"\$(readlink /proc/$container/ns/net)\" != \"\$(readlink /proc/self/ns/net)\" ]"
	ip ${2:+-n "$2"} link set dev "$1" netns $container
}
for end in w v 'y red'; do
	# shellcheck disable=SC2086 # words
	contains $end
	begins -v hold
	wait_for 5 grep -q 'left there' /tmp/err
	sleep 1
	equal "$end in a container: hold leaves it and says so once" 1 "$(wc -l </tmp/err)"
	check "$end in a container: the pair lives" nsenter -t $container -n "$(command -v ip)" link show dev "${end% *}"
	kill $container
	check "$end in a container: hold makes it again" wait_for 10 ip link show dev v
	check "$end in a container: both ends" wait_for 10 ip -n red link show dev y
	kill -TERM "$nbs"
	ends "$end in a container: hold ends" 0
done
# Others rename the near end, or have a link of the far end's name.
ip link set dev v down
ip link set dev v name z
exits "a near end that is renamed" 0 up -t 10
check "the pair is made again" ip link show dev v
fails "and the old one is gone" ip link show dev z
exits "down without it" 0 down
ip link add other type veth peer name w
exits "a far end's name is taken" 1 up -t 5
says "it is named" "w: a link of that name is there, and nbs did not make it"
equal "once" 1 "$(wc -l </tmp/err)"
ip link del other
exits "it is free" 0 up -t 10

contains w
exits "down" 0 down
fails "the pair is gone" nsenter -t $container -n "$(command -v ip)" link show dev w
kill $container

# Others delete a namespace that holds a NIC, while nbs holds it and asks for a lease there.
conf <<'E'
[netns blue]

[nic blue/eth1]
mtu = 1400
address = 192.0.2.5/24
dhcp = ipv4
required = no

[veth v]
peer = blue/w
E
began_hold() {
	wait_for 10 sh -c 'ip -n blue addr show dev eth1 up | grep 192.0.2.5' &&
		wait_for 10 ip -n blue link show dev w up && ip link show dev v
}
begins hold
check "hold" began_hold
sleep 1
check "others delete the namespace" ip netns del blue
check "hold makes it again, with all that was in it" began_hold
sleep 1
ip link add eth1 type dummy
check "others delete it, and the NIC gets a name of the kernel's" ip netns del blue
check "hold finds it all the same" began_hold
ip link del eth1
kill -TERM "$nbs"
ends "hold ends" 0
exits "down" 0 down
check "the NIC is back" ip link show dev eth1

# What a file no longer names is not kept alive.
ip netns add kept
ip link set dev eth3 netns kept
printf '[netns kept]\n[nic kept/eth3]\nmtu = 1400\n' | conf
begins hold
check "hold in a namespace of others" wait_for 10 sh -c 'ip -n kept link show dev eth3 up | grep "mtu 1400"'
conf </dev/null
kill -HUP "$nbs"
check "hold without it" wait_for 10 sh -c 'ip -n kept link show dev eth3 | grep "mtu 1500"'
ip netns del kept
check "it is gone, and its NIC back" wait_for 10 ip link show dev eth3
kill -TERM "$nbs"
ends "hold ends then" 0
