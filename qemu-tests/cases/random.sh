# Links on links by chance: up ends well, a second up has nothing to do, another file
# is made of what the first has left, what others change is put right, and down leaves
# nothing.  SEEDS="FROM TO" on the command line of the kernel tries others.
# Runs with virtio-net-pci alone.
# shellcheck shell=sh
# shellcheck disable=SC2046,SC2086 # lists of words
status=0

random() {
	awk -v seed="$1" -f /tests/cases/random.awk
}

# quiet NAME: nbs has nothing to do.
quiet() {
	nbs -v up -t 20 || :
	if [ $status != 0 ] || [ -s /tmp/err ]; then
		not_ok "$1" "exit status $status
$(head -n 20 /tmp/err)"
	fi
}

# makes NAME: nbs does what /etc/nbs.conf says.
makes() {
	nbs up -t 20 || :
	if [ $status != 0 ] || [ -s /tmp/err ]; then
		not_ok "$1" "exit status $status
$(head -n 20 /tmp/err)"
	fi
	quiet "$1, again"
}

# disturb SEED: five changes by other hands.
disturb() {
	for i in 1 2 3 4 5; do
		ns=$(ip netns list | awk -v seed=$(($1 * 7 + i)) '
			BEGIN { srand(seed) }
			{ name[NR] = $1 }
			END { n = int(rand() * (NR + 1)); if (n) print "-n " name[n] }')
		dev=$(ip $ns -o link | awk -F '[:@ ]+' -v seed=$(($1 * 11 + i)) '
			BEGIN { srand(seed) }
			$2 !~ /^(eth|lo$)/ { name[++n] = $2 }
			END { print n ? name[1 + int(rand() * n)] : "none" }')
		case $((($1 + i) % 7)) in
		0) set -- "$1" link set dev "$dev" down ;;
		1) set -- "$1" link delete dev "$dev" ;;
		2) set -- "$1" link set dev "$dev" mtu 1300 ;;
		3) set -- "$1" link set dev "$dev" nomaster ;;
		4) set -- "$1" address flush dev "$dev" ;;
		5) set -- "$1" route flush dev "$dev" ;;
		6) set -- "$1" link set dev "$dev" alias other ;;
		esac
		seed=$1
		shift
		echo "ip $ns $*" >>/tmp/done
		ip $ns "$@" 2>/dev/null || : # some have nothing to take away
		set -- "$seed"
	done
}

# These bring a link along when they are loaded, which nobody asked for.
modprobe -a dummy bonding
ip link delete dev dummy0
ip link delete dev bond0

seeds=$(sed -n 's/.*seeds=\([0-9]*\),\([0-9]*\).*/\1 \2/p' /proc/cmdline)
state - >/tmp/before
for seed in $(seq ${seeds:-1 6}); do
	: >/tmp/done
	random $seed | conf
	makes "seed $seed"
	random $((seed + 1000)) | conf
	makes "seed $seed, changed"
	disturb $seed
	nbs up -t 20 || :
	[ $status = 0 ] || not_ok "seed $seed, disturbed" "exit status $status
$(cat /tmp/err /tmp/done)"
	quiet "seed $seed, disturbed, again: $(tr '\n' ';' </tmp/done)"
	nbs down || :
	state - >/tmp/after
	if ! diff -U 3 /tmp/before /tmp/after >/tmp/diff || [ $status != 0 ]; then
		not_ok "seed $seed, down" "exit status $status
$(cat /tmp/err /tmp/diff)"
	fi
	ok "seed $seed"
done
