# Every way to the server, for each kind of server, in each initramfs of Debian's.
# shellcheck disable=SC2034,SC2154 # variables of run

# words TOOL SERVER: what names the root.
words() {
	case $1-$2 in
	initramfs-tools-nbd) echo root=/dev/nbd0 nbdroot=10.0.2.2,root,nbd0 ;;
	initramfs-tools-nfs) echo boot=nfs nfsroot=10.0.2.2:/srv/root ;;
	dracut-nbd) echo root=nbd:10.0.2.2:root:ext4 ;;
	dracut-nfs) echo root=nfs:10.0.2.2:/srv/root ;;
	esac
}

# rooted TOOL SERVER WORD...: boots, and looks whether that server's root is there.
rooted() {
	tool=$1 server=$2
	shift 2
	# shellcheck disable=SC2046 # words
	boot "$tool" $(words "$tool" "$server") "$@"
	case $server in
	nbd) says 'the root is on the network' '/dev/nbd0 / ext4 .*' ;;
	nfs) says 'the root is on the network' '10.0.2.2:/srv/root / nfs .*' ;;
	esac
}

# leased DEVICE: what a lease leaves.
leased() {
	says 'it is from nbs' "/run/nbs/leases/:/$1"
	says 'nobody asked again' "files: /run/net-$1.conf"
	says 'the lease is handed on' "IPV4ADDR='10.0.2.[0-9]*'"
	says 'the way to the router' "default via 10.0.2.2 dev $1 .*"
	says 'the address outlives the lease' ".* $1  *inet 10.0.2.[0-9]*/24 .* valid_lft forever .*"
}

by_dhcp() {
	rooted "$1" "$2" ip=dhcp
	leased eth0
}

by_static() {
	rooted "$1" "$2" ip=10.0.2.20:10.0.2.2:10.0.2.2:255.255.255.0:guest:eth0:none
	says 'the address is handed on' "IPV4ADDR='10.0.2.20'"
	says 'nobody else has written it' '# by nbs, of its files'
	says 'the address' '.* eth0  *inet 10.0.2.20/24 .* valid_lft forever .*'
}

by_vlan() {
	switch=trunk
	rooted "$1" "$2" vlan=eth0.7:eth0 ip=:::::eth0.7:dhcp
	leased eth0.7
}

by_bond() {
	switch=lacp
	rooted "$1" "$2" bond=bond0:eth0,eth1:mode=802.3ad,lacp_rate=fast ip=:::::bond0:dhcp
	leased bond0
	says 'both cables are used' 'bond0: 2 ports'
}

case_tools_nbd_dhcp() { by_dhcp initramfs-tools nbd; }
case_tools_nbd_static() { by_static initramfs-tools nbd; }
case_tools_nbd_vlan() { by_vlan initramfs-tools nbd; }
case_tools_nbd_bond() { by_bond initramfs-tools nbd; }
case_tools_nfs_dhcp() { by_dhcp initramfs-tools nfs; }
case_tools_nfs_static() { by_static initramfs-tools nfs; }
case_tools_nfs_vlan() { by_vlan initramfs-tools nfs; }
case_tools_nfs_bond() { by_bond initramfs-tools nfs; }
case_dracut_nbd_dhcp() { by_dhcp dracut nbd; }
case_dracut_nbd_static() { by_static dracut nbd; }
case_dracut_nbd_vlan() { by_vlan dracut nbd; }
case_dracut_nbd_bond() { by_bond dracut nbd; }
case_dracut_nfs_dhcp() { by_dhcp dracut nfs; }
case_dracut_nfs_static() { by_static dracut nfs; }
case_dracut_nfs_vlan() { by_vlan dracut nfs; }
case_dracut_nfs_bond() { by_bond dracut nfs; }
