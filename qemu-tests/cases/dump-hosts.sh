# The examples of conf/ for one machine: what dump tells of them makes the same.
# Runs with e1000 alone.
# shellcheck shell=sh
. /tests/dump.sh

goes_round static-server
goes_round bonded-host
goes_round router
goes_round qemu-host
goes_round proxmox-like

# Nobody answers here, and what is asked for is known all the same.
nbs -c /tests/conf/dhcp.conf up -t 1
dumped dhcp
for line in '[nic eth1]' 'dhcp-use = routes' 'required = no' 'dhcp-fallback = link-local'; do
	tells "what is asked for: $line" "$line"
done
check "dhcp: down" /sbin/nbs down
