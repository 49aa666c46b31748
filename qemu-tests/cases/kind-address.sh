# Runs with e1000 alone.
# Addresses, routes, rules and neighbours of all sorts, and the settings about them.

spaces a b
ip link set eth0 netns a
ip link set eth1 netns a
ip link set eth2 netns b name eth0
ip link set eth3 netns b name eth1

twin "addresses and routes" a b <<'E'
[global]
ip-forward = yes
ipv6-forward = yes
route = blackhole 10.0.0.0/8
route = unreachable 10.1.0.0/16 metric 5
route = prohibit 10.2.0.0/16
route = throw 10.3.0.0/16 table 100
route = blackhole 2001:db8:dead::/48
route = unreachable 2001:db8:beef::/48 metric 77
route = 203.0.113.0/24 nexthop via 192.0.2.1 weight 2 nexthop via 198.51.100.1 dev eth1
route = 2001:db8:77::/48 nexthop via 2001:db8:1::1 dev eth0 nexthop via 2001:db8:2::1 dev eth1 weight 3
rule = from 192.0.2.0/24 table 100 priority 1000
rule = not to 10.0.0.0/8 fwmark 0x10/0xff lookup 200 priority 1001
rule = inet6 iif eth1 blackhole priority 1002
rule = iif eth0 oif eth1 tos 0x10 table 100 priority 1003
rule = from 2001:db8::/32 to 2001:db8:1::/48 table 100 priority 1004
rule = inet uidrange 100-200 ipproto tcp sport 1000-2000 dport 80 prohibit priority 1005
rule = from all table main suppress-prefixlength 0 priority 1006
rule = from all goto 32766 priority 1007

[sysctl]
net.ipv4.conf.eth0.arp_notify = 1
net.ipv4.tcp_syncookies = 2

[nic eth0]
address = 192.0.2.10/24
address = 192.0.2.11/24 label eth0:www
address = 192.0.2.12/25 broadcast 192.0.2.126
address = 192.0.2.13/24 broadcast + noprefixroute
address = 10.9.0.1/32 peer 10.9.0.2/32
address = 10.9.1.1 peer 10.9.1.0/24
address = 169.254.7.7/16 scope link metric 900
address = 192.0.2.200/32 scope host
address = 192.0.2.14/24 valid-lft 1000 preferred-lft 500
address = 2001:db8:1::10/64
address = 2001:db8:1::11/64 nodad
address = 2001:db8:1::12/128 noprefixroute nodad
address = 2001:db8:1::13/64 valid-lft 1000 preferred-lft 0
address = 2001:db8:9::1/128 peer 2001:db8:9::2/128
address = 2001:db8:8::1/64 metric 512
gateway = 192.0.2.1
gateway = 192.0.2.2 metric 100
gateway = 2001:db8:1::1
gateway = 10.250.0.1 onlink table 100
route = 10.20.0.0/16 via 192.0.2.3 src 192.0.2.11 mtu 1400 advmss 1300 metric 20
route = 10.21.0.0/16 via 192.0.2.3 metric 21 initcwnd 20 initrwnd 20 hoplimit 9 rto-min 300 quickack 1
route = 10.22.0.0/16
route = 10.23.0.0/16 scope link src 192.0.2.10
route = 10.24.0.0/16 via 10.9.0.2
route = 10.25.0.0/16 tos 8 via 192.0.2.4
route = 10.26.0.0/16 via 192.0.2.3 window 1000 rtt 100 rttvar 50 ssthresh 4 cwnd 5 reordering 3 realm 9
route = 10.99.0.0/24 via 10.20.0.1 onlink
route = local 10.28.0.0/16
route = 10.29.0.0/16 via 192.0.2.1 weight 3
route = 2001:db8:20::/48 via 2001:db8:1::1 src 2001:db8:1::11 mtu 1400 metric 30
route = 2001:db8:21::/48
route = 2001:db8:22::/48 via fe80::1 pref high
route = 2001:db8:23::/48 via 2001:db8:1::1 expires 1000
route = 2001:db8:24::/48 table 100 metric 5
neighbor = 192.0.2.1 lladdr 02:00:00:00:00:01
neighbor = 192.0.2.7 lladdr 02:00:00:00:00:07 nud noarp
neighbor = 2001:db8:1::1 lladdr 02:00:00:00:00:01 router
neighbor = 192.0.2.99 proxy
neighbor = 2001:db8:1::99 proxy

[nic eth1]
address = 198.51.100.10/24
address = 2001:db8:2::10/64
route = 10.29.0.0/16 via 198.51.100.1 weight 4
ipv6 = link-local
---
sysctl -q net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1 net.ipv4.conf.eth0.arp_notify=1
for l in eth0 eth1; do
	ip link set $l up
done
# Before it has a carrier, no IPv6 address can be a source.
until ip -6 addr show dev eth0 | grep -q fe80; do
	sleep 0.1
