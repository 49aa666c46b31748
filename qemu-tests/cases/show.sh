# What show says of a machine, and what a terminal is told while up waits.
# Runs with virtio-net-pci alone.
# shellcheck shell=sh
. /tests/dhcp.sh

spaces far
give eth1 far
serve fake far eth1 ip=3:192.0.2.1
conf <<'E'
[nic eth0]
dhcp = ipv4
[nic eth2]
address = 10.3.0.1/24
address = 2001:db8::1/64 nodad
[vlan eth2.7]
parent = eth2
id = 7
[bridge br0]
ports = eth2.7
[netns blue]
[macvlan blue/m0]
parent = eth3
address = 10.8.0.1/24
gateway = 10.8.0.254
[nic none0]
E
exits 'one is missing' 3 up -t 3
exits 'show' 0 show
row() {
	check "$1" grep -qxE -e "$2" /tmp/out
}
row 'a NIC with a lease' 'eth0  *nic  *up  *yes'
row 'the lease' '    192.0.2.[0-9]*/24  default via 192.0.2.1  lease of 192.0.2.1, [0-9a-z ]* left'
row 'addresses' '    10.3.0.1/24  2001:db8::1/64'
row 'a VLAN, a port' 'eth2.7  *vlan  *up  *eth2  *br0  *yes'
row 'what is missing' 'none0  *nic  *missing  *no'
row 'and why' '    not ready: not there'
row 'a namespace' 'netns blue'
row 'a parent elsewhere' 'm0  *macvlan  *up  */eth3  *yes'
check 'within a terminal' sh -c '! grep -E "^.{81}" /tmp/out'

exits 'show -j' 0 show -j
cp /tmp/out /tmp/json
judge() {
	equal "JSON: $1" "$2" "$(jq -c "$3" /tmp/json)"
}
judge 'a lease' '["192.0.2.1",true]' '[.[] | select(.link == "eth0" and .netns == "") | .lease | .server, (.left > 0)][:2]'
judge 'what is ready' '[true,true,true,true,true]' '[.[] | select(.ready) | .ready]'
judge 'what is not' '"not there"' '.[] | select(.ready == false) | .why'
judge 'a parent elsewhere' '["eth3",""]' '.[] | select(.link == "m0") | [.parent, ."parent-netns"]'
judge 'a router' '["10.8.0.254"]' '.[] | select(.link == "m0") | .gateways'
judge 'members are of their types' true 'all(.[]; (.netns, .link, .kind, .state | type == "string")
	and (.state == "missing" or (.index, .mtu | type == "number")))'
judge 'as many links as there are' "$(for n in - far blue; do in_ns $n ip -o link; done | wc -l)" \
	'[.[] | select(.state != "missing")] | length'

# Without a terminal nothing is told of waiting; on one, and in one line.
nbs up -t 2 || :
equal 'no terminal' '/etc/nbs.conf:16: none0: not ready: not there' "$(cat /tmp/err)"
TERM=linux script -q -c '/sbin/nbs up -t 2' /dev/null >/tmp/typed </dev/null
check 'a terminal' grep -q 'waiting, [12] s left; none0: not there' /tmp/typed
equal 'each such line is wiped' "$(grep -o waiting /tmp/typed | wc -l)" "$(grep -o "$(printf '\r\033\[K')" /tmp/typed | wc -l)"
TERM=linux script -q -c '/sbin/nbs show' /dev/null >/tmp/typed </dev/null
check 'colours' grep -q "$(printf '\033')" /tmp/typed
TERM=linux NO_COLOR=1 script -q -c '/sbin/nbs show' /dev/null >/tmp/typed </dev/null
fails 'no colours where they are not wanted' grep -q "$(printf '\033')" /tmp/typed
exits 'down' 0 down
exits 'show, when nothing is applied' 0 show
fails 'then nobody says what is ready' grep -q READY /tmp/out

# Where a pattern asks, the routes of a lease are what they were when it was taken.
rm /etc/nbs.conf
exits 'up without a file' 0 up
exits 'and show' 0 show
row 'the NIC that has a lease is ready' 'eth0  *nic  *up  *yes'
