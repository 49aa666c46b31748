# down leaves the machine as it was, to the last sysctl: NICs that were up and had
# addresses, that were renamed, moved and changed, the host's name and resolv.conf.
# Runs with virtio-net-pci alone.
# shellcheck shell=sh

# As an installer or another tool may have left it.
ip link set dev eth0 up
ip addr add 192.0.2.77/24 dev eth0
ip addr add 2001:db8::77/64 dev eth0 nodad
ip route add default via 192.0.2.254
ip route add 203.0.113.0/24 via 192.0.2.253 metric 5
ip -6 route add 2001:db8:9::/48 via 2001:db8::1
ip link set dev eth1 mtu 1450 txqueuelen 500 alias before
sysctl -q -w net.ipv4.conf.eth1.rp_filter=2
ip netns add kept
ip -n kept link set dev lo up
ip link add kept0 type dummy
ip link set dev kept0 up
ip addr add 10.7.0.1/24 dev kept0
ip rule add from 10.7.0.0/24 lookup 77 priority 77
ip neigh add 192.0.2.253 lladdr 02:00:00:00:00:fd dev eth0
echo 'nameserver 192.0.2.53 ; kept' >/etc/resolv.conf
hostname before
wait_for 9 sh -c 'ip -6 addr show dev eth0 | grep fe80'
state - >/tmp/before.own
state kept >/tmp/before.kept

conf <<'E'
[global]
hostname = after
dns = 198.51.100.53
search = example.net
ip-forward = yes
ipv6-forward = yes
rule = from 10.8.0.0/24 lookup 88
route = blackhole 10.99.0.0/16

[sysctl]
net.ipv4.conf.all.log_martians = 1
net.ipv4.tcp_syncookies = 0

[nic wan]
match-name = eth0
mtu = 1400
alias = changed
address = 192.0.2.1/24
address = 2001:db8::2/64 nodad
gateway = 192.0.2.250 metric 50
rp-filter = 2
accept-ra = 0
neighbor = 192.0.2.7 lladdr 02:00:00:00:00:07

[nic eth1]
mtu = 1300
txqueuelen = 100
alias = changed
mac = 02:00:00:00:00:11
promiscuous = yes
arp = no

[netns kept]
ip-forward = yes

[netns made]
ip-forward = yes

[sysctl kept]
net.ipv4.conf.default.rp_filter = 2

[nic kept/eth2]
address = 198.51.100.1/24
accept-ra = 2
rp-filter = 1

[dummy kept/d1]

[veth v0]
peer = made/v0
address = 172.16.0.1/24

[peer made/v0]
address = 172.16.0.2/24

[bridge br0]
ports = eth3 kept0 tap0
vlan-filtering = yes
address = 192.0.2.129/26

[nic eth3]
cost = 50

[tap tap0]

[bond bond0]
mode = active-backup
ports = d2

[dummy d2]

[vlan bond0.5]
parent = bond0
id = 5
address = 198.51.100.65/26

[loopback lo]
address = 10.255.0.1/32
E
exits "up" 0 up -t 20
exits "a second up" 0 -v up -t 20
equal "does nothing" '' "$(grep -v 'has 10.7.0.1/24, but as a port of' /tmp/err)"
exits "down" 0 down
equal "and says nothing" '' "$(cat /tmp/err)"
wait_for 9 sh -c 'ip -6 addr show dev eth0 | grep fe80'
state - >/tmp/after.own
state kept >/tmp/after.kept
equal "all is as it was" '' "$(diff -U 2 /tmp/before.own /tmp/after.own)"
equal "and in a namespace that was there" '' "$(diff -U 2 /tmp/before.kept /tmp/after.kept)"
check "the namespace that nbs made is gone" sh -c '! ls /run/netns/made'
equal "nothing is remembered" '' "$(find /run/nbs -type f ! -name lock)"
exits "down once more" 0 down
exits "and up again" 0 up -t 20
exits "and down" 0 down
wait_for 9 sh -c 'ip -6 addr show dev eth0 | grep fe80'
state - >/tmp/after.own
equal "as it was, after twice" '' "$(diff -U 2 /tmp/before.own /tmp/after.own)"
