# A lease from every server there is, and all that comes with it.
# shellcheck shell=sh
. /tests/dhcp.sh

conf <<'E'
[nic eth0]
dhcp = ipv4
E

# has NAME COMMAND...: soon.
has() {
	name=$1
	shift
	check "$kind: $name" wait_for 5 "$@"
}

# route TEXT
route() {
	ip route show | grep -qE "^$1( |\$)"
}

spaces far
give eth1 far
for kind in dnsmasq udhcpd dhcpd kea; do
	serve $kind far eth1 lease=3600 dns=192.0.2.1,192.0.2.2 mtu=1400 domain=example.org \
		search=a.example,b.example hostname=guest7 ntp=192.0.2.3 root=192.0.2.1:/srv/root router=192.0.2.1 \
		routes=198.51.100.0/24,192.0.2.7,0.0.0.0/0,192.0.2.254
	watch - eth0
	exits "$kind: up" 0 up
	# shellcheck disable=SC2154 # of exits
	echo "# $kind: $took/100 s"
	n=$(watched)
	# BusyBox's asks by ARP before it offers; QEMU's e1000 receives nothing in the
	# first second after it was raised: nbs asks again meanwhile, as it does after 50 ms
	# where a server is slow.
	most=2
	[ "$took" -lt 10 ] || most=6
	[ $kind != udhcpd ] || most=6
	[ "$(model)" != e1000 ] || most=10
	check "$kind: $n packets" [ "$n" -ge 2 -a "$n" -le $most ]
	leased "$kind: the address is there when up ends" - eth0
	has "for as long as it is leased" sh -c 'ip addr show dev eth0 | grep -qE "valid_lft 3[56][0-9][0-9]sec"'
	has "its route" route '198.51.100.0/24 via 192.0.2.7 dev eth0 proto dhcp .*metric 1000'
	has "the default route of option 121" route 'default via 192.0.2.254 dev eth0 proto dhcp .*metric 1000'
	check "$kind: option 3 is ignored" sh -c '! ip route | grep -q "default via 192.0.2.1 "'
	# The kernel gives a route for the subnet with the address, which has no metric.
	has "mtu" sh -c 'ip link show dev eth0 | grep -q "mtu 1400" || ip route | grep -q "mtu 1400"'
	has "name servers" grep -qx 'nameserver 192.0.2.2' /etc/resolv.conf
	has "search" grep -qE '^search .*a.example b.example' /etc/resolv.conf
	lease_says "$kind: lease: server" - eth0 "server = 192.0.2.1"
	lease_says "$kind: lease: domain" - eth0 "domain = example.org"
	lease_says "$kind: lease: root-path" - eth0 "root-path = 192.0.2.1:/srv/root"
	lease_says "$kind: lease: ntp" - eth0 "ntp = 192.0.2.3"
	has "klibc's file" grep -qxF "IPV4ADDR='$(address_of - eth0)'" /run/net-eth0.conf
	has "klibc's root" grep -qxF "ROOTPATH='192.0.2.1:/srv/root'" /run/net-eth0.conf
	sh -c '. /run/net-eth0.conf; echo "$DNSDOMAIN $IPV4DNS0"' >/tmp/sourced
	equal "$kind: it can be sourced" "example.org 192.0.2.1" "$(cat /tmp/sourced)"
	watch - eth0
	exits "$kind: up again" 0 -v up
	equal "$kind: up again asks nobody" 0 "$(watched)"
	equal "$kind: up again says nothing" "" "$(cat /tmp/out /tmp/err)"
	exits "$kind: down" 0 down
	check "$kind: no address is left" lacks_address - eth0 '[0-9.]*'
	check "$kind: no file is left" sh -c '! ls /run/nbs/leases/*/* /run/net-*.conf 2>/dev/null'
	equal "$kind: no route is left" "" "$(ip route)"
	equal "$kind: the MTU is back" 1500 "$(cat /sys/class/net/eth0/mtu)"
	# BusyBox's does not tell.
	[ $kind = udhcpd ] || {
		wait_for 3 grep -qE 'DHCP(4_)?RELEASE' "/tmp/$kind.log"
		told "$kind: the server has its address back" $kind 'DHCP(4_)?RELEASE'
	}
	unserve $kind
done

plug_user
# shellcheck disable=SC2154 # of plug_user
cat >/etc/nbs.conf <<E
[nic $user]
dhcp = ipv4
E
exits "QEMU: up" 0 up
echo "# QEMU: $took/100 s"
leased "QEMU: the address is there" - "$user" 10.0.2.15
check "QEMU: default route" route 'default via 10.0.2.2 .*proto dhcp'
check "QEMU: name server" grep -qx 'nameserver 10.0.2.3' /etc/resolv.conf
exits "QEMU: down" 0 down
