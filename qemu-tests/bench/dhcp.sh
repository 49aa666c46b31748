# Times from exec to address and default route on a link that is up and carries, and
# packets sent until then, of nbs and other clients, all without what they remember.  Run by make bench-dhcp.
# shellcheck shell=sh
. /tests/dhcp.sh

runs=${RUNS:-5}

# The least a client's script must do.
cat >/tmp/udhcpc.script <<'E'
#!/bin/busybox sh
[ "$1" != deconfig ] || exec ip link set "$interface" up
[ "$1" = bound ] || exit 0
ip addr add "$ip/$mask" dev "$interface"
ip route add default via "${router%% *}" dev "$interface"
E
cat >/tmp/dhclient.script <<'E'
#!/bin/busybox sh
[ "$reason" != PREINIT ] || exec ip link set "$interface" up
[ "$reason" = BOUND ] || exit 0
ip addr add "$new_ip_address/24" dev "$interface"
ip route add default via "${new_routers%% *}" dev "$interface"
E
chmod +x /tmp/*.script
mkdir -p /var/lib/dhcpcd /var/lib/dhcp /var/lib/systemd/network /run/systemd/network /run/dhcpcd \
	/run/systemd/netif/links /run/systemd/netif/leases /run/systemd/netif/lldp
# Networkd wants a user of its own, as does dhcpcd, and the machine's name.
grep -q systemd-network /etc/passwd || {
	echo systemd-network:x:998:998::/:/bin/false >>/etc/passwd
	echo systemd-network:x:998: >>/etc/group
	echo dhcpcd:x:997:65534::/run/dhcpcd:/bin/false >>/etc/passwd
	echo nogroup:x:65534: >>/etc/group
}
chown -R 998:998 /run/systemd/netif
echo 0123456789abcdef0123456789abcdef >/etc/machine-id
printf 'option rapid_commit\noption domain_name_servers, domain_name, classless_static_routes, interface_mtu\nrequire dhcp_server_identifier\nslaac private\n' >/tmp/dhcpcd.conf
printf 'noarp\nnodelay\nnoipv6\nnoipv4ll\nnohook\nscript /bin/true\noption routers\n' >/tmp/dhcpcd.tuned

# command_of CLIENT DEV
command_of() {
	case $1 in
	nbs) echo "/sbin/nbs -c /tmp/nbs.conf up" ;;
	'nbs hold') echo "/sbin/nbs -c /tmp/nbs.conf hold" ;;
	udhcpc) echo "busybox udhcpc -f -q -n -i $2 -s /tmp/udhcpc.script" ;;
	'dhcpcd tuned') echo "dhcpcd -1 -4 -w -B -f /tmp/dhcpcd.tuned $2" ;;
	'dhcpcd default') echo "dhcpcd -B -f /tmp/dhcpcd.conf $2" ;;
	dhclient) echo "dhclient -1 -d -sf /tmp/dhclient.script -lf /tmp/dhclient.leases -pf /tmp/dhclient.pid $2" ;;
	networkd) echo "unshare -m sh -c 'mount -o remount,ro,bind /sys; exec /lib/systemd/systemd-networkd'" ;;
	ipconfig) echo "/usr/lib/klibc/bin/ipconfig -c dhcp -d $2" ;;
	esac
}

forget_all() {
	for p in nbs udhcpc dhcpcd dhclient systemd-networkd ipconfig; do
		killall -9 $p 2>/dev/null
	done
	rm -rf /run/nbs /var/lib/dhcpcd/* /tmp/dhclient.leases /run/systemd/netif/*/* /run/net-*.conf \
		/run/dhcpcd/* /etc/resolv.conf
	ip route flush dev "$1" 2>/dev/null
	ip addr flush dev "$1" 2>/dev/null
	# Renaming and taking down is what some of them do.
	ip link set "$1" up
	wait_for 10 grep -q 1 "/sys/class/net/$1/carrier"
	sleep 0.3
}

median() {
	sort -n | awk '{ v[NR] = $1 } END { if (NR) print v[int((NR + 1) / 2)]; else print "-" }'
}

# bench WHERE DEV STATE: the link is up already, or down.
bench() {
	printf '[nic %s]\ndhcp = ipv4\n' "$2" >/tmp/nbs.conf
	printf '[Match]\nName=%s\n[Network]\nDHCP=ipv4\nLinkLocalAddressing=no\nIPv6AcceptRA=no\n[DHCPv4]\n' \
		"$2" >/run/systemd/network/bench.network
	printf '# %-24s %-16s %8s %8s %8s %5s %5s\n' "over" client address route worst DHCP ARP
	for client in $(echo "${CLIENTS:-nbs,nbs_hold,udhcpc,dhcpcd_tuned,dhcpcd_default,dhclient,networkd,ipconfig}" | tr , " "); do
		client=$(echo "$client" | tr _ ' ')
		: >/tmp/times
		i=0
		while [ $i -lt "$runs" ]; do
			forget_all "$2"
			[ "$3" = up ] || ip link set "$2" down
			eval "timed $2 30 $(command_of "$client" "$2")" >>/tmp/times 2>/tmp/timed.err
			i=$((i + 1))
			grep -q none /tmp/times && break
		done
		forget_all "$2"
		if grep -q none /tmp/times; then
			printf '# %-24s %-16s no address or no route in 30 s: %s\n' "$1" "$client" \
				"$(head -n 1 /tmp/timed.err)"
		else
			# shellcheck disable=SC2046,SC2183 # one word each
			printf '# %-24s %-16s %8s %8s %8s %5s %5s\n' "$1" "$client" \
				$(for c in 1 2; do cut -d ' ' -f $c /tmp/times | median; done) \
				$(cut -d ' ' -f 2 /tmp/times | sort -n | tail -n 1) \
				$(for c in 3 4; do cut -d ' ' -f $c /tmp/times | median; done)
		fi
	done
}

echo "# tenths of a millisecond; medians of $runs runs, and the worst"
spaces far
wire - v0 far eth0
ip link set v0 up
sysctl -q net.ipv6.conf.all.disable_ipv6=1
serve dnsmasq far eth0 router=192.0.2.1 dns=192.0.2.1
bench "veth, dnsmasq" v0 up
bench "from down" v0 down
unserve dnsmasq
plug_user
# shellcheck disable=SC2154 # of plug_user
bench "$(model), QEMU" "$user" up
bench "from down" "$user" down
ok "figures are taken"
