# A hold on a root that may be on the network: as long as the server is silent, nothing of
# the root is touched, for whoever does waits.
# Runs with virtio-net-pci alone.
# shellcheck shell=sh
. /tests/dhcp.sh

spaces far
wire - v0 far p0
wire - v1 far p1
ip -n far link add br0 type bridge forward_delay 0
for p in p0 p1; do
	ip -n far link set $p master br0 up
done

conf <<'END'
[nic v0]
dhcp = ipv4
dhcp-lifetime = forever

[nic v1]
dhcp = ipv4

[dummy d0]
required = no
END
serve fake far br0 lease=12 ip=3:192.0.2.1 ip=6:192.0.2.53
hold
leased "the root's" - v0
leased "another" - v1
check "names" wait_for 5 grep -q 192.0.2.53 /etc/resolv.conf

# Who changes them is seen at once.
echo 'nameserver 192.0.2.99' >/etc/resolv.conf
check "names that others changed" wait_for 5 grep -q 192.0.2.53 /etc/resolv.conf
rm /etc/resolv.conf
check "names that others took away" wait_for 5 grep -q 192.0.2.53 /etc/resolv.conf

# Two who never rest are one too many.
for _ in 1 2 3 4 5 6 7 8; do
	echo 'nameserver 192.0.2.98' >/etc/resolv.conf
	wait_for 1 grep -q 192.0.2.53 /etc/resolv.conf || break # before a renewal writes it
done
check "who insists has his way" grep -q 192.0.2.98 /etc/resolv.conf
check "which is said once" [ "$(grep -c 'left to them' /tmp/hold.err)" = 1 ]

# shellcheck disable=SC2154 # of hold
strace -q -p "$holder" -e trace=%file -o /tmp/paths &
tracer=$!
wait_for 5 grep -q "TracerPid:.*[1-9]" "/proc/$holder/status"
ip -n far link set br0 down
LEASE_SECONDS=30 unleased "the other's lease ends" - v1
ip link set d0 down
check "what others change is put right" wait_for 5 sh -c 'ip link show d0 | grep -q ,UP'
check "the root's address stays" has_address - v0
equal "no path begins at the root" '' "$(grep '"/' /tmp/paths)"
check "there were others" [ "$(wc -l </tmp/paths)" -gt 10 ]

ip -n far link set br0 up
LEASE_SECONDS=60 leased "when the server is back" - v1
check "names are read again" wait_for 10 grep -q '"/etc/resolv.conf"' /tmp/paths
kill $tracer
wait $tracer 2>/dev/null
check "they are right" grep -q 192.0.2.53 /etc/resolv.conf
hold_ends
exits "down" 0 down
