# An address that somebody else has; a NAK, and no server at all.
# Runs with virtio-net-pci alone.
# shellcheck shell=sh
. /tests/dhcp.sh

spaces far
wire - v0 far eth0
ip link set v0 up
printf '[nic v0]\ndhcp = ipv4\n' | conf

soon() {
	wait_for "${4:-15}" grep -qE -e "$3" "/tmp/$2.log"
	told "$1" "$2" "$3"
}

serve fake far eth0 arp=192.0.2.100
hold
soon "probed" fake '^ARP .*for=192.0.2.100 from=0.0.0.0'
soon "declined" fake '^DECLINE .*from=0.0.0.0 .*address=192.0.2.100 server=192.0.2.1 '
# RFC 2131, 3.1: at least ten seconds before it begins anew.
LEASE_SECONDS=20 leased "the next one" - v0 192.0.2.101
check "the one before is gone" lacks_address - v0 192.0.2.100
began=$(sed -n 's/^DECLINE at=\([0-9]*\) .*/\1/p' /tmp/fake.log | head -n 1)
again=$(awk '/^DECLINE/ { seen = 1 } seen && /^DISCOVER/ { sub(/.*at=/, ""); sub(/ .*/, ""); print; exit }' /tmp/fake.log)
check "not at once" [ $((again - began)) -ge 9000 ]

# Somebody takes it later: defended first, given up when it goes on (RFC 5227).
soon "announced" fake '^ARP .*for=192.0.2.101 from=192.0.2.101'
sleep 3
forget fake
ip -n far addr add 192.0.2.101/24 dev eth0
ip netns exec far busybox arping -c 1 -A -I eth0 192.0.2.101 >/tmp/arping 2>&1
soon "defended" fake '^ARP .*for=192.0.2.101 from=192.0.2.101' 5
check "it is still ours" has_address - v0 192.0.2.101
ip netns exec far busybox arping -c 3 -A -I eth0 192.0.2.101 >/tmp/arping 2>&1
soon "given up" fake '^DECLINE .*address=192.0.2.101'
hold_ends
nbs down
unserve fake

# No server: an address of one's own, if that is asked for.
printf '[nic v0]\ndhcp = ipv4\ndhcp-fallback = link-local\n' | conf
hold
LEASE_SECONDS=40 leased "link-local" - v0 169.254.[0-9.]*
serve fake far eth0
LEASE_SECONDS=40 leased "until a server answers" - v0 192.0.2.100
wait_for 10 lacks_address - v0 169.254.[0-9.]*
check "then it goes" lacks_address - v0 169.254.[0-9.]*
hold_ends
nbs down
