# A server whose offer is good and comes first, but which then does not keep it: nbs
# takes the lease of the one beside it.  And servers that are alone.
# Runs with virtio-net-pci alone.
# shellcheck shell=sh
. /tests/dhcp.sh

good_and_bad
export AGAINST_SECONDS=15
against "the request is not answered" no-ack
against "the request is refused" nak
against "an ACK for another address" acked=192.0.2.167

# alone NAME WORD...: no good server is there; nbs ends in time, and says it is not ready.
alone() {
	what=$1
	shift
	serve fake bad eth0 as=bad server=192.0.2.66 pool=192.0.2.166 "$@" || return
	exits "$what" 3 up -t 3
	within "$what: in time" 200 600
	nbs down
	unserve bad
}

unserve good
alone "silence" silent
alone "refused again and again" nak
told "not more often than is decent" bad '^DISCOVER' 1 8
alone "offers without end" flood=5000 no-ack
