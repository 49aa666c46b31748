#!/bin/sh
# The scripts of dracut, run below a folder as its initqueue does: nbs is one that gives
# the links of $links a file each, and ends with $status.
# shellcheck disable=SC2034,SC2317 # what the scripts take
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
PATH=$dir/bin:$PATH
export PATH dir links six slow status
failed=0
mkdir -p "$dir/bin" "$dir/sbin" "$dir/sys/class/net/eth0" "$dir/sys/class/net/eth1" "$dir/proc/net"
cat >"$dir/bin/nbs" <<'END'
#!/bin/sh
[ ! "$slow" ] || exec sleep 100
echo "nbs $*: $(cat)" >>"$dir/called"
for l in $six; do
	printf "IPV6GATEWAY='2001:db8::1'\nROOTSERVER='2001:db8::9'\n" >"$dir/run/net6-$l.conf"
done
for l in $links; do
	printf "IPV4GATEWAY='192.0.2.1'\nROOTSERVER='%s'\nROOTPATH='/srv/it'\\''s'\nSERVERADDR='192.0.2.8'\n" \
		"${server-192.0.2.9}" >"$dir/run/net-$l.conf"
done
exit "$status"
END
cat >"$dir/sbin/netroot" <<'END'
#!/bin/sh
. "$dir/tmp/dhclient.$1.dhcpopts"
echo "netroot $1 $new_next_server $new_root_path $new_dhcp_server_identifier" >>"$dir/called"
END
chmod +x "$dir/bin/nbs" "$dir/sbin/netroot"
for script in up wait end ibft; do
	sed "s,\([ \"'(<>#]\)/\(proc\|run\|tmp\|sys\|sbin\|etc\)/,\1$dir/\2/,g" \
		initramfs/dracut/34network-legacy/nbs-$script.sh >"$dir/$script"
done

