# DHCP for the cases that need it, which begin with ". /tests/dhcp.sh".
#
# A server has a name, by default that of its kind; it serves one device in one
# namespace (- is ours), as 192.0.2.1/24 unless told otherwise, and what it says is
# in /tmp/NAME.log.  Kea wants a namespace of its own, away from other servers.
# shellcheck shell=sh

# serve KIND NS DEV [WORD...]: starts a server, and waits until it is ready.  KIND is
# dnsmasq, udhcpd (BusyBox), dhcpd (ISC), kea, or fake (guest/dhcpd.c, whose words
# are told there).  The others know these words, for all of them alike:
#
#	as=NAME  server=ADDRESS  first=ADDRESS  last=ADDRESS  lease=SECONDS  t1=SECONDS
#	t2=SECONDS  router=LIST  dns=LIST  ntp=LIST  mtu=N  domain=NAME  search=LIST
#	hostname=NAME  root=PATH  routes=PREFIX,ROUTER,...
serve() {
	kind=$1 where=$2 dev=$3 as=$1 server=192.0.2.1 first='' last='' lease=3600 t1='' t2=''
	router='' dns='' ntp='' mtu='' domain='' search='' hostname='' root='' routes=''
	shift 3
	for word; do
		case $word in
		as=* | server=*) eval "${word%%=*}=\${word#*=}" ;;
		*=*) [ "$kind" = fake ] || eval "${word%%=*}=\${word#*=}" ;;
		esac
	done
	net=${server%.*}
	: "${first:=$net.100}" "${last:=$net.199}"
	in_ns "$where" ip addr replace "$server/24" dev "$dev"
	in_ns "$where" ip link set "$dev" up
	: >"/tmp/$as.leases"
	"serve_$kind" "$@"
	echo $! >"/tmp/$as.pid"
	if ! wait_for 30 grep -qE "$ready" "/tmp/$as.log"; then
		not_ok "serve $*" "$as is not ready
$(cat "/tmp/$as.log")"
		return 1
	fi
	if grep -q OPEN_SOCKET_FAIL "/tmp/$as.log"; then
		not_ok "serve $*" "$(grep OPEN_SOCKET_FAIL "/tmp/$as.log")"
		return 1
	fi
}

# unserve NAME...: ends servers, whatever they may want to do yet.
unserve() {
	for as; do
		kill -9 "$(cat "/tmp/$as.pid")" 2>/dev/null
		wait "$(cat "/tmp/$as.pid")" 2>/dev/null
		rm -f "/tmp/$as.pid"
	done
}

# run_server COMMAND...: in its namespace and in the background.
run_server() {
	: >"/tmp/$as.log"
	become "$where" "$@" >>"/tmp/$as.log" 2>&1 </dev/null &
}

# become NS COMMAND...: the shell, in the background, becomes it, so that $! is its.
become() {
	[ "$1" = - ] || set -- "$1" ip netns exec "$@"
	shift
	exec "$@"
}

serve_fake() {
	ready='^ready'
	for word; do
		shift
		case $word in
		as=*) ;;
		*) set -- "$@" "$word" ;;
		esac
	done
	run_server fake-dhcpd "$dev" "$@"
}

serve_dnsmasq() {
	ready='DHCP, IP range'
	set -- ${router:+"3,$router"} ${dns:+"6,$dns"} ${hostname:+"12,$hostname"} ${domain:+"15,$domain"} \
		${root:+"17,$root"} ${mtu:+"26,$mtu"} ${ntp:+"42,$ntp"} ${t1:+"58,${t1}s"} ${t2:+"59,${t2}s"} \
		${search:+"119,$search"} ${routes:+"121,$routes"}
	# It sends a router and itself as a name server unless told not to.
	[ "$router" ] || set -- "$@" 3
	[ "$dns" ] || set -- "$@" 6
	for option; do
		shift
		set -- "$@" "--dhcp-option=$option"
	done
	run_server dnsmasq --keep-in-foreground --conf-file=/dev/null --user=root --group=root --pid-file= \
		--port=0 --no-resolv --no-hosts --bind-interfaces --interface="$dev" --except-interface=lo \
		--dhcp-range="$first,$last,255.255.255.0,$lease" --dhcp-authoritative --no-ping \
		--dhcp-leasefile="/tmp/$as.leases" --log-dhcp --log-facility=- "$@"
}

