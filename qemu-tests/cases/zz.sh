# shellcheck shell=sh
lsmod | grep -E "bonding|dummy|tun"
ls /etc/modprobe.d /lib/modprobe.d 2>&1
ls -l /dev/net
conf <<'E'
[bond bond0]
mode = active-backup
address = 192.0.2.1/24
[dummy dummy0]
[tap tap0]
E
nbs plan
exits "up" 0 -v up -t 3
cat /tmp/err
ip -d link show bond0
exits "again" 0 -v up -t 3
cat /tmp/err
exits down 0 down
ip -br link
