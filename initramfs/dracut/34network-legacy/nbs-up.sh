#!/bin/sh
# dracut: brings the network up where the boot needs it, once udev is through with the
# NICs, and tells those who wait for it.  Sourced in each round of the initqueue.

# nbs_wanted: the root is on the network, or the command line speaks of it.
nbs_wanted() {
    [ -n "$netroot" ] || getargbool 0 rd.neednet || getarg ip= >/dev/null ||
        getarg ip6= >/dev/null || getarg nbs.conf= >/dev/null
}

# nbs_files PREFIX: the devices of the files of these.
nbs_files() {
    for file in "/run/$1-"*.conf; do
        name=${file#/run/"$1"-}
        [ ! -e "$file" ] || echo "${name%.conf}"
    done
}

# nbs_devices: those that are up; the one by which the best default route leads is first, and
# those of IPv6 alone come last.
nbs_devices() {
    {
        while read -r name to _; do
            [ "$to" != 00000000 ] || echo "$name"
        done </proc/net/route
        nbs_files net
        [ ! -e /proc/net/ipv6_route ] || while read -r to len _ _ _ _ _ _ _ name; do
            case $to$len in
                *[!0]*) ;;
                *) echo "$name" ;;
            esac
        done </proc/net/ipv6_route
        nbs_files net6
    } | while read -r name; do
        [ ! -e "/tmp/net.$name.did-setup" ] || continue
        # Scripts are written with it: one of other letters is nobody's but an attacker's.
        case $name in *[!A-Za-z0-9._-]*) continue ;; esac
        [ ! -e "/run/net-$name.conf" ] && [ ! -e "/run/net6-$name.conf" ] || echo "$name"
    done
}

# nbs_online DEVICE: leaves what network-legacy would, and runs what waits for it.
nbs_online() {
    for file in "/run/net-$1.conf" "/run/net6-$1.conf"; do
        [ ! -e "$file" ] || echo ". '$file'"
    done >"/tmp/dhclient.$1.dhcpopts"
    (
        # shellcheck disable=SC1090 # what nbs has written
        . "/tmp/dhclient.$1.dhcpopts"
        for router in "$IPV4GATEWAY" "$IPV6GATEWAY"; do
            case $router in
                '' | 0.0.0.0 | ::) ;;
                *) echo "ip route replace default via $router dev $1" ;;
            esac
        done >"/tmp/net.$1.gw"
    )
    cat >>"/tmp/dhclient.$1.dhcpopts" <<END
new_root_path=\$ROOTPATH new_dhcp_server_identifier=\$SERVERADDR
[ "\$ROOTSERVER" = 0.0.0.0 ] || new_next_server=\$ROOTSERVER
END
    [ ! -e /etc/resolv.conf ] || cp /etc/resolv.conf "/tmp/net.$1.resolv.conf"
    for name in "$1" "$(cat "/sys/class/net/$1/address")"; do
        : >"/tmp/net.$name.up"
        : >"/tmp/net.$name.did-setup"
    done
    source_hook initqueue/online "$1"
    /sbin/netroot "$1"
}

# nbs_needed: boot does not go on without it.
nbs_needed() {
    [ -n "$netroot" ] || getargbool 0 rd.neednet
}

# nbs_up: leaves a file when all is up.
nbs_up() {
    # What the firmware says is among the words by now; see nbs-ibft.sh.
    getcmdline | sed -e ':again' -e 's/\(^\| \)rd[.]iscsi[.]ibft\(=[^ ]*\)*\( \|$\)/\1/' \
        -e 's/\(^\| \)ip=ibft\( \|$\)/\1/' -e 't again' >/tmp/nbs.line
    nbs -l kmsg -K - up </tmp/nbs.line &
    echo $! >/tmp/nbs.pid
    wait $! 2>/dev/null && : >/tmp/nbs.done
    rm -f /tmp/nbs.pid
}

if [ ! -e /tmp/nbs.done ] && nbs_wanted; then
    if nbs_needed; then
        nbs_up
        # The loop counts rounds of half a second, and gives up after some; this was a long one.
        # shellcheck disable=SC2154 # of dracut
        [ -e /tmp/nbs.done ] || main_loop=$((main_loop + 2 * 45))
    elif [ ! -e /tmp/nbs.pid ]; then
        : >/tmp/nbs.pid
        nbs_up & # beside the loop, which looks for a root that is not on the network
    fi
fi
for device in $(nbs_devices); do
    [ -e "/tmp/net.$device.did-setup" ] || nbs_online "$device"
done
