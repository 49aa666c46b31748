# What was there without nbs: it stays, and what nbs put in its place goes back to it,
# by down and by an up whose file no longer speaks of it.
# Runs with virtio-net-pci alone.
# shellcheck shell=sh
status=0

ip link set eth0 up
ip addr add 10.3.0.1/24 dev eth0
ip addr add 2001:db8:3::1/64 dev eth0 nodad
ip route add default via 10.3.0.9 dev eth0
ip route add 10.9.0.0/16 via 10.3.0.8 dev eth0 mtu 1300
ip rule add from 10.3.0.0/24 lookup 77 pref 100
ip link add br0 type bridge forward_delay 700
ip link add w0 type veth peer name w1
ip link set w0 master br0
ip neigh add 10.3.0.7 lladdr 02:00:00:00:00:07 dev eth0

full() {
	conf <<-'X'
	[global]
	ip-forward = yes
	hostname = zed
	dns = 192.0.2.53
	rule = from 10.3.0.0/24 table 77 priority 100
	rule = table main suppress-prefixlength 0 priority 50
	[nic eth0]
	mtu = 1400
	alias = hello
	rp-filter = 2
	address = 10.3.0.1/24
	address = 10.4.0.1/24
	address = 2001:db8:3::1/64
	gateway = 10.3.0.254
	route = 10.9.0.0/16 via 10.3.0.8 mtu 1300
	neighbor = 10.3.0.7 lladdr 02:00:00:00:00:17
	[bridge br0]
	stp = yes
	ports = w0
	[bridge br1]
	priority = 4096
	ageing-time = 1000
	ports = eth1
	X
}

state - >/tmp/before
full
exits "up" 0 up
quiet() {
	nbs -v up || :
	equal "$1" "0 " "$status $(cat /tmp/err)"
}
quiet "a second up has nothing to do"
downs "all of it" -

full
exits "up once more" 0 up
printf '[nic eth0]\n[bridge br0]\n[bridge br1]\n' | conf
exits "up with empty sections" 0 up
quiet "then there is nothing to do"
equal "a bridge that nbs made is as a new one" 32768 "$(cat /sys/class/net/br1/bridge/priority)"
equal "the MTU is what it was" 1500 "$(cat /sys/class/net/eth0/mtu)"
equal "the name is what it was" "$(grep -x '(none)\|[a-z]*' /tmp/before | head -n 1)" "$(hostname)"
check "the rule that was there is there" sh -c 'ip rule | grep -q "from 10.3.0.0/24 lookup 77"'
check "the main table is looked up" sh -c 'ip rule | grep -q "^32766:.*lookup main"'
echo '[bridge br1]' | conf
exits "up with one section" 0 up
quiet "then there is nothing to do, either"
downs "the rest" -

# The same NIC by another section: what it was before either counts.
ip addr flush dev eth2
ip link set dev eth2 down mtu 1500
state - >/tmp/before
printf '[nic eth2]\nmtu = 1400\naddress = 10.5.0.1/24\n' | conf
exits "a NIC by its name" 0 up
printf '[nic wan]\nmatch-mac = %s\naddress = 10.6.0.1/24\n' "$(cat /sys/class/net/eth2/address)" | conf
exits "and by its address, with another name" 0 up
equal "it is as it was where the file says nothing" 1500 "$(cat /sys/class/net/wan/mtu)"
quiet "another up has nothing to do"
downs "both sections of it" -

# Forwarding for all links sets that of each: theirs comes back, too.
forwards() {
	(cd /proc/sys/net && grep . ipv4/conf/*/forwarding ipv6/conf/*/forwarding)
}
ip link add d1 type dummy
ip link add d2 type dummy
echo 1 >/proc/sys/net/ipv4/conf/d1/forwarding
echo 1 >/proc/sys/net/ipv6/conf/d2/forwarding
echo 1 >/proc/sys/net/ipv6/conf/default/forwarding
forwards >/tmp/forwards
printf '[global]\nip-forward = yes\nipv6-forward = yes\n' | conf
exits "forwarding for all" 0 up
equal "all forward" 0 "$(forwards | grep -c ':0')"
quiet "another up has nothing to do"
echo '[loopback lo]' | conf
exits "not any more" 0 up
equal "each link is as it was" "$(cat /tmp/forwards)" "$(forwards)"
printf '[global]\nip-forward = yes\nipv6-forward = yes\n' | conf
exits "once more" 0 up
exits "down" 0 down
equal "each link is as it was, after down" "$(cat /tmp/forwards)" "$(forwards)"
