# Runs with virtio-net-pci alone.
# Veth pairs with both ends anywhere, dummies, loopbacks, namespaces, and the
# settings that every link has.

spaces a b

twin "veth pairs" a b blue blue2 red red2 <<'E'
[netns blue]

[netns red]
ip-forward = yes
ipv6-forward = yes
route = blackhole 198.51.100.0/24

[sysctl red]
net.ipv4.conf.all.log_martians = 1
net.ipv4.conf.eth0.log_martians = 1

[veth here]
peer = there
address = 192.0.2.1/24

[peer there]
address = 192.0.2.2/24
mtu = 1400
txqueuelen = 77

[veth out]
peer = blue/eth0
mtu = 1450

[peer blue/eth0]
mac = 02:00:00:00:00:b0
up = no

[veth red/eth0]
peer = blue/eth1
address = 2001:db8::1/64 nodad

[veth blue/inner0]
peer = blue/inner1

[veth blue/in]
peer = in
num-tx-queues = 2
num-rx-queues = 2

[loopback lo]
address = 203.0.113.1/32

[loopback red/lo]
address = 203.0.113.2/32
address = 2001:db8::ff/128

[dummy d0]
mtu = 9000
txqueuelen = 10
link-group = 7
alias = a name for people
arp = yes
multicast = no
allmulticast = yes
promiscuous = yes
gso-max-size = 30000
gso-max-segs = 100
gro-max-size = 20000
addr-gen-mode = none
link-mode = dormant

[dummy d1]
mac = 02:00:00:00:00:d1
forwarding = yes
proxy-arp = yes
rp-filter = 2
ignore-routes-with-linkdown = yes
ipv6-forwarding = yes
proxy-ndp = yes

[dummy blue/d0]
---
ip netns add blue2
ip netns add red2
ip -n blue2 link set lo up
ip -n red2 link set lo up
ip netns exec red2 sysctl -q net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1 net.ipv4.conf.all.log_martians=1
ip link add here type veth peer name there mtu 1400 txqueuelen 77
ip link add out mtu 1450 type veth peer name eth0 netns blue2
ip -n red2 link add eth0 type veth peer name eth1 netns blue2
ip -n blue2 link add inner0 type veth peer name inner1
ip -n blue2 link add in numtxqueues 2 numrxqueues 2 type veth peer name in netns b
ip link add d0 type dummy
ip link set d0 mtu 9000 txqueuelen 10 group 7 alias 'a name for people' arp on multicast off allmulticast on promisc on gso_max_size 30000 gso_max_segs 100 gro_max_size 20000 addrgenmode none mode dormant
ip link add d1 type dummy
sysctl -q net.ipv4.conf.d1.forwarding=1 net.ipv4.conf.d1.proxy_arp=1 net.ipv4.conf.d1.rp_filter=2 net.ipv4.conf.d1.ignore_routes_with_linkdown=1 net.ipv6.conf.d1.forwarding=1 net.ipv6.conf.d1.proxy_ndp=1
for l in here there out in d0 d1; do
	ip link set $l up
done
for l in eth1 inner0 inner1 in; do
	ip -n blue2 link set $l up
done
ip -n red2 link set eth0 up
ip -n blue2 link add d0 up type dummy
ip addr add 192.0.2.1/24 dev here
ip addr add 192.0.2.2/24 dev there
ip addr add 203.0.113.1/32 dev lo
ip -n red2 addr add 203.0.113.2/32 dev lo
ip -n red2 addr add 2001:db8::ff/128 dev lo
ip -n red2 addr add 2001:db8::1/64 dev eth0 nodad
ip -n red2 route add blackhole 198.51.100.0/24
E
