# hold starts, takes over, renews, dies, comes back, and gets another file, on a root that
# is on the network: not a packet is lost.
# shellcheck disable=SC2034,SC2154 # variables of run

case_hold() {
	cp -a "$dir/out/root" "$dir/out/root.hold"
	root=$dir/out/root.hold
	cp "$here/hold" "$root/sbin/init"
	mkdir -p "$root/usr/bin" "$root/etc" "$root/data"
	# BusyBox's cannot monitor.
	cp -L "$(command -v ip)" "$root/usr/bin/ip"
	# shellcheck disable=SC2046 # paths
	cp -L --parents $(ldd "$(command -v ip)" | grep -o '/[^ ]*') "$root"
	printf '%s\n' '[nic eth0]' 'dhcp = ipv4' >"$root/etc/one.conf"
	for n in 1 2 3 4; do
		head -c 1000000 /dev/urandom >"$root/data/$n"
	done
	(cd "$root" && md5sum data/* | sed 's, , /,2' >data.sum)

	fake='lease=20 t1=4 t2=12'
	rooted initramfs-tools nfs ip=dhcp
	says 'it renews, killed and come again, and with another file' 'renewed: 3 2 2'
	says 'files are read all the while' 'files were read [1-9][0-9]* times well, 0 badly'
	says 'each packet is answered' '.* 0% packet loss.*'
	says 'no segment is lost' 'lost: 0'
	says 'the address is never taken away' 'taken away: 0'
	says 'it ends as it should' 'hold ended: 0'
	says 'the other file has the address end with its lease' '.* eth0 .* 10.0.2.15/24 .* valid_lft 20sec .*'
	said 0 "$log" 'the server responds' 'not responding'
	from_request
	said 0 "$log.dhcp" 'nobody looks for a server again' '^DISCOVER'
	said 1 "$log.dhcp" 'but for the first, requests' '^REQUEST .* to=255.255.255.255'
	said 7 "$log.dhcp" 'are renewals' '^REQUEST .* from=10.0.2.15 to=10.0.2.2 by-unicast .* ciaddr=10.0.2.15'
	said 8 "$log.dhcp" 'all of one client' '^REQUEST .* id=01525400123456'
}

# The root is away for longer than its folders are remembered, until hold has mended its way.
case_gone() {
	cp -a "$dir/out/root" "$dir/out/root.gone"
	root=$dir/out/root.gone
	cp "$here/gone" "$root/sbin/init"
	rooted initramfs-tools nfs nfsroot=10.0.2.2:/srv/root,acdirmin=1,acdirmax=1,acregmin=1,acregmax=1 ip=dhcp
	says 'who reads from it waits' 'the root is away: yes'
	says 'hold does not' 'hold waits for it: no'
	says 'the address is back' 'seconds to the address: [0-4]'
	says 'and so is the root' 'a file is read: 0'
	says 'hold ends as it should' 'hold ended: 0'
}