serve_udhcpd() {
	ready='started'
	{
		printf '%s\n' "interface $dev" "start $first" "end $last" "lease_file /tmp/$as.leases" \
			"pidfile /tmp/$as.own" "option lease $lease" "min_lease 1" "auto_time 0" \
			"option subnet 255.255.255.0"
		[ ! "$router" ] || echo "option router $router" | tr , ' '
		[ ! "$dns" ] || echo "option dns $dns" | tr , ' '
		[ ! "$ntp" ] || echo "option ntpsrv $ntp" | tr , ' '
		[ ! "$mtu" ] || echo "option mtu $mtu"
		[ ! "$domain" ] || echo "option domain $domain"
		[ ! "$search" ] || echo "option search $search" | tr , ' '
		[ ! "$hostname" ] || echo "option hostname $hostname"
		[ ! "$root" ] || echo "option rootpath $root"
		[ ! "$routes" ] || echo "option staticroutes $(echo "$routes" | tr , ' ' | xargs -n 2 | tr '\n' ,)" | sed 's/,$//'
	} >"/tmp/$as.conf"
	run_server busybox udhcpd -f -a 100 "/tmp/$as.conf"
}

serve_dhcpd() {
	ready='Sending on .*LPF'
	{
		printf '%s;\n' authoritative "ddns-update-style none" "ping-check false" \
			"default-lease-time $lease" "max-lease-time $lease" "min-lease-time 1" \
			"option nbs-routes code 121 = array of unsigned integer 8"
		[ ! "$t1" ] || echo "option dhcp-renewal-time $t1;"
		[ ! "$t2" ] || echo "option dhcp-rebinding-time $t2;"
		[ ! "$router" ] || echo "option routers $router;"
		[ ! "$dns" ] || echo "option domain-name-servers $dns;"
		[ ! "$ntp" ] || echo "option ntp-servers $ntp;"
		[ ! "$mtu" ] || echo "option interface-mtu $mtu;"
		[ ! "$domain" ] || echo "option domain-name \"$domain\";"
		[ ! "$search" ] || echo "option domain-search \"$(echo "$search" | sed 's/,/", "/g')\";"
		[ ! "$hostname" ] || echo "option host-name \"$hostname\";"
		[ ! "$root" ] || echo "option root-path \"$root\";"
		[ ! "$routes" ] || echo "option nbs-routes $(routes_bytes "$routes" | tr ' ' ,);"
		echo "subnet $net.0 netmask 255.255.255.0 { range $first $last; }"
	} >"/tmp/$as.conf"
	run_server dhcpd -4 -f -d -cf "/tmp/$as.conf" -lf "/tmp/$as.leases" --no-pid "$dev"
}

serve_kea() {
	ready='DHCP4_STARTED'
	{
		echo '{ "Dhcp4": {'
		echo '"loggers": [ { "name": "kea-dhcp4", "severity": "INFO", "output_options": [ { "output": "stdout" } ] } ],'
		echo "\"interfaces-config\": { \"interfaces\": [ \"$dev\" ] },"
		echo "\"lease-database\": { \"type\": \"memfile\", \"persist\": true, \"lfc-interval\": 0, \"name\": \"/tmp/$as.csv\" },"
		echo "\"valid-lifetime\": $lease, \"authoritative\": true,"
		[ ! "$t1" ] || echo "\"renew-timer\": $t1,"
		[ ! "$t2" ] || echo "\"rebind-timer\": $t2,"
		echo "\"option-data\": ["
		{
			kea_option routers "$router"
			kea_option domain-name-servers "$dns"
			kea_option ntp-servers "$ntp"
			kea_option interface-mtu "$mtu"
			kea_option domain-name "$domain"
			kea_option domain-search "$search"
			kea_option host-name "$hostname"
			kea_option root-path "$root"
			[ ! "$routes" ] || printf '{ "code": 121, "csv-format": false, "data": "%s" }\n' \
				"$(routes_bytes "$routes" | xargs printf '%02x')"
		} | sed '$!s/$/,/'
		echo '],'
		echo "\"subnet4\": [ { \"subnet\": \"$net.0/24\", \"pools\": [ { \"pool\": \"$first - $last\" } ] } ]"
		echo '} }'
	} >"/tmp/$as.conf"
	mkdir -p /run/kea /run/lock/kea /var/lib/kea
	KEA_LOCKFILE_DIR=none KEA_PIDFILE_DIR=/tmp run_server kea-dhcp4 -c "/tmp/$as.conf"
}

