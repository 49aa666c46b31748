# Runs with virtio-net-pci alone.
# The judge itself: it must find equal what is, and every difference there is.

make_topology() {
	ip netns exec "$1" sh -e <<-'E'
	ip link add br0 type bridge forward_delay 0 vlan_filtering 1
	ip link add d0 type dummy
	ip link set d0 master br0
	ip link set br0 up
	ip link set d0 up
	ip link add link d0 name v0 up type vlan id 5
	ip addr add 192.0.2.1/24 dev br0
	ip route add 198.51.100.0/24 via 192.0.2.2
	bridge vlan add dev d0 vid 7
	E
}

differs() {
	if same "$1" a b >/tmp/same; then
		not_ok "$1" "the comparison did not notice"
	else
		ok "$1"
	fi
}

spaces a b
make_topology a
make_topology b
same "two makings are the same" a b

# try NAME DO UNDO: words of a command in namespace b.
try() {
	ip netns exec b sh -c "$2"
	differs "$1"
	ip netns exec b sh -c "$3"
}

try mtu 'ip link set br0 mtu 1400' 'ip link set br0 mtu 1500'
try down 'ip link set br0 down' 'ip link set br0 up; ip route add 198.51.100.0/24 via 192.0.2.2'
try address 'ip addr add 192.0.2.9/24 dev br0' 'ip addr del 192.0.2.9/24 dev br0'
try route 'ip route add 203.0.113.0/24 dev br0' 'ip route del 203.0.113.0/24'
try rule 'ip rule add from 192.0.2.1 table 9' 'ip rule del from 192.0.2.1 table 9'
try bridge-vlan 'bridge vlan add dev d0 vid 8' 'bridge vlan del dev d0 vid 8'
try fdb 'bridge fdb add 02:00:00:00:00:09 dev d0 master static' 'bridge fdb del 02:00:00:00:00:09 dev d0 master'
try neighbour 'ip neigh add 192.0.2.7 lladdr 02:00:00:00:00:07 dev br0' 'ip neigh del 192.0.2.7 dev br0'
try bridge-option 'ip link set br0 type bridge ageing_time 1000' 'ip link set br0 type bridge ageing_time 30000'
try port-option 'bridge link set dev d0 hairpin on' 'bridge link set dev d0 hairpin off'
try vlan-id 'ip link del v0; ip link add link d0 name v0 up type vlan id 6' \
	'ip link del v0; ip link add link d0 name v0 up type vlan id 5'
try forwarding 'echo 1 >/proc/sys/net/ipv4/conf/br0/forwarding' 'echo 0 >/proc/sys/net/ipv4/conf/br0/forwarding'
same "all undone" a b
differs_from_nothing() {
	! same "no such" a nowhere >/tmp/same
}
check "a namespace that is not there equals none" differs_from_nothing
