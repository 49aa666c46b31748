# Runs with e1000 alone.
# Settings of links, namespaces and the host that are no links: sysctls, IPv6,
# the host's name, name servers.

spaces a b
ip link set eth0 netns a
ip link set eth2 netns b name eth0

# The same sysctls as by hand.
ups "settings" a <<'E'
[global]
ip-forward = yes
ipv6-forward = yes
ipv6 = auto
hostname = gate.example.net
dns = 192.0.2.53
dns = 2001:db8::53
search = example.net example.com
resolv-conf = /tmp/resolv

[sysctl]
net.ipv4.conf.all.rp_filter = 2
net.ipv4.tcp_syncookies = 0
net.ipv4.ip_local_port_range = 20000 30000
net.ipv6.conf.d1.hop_limit = 9
net.ipv4.conf.d/5.log_martians = 1
net.ipv4.neigh.d1.proxy_delay = 0

[nic eth0]
proxy-arp = yes
proxy-arp-pvlan = yes
rp-filter = 1
arp-ignore = 8
arp-announce = 2
arp-filter = yes
arp-accept = 1
arp-notify = yes
drop-gratuitous-arp = yes
accept-local = yes
accept-redirects = no
secure-redirects = no
send-redirects = no
shared-media = no
accept-source-route = yes
log-martians = yes
medium-id = 7
tag = -3
src-valid-mark = yes
route-localnet = yes
promote-secondaries = yes
force-igmp-version = 2
igmpv3-unsolicited-report-interval = 2s
ipv6 = link-local

[dummy d0]
ipv6 = no
forwarding = no
bc-forwarding = yes

[dummy d1]
forwarding = no
ipv6-forwarding = no
accept-ra = 2
dad-transmits = 3
use-tempaddr = 2
keep-addr-on-down = 1
ndisc-notify = yes
accept-dad = 0
mldv2-unsolicited-report-interval = 2s
router-solicitations = -1
temp-valid-lft = 2h
addr-gen-mode = random

[dummy d2]
stable-secret = 2001:db8::1
addr-gen-mode = stable_secret

[vlan d.5]
parent = d2
id = 5
ipv6 = auto
E
cat >/tmp/by-hand <<'E'
sys() {
	for s; do
		echo "${s#*=}" >"/proc/sys/net/${s%%=*}"
	done
}
for i in 0 1 2; do
	ip link add d$i type dummy
done
ip link add link d2 name d.5 type vlan id 5
sys ipv4/ip_forward=1 ipv6/conf/all/forwarding=1 ipv4/conf/all/rp_filter=2
cd /proc/sys/net/ipv4/conf/eth0
for s in proxy_arp=1 proxy_arp_pvlan=1 rp_filter=1 arp_ignore=8 arp_announce=2 arp_filter=1 arp_accept=1 \
	arp_notify=1 drop_gratuitous_arp=1 accept_local=1 accept_redirects=0 secure_redirects=0 \
	send_redirects=0 shared_media=0 accept_source_route=1 log_martians=1 medium_id=7 tag=-3 \
	src_valid_mark=1 route_localnet=1 promote_secondaries=1 force_igmp_version=2 \
	igmpv3_unsolicited_report_interval=2000; do
	echo ${s#*=} >${s%=*}
done
sys ipv6/conf/eth0/accept_ra=0 ipv6/conf/eth0/autoconf=0 ipv6/conf/d0/disable_ipv6=1 \
	ipv4/conf/d0/forwarding=0 ipv4/conf/d0/bc_forwarding=1 ipv4/conf/d1/forwarding=0
cd /proc/sys/net/ipv6/conf/d1
for s in forwarding=0 accept_ra=2 dad_transmits=3 use_tempaddr=2 keep_addr_on_down=1 ndisc_notify=1 accept_dad=0 \
	mldv2_unsolicited_report_interval=2000 router_solicitations=-1 temp_valid_lft=7200 hop_limit=9; do
	echo ${s#*=} >${s%=*}
done
echo 1 >/proc/sys/net/ipv4/conf/d.5/log_martians
echo 2001:db8::1 >/proc/sys/net/ipv6/conf/d2/stable_secret
ip link set d1 addrgenmode random
ip link set d2 addrgenmode stable_secret
for l in eth0 d0 d1 d2 d.5; do
	ip link set $l up
done
E
sed -i 's,d/5,d.5,' /tmp/by-hand
check "settings, by hand" nsenter --net=/run/netns/b /bin/sh -e /tmp/by-hand
at a sysctls >/tmp/a
at b sysctls >/tmp/b
check "settings: a is as b" diff -U 0 /tmp/a /tmp/b
equal "syncookies" 0 "$(in_ns a cat /proc/sys/net/ipv4/tcp_syncookies)"
equal "port range" "20000	30000" "$(in_ns a cat /proc/sys/net/ipv4/ip_local_port_range)"
equal "proxy delay" 0 "$(in_ns a cat /proc/sys/net/ipv4/neigh/d1/proxy_delay)"
equal "no IPv6 there" "" "$(ip -n a -6 addr show dev d0)"
equal "host name" gate.example.net "$(hostname)"
equal "resolv.conf" "search example.net example.com
nameserver 192.0.2.53
nameserver 2001:db8::53" "$(cat /tmp/resolv)"
check "no other resolv.conf" test ! -e /etc/resolv.conf
downs "settings" a
check "resolv.conf is gone, as it was" test ! -e /tmp/resolv
equal "syncookies are back" 1 "$(in_ns a cat /proc/sys/net/ipv4/tcp_syncookies)"

echo 'nameserver 203.0.113.53' >/etc/resolv.conf
ups "a resolv.conf that is there" - <<'E'
[global]
dns = 192.0.2.53
E
equal "is replaced" 'nameserver 192.0.2.53' "$(cat /etc/resolv.conf)"
downs "a resolv.conf that was there" -
