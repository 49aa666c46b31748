#!/bin/sh
# The hook of mkinitcpio: both its functions, run with what mkinitcpio would have.
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
PATH=$dir/bin:$PATH
failed=0
mkdir "$dir/bin" "$dir/run" "$dir/tmp" "$dir/etc"
cat >"$dir/bin/nbs" <<'END'
#!/bin/sh
echo "nbs $*"
END
chmod +x "$dir/bin/nbs"
for part in install hook; do
	sed "s,\([ \"'(]\)/\(run\|tmp\|etc\)/,\1$dir/\2/,g" initramfs/mkinitcpio/$part >"$dir/$part"
done

judge() {
	if [ "$2" = "$3" ]; then
		echo "ok $1"
	else
		echo "not ok $1: '$2', not '$3'"
		failed=1
	fi
}

# built: what gets into the image.
built() {
	bash -c 'for f in add_checked_modules add_module add_binary add_file add_runscript; do
		eval "$f() { echo $f \"\$@\"; }"
	done
	. "$1" && build' sh "$dir/install" | grep -v add_module | tr '\n' '|'
}
# runs WORD=VALUE...: what is called with these on the command line.
runs() {
	env "$@" sh -c 'err() { echo "err $*"; }
		. "$1" && run_hook' sh "$dir/hook"
}

judge 'without a file' "$(built)" \
	"add_checked_modules /drivers/net/|add_binary $dir/bin/nbs /usr/bin/nbs|add_runscript|"
judge 'nothing is wanted' "$(runs root=/dev/sda1)" ''
judge 'ip=' "$(runs ip=dhcp)" 'nbs -l kmsg -k up'
: >"$dir/run/net-eth0.conf"
: >"$dir/etc/nbs.conf"
judge 'a file' "$(built)" \
	"add_checked_modules /drivers/net/|add_binary $dir/bin/nbs /usr/bin/nbs|add_file $dir/etc/nbs.conf|add_runscript|"
judge 'a file, at boot' "$(runs root=/dev/sda1)" 'nbs -l kmsg -k up'
judge 'a lease' "$(readlink "$dir/tmp/net-eth0.conf")" "$dir/run/net-eth0.conf"
printf '#!/bin/sh\nexit 3\n' >"$dir/bin/nbs"
rm "$dir/tmp/net-eth0.conf"
judge 'not ready' "$(runs ip=dhcp)" 'err network: not all is ready; see dmesg'
exit $failed
