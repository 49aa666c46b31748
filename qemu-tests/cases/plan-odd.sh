# The same as plan, of what no example has: each kind of phrase and setting, and names
# that say something to ip(8) or sh(1).
# Runs with virtio-net-pci alone.
# shellcheck shell=sh

conf <<'X'
[global]
hostname = it's
ipv6-forward = yes
dns = 192.0.2.1 2001:db8::1
search = example.net
rule = not from 10.0.0.0/8 fwmark 0x1/0xff uidrange 5 sport 80 prohibit
rule = from 2001:db8::/32 iif lo lookup main pref 5
rule = to 192.0.2.0/24 goto 32766 pref 6
[netns b]
ip-forward = yes
route = blackhole 172.16.0.0/12
route = unreachable 2001:db8:9::/48 metric 5
[sysctl b]
net.ipv4.conf.lo.rp_filter = 1
[dummy x;y]
alias = it's; $(x) "y"
mtu = 1400
mac = 02:00:00:00:00:01
promiscuous = yes
link-group = 5
rp-filter = 2
proxy-arp = yes
ipv6-accept-redirects = no
address = 192.0.2.1/24 brd + label x;y:1
address = 2001:db8::1/64 nodad noprefixroute
address = 10.0.0.1 peer 10.0.0.2/24 metric 5
neighbor = 192.0.2.5 lladdr 02:00:00:00:00:05
neighbor = 192.0.2.6 proxy
gateway = 192.0.2.2 metric 7
route = 2001:db8::/64
gateway = 2001:db8::2
route = 203.0.113.0/24 via 10.9.0.1 onlink table 5 protocol dhcp
route = 10.0.0.0/8 nexthop via 192.0.2.2 weight 2 nexthop via 192.0.2.3
route = 198.51.100.0/24 via inet6 fe80::1 onlink mtu lock 1400 rto_min 5ms
[vlan b/v.1]
parent = eth0
id = 5
protocol = 802.1ad
gvrp = yes
reorder-hdr = no
ingress-qos-map = 1:2 3:4
egress-qos-map = 0:1
[macvlan mac1]
parent = eth1
mode = source
macaddr = 02:00:00:00:00:01 02:00:00:00:00:02
nodst = yes
[veth b/v]
peer = w1
mtu = 1300
token = ::5
[peer w1]
mac = 02:00:00:00:00:07
[tun tunnel]
owner = 5
group = 6
no-pi = no
multi-queue = yes
X
by_hand 'links, addresses, routes and rules'

conf <<'X'
[bond bond0]
mode = 802.3ad
lacp-active = no
lacp-rate = fast
use-carrier = yes
all-slaves-active = yes
ad-actor-system = 02:00:00:00:00:09
xmit-hash-policy = layer3+4
ports = eth0 dum1
[dummy dum1]
queue-id = 3
[bond bond1]
mode = active-backup
arp-interval = 100
arp-ip-target = 192.0.2.1 192.0.2.2
ports = eth1
primary = eth1
[bridge brg]
fdb = 02:00:00:00:00:04 permanent
ports = bond0 dum2 dum3
stp = yes
vlan-filtering = yes
vlan-protocol = 802.1ad
no-linklocal-learn = yes
mcast-snooping = no
group-fwd-mask = 8
vlans = 5 7-9
pvid = 5
untagged = 5
[dummy dum2]
vlans = 1 3
pvid = 1
untagged = 1
cost = 5
priority = 3
isolated = yes
learning = no
proxy-arp = no
port-proxy-arp = yes
mcast-router = 2
backup-port = dum3
fdb = 02:00:00:00:00:03 static vlan 3
[dummy dum3]
X
by_hand 'bonds and bridges'

# Names that are words of ip(8), options, numbers, or more than a word for sh(1).
conf <<'X'
[netns -n]
[netns up]
ip-forward = yes
[dummy a]
address = 192.0.2.1/24
gateway = 192.0.2.2
neighbor = 192.0.2.5 lladdr 02:00:00:00:00:05
fdb = 02:00:00:00:00:03
alias = -x; it's `$(x)` "y" \x0a#
[dummy up]
address = 192.0.3.1/24 label up:0
route = 198.51.100.0/24 nexthop via 192.0.2.3 dev a nexthop via 192.0.3.3 dev up
[vlan type]
parent = up
id = 5
address = 2001:db8::1/64 nodad
route = 2001:db8:1::/48 via 2001:db8::2
[dummy dev]
[bond group]
mode = active-backup
ports = dev 7
primary = 7
[dummy 7]
[bridge -x]
vlan-filtering = yes
vlans = 1 5
ports = $(x) name
address = 192.0.4.1/24
[dummy name]
cost = 7
backup-port = $(x)
[veth $(x)]
peer = -n/it's"
vlans = 1 5
pvid = 5
mcast-router = 2
[peer -n/it's"]
token = ::5
[macvlan a=b]
parent = link
rp-filter = 2
[dummy link]
[macvlan -n/link]
parent = link
[tap &|<>!]
owner = 5
[tun #]
[nic up/dev]
match-name = eth1
address = 192.0.5.1/24
gateway = 192.0.5.2
rp-filter = 2
[nic -n/eth2]
mtu = 1400
ipv6 = no
[nic \x24\x7bHOME\x7d]
match-name = eth3
[global]
rule = iif a oif up table 5
hostname = -F
dns = 192.0.2.1
resolv-conf = /tmp/-x $(x) it's
X
by_hand 'names'
