# The hardware that the other cases rely on: hubs, plugging, pulling.

spaces far
give eth1 far
ip link set eth0 up
ip addr add 192.0.2.1/24 dev eth0
ip -n far addr add 192.0.2.2/24 dev eth1
pings "eth0 reaches eth1" - 192.0.2.2
ip link set eth2 up
sees "frames are seen with their tag" far eth1 'vlan 5' sh -c '
	ip link add link eth0 name v type vlan id 5
	ip link set v up
	ip addr add 198.51.100.1/24 dev v
	ping -c 1 -W 1 198.51.100.2'

gone() {
	! has_mac "$1"
}

for m in e1000 virtio-net-pci; do
	host plug $m hot0
	check "$m is plugged" wait_for 10 has_mac 52:54:00:12:34:66
	host unplug hot0
	check "$m is unplugged" wait_for 10 gone 52:54:00:12:34:66
done

carrier() {
	[ "$(cat "/sys/class/net/$1/carrier")" = "$2" ]
}

host link nic0 off
check "a pulled cable is noticed" wait_for 10 carrier eth0 0
host link nic0 on
check "a cable put back is noticed" wait_for 10 carrier eth0 1
check "modules load by themselves" ip link add ma0 link eth2 type macvlan
fails "a module is taken away" without dummy ip link add d9 type dummy
check "and is back" ip link add d9 type dummy
