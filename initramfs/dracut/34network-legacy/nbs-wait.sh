#!/bin/sh
# dracut: without a root on the network boot waits for it, too, where rd.neednet=1 says so,
# or, as with network-legacy, more than one ip= does.

# shellcheck disable=SC2154 # of dracut
if [ -z "$netroot" ] && [ "$(getargs ip= | grep -cvx ibft)" -gt 1 ] && getargbool 1 rd.neednet; then
    echo rd.neednet=1 >/etc/cmdline.d/nbs-neednet.conf
fi
# shellcheck disable=SC2154 # of dracut
getargbool 0 rd.neednet && echo '[ -e /tmp/nbs.done ]' >"$hookdir/initqueue/finished/nbs.sh"
