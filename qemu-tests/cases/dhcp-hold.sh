# Hold: says when it is ready, takes care of NICs that appear, puts right what others
# change, and ends without a trace of hurry.  Without a file, every NIC asks.
# shellcheck shell=sh
. /tests/dhcp.sh

spaces far
give eth1 far
serve fake far eth1 ip=3:192.0.2.1

# No file: the first lease is ready, and the others have no server.
rm -f /etc/nbs.conf
exits "up without a file" 0 up -t 20
leased "the NIC whose server answers" - eth0
exits "down" 0 down
check "nothing is left" lacks_address - eth0

# With the descriptor that s6 waits for.
mkfifo /tmp/fd
setsid /sbin/nbs hold -n 3 3>/tmp/fd >/tmp/hold.out 2>/tmp/hold.err </dev/null &
holder=$!
head -c 1 /tmp/fd >/tmp/newline
equal "ready is told" 1 "$(wc -l </tmp/newline)"
leased "and it is" - eth0

# A NIC that is plugged in later, and taken away again.
plug_user
# shellcheck disable=SC2154 # of plug_user
LEASE_SECONDS=20 leased "a NIC that appears" - "$user" 10.0.2.15
host unplug hot0
gone() {
	! has_mac 52:54:00:12:34:66
}
wait_for 15 gone
check "hold outlives it" kill -0 "$holder"

# Others take away what it made.
forget fake
ip addr flush dev eth0
leased "an address that somebody took away" - eth0
check "and its route" wait_for 5 sh -c 'ip route show default | grep -q "via 192.0.2.1 dev eth0"'
not_told "without a packet" fake '^DISCOVER'

# A second one is refused, and SIGTERM ends it.
fails "one hold at a time" timeout 10 /sbin/nbs hold
began=$(now)
kill -TERM "$holder"
wait "$holder"
equal "SIGTERM ends it well" 0 $?
check "at once" [ $(($(now) - began)) -lt 200 ]
check "the address stays" has_address - eth0 192.0.2.100
not_told "and is not given back" fake '^RELEASE'
exits "down" 0 down
told "down gives it back" fake '^RELEASE' 1 1
check "no file of a lease is left" sh -c '! ls /run/nbs/leases/*/* /run/net-*.conf 2>/dev/null'
