# A configuration of links on each other, and everything on them, by chance:
# awk -v seed=N -f random.awk.  The same seed gives the same file.

function pick(n) {
	return int(rand() * n)
}

function chance(p) {
	return rand() < p
}

function one_of(words, n, list) {
	n = split(words, list, " ")
	return list[1 + pick(n)]
}

function say(line) {
	text[sections] = text[sections] line "\n"
}

function called(ns, name) {
	return ns == "" ? name : ns "/" name
}

# Settings that any link takes; an address each of its own network.
function settings(kind, i, n, net) {
	if (chance(0.3))
		say("mtu = " one_of("1400 1500"))
	if (chance(0.2))
		say("txqueuelen = " one_of("100 500"))
	if (chance(0.2))
		say("alias = some link")
	if (chance(0.15))
		say("rp-filter = 2")
	if (chance(0.15))
		say("ipv6 = " one_of("auto link-local"))
	if (kind == "tap" && chance(0.3)) {
		say("up = no")
		return
	}
	n = pick(3)
	for (i = 0; i < n; i++) {
		net = "10." int(++nets / 250) "." nets % 250
		say("address = " net ".1/24")
		if (chance(0.3))
			say("route = 172.16." nets % 256 ".0/24 via " net ".2" \
				one_of("- -metric_10 -table_100 -mtu_1400"))
		if (chance(0.2) && kind != "tun")
			say("neighbor = " net ".9 lladdr 02:00:00:00:00:09")
	}
	if (chance(0.3)) {
		say("address = 2001:db8:" ++nets "::1/64" one_of("- -nodad"))
		if (chance(0.4))
			say("route = 2001:db8:f" nets "::/64 via 2001:db8:" nets "::2")
	}
}

# A link that can still be stood on (a port or a parent), or -1.
function free(kinds, ns, i, n, fit) {
	n = 0
	for (i = 0; i < links; i++)
		if (!taken[i] && index(kinds, " " kind_of[i] " ") && (ns == "*" || ns == ns_of[i]))
			fit[n++] = i
	return n ? fit[pick(n)] : -1
}

function link(ns, name, kind) {
	ns_of[links] = ns
	name_of[links] = called(ns, name)
	kind_of[links] = kind
	taken[links++] = 0
}

function ports(kinds, ns, most, i, p) {
	for (i = pick(most + 1); i > 0; i--) {
		if ((p = free(kinds, ns)) < 0)
			return
		taken[p] = 1
		say("ports = " name_of[p])
	}
}

# What receives for a macvlan cannot be a port.
function parent(kinds, kind, p) {
	if ((p = free(kinds, "*")) < 0)
		return 0
	taken[p] = kind == "macvlan"
	say("parent = " name_of[p])
	return 1
}

function section(kind, ns, name, far) {
	text[++sections] = "[" kind " " called(ns, name) "]\n"
	if (kind == "veth") {
		far = spaces[pick(nspaces)]
		say("peer = " called(far, "p" name))
		settings(kind)
		link(far, "p" name, "peer")
		if (chance(0.7)) {
			text[++sections] = "[peer " called(far, "p" name) "]\n"
			settings("peer")
		}
	} else if (kind == "bridge") {
		ports(" veth peer tap dummy bond ", ns, 3)
		if (chance(0.3))
			say("stp = yes")
		if (chance(0.3))
			say("vlan-filtering = yes")
		if (chance(0.3))
			say("priority = " one_of("1000 4096"))
		settings(kind)
	} else if (kind == "bond") {
		say("mode = " one_of("balance-rr active-backup 802.3ad balance-xor"))
		ports(" dummy ", ns, 2)
		settings(kind)
	} else if (kind == "vlan" || kind == "macvlan") {
		if (!parent(" veth peer bridge dummy vlan ", kind)) {
			sections--
			return
		}
		say(kind == "vlan" ? "id = " 1 + ++tags "\nloose-binding = " one_of("yes no") \
			: "mode = " one_of("bridge private vepa"))
		settings("upper")
	} else {
		settings(kind)
	}
	link(ns, name, kind)
}

BEGIN {
	srand(seed)
	spaces[nspaces++] = ""
	if (chance(0.7))
		spaces[nspaces++] = "red"
	if (chance(0.4))
		spaces[nspaces++] = "blue"
	for (i = 1; i < nspaces; i++)
		print "[netns " spaces[i] "]"
	n = 3 + pick(9)
	for (i = 0; i < n; i++)
		section(one_of("bridge bridge bond veth veth veth vlan vlan macvlan tap tun dummy dummy"),
			spaces[pick(nspaces)], "l" (i * 7 + seed) % 12)
	# in any order
	for (i = sections; i > 0; i--) {
		k = 1 + pick(i)
		gsub(/ ?-( |\n)/, "\n", text[k])
		out = text[k]
		while (match(out, /-(metric|table|mtu|nodad)[_0-9]*/)) {
			word = substr(out, RSTART + 1, RLENGTH - 1)
			sub(/_/, " ", word)
			out = substr(out, 1, RSTART - 1) " " word substr(out, RSTART + RLENGTH)
		}
		# a higher MTU than the parent's is a mistake
		if (out ~ /parent = /)
			gsub(/mtu = [0-9]*\n/, "", out)
		printf "%s", out
		text[k] = text[i]
	}
}
