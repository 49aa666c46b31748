# A switch that learns for 30 seconds before it forwards: the defaults outlast it.
# Runs with virtio-net-pci alone.
# shellcheck shell=sh
. /tests/dhcp.sh

spaces far
ip link add br0 type bridge stp_state 1 forward_delay 1500
wire - v0 - p0
wire far eth0 - p1
for p in p0 p1; do
	ip link set $p master br0 up
done
ip link set br0 up
serve fake far eth0
printf '[nic v0]\ndhcp = ipv4\n' | conf
exits "spanning tree" 0 up
# shellcheck disable=SC2154 # of exits
echo "# spanning tree: $took/100 s"
within "soon after it forwards" 2500 3700
told "by then it asks seldom enough" fake '^DISCOVER' 1 2
lease_says "the lease" - v0 "server = 192.0.2.1"
