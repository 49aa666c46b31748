# How long the network takes in an initramfs: from the kernel's "Run /init" to the first
# command that has it, in images that differ in who brings it up; the kernel's own times,
# in TCG.  qemu-tests/roots/run sources it.
#
#	CASES="bench-tools bench-dracut" [RUNS=5] [MODEL=e1000] make boot-root
# shellcheck disable=SC2034,SC2154 # variables of run

# once TOOL WORD...: milliseconds of one boot, which ends there.
once() {
	boot "$@" stop-ready root=nbd:10.0.2.2:root:ext4
	sed -n 's/^\[ *\([0-9.]*\)\] Run \/init .*/run \1/p; s/.*\[ *\([0-9.]*\)\] ready: .*/ready \1/p' "$log" |
		awk '$1 == "run" { run = $2 } $1 == "ready" && !ms { ms = ($2 - run) * 1000 }
			END { if (ms) printf "%d\n", ms }'
}

# middle FILE: the median of its lines, and between what they are.
middle() { sort -n "$1" | awk '{ a[NR] = $1 } END { if (NR) print a[int((NR + 1) / 2)], a[1], a[NR]; else print "0 0 0" }'; }

# One after the other, so that a busy machine hurts both.
bench() {
	nbs=$1 peer=$2
	shift 2
	: >"$dir/$nbs.ms"
	: >"$dir/$peer.ms"
	for _ in $(seq "${RUNS:-5}"); do
		for tool in "$nbs" "$peer"; do
			once "$tool" "$@" >>"$dir/$tool.ms"
		done
	done
	# shellcheck disable=SC2046 # words
	set -- "$1" $(middle "$dir/$nbs.ms") $(middle "$dir/$peer.ms")
	printf '| %-14s | %-15s | %-24s | %5d (%5d to %5d) | %5d (%5d to %5d) | %s |\n' "$model" "$peer" "${1%%:*}" \
		"$2" "$3" "$4" "$5" "$6" "$7" "$(awk "BEGIN { printf \"%.1f\", $5 / ($2 + !$2) }")"
	[ "$2" != 0 ] && [ "$5" != 0 ] || failed=1
}

each_line() {
	for line in ip=dhcp ip=10.0.2.20::10.0.2.2:255.255.255.0::eth0:none; do
		bench "$@" $line
	done
}

case_bench_tools() { each_line bench-tools bench-klibc; }
case_bench_dracut() { each_line dracut dracut-legacy; }
