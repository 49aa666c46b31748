# What others change is put right, with these steps and no others; what they add
# stays.  A second up sends nothing.
# Runs with virtio-net-pci alone.
# shellcheck shell=sh
status=0

conf <<'E'
[global]
ip-forward = yes
rule = from 198.51.100.0/24 lookup 100 priority 100

[sysctl]
net.ipv4.tcp_syncookies = 0

[bridge br0]
ports = eth0 veth0
stp = no
vlan-filtering = yes
address = 192.0.2.1/24
address = 192.0.2.2/24
address = 192.0.2.3/24
address = 2001:db8::1/64 nodad
gateway = 192.0.2.254
route = 203.0.113.0/24 via 192.0.2.253
route = 2001:db8:1::/48 via 2001:db8::2
neighbor = 192.0.2.253 lladdr 02:00:00:00:00:fd

[nic eth0]
vlans = 1 10-12
pvid = 1
untagged = 1
cost = 50
fdb = 02:00:00:00:00:01 static vlan 10

[nic eth1]
mtu = 1400
rp-filter = 2
proxy-ndp = yes

[bond bond0]
mode = active-backup
ports = eth2 eth3

[vlan bond0.5]
parent = bond0
id = 5
address = 198.51.100.1/24

[netns red]
ip-forward = yes

[veth veth0]
peer = red/eth0

[peer red/eth0]
address = 192.0.2.9/24
gateway = 192.0.2.1

[macvlan red/mv]
parent = eth1
mode = bridge
mac = 02:00:00:00:00:0a
E
exits "up" 0 up -t 20
check "IPv6 is on" wait_for 9 sh -e -c '
	ip addr show dev br0 | grep fe80
	ip addr show dev eth1 | grep fe80
	ip -n red addr show dev mv | grep fe80'
facts - red >/tmp/before

# spied NAME NS... nbs ARG...: nbs sends nothing that changes anything, and nobody
# else is told of a change.  Requests that do not only get have a type whose last
# two bits are not 10, linux/rtnetlink.h; 16 bytes before the message are nlmon's.
spied() {
	name=$1 spies='' at=''
	shift
	while [ "$1" != nbs ]; do
		in_ns "$1" ip link add spy type nlmon
		in_ns "$1" ip link set dev spy up
		at="$at $1"
		shift
	done
	sleep 1
	: >/tmp/spied
	for ns in $at; do
		there=/run/netns/$ns
		[ "$ns" != - ] || there=/proc/self/ns/net
		nsenter "--net=$there" "$(command -v ip)" monitor link address route neigh rule >>/tmp/spied &
		spies="$spies $!"
		nsenter "--net=$there" "$(command -v tcpdump)" -Z root -n -l -U -p -i spy \
			'ether[14:2] = 0 and ether[22] & 1 = 1 and ether[20] & 3 != 2' >>/tmp/spied 2>"/tmp/spy.$ns" &
		spies="$spies $!"
		wait_for 5 grep -q 'listening on' "/tmp/spy.$ns" || not_ok "$name" "no spy: $(cat "/tmp/spy.$ns")"
	done
	"$@" || not_ok "$name" "$(cat /tmp/err)"
	cp /tmp/spied /tmp/heard
	equal "$name sends nothing" '' "$(cat /tmp/heard)"
	for ns in $at; do
		in_ns "$ns" ip link set dev lo alias heard
	done
	# 6865 is "he"
	check "$name: the spies were awake" wait_for 5 sh -c '
		[ "$(grep -c "1: lo:" /tmp/spied)" = 2 ] && [ "$(grep -c "6865 *6172 *64" /tmp/spied)" = 2 ]'
	# shellcheck disable=SC2086 # words
	kill $spies 2>/dev/null
	for ns in $at; do
		in_ns "$ns" ip link del spy
		in_ns "$ns" ip link set dev lo alias ''
	done
}

