# What a server says: taken where it makes sense, harmless where it does not.
# Runs with e1000 alone.
# shellcheck shell=sh
. /tests/dhcp.sh

spaces far
wire - v0 far eth0
ip link set v0 up

# with NAME LINES WORD...: up with a server of these words and these lines in the file.
with() {
	what=$1
	printf '[nic v0]\ndhcp = ipv4\n%s\n' "$2" | conf
	shift 2
	serve fake far eth0 "$@" || return
	exits "$what" 0 up -t 5
}

without_it() {
	nbs down || not_ok "$what: down" "$(cat /tmp/err)"
	unserve fake
	rm -rf /run/nbs
	ip addr flush dev v0
}

# Strings that want to be a command, a section, a line.
with "strings as attempts" '' evil
equal "one address" 1 "$(grep -c '^address' /run/nbs/leases/:/v0)"
for shell in /bin/sh 'busybox sh'; do
	$shell -c '. /run/net-v0.conf; echo "$DEVICE $IPV4ADDR"' >/tmp/sourced 2>&1
	equal "klibc's file for $shell" "v0 192.0.2.100" "$(cat /tmp/sourced)"
done
check "nobody ran anything" [ ! -e /tmp/owned ]
check "no line is new in resolv.conf" sh -c '! grep -vE "^(#|nameserver|search|domain|options|$)" /etc/resolv.conf'
equal "the name of the host" guest "$(hostname)"
exits "the file of the lease can be read" 0 up
equal "and says the same" "" "$(cat /tmp/err /tmp/out)"
check "no address of it" sh -c '! ip addr | grep -F 6.6.6.6'
without_it

# Routes that would cut us off.
with "routes to ourselves" '' ip=3:192.0.2.1 \
	"hex=121:$(routes_hex 192.0.2.0/24,192.0.2.66,192.0.2.1/32,192.0.2.66,127.0.0.0/8,192.0.2.66,224.0.0.0/4,192.0.2.66,198.51.100.0/24,192.0.2.1)"
pings "the server is still there" - 192.0.2.1
pings "and we" - 127.0.0.1
check "no route to loopback" sh -c '! ip route | grep "^127"'
without_it
with "a route of 40 bits" '' ip=3:192.0.2.1 hex=121:28c0000201c0000201
without_it
with "half a route" '' ip=3:192.0.2.1 hex=121:18c00002
without_it
with "routes, option 33" '' ip=33:198.51.100.9,192.0.2.7
check "one of them" sh -c 'ip route | grep -q "^198.51.100.9 via 192.0.2.7 .*proto dhcp"'
without_it

for mtu in 0000 0001 0044 0240 ffff; do
	with "MTU 0x$mtu" '' hex=26:$mtu
	have=$(cat /sys/class/net/v0/mtu)
	check "MTU 0x$mtu: packets still fit" [ "$have" -ge 576 ]
	without_it
done
with "MTU 1400" '' hex=26:0578
check "MTU 1400 counts" sh -c 'ip link show dev v0 | grep -q "mtu 1400" || ip route | grep -q "mtu 1400"'
without_it
equal "the MTU is back" 1500 "$(cat /sys/class/net/v0/mtu)"

# Names, long options, options elsewhere.
with "119 that points to itself" '' hex=119:c000
without_it
with "119 that points ahead" '' hex=119:0161c004c002
without_it
with "119 in two parts" '' hex=119:0161076578616d hex=119:706c6500
check "they are joined" grep -qxE 'search a.example' /etc/resolv.conf
without_it
with "1100 letters" '' long=15:600 long=12:500
without_it
for n in 1 2 3; do
	with "overload $n" '' overload=$n text=15:over.example ip=6:192.0.2.7 text=17:/srv/root
	lease_says "overload $n: domain" - v0 "domain = over.example"
	lease_says "overload $n: root" - v0 "root-path = /srv/root"
	without_it
done

# Times.
with "for ever" '' lease=4294967295
check "the kernel keeps it for ever" sh -c 'ip addr show dev v0 | grep -A 1 "inet 192" | grep -q "valid_lft forever"'
without_it
with "136 years" '' lease=4294967294
without_it
with "T1 after T2" '' t1=900 t2=300
without_it
with "T2 after the end" '' lease=100 t1=200 t2=300
check "and the end is the end" sh -c 'ip addr show dev v0 | grep -qE "valid_lft (9[0-9]|100)sec"'
without_it

# How answers come.
with "broadcast" '' broadcast
without_it
with "unicast to what is not yet ours" '' unicast
without_it
with "by a relay" '' giaddr=198.51.100.1
without_it
with "a checksum that is left out" '' no-udp
without_it
with "after a second" '' delay=700
without_it
with "the third time" '' ignore=3
told "three go unheard" fake '^DISCOVER' 4 5
told "in half a second, or nearly" fake 'DISCOVER .*secs=[01] ' 4
without_it
with "of two servers" '' second=192.0.2.3
told "one is asked" fake '^REQUEST' 1 2
without_it
with "the client identifier" '' echo
told "is that of the MAC" fake "^DISCOVER .* id=01$(tr -d : </sys/class/net/v0/address) "
without_it
with "rapid commit" '' rapid
told "one packet" fake '^(DISCOVER|REQUEST)' 1 1
without_it
with "no rapid commit" 'dhcp-rapid-commit = no' rapid
told "two packets" fake '^(DISCOVER|REQUEST)' 2 2
without_it
with "no router, no name server" ''
equal "no default route" "" "$(ip route show default)"
without_it

# Keys of the file.
with "a metric" 'dhcp-metric = 77' ip=3:192.0.2.1
check "metric 77" sh -c 'ip route show default | grep -q "metric 77"'
without_it
with "dhcp-use = dns" 'dhcp-use = dns' ip=3:192.0.2.1 ip=6:192.0.2.9 hex=26:0578
equal "no route" "" "$(ip route show default)"
equal "no MTU" 1500 "$(cat /sys/class/net/v0/mtu)"
check "name servers" grep -qx 'nameserver 192.0.2.9' /etc/resolv.conf
without_it
with "an identifier in hex" 'dhcp-client-id = 00:c0:ff:ee'
told "it is sent" fake '^DISCOVER .* id=00c0ffee '
without_it
with "an identifier of RFC 4361" 'dhcp-client-id = duid'
told "type 255" fake '^DISCOVER .* id=ff[0-9a-f]{20}'
without_it
with "a name" 'dhcp-hostname = box7'
told "it is sent" fake '^DISCOVER .* host=box7 '
without_it
with "another is preferred" 'dhcp-server = 192.0.2.3' second=192.0.2.3
told "it is asked" fake '^REQUEST .*server=192.0.2.3 '
not_told "the other is not" fake '^REQUEST .*server=192.0.2.1 '
without_it
with "one is refused" 'dhcp-server = !192.0.2.1' second=192.0.2.3
told "it is not asked" fake '^REQUEST .*server=192.0.2.3 '
without_it
