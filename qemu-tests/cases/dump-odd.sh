# What no file can say is told in a comment, and dump goes on: kinds that nbs does not make,
# far ends out of sight, routes with more than words, what others keep.
# Runs with e1000 alone.
# shellcheck shell=sh
# shellcheck disable=SC2154 # of lib.sh
. /tests/dump.sh
. /tests/dhcp.sh

modprobe -a dummy vxlan vrf ipvlan
ip link delete dev dummy0

cat >/tmp/by-hand <<'E'
ip link set eth0 up
ip addr add 192.0.2.1/24 dev eth0
ip link add vx0 type vxlan id 7 dev eth0 dstport 4789 remote 192.0.2.9
ip link add vrf0 type vrf table 77
ip link add iv0 link eth0 type ipvlan
ip link add d0 type dummy
ip link add br0 type bridge
ip link set vx0 master br0
ip link set d0 master vrf0
ip link set dev vx0 up
ip link set dev br0 up
ip link set dev d0 up
ip link set dev vrf0 up
ip link add link vx0 name vx0.5 up type vlan id 5
ip addr add 10.7.0.1/24 dev vx0.5
ip addr add 192.0.2.5/24 dev eth0 valid_lft 3000 preferred_lft 2000
ip route add 10.1.0.0/16 encap ip id 5 dst 192.0.2.8 dev vx0
ip route add 10.2.0.0/16 via 192.0.2.2 proto bird
ip route add 10.3.0.0/16 via 192.0.2.2 proto zebra
ip route add 10.4.0.0/16 via 192.0.2.2 proto dhcp
ip route add 2001:db8:9::/48 dev eth0 expires 300
ip nexthop add id 9 via 192.0.2.3 dev eth0
ip route add 10.5.0.0/16 nhid 9
ip route add 10.6.0.0/16 via 192.0.2.2
ip route append 10.6.0.0/16 via 192.0.2.3
ip link property add dev eth0 altname another
E
check "made by hand" /bin/sh -e /tmp/by-hand
# A namespace without a name, and one whose name no section can have.
unshare -n sleep 100 &
hidden=$!
sleep 0.5
ip link add near type veth peer name far netns $hidden
ip link set dev near up
ip netns add 'a*b'
nbs dump
equal "dump goes on" 0 "$status"
says "a namespace that cannot be named is told" "a*b"
ip netns del 'a*b'
dumped "what others made"
for line in '[nic vx0]' '# of kind vxlan, which nbs does not make' '[bridge br0]' 'ports = vx0' \
	'# of kind vrf, which nbs does not make' '# a port of vrf0, for whose kind there are none' \
	'# iv0: of kind ipvlan, which nbs does not make' '[nic near]' \
	'# a veth whose far end is in a namespace without a name' \
	'# 2 routes of programs that keep them themselves' \
	'# also called another, by which no section knows it'; do
	tells "$line" "$line"
done
for text in '^# address = 192.0.2.5/24: it ends, unless' '^# route = 10.1.0.0/16 .*: there is more' \
	'^# route = 10.4.0.0/16 .*: of a DHCP client' '^# route = 2001:db8:9::/48 .*: it ends' \
	'^# route = 10.5.0.0/16 .*nhid 9: nbs does not make' '^route = 10.5.0.0/16 .*nhid 9' \
	'^route = 10.6.0.0/16 ' '^# route = 10.6.0.0/16 ' '^# [0-9]* lines with a # tell'; do
	check "$text" grep -q "$text" /tmp/told
done
kill $hidden

# Whoever is not root is told what he does not see.
mv /etc/passwd /tmp/passwd
echo 'nobody:x:65534:65534::/:/bin/sh' >/etc/passwd
ip netns add blue
status=0
start-stop-daemon -S -c nobody -x /sbin/nbs -- dump >/tmp/out 2>/tmp/err || status=$?
mv /tmp/passwd /etc/passwd
equal "without root" 0 $status
says "blue is out of sight" "blue: is there, and only root sees what is in it"
says "the rest is told" "[bridge br0]"

# What a server has brought is asked for anew.
bare
spaces far
give eth1 far
serve fake far eth1 ip=3:192.0.2.1
conf <<'E'
[nic eth0]
dhcp = ipv4
E
exits "up" 0 up -t 20
dumped "a lease"
tells "it is asked for" 'dhcp = ipv4'
check "and not told" sh -c "! sed -n '/eth0\\]/,/^$/p' /tmp/told | grep -E 'address|gateway|route'"
nbs hold >/tmp/hold.out 2>/tmp/hold.err &
sleep 2
cp /tmp/told /tmp/told.first
dumped "beside a hold"
equal "the same" "$(cat /tmp/told.first)" "$(cat /tmp/told)"
