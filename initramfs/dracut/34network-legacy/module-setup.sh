#!/bin/bash
# dracut: nbs as what brings the network up.  The module "network" knows its handlers by
# name; of two modules of a name dracut takes that with the lower number.  So this one
# stands in the place of 35network-legacy, and needs no dhclient.

check() {
    require_binaries nbs || return 1
    return 255 # only where another module asks for it
}

installkernel() {
    hostonly='' instmods af_packet 8021q bonding bridge dummy macvlan tun veth
}

install() {
    # shellcheck disable=SC2154 # of dracut
    local moddir=$moddir

    inst "$(command -v nbs)" /usr/sbin/nbs
    [[ -e /etc/nbs.conf ]] && inst_simple /etc/nbs.conf
    inst_hook cmdline 92 "$moddir/nbs-ibft.sh"
    inst_hook pre-udev 60 "$moddir/nbs-wait.sh"
    inst_hook initqueue/settled 90 "$moddir/nbs-up.sh"
    inst_hook cleanup 10 "$moddir/nbs-end.sh"
    dracut_need_initqueue
}
