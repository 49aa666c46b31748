# Runs with virtio-net-pci alone.
# TAPs with a program at their end, as a virtual machine would be.

# guest NAME [OPTION...]: opens the TAP; it is open when this returns.
guest() {
	: >/tmp/tap
	tap "$@" >/tmp/tap 2>&1 &
	wait_for 5 grep -q open /tmp/tap
}

ups "TAPs" - <<'E'
[bridge br0]
ports = tap0 tap1
address = 198.51.100.1/24

[tap tap0]
owner = 1000
vnet-hdr = yes

[tap tap1]
owner = 1000
vnet-hdr = yes
multi-queue = yes

[tap alone]
owner = 1001
address = 203.0.113.1/24

[tap blue/tap0]
address = 192.0.2.1/24

[netns blue]
E
fails "not for a stranger" timeout 2 tap -u 1001 -v tap0
check "opened by its owner" guest -u 1000 -v tap0
pings "a guest behind a bridge" - 198.51.100.77
check "several queues" guest -u 1000 -v -q 4 tap1
pings "with the other still there" - 198.51.100.78
check "one without headers" guest -u 1001 alone
pings "directly" - 203.0.113.9
again "with guests, up" -
guest_in_blue() {
	: >/tmp/tap
	ip netns exec blue tap tap0 >/tmp/tap 2>&1 &
	wait_for 5 grep -q open /tmp/tap
}
check "in a namespace" guest_in_blue
pings "there" blue 192.0.2.9
no_pings "not from here" - 192.0.2.9
