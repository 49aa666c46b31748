# VLANs: both protocols, flags, QoS maps; on a NIC, a dummy, each other, and
# across namespaces.

spaces a b
ip link set eth0 netns a
ip link set eth2 netns b name eth0

twin "VLANs" a b blue blue2 <<'E'
[vlan eth0.5]
parent = eth0
id = 5
ingress-qos-map = 1:2 7:6
egress-qos-map = 0:1 3:7
egress-qos-map = 4:4
address = 192.0.2.5/24
mac = 02:00:00:00:00:05

[vlan top]
parent = eth0.5
id = 4094

[vlan s]
parent = d0
protocol = 802.1ad
id = 1
mtu = 1400

[vlan c]
parent = s
protocol = 802.1Q
id = 1

[vlan flags]
parent = d0
id = 2
reorder-hdr = no
gvrp = yes
mvrp = yes
loose-binding = yes

[vlan down]
parent = d0
id = 3
up = no

[dummy d0]
mtu = 1450

[bridge br0]
vlan-filtering = yes

[vlan bound]
parent = br0
id = 7
bridge-binding = yes

[netns blue]

# In another namespace than its parent, either way.
[vlan blue/v9]
parent = eth0
id = 9
address = 192.0.2.9/24

[dummy blue/d0]

[vlan back]
parent = blue/d0
id = 10

[vlan blue/far]
parent = back
id = 11
---
ip netns add blue2
ip -n blue2 link set lo up
ip link add d0 mtu 1450 type dummy
ip link add br0 type bridge forward_delay 0 vlan_filtering 1
ip link add link eth0 name eth0.5 address 02:00:00:00:00:05 type vlan id 5 ingress-qos-map 1:2 7:6 egress-qos-map 0:1 3:7 4:4
ip link add link eth0.5 name top type vlan id 4094
ip link add link d0 name s mtu 1400 type vlan protocol 802.1ad id 1
ip link add link s name c type vlan id 1
ip link add link d0 name flags type vlan id 2 reorder_hdr off gvrp on mvrp on loose_binding on
ip link add link br0 name bound type vlan id 7 bridge_binding on
ip link add link eth0 name v9 netns blue2 type vlan id 9
ip -n blue2 link add d0 type dummy
ip -n blue2 link add link d0 name back netns b type vlan id 10
ip link add link back name far netns blue2 type vlan id 11
for l in d0 br0 eth0 eth0.5 top s c flags bound; do
	ip link set $l up
done
# Last, since its parent raises it.
ip link add link d0 name down type vlan id 3
for l in d0 v9; do
	ip -n blue2 link set $l up
done
ip link set back up
ip -n blue2 link set far up
ip addr add 192.0.2.5/24 dev eth0.5
ip -n blue2 addr add 192.0.2.9/24 dev v9
E
