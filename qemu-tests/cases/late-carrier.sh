# Cables: up waits for them as events, and says in time what is missing.
# shellcheck shell=sh

carrier() {
	[ "$(cat "/sys/class/net/$1/carrier" 2>/dev/null)" = "$2" ]
}

conf <<'E'
[nic eth0]
address = 192.0.2.1/24
address = 2001:db8::1/64
gateway = 192.0.2.254
E
exits "carrier comes by itself" 0 up -t 20
check "and it is there" carrier eth0 1
check "and detection is over" sh -c '! ip -6 addr show dev eth0 scope global | grep tentative'
# shellcheck disable=SC2154 # of exits
echo "# up took $took/100 s"

# Pulled while it is up: missed, and seen as soon as it is back.
host link nic0 off
wait_for 10 carrier eth0 0
exits "a pulled cable" 3 up -t 1
within "the deadline is kept" 95 250
says "it is said" "eth0: not ready: no carrier"
equal "and nothing else" 1 "$(wc -l </tmp/err)"
begins up -t 30
sleep 1
host link nic0 on
ends "a cable put back while up waits" 0
within "up ends when it is there" 100 800
exits "at once, then" 0 up -t 20
within "at once" 0 100

# Not waited for.
host link nic0 off
wait_for 10 carrier eth0 0
exits "-t 0 waits for nothing" 0 up -t 0
within "-t 0" 0 100
conf <<'E'
[nic eth0]
required = no
address = 192.0.2.1/24
E
exits "required = no" 0 up -t 5
within "required = no" 0 100
conf <<'E'
[nic eth0]
wait = none
address = 192.0.2.1/24
E
exits "wait = none" 0 up -t 5
conf <<'E'
[nic eth0]
wait = address
address = 192.0.2.1/24
E
exits "wait = address" 0 up -t 5
conf <<'E'
[nic eth0]
E
exits "without addresses a NIC needs no carrier" 0 up -t 5
conf <<'E'
[nic eth0]
wait = carrier
E
exits "wait = carrier" 3 up -t 1

# Under a bridge on a VLAN on a bond, all of that waits for the cable; the timeout of
# the file counts.
conf <<'E'
[global]
timeout = 1s

[bond bond0]
ports = eth0
mode = active-backup

[vlan bond0.7]
parent = bond0
id = 7

[bridge br0]
ports = bond0.7
address = 192.0.2.3/24

[dummy d0]
address = 192.0.2.4/32
E
exits "a cable far below" 3 up
within "the file's timeout" 95 250
says "a cable far below is said" "br0: not ready: no carrier"
begins up -t 30
sleep 0.5
host link nic0 on
ends "a cable far below is put back" 0
exits "-t 500ms" 0 up -t 500ms

# Exit 1 wins over 3, and all are named.
conf <<'E'
[nic eth8]
address = 192.0.2.8/24

[nic nowhere]
match-mac = 02:00:00:00:00:99

[nic wifi]
required = no

[dummy d0]
mtu = 1400
num-tx-queues = 5000
E
exits "a mistake" 2 up -t 1
sed -i '/^num-tx/d' /etc/nbs.conf
printf '\n[sysctl]\nnet.ipv4.tcp_ecn = 77\n' >>/etc/nbs.conf
exits "failed and late is failed" 1 up -t 1
says "eth8 is named" "eth8: not ready: not there"
says "nowhere is named" "nowhere: not ready: not there"
equal "three lines" 3 "$(wc -l </tmp/err)"

# A WLAN has its carrier from somebody else, and is waited for only if that is asked.
modprobe mac80211_hwsim radios=1
wait_for 5 test -e /sys/class/net/wlan0
conf <<'X'
[nic wlan0]
address = 192.0.2.1/24
X
exits "a WLAN is not waited for" 0 up -t 5
check "but set" sh -c 'ip addr show dev wlan0 | grep -q 192.0.2.1/24'
echo 'required = yes' >>/etc/nbs.conf
exits "unless it is required" 3 up -t 1
says "a WLAN without carrier" "wlan0: not ready: no carrier"
nbs down
modprobe -r mac80211_hwsim
