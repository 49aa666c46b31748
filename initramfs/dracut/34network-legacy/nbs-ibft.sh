#!/bin/sh
# dracut: what the firmware says of its iSCSI becomes words of the command line.

if getargbool 0 rd.iscsi.ibft -d 'ip=ibft'; then
    modprobe -b -q iscsi_boot_sysfs 2>/dev/null
    command -v ibft_to_cmdline >/dev/null || . /lib/net-lib.sh
    ibft_to_cmdline
fi
