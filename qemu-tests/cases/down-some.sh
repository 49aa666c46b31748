# up LINK and down LINK; what a later file no longer says is taken back.
# Runs with virtio-net-pci alone.
# shellcheck shell=sh

conf <<'E'
[global]
hostname = after

[bond bond0]
mode = active-backup
ports = eth0 eth1

[vlan bond0.5]
parent = bond0
id = 5
address = 192.0.2.1/24
gateway = 192.0.2.254

[bridge br0]
ports = eth2
address = 198.51.100.1/24

[dummy d0]
address = 10.0.0.1/24

[nic eth3]
mtu = 1400
address = 10.0.1.1/24
E
state - >/tmp/before

exits "up bond0.5" 0 up -t 20 bond0.5
check "does it and what it stands on" sh -e -c '
	ip addr show dev bond0.5 | grep 192.0.2.1/24
	ip link show dev eth0 | grep "master bond0"
	ip route | grep "default via 192.0.2.254"'
check "and no more" sh -c '! ip link show dev br0 && ! ip link show dev d0 && ip link show dev eth3 | grep "mtu 1500"'
exits "up d0 eth3" 0 up -t 20 d0 eth3
check "leaves the rest" sh -e -c '
	ip addr show dev d0 | grep 10.0.0.1/24
	ip link show dev eth3 | grep "mtu 1400"
	ip addr show dev bond0.5 | grep 192.0.2.1/24'
exits "up of a link that is not in the file" 2 up eth9
exits "up" 0 up -t 20
check "does the rest" sh -c 'ip addr show dev br0 | grep 198.51.100.1/24 && [ "$(hostname)" = after ]'
nbs -v up -t 20 || :
equal "a second up does nothing" '' "$(cat /tmp/err)"

exits "down bond0" 0 down bond0
equal "says what goes with it" 'nbs: bond0.5: goes with bond0, on which it stands' "$(cat /tmp/err)"
check "takes what stands on it, too" sh -c '! ip link show dev bond0 && ! ip link show dev bond0.5'
check "and leaves the rest" sh -e -c '
	ip addr show dev br0 | grep 198.51.100.1/24
	ip addr show dev d0 | grep 10.0.0.1/24
	ip link show dev eth3 | grep "mtu 1400"'
exits "down eth3" 0 down eth3
check "puts its settings back" sh -c 'ip link show dev eth3 | grep "mtu 1500" && ! ip addr show dev eth3 | grep 10.0.1.1'
exits "down of a link that is not applied" 2 down bond0
exits "up brings all back" 0 up -t 20
nbs -v up -t 20 || :
equal "once more: a second up does nothing" '' "$(cat /tmp/err)"

# Another file.
conf <<'E'
[bond bond0]
mode = active-backup
ports = eth0

[bridge br0]
ports = eth2 eth1
address = 198.51.100.2/24

[nic eth3]
address = 10.0.1.2/24
E
exits "another file" 0 up -t 20
check "what it does not say is taken back" sh -e -c '
	! ip link show dev bond0.5
	! ip link show dev d0
	! ip addr show dev br0 | grep 198.51.100.1/24
	! ip addr show dev eth3 | grep 10.0.1.1/24
	! ip route | grep default'
check "what it says is there" sh -e -c '
	ip link show dev eth0 | grep "master bond0"
	ip link show dev eth1 | grep "master br0"
	ip link show dev eth2 | grep "master br0"
	ip addr show dev br0 | grep 198.51.100.2/24
	ip addr show dev eth3 | grep 10.0.1.2/24'
nbs -v up -t 20 || :
equal "another file: a second up does nothing" '' "$(cat /tmp/err)"
exits "down" 0 down
state - >/tmp/after
equal "all is as it was" '' "$(diff -U 2 /tmp/before /tmp/after)"

# The file is killed in the middle: what was begun is known.
conf <<'E'
[bridge br0]
ports = eth0 d0
address = 192.0.2.1/24

[dummy d0]

[nic eth9]
address = 192.0.2.9/24
E
begins up -t 60
wait_for 9 sh -c 'ip addr show dev br0 | grep 192.0.2.1'
kill -9 "$(pidof nbs)"
ends "killed" 137
exits "down after a crash" 0 down
state - >/tmp/after
equal "all is as it was, after a crash" '' "$(diff -U 2 /tmp/before /tmp/after)"
