# The same command lines through nbs and through what it takes the place of.
# shellcheck disable=SC2034,SC2154 # variables of run

# facts LOG: what both have to agree in; a route's metric is not.
facts() {
	sed '1,/@begin/d; s/\r$//' "$1" | sed -n 's/ metric [0-9]*//; s/ *$//
		/^[^=]* inet 10/p; /^default/p; /^DEVICE=/p; /^PROTO=/p; /^IPV4/p; /^HOSTNAME=/p; /^ROOT/p
		/^DNSDOMAIN=/p; /^DOMAINSEARCH=/p'
}

# agree PEER TOOL WORD...
agree() {
	peer=$1 tool=$2
	shift 2
	boot "$peer" "$@"
	facts "$log" >"$dir/peer"
	boot "$tool" "$@"
	facts "$log" >"$dir/nbs"
	if [ -s "$dir/nbs" ] && difference=$(diff "$dir/peer" "$dir/nbs"); then
		echo "ok roots $case: $*: as $peer"
	else
		echo "not ok roots $case: $*: ${difference:-nothing was said}"
		failed=1
	fi
}

# NBD alone, whose script has the server from the lease or from field 2.
case_klibc() {
	for line in ip=dhcp ip=on ip=10.0.2.20:10.0.2.2:10.0.2.2:255.255.255.0:guest:eth0:none \
		ip=10.0.2.20:10.0.2.2::::eth0 ip=:::::eth0:dhcp ip=::::guest:eth0:any; do
		agree klibc initramfs-tools $line root=/dev/nbd0 nbdroot=10.0.2.2,root,nbd0
	done
	agree klibc initramfs-tools ip=dhcp root=/dev/nbd0 nbdroot=,root,nbd0
	idle=yes
	agree klibc initramfs-tools ip=dhcp BOOTIF=01-52-54-00-12-34-56 root=/dev/nbd0 nbdroot=,root,nbd0
}