done
ip addr add 192.0.2.10/24 dev eth0
ip addr add 192.0.2.11/24 label eth0:www dev eth0
ip addr add 192.0.2.12/25 broadcast 192.0.2.126 dev eth0
ip addr add 192.0.2.13/24 broadcast + noprefixroute dev eth0
ip addr add 10.9.0.1/32 peer 10.9.0.2/32 dev eth0
ip addr add 10.9.1.1 peer 10.9.1.0/24 dev eth0
ip addr add 169.254.7.7/16 scope link metric 900 dev eth0
ip addr add 192.0.2.200/32 scope host dev eth0
ip addr add 192.0.2.14/24 valid_lft 1000 preferred_lft 500 dev eth0
ip addr add 2001:db8:1::10/64 dev eth0
ip addr add 2001:db8:1::11/64 nodad dev eth0
ip addr add 2001:db8:1::12/128 noprefixroute nodad dev eth0
ip addr add 2001:db8:1::13/64 valid_lft 1000 preferred_lft 0 dev eth0
ip addr add 2001:db8:9::1/128 peer 2001:db8:9::2/128 dev eth0
ip addr add 2001:db8:8::1/64 metric 512 dev eth0
ip addr add 198.51.100.10/24 dev eth1
ip addr add 2001:db8:2::10/64 dev eth1
ip route add blackhole 10.0.0.0/8
ip route add unreachable 10.1.0.0/16 metric 5
ip route add prohibit 10.2.0.0/16
ip route add throw 10.3.0.0/16 table 100
ip route add blackhole 2001:db8:dead::/48
ip route add unreachable 2001:db8:beef::/48 metric 77
ip route add default via 192.0.2.1 dev eth0
ip route add default via 192.0.2.2 dev eth0 metric 100
ip route add default via 2001:db8:1::1 dev eth0
ip route add default via 10.250.0.1 dev eth0 onlink table 100
ip route add 203.0.113.0/24 nexthop via 192.0.2.1 weight 2 nexthop via 198.51.100.1 dev eth1
ip route add 2001:db8:77::/48 nexthop via 2001:db8:1::1 dev eth0 nexthop via 2001:db8:2::1 dev eth1 weight 3
ip route add 10.20.0.0/16 via 192.0.2.3 dev eth0 src 192.0.2.11 mtu 1400 advmss 1300 metric 20
ip route add 10.21.0.0/16 via 192.0.2.3 dev eth0 metric 21 initcwnd 20 initrwnd 20 hoplimit 9 rto_min 300ms quickack 1
ip route add 10.22.0.0/16 dev eth0
ip route add 10.23.0.0/16 scope link src 192.0.2.10 dev eth0
ip route add 10.24.0.0/16 via 10.9.0.2 dev eth0
ip route add 10.25.0.0/16 tos 8 via 192.0.2.4 dev eth0
ip route add 10.26.0.0/16 via 192.0.2.3 dev eth0 window 1000 rtt 100 rttvar 50 ssthresh 4 cwnd 5 reordering 3 realm 9
ip route add 10.99.0.0/24 via 10.20.0.1 dev eth0 onlink
ip route add local 10.28.0.0/16 dev eth0
ip route add 10.29.0.0/16 nexthop via 192.0.2.1 dev eth0 weight 3 nexthop via 198.51.100.1 dev eth1 weight 4
ip route add 2001:db8:20::/48 via 2001:db8:1::1 dev eth0 src 2001:db8:1::11 mtu 1400 metric 30
ip route add 2001:db8:21::/48 dev eth0
ip route add 2001:db8:22::/48 via fe80::1 dev eth0 pref high
ip route add 2001:db8:23::/48 via 2001:db8:1::1 dev eth0 expires 1000
ip route add 2001:db8:24::/48 dev eth0 table 100 metric 5
ip rule add from 192.0.2.0/24 table 100 priority 1000 protocol static
ip rule add not to 10.0.0.0/8 fwmark 0x10/0xff lookup 200 priority 1001 protocol static
ip -6 rule add iif eth1 blackhole priority 1002 protocol static
ip rule add iif eth0 oif eth1 tos 0x10 table 100 priority 1003 protocol static
ip -6 rule add from 2001:db8::/32 to 2001:db8:1::/48 table 100 priority 1004 protocol static
ip rule add uidrange 100-200 ipproto 6 sport 1000-2000 dport 80 prohibit priority 1005 protocol static
ip rule add from all table main suppress_prefixlength 0 priority 1006 protocol static
ip rule add from all goto 32766 priority 1007 protocol static
ip neigh add 192.0.2.1 lladdr 02:00:00:00:00:01 dev eth0
ip neigh add 192.0.2.7 lladdr 02:00:00:00:00:07 nud noarp dev eth0
ip neigh add 2001:db8:1::1 lladdr 02:00:00:00:00:01 router dev eth0
ip neigh add proxy 192.0.2.99 dev eth0
ip neigh add proxy 2001:db8:1::99 dev eth0
E