kea_option() {
	[ ! "$2" ] || printf '{ "name": "%s", "data": "%s" }\n' "$1" "$2"
}

# routes_bytes PREFIX,ROUTER,...: option 121 as decimal bytes, RFC 3442.
routes_bytes() {
	echo "$1" | awk -F , '{
		for (i = 1; i < NF; i += 2) {
			split($i, prefix, "/")
			split(prefix[1], a, ".")
			out = out " " prefix[2]
			for (j = 1; j <= int((prefix[2] + 7) / 8); j++)
				out = out " " a[j]
			gsub(/\./, " ", $(i + 1))
			out = out " " $(i + 1)
		}
		print substr(out, 2)
	}'
}

# routes_hex PREFIX,ROUTER,...: the same, as fake's hex= takes it.
routes_hex() {
	# shellcheck disable=SC2046 # bytes
	printf '%02x' $(routes_bytes "$1")
}

# told NAME SERVER PATTERN [LEAST [MOST]]: lines of its log, as many (at least one).
told() {
	n=$(grep -cE -e "$3" "/tmp/$2.log")
	if [ "$n" -ge "${4:-1}" ] && [ "$n" -le "${5:-1000000}" ]; then
		ok "$1"
	else
		not_ok "$1" "$n lines, not ${4:-1} to ${5:-any}: $3
$(tail -n 30 "/tmp/$2.log")"
		return 1
	fi
}

# not_told NAME SERVER PATTERN
not_told() {
	told "$1" "$2" "$3" 0 0
}

# forget SERVER...: what they have said so far.
forget() {
	for as; do
		: >"/tmp/$as.log"
	done
}

# -- What came of it -------------------------------------------------------

has_address() {
	in_ns "$1" ip -4 addr show dev "$2" | grep -q " $3[/ ]"
}

# leased NAME NS DEV [ADDRESS]: it has an address of 192.0.2, or this one, soon.
leased() {
	if wait_for "${LEASE_SECONDS:-10}" has_address "$2" "$3" "${4:-192.0.2.1[0-9][0-9]}"; then
		ok "$1"
	else
		not_ok "$1" "no address ${4:-192.0.2.1..} on $3
$(in_ns "$2" ip addr show dev "$3"; cat /tmp/err /tmp/hold.err)"
		return 1
	fi
}

# unleased NAME NS DEV [ADDRESS]: it has none, or loses it soon.
unleased() {
	if wait_for "${LEASE_SECONDS:-10}" lacks_address "$2" "$3" "${4:-[0-9.]*}"; then
		ok "$1"
	else
		not_ok "$1" "it has
$(in_ns "$2" ip addr show dev "$3")"
		return 1
	fi
}

lacks_address() {
	! has_address "$@"
}

# address_of NS DEV
address_of() {
	in_ns "$1" ip -4 -o addr show dev "$2" | sed -n 's,.* inet \([0-9.]*\)/.*,\1,p' | head -n 1
}

# leases SERVER: its file of leases.
leases() {
	cat "/tmp/$1.leases" "/tmp/$1.csv" 2>/dev/null
}

