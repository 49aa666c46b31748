# Leases on whatever stands on a NIC, in whatever namespace, all at once.
# shellcheck shell=sh
. /tests/dhcp.sh

spaces far farther
give eth1 far
give eth3 farther
ip -n far link add link eth1 name eth1.7 type vlan id 7
serve dnsmasq far eth1 as=d1 router=192.0.2.1 dns=192.0.2.1
serve dhcpd far eth1.7 as=d2 server=198.51.100.1 router=198.51.100.1 dns=198.51.100.1
serve kea farther eth3 as=d3 server=203.0.113.1 router=203.0.113.1 dns=203.0.113.1 domain=kea.example

conf <<'E'
[bond bond0]
ports = eth0
mode = active-backup
dhcp = ipv4

[vlan bond0.7]
parent = bond0
id = 7
dhcp = ipv4

[bridge br0]
ports = eth2 to-inner
dhcp = ipv4

[netns blue]

[macvlan blue/mv0]
parent = bond0
mode = bridge
dhcp = ipv4

[veth to-inner]
peer = inner/eth0

[netns inner]

[peer inner/eth0]
dhcp = ipv4
E
exits "five leases at once" 0 up
# shellcheck disable=SC2154 # of exits
echo "# $took/100 s"
check "bond" has_address - bond0 '192.0.2.1[0-9]*'
check "VLAN" has_address - bond0.7 '198.51.100.1[0-9]*'
check "bridge" has_address - br0 '203.0.113.1[0-9]*'
check "macvlan in a namespace" has_address blue mv0 '192.0.2.1[0-9]*'
check "veth over the bridge" has_address inner eth0 '203.0.113.1[0-9]*'
equal "metrics in the order of the file" 'bond0 1000 bond0.7 1010 br0 1020' \
	"$(ip route show default | sed -n 's/.* dev \([^ ]*\) .*metric \([0-9]*\).*/\1 \2/p' | sort -k 2n | xargs)"
pings "the bond's server" - 192.0.2.1
pings "the VLAN's" - 198.51.100.1
pings "the bridge's" - 203.0.113.1
pings "the macvlan's" blue 192.0.2.1
pings "the veth's" inner 203.0.113.1
check "resolv.conf of ours" grep -qx 'nameserver 192.0.2.1' /etc/resolv.conf
check "of the namespace" grep -qx 'nameserver 203.0.113.1' /etc/netns/inner/resolv.conf
check "and none of the other" sh -c '! grep -q 203.0.113.1 /etc/netns/blue/resolv.conf'
lease_says "file of the namespace" inner eth0 "domain = kea.example"
check "klibc's files are for ours" sh -c '[ "$(cd /run && echo net-*.conf)" = "net-bond0.7.conf net-bond0.conf net-br0.conf" ]'
exits "up again" 0 -v up
equal "up again does nothing" "" "$(cat /tmp/out /tmp/err)"
exits "down" 0 down
for d in d1 d2 d3; do
	told "$d has all back" $d 'DHCP(4_)?RELEASE'
done
check "no file is left" sh -c '! ls /etc/netns/*/* /run/nbs/leases/*/* /run/net-*.conf 2>/dev/null'

# The server's word for several clients with one MAC is their identifier.
conf <<'E'
[nic eth0]
dhcp = ipv4

[netns blue]

[macvlan blue/mv0]
parent = eth0
mode = bridge
dhcp = ipv4
E
exits "a NIC and a macvlan on it" 0 up
check "two addresses" [ "$(address_of - eth0)" != "$(address_of blue mv0)" ]
exits "down" 0 down
