# A kernel without this or that, files that are not there or cannot be written.
# Runs with virtio-net-pci alone.
# shellcheck shell=sh

conf <<'E'
[dummy d0]
address = 192.0.2.1/24

[bond bond0]
ports = eth0
mode = active-backup

[vlan bond0.7]
parent = bond0
id = 7
address = 198.51.100.1/24
route = 203.0.113.0/24 via 198.51.100.2

[bridge br0]
ports = eth1
address = 192.0.2.65/26

[vlan eth1.9]
parent = eth1
id = 9
E

no_bond() {
	exits "without bonding" 1 up -t 9
	says "without bonding: the module is named" "bond0: kernel: Unknown device type; is the module bonding in this kernel?"
	equal "without bonding: it is said once" 1 "$(wc -l </tmp/err)"
	within "without bonding: nothing is waited for in vain" 0 500
	check "without bonding: the rest is done" sh -e -c '
		ip addr show dev d0 | grep 192.0.2.1/24
		ip addr show dev br0 | grep 192.0.2.65/26
		ip link show dev eth1 | grep "master br0"
		ip link show dev eth1.9'
	nbs down
}
without bonding no_bond

no_vlan() {
	exits "without 8021q" 1 up -t 9
	says "without 8021q: the module is named" "eth1.9: kernel: Unknown device type; is the module 8021q in this kernel?"
	equal "without 8021q: each is said once" 2 "$(wc -l </tmp/err)"
	check "without 8021q: the rest is done" ip addr show dev br0
	nbs down
}
without 8021q no_vlan

no_bridge() {
	exits "without bridge" 1 up -t 9
	says "without bridge: the module is named" "br0: kernel: Unknown device type; is the module bridge in this kernel?"
	equal "without bridge: it is said once" 1 "$(wc -l </tmp/err)"
	nbs down
}
without bridge no_bridge
exits "with all of them" 0 up -t 20
exits "down" 0 down

# /dev/net/tun is made where devtmpfs does not.
conf <<'E'
[tap tap0]
[dummy d0]
E
modprobe tun
rm -f /dev/net/tun
exits "no /dev/net/tun" 0 up -t 5
check "it is made" test -c /dev/net/tun
exits "down" 0 down
no_tun() {
	rm -f /dev/net/tun
	exits "without tun" 1 up -t 5
	says "without tun: it is named" "tap0: kernel: no /dev/net/tun; is tun in this kernel?"
	check "without tun: the rest is done" ip link show dev d0
	nbs down
}
without tun no_tun
modprobe tun

# A read-only /run: said once, and all is done.
conf <<'E'
[dummy d0]
address = 192.0.2.1/24
E
rm -rf /run/nbs
mount -o remount,ro /run
exits "a read-only /run" 0 up -t 5
says "it is said" "Read-only file system; what is applied will not be remembered"
equal "once" 1 "$(wc -l </tmp/err)"
check "and all is done" sh -c 'ip addr show dev d0 | grep 192.0.2.1/24'
exits "again" 0 -v up -t 5
equal "nothing to do" 1 "$(wc -l </tmp/err)"
mount -o remount,rw /run
ip link del d0

# /proc is not mounted: no namespaces and no sysctls, but links and addresses.
conf <<'E'
[global]
ip-forward = yes

[netns red]

[dummy d0]
address = 192.0.2.1/24
address = 2001:db8::1/64
mtu = 1400
gateway = 192.0.2.254

[dummy red/d1]
E
# What has it open keeps it busy, so it goes when nobody looks.
umount -l /proc
timeout -s KILL 30 /sbin/nbs up -t 5 >/tmp/out 2>/tmp/err || status=$?
mount -t proc proc /proc
equal "/proc is not mounted" 1 "$status"
says "/proc is named" "is /proc mounted"
check "the rest is done" sh -c 'ip addr show dev d0 | grep 192.0.2.1/24 && ip link show dev d0 | grep "mtu 1400" && ip route | grep default'
exits "and all of it afterwards" 0 up -t 5
exits "down" 0 down
check "the namespace is gone" sh -c '! ls /run/netns/red'

