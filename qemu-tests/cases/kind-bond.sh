# Bonds: every mode, with the options it allows, and ports.

spaces a b
ip link set eth0 netns a
ip link set eth1 netns a
ip link set eth2 netns b name eth0
ip link set eth3 netns b name eth1

twin "bonds of every mode" a b <<'E'
[bond rr]
mode = balance-rr
miimon = 50
updelay = 100
downdelay = 150
packets-per-slave = 7
resend-igmp = 5
ports = d0 d1

[dummy d0]
queue-id = 3

[dummy d1]

[bond ab]
mode = active-backup
primary = eth1
primary-reselect = better
fail-over-mac = active
num-grat-arp = 3
all-slaves-active = yes
peer-notify-delay = 200
ports = eth0 eth1

[nic eth0]
queue-id = 2
prio = 10

[bond arp]
mode = active-backup
arp-interval = 200
arp-ip-target = 192.0.2.1 192.0.2.2
arp-validate = all
arp-all-targets = all
arp-missed-max = 5
ports = d2
required = no

[dummy d2]

[bond xor]
mode = balance-xor
xmit-hash-policy = layer3+4
ports = d3 d4

[dummy d3]

[dummy d4]

[bond bc]
mode = broadcast
ports = d5

[dummy d5]

[bond ad]
mode = 802.3ad
lacp-rate = fast
lacp-active = no
ad-select = bandwidth
ad-user-port-key = 1023
ad-actor-sys-prio = 17
ad-actor-system = 02:00:00:00:00:ad
min-links = 1
xmit-hash-policy = encap2+3
ports = d6 d7

[dummy d6]

[dummy d7]

[bond tlb]
mode = balance-tlb
tlb-dynamic-lb = no
xmit-hash-policy = encap3+4
lp-interval = 3
ports = d8

[dummy d8]

[bond alb]
mode = balance-alb
use-carrier = no
active-slave = d10
ports = d9 d10
address = 192.0.2.9/24

[dummy d9]

[dummy d10]

[bond empty]
---
ip link add name rr type bond mode balance-rr miimon 50 updelay 100 downdelay 150 packets_per_slave 7 resend_igmp 5
ip link add name ab type bond mode active-backup miimon 100 primary_reselect better fail_over_mac active num_grat_arp 3 all_slaves_active 1 peer_notify_delay 200
ip link add name arp type bond mode active-backup arp_interval 200 arp_ip_target 192.0.2.1,192.0.2.2 arp_validate all arp_all_targets all arp_missed_max 5
ip link add name xor type bond mode balance-xor miimon 100 xmit_hash_policy layer3+4
ip link add name bc type bond mode broadcast miimon 100
ip link add name ad type bond mode 802.3ad miimon 100 lacp_rate fast lacp_active off ad_select bandwidth ad_user_port_key 1023 ad_actor_sys_prio 17 ad_actor_system 02:00:00:00:00:ad min_links 1 xmit_hash_policy encap2+3
ip link add name tlb type bond mode balance-tlb miimon 100 tlb_dynamic_lb 0 xmit_hash_policy encap3+4 lp_interval 3
ip link add name alb type bond mode balance-alb miimon 100 use_carrier 0
ip link add name empty type bond miimon 100
for i in 0 1 2 3 4 5 6 7 8 9 10; do
	ip link add d$i type dummy
	ip link set d$i addrgenmode none
done
for p in d0:rr d1:rr eth0:ab eth1:ab d2:arp d3:xor d4:xor d5:bc d6:ad d7:ad d8:tlb d9:alb d10:alb; do
	ip link set ${p%:*} master ${p#*:}
done
ip link set d0 type bond_slave queue_id 3
ip link set eth0 type bond_slave queue_id 2 prio 10
ip link set ab type bond primary eth1
for b in rr ab arp xor bc ad tlb alb empty; do
	ip link set dev $b up
done
ip link set alb type bond active_slave d10
ip addr add 192.0.2.9/24 dev alb
E
