# NICs: by name, MAC, driver, path and former name; renamed, swapped, in a
# template, moved to a namespace.

# is NAME MAC [NS]: the link of that name is that device, and up.
is() {
	if ip ${3:+-n "$3"} link show dev "$1" | tr '\n' ' ' | grep -q "UP.*$2"; then
		ok "$1 is ${2#52:54:00:12:34:}"
	else
		not_ok "$1 is ${2#52:54:00:12:34:}" "no: $(ip ${3:+-n "$3"} -br link)"
	fi
}

mac=52:54:00:12:34:5
driver='virtio*' path=virtio1
[ "$(model)" != e1000 ] || driver=e1000 path='0000:00:05.*'

ups "by name" - <<'E'
[nic eth0]
address = 192.0.2.1/24
mtu = 1400
txqueuelen = 500
alias = first

[nic eth2]
up = no
E
is eth0 ${mac}6
equal "mtu" 1400 "$(cat /sys/class/net/eth0/mtu)"
downs "by name" -

ups "renamed" - <<E
[nic wan]
match-mac = ${mac}6
address = 192.0.2.1/24

[nic lan]
match-path = $path
match-driver = $driver

[nic both]
match-name = eth2
match-mac = ${mac}8
E
is wan ${mac}6
is lan ${mac}7
is both ${mac}8
downs "renamed" -

ups "swapped" - <<E
[nic eth0]
match-mac = ${mac}7
address = 192.0.2.1/24

[nic eth1]
match-mac = ${mac}6

# Three names in a ring, with the two above.
[nic eth3]
match-mac = ${mac}8

[nic eth2]
match-mac = ${mac}9
mac = 02:00:00:00:00:02
E
is eth0 ${mac}7
is eth1 ${mac}6
is eth2 02:00:00:00:00:02
is eth3 ${mac}8
downs "swapped" -

ups "templates" - <<E
[nic eth*]
mtu = 1300
required = no

[nic *]
mtu = 1200

[nic eth1]

[bond bond0]
ports = eth2

[veth ethv]
peer = ethw
E
equal "a template is for those that nobody names" "1300 1500 1500 1300 1500" \
	"$(cd /sys/class/net && cat eth0/mtu eth1/mtu eth2/mtu eth3/mtu ethv/mtu | tr '\n' ' ' | sed 's/ $//')"
downs "templates" -

ups "moved" - <<E
[netns blue]

[nic blue/eth1]
address = 192.0.2.2/24
mtu = 1400

[nic blue/wan]
match-mac = ${mac}8

[nic eth0]
address = 192.0.2.1/24

[vlan eth0.5]
parent = eth0
id = 5
E
is eth1 ${mac}7 blue
is wan ${mac}8 blue
pings "it works there" - 192.0.2.2
downs "moved" -

ups "a name that another has at home" - <<E
[netns blue]

[nic blue/eth0]
match-mac = ${mac}7
mtu = 1400
E
is eth0 ${mac}7 blue
downs "a name that another has at home" -
check "and it has its own again" sh -c "ip link show dev eth1 | grep -q ${mac}7"

nbs up || :
ip link add eth1 type dummy
exits "its name is taken meanwhile" 1 down
says "it is named" 'eth1: a link of that name is there, and nbs did not make it'
check "it stays where it is" ip -n blue link show dev eth0
ip link del eth1
exits "the name is free" 0 down
check "it is back" sh -c "ip link show dev eth1 | grep -q ${mac}7"
fails "and the namespace is gone" test -e /run/netns/blue

# Altnames, such as udev gives to NICs: one finds its NIC, which is renamed to it.
ip link property add dev eth1 altname lan0
for match in '' "match-mac = ${mac}7"; do
	conf <<E
[nic lan0]
$match
mtu = 1400
E
	nbs plan || :
	says "altname: plan removes it" 'ip link property del dev eth1 altname lan0'
	exits "altname" 0 -v up -t 10
	is lan0 ${mac}7
	exits "altname: a second up" 0 -v up -t 10
	equal "altname: it does nothing" '' "$(cat /tmp/err)"
	exits "altname: down" 0 down
	check "altname: the name is back" ip link show dev eth1
done
fails "an altname beside match-mac is not there again" ip link show dev lan0
ip link property add dev eth1 altname lan0
conf <<E
[nic lan0]

[dummy d0]
E
nbs plan || :
cp /tmp/out /tmp/plan
check "altname: the plan works" sh -e /tmp/plan
is lan0 ${mac}7
exits "altname: and is all" 0 -v up -t 10
equal "altname: nothing is left" '' "$(cat /tmp/err)"
ip link del d0
nbs down || :
ip link set dev lan0 down
ip link set dev lan0 name eth1
ip link property add dev eth1 altname lan0

conf <<E
[netns blue]

[nic blue/lan0]
E
exits "altname, into a namespace" 0 up -t 10
is lan0 ${mac}7 blue
exits "altname: down from there" 0 down
check "altname: it has its name" ip link show dev eth1

ip link property add dev eth1 altname lan0
for section in "nic lan0]
match-mac = ${mac}6" 'dummy lan0]' 'veth v0]
peer = lan0'; do
	echo "[$section" | conf
	exits "another's altname: ${section%%]*}" 1 up -t 5
	says "its owner is named: ${section%%]*}" 'lan0: that is another name of eth1, by altname'
	equal "once: ${section%%]*}" 1 "$(wc -l </tmp/err)"
	nbs down || :
done
ip link property del dev eth1 altname lan0

conf <<E
[nic any]
match-driver = $driver

[nic eth0]
mtu = 1400
E
exits "several fit" 1 up
says "they are named" 'several NICs fit: eth'
check "done to none of them" test -d /sys/class/net/eth3 -a ! -d /sys/class/net/any
nbs down

conf <<E
[nic none]
match-mac = 02:00:00:00:00:99
address = 192.0.2.1/24

[dummy d0]
E
exits "none fits" 3 up -t 1
says "it is said which" 'none: not ready'
check "the rest is done" test -d /sys/class/net/d0
nbs down
