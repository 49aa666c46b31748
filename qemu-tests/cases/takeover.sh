# State files that an earlier nbs wrote: this one goes on from them as from its own.
# Runs with virtio-net-pci alone.
# shellcheck shell=sh
. /tests/dhcp.sh

# wrote FILE: stdin is what the earlier nbs wrote there, of this boot and namespace.
wrote() {
	sed -e "s/HERE/$here/; s/BOOT/${here% *}/; s/NOW/$(now)0/" >"/run/nbs/$1"
}

# by_this NAME: stdin is a file; what this nbs makes of it is what the earlier one made.
by_this() {
	state - >/tmp/before
	conf
	exits "$1: up" 0 up -t 5
	here=$(sed -n 's/^bound-to = //p' /run/nbs/applied.conf)
}

# goes_on NAME: with the files of the earlier one.
goes_on() {
	exits "$1: another up" 0 -v up -t 5
	equal "$1: it has nothing to do" '' "$(grep -v 'receives nothing' /tmp/err)"
}

ip addr add 192.0.2.77/24 dev eth0
ip link set eth0 up
ip route add 198.51.100.0/24 via 192.0.2.254
wait_for 9 sh -c 'ip -6 addr show dev eth0 | grep -q fe80'
sleep 2 # DAD
by_this "a host" <<'E'
[global]
ip-forward = yes
hostname = zed
dns = 192.0.2.53
rule = from 10.5.0.0/24 table 500
[nic eth0]
[bridge br0]
ports = eth0 tap0
address = 192.0.2.2/24
gateway = 192.0.2.254
[tap tap0]
[bond bond0]
mode = active-backup
ports = eth1 eth2
[vlan bond0.5]
parent = bond0
id = 5
mtu = 1400
address = 10.5.0.1/24
route = default via 10.5.0.9 table 500
[netns blue]
ip-forward = yes
[veth v]
peer = blue/w
address = 10.6.0.1/24
[peer blue/w]
address = 10.6.0.2/24
[macvlan blue/m]
parent = eth3
[sysctl]
net.ipv4.conf.all.log_martians = 1
E
wrote 'applied.conf' <<'E'
[applied]
bound-to = HERE
[global]
ip-forward = yes
hostname = zed
dns = 192.0.2.53
rule = inet from 10.5.0.0/24 table 500

[sysctl]
net/ipv4/conf/all/log_martians = 1

[netns blue]
made = yes
ip-forward = yes

[nic eth0]
up = yes
addr-gen-mode = none

[bridge br0]
made = yes
ports = eth0 tap0
up = yes
forward-delay = 0
mac = 52:54:00:12:34:56
address = 192.0.2.2/24
gateway = 192.0.2.254

[tap tap0]
made = yes
up = yes
addr-gen-mode = none

[bond bond0]
made = yes
ports = eth1 eth2
mode = active-backup
up = yes
miimon = 100

[vlan bond0.5]
made = yes
parent = bond0
id = 5
mtu = 1400
up = yes
address = 10.5.0.1/24
route = 0.0.0.0/0 table 500 via 10.5.0.9

[veth v]
made = yes
peer = blue/w
up = yes
address = 10.6.0.1/24

[peer blue/w]
made = yes
up = yes
address = 10.6.0.2/24

[macvlan blue/m]
made = yes
parent = eth3
up = yes
E
wrote 'before.conf' <<'E'
[applied]
bound-to = HERE
[global]
hostname = guest

[sysctl]
net/ipv4/ip_forward = 0
net/ipv4/conf/all/log_martians = 0

[nic eth0]
match-link = eth0
up = yes
addr-gen-mode = eui64

[nic eth1]
match-link = eth1
up = no
addr-gen-mode = eui64

[nic eth2]
match-link = eth2
up = no
addr-gen-mode = eui64

[nic eth3]
match-link = eth3
up = no

[loopback lo]
up = no
E
wrote 'resolv.conf' <<'E'
# there was none
E
goes_on "a host"
downs "a host" -

by_this "renamed" <<'E'
[nic lan]
match-mac = 52:54:00:12:34:56
mtu = 1400
address = 192.0.2.9/24
[netns red]
[nic red/wan]
match-mac = 52:54:00:12:34:57
address = 10.7.0.1/24
E
wrote 'applied.conf' <<'E'
[applied]
bound-to = HERE
[netns red]
made = yes

[nic lan]
match-mac = 52:54:00:12:34:56
mtu = 1400
up = yes
address = 192.0.2.9/24

[nic red/wan]
match-mac = 52:54:00:12:34:57
up = yes
address = 10.7.0.1/24
E
wrote 'before.conf' <<'E'
[applied]
bound-to = HERE
[nic eth0]
match-link = lan
mtu = 1500
up = yes

[nic eth1]
match-link = red/wan
up = no

[loopback lo]
up = no
E
goes_on "renamed"
downs "renamed" -

bare
spaces far
give eth1 far
serve fake far eth1 ip=3:192.0.2.1
printf '[nic eth0]\ndhcp = ipv4\n' | conf
hold
leased "a lease" - eth0
hold_ends
here=$(sed -n 's/^bound-to = //p' /run/nbs/applied.conf)
forget fake
wrote 'applied.conf' <<'E'
[applied]
bound-to = HERE
[nic eth0]
dhcp = ipv4
up = yes
dhcp-metric = 1000
address = 192.0.2.100/24 broadcast 192.0.2.255 metric 1000 valid-lft 3600 preferred-lft 3600
route = 0.0.0.0/0 metric 1000 protocol dhcp via 192.0.2.1
E
wrote 'before.conf' <<'E'
[applied]
bound-to = HERE
[nic eth0]
match-link = eth0
up = yes

[loopback lo]
up = no
E
wrote 'leases/:/eth0' <<'E'
[lease eth0]
address = 192.0.2.100/24
server = 192.0.2.1
lifetime = 3600
renew-after = 1800
rebind-after = 3150
router = 192.0.2.1
server-mac = 52:54:00:12:34:57
client-id = 01:52:54:00:12:34:56
boot = BOOT
taken = NOW
E
hold
sleep 2
leased "the lease of the earlier nbs" - eth0
not_told "nobody else is asked for" fake '^DISCOVER'
hold_ends
exits "down" 0 down
told "down gives it back" fake '^RELEASE' 1 1
