# Links on links by chance: what dump tells of them leaves nothing to do, and makes the same.
# seeds=FROM,TO on the command line of the kernel tries others.
# Runs with e1000 alone.
# shellcheck shell=sh
# shellcheck disable=SC2046,SC2086 # lists of words
. /tests/dump.sh

seeds=$(sed -n 's/.*seeds=\([0-9]*\),\([0-9]*\).*/\1 \2/p' /proc/cmdline)
for seed in $(seq ${seeds:-1 6}); do
	awk -v seed="$seed" -f /tests/cases/random.awk >/tmp/random.conf
	nbs -c /tmp/random.conf up -t 10 || :
	dumped "seed $seed" || cat /tmp/random.conf
	check "seed $seed: down" /sbin/nbs down
	cp /tmp/told /tmp/told.first
	nbs -c /tmp/told.first up -t 10 || :
	equal "seed $seed: up says nothing" '' "$(cat /tmp/err)"
	dumped "seed $seed, again"
	if why=$(diff -U 3 /tmp/told.first /tmp/told); then
		ok "seed $seed: is told as before"
	else
		not_ok "seed $seed: is told as before" "$why"
	fi
	check "seed $seed: down again" /sbin/nbs down
done
