# The life of a lease: renewed, rebound, refused, expired, remembered, given back.
# Times are short, so that T1, T2 and the end come within seconds.
# Runs with e1000 alone.
# shellcheck shell=sh
. /tests/dhcp.sh

conf <<'E'
[nic eth0]
dhcp = ipv4
E
spaces far other
wire - eth9 far eth0
sed -i s/eth0/eth9/ /etc/nbs.conf
ip link set eth9 up

# soon NAME SERVER PATTERN [SECONDS]: it says so.
soon() {
	wait_for "${4:-10}" grep -qE -e "$3" "/tmp/$2.log"
	told "$1" "$2" "$3"
}

seconds_left() {
	ip addr show dev eth9 | sed -n 's/.*valid_lft \([0-9]*\)sec.*/\1/p'
}

# Renewing: by unicast, from the address, with ciaddr and without options 50 and 54.
serve fake far eth0 lease=12 t1=2 t2=8 echo
hold
leased "a lease of 12 seconds" - eth9
soon "T1: asks its server again" fake '^REQUEST .*from=192.0.2.100 to=192.0.2.1 by-unicast .*ciaddr=192.0.2.100'
sleep 0.3
left=$(seconds_left)
check "the address lives as long as the new lease" [ "${left:-0}" -ge 9 ]
not_told "without options 50 and 54" fake '^REQUEST .*ciaddr=192.0.2.100 .*(address|server)='
told "DISCOVER once" fake '^DISCOVER' 1 1

# Rebinding: the server is silent, so T2 asks everybody.
unserve fake
serve fake far eth0 lease=12 t1=2 t2=4
soon "another renewal" fake '^REQUEST .*by-unicast .*ciaddr=192.0.2.100' 12
unserve fake
ip -n far addr flush dev eth0
serve fake far eth0 server=192.0.2.2 lease=12 t1=3 t2=5
soon "T2: asks all servers" fake '^REQUEST .*from=192.0.2.100 to=255.255.255.255 .*ciaddr=192.0.2.100' 12
lease_says "the lease is the other server's now" - eth9 "server = 192.0.2.2"
check "the address was never lost" has_address - eth9 192.0.2.100
not_told "DISCOVER not even once" fake '^DISCOVER'

# NAK while renewing: the address goes, and another is asked for.
unserve fake
serve fake far eth0 server=192.0.2.2 pool=192.0.2.120 lease=12 t1=2 t2=5 authoritative
soon "a NAK" fake '^sent NAK' 12
leased "another address after it" - eth9 192.0.2.120
check "not the one before" lacks_address - eth9 192.0.2.100

# Expiry: nobody answers any more.
unserve fake
LEASE_SECONDS=20 unleased "expired" - eth9
equal "no route after that" "" "$(ip route show dev eth9)"
check "no file after that" [ ! -e /run/nbs/leases/:/eth9 ]
serve fake far eth0 lease=600
LEASE_SECONDS=40 leased "and leased again once a server is back" - eth9
forget fake

# The cable goes and comes: it asks for what it had.
ip -n far link set eth0 down
sleep 1
ip -n far link set eth0 up
soon "carrier: INIT-REBOOT" fake '^REQUEST .*from=0.0.0.0 .*address=192.0.2.100'
not_told "INIT-REBOOT without a server's name" fake '^REQUEST .*address=192.0.2.100 server='
not_told "carrier: no DISCOVER" fake '^DISCOVER'

# Ended by signal: the address stays, and the next one takes over without a packet.
forget fake
hold_ends KILL
check "killed: the address stays" has_address - eth9 192.0.2.100
hold
sleep 3
not_told "taken over without a packet" fake '^(DISCOVER|REQUEST)'
check "taken over" has_address - eth9 192.0.2.100
hold_ends TERM
check "ended: the address stays" has_address - eth9 192.0.2.100

# Down gives it back.
exits "down" 0 down
soon "RELEASE" fake '^RELEASE .*from=192.0.2.100 to=192.0.2.1 .*ciaddr=192.0.2.100 .*server=192.0.2.1'
check "no address" lacks_address - eth9 192.0.2.100

# A restart with what is remembered, when that is somebody else's by now.
exits "up" 0 up
unserve fake
serve fake far eth0 pool=192.0.2.130 authoritative
ip addr flush dev eth9
ip link set eth9 down
exits "up after the pool has changed" 0 up
check "it has the new one" has_address - eth9 192.0.2.130
check "and not the old one" lacks_address - eth9 192.0.2.100

# For ever: the address outlives its lease, for a root on the network.
exits "down" 0 down
unserve fake
echo 'dhcp-lifetime = forever' >>/etc/nbs.conf
serve fake far eth0 lease=5
exits "forever: up" 0 up
check "forever: the kernel does not take it away" sh -c 'ip addr show dev eth9 | grep -q "valid_lft forever"'
unserve fake
exits "forever: down" 0 down