# What dracut has.
getcmdline() { echo "$line" | cat - "$dir"/etc/cmdline.d/*.conf 2>/dev/null | tr '\n' ' ' | sed 's/ $//'; }
getargs() { getcmdline | tr ' ' '\n' | sed -n "s/^$1//p"; }
getarg() { case " $(getcmdline)" in *" $1"*) return 0 ;; *) return 1 ;; esac; }
getargbool() { ! getarg "$2=0" || return 1; [ "$1" = 1 ] || getarg "$2=1" || { [ "${3-}" = -d ] && getarg "$4"; }; }
ibft_to_cmdline() { echo ibft >>"$dir/called"; }
modprobe() { :; }
source_hook() { echo "hook $*" >>"$dir/called"; }

judge() {
	if [ "$2" = "$3" ]; then
		echo "ok $1"
	else
		echo "not ok $1: '$2', not '$3'"
		failed=1
	fi
}

# boot LINE LINKS DEFAULT STATUS ROUNDS: what is called in so many rounds.
boot() {
	line=$1 links=$2 status=$4 main_loop=0 hookdir=$dir/hooks
	rm -rf "$dir/run" "$dir/tmp" "${dir:?}/etc" "$dir/hooks" "$dir/called"
	mkdir -p "$dir/run" "$dir/tmp" "$dir/etc/cmdline.d" "$dir/hooks/initqueue/finished"
	: >"$dir/called"
	echo 52:54:00:12:34:56 >"$dir/sys/class/net/eth0/address"
	echo 52:54:00:12:34:57 >"$dir/sys/class/net/eth1/address"
	echo '00000000000000000000000000000000 00 0 00 0 0 0 0 0 eth1' >"$dir/proc/net/ipv6_route"
	printf 'Iface\tDestination\n%s\t00000000\n' "$3" >"$dir/proc/net/route"
	. "$dir/wait"
	for _ in $(seq "$5"); do
		. "$dir/up"
		[ "$slow" ] || wait # for what goes on beside
	done
	tr '\n' '|' <"$dir/called"
}
netroot='' six='' slow=''
up='nbs -l kmsg -K - up' said="192.0.2.9 /srv/it's 192.0.2.8"

judge 'a local root needs no network' "$(boot 'root=/dev/sda1' eth0 eth0 0 2)" ''
judge 'ip=' "$(boot ip=dhcp eth0 eth0 0 2)" "$up: ip=dhcp|hook initqueue/online eth0|netroot eth0 $said|"
boot ip=dhcp eth0 eth0 0 2 >/dev/null
judge 'marks' "$(cd "$dir/tmp" && echo *)" "dhclient.eth0.dhcpopts nbs.done nbs.line net.52:54:00:12:34:56.did-setup \
net.52:54:00:12:34:56.up net.eth0.did-setup net.eth0.gw net.eth0.up"
judge 'the gateway' "$(cat "$dir/tmp/net.eth0.gw")" 'ip route replace default via 192.0.2.1 dev eth0'
judge 'nobody waits' "$(ls "$dir/hooks/initqueue/finished")" ''
judge 'the best default route first' "$(boot ip=dhcp 'eth0 eth1' eth1 0 2)" \
	"$up: ip=dhcp|hook initqueue/online eth1|netroot eth1 $said|hook initqueue/online eth0|netroot eth0 $said|"
netroot=nbd:192.0.2.9:root
judge 'a root on the network' "$(boot root=nbd:192.0.2.9:root eth0 eth0 0 1)" \
	"$up: root=nbd:192.0.2.9:root|hook initqueue/online eth0|netroot eth0 $said|"
netroot=''
boot rd.neednet=1 '' '' 3 2 >/dev/null
judge 'another try in the next round' "$(grep -c "$up: rd.neednet=1" "$dir/called")" 2
judge 'the time of it counts' "$main_loop" 180
judge 'boot waits' "$(sh "$dir/hooks/initqueue/finished/nbs.sh" && echo through)" ''
boot rd.neednet=1 eth0 eth0 0 1 >/dev/null
judge 'boot goes on' "$(sh "$dir/hooks/initqueue/finished/nbs.sh" && echo through)" through
boot 'ip=eth0:dhcp ip=eth1:dhcp' eth0 eth0 3 1 >/dev/null
judge 'boot waits for more than one ip=' "$(sh "$dir/hooks/initqueue/finished/nbs.sh" && echo through)" ''
boot 'ip=eth0:dhcp ip=eth1:dhcp rd.neednet=0' eth0 eth0 3 1 >/dev/null
judge 'unless it shall not' "$(ls "$dir/hooks/initqueue/finished")" ''
export server=0.0.0.0
judge 'no server' "$(boot ip=dhcp eth0 eth0 0 2)" "$up: ip=dhcp|hook initqueue/online eth0|netroot eth0  /srv/it's 192.0.2.8|"
unset server
six=eth1
judge 'IPv6 alone comes last' "$(boot ip=dhcp eth0 eth0 0 2)" \
	"$up: ip=dhcp|hook initqueue/online eth0|netroot eth0 $said|hook initqueue/online eth1|netroot eth1 2001:db8::9  |"
judge 'IPv6 alone' "$(boot ip=dhcp '' '' 0 2)" "$up: ip=dhcp|hook initqueue/online eth1|netroot eth1 2001:db8::9  |"
judge 'its gateway' "$(cat "$dir/tmp/net.eth1.gw")" 'ip route replace default via 2001:db8::1 dev eth1'
six=''
judge 'a name that is a command' "$(boot ip=dhcp 'a;reboot eth0' "a'b" 0 2)" \
	"$up: ip=dhcp|hook initqueue/online eth0|netroot eth0 $said|"
slow=yes
boot ip=dhcp eth0 eth0 0 2 >"$dir/said"
judge 'a local root does not wait' "$(cat "$dir/said")" ''
until pid=$(grep . "$dir/tmp/nbs.pid"); do :; done
. "$dir/end"
wait
judge 'nor does it go on in the root' "$(kill -0 "$pid" 2>/dev/null && echo there)$(ls "$dir/tmp")" nbs.line
sleep 100 &
pid=$!
: >"$dir/tmp/nbs.pid"
{ sleep 0.3 && echo "$pid" >"$dir/tmp/nbs.pid"; } &
. "$dir/end"
wait
judge 'even if it is only being started' "$(kill -0 "$pid" 2>/dev/null && echo there)" ''
rm "$dir/tmp/nbs.pid"
judge 'nothing is there to be ended' "$(. "$dir/end" 2>&1)" ''
slow=''
judge 'nbs is not bothered with the firmware' "$(boot 'ro rd.iscsi.ibft=1 ip=ibft rd.neednet=1' '' '' 0 1)" \
	"$up: ro rd.neednet=1|"
judge 'however often that is said' "$(boot 'rd.iscsi.ibft=yes rd.iscsi.ibft rd.iscsi.ibft=1 ip=ibft ip=ibft rd.neednet=1 ip=ibft' '' '' 0 1)" \
	"$up: rd.neednet=1 |"
judge 'words that are like it' "$(boot 'xrd.iscsi.ibft=1 rd.iscsi.ibftx=1 ip=ibfty rd.neednet=1' '' '' 0 1)" \
	"$up: xrd.iscsi.ibft=1 rd.iscsi.ibftx=1 ip=ibfty rd.neednet=1|"
line=ip=ibft
: >"$dir/called"
. "$dir/ibft"
judge 'what the firmware says' "$(cat "$dir/called")" ibft
exit $failed
