# A bond over both cables, with a VLAN on it in a bridge: ports that die are noticed.

spaces far
give eth1 far
give eth3 far
ip netns exec far sh -e <<'E'
ip link add sw type bridge forward_delay 0
ip link set eth1 master sw
ip link set eth3 master sw
ip link set sw up
ip addr add 192.0.2.2/24 dev sw
ip link add link sw name sw.42 up type vlan id 42
ip addr add 198.51.100.2/24 dev sw.42
E

active() {
	[ "$(cat /sys/class/net/bond0/bonding/active_slave)" = "$1" ]
}

ups "active-backup" - <<'E'
[bond bond0]
mode = active-backup
primary = eth0
ports = eth0 eth2
address = 192.0.2.1/24

[vlan bond0.42]
parent = bond0
id = 42

[bridge br42]
ports = bond0.42 v0
address = 198.51.100.1/24

[veth v0]
peer = blue/eth0

[netns blue]

[peer blue/eth0]
address = 198.51.100.3/24

[macvlan red/mv]
parent = bond0.43
address = 203.0.113.1/24

[vlan bond0.43]
parent = bond0
id = 43

[netns red]
E
pings "over the bond" - 192.0.2.2
pings "over the VLAN and the bridge" - 198.51.100.2
pings "from the namespace" blue 198.51.100.2
sees "macvlan over VLAN over bond, tagged" far sw 'vlan 43 and arp' ip netns exec red ping -c 1 -W 1 203.0.113.2
check "the primary is in use" wait_for 5 active eth0
host link nic0 off
check "the other takes over" wait_for 10 active eth2
pings "and all works" - 192.0.2.2
pings "in the namespace, too" blue 198.51.100.2
host link nic0 on
check "the primary is back" wait_for 10 active eth0
host link nic2 off
pings "whatever the backup does" blue 198.51.100.2
host link nic2 on
again "after all that, up" -
downs "active-backup" -

# From one mode to the next, while it is up and has its ports.  LACP wants a speed and full
# duplex, which virtio-net does not have by itself.
if [ "$(model)" = virtio-net-pci ]; then
	ethtool -s eth0 speed 1000 duplex full
	ethtool -s eth2 speed 1000 duplex full
fi
for mode in balance-rr balance-xor broadcast 802.3ad balance-tlb balance-alb; do
	conf <<E
[bond bond0]
mode = $mode
ports = eth0 eth2
address = 192.0.2.1/24
E
	exits "$mode" 0 up
	pings "$mode works" - 192.0.2.2
done
again "the last, up" -
host link nic2 off
pings "on one leg" - 192.0.2.2
