# Runs with virtio-net-pci alone.
# nbs is killed at each system call that changes something: the next up heals it, and
# down then leaves the machine as it was.
# shellcheck shell=sh
status=0

conf <<'E'
[global]
ip-forward = yes
hostname = gate
dns = 192.0.2.53
rule = from 192.0.2.0/24 table 7 priority 100
[nic eth0]
mtu = 1400
address = 192.0.2.1/24
gateway = 192.0.2.254
route = 10.0.0.0/8 via 192.0.2.253
[bond bond0]
mode = active-backup
ports = eth1 eth2
[vlan bond0.5]
parent = bond0
id = 5
[bridge br0]
ports = bond0.5 tap0
vlan-filtering = yes
address = 2001:db8::1/64 nodad
[tap tap0]
vlans = 5 7-9
pvid = 5
untagged = 5
[netns blue]
ip-forward = yes
[veth v0]
peer = blue/w0
address = 172.16.0.1/24
[peer blue/w0]
address = 172.16.0.2/24
gateway = 172.16.0.1
[macvlan blue/m0]
parent = eth3
mode = bridge
E
modprobe -a bonding 8021q bridge tun veth macvlan
ip link delete dev bond0 2>/dev/null

# whole: all there is, but for MAC addresses that the kernel makes up.
whole() {
	state - | sed '/"mac": /d'
}
whole >/tmp/before
exits 'an up that gets through' 0 up
whole >/tmp/whole
exits 'its down' 0 down

# killed N: by its Nth call; false when it got through.
killed() {
	! strace -f -o /dev/null -e trace="$calls" -e inject="$calls:signal=KILL:when=$1" \
		/sbin/nbs up >/tmp/out 2>&1
}

# quiet ARG...: all is done, and nothing is said.
quiet() {
	nbs "$@" || :
	if [ "$status" != 0 ] || [ -s /tmp/err ]; then
		echo "$*: $status: $(cat /tmp/err)"
		return 1
	fi
}

# heals [whole]: what the next up makes, and what down leaves.
heals() {
	quiet up && quiet -v up || return 1
	[ -z "${1-}" ] || whole | diff -U 0 /tmp/whole - || return 1
	quiet down || return 1
	[ -z "${1-}" ] || whole | diff -U 0 /tmp/before -
}

calls=sendto,sendmsg,write,rename,unlink,mkdir,mount,ioctl,sethostname
n=1 bad=0
while killed $n; do
	if ! why=$(heals "$([ $((n % 6)) != 0 ] || echo whole)"); then
		not_ok "killed at call $n" "$why"
		bad=$((bad + 1))
		nbs down || :
	fi
	[ $bad -lt 3 ] || break
	n=$((n + 1))
done
check "killed at each of $((n - 1)) calls" [ $n -gt 30 ]
equal 'all of them were healed' 0 $bad
