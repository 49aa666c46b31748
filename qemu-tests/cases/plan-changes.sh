# What nbs plan prints changes, run by sh(1), what stands into what a file says: then
# nbs has nothing left to do.
# Runs with virtio-net-pci alone.
# shellcheck shell=sh
status=0

# changes NAME: from what stands to what the file on stdin has.
changes() {
	conf
	by_sh "$1"
}

# Whether there is a carrier yet, or not.
stands() {
	{
		ip -6 route
		ip route
		ip neighbour show nud permanent
		ip neighbour show proxy
	} | sed 's/ linkdown//; /^fe80/d'
}

conf <<'X'
[netns blue]
ip-forward = yes
[nic eth0]
address = 192.0.2.1/24
address = 2001:db8::1/64 nodad
gateway = 192.0.2.254
gateway = 2001:db8::fe
neighbor = 192.0.2.5 lladdr 02:00:00:00:00:05
neighbor = 2001:db8::5 lladdr 02:00:00:00:00:05
neighbor = 192.0.2.6 proxy
route = 2001:db8:1::/48 via 2001:db8::2 metric 5
[vlan eth0.5]
parent = eth0
id = 5
address = 2001:db8:5::1/64 nodad
route = 2001:db8:6::/48 via 2001:db8:5::2
[vlan anew]
parent = eth0
id = 6
address = 192.0.6.1/24
[bond bond0]
mode = active-backup
ports = one two
address = 192.0.3.1/24
address = 2001:db8:3::1/64 nodad
[dummy one]
[dummy two]
[bridge br0]
ports = three
vlan-filtering = yes
[dummy three]
vlans = 1 5-9
pvid = 5
untagged = 5
[dummy gone]
address = 192.0.4.1/24
[dummy kept]
mtu = 1400
address = 192.0.7.1/24
address = 192.0.7.2/24
route = 198.51.100.0/24 via 192.0.7.9
[veth blue/v]
peer = w
[peer w]
[global]
rule = from 198.51.100.0/24 table 5 pref 7
X
exits 'at first' 0 up

changes 'other settings' <<'X'
[netns blue]
[nic eth0]
address = 192.0.2.1/24
address = 2001:db8::1/64 nodad
mtu = 1400
[vlan eth0.5]
parent = eth0
id = 5
address = 2001:db8:5::1/64 nodad
[vlan anew]
parent = eth0
id = 7
address = 192.0.6.1/24
[bond bond0]
mode = 802.3ad
ports = one three
address = 192.0.3.1/24
address = 2001:db8:3::1/64 nodad
[dummy one]
[dummy two]
vlans = 3
[bridge br0]
ports = two
vlan-filtering = yes
[dummy three]
[dummy kept]
mtu = 1300
address = 192.0.7.1/24
route = 198.51.100.0/24 via 192.0.7.8
[veth v]
peer = blue/w
[peer blue/w]
X

nbs down
ip link set dev eth1 up
ip address add 2001:db8::1/64 nodad dev eth1
ip address add 192.0.2.1/24 dev eth1
ip neighbour add 192.0.2.5 lladdr 02:00:00:00:00:05 dev eth1
ip route add default via 192.0.2.254
ip -6 route add 2001:db8:1::/48 via 2001:db8::2
ip link add link eth1 name v5 type vlan id 5
ip link set dev v5 up
ip address add 2001:db8:5::1/64 nodad dev v5
ip -6 route add 2001:db8:6::/48 via 2001:db8:5::2
stands >/tmp/before
changes 'a NIC that others have set up, under another name' <<'X'
[nic wan]
match-mac = 52:54:00:12:34:57
X
equal 'what they have set is there' "$(sed 's/eth1/wan/g' /tmp/before | sort)" "$(stands | sort)"

# An address takes routes along, and other addresses of its network: all are put back.
nbs down || :
printf '[nic eth2]\naddress = 10.0.1.1/24\naddress = 10.0.1.2/24\ngateway = 10.0.1.9\n' | conf
nbs up || :
ip route add 10.99.0.0/16 via 10.0.1.8
changes 'the first of two addresses' <<'X'
[nic eth2]
address = 10.0.1.2/24
gateway = 10.0.1.9
X
changes 'the last address' <<'X'
[nic eth2]
address = 10.0.1.3/24
gateway = 10.0.1.9
X
check 'a route that others set has stayed' sh -c 'ip route | grep -q "^10.99.0.0/16 via 10.0.1.8"'

# What is made anew is told before.
nbs down || :
printf '[nic eth2]\n[vlan v7]\nparent = eth2\nid = 7\n[macvlan m7]\nparent = v7\n' | conf
nbs up || :
sed -i 's/id = 7/id = 8/' /etc/nbs.conf
nbs plan || :
check 'plan says what is made anew, and why' grep -q '^ip link delete dev v7 .*: made anew: id of the link' /tmp/out
check 'and what goes with it' grep -q '^ip link add link v7 name m7 .*: made anew: it goes with v7' /tmp/out
nbs up || :
equal 'and it is done' '0 ' "$status $(cat /tmp/err)"
check 'with what stands on it' ip link show m7
