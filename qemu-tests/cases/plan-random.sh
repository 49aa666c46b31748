# Topologies by chance: what plan prints, sh(1) makes, and then nbs has nothing to do.
# SEEDS="FROM TO" on the command line of the kernel tries others.
# Runs with virtio-net-pci alone.
# shellcheck shell=sh
# shellcheck disable=SC2046,SC2086 # lists of words

seeds=$(sed -n 's/.*seeds=\([0-9]*\),\([0-9]*\).*/\1 \2/p' /proc/cmdline)
for seed in $(seq ${seeds:-101 106}); do
	awk -v seed="$seed" -f /tests/cases/random.awk | conf
	by_sh "topology $seed"
	bare
	bare_sysctls /var/lib/sysctls
done
