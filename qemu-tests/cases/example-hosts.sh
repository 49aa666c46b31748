# The examples of conf/ for one machine on a network: each does what it says, a
# second up changes nothing, and down takes all of it back.

# begin EXAMPLE
begin() {
	ups_once "$1" - <"/tests/conf/$1.conf"
	silent "$1: a second up" - again "$1: a second up" -
}

# The other machines: on eth0's cable, and on eth2's.
spaces far lan
give eth1 far
give eth3 lan
in_far() {
	ip -n far "$@"
}

in_far addr add 192.0.2.1/24 dev eth1
in_far addr add 2001:db8::1/64 dev eth1 nodad
begin static-server
pings "gateway" - 192.0.2.1
pings "IPv6 gateway" - 2001:db8::1
equal "host name" www "$(hostname)"
equal "name servers" "search example.net
nameserver 192.0.2.53
nameserver 2001:db8::53" "$(cat /etc/resolv.conf)"
downs static-server -

ip netns exec far sysctl -q net.ipv4.ip_forward=1
in_far addr flush dev eth1
in_far addr add 192.0.2.1/30 dev eth1
in_far addr add 2001:db8:ffff::1/64 dev eth1 nodad
in_far route add 198.51.100.0/24 via 192.0.2.2
in_far route add 203.0.113.0/24 via 192.0.2.2
in_far route add 2001:db8:1::/64 via 2001:db8:ffff::2
ip -n lan addr add 198.51.100.7/24 dev eth3
ip -n lan addr add 2001:db8:1::7/64 dev eth3 nodad
ip -n lan addr add 203.0.113.1/32 dev lo
ip -n lan route add default via 198.51.100.1
ip -n lan route add default via 2001:db8:1::1
ip -n lan addr add 198.51.100.254/24 dev eth3
begin router
pings "through it" lan 192.0.2.1
pings "through it, IPv6" lan 2001:db8:ffff::1
pings "back, to a network behind" far 203.0.113.1
no_pings "private addresses stay here" lan 10.1.2.3
downs router -

in_far addr flush dev eth1
in_far addr add 192.0.2.1/24 dev eth1
begin qemu-host
pings "over the bridge" - 192.0.2.1
equal "the bridge has the NIC's address" "$(cat /sys/class/net/eth0/address)" "$(cat /sys/class/net/br0/address)"
downs qemu-host -

in_far link add link eth1 name v5 up type vlan id 5
in_far addr flush dev eth1
in_far addr add 192.0.2.1/24 dev v5
begin proxmox-like
pings "tagged" - 192.0.2.1
downs proxmox-like -

# Both of its NICs are on one cable.
ip netns del far
wait_for 5 has_mac 52:54:00:12:34:57
begin bonded-host
check "both are in the bond" grep -q eth0 /sys/class/net/bond0/bonding/slaves
downs bonded-host -
