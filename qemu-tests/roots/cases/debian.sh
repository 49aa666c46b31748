# A whole Debian with systemd on a root over the network, and beside nbs whoever else minds
# the network there: nobody asks again, nothing is taken away, and it ends as it should.
# shellcheck disable=SC2034,SC2154 # variables of run

# booted SERVER WORD...: by a lease.
booted() {
	[ "$1" != nbd ] || mke2fs -qF -t ext4 -d "$root" "$root.ext4" 400M >/dev/null
	rooted initramfs-tools "$@" rw
	well
	leased eth0
	from_request
	said 0 "$log.dhcp" 'nobody looks for a server again' DHCPDISCOVER
	said 1 "$log.dhcp" 'and all have one lease' DHCPACK
}

# well: up to the prompt and down again, with a root that can be read.
well() {
	said 1 "$log" 'up to the prompt' '^[a-z]* login:'
	says 'every unit is' 'system: running'
	says 'hold is' 'hold: 0 active'
	says 'the root can be read' 'the root can be read: .*'
	says 'nothing was ever taken away' 'taken away: 0 addresses, 0 routes'
	said 1 "$log" 'down again' 'reboot: Power down'
}

# said COUNT FILE NAME PATTERN: so many of its lines are so.
said() {
	n=$(tr -d '\r' <"$2" | grep -cE "$4") || :
	if [ "$n" = "$1" ]; then
		echo "ok roots $case: $3"
	else
		echo "not ok roots $case: $3: $n lines '$4' in $2, not $1"
		failed=1
	fi
}

# from_request: what the server said from the first one on goes to $log.dhcp; e1000 loses what
# it is given in its first second, so it may have been looked for several times.
from_request() {
	sed -n '/^[a-z: -]*\(DHCP\)*REQUEST/,$p' "$log.servers" >"$log.dhcp"
}

# system: makes $root, the system, for a case to put files into.
system() {
	make_system
	root=$dir/out/system.$case
	rm -rf "$root"
	cp -a "$dir/out/system" "$root"
}

case_debian_nfs() {
	system
	booted nfs ip=dhcp handle-nbs
	says 'a reload reads the file' 'reload reads the file: yes'
	says 'without another start' 'and it is the same hold: yes'
	says 'one that is killed comes back' 'killed, another comes: yes'
	says 'one that is stopped leaves the network up' 'stopped: inactive, with 2 addresses'
	says 'and is started again' 'started again: yes'
}

case_debian_nbd() {
	system
	booted nbd ip=dhcp
}

# What only initramfs.conf says counts for hold, too; it would ask DHCP otherwise.
case_debian_configured() {
	system
	boot configured boot=nfs nfsroot=10.0.2.2:/srv/root rw
	well
	says 'the address' '.* eth0  *inet 10.0.2.20/24 .* valid_lft forever .*'
	said 0 "$log.servers" 'the server was not asked' DHCPDISCOVER
}

# It may be named there, but not "auto": what ifup -a has raised, ifdown -a takes down at
# the end, before the root is done with.
case_debian_ifupdown() {
	system
	printf '%s\n' 'auto lo' 'iface lo inet loopback' 'iface eth0 inet manual' >"$root/etc/network/interfaces"
	booted nfs ip=dhcp
}

# networkd SERVER: one that wants a lease of its own, were there not nbs.network; it reads
# the kernel command line, too.
networkd() {
	system
	enabled systemd-networkd
	printf '%s\n' '[Match]' 'Name=e*' '[Network]' 'DHCP=yes' >"$root/etc/systemd/network/20-wired.network"
	cp conf/init/nbs.network "$root/etc/systemd/network/00-nbs.network"
	chroot "$root" systemctl -q mask systemd-networkd-wait-online
	booted "$1" ip=dhcp systemd.wants=network-online.target
	says 'networkd runs, and leaves it alone' 'networkctl: *[0-9]* eth0 ether routable unmanaged'
}

case_debian_networkd_nfs() { networkd nfs; }
case_debian_networkd_nbd() { networkd nbd; }

# It sees by itself that somebody else has configured the link.
case_debian_networkmanager() {
	system
	enabled NetworkManager
	booted nfs ip=dhcp systemd.wants=network-online.target
	says 'NetworkManager runs, and leaves it alone' 'nmcli: eth0:connected (externally):eth0'
}
