# Runs with e1000 alone.
# The examples of conf/ with namespaces: each does what it says, a second up
# changes nothing, and down takes all of it back.

# begin EXAMPLE
begin() {
	ups_once "$1" - <"/tests/conf/$1.conf"
	silent "$1: a second up" - again "$1: a second up" -
}

spaces far
give eth1 far
ip -n far addr add 192.0.2.1/24 dev eth1

begin red-blue
pings "red to blue" red 10.0.0.3
pings "blue to the bridge" blue 10.0.0.1
no_pings "not out" red 192.0.2.1
downs red-blue -

begin docker-like
pings "container to container" web 172.17.0.3
pings "to the host" db 172.17.0.1
ip -n far route add 172.17.0.0/16 via 192.0.2.10
pings "out, were there a way back" web 192.0.2.1
downs docker-like -

begin calico-like
pings "pod to pod" pod1 10.65.0.3
pings "pod to host" pod2 192.0.2.10
ip -n far route add 10.65.0.0/26 via 192.0.2.10
pings "from the network to a pod" far 10.65.0.2
no_pings "a pod that is not there" pod1 10.65.0.9
downs calico-like -

begin macvlan-netns
pings "to each other" red 192.0.2.12
pings "to the network" blue 192.0.2.1
pings "to the host" blue 192.0.2.10
downs macvlan-netns -

# The lan of the second cable has to be without eth3, which goes into c3.
begin lxc-like
pings "veth" c1 10.0.3.1
pings "NIC" c3 198.51.100.12
pings "macvlan" c2 198.51.100.13
downs lxc-like -

ip netns del far
wait_for 5 has_mac 52:54:00:12:34:57
begin demo
pings "in the namespace" blue 172.16.0.1
pings "tag in tag is there" - 172.16.7.1
equal "spare" spare "$(cat /sys/class/net/eth1/ifalias)"
downs demo -
