# A server that answers nonsense beside a good one: nbs neither crashes nor obeys, and
# takes the good one's lease.
# Runs with virtio-net-pci alone.
# shellcheck shell=sh
. /tests/dhcp.sh

good_and_bad
against "a wrong xid" wrong-xid
against "another machine's" wrong-chaddr
against "a request for an answer" wrong-op
against "a wrong cookie" wrong-cookie
against "no server's name" no-id
against "no time" no-lease
against "a lease of no time" lease=0
against "a NAK with another xid" nak wrong-xid
against "an ACK for a DISCOVER" rapid-unasked no-lease
against "a NAK of another server" no-offer nak
against "an ACK in its name" no-offer greedy acked=192.0.2.167
against "FORCERENEW" no-offer no-ack greedy forcerenew
against "a checksum, IP" bad-ip
against "a checksum, UDP" bad-udp
against "another's client identifier" wrong-echo
against "an offer of nothing" pool=0.0.0.0
against "an offer of multicast" pool=224.0.0.5
against "an offer of loopback" pool=127.0.0.2
against "an offer of broadcast" pool=255.255.255.255
against "an offer of the server itself" server=192.0.2.66 pool=192.0.2.66
against "an offer of the subnet's broadcast" pool=192.0.2.255
against "the other VLAN" vlan=7
for n in 1 28 100 200 236 239 240 241 243 250; do
	against "a message of $n bytes" truncate=$n
done
for n in 14 20 34 40 42 100 281; do
	against "a frame of $n bytes" cut=$n
done
against "an option longer than the rest" claim=15:200

