# What the matrix has not.
# shellcheck disable=SC2034,SC2154 # variables of run

# Debian's script of nbd-client takes the server from the lease.
case_tools_server() {
	rooted initramfs-tools nbd ip=dhcp nbdroot=,root,nbd0
	leased eth0
}

# Of two NICs, that by which it was booted: configure_networking knows it, too.
case_tools_bootif() {
	idle=yes
	rooted initramfs-tools nbd ip=dhcp BOOTIF=01-52-54-00-12-34-56 nbdroot=,root,nbd0
	leased eth1
	says 'the environment has the server' 'environment: 10.0.2.2 *'
}

# A VLAN on a bond, by hand, and a switch that speaks LACP on both cables.
case_tools_stack() {
	switch=lacp-trunk
	rooted initramfs-tools nbd bond=bond0:eth0,eth1:mode=802.3ad,lacp_rate=fast vlan=bond0.7:bond0 \
		ip=10.0.2.20::10.0.2.2:24::bond0.7:none
	says 'the address' '.* bond0.7  *inet 10.0.2.20/24 .* valid_lft forever .*'
	says 'both cables are used' 'bond0: 2 ports'
}

# The server says where the root is (option 17).
case_tools_path() {
	lease='--dhcp-option-force=option:root-path,10.0.2.2:/srv/root'
	boot initramfs-tools ip=dhcp boot=nfs
	says 'the root is on the network' '10.0.2.2:/srv/root / nfs .*'
	leased eth0
}

case_dracut_path() {
	lease='--dhcp-option-force=option:root-path,nfs:10.0.2.2:/srv/root'
	boot dracut ip=dhcp root=dhcp
	says 'the root is on the network' '10.0.2.2:/srv/root / nfs .*'
	leased eth0
}

# Without IPv4, by hand: the server is field 2.
case_tools_six() {
	rooted initramfs-tools nbd 'ip=[2001:db8::20]:[2001:db8::2]:[2001:db8::2]:64:guest:eth0:none' nbdroot=,root,nbd0
	says 'the address' '.* eth0  *inet6 2001:db8::20/64 .* valid_lft forever .*'
	says 'the way to the router' 'default via 2001:db8::2 dev eth0 .*'
	says 'the environment has the server' 'environment: 2001:db8::2 *'
}

# No distribution's: twenty lines for BusyBox.
case_busybox() {
	boot busybox ip=dhcp nbdroot=root
	says 'the root is on the network' '/dev/nbd0 / ext4 .*'
	leased eth0
}
