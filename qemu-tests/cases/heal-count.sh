# What goes over the netlink sockets, as the system calls have it: the first up sends
# changes, many to a send, a second one sends none.
# Runs with virtio-net-pci alone.
# shellcheck shell=sh

spaces far
give eth1 far
ip -n far link set eth1 up
cp /tests/conf/demo.conf /etc/nbs.conf
modprobe -a dummy bonding netlink_diag
ip link delete dev dummy0
ip link delete dev bond0

# looks FILE: how many calls asked for what is there; sends FILE: how many sent changes;
# changes FILE: how many messages in them were changes.
looks() {
	grep -c '^send.*nlmsg_type=RTM_GET' "$1"
}
sends() {
	grep -c '^send.*nlmsg_type=RTM_\(NEW\|DEL\|SET\)' "$1"
}
changes() {
	grep '^send' "$1" | grep -o 'nlmsg_type=RTM_\(NEW\|DEL\|SET\)[A-Z]*' | wc -l
}

traced() {
	timeout 60 strace -s 100000 -v -e trace=sendto,sendmsg -o "$1" /sbin/nbs up >/tmp/out 2>&1
}

check "up" traced /tmp/first
many=$(changes /tmp/first) few=$(sends /tmp/first)
check "it sends changes ($many)" [ "$many" -gt 50 ]
check "many to a send ($few sends)" [ $((few * 2)) -lt "$many" ]
check "a second up" traced /tmp/second
check "which looks at what is there" [ "$(looks /tmp/second)" -gt 3 ]
equal "sends no change" 0 "$(changes /tmp/second)"
ip rule delete pref 1000
check "after a change by other hands" traced /tmp/third
equal "one change is sent" 1 "$(changes /tmp/third)"