# heals NAME CHANGE [STEPS]: after the change, commands of sh(1), up takes these
# steps, in the words of plan; none by default.
heals() {
	if ! why=$(sh -e -c "$2" 2>&1); then
		not_ok "$1" "cannot be changed: $why"
		return
	fi
	nbs -v up -t 20 || :
	sed -E 's/^([^ ]+: )+//' /tmp/err >/tmp/steps
	if [ "$status" != 0 ]; then
		not_ok "$1" "exit status $status
$(cat /tmp/err)"
	else
		equal "$1" "${3-}" "$(cat /tmp/steps)"
	fi
	nbs -v up -t 20 || :
	[ ! -s /tmp/err ] || not_ok "$1, and again" "up was to do nothing
$(cat /tmp/err)"
}

heals 'a second up' true
spied "and again" - red nbs up
heals 'a port taken out' 'ip link set dev eth0 nomaster' 'ip link set dev eth0 master br0
ip link set dev eth0 type bridge_slave cost 50
bridge vlan add dev eth0 vid 10-12
bridge fdb add 02:00:00:00:00:01 static master vlan 10 dev eth0'
heals 'a bond port taken out' 'ip link set dev eth2 nomaster' \
	'ip link set dev eth2 master bond0'
heals 'a port of another bridge' 'ip link add br9 type bridge; ip link set dev eth0 master br9; ip link del br9' 'ip link set dev eth0 master br0
ip link set dev eth0 type bridge_slave cost 50
bridge vlan add dev eth0 vid 10-12
bridge fdb add 02:00:00:00:00:01 static master vlan 10 dev eth0'
heals 'a primary address deleted, and its secondaries with it' 'ip addr del 192.0.2.1/24 dev br0' 'ip address add 192.0.2.1/24 dev br0
ip address add 192.0.2.2/24 dev br0
ip address add 192.0.2.3/24 dev br0
ip route add default via 192.0.2.254 dev br0 proto static
ip route add 203.0.113.0/24 via 192.0.2.253 dev br0 proto static
ip neighbour add 192.0.2.253 lladdr 02:00:00:00:00:fd dev br0'
heals 'a secondary address deleted' 'ip addr del 192.0.2.2/24 dev br0' \
	'ip address add 192.0.2.2/24 dev br0'
heals 'an IPv6 address deleted' 'ip addr del 2001:db8::1/64 dev br0' \
	'ip address add 2001:db8::1/64 nodad dev br0'
heals 'a link down' 'ip link set dev br0 down' 'ip address add 2001:db8::1/64 nodad dev br0
ip link set dev br0 up
ip route add default via 192.0.2.254 dev br0 proto static
ip route add 203.0.113.0/24 via 192.0.2.253 dev br0 proto static
ip -6 route add 2001:db8:1::/48 via 2001:db8::2 dev br0 proto static
ip neighbour add 192.0.2.253 lladdr 02:00:00:00:00:fd dev br0'
heals 'a link down, with others on it' 'ip link set dev bond0 down' \
	'ip link set dev bond0 up'
heals 'lo down' 'ip link set dev lo down' 'ip link set dev lo up'
heals 'an mtu' 'ip link set dev eth1 mtu 1500' 'ip link set dev eth1 mtu 1400'
heals 'an mtu too small for IPv6' 'ip link set dev br0 mtu 1000; ip link set dev br0 mtu 1500' 'ip address add 2001:db8::1/64 nodad dev br0
ip -6 route add 2001:db8:1::/48 via 2001:db8::2 dev br0 proto static'
heals 'a route deleted' 'ip route del 203.0.113.0/24' \
	'ip route add 203.0.113.0/24 via 192.0.2.253 dev br0 proto static'
heals 'a route changed' 'ip route replace 203.0.113.0/24 via 192.0.2.252' 'ip route delete 203.0.113.0/24 via 192.0.2.252 dev br0 dsfield 0 table main
ip route add 203.0.113.0/24 via 192.0.2.253 dev br0 proto static'
heals 'an IPv6 route deleted' 'ip route del 2001:db8:1::/48' \
	'ip -6 route add 2001:db8:1::/48 via 2001:db8::2 dev br0 proto static'