# hold ARG...: nbs hold in the background; hold_ends: it is asked to.
hold() {
	setsid /sbin/nbs "$@" hold >/tmp/hold.out 2>/tmp/hold.err </dev/null &
	holder=$!
}

# hold_ends [SIGNAL]
hold_ends() {
	kill "-${1:-TERM}" "$holder" 2>/dev/null
	wait "$holder" 2>/dev/null
}

# lease_says NAME NS DEV LINE: nbs's file of the lease has it, soon.
lease_says() {
	file=/run/nbs/leases/$(echo "$2" | sed 's/^-$/:/')/$3
	if wait_for 5 grep -qxF -e "$4" "$file"; then
		ok "$1"
	else
		not_ok "$1" "$file lacks: $4
$(cat "$file" 2>&1)"
		return 1
	fi
}

# -- Wires -----------------------------------------------------------------

# wire NS DEV NS DEV: a veth pair, both ends down; - is our namespace.
wire() {
	ip link add w0 type veth peer name w1
	set_aside w0 "$1" "$2" && set_aside w1 "$3" "$4"
}

set_aside() {
	if [ "$2" = - ]; then
		ip link set "$1" name "$3"
	else
		ip link set "$1" netns "$2" name "$3"
	fi
}

# plug_user: a NIC behind which QEMU's own server is, 10.0.2.2.  Sets $user to its name.
plug_user() {
	host plug "$(model)" hot0
	wait_for 15 has_mac 52:54:00:12:34:66 || return 1
	# shellcheck disable=SC2034 # for the case
	user=$(grep -l 52:54:00:12:34:66 /sys/class/net/*/address | sed 's,.*net/\(.*\)/address,\1,')
}

# watch NS DEV: counts DHCP messages from now on, even if it is not up yet; watched: how
# many were sent on it, each on a line of /tmp/watched with its time.
watch() {
	: >/tmp/watch.err
	watched_dev=$2
	become "$1" tcpdump -Z root -n -tt -l -U -i any 'udp dst port 67' >/tmp/watched 2>/tmp/watch.err &
	watcher=$!
	wait_for 5 grep -q 'listening on' /tmp/watch.err
}

watched() {
	sleep 0.3
	kill "$watcher"
	wait "$watcher" 2>/dev/null
	grep -c " $watched_dev *Out " /tmp/watched
}

# -- A good server and a bad one -------------------------------------------

# good_and_bad: v0 of ours and servers in two namespaces, far and bad, on one bridge.
# The good one is slow, so that the bad one is heard first.
good_and_bad() {
	spaces far bad
	ip link add br0 type bridge forward_delay 0
	ip link set br0 up
	sysctl -q net.ipv6.conf.all.disable_ipv6=1
	wire - v0 - p0
	wire far eth0 - p1
	wire bad eth0 - p2
	for p in p0 p1 p2; do
		ip link set $p master br0 up
	done
	ip link set v0 up
	serve fake far eth0 as=good delay=300 text=15:good.example ip=3:192.0.2.1
	printf '[nic v0]\ndhcp = ipv4\n' | conf
}

# against NAME WORD...: beside such a server, 192.0.2.66, the good lease is taken.
against() {
	what=$1
	shift
	serve fake bad eth0 as=bad server=192.0.2.66 pool=192.0.2.166 "$@" || return
	nbs -v up -t "${AGAINST_SECONDS:-5}" || :
	# shellcheck disable=SC2154 # of nbs
	if [ "$status" != 0 ] || ! has_address - v0 192.0.2.100; then
		not_ok "$what" "not the good lease; up ends with exit status $status
$(tail -n 5 /tmp/err /tmp/out; tail -n 5 /tmp/bad.log; ip addr show dev v0)"
	else
		ok "$what"
	fi
	nbs down || not_ok "$what: down" "exit status $status
$(cat /tmp/err)"
	lacks_address - v0 '[0-9.]*' || not_ok "$what: down" "$(ip addr show dev v0)"
	unserve bad
	rm -rf /run/nbs
}
