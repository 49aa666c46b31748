#!/bin/sh
# The script of initramfs-tools, run below a folder: nbs is one that gives the links of
# $links a file each, those of $links6 one of IPv6, and ipconfig one that says it was called.  Debian's own
# configure_networking goes on from there, where .cache has it.
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
PATH=$dir/bin:$PATH
export PATH dir links links6
failed=0
mkdir -p "$dir/bin" "$dir/proc/net"
cat >"$dir/bin/nbs" <<'END'
#!/bin/sh
printf '%s\n' "nbs $*: $(cat)" >>"$dir/called"
for l in $links6; do
	printf "DEVICE6='%s'\nROOTSERVER='2001:db8::9'\n" "$l" >"$dir/run/net6-$l.conf"
done
for l in $links; do
	printf "DEVICE='%s'\nROOTSERVER='192.0.2.9'\nROOTPATH='/srv/it'\\''s'\n" "$l" >"$dir/run/net-$l.conf"
done
END
printf '#!/bin/sh\necho ipconfig "$@" >>"$dir/called"\n' >"$dir/bin/ipconfig"
chmod +x "$dir/bin/nbs" "$dir/bin/ipconfig"

# below FILE: the same script with its paths below the folder.
below() {
	sed "s,\([ \"'(<>#]\)/\(proc\|run\|conf\|sys\)/,\1$dir/\2/,g" "$1"
}
below initramfs/initramfs-tools/init-premount >"$dir/premount"
functions=.cache/root/usr/share/initramfs-tools/scripts/functions
[ ! -e $functions ] || below $functions >"$dir/functions"

judge() {
	if [ "$2" = "$3" ]; then
		echo "ok $1"
	else
		echo "not ok $1: '$2', not '$3'"
		failed=1
	fi
}

# boot LINE LINKS [DEFAULT]...: what is called, with these links brought up, and default
# routes by these.
boot() {
	rm -rf "$dir/run" "$dir/conf" "$dir/called"
	mkdir -p "$dir/run/nbs" "$dir/conf"
	: >"$dir/called"
	printf '%s\n' "$1" >"$dir/proc/cmdline"
	links=$2
	shift 2
	for l; do
		printf '%s\t00000000\t010200C0\t0003\t0\t0\t0\n' "$l"
	done >"$dir/proc/net/route"
	sh "$dir/premount"
}

# Debian's init, by its next script: what configure_networking has then.
goes_on() {
	(
		[ ! -e "$dir/conf/param.conf" ] || . "$dir/conf/param.conf"
		[ -e "$dir/functions" ] || { echo "$DEVICE $ROOTSERVER $ROOTPATH" && exit; }
		export IP BOOTIF starttime=0
		sh -c '. "$dir/functions" && configure_networking >&2 && echo "$DEVICE $ROOTSERVER $ROOTPATH"'
	) 2>"$dir/said"
}
nbs='nbs -l kmsg -K - up' all="192.0.2.9 /srv/it's"

boot 'quiet root=/dev/sda1' eth0
judge 'a local root needs no network' "$(cat "$dir/called")" ''
IP=dhcp boot 'quiet ip=dhcp' eth0 eth0
judge 'ip= is for nbs' "$(cat "$dir/called")" "$nbs: quiet ip=dhcp"
judge 'any device' "$(IP=dhcp goes_on)" "eth0 $all"
judge 'ipconfig is not called' "$(cat "$dir/called")" "$nbs: quiet ip=dhcp"
for word in ip6=auto nfsaddrs=dhcp BOOTIF=01-52-54-00-12-34-56 nbs.conf=/x root=/dev/nbd0 nbdroot=a,b; do
	boot "quiet $word" eth0
	judge "$word is for nbs" "$(cat "$dir/called")" "$nbs: quiet $word"
done
boot 'dhcpclass=a\\x20b\nc\t ip=dhcp' eth0
judge 'backslashes stay' "$(cat "$dir/called")" "$nbs: dhcpclass=a\\\\x20b\\nc\\t ip=dhcp"
IP=dhcp BOOT=nfs boot 'dhcpclass=a\\x20b\nc' eth0
judge 'and are remembered' "$(cat "$dir/run/nbs/cmdline")" 'dhcpclass=a\\x20b\nc ip=dhcp'
judge 'for the start files' "$(. "$dir/run/nbs/environment" && echo "$LINE")" "-K $dir/run/nbs/cmdline"
BOOT=nfs boot quiet eth0
judge 'an NFS root is for nbs' "$(cat "$dir/called")" "$nbs: quiet"
IP=dhcp BOOT=nfs boot quiet eth0
judge 'ip= of initramfs.conf' "$(cat "$dir/called")" "$nbs: quiet ip=dhcp"
DEVICE=eth1 IP=dhcp boot ip=dhcp eth1
judge 'the device of initramfs.conf' "$(cat "$dir/called")" "$nbs: ip=dhcp bootdev=eth1"
IP=:::::eth1:dhcp boot ip=:::::eth1:dhcp eth1 eth1
judge 'a device that is named' "$(IP=:::::eth1:dhcp goes_on)" "eth1 $all"
boot ip=dhcp 'eth0 eth1' eth1 eth0
judge 'of several, that of the default route' "$(IP=dhcp goes_on)" "eth1 $all"
boot ip=dhcp 'eth0 eth1'
judge 'without a default route, the first' "$(IP=dhcp goes_on)" "eth0 $all"
six='[2001:db8::10]::[2001:db8::1]:64::eth0:none' default=00000000000000000000000000000000
links6='eth1 eth0' IP=$six boot "ip=$six" ''
judge 'IPv6 alone' "$(IP=$six goes_on)" 'eth0 2001:db8::9 '
judge 'ipconfig is not called for IPv6' "$(cat "$dir/called")" "$nbs: ip=$six"
judge 'what nbs will take away' "$(head -n 1 "$dir/run/net-eth0.conf")" '# by nbs, of its files'
for route in "20010db8000000000000000000000000 40 $default 00 $default 1 0 0 1 eth0" \
	"$default 00 $default 00 $default ffffffff 1 0 00200200 lo" \
	"$default 00 $default 00 20010db8000000000000000000000001 400 1 0 3 eth1"; do
	echo "$route"
done >"$dir/proc/net/ipv6_route"
links6='eth0 eth1' boot "ip=$six" ''
judge 'of several of IPv6, that of the default route' "$(IP=$six goes_on)" 'eth1 2001:db8::9 '
links6=eth1 boot "ip=$six" eth0
judge 'one of IPv4 before that' "$(IP=$six goes_on)" "eth0 $all"
rm "$dir/proc/net/ipv6_route"
links6=eth0 boot "ip=$six" eth0 eth0
judge 'a device of both' "$(IP=$six goes_on)" 'eth0 2001:db8::9 /srv/it'"'"'s'
mac=:::::52-54-00-12-34-56:dhcp
boot "ip=$mac" eth0 eth0
judge 'a device by its MAC address' "$(IP=$mac goes_on)" "eth0 $all"
boot 'ip=:::::a;exit:dhcp' 'a;exit'
judge 'a name that is a command' "$(goes_on)" "a;exit $all"
boot "ip=:::::a'b:dhcp" "a';echo>bad'"
judge 'a name with a quote' "$(cat "$dir/conf/param.conf" 2>/dev/null)" ''
boot ip=dhcp '' eth0
judge 'no link came up' "$(cat "$dir/conf/param.conf" 2>/dev/null)" ''
exit $failed
