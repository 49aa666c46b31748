# NICs that udev names seconds after they appear; and where udev has ended.
# shellcheck shell=sh
mac=52:54:00:12:34:66

unplugs() {
	host unplug hot0
	wait_for 10 sh -c "! grep -q $mac /sys/class/net/*/address"
	rm -f /tmp/plugged.hot0
}

address() {
	ip addr show dev "$1" | grep -q "inet 192.0.2.4/24"
}

# One that is up cannot be renamed, and a template would raise it at once.
mkdir -p /etc/udev/rules.d
cat >/etc/udev/rules.d/10-slow.rules <<E
ACTION=="add", SUBSYSTEM=="net", ATTR{address}=="$mac", PROGRAM="/bin/sleep 2", NAME="wan0"
E
conf <<'E'
[nic wan0]
address = 192.0.2.4/24

[nic eth*]
required = no
E
ln -s "$(command -v udevadm)" /tmp/systemd-udevd
/tmp/systemd-udevd --daemon 2>/tmp/udevd.err
begins up -t 30
host plug "$(model)" hot0
ends "udev names it" 0
check "by its rule, with its address" address wan0
exits "a second up" 0 -v up -t 5
equal "it does nothing" '' "$(cat /tmp/err)"
exits "down" 0 down
unplugs

# What udev had open is still there when it has ended, as with that of an initramfs.
printf '[nic eth4]\naddress = 192.0.2.4/24\n' | conf
check "udev ends" udevadm control --exit
check "its socket stays" test -S /run/udev/control
begins up -t 30
host plug "$(model)" hot0
ends "nobody names it" 0
check "it is not waited for" address eth4
exits "down" 0 down
unplugs
rm -r /etc/udev
