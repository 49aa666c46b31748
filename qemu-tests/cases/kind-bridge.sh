# Bridges: STP, timers, VLAN filtering, multicast; ports with their options and
# VLANs; forwarding entries.

spaces a b
ip link set eth0 netns a
ip link set eth2 netns b name eth0

twin "bridges" a b <<'E'
[bridge plain]
ports = eth0 p0

[nic eth0]

[dummy p0]
address = 2001:db8::1/64 nodad

[bridge stp]
stp = yes
priority = 4096
forward-delay = 400
hello-time = 1s
max-age = 1200
ageing-time = 100s
group-address = 01:80:c2:00:00:0e
group-fwd-mask = 0x4000
no-linklocal-learn = yes
ports = p1 p2
address = 192.0.2.1/24

[dummy p1]
priority = 5
cost = 77
guard = yes
root-block = yes

[dummy p2]
hairpin = yes
fastleave = yes
learning = no
flood = no
mcast-flood = no
bcast-flood = no
mcast-router = 2
mcast-to-unicast = yes
isolated = yes
neigh-suppress = yes
port-proxy-arp = yes
proxy-arp-wifi = yes
vlan-tunnel = no
group-fwd-mask = 8
fdb = 02:00:00:00:00:21 static
fdb = 02:00:00:00:00:22
backup-port = p1

[bridge mcast]
mcast-snooping = yes
mcast-router = 2
mcast-query-use-ifaddr = yes
mcast-querier = yes
mcast-hash-max = 512
mcast-last-member-count = 3
mcast-startup-query-count = 4
mcast-last-member-interval = 200
mcast-membership-interval = 30000
mcast-querier-interval = 26000
mcast-query-interval = 12000
mcast-query-response-interval = 900
mcast-startup-query-interval = 3000
mcast-stats-enabled = yes
mcast-igmp-version = 3
mcast-mld-version = 2
forward-delay = 1500

[bridge deaf]
mcast-snooping = no
mac = 02:00:00:00:00:de
up = no

[bridge vlans]
vlan-filtering = yes
vlan-protocol = 802.1ad
vlan-default-pvid = 0
vlan-stats-enabled = yes
vlan-stats-per-port = yes
vlans = 10 20-25 4094
pvid = 10
untagged = 10 20
ports = p3 p4 p5

[dummy p3]
vlans = 10-30
pvid = 10
untagged = 10 12-13
fdb = 02:00:00:00:00:33 static vlan 12

[dummy p4]
vlans =

[dummy p5]

[bridge pvid]
vlan-filtering = yes
vlan-default-pvid = 5
ports = p6 p7 p8
fdb = 02:00:00:00:00:77 vlan 5

[dummy p6]

[dummy p7]
vlans = 5 6
pvid = 6
locked = yes

# No VLANs at all, though the bridge would have it in VLAN 5.
[dummy p8]
vlans =

[bridge snoop]
vlan-filtering = yes
mcast-vlan-snooping = yes

[bridge mst]
vlan-default-pvid = 0
mst-enabled = yes
---
ip link add plain type bridge forward_delay 0
ip link add stp type bridge stp_state 1 priority 4096 forward_delay 400 hello_time 100 max_age 1200 ageing_time 10000 group_address 01:80:c2:00:00:0e group_fwd_mask 0x4000 no_linklocal_learn 1
ip link add mcast type bridge mcast_snooping 1 mcast_router 2 mcast_query_use_ifaddr 1 mcast_querier 1 mcast_hash_max 512 mcast_last_member_count 3 mcast_startup_query_count 4 mcast_last_member_interval 200 mcast_membership_interval 30000 mcast_querier_interval 26000 mcast_query_interval 12000 mcast_query_response_interval 900 mcast_startup_query_interval 3000 mcast_stats_enabled 1 mcast_igmp_version 3 mcast_mld_version 2 forward_delay 1500
ip link add deaf type bridge forward_delay 0 mcast_snooping 0
ip link add vlans type bridge forward_delay 0 vlan_filtering 1 vlan_protocol 802.1ad vlan_default_pvid 0 vlan_stats_enabled 1 vlan_stats_per_port 1
ip link add name pvid type bridge forward_delay 0 vlan_filtering 1 vlan_default_pvid 5
ip link add snoop type bridge forward_delay 0 vlan_filtering 1 mcast_vlan_snooping 1
ip link add mst type bridge forward_delay 0 vlan_default_pvid 0
ip link set mst type bridge mst_enabled 1 2>/dev/null || echo 1 >/tmp/no-mst
for i in 0 1 2 3 4 5 6 7 8; do
	ip link add p$i type dummy
	[ $i = 0 ] || ip link set p$i addrgenmode none
done
ip link set eth0 addrgenmode none
for p in eth0:plain p0:plain p1:stp p2:stp p3:vlans p4:vlans p5:vlans p6:pvid p7:pvid p8:pvid; do
	ip link set ${p%:*} master ${p#*:}
done
bridge link set dev p1 priority 5 cost 77 guard on root_block on
bridge link set dev p2 hairpin on fastleave on learning off flood off mcast_flood off bcast_flood off mcast_router 2 mcast_to_unicast on isolated on neigh_suppress on vlan_tunnel off backup_port p1
ip link set p2 type bridge_slave proxy_arp on proxy_arp_wifi on group_fwd_mask 8
bridge link set dev p7 locked on
for v in 10 20-25 4094; do
	bridge vlan add dev vlans vid $v self
done
bridge vlan add dev vlans vid 10 pvid untagged self
bridge vlan add dev vlans vid 20 untagged self
bridge vlan add dev p3 vid 10-30
bridge vlan add dev p3 vid 10 pvid untagged
bridge vlan add dev p3 vid 12-13 untagged
bridge vlan del dev p7 vid 5
bridge vlan add dev p7 vid 5
bridge vlan add dev p7 vid 6 pvid
bridge vlan del dev p8 vid 5
bridge fdb add 02:00:00:00:00:21 dev p2 master static
bridge fdb add 02:00:00:00:00:22 dev p2 master permanent
bridge fdb add 02:00:00:00:00:33 dev p3 master static vlan 12
bridge fdb add 02:00:00:00:00:77 dev pvid self permanent vlan 5
for l in eth0 p0 p1 p2 p3 p4 p5 p6 p7 p8 plain stp mcast vlans pvid snoop mst; do
	ip link set dev $l up
done
ip addr add 192.0.2.1/24 dev stp
ip addr add 2001:db8::1/64 dev p0 nodad
E
