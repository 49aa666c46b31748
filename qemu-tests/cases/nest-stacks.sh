# Links on links, in every order of their sections; MTUs from the parents on.

spaces a b
ip link set eth0 netns a
ip link set eth1 netns a
ip link set eth2 netns b name eth0
ip link set eth3 netns b name eth1

twin "stacks" a b blue blue2 <<'E'
# A VLAN on a bond of NICs, in a bridge.
[bridge br0]
ports = bond0.42
address = 192.0.2.1/24

[vlan bond0.42]
parent = bond0
id = 42
mtu = 8000

[bond bond0]
mode = active-backup
ports = eth0 eth1
mtu = 9000

[nic eth0]
mtu = 9000

[nic eth1]
mtu = 9000

# A macvlan on another VLAN of that bond, in a namespace, and one beside it.
[macvlan blue/mv]
parent = bond0.43
mode = bridge
mac = 02:00:00:00:00:b0
mtu = 7900
address = 192.0.2.3/24

[macvlan mv]
parent = bond0.43
mode = bridge
mac = 02:00:00:00:00:b1

[vlan bond0.43]
parent = bond0
id = 43
mtu = 7900

# A VLAN on a bridge, in which there is a port on a VLAN, with a VLAN on the port too.
[vlan br1.7]
parent = br1
id = 7

[bridge br1]
ports = d0.5 veth0
vlan-filtering = yes

[vlan d0.5]
parent = d0
id = 5
vlans = 7 8
pvid = 8
untagged = 8

[vlan d0.5.9]
parent = d0.5
id = 9
address = 192.0.3.1/24

[dummy d0]
mtu = 2000

# A bridge on a bond of VLANs.
[bridge br2]
ports = bond2

[bond bond2]
mode = balance-xor
ports = d1.1 d1.2
cost = 9

[vlan d1.1]
parent = d1
id = 1

[vlan d1.2]
parent = d1
id = 2

[dummy d1]

# Tags in tags in tags.
[vlan q3]
parent = q2
id = 3
mtu = 1400
address = 2001:db8:3::1/64 nodad

[vlan q2]
parent = q1
id = 2
mtu = 1496

[vlan q1]
parent = d2
id = 1
protocol = 802.1ad
mtu = 1500

[dummy d2]
mtu = 1504

# A bridge in a namespace, joined to ours.
[netns blue]

[bridge blue/br0]
ports = blue/eth0 blue/v6
address = 192.0.4.2/24

[vlan blue/v6]
parent = d2
id = 6

[peer blue/eth0]
mtu = 1400

[veth veth0]
peer = blue/eth0
vlans = 8
pvid = 8
untagged = 8
mtu = 1400
---
none() {
	ip "$@" addrgenmode none
}
ip netns add blue2
ip -n blue2 link set lo up
ip link add bond0 type bond mode active-backup miimon 100
for i in 0 1; do
	ip link set eth$i mtu 9000
	ip link set eth$i master bond0
done
ip link set bond0 mtu 9000
ip link add link bond0 name bond0.42 mtu 8000 type vlan id 42
ip link add link bond0 name bond0.43 mtu 7900 type vlan id 43
ip link add br0 type bridge forward_delay 0
none link set bond0.42
ip link set bond0.42 master br0
ip link add link bond0.43 name mv address 02:00:00:00:00:b1 type macvlan mode bridge
ip link add link bond0.43 name mvb address 02:00:00:00:00:b0 mtu 7900 netns blue2 type macvlan mode bridge
ip -n blue2 link set dev mvb name mv
ip link add d0 mtu 2000 type dummy
ip link add link d0 name d0.5 type vlan id 5
ip link add link d0.5 name d0.5.9 type vlan id 9
ip link add br1 type bridge forward_delay 0 vlan_filtering 1
ip link add link br1 name br1.7 type vlan id 7
none link set d0.5
ip link set d0.5 master br1
ip link add veth0 mtu 1400 type veth peer name eth0 mtu 1400 netns blue2
none link set veth0
ip link set veth0 master br1
for p in d0.5 veth0; do
	bridge vlan del dev $p vid 1
done
bridge vlan add dev d0.5 vid 7
bridge vlan add dev d0.5 vid 8 pvid untagged
bridge vlan add dev veth0 vid 8 pvid untagged
ip link add d1 up type dummy
ip link add bond2 type bond mode balance-xor miimon 100
for i in 1 2; do
	ip link add link d1 name d1.$i type vlan id $i
	ip link set d1.$i master bond2
done
ip link add br2 type bridge forward_delay 0
none link set bond2
ip link set bond2 master br2
bridge link set dev bond2 cost 9
ip link add d2 mtu 1504 type dummy
ip link add link d2 name q1 mtu 1500 type vlan proto 802.1ad id 1
ip link add link q1 name q2 mtu 1496 type vlan id 2
ip link add link q2 name q3 mtu 1400 type vlan id 3
ip link add link d2 name v6 netns blue2 type vlan id 6
ip -n blue2 link add br0 type bridge forward_delay 0
for p in eth0 v6; do
	none -n blue2 link set $p
	ip -n blue2 link set $p master br0
done
for l in d0 d1 d2 bond0 bond0.42 bond0.43 br0 mv d0.5 d0.5.9 veth0 br1 br1.7 bond2 br2 q1 q2 q3; do
	ip link set $l up
done
for l in v6 eth0 br0 mv; do
	ip -n blue2 link set $l up
done
ip addr add 192.0.2.1/24 dev br0
ip addr add 192.0.3.1/24 dev d0.5.9
ip addr add 2001:db8:3::1/64 nodad dev q3
ip -n blue2 addr add 192.0.2.3/24 dev mv
ip -n blue2 addr add 192.0.4.2/24 dev br0
E

# ordered WAY: the sections of the file in another order.
ordered() {
	awk -v RS= -v way="$1" '
	{ s[NR] = $0 }
	END {
		for (i = 1; i <= NR; i++)
			print s[way == "reversed" ? NR + 1 - i : (i * 7 + 3) % NR + 1] "\n"
	}' /tmp/twin.conf
}

for way in reversed mixed; do
	ordered $way >/tmp/ordered
	equal "$way, no section is lost" "$(grep '^\[' /tmp/twin.conf | sort)" "$(grep '^\[' /tmp/ordered | sort)"
	like_twin "$way" a b blue blue2 </tmp/ordered
done
