# dracut: the same lines through its own network-legacy, which runs dhclient, and through
# nbs.
# shellcheck disable=SC2034,SC2154 # variables of run

# state LOG: links, addresses, routes, names; not the metrics, how long an address lives, and
# what the kernel adds.
state() {
	sed '1,/@begin/d; /^@done/,$d; s/\r$//' "$1" | sed -n 's/ metric [0-9]*//; s/ proto [a-z]*//
		s/^[0-9]*: \([^ :]*\): .* \(mtu [0-9]*\) .* link.ether \([0-9a-f:]*\) .*/\1 \2 \3/p
		/fe80::/d; /ff00::/d; /^1: lo/d
		s/^[0-9]*: \([^ ]*  *inet6* [^ ]*\( brd [^ ]*\)*\) .*/\1/p
		s/  */ /g; s/ *$//; /^default /p; /^[0-9].* dev /p; s/^[^ ]* \/ [^ ]*/&/p
		/^bond[0-9]*: /p; /^hostname: /p; /^resolv.conf: [^#]/p' | sort
}

# legacy WORD...: with a root over NBD, if no other is named; both see the same.
legacy() {
	case " $*" in
	*' root='*) ;;
	*) set -- root=nbd:10.0.2.2:root:ext4 "$@" ;;
	esac
	for peer in dracut-legacy dracut; do
		boot $peer "$@"
		state "$log" >"$dir/$peer"
		cp "$log" "${log%.log}-$peer.log"
	done
	if grep -q ' / ' "$dir/dracut" && difference=$(diff "$dir/dracut-legacy" "$dir/dracut"); then
		echo "ok roots $case: $*: as dracut's own"
	else
		echo "not ok roots $case: $*: ${difference:-nothing was said}"
		failed=1
	fi
}

case_legacy_dhcp() { legacy ip=dhcp; }
case_legacy_device() { legacy ip=eth0:dhcp; }
case_legacy_static() { legacy ip=10.0.2.20::10.0.2.2:255.255.255.0:guest:eth0:none nameserver=10.0.2.3; }
case_legacy_bond() {
	switch=lacp
	legacy bond=bond0:eth0,eth1:mode=active-backup ip=bond0:dhcp
}
case_legacy_vlan() {
	switch=trunk
	legacy vlan=eth0.7:eth0 ip=eth0.7:dhcp
}
case_legacy_bridge() { legacy bridge=br0:eth0 ip=br0:dhcp; }
case_legacy_ifname() { legacy ifname=net0:52:54:00:12:34:56 ip=net0:dhcp; }
case_legacy_bootif() {
	idle=yes
	legacy ip=dhcp BOOTIF=01-52-54-00-12-34-56
}
case_legacy_route() {
	legacy ip=10.0.2.20::10.0.2.2:24::eth0:none rd.route=10.99.0.0/16:10.0.2.9:eth0 rd.route=10.98.0.0/16:10.0.2.9
}
case_legacy_mtu() { legacy ip=eth0:dhcp:1400; }
case_legacy_mtu_static() { legacy ip=10.0.2.20::10.0.2.2:24::eth0:none:1400; }
case_legacy_ipv6() {
	legacy 'ip=[2001:db8::20]::[2001:db8::2]:64::eth0:none' 'root=nbd:[2001:db8::2]:root:ext4' \
		rd.net.timeout.ipv6dad=2
}
# dracut would append the domain to a host name and to a search list, and does not see
# classless routes.
case_legacy_lease() {
	lease='--dhcp-option=option:domain-name,example.net --dhcp-option=option:mtu,1400
		--dhcp-option=option:dns-server,10.0.2.3,10.0.2.4'
	legacy ip=dhcp
}
case_legacy_peerdns() { legacy ip=dhcp rd.peerdns=0 nameserver=10.0.2.5; }

# systemd in the image: the initqueue is a service of it.
case_systemd_nbd() {
	boot dracut-systemd ip=dhcp root=nbd:10.0.2.2:root:ext4
	says 'the root is on the network' '/dev/nbd0 / ext4 .*'
	leased eth0
}
case_systemd_nfs() {
	boot dracut-systemd ip=10.0.2.20::10.0.2.2:24::eth0:none root=nfs:10.0.2.2:/srv/root
	says 'the root is on the network' '10.0.2.2:/srv/root / nfs .*'
	says 'the address' '.* eth0  *inet 10.0.2.20/24 .* valid_lft forever .*'
}

case_iscsi() {
	iscsi=yes
	boot dracut-iscsi ip=dhcp netroot=iscsi:10.0.2.2::::iqn.2026-11.nbs:root root=LABEL=root
	says 'the root is on the network' '/dev/sda / ext4 .*'
	leased eth0
}

# A root on a disk of the guest, and a cable to nobody.
local_disk='-drive file=/out/root.ext4,if=none,id=d,format=raw,snapshot=on'

# The network is up before the root's init runs, where the line asks for that.
case_local_neednet() {
	disk="$local_disk -device virtio-blk-pci,drive=d"
	boot dracut rd.neednet=1 ip=dhcp root=/dev/vda
	says 'the root is on the disk' '/dev/vda / ext4 .*'
	leased eth0
}

# A disk that comes late, and nobody who answers: boot waits for the disk alone.
case_local_silent() {
	disk="$local_disk -device piix3-usb-uhci,id=usb -device usb-storage,drive=d,bus=usb.0" idle=yes
	boot dracut ip=eth0:dhcp root=/dev/sda
	says 'the root is on the disk' '/dev/sda / ext4 .*'
	says 'soon' 'seconds: [1-3]*[0-9][.].*'
}

# Nobody answers where the root is: tried again, and told.
case_silent() {
	idle=yes
	BOOT_SECONDS=90 boot dracut ip=eth0:dhcp root=nbd:10.0.2.2:root:ext4
	if grep -q 'nbs: .*: eth0: not ready: no answer of a DHCP server' "$log"; then
		echo "ok roots $case: it says so"
	else
		echo "not ok roots $case: it says nothing"
		failed=1
	fi
}

# firmware: a table as a firmware leaves it that boots by iSCSI: the initiator, and a NIC
# with its address.  The offsets are those of drivers/firmware/iscsi_ibft.c.
firmware() {
	zeros() { head -c "$1" /dev/zero; }
	bytes() { for byte; do printf %b "\\0$(printf %o "$byte")"; done; }
	ip4() { zeros 10 && bytes 255 255 "$@"; }
	zeros 12
	bytes 1 1 18 0 0 0 0 0 72 0 152 0 && zeros 12
	bytes 2 1 74 0 0 3 && zeros 64 && bytes 21 0 0 1 && zeros 6
	bytes 3 1 102 0 0 3 && ip4 10 0 2 20 && bytes 24 1 && ip4 10 0 2 2 && ip4 10 0 2 3 && zeros 34
	bytes 82 84 0 18 52 86 && zeros 8
	printf iqn.2026-11.nbs:guest && zeros 64
}

case_iscsi_firmware() {
	firmware >"$dir/out/ibft"
	disk='-acpitable sig=iBFT,rev=1,data=/out/ibft' iscsi=yes
	boot dracut-iscsi rd.iscsi.ibft netroot=iscsi:10.0.2.2::::iqn.2026-11.nbs:root root=LABEL=root
	says 'the root is on the network' '/dev/sda / ext4 .*'
	says 'the address' '.* ibft0  *inet 10.0.2.20/24 .* valid_lft forever .*'
	says 'the way to the router' 'default via 10.0.2.2 dev ibft0 .*'
	says 'names' 'resolv.conf: nameserver 10.0.2.3'
}
