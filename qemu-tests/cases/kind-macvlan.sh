# Runs with virtio-net-pci alone.
# Macvlans: every mode, on a NIC and in other namespaces.

spaces a b
ip link set eth0 netns a
ip link set eth2 netns b name eth0

twin "macvlans" a b blue blue2 <<'E'
[macvlan private]
parent = d0
mode = private

[macvlan vepa]
parent = d0
mode = vepa
bcqueuelen = 500

[macvlan bridge]
parent = d0
mode = bridge
mac = 02:00:00:00:00:42
address = 192.0.2.42/24
address = 2001:db8::42/64 nodad

[macvlan standard]
parent = d0

[macvlan source]
parent = d1
mode = source
macaddr = 02:00:00:00:00:01 02:00:00:00:00:02
macaddr = 02:00:00:00:00:03

[macvlan nodst]
parent = d1
mode = source
nodst = yes
macaddr = 02:00:00:00:00:04

[macvlan passthru]
parent = d2
mode = passthru

[macvlan quiet]
parent = d3
mode = passthru
nopromisc = yes

[dummy d0]

[dummy d1]

[dummy d2]

[dummy d3]

[netns blue]

# Born in a namespace, on a NIC in ours.
[macvlan blue/eth0]
parent = eth0
mode = bridge
mac = 02:00:00:00:00:b0
address = 192.0.2.7/24
gateway = 192.0.2.1

[macvlan eth0m]
parent = eth0
mode = bridge
---
ip netns add blue2
ip -n blue2 link set lo up
for i in 0 1 2 3; do
	ip link add d$i type dummy
done
ip link add link d0 name private type macvlan mode private
ip link add link d0 name vepa type macvlan mode vepa bcqueuelen 500
ip link add link d0 name bridge address 02:00:00:00:00:42 type macvlan mode bridge
ip link add link d0 name standard type macvlan
ip link add link d1 name source type macvlan mode source
ip link set source type macvlan macaddr set 02:00:00:00:00:01 02:00:00:00:00:02 02:00:00:00:00:03
ip link add link d1 name nodst type macvlan mode source
. /tests/lib.sh
older_than 5.13 || ip link set nodst type macvlan mode source nodst
ip link set nodst type macvlan macaddr add 02:00:00:00:00:04
ip link add link d2 name passthru type macvlan mode passthru
ip link add link d3 name quiet type macvlan mode passthru nopromisc
ip link add link eth0 name m address 02:00:00:00:00:b0 netns blue2 type macvlan mode bridge
ip -n blue2 link set dev m name eth0
ip link add link eth0 name eth0m type macvlan mode bridge
for l in d0 d1 d2 d3 eth0 private vepa bridge standard source nodst passthru quiet eth0m; do
	ip link set $l up
done
ip addr add 192.0.2.42/24 dev bridge
ip addr add 2001:db8::42/64 dev bridge nodad
ip -n blue2 link set eth0 up
ip -n blue2 addr add 192.0.2.7/24 dev eth0
ip -n blue2 route add default via 192.0.2.1
E
