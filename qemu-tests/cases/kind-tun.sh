# Runs with virtio-net-pci alone.
# TUN and TAP, with owner, group, queues and headers, also in a namespace.

conf <<'E'
[tap tap0]
E
exits "the module comes by itself" 0 up
exits "and the TAP goes" 0 down

spaces a b

twin "TUN and TAP" a b blue blue2 <<'E'
[tun tun0]

[tun tun1]
owner = 1000
group = 100
no-pi = no
vnet-hdr = yes
multi-queue = yes
mtu = 1400
address = 10.9.0.1/32 peer 10.9.0.2/32

[tap tap0]
mac = 02:00:00:00:00:0a
address = 192.0.2.1/24
address = 2001:db8::1/64

[tap tap1]
owner = 1000
multi-queue = yes
vnet-hdr = yes

[tap tap2]
group = 0
no-pi = no
up = no

# With a port that has a carrier: without, it depends on the kernel's timers
# whether the bridge still has one when it is raised.
[bridge br0]
ports = tap3 d0

[dummy d0]

[tap tap3]
isolated = yes

[netns blue]

[tap blue/tap0]
owner = 0
---
ip netns add blue2
ip -n blue2 link set lo up
ip tuntap add tun0 mode tun
ip tuntap add tun1 mode tun user 1000 group 100 pi vnet_hdr multi_queue
ip tuntap add tap0 mode tap
ip tuntap add tap1 mode tap user 1000 multi_queue vnet_hdr
ip tuntap add tap2 mode tap group 0 pi
ip tuntap add tap3 mode tap
ip -n blue2 tuntap add tap0 mode tap user 0
ip link add br0 type bridge forward_delay 0
ip link add d0 type dummy
for p in d0 tap3; do
	ip link set $p addrgenmode none master br0
done
bridge link set dev tap3 isolated on
ip link set tun1 mtu 1400
# Before it is raised, as nbs does: without a carrier, the kernel then makes the
# route for multicasts only when there is one.
ip addr add 2001:db8::1/64 dev tap0
for l in d0 tun0 tun1 tap0 tap1 tap3 br0; do
	ip link set $l up
done
ip -n blue2 link set tap0 up
ip addr add 10.9.0.1/32 peer 10.9.0.2/32 dev tun1
ip addr add 192.0.2.1/24 dev tap0
E
