# What nobody made with nbs: dump tells it so that nbs would make it.
# Runs with virtio-net-pci alone.
# shellcheck shell=sh
. /tests/dump.sh

# These bring a link along when they are loaded, which nobody asked for.
modprobe -a dummy bonding tun
ip link delete dev dummy0
ip link delete dev bond0

cat >/tmp/by-hand <<'E'
ip netns add blue
ip -n blue link set lo up
ip link set lo up
ip link add bond0 type bond mode active-backup miimon 50 updelay 100
ip link set eth0 master bond0
ip link set eth1 master bond0
ip link add link bond0 name outer type vlan id 10 protocol 802.1ad
ip link add link outer name inner mtu 1400 type vlan id 20 gvrp on loose_binding on egress-qos-map 1:2
ip link add br0 type bridge vlan_filtering 1 stp_state 1 priority 4096 ageing_time 10000
ip link add 'a;b' type dummy
ip link add 'c#d' type dummy
ip link add "$(printf '\377\376\303\251')" type dummy
ip link add '[x' type dummy
ip link add 'f\g' type dummy
ip link set 'a;b' master br0
ip link set 'c#d' master br0
bridge vlan add vid 5-7 dev 'a;b'
bridge vlan add vid 5 dev 'a;b' pvid untagged
bridge vlan del vid 1 dev 'a;b'
bridge vlan add vid 9 dev br0 self
bridge link set dev 'c#d' hairpin on cost 7 priority 9 isolated on
bridge fdb add 02:00:00:00:00:51 dev 'a;b' master static vlan 5
bridge fdb add 02:00:00:00:00:52 dev 'c#d' master permanent
ip link add near type veth peer name far netns blue
ip link add mac0 netns blue link eth2 address 02:00:00:00:00:06 type macvlan mode bridge
ip tuntap add dev tap0 mode tap user 1000 multi_queue
ip tuntap add dev tun0 mode tun
ip link set eth3 address 02:00:00:00:00:07 alias 'it; is # "one" ' mtu 1300 txqueuelen 500
for dev in bond0 outer inner br0 'a;b' 'c#d' near eth2 eth3 tun0 lo; do
	ip link set dev "$dev" up
done
ip -n blue link set far up
ip -n blue link set mac0 up
ip addr add 192.0.2.1/24 brd + dev eth3
ip addr add 192.0.2.2/24 dev eth3 label eth3:two
ip addr add 10.0.0.1 peer 10.0.0.2/32 dev near metric 7
ip addr add 2001:db8::1/64 dev eth3 nodad
ip addr add 2001:db8::2/64 dev eth3 nodad preferred_lft 0
ip addr add 203.0.113.9/32 dev lo
ip addr add 127.0.0.2/8 dev lo
ip route add default via 192.0.2.254 dev eth3 metric 100 mtu lock 1200
ip route add default via 2001:db8::fe dev eth3 proto static
ip route add 10.1.0.0/16 proto static nexthop via 192.0.2.253 dev eth3 weight 3 nexthop via 10.0.0.2 dev near
ip route add 2001:db8:1::/48 nexthop via 2001:db8::fd dev eth3 weight 2 nexthop via 2001:db8::fc dev eth3
ip route add 10.2.0.0/16 via 198.51.100.1 dev eth3 onlink src 192.0.2.2 table 300
ip route add blackhole 10.3.0.0/16
ip route add unreachable 2001:db8:2::/48 metric 5
ip route add 10.4.0.0/16 dev tun0 scope link
ip rule add from 192.0.2.0/24 to 10.9.0.0/16 fwmark 0x10/0xff lookup 300 pref 1000
ip -6 rule add iif 'a;b' prohibit pref 1001
ip neigh add 192.0.2.9 lladdr 02:00:00:00:00:09 dev eth3
ip neigh add proxy 192.0.2.77 dev eth3
sysctl -q -w net.ipv4.ip_forward=1 net.ipv4.conf.eth3.rp_filter=2 \
	net.ipv6.conf.near.disable_ipv6=1 net.ipv6.conf.eth2.accept_ra=0
ip -n blue addr add 172.16.0.1/24 dev far
ip -n blue route add default via 172.16.0.254
ip netns exec blue sysctl -q -w net.ipv6.conf.all.forwarding=1
E
check "made by hand" /bin/sh -e /tmp/by-hand
dumped "by hand"
for line in '[dummy a\x3bb]' '[dummy c#d]' '[dummy f\x5cg]' 'mode = active-backup' 'updelay = 100' '[tap tap0]' '[peer blue/far]' \
	'mac = 02:00:00:00:00:07' 'address = 192.0.2.2/24 label eth3:two' \
	'neighbor = 192.0.2.77 proxy' 'vlans = 5-7' 'cost = 7' 'owner = 1000' \
	'gateway = 192.0.2.254 metric 100 protocol boot mtu lock 1200' 'ipv6-forward = yes' \
	'ipv6 = no' 'fdb = 02:00:00:00:00:51 static vlan 5' 'loose-binding = yes' \
	'address = 10.0.0.1/32 peer 10.0.0.2/32 metric 7' 'route = blackhole 10.3.0.0/16 protocol boot' \
	"# a link is called '[x', which no section can be"; do
	tells "$line" "$line"
done
tells "what the kernel adds is not told" '[loopback lo]'
fails "its own address is not" grep -q 127.0.0.1 /tmp/told

# Nor would ip(8) spell these two so that jq could read it.
ip link delete '[x'
ip link delete 'f\g'
dumped "what can be compared"
sleep 3
stand /tmp/stood
# What bare waits for.
ip link set eth3 down address 52:54:00:12:34:59
bare
ip link set lo up
rebuilt "by hand"
check "down" /sbin/nbs down
