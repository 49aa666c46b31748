# Runs with e1000 alone.
# From one file to another: what nbs makes of the second must be the same, whether
# the first was there before or not: what it does not say is as if nobody had
# said it, where the kernel has one standard for all.

spaces a b
ip link set eth0 netns a
ip link set eth1 netns a
ip link set eth2 netns b name eth0
ip link set eth3 netns b name eth1

# fresh COMMAND...: nbs in b, with a memory of its own.
fresh() {
	nsenter --net=/run/netns/b /usr/bin/unshare -m /bin/sh -c '
		mount --bind /tmp/b /run/nbs && exec timeout 30 /sbin/nbs "$@"' sh "$@" 2>&1
}

# up: all is done, and nothing is complained of.
up() {
	nbs_in a up
	cat /tmp/err
	[ ! -s /tmp/err ]
}

# becomes NAME: stdin is one file, a line of "---", and another.
becomes() {
	cat >/tmp/both
	sed '/^---$/,$d' /tmp/both >/etc/nbs.conf
	state a >/tmp/before
	check "$1: the first" up
	sed '1,/^---$/d' /tmp/both >/etc/nbs.conf
	check "$1: the second" up
	again "$1: once more" a
	rm -rf /tmp/b
	mkdir -p /tmp/b /run/nbs
	check "$1: afresh" fresh up
	same_soon "$1: as afresh" a b
	check "$1: afresh, taken back" fresh down
	downs "$1" a
}

becomes "bond to NICs" <<'E'
[bond bond0]
mode = balance-rr
ports = eth0 eth1
address = 192.0.2.1/24

[vlan v]
parent = bond0
id = 5
address = 198.51.100.1/24
---
[nic eth0]
address = 192.0.2.1/24
gateway = 192.0.2.254

[nic eth1]

[vlan v]
parent = eth1
id = 6
address = 198.51.100.1/24
E

becomes "NICs to bond" <<'E'
[nic eth0]
address = 192.0.2.1/24
gateway = 192.0.2.254

[vlan v]
parent = eth1
id = 6
address = 198.51.100.1/24
---
[bond bond0]
mode = 802.3ad
ports = eth0 eth1
address = 192.0.2.1/24
gateway = 192.0.2.254

[vlan v]
parent = bond0
id = 6
address = 198.51.100.1/24
E

becomes "other ids, modes, parents and kinds" <<'E'
[dummy d0]

[vlan v]
parent = d0
id = 5
mtu = 1400

[vlan w]
parent = v
id = 7
address = 192.0.2.1/24

[macvlan m]
parent = d0
mode = private

[bridge x]
ports = y

[dummy y]

[veth p]
peer = q

[tap t]
owner = 6
multi-queue = yes
up = no
---
[dummy d0]
mtu = 1300

[vlan v]
parent = d0
id = 6
protocol = 802.1ad

[vlan w]
parent = v
id = 7
address = 192.0.2.1/24
gateway = 192.0.2.254

[macvlan m]
parent = v
mode = bridge

[dummy x]
address = 203.0.113.1/24

[bridge y]
ports = p t

[veth p]
peer = r

[tap t]
owner = 7
E

becomes "from bridge to bridge, VLANs" <<'E'
[bridge br0]
ports = d0 d1 d2
vlan-filtering = yes

[bridge br1]
stp = yes

[dummy d0]
vlans = 1-100
pvid = 1
untagged = 1
cost = 5
fdb = 02:00:00:00:00:01 static

[dummy d1]
vlans = 10
hairpin = yes

[dummy d2]
isolated = yes
---
[bridge br0]
ports = d0 d2

[bridge br1]
ports = d1
vlan-filtering = yes
vlan-default-pvid = 0
forward-delay = 300

[dummy d0]
cost = 6

[dummy d1]
vlans = 20-30 10
pvid = 20
fdb = 02:00:00:00:00:02 static vlan 20

[dummy d2]
address = 192.0.2.1/24
E

becomes "addresses, routes and rules" <<'E'
[global]
ip-forward = yes
rule = from 192.0.2.0/24 table 7 priority 7
route = blackhole 10.0.0.0/8

[dummy d0]
address = 192.0.2.1/24
address = 192.0.2.2/24
address = 192.0.2.3/24
address = 2001:db8::1/64 nodad
address = 2001:db8::2/64
gateway = 192.0.2.254
gateway = 2001:db8::ff
route = 10.1.0.0/16 via 192.0.2.253
route = 10.2.0.0/16 via 192.0.2.253 metric 5
neighbor = 192.0.2.9 lladdr 02:00:00:00:00:09
proxy-arp = yes
---
[global]
rule = from 192.0.2.0/24 table 8 priority 7
route = unreachable 10.0.0.0/8

[dummy d0]
address = 192.0.2.3/24
address = 192.0.2.2/24
address = 192.0.2.1/25
address = 2001:db8::2/64 nodad
gateway = 192.0.2.253
gateway = 2001:db8::fe
route = 10.1.0.0/16 via 192.0.2.254 mtu 1400
route = 10.2.0.0/16 via 192.0.2.253 metric 6
neighbor = 192.0.2.9 lladdr 02:00:00:00:00:0a
proxy-arp = no
mtu = 1300
E

becomes "MTUs, down and up" <<'E'
[dummy d0]
mtu = 2000

[vlan v]
parent = d0
id = 1
mtu = 2000

[vlan w]
parent = v
id = 2
mtu = 1999
address = 2001:db8::1/64 nodad
---
[dummy d0]
mtu = 1200

[vlan v]
parent = d0
id = 1
mtu = 1100

[vlan w]
parent = v
id = 2
mtu = 1000
up = no
E

becomes "and MTUs up again" <<'E'
[vlan v]
parent = d0
id = 1
mtu = 1000
address = 192.0.2.1/24

[dummy d0]
mtu = 1000
---
[vlan v]
parent = d0
id = 1
mtu = 3000
address = 192.0.2.1/24
address = 2001:db8::1/64 nodad
gateway = 192.0.2.2

[dummy d0]
mtu = 3000
E
