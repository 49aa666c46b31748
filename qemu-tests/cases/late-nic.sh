# NICs that appear while up waits: by name, by MAC, for a template, as ports.
# shellcheck shell=sh
mac=52:54:00:12:34:66 mac2=52:54:00:12:34:67

# plugs NAME HOT: and shows when.
plugs() {
	host plug "$(model)" "$1"
}

unplugs() {
	host unplug "$1"
	wait_for 10 sh -c "! grep -q '$2' /sys/class/net/*/address"
	rm -f "/tmp/plugged.$1"
}

address() {
	ip addr show dev "$1" | grep -q "inet $2"
}

# By name: the fifth NIC is eth4.
conf <<'E'
[nic eth4]
address = 192.0.2.4/24

[nic eth0]
address = 198.51.100.1/24
E
begins up -t 30
check "by name: the rest is done meanwhile" wait_for 9 address eth0 198.51.100.1/24
plugs hot0
ends "by name" 0
check "by name: has its address" address eth4 192.0.2.4/24
exits "by name: a second up" 0 -v up -t 5
equal "by name: a second up does nothing" '' "$(cat /tmp/err)"
unplugs hot0 $mac
exits "by name: unplugged, it is missed" 3 up -t 1
says "by name: it is named" "eth4: not ready: not there"
exits "down" 0 down

# A sysctl of a link that has no section waits for it.
printf '[sysctl]\nnet.ipv4.conf.eth4.log_martians = 1\n' | conf
begins up -t 30
plugs hot0
ends "a sysctl of a late NIC" 0
equal "it is written" 1 "$(cat /proc/sys/net/ipv4/conf/eth4/log_martians)"
unplugs hot0 $mac
exits "a sysctl of a NIC that is gone" 3 up -t 1
says "the NIC is named" "log_martians: not ready: eth4 is not there"
exits "down after it" 0 down

# By MAC, and renamed; a bond of one that is there and one that is not.
conf <<E
[nic wan]
match-mac = $mac
address = 192.0.2.5/24
gateway = 192.0.2.1

[bond bond0]
mode = active-backup
ports = eth1 slow
address = 203.0.113.1/24

[nic slow]
match-mac = $mac2
E
begins up -t 30
wait_for 9 address bond0 203.0.113.1/24
plugs hot1
check "a bond port that is late" wait_for 15 grep -q slow /sys/class/net/bond0/bonding/slaves
plugs hot0
ends "by MAC" 0
check "by MAC: renamed, with its address" address wan 192.0.2.5/24
check "by MAC: and its gateway" sh -c 'ip route show default | grep -q "via 192.0.2.1 dev wan"'
nbs -v up -t 5 || :
equal "by MAC: a second up does nothing" '' "$(cat /tmp/err)"
exits "by MAC: down" 0 down
# Both appeared as eth4, since the first was renamed at once.
check "by MAC: the name is back" sh -c 'ip link show dev eth4 | grep 52:54:00:12:34:67'
unplugs hot0 $mac
unplugs hot1 $mac2

# A template, and a port of a bridge with VLANs.
conf <<E
[nic eth*]
required = no
address = 10.0.0.1/8

[bridge br0]
ports = late0
vlan-filtering = yes
address = 192.0.2.6/24

[nic late0]
match-mac = $mac
vlans = 1 7
pvid = 7
untagged = 7
cost = 77
E
begins up -t 30
wait_for 9 sh -c 'ip link show dev br0 | grep UP'
plugs hot1
check "a template takes a late NIC" wait_for 15 address eth4 10.0.0.1/8
plugs hot0
ends "a bridge port that is late" 0
check "is a port with its settings" sh -e -c '
	ip -d link show dev late0 | grep -q "master br0"
	ip -d link show dev late0 | grep -q "cost 77 "
	bridge vlan show dev late0 | grep -q "7 PVID Egress Untagged"'
nbs -v up -t 5 || :
equal "a second up does nothing" '' "$(cat /tmp/err)"
exits "down" 0 down
unplugs hot0 $mac
unplugs hot1 $mac2
