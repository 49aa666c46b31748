# The start files of conf/init, each under its own init as the first process: the rest of
# the boot waits, hold takes over, is killed, reloaded, stopped and started, and what up has
# leased stays all the while.  The lease is the command line's wish, the addresses the file's.
# shellcheck disable=SC2034,SC2154 # variables of run

# image NAME PROGRAMS OPTION...: the programs are those of $cache/inits.
image() {
	name=$1
	printf '%s\n' virtio_pci virtio_net e1000 >"$dir/modules"
	echo sh ip >"$dir/programs" # BusyBox's would take its own ip
	echo "$2" >"$dir/programs.init"
	printf '%s\n' '[nic eth0]' 'address = 192.0.2.7/24' >"$dir/nbs.conf"
	shift 2
	initramfs/pack -k "$kernel" -m "$dir/modules" -i "$here/inits/begin" -o "$dir/out/$name" \
		-b "$dir/programs" -r "$cache/inits" -b "$dir/programs.init" \
		-f build/nbs:/usr/local/sbin/nbs -f "$dir/nbs.conf:/etc/nbs.conf" -d "$here/inits:/tests" "$@"
}

# script NAME LINE...: one of $dir.
script() {
	script=$dir/$1
	shift
	printf '%s\n' '#!/bin/sh' "$@" >"$script"
	chmod 755 "$script"
}

make_init_busybox() {
	{
		echo ::sysinit:/init
		cat conf/init/inittab
		echo ::wait:/tests/tell booted
		echo ::once:/tests/facts busybox
	} >"$dir/inittab"
	image init-busybox '' -f "$dir/inittab:/etc/inittab"
}

# Under BusyBox, as on Alpine, but without a localmount, as on Debian.
make_init_openrc() {
	printf '::%s\n' sysinit:/init 'sysinit:/sbin/rc-update add nbs default' \
		'sysinit:/sbin/rc-update add tell default' 'sysinit:/sbin/openrc sysinit' \
		'sysinit:/sbin/openrc boot' 'wait:/sbin/openrc default' 'once:/tests/facts openrc' >"$dir/inittab"
	image init-openrc '/sbin/openrc* /sbin/rc-* /sbin/supervise-daemon /lib/rc/* /etc/rc.conf' \
		-f "$dir/inittab:/etc/inittab" -f conf/init/openrc/nbs:/etc/init.d/nbs \
		-f "$here/inits/openrc/tell:/etc/init.d/tell"
}

make_init_runit() {
	script 1 /init "$(sed -n 's/^exec \(.*\) hold$/\1 up/; /^LINE/,$p' conf/init/runit/run)" '/tests/tell booted'
	script 2 'exec runsvdir -P /etc/service'
	script facts 'exec /tests/facts runit'
	image init-runit '/sbin/runit /lib/runit/runit-init /usr/bin/runsv* /usr/bin/sv' -f "$dir/1:/etc/runit/1" \
		-f "$dir/2:/etc/runit/2" -d conf/init/runit:/etc/service/nbs -f "$dir/facts:/etc/service/facts/run"
}

make_init_s6() {
	script facts 'exec /tests/facts s6'
	image init-s6 '/usr/bin/s6-sv* /usr/bin/s6-supervise /usr/bin/s6-ftrigrd' \
		-d conf/init/s6:/etc/s6/nbs -f "$dir/facts:/etc/s6/facts/run"
}

# booted_by FIRST SUPERVISOR WORD...: by a server that takes its time, so that who does not wait is
# seen; the first process is started so, and hold is a child of the supervisor.
booted_by() {
	first=$1 supervisor=$2
	shift 2
	fake=${fake:-delay=500}
	boot "$case" "rdinit=$first" "$@"
	network='10.0.2.15/24 192.0.2.7/24'
	says 'the rest of the boot waits for the network' "booted: $network via 10.0.2.2"
	says "hold is a child of $supervisor" "booted: hold of $supervisor"
	says 'killed, it comes again' "killed: hold of $supervisor"
	says 'and finds all as it was' "killed: $network via 10.0.2.2"
	network="$network 192.0.2.8/24"
	says 'the file is read again' "reloaded: $network via 10.0.2.2"
	says 'by the same process' 'reloaded: the same hold'
	says 'nothing was ever taken away' 'taken away: 0'
	sed -n 's/^\(DISCOVER\|REQUEST\|RELEASE\) .* \(xid=[^ ]*\) .*/\2/p' "$log.servers" | sort -u >"$log.asked"
	said 1 "$log.asked" 'the server was asked once' xid=
}

# stopped: after booted_by, where the init can do that.
stopped() {
	says 'it can be stopped' 'stopped: no hold'
	says 'which leaves the network up' "stopped: $network via 10.0.2.2"
	says "started again, it is a child of $supervisor" "started: hold of $supervisor"
	says 'and reads the file' "started: $network 192.0.2.9/24 via 10.0.2.2"
}

case_init_busybox() {
	booted_by /sbin/init init ip=:::::eth0:dhcp
	says 'BusyBox is the first process' 'first process: init, /bin/busybox'
}

# Nobody answers until the deadline of another file has passed.
case_init_busybox_deadline() {
	fake=silent
	boot init-busybox rdinit=/sbin/init ip=:::::eth0:dhcp nbs.conf=/tests/deadline.conf
	says 'the rest of the boot waits no longer' 'booted: 192.0.2.7/24'
	says 'up says why' '.* nbs: .*: eth0: not ready: no .*' # answer, or carrier
	says 'hold goes on' 'booted: hold of init'
	says 'soon' 'seconds: [1-3]*[0-9][.].*'
}

case_init_openrc() {
	booted_by /sbin/init supervise-daemo ip=:::::eth0:dhcp
	stopped
	says 'BusyBox is the first process' 'first process: init, /bin/busybox'
	says 'it says that a NIC is missing when the deadline has passed' ' \* Not all of the network is ready'
	says 'localmount comes before it, where there is one' "localmount: $network via 10.0.2.2"
}

# What an initramfs has left is what up in /etc/runit/1 and hold want.
case_init_runit() {
	booted_by /lib/runit/runit-init runsv left=ip=:::::eth0:dhcp
	stopped
	says 'runit is the first process' 'first process: runit, /sbin/runit'
}

# Looked at while it is not ready yet.
case_init_s6() {
	fake=delay=1500
	booted_by /tests/s6-first s6-supervise ip=:::::eth0:dhcp
	stopped
	says 's6-svscan is the first process' 'first process: s6-svscan, /usr/bin/s6-svscan'
	says 's6 knows when it is not ready yet' 'booted: up, ready is false'
	says 'and when it is' 'booted: ready is true'
	says 'after a start, too' 'started: ready is true'
}
