# What is on the wire: VLANs, tags in tags, macvlans, bridges and namespaces, with
# another machine at the far end of eth0's cable.

spaces far
give eth1 far
ip netns exec far sh -e <<'E'
ip addr add 192.0.2.2/24 dev eth1
ip addr add 2001:db8:1::2/64 dev eth1 nodad
ip link add link eth1 name v5 up type vlan id 5
ip addr add 10.5.0.2/24 dev v5
ip link add link eth1 name s100 up type vlan proto 802.1ad id 100
ip link add link s100 name c7 up type vlan id 7
ip addr add 10.7.0.2/24 dev c7
E

ups "VLANs, macvlans, a routed namespace" - <<'E'
[global]
ip-forward = yes

[nic eth0]
address = 192.0.2.1/24
address = 2001:db8:1::1/64

[vlan v5]
parent = eth0
id = 5
egress-qos-map = 0:6
address = 10.5.0.1/24

[vlan s100]
parent = eth0
protocol = 802.1ad
id = 100

[vlan c7]
parent = s100
id = 7
address = 10.7.0.1/24

[netns blue]

[netns red]

[netns lonely]

[macvlan blue/mv]
parent = eth0
mode = bridge
address = 192.0.2.20/24

[macvlan red/mv]
parent = eth0
mode = bridge
address = 192.0.2.21/24

[macvlan lonely/mv]
parent = eth0
mode = private
address = 192.0.2.22/24

[veth to-inner]
peer = inner/eth0
address = 10.1.0.1/24

[netns inner]

[peer inner/eth0]
address = 10.1.0.2/24
gateway = 10.1.0.1
E
ip -n far route add 10.1.0.0/24 via 192.0.2.1
pings "plain" - 192.0.2.2
pings "IPv6" - 2001:db8:1::2
pings "VLAN" - 10.5.0.2
pings "tag in tag" - 10.7.0.2
sees "the tag" far eth1 'vlan 5' ping -c 1 -W 1 10.5.0.2
# On this side of the cable: QEMU's e1000 drops the priority.
sees "the tag here" - eth0 'vlan 5 and icmp[icmptype] == icmp-echo' ping -c 1 -W 1 10.5.0.2
equal "with its priority" 'vlan 5, p 6' "$(grep -o 'vlan 5[^0-9]*[0-9]' /tmp/seen)"
sees "both tags" far eth1 'vlan 100 and vlan 7' ping -c 1 -W 1 10.7.0.2
pings "macvlan" blue 192.0.2.2
pings "macvlan to macvlan" blue 192.0.2.21
no_pings "a private macvlan is alone" lonely 192.0.2.20
pings "but not on the network" lonely 192.0.2.2
no_pings "macvlan to its parent" blue 192.0.2.1
pings "forwarded" inner 192.0.2.2
pings "forwarded back" far 10.1.0.2
sed -i 's/ip-forward = yes/ip-forward = no/' /etc/nbs.conf
exits "not to forward any more" 0 up
no_pings "not forwarded" inner 192.0.2.2
pings "still itself" inner 10.1.0.1
no_pings "namespaces without a link between them" red 10.1.0.2
downs "all of it" -

ups "a VLAN-aware bridge" - <<'E'
[bridge br0]
ports = eth0 red blue green
vlan-filtering = yes
vlans = 5
pvid = 5
untagged = 5
address = 10.5.0.1/24

[nic eth0]
vlans = 5 7 20

[veth red]
peer = red/eth0
vlans = 5
pvid = 5
untagged = 5

[veth green]
peer = green/eth0
vlans = 5
pvid = 5
untagged = 5
isolated = yes

[veth blue]
peer = blue/eth0
vlans = 20
pvid = 20
untagged = 20

[netns red]

[netns green]

[netns blue]

[peer red/eth0]
address = 10.5.0.3/24

[peer green/eth0]
address = 10.5.0.4/24

[peer blue/eth0]
address = 10.5.0.5/24
E
pings "the bridge itself" - 10.5.0.2
pings "port to far end" red 10.5.0.2
pings "port to port" red 10.5.0.4
no_pings "other VLAN" blue 10.5.0.2
no_pings "other VLAN here" blue 10.5.0.3
sees "tagged on the trunk" far eth1 'vlan 20' ip netns exec blue ping -c 1 -W 1 10.5.0.9
# Two that are isolated reach all but each other.
sed -i '/^\[veth red\]/a isolated = yes' /etc/nbs.conf
exits "isolated" 0 up
no_pings "isolated ports" red 10.5.0.4
pings "isolated ports reach the others" red 10.5.0.2
pings "and the bridge" green 10.5.0.1
downs "the bridge" -
