# The commands that plan prints make the same as up makes.
# Runs with e1000 alone.
# shellcheck shell=sh

spaces a b
conf <<'E'
[global]
rule = from 198.51.100.0/24 table 100 priority 1000
route = blackhole 10.99.0.0/16

[dummy one]
mtu = 1400
alias = it's one
address = 192.0.2.1/24
address = 2001:db8::1/64 nodad
gateway = 192.0.2.254
gateway = 2001:db8::fe
route = 203.0.113.0/24 via 192.0.2.253 metric 50
rp-filter = 2
accept-ra = 0

[dummy two]
[dummy three]

[bond bond0]
mode = active-backup
ports = two three
primary = three
mac = 02:00:00:00:00:01

[vlan bond0.7]
parent = bond0
id = 7
ingress-qos-map = 1:2

[veth left]
peer = right
mac = 02:00:00:00:00:02

[peer right]
mac = 02:00:00:00:00:03
address = 172.16.0.1/24

[bridge br0]
ports = left bond0.7
mac = 02:00:00:00:00:04
vlan-filtering = yes
stp = yes
address = 10.0.0.1/24
neighbor = 10.0.0.9 lladdr 02:00:00:00:00:09

[macvlan mac0]
parent = one
mode = bridge
mac = 02:00:00:00:00:05
E
nbs_in b plan
cp /tmp/out /tmp/commands
equal "plan says nothing else" '' "$(cat /tmp/err)"
check "sh(1) takes it" nsenter --net=/run/netns/b /bin/sh -e /tmp/commands
nbs_in b plan
equal "then there is nothing left" '' "$(cat /tmp/out /tmp/err)"
nbs_in b -v up
equal "nor for up" '' "$(cat /tmp/out /tmp/err)"
nbs_in a up
equal "up says nothing" '' "$(cat /tmp/err)"
nbs_in a plan
equal "and plan after up prints nothing" '' "$(cat /tmp/out)"
wait_for 5 sh -c 'ip -n a addr show dev br0 | grep fe80 && ip -n b addr show dev br0 | grep fe80'
same "both are the same" a b
