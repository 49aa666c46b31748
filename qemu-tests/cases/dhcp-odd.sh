# What the first users of hold ran into, each once.
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

requests() {
	grep -cE '^(DISCOVER|REQUEST)' /tmp/fake.log
}

# A lease without a life of its own is not renewed in a storm.
conf <<'END'
[nic v0]
dhcp = ipv4
END
serve fake far br0 lease=600 t1=0
hold
leased "T1 of 0" - v0
sleep 2
check "asks no more than it has to" [ "$(requests)" -le 6 ]
hold_ends
exits "down" 0 down
unserve fake

# Two NICs in one network: the kernel answers for either address on both.
conf <<'END'
[nic v0]
dhcp = ipv4
[nic v1]
dhcp = ipv4
END
serve fake far br0 lease=600 ip=3:192.0.2.1
hold
leased "two NICs in one network: one" - v0
leased "and the other" - v1
sleep 7 # as long as they are probed and announced
not_told "neither is given up" fake '^DECLINE'
check "both have a route" [ "$(ip route show default | wc -l)" = 2 ]

# Somebody leaves an address without what goes with it, or takes all away.
a=$(address_of - v0)
ip addr del "$a/24" dev v0
ip addr add "$a/24" dev v0 2>/dev/null # hold may be quicker
wait_for 5 sh -c "ip addr show dev v0 | grep -q 'valid_lft [0-9]'"
check "an address of others gets its life" sh -c "ip addr show dev v0 | grep -q 'valid_lft [0-9]'"
for _ in 1 2 3 4 5; do
	ip addr flush dev v1
	leased "flushed, and back" - v1
done

# Ten thousand changes leave no trace in its memory.
rss() {
	sed -n 's/^VmRSS:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$holder/status"
}
churn() {
	awk -v n="$1" 'BEGIN {
		for (i = 0; i < n; i++)
			printf "addr add 203.0.113.%d/32 dev v0\naddr del 203.0.113.%d/32 dev v0\n", i % 250, i % 250
	}' >/tmp/churn
	ip -batch /tmp/churn
	sleep 1
}
churn 100
before=$(rss)
churn 5000
kill -HUP "$holder"
sleep 1
after=$(rss)
check "memory as before" [ "$after" -le $((before + 100)) ]
hold_ends
exits "down" 0 down

# A static address in the network of the lease; and a reload that cannot be remembered.
conf <<'END'
[nic v0]
dhcp = ipv4
address = 192.0.2.7/24
END
exits "beside a static address" 0 up
leased "a lease" - v0
check "both are there" has_address - v0 192.0.2.7
again "a second up" -
exits "down" 0 down
mkdir -p /run/nbs
mount -t tmpfs -o ro none /run/nbs
hold
leased "with /run read-only" - v0
forget fake
kill -HUP "$holder"
sleep 2
leased "it outlives a reload" - v0
not_told "without a packet" fake '^(DISCOVER|REQUEST)'
hold_ends
umount /run/nbs
ip addr flush dev v0
unserve fake

# A root on the network keeps its address, whoever else claims it.
conf <<'END'
[nic v0]
dhcp = ipv4
dhcp-lifetime = forever
END
serve fake far br0 lease=600
hold
leased "for ever" - v0
a=$(address_of - v0)
wait_for 20 grep -qE -e "^ARP .*for=$a from=$a" /tmp/fake.log
spaces other
ip link add w9 type veth peer name w8
ip link set w9 netns far
ip link set w8 netns other
ip -n far link set w9 master br0 up
ip -n other link set w8 up
ip -n other addr add "$a/24" dev w8
for _ in 1 2 3; do
	ip -n other link set w8 down
	ip -n other link set w8 up
	in_ns other ping -c 1 -W 1 -I "$a" 192.0.2.1 >/dev/null 2>&1
	in_ns other ping -c 1 -W 1 -I "$a" 192.0.2.250 >/dev/null 2>&1
done
check "it stays" has_address - v0 "$a"
check "it is said" grep -q "it stays, as dhcp-lifetime says" /tmp/hold.err
not_told "nothing is declined" fake '^DECLINE'
hold_ends
exits "down" 0 down

ip -n other link set w8 down

# No server: an address of its own choice, which the next nbs goes on with.
unserve fake
conf <<'END'
[nic v0]
dhcp = ipv4
dhcp-fallback = link-local
END
exits "without a server" 0 up -t 30
leased "an address of 169.254" - v0 '169.254.[0-9.]*'
again "a second up without a server" -
exits "down" 0 down
serve fake far br0 lease=600

# The number of a hold is what kill(1) takes; and it reads the files anew.
hold
leased "again with a server" - v0
check "the lock holds its number" kill -HUP "$(cat /run/nbs/lock)"
fails "beside a hold" nbs up
check "which is told" grep -q "kill -HUP $(cat /run/nbs/lock)" /tmp/err
hold_ends

# Nobody reads what it says any more.
conf <<'END'
[nic v0]
dhcp = ipv4
END
mkfifo /tmp/words
setsid /sbin/nbs -v hold >/tmp/words 2>&1 </dev/null &
holder=$!
head -n 1 /tmp/words >/dev/null
ip addr add 203.0.113.1/32 dev v0
leased "with nobody to hear" - v0
check "it lives" kill -0 "$holder"
hold_ends