heals 'a gateway deleted' 'ip route del default' \
	'ip route add default via 192.0.2.254 dev br0 proto static'
heals 'a rule deleted' 'ip rule del priority 100' \
	'ip rule add from 198.51.100.0/24 pref 100 lookup 100 protocol static'
heals 'a neighbour deleted' 'ip neigh del 192.0.2.253 dev br0' \
	'ip neighbour add 192.0.2.253 lladdr 02:00:00:00:00:fd dev br0'
heals 'a neighbour changed' 'ip neigh replace 192.0.2.253 lladdr 02:00:00:00:00:fe dev br0' 'ip neighbour delete 192.0.2.253 dev br0
ip neighbour add 192.0.2.253 lladdr 02:00:00:00:00:fd dev br0'
heals 'a forwarding entry deleted' 'bridge fdb del 02:00:00:00:00:01 dev eth0 master vlan 10' \
	'bridge fdb add 02:00:00:00:00:01 static master vlan 10 dev eth0'
heals 'a VLAN taken from a port' 'bridge vlan del dev eth0 vid 11' \
	'bridge vlan add dev eth0 vid 11'
heals 'a VLAN given to a port' 'bridge vlan add dev eth0 vid 50 pvid' 'bridge vlan delete dev eth0 vid 50
bridge vlan add dev eth0 vid 1 pvid untagged'
heals 'a setting of a port' 'ip link set dev eth0 type bridge_slave cost 9' \
	'ip link set dev eth0 type bridge_slave cost 50'
heals 'a setting of a bridge' 'ip link set dev br0 type bridge vlan_filtering 0' \
	'ip link set dev br0 type bridge vlan_filtering 1'
heals 'a sysctl' 'sysctl -q -w net.ipv4.tcp_syncookies=1' \
	'sysctl -w net/ipv4/tcp_syncookies=0'
heals 'forwarding' 'sysctl -q -w net.ipv4.ip_forward=0' \
	'sysctl -w net/ipv4/ip_forward=1'
heals 'a setting of IPv4' 'sysctl -q -w net.ipv4.conf.eth1.rp_filter=0' \
	'sysctl -w net/ipv4/conf/eth1/rp_filter=2'
heals 'a setting of IPv6' 'sysctl -q -w net.ipv6.conf.eth1.proxy_ndp=0' \
	'sysctl -w net/ipv6/conf/eth1/proxy_ndp=1'
heals 'a VLAN deleted' 'ip link del bond0.5' 'ip link add link bond0 name bond0.5 type vlan id 5
ip address add 198.51.100.1/24 dev bond0.5
ip link set dev bond0.5 up'
heals 'a bond deleted, with a VLAN on it' 'ip link del bond0' 'ip link add name bond0 type bond mode active-backup miimon 100
ip link add link bond0 name bond0.5 type vlan id 5
ip link set dev eth2 master bond0
ip link set dev eth3 master bond0
ip address add 198.51.100.1/24 dev bond0.5
ip link set dev bond0 up'
heals 'a bridge deleted' 'ip link del br0' 'ip link add name br0 address 52:54:00:12:34:56 type bridge stp_state 0 vlan_filtering 1 forward_delay 0
ip link set dev eth0 master br0
ip link set dev veth0 master br0
ip link set dev eth0 type bridge_slave cost 50
bridge vlan add dev eth0 vid 10-12
ip address add 192.0.2.1/24 dev br0
ip address add 192.0.2.2/24 dev br0
ip address add 192.0.2.3/24 dev br0
ip address add 2001:db8::1/64 nodad dev br0
bridge fdb add 02:00:00:00:00:01 static master vlan 10 dev eth0
ip link set dev br0 up
ip route add default via 192.0.2.254 dev br0 proto static
ip route add 203.0.113.0/24 via 192.0.2.253 dev br0 proto static
ip -6 route add 2001:db8:1::/48 via 2001:db8::2 dev br0 proto static
ip neighbour add 192.0.2.253 lladdr 02:00:00:00:00:fd dev br0'
heals 'a veth deleted' 'ip link del veth0' 'ip link add name veth0 type veth peer name eth0 netns red
ip link set dev veth0 addrgenmode none
ip link set dev veth0 master br0
ip -n red address add 192.0.2.9/24 dev eth0
ip -n red link set dev eth0 up
ip link set dev veth0 up
ip -n red route add default via 192.0.2.1 dev eth0 proto static'
heals 'a macvlan deleted in a namespace' 'ip -n red link del mv' 'ip link add link eth1 name mv address 02:00:00:00:00:0a netns red type macvlan mode bridge
ip -n red link set dev mv up'
heals 'an address deleted in a namespace' 'ip -n red addr del 192.0.2.9/24 dev eth0' 'ip -n red address add 192.0.2.9/24 dev eth0
ip -n red route add default via 192.0.2.1 dev eth0 proto static'
heals 'a link down in a namespace' 'ip -n red link set dev eth0 down' 'ip -n red link set dev eth0 up
ip -n red route add default via 192.0.2.1 dev eth0 proto static'
heals 'a sysctl in a namespace' 'ip netns exec red sysctl -q -w net.ipv4.ip_forward=0' \
	'ip netns exec red sysctl -w net/ipv4/ip_forward=1'
