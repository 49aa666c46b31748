# Four thousand VLANs: on a kernel that cannot make them, every failure is said, in
# reasonable time; then with it.
# Runs with e1000 alone.
# shellcheck shell=sh

{
	echo '[dummy d0]'
	n=1
	while [ $n -le 4000 ]; do
		echo "[vlan v$n]
parent = d0
id = $n"
		n=$((n + 1))
	done
	echo '[dummy d1]
address = 192.0.2.1/24'
} >/etc/nbs.conf

exits "the file is read" 0 check
within "in no time" 0 300

no_vlan() {
	exits "without 8021q" 1 up -t 60
	equal "every failure is said" 4000 "$(grep -c 'v[0-9]*: kernel: Unknown device type; is the module 8021q in this kernel?' /tmp/err)"
	equal "and nothing else" 4000 "$(wc -l </tmp/err)"
	equal "of each VLAN" 4000 "$(cut -d : -f 2 /tmp/err | sort -u | wc -l)"
	check "the rest is done" sh -c 'ip addr show dev d1 | grep 192.0.2.1/24'
	# shellcheck disable=SC2154 # of exits
	echo "# 4000 VLANs that fail: $took/100 s"
	exits "and taken back" 0 down
}
without 8021q no_vlan
export NBS_SECONDS=100
exits "with 8021q" 0 up -t 90
echo "# 4000 VLANs: $took/100 s"
equal "all are there" 4000 "$(grep -c '^ *v[0-9]*:' /proc/net/dev)"
equal "and nothing is said" '' "$(cat /tmp/err)"
exits "a second up" 0 -v up -t 60
equal "does nothing" '' "$(cat /tmp/err)"
echo "# a second up of 4000 VLANs: $took/100 s"
exits "down" 0 down
echo "# down with 4000 VLANs: $took/100 s"
equal "none is left" 0 "$(grep -c '^ *v[0-9]*:' /proc/net/dev)"
