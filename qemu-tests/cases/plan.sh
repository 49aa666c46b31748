# What nbs plan prints makes, run by sh(1), the network that nbs would make: then
# nbs has nothing left to do.
# shellcheck shell=sh

# Else loading them makes links, or no /dev/net/tun appears: udev's rules see to both.
modprobe bonding max_bonds=0
modprobe dummy numdummies=0
modprobe tun

for file in /tests/conf/*.conf; do
	conf <"$file"
	by_hand "${file##*/}"
done
