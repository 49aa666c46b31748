# An e1000 that has just appeared: raised before its PHY has a link, it would have a carrier
# after two seconds.
# Runs with e1000 alone.
# shellcheck shell=sh
mac=52:54:00:12:34:66

# stamp PATTERN: when the kernel said that last, in ms.
stamp() {
	dmesg | sed -n "s/^\[ *\([0-9]*\)\.\([0-9]\{3\}\).*$1.*/\1\2/p" | tail -n 1
}

printf '[nic eth4]\naddress = 192.0.2.4/24\n' | conf
best=9999
for try in 1 2 3; do
	begins up -t 20
	host plug e1000 hot0
	ends "up, $try" 0
	took=$(($(stamp 'eth4 NIC Link is Up') - $(stamp "eth4: .*$mac")))
	[ $took -ge $best ] || best=$took
	exits "down, $try" 0 down
	host unplug hot0
	wait_for 10 sh -c "! grep -q $mac /sys/class/net/*/address"
	rm -f /tmp/plugged.hot0
done
echo "# a carrier after $best ms"
check "it is raised when its PHY has a link" [ $best -lt 1500 ]

# One that boot does not wait for is raised when up ends.
printf '[nic eth4]\naddress = 192.0.2.4/24\nrequired = no\n' | conf
host plug e1000 hot0
wait_for 10 grep -q $mac /sys/class/net/eth4/address
exits "not required" 0 up -t 20
check "is raised all the same" sh -c 'ip link show dev eth4 | grep -q ",UP"'
exits "down" 0 down
host unplug hot0
wait_for 10 sh -c "! grep -q $mac /sys/class/net/*/address"
rm -f /tmp/plugged.hot0

# Who has no time is not made to wait.
host plug e1000 hot0
wait_for 10 grep -q $mac /sys/class/net/eth4/address
exits "-t 0" 0 up -t 0
check "raises it at once" sh -c 'ip link show dev eth4 | grep -q ",UP"'
exits "down" 0 down
host unplug hot0
wait_for 10 sh -c "! grep -q $mac /sys/class/net/*/address"
rm -f /tmp/plugged.hot0
