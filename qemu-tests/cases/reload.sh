# A running host is changed in place: what does not use what changes loses no packet.
# Runs with virtio-net-pci alone.
# shellcheck shell=sh disable=SC1003,SC2154 # sed's lines; of dhcp.sh
. /tests/dhcp.sh

for ns in a b c; do
	ip netns add $ns
	ip link add name v$ns type veth peer name e netns $ns
	ip -n $ns link set lo up
	ip -n $ns link set e up
done
ip -n a addr add 10.1.0.1/24 dev e
ip -n b addr add 10.1.0.2/24 dev e
ip -n c addr add 10.2.0.2/24 dev e

file() {
	sed "$1" <<-'E' | conf
	[global]
	ip-forward = yes
	[bridge br0]
	ports = va vb
	address = 10.1.0.254/24
	address = 10.9.0.1/24
	route = 10.77.0.0/16 via 10.1.0.1
	[nic va]
	[nic vb]
	cost = 50
	[nic vc]
	address = 10.2.0.1/24
	[bond bond0]
	mode = active-backup
	ports = eth0 eth1
	[vlan bond0.7]
	parent = bond0
	id = 7
	address = 10.7.0.1/24
	E
}
file ''
hold
wait_for 10 ip netns exec a ping -c 1 -W 1 10.1.0.2
wait_for 10 ip -n c link show dev e up

# Flows: over the bridge from port to port, to the host by it, and through the host.
ip -n a route add 10.2.0.0/24 via 10.1.0.254
ip -n c route add 10.1.0.0/24 via 10.2.0.1
wait_for 10 ip netns exec a ping -c 1 -W 1 10.2.0.2
ping_to() {
	ip netns exec a ping -q -n -i 0.01 -w 60 "$1" >"/tmp/ping.$1" 2>&1 &
	pings="$pings $!"
}
pings=''
for to in 10.1.0.2 10.1.0.254 10.2.0.2; do
	ping_to $to
done
ip -o monitor link address route >/tmp/events &
monitor=$!
sleep 1

# reloads NAME SED CHECK...: another file, until something is true.
reloads() {
	name=$1
	file "$2"
	shift 2
	kill -HUP "$holder"
	if wait_for 10 "$@"; then
		ok "$name"
	else
		not_ok "$name" "$(cat /tmp/hold.err)"
	fi
}
no() {
	! "$@"
}
prints() {
	pattern=$1
	shift
	"$@" | grep -q "$pattern"
}
reloads 'an address' 's,10.9.0.1/24,10.9.0.2/24,' prints 10.9.0.2 ip addr show dev br0
reloads 'a route' 's,10.77.0.0/16,10.78.0.0/16,' prints 10.78 ip route
reloads 'another router' 's,via 10.1.0.1,via 10.1.0.2,' prints 'via 10.1.0.2' ip route
reloads 'a port more' 's/ports = va vb/ports = va vb eth2/' prints 'master br0' ip link show dev eth2
reloads 'and less' '' no prints 'master br0' ip link show dev eth2
reloads 'the cost of a port' 's/cost = 50/cost = 51/' prints 'cost 51' bridge -d link show dev vb
reloads 'the number of a VLAN' 's/id = 7/id = 8/' prints 'id 8 ' ip -d link show dev bond0.7
reloads 'all back' '' prints 'id 7 ' ip -d link show dev bond0.7
sleep 1
# shellcheck disable=SC2086 # numbers
kill -INT $pings
kill $monitor
sleep 0.5
for to in 10.1.0.2 10.1.0.254 10.2.0.2; do
	check "nothing is lost to $to: $(grep -o '^[0-9]* packets' "/tmp/ping.$to")" \
		grep -qE '^[1-9][0-9]{2,} packets.* 0% packet loss' "/tmp/ping.$to"
done
check 'what did not change was not touched' sh -c '! grep -e "Deleted.*10.1.0.254" -e "Deleted.* br0:" \
	-e "Deleted.* v[ab]@" -e "10.2.0.1" /tmp/events'
hold_ends
equal 'nobody complained' '' "$(cat /tmp/hold.err)"

# A file that gives way to another before it was ready is taken back as well.
late() {
	printf '%s\n' 's/ports = va vb/ports = va vb eth3/' '$a\' '[nic none0]\' "[veth $1]\\" "peer = $2"
}
file "$(late vx vy)"
hold
wait_for 10 prints 'master br0' ip link show dev eth3
reloads 'before it was ready: another link' "$(late vw vz)" prints . ip link show dev vw
check 'the first one goes' no ip link show dev vx
reloads 'and then the other' '' no ip link show dev vw
reloads 'so do ports' '' no prints 'master br0' ip link show dev eth3
reloads 'a VLAN is made anew' 's/id = 7/id = 9/' prints 'id 9 ' ip -d link show dev bond0.7
hold_ends
equal 'nobody complained of that' '' "$(cat /tmp/hold.err)"