heals 'a far end moved out' 'ip -n red link set dev eth0 netns 1 name stray' 'ip link delete dev veth0
ip link add name veth0 type veth peer name eth0 netns red
ip link set dev veth0 addrgenmode none
ip link set dev veth0 master br0
ip -n red address add 192.0.2.9/24 dev eth0
ip -n red link set dev eth0 up
ip link set dev veth0 up
ip -n red route add default via 192.0.2.1 dev eth0 proto static'
heals 'a namespace deleted' 'ip netns del red; while ip link show dev veth0; do sleep 0.1; done' 'ip netns add red
ip netns exec red sysctl -w net/ipv4/ip_forward=1
ip link add name veth0 type veth peer name eth0 netns red
ip link add link eth1 name mv address 02:00:00:00:00:0a netns red type macvlan mode bridge
ip link set dev veth0 addrgenmode none
ip link set dev veth0 master br0
ip -n red address add 192.0.2.9/24 dev eth0
ip -n red link set dev lo up
ip -n red link set dev mv up
ip -n red link set dev eth0 up
ip link set dev veth0 up
ip -n red route add default via 192.0.2.1 dev eth0 proto static'

facts - red >/tmp/after
equal 'all is as at first' '' "$(diff -U 3 /tmp/before /tmp/after)"

heals 'a port added stays' 'ip link add du9 type dummy; ip link set dev du9 up master br0'
heals 'an address added stays' 'ip addr add 192.0.2.77/24 dev br0; ip addr add 2001:db8::77/64 dev br0'
heals 'a route added stays' 'ip route add 10.9.0.0/16 via 192.0.2.7; ip -6 route add 2001:db8:9::/48 via 2001:db8::9'
heals 'a rule added stays' 'ip rule add from 10.9.0.0/16 lookup 9'
heals 'a neighbour added stays' 'ip neigh add 192.0.2.7 lladdr 02:00:00:00:00:07 dev br0'
heals 'a link added stays' 'ip link add link eth1 name eth1.9 type vlan id 9'
heals 'a setting that the file leaves open stays' 'ip link set dev br0 type bridge ageing_time 100; ip link set dev eth1 alias x'
check 'what was added is there' sh -e -c '
	bridge link | grep -q "du9.*master br0"
	ip addr show dev br0 | grep -q 192.0.2.77/24
	ip addr show dev br0 | grep -q 2001:db8::77/64
	ip route show 10.9.0.0/16 | grep -q 192.0.2.7
	ip rule | grep -q "10.9.0.0/16 lookup 9"
	ip neigh show 192.0.2.7 | grep -q PERMANENT
	ip link show dev eth1.9
	ip -d link show dev br0 | grep -q "ageing_time 100 "'
