# What nbs plan prints makes, run by sh(1), the network that nbs would make: then
# nbs has nothing left to do.
# Runs with e1000 alone.
# shellcheck shell=sh

# What their modules bring along must not be in the way.
modprobe -r bonding dummy tun
for file in /tests/conf/*.conf; do
	conf <"$file"
	by_hand "${file##*/}"
done
